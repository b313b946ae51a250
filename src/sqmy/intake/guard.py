"""What a file really is, told by its first bytes, and a look into a zip before it is unpacked.

A workbook is a zip. One that unpacks to more than any office's sheet is refused before openpyxl
or an XML parser sees it; the parts are unpacked once and counted, because a zip's own directory
may lie.
"""

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Literal

from sqmy.errors import SqmyError

MAX_UNPACKED = 600_000_000
"""Bytes of all parts; a sheet of 100,000 rows and 8 columns has 50 million."""

MAX_RATIO = 200
"""Unpacked to packed, for parts over `RATIO_FROM` bytes; ordinary sheets have 3 to 15."""

RATIO_FROM = 10_000_000
MAX_CELLS = 3_000_000
"""Filled cells of one sheet; 100,000 rows of 8 columns have 800,000."""

TOO_MANY = f"内容超过 {MAX_CELLS // 10_000} 万格。请分成几个文件导入。"
MAX_RUN = 2_000_000
"""Bytes of XML without a tag; the text of a cell has at the most 100,000."""

MAX_MEMBERS = 2_000
_CHUNK = 1 << 20
_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BARE = (b"\x09\x08\x08\x00\x00\x05", b"\x09\x08\x10\x00\x00\x06")
"""How an .xls begins that some programs write without the container around it."""

_SAVE_AS = "请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。"
_PASTE = "请把表格粘贴到 Excel 或 WPS，存为 .xlsx 再导入。"
_FOREIGN = (
    (b"%PDF", "是 PDF，不是电子表格。请用做出它的原表格文件导入。"),
    (b"\x89PNG", "是图片，不是电子表格。请用原表格文件导入。"),
    (b"\xff\xd8\xff", "是图片，不是电子表格。请用原表格文件导入。"),
    (b"Rar!", "是压缩包。请解压后导入里面的表格。"),
    (b"7z\xbc\xaf", "是压缩包。请解压后导入里面的表格。"),
    (b"\x1f\x8b", "是压缩包。请解压后导入里面的表格。"),
    (b"SQLite format 3", "是数据库，不是电子表格。"),
    (b"{\\rtf", f"是 RTF 文档，不是电子表格。{_PASTE}"),
)
_ZIPPED = (
    ("word/document.xml", f"是 Word 文档，不是电子表格。{_PASTE}"),
    ("ppt/presentation.xml", "是演示文稿，不是电子表格。"),
    ("xl/workbook.bin", f"是 .xlsb 格式。{_SAVE_AS}"),
    ("content.xml", f"是 .ods 等格式。{_SAVE_AS}"),
)


def kind_of_file(path: Path) -> Literal["workbook", "old workbook", "text"]:
    """Whether it is a workbook (.xlsx, .xlsm), one of before 2007 (.xls), or text, maybe a CSV.

    Raises:
        SqmyError: for anything else, with what to do about it.
    """
    head = _head(path)
    if not head.strip():
        raise SqmyError("是空文件，里面什么也没有。请检查是不是没有下载或保存完。")
    if head.startswith((_OLE, *_BARE)):
        return "old workbook"
    if head.startswith(b"PK"):
        return "workbook"
    for mark, message in _FOREIGN:
        if head.startswith(mark):
            raise SqmyError(message)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise SqmyError(f"其实是网页或 XML（有的系统导出的“表格”就是这样）。{_SAVE_AS}")
    if path.suffix.lower() in {".xlsx", ".xlsm", ".xls", ".et"}:
        raise SqmyError(
            f"后缀是 {path.suffix}，内容却不是工作簿，可能没有下载完或已损坏。{_SAVE_AS}"
        )
    return "text"


def _head(path: Path) -> bytes:
    """The file's first bytes; an OLE file that is no workbook is refused here, because what it is
    stands further on.
    """  # noqa: D205
    if path.name.startswith("~$"):
        raise SqmyError("是 Excel 打开表格时留下的临时文件，不是表格。请导入原文件。")
    if path.exists() and not path.is_file():
        raise SqmyError("不是文件（可能是文件夹）。请逐个写出要导入的表格。")
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            if head.startswith(_OLE) and (refusal := _about_ole(file)):
                raise SqmyError(refusal)
            return head
    except FileNotFoundError:
        raise SqmyError("没有这个文件。请核对文件名和所在的文件夹。") from None
    except OSError as error:
        reason = error.strerror or "读取失败"
        raise SqmyError(
            f"打不开（{reason}）。请检查权限；正在 Excel 或 WPS 里打开的，先关闭。"
        ) from error


def _about_ole(file: IO[bytes]) -> str:
    """Why an OLE file is refused; "" for a workbook of before 2007.

    An encrypted workbook, an old workbook and an old document begin with the same bytes; the
    names of what is in them stand in a directory, wherever it may be.
    """
    file.seek(0)
    tail, found = b"", set[str]()
    while chunk := file.read(_CHUNK):
        found |= {name for name in _INSIDE if name.encode("utf-16-le") in tail + chunk}
        tail = chunk[-64:]
    return next((refusal for name, refusal in _INSIDE.items() if name in found), _NO_WORKBOOK)


_NO_WORKBOOK = f"不是电子表格，或者已经损坏，读不了。{_SAVE_AS}"
_INSIDE = {
    "EncryptedPackage": (
        "加了打开密码，读不了。请用 Excel 或 WPS 打开，取消密码后另存为 .xlsx 再导入。"
    ),
    "Workbook": "",
    "Book": "",
    "WordDocument": f"是旧的 Word 文档，不是电子表格。{_PASTE}",
    "PowerPoint Document": "是演示文稿，不是电子表格。",
}
"""By the name of what stands in an OLE file, why it is refused."""


@contextmanager
def opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """The workbook's zip, once its parts have been counted.

    Raises:
        SqmyError: not a workbook, damaged, or unpacking to more than any office's sheet.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise SqmyError(f"不是完好的工作簿，可能没有下载完或已损坏。{_SAVE_AS}") from error
    with archive:
        check(archive)
        yield archive


def check(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that is no workbook, or unpacks to more than one ever would.

    Raises:
        SqmyError: saying what it is, or that it is too much.
    """
    members = archive.infolist()
    names = {member.filename for member in members}
    for name, message in _ZIPPED:
        if name in names:
            raise SqmyError(message)
    if "[Content_Types].xml" not in names:
        raise SqmyError("是压缩包。请解压后导入里面的表格。")
    weigh(archive)


def weigh(archive: zipfile.ZipFile) -> None:
    """Refuse an archive that unpacks to more than a workbook or a document ever would.

    Raises:
        SqmyError: saying that it is too much, or cannot be unpacked.
    """
    members = archive.infolist()
    if len(members) > MAX_MEMBERS:
        raise SqmyError(f"里面有 {len(members)} 个部件，不是正常的工作簿，没有打开。")
    if any(member.flag_bits & 1 for member in members):
        raise SqmyError("加了密，读不了。请取消密码后另存为 .xlsx 再导入。")
    if sum(member.file_size for member in members) > MAX_UNPACKED:
        raise SqmyError(BOMB)
    left = MAX_UNPACKED
    for member in members:
        left -= _unpacked(archive, member, left)


BOMB = f"解开后异常庞大，不是正常的表格，没有打开。如果确是自己的表格，请分成几个文件。{_SAVE_AS}"


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limit: int) -> int:
    """The bytes that the part really unpacks to."""
    count = run = 0
    is_xml = member.filename.endswith(".xml")
    try:
        with archive.open(member) as part:
            while chunk := part.read(_CHUNK):
                count += len(chunk)
                run = run + len(chunk) if b"<" not in chunk else len(chunk) - chunk.rfind(b"<")
                squeezed = count > RATIO_FROM and count > MAX_RATIO * max(member.compress_size, 1)
                if squeezed or count > limit or (is_xml and run > MAX_RUN):
                    raise SqmyError(BOMB)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise SqmyError(f"已损坏，解不开。请重新下载或复制。{_SAVE_AS}") from error
    except (NotImplementedError, RuntimeError) as error:
        raise SqmyError(f"用了不常见的压缩方式，读不了。{_SAVE_AS}") from error
    return count
