"""What a report's file says: its marks, and all that can be read in it, line by line.

A line is a paragraph, or a row of a table with bars between its cells, without blank cells and
superfluous blanks, however the program that last saved the file has laid it out. What a
spreadsheet works out itself is left out, and so are a document's headers and footers.
"""

import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from openpyxl.xml.functions import iterparse  # defusedxml's: refuses entities

from sqmy.errors import SqmyError
from sqmy.intake import guard
from sqmy.intake.exported_text import (
    markdown_lines,
    markdown_marks,
    page,
    plain_line,
    row_line,
)
from sqmy.intake.markup import local
from sqmy.intake.worksheet import unescaped

MOST: Final = 300_000_000
"""Bytes of a page, or of one part of what is zipped, unpacked."""

_MOST_HELD: Final = 5_000_000
"""XML elements of one part that stand in memory at once."""

_HUGE: Final = "文件已损坏，或解开后异常庞大，没有打开。请核对是不是这一份。"

_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    RuntimeError,
)


class Export:
    """A report's file.

    Args:
        content: its bytes.
        suffix: of its name, in small letters; one of `SUFFIXES`.
    """

    def __init__(self, content: bytes, suffix: str) -> None:
        self._content = content
        self._marks, self._lines = _READERS[suffix]

    def marks(self, prefix: str) -> dict[str, str]:
        """The marks whose names begin like that.

        Raises:
            SqmyError: the file is damaged.
        """
        return {name: value for name, value in self._read(self._marks) if name.startswith(prefix)}

    def lines(self) -> list[str]:
        """All that can be read in it.

        Raises:
            SqmyError: the file is damaged.
        """
        return [line for line in map(plain_line, self._read(self._lines)) if line]

    def _read(self, reader: Callable[[bytes], Iterable[Any]]) -> list[Any]:
        try:
            return list(reader(self._content))
        except _DAMAGED as error:
            raise SqmyError("文件已损坏，或不是它的后缀所说的那种，读不了。") from error


# -- workbooks ---------------------------------------------------------------------------------


def _parsed(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, Element]]:
    """The elements of a part as they end; none where there is no such part."""
    if part not in archive.namelist():
        return
    if archive.getinfo(part).file_size > MOST:
        raise SqmyError(_HUGE)
    held = 0
    with archive.open(part) as stream:
        for _, element in iterparse(stream):
            tag = local(element.tag)
            held += 1
            if held > _MOST_HELD:
                raise SqmyError(_HUGE)
            within = sum(1 for _ in element.iter()) - 1 if tag == "row" else 0
            yield tag, element
            held -= 0 if len(element) else within  # whoever reads rows clears them


@contextmanager
def _archive(content: bytes) -> Iterator[zipfile.ZipFile]:
    """What is zipped, once it has been weighed."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        try:
            guard.weigh(archive)
        except SqmyError as error:
            raise SqmyError(_HUGE) from error
        yield archive


def _workbook_marks(content: bytes) -> Iterator[tuple[str, str]]:
    with _archive(content) as archive:
        for tag, element in _parsed(archive, "docProps/custom.xml"):
            if tag == "property":
                yield element.get("name", ""), "".join(element.itertext())


def _workbook_lines(content: bytes) -> Iterator[str]:
    with _archive(content) as archive:
        strings = [
            text_of(element)
            for tag, element in _parsed(archive, "xl/sharedStrings.xml")
            if tag == "si"
        ]
        for name, part in _sheets(archive):
            yield name
            for tag, element in _parsed(archive, part):
                if tag == "row":
                    yield row_line(_value(cell, strings) for cell in element)
                    element.clear()


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and part of each sheet with cells, in order."""
    targets = {
        element.get("Id", ""): element.get("Target", "").lstrip("/").removeprefix("xl/")
        for tag, element in _parsed(archive, "xl/_rels/workbook.xml.rels")
        if tag == "Relationship" and element.get("Type", "").endswith("/worksheet")
    }
    for tag, element in _parsed(archive, "xl/workbook.xml"):
        if tag == "sheet":
            link = next((v for key, v in element.items() if local(key) == "id"), "")
            if link in targets:
                yield element.get("name", ""), f"xl/{targets[link]}"


def _value(cell: Element, strings: list[str]) -> str:
    """A cell's text; "" for what the spreadsheet works out."""
    parts = {local(part.tag): part for part in cell}
    if "f" in parts:
        return ""
    if "is" in parts:
        return text_of(parts["is"])
    written = (parts["v"].text or "") if "v" in parts else ""
    if not written:
        return ""
    if cell.get("t") == "s":
        return strings[int(written)]
    return f"{float(written):.12g}" if cell.get("t", "n") == "n" else written


# -- documents ---------------------------------------------------------------------------------


def _document_marks(content: bytes) -> Iterator[tuple[str, str]]:
    with _archive(content) as archive:
        for tag, element in _parsed(archive, "docProps/core.xml"):
            if tag == "description":
                for line in (element.text or "").splitlines():
                    name, _, value = line.partition(": ")
                    yield name.strip(), value.strip()


def _document_lines(content: bytes) -> Iterator[str]:
    with _archive(content) as archive:
        for tag, element in _parsed(archive, "word/document.xml"):
            if tag == "body":
                yield from _blocks(element)


def _blocks(element: Element) -> Iterator[str]:
    """The lines of what stands in an element, in order."""
    for child in element:
        tag = local(child.tag)
        if tag == "p":
            yield "".join(_text(child))
        elif tag == "tr":
            yield row_line(" ".join(_blocks(cell)) for cell in child if local(cell.tag) == "tc")
        else:
            yield from _blocks(child)


_BREAKS: Final = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_TWICE: Final = {"Fallback", "moveFrom"}
"""What stands in a document once more."""


def _text(element: Element) -> Iterator[str]:
    for child in element:
        tag = local(child.tag)
        if tag == "t":
            yield child.text or ""
        elif tag not in _TWICE:
            yield _BREAKS.get(tag, "")
            yield from _text(child)


_READERS: Final[
    dict[
        str,
        tuple[
            Callable[[bytes], Iterable[tuple[str, str]]],
            Callable[[bytes], Iterable[str]],
        ],
    ]
] = {
    ".html": (lambda content: page(content).marks, lambda content: page(content).lines),
    ".md": (markdown_marks, markdown_lines),
    ".xlsx": (_workbook_marks, _workbook_lines),
    ".docx": (_document_marks, _document_lines),
}
SUFFIXES: Final = tuple(_READERS)
"""The files that carry marks."""


def text_of(element: Element) -> str:
    """The text of a string item: its own and its runs', not the pinyin above them."""
    parts = []
    for child in element:
        tag = local(child.tag)
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            parts.extend(run.text or "" for run in child if local(run.tag) == "t")
    return unescaped("".join(parts))
