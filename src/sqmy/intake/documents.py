"""The text of a Word document, for the text of an item: its paragraphs, in order.

A .docx is a zip of XML parts. Only the part that holds the text is unpacked, and no more of it
than any office writes; entities, which XML could be made to explode with, are refused.
"""

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final
from xml.etree.ElementTree import ParseError

from openpyxl.xml.functions import iterparse  # defusedxml's: refuses entities

from sqmy.errors import SqmyError

MAX_UNPACKED: Final = 20_000_000
"""Bytes of one part; a report of ten thousand characters has 200,000."""

_ROOT: Final = "_rels/.rels"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAVE_AS: Final = "请用 Word 或 WPS 打开，另存为 .docx 再录。"
_BREAKS: Final = {"p": "\n", "br": "\n", "cr": "\n", "tab": "\t", "noBreakHyphen": "-"}
_NOT_TEXT: Final = {"pPr", "rPr", "moveFrom", "Fallback"}
"""Elements whose content is not read: settings, and what stands in the document once more."""
_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    KeyError,
    ValueError,
    ParseError,
)
"""What reading raises where the zip, its directory or its XML is not what it should be."""


def document_text(path: Path) -> str:
    """The document's paragraphs, each on a line; what was deleted under review is left out.

    Raises:
        SqmyError: an old .doc, encrypted, damaged, no Word document, or unpacking to more than
            any office writes.
    """
    with path.open("rb") as file:
        if file.read(len(_OLE)) == _OLE:
            raise SqmyError(f"正文文件是旧的 .doc 格式，或加了打开密码：{path}。{_SAVE_AS}")
    try:
        with zipfile.ZipFile(path) as archive:
            main = _main_part(_part(archive, _ROOT, path))
            return "".join(_pieces(_part(archive, main, path))).strip("\n")
    except _DAMAGED as error:
        raise SqmyError(f"正文文件不是 Word 文档，或已损坏：{path}。{_SAVE_AS}") from error
    except (NotImplementedError, RuntimeError) as error:
        raise SqmyError(
            f"正文文件加了密，读不了：{path}。请取消密码后另存为 .docx 再录。"
        ) from error


def _part(archive: zipfile.ZipFile, name: str, path: Path) -> bytes:
    """One part of the document, unpacked as far as it may go."""
    with archive.open(name) as part:
        content = part.read(MAX_UNPACKED + 1)
    if len(content) > MAX_UNPACKED:
        raise SqmyError(f"正文文件解开后异常庞大，没有打开：{path}。请核对是不是这一份。")
    return content


def _main_part(relations: bytes) -> str:
    """The name of the part that holds the text, usually `word/document.xml`."""
    for _, element in iterparse(BytesIO(relations)):
        if element.get("Type", "").endswith("/officeDocument"):
            target = str(element.get("Target", "")).lstrip("/")
            if target.startswith("word/"):
                return target
    raise KeyError("officeDocument")


def _pieces(document: bytes) -> Iterator[str]:
    """Runs of text and the breaks between them; elements may be nested as deep as they like."""
    left_out = 0
    for event, element in iterparse(BytesIO(document), ("start", "end")):
        kind = element.tag.rpartition("}")[2]
        if kind in _NOT_TEXT:
            left_out += 1 if event == "start" else -1
        elif event == "end" and not left_out:
            if kind == "t":
                yield element.text or ""
            yield _BREAKS.get(kind, "")
        if event == "end":
            element.clear()
