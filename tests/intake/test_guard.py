import io
import struct
import zipfile
from pathlib import Path

import pytest

import workbooks
from sqmy.errors import SqmyError
from sqmy.intake import guard, sheets

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GOOD = {"表": [["编号"]]}


def zipped(*names: str) -> bytes:
    """A zip with such parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.xls", OLE + bytes(600), ["不是电子表格，或者已经损坏", "另存为 .xlsx"]),
        ("a.xlsx", OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"), ["密码"]),
        ("a.xlsx", b"", ["空文件"]),
        ("a.xlsx", b" \r\n", ["空文件"]),
        ("a.pdf", b"%PDF-1.7 ...", ["PDF"]),
        ("a.xlsx", b"\x89PNG\r\n", ["图片"]),
        ("a.xls", b"\xef\xbb\xbf\n<html><table>", ["网页", "另存为 .xlsx"]),
        ("a.xlsx", "编号,标题".encode(), ["内容却不是工作簿"]),
        ("a.xlsx", b"PK\x03\x04broken", ["不是完好的工作簿"]),
        ("a.zip", zipped("表.xlsx"), ["压缩包", "解压"]),
        ("a.rar", b"Rar!\x1a\x07", ["压缩包"]),
        ("a.docx", zipped("[Content_Types].xml", "word/document.xml"), ["Word"]),
        ("a.ods", zipped("mimetype", "content.xml"), [".ods", "另存为 .xlsx"]),
        ("a.xlsb", zipped("[Content_Types].xml", "xl/workbook.bin"), [".xlsb"]),
        ("~$a.xlsx", b"\x05owner", ["临时文件"]),
    ],
)
def test_what_is_no_workbook_is_told_for_what_it_is(
    tmp_path: Path, name: str, content: bytes, words: list[str]
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SqmyError) as caught:
        sheets.read(path, name, 0)
    for word in words:
        assert word in str(caught.value)


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    for path, words in ((tmp_path / "无.xlsx", "没有这个文件"), (tmp_path, "不是文件")):
        with pytest.raises(SqmyError, match=words):
            guard.kind_of_file(path)


def test_a_workbook_is_known_whatever_its_suffix(tmp_path: Path) -> None:
    path = workbooks.workbook(tmp_path / "a.csv", GOOD)
    assert guard.kind_of_file(path) == "workbook"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbooks.workbook(tmp_path / "a.xlsx", GOOD)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(2_000_000))
    assert sheets.read(path, "a.xlsx", 0)
    monkeypatch.setattr(guard, "MAX_UNPACKED", 2_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "open", None)  # nothing may be unpacked
    with pytest.raises(SqmyError, match="异常庞大"):
        guard.check(zipfile.ZipFile(path))


def test_a_part_that_shrinks_too_well_is_refused(tmp_path: Path) -> None:
    path = workbooks.workbook(tmp_path / "a.xlsx", GOOD)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b"<c/>" * 5_000_000)
    with pytest.raises(SqmyError, match="异常庞大"):
        sheets.read(path, "a.xlsx", 0)


def test_a_directory_that_lies_about_sizes_is_caught(tmp_path: Path) -> None:
    path = workbooks.workbook(tmp_path / "a.xlsx", GOOD)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/image1.png", bytes(50_000_000))
        place = archive.getinfo("xl/media/image1.png").header_offset
    content = bytearray(path.read_bytes())
    central = content.rindex(b"PK\x01\x02")
    for header, at in ((central, 24), (place, 22)):  # the uncompressed size, told twice
        assert struct.unpack_from("<I", content, header + at) == (50_000_000,)
        struct.pack_into("<I", content, header + at, 1000)
    path.write_bytes(content)
    with pytest.raises(SqmyError, match="已损坏"):
        sheets.read(path, "a.xlsx", 0)


def test_too_many_parts_are_refused(tmp_path: Path) -> None:
    path = workbooks.workbook(tmp_path / "a.xlsx", GOOD)
    with zipfile.ZipFile(path, "a") as archive:
        for number in range(guard.MAX_MEMBERS):
            archive.writestr(f"xl/{number}", "")
    with pytest.raises(SqmyError, match="部件"):
        sheets.read(path, "a.xlsx", 0)


def test_a_damaged_part_is_told(tmp_path: Path) -> None:
    path = workbooks.workbook(tmp_path / "a.xlsx", GOOD)
    with zipfile.ZipFile(path) as archive:
        place = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    content = bytearray(path.read_bytes())
    content[place + 60 : place + 80] = bytes(20)
    path.write_bytes(content)
    with pytest.raises(SqmyError, match="损坏"):
        sheets.read(path, "a.xlsx", 0)
