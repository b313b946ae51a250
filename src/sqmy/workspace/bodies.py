"""The text of an item, read from the file in which it was written."""

import codecs
from pathlib import Path
from typing import Final

from sqmy.errors import SqmyError

LARGEST = 2_000_000
"""Bytes of a text file; the longest report on record has some ten thousand."""


def read_body(path: Path | None) -> str | None:
    """The text of a .txt file (UTF-8, UTF-16 or GB18030) or a .docx document; None for no file.

    Raises:
        SqmyError: it is not there, of another kind, too large, empty, or not readable as text.
    """
    if path is None:
        return None
    if not path.is_file():
        raise SqmyError(f"没有正文文件：{path}。请核对文件名。")
    suffix = path.suffix.lower()
    if suffix not in _READERS:
        raise SqmyError(f"正文文件须是 .txt 或 .docx：{path}。请另存后再录。")
    body = _READERS[suffix](path)
    if not body.strip():
        raise SqmyError(f"正文文件里没有文字：{path}。请核对是不是这一份。")
    return body


def _plain_text(path: Path) -> str:
    if path.stat().st_size > LARGEST:
        raise SqmyError(f"正文文件太大：{path}。请核对是不是这一份。")
    raw = path.read_bytes()
    marked = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise SqmyError(f"正文文件的编码看不懂：{path}。请在记事本里另存为 UTF-8 再录。")


def _document(path: Path) -> str:
    from sqmy.intake.documents import document_text

    return document_text(path)


_READERS: Final = {".txt": _plain_text, ".docx": _document}
"""How a text file of each suffix is read."""
