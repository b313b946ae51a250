"""Marks added to the content of a file that was made already, because they depend on it."""

import io
import re
import zipfile
from collections.abc import Mapping
from html import escape
from typing import Final

_CUSTOM: Final = "docProps/custom.xml"
_CORE: Final = "docProps/core.xml"
_FORMAT: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The set of properties that a document's own ones belong to, ECMA-376 part 1, 22.3."""

_LAST: Final = {_CUSTOM: re.compile(r"</(?:\w+:)?Properties>"), _CORE: re.compile("</dc:desc")}
"""Before which element the marks are written."""


def stamped(content: bytes, suffix: str, marks: Mapping[str, str]) -> bytes:
    """The file with these marks too; as it is, where its format has no place for any."""
    if suffix == ".html":
        lines = (f'<meta name="{escape(n)}" content="{escape(v)}">' for n, v in marks.items())
        return content.replace(b"<title>", "\n".join((*lines, "<title>")).encode(), 1)
    if suffix == ".md":
        return content + "".join(f"\n<!-- {n}: {v} -->\n" for n, v in marks.items()).encode()
    part = {".xlsx": _CUSTOM, ".docx": _CORE}.get(suffix)
    return _with_part(content, part, marks) if part else content


def _with_part(content: bytes, part: str, marks: Mapping[str, str]) -> bytes:
    """The document with one part of it written anew, at its end; the others are not touched."""
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        if part not in archive.namelist():
            return content
        text = archive.read(part).decode("utf-8")
        at = _LAST[part].search(text)
        if at is None:
            return content
        added = _properties(text, marks) if part == _CUSTOM else _comments(marks)
        old = archive.getinfo(part)
        archive.filelist.remove(old)
        del archive.NameToInfo[part]
        archive.writestr(part, text[: at.start()] + added + text[at.start() :])
    return stream.getvalue()


def _properties(text: str, marks: Mapping[str, str]) -> str:
    """Marks as further properties of a workbook."""
    number = max((int(pid) for pid in re.findall(r'pid="(\d+)"', text)), default=1)
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
    return "".join(
        f'<property xmlns:vt="{kind}" fmtid="{_FORMAT}" pid="{number + place}"'
        f' name="{escape(name)}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
        for place, (name, value) in enumerate(marks.items(), 1)
    )


def _comments(marks: Mapping[str, str]) -> str:
    """Marks as further lines of a document's comments."""
    return "".join(f"\n{escape(f'{name}: {value}')}" for name, value in marks.items())
