"""The text of Word documents: read in order, and refused in Chinese what is none or a trap."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from documents import RELATIONS, write_document, write_parts
from sqmy.errors import SqmyError
from sqmy.intake import documents
from sqmy.intake.documents import document_text

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "正文.docx"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (f"<w:p>{run('甲')}{run('乙')}</w:p><w:p/><w:p>{run('丙')}</w:p>", "甲乙\n\n丙"),
        (
            (
                "<w:p><w:pPr><w:tabs><w:tab w:val='left'/></w:tabs></w:pPr>"
                "<w:r><w:tab/><w:t>一 </w:t><w:br/><w:t>A&amp;B</w:t></w:r></w:p>"
            ),
            "\t一 \nA&B",
        ),
        (
            (
                f"<w:tbl><w:tr><w:tc><w:p>{run('左')}</w:p></w:tc><w:tc><w:p>{run('右')}</w:p></w:tc>"
                f"</w:tr></w:tbl><w:p>{run('后')}</w:p>"
            ),
            "左\n右\n后",
        ),
        (
            (
                "<w:p><w:del><w:r><w:delText>删</w:delText></w:r></w:del>"
                f"<w:moveFrom>{run('移')}</w:moveFrom><w:ins>{run('增')}</w:ins></w:p>"
            ),
            "增",
        ),
        (
            (
                f"<w:p><w:Choice><w:p>{run('框')}</w:p></w:Choice>"
                f"<w:Fallback><w:p>{run('框')}</w:p></w:Fallback>{run('文')}</w:p>"
            ),
            "框\n文",
        ),
        ("", ""),
    ],
    ids=["paragraphs", "tabs and breaks", "table", "under review", "text box", "nothing"],
)
def test_text_in_order(body: str, text: str, path: Path) -> None:
    write_parts(path, f"<w:body>{body}</w:body>")
    assert document_text(path) == text


def test_the_part_that_the_document_itself_names(path: Path) -> None:
    write_parts(path, f"<w:p>{run('文')}</w:p>", target="/word/document2.xml")
    assert document_text(path) == "文"


def test_deep_nesting_is_only_deep(path: Path) -> None:
    write_parts(path, f"{'<w:sdt>' * 50_000}<w:p>{run('底')}</w:p>{'</w:sdt>' * 50_000}")
    assert document_text(path) == "底"


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", RELATIONS.format(target="word/document.xml"))
        with archive.open("word/document.xml", "w") as part:
            for _ in range(60):
                part.write(b" " * 1_000_000)


def entities(path: Path) -> None:
    laughs = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    prolog = f'<!DOCTYPE d [<!ENTITY a0 "哈">{laughs}]>'
    write_parts(path, "<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", prolog=prolog)


def outside(path: Path) -> None:
    prolog = '<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    write_parts(path, "<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", prolog=prolog)


def truncated(path: Path) -> None:
    write_document(path, "文" * 1000)
    path.write_bytes(path.read_bytes()[:-40])


def damaged(path: Path) -> None:
    write_document(path, "".join(map(chr, range(0x4E00, 0x9000))))
    raw = bytearray(path.read_bytes())
    raw[2000:2040] = bytes(40)
    path.write_bytes(raw)


def encrypted_part(path: Path) -> None:
    write_document(path, "文")
    raw = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = raw.find(mark)
        while at >= 0:
            raw[at + flags] |= 1
            at = raw.find(mark, at + 4)
    path.write_bytes(raw)


def other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("照片.jpg", b"\xff\xd8\xff")


@pytest.mark.parametrize(
    ("write", "told"),
    [
        (lambda path: path.write_bytes(OLE + bytes(512)), "旧的 .doc 格式，或加了打开密码"),
        (lambda path: path.write_bytes(b"{\\rtf1}"), "不是 Word 文档，或已损坏"),
        (lambda path: path.write_bytes(b""), "不是 Word 文档，或已损坏"),
        (lambda path: write_parts(path, "", target="xl/workbook.xml"), "不是 Word 文档"),
        (lambda path: write_parts(path, "<w:p>"), "不是 Word 文档，或已损坏"),
        (other_zip, "不是 Word 文档，或已损坏"),
        (truncated, "不是 Word 文档，或已损坏"),
        (damaged, "不是 Word 文档，或已损坏"),
        (encrypted_part, "加了密，读不了"),
        (bomb, "解开后异常庞大，没有打开"),
        (entities, "不是 Word 文档，或已损坏"),
        (outside, "不是 Word 文档，或已损坏"),
    ],
    ids=[
        "old",
        "rtf",
        "empty",
        "workbook",
        "broken XML",
        "other zip",
        "truncated",
        "damaged",
        "encrypted",
        "zip bomb",
        "entity bomb",
        "entity from outside",
    ],
)
def test_what_is_no_document_is_refused(
    write: Callable[[Path], object], told: str, path: Path
) -> None:
    write(path)
    with pytest.raises(SqmyError, match=told) as refusal:
        document_text(path)
    assert str(path) in str(refusal.value)


def test_a_long_report_is_far_below_the_limit(path: Path) -> None:
    write_document(path, *["反映社情民意。" * 20] * 1000)
    with zipfile.ZipFile(path) as archive:
        assert archive.getinfo("word/document.xml").file_size < documents.MAX_UNPACKED / 10
    assert len(document_text(path)) == 140 * 1000 + 999
