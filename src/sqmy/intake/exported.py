"""What a report's file says: its marks, and all that can be read in it, line by line.

A line is a paragraph, or a row of a table with bars between its cells, without blank cells and
superfluous blanks, however the program that last saved the file has laid it out. What a
spreadsheet works out itself is left out, and so are a document's headers and footers.
"""

import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import Element, ParseError

from openpyxl.xml.functions import iterparse  # defusedxml's: refuses entities

from sqmy.errors import SqmyError
from sqmy.intake import exported_sheets, guard, markup
from sqmy.intake.markup import local

MOST: Final = 300_000_000
"""Bytes of one part, unpacked."""

_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    ParseError,
    EOFError,
    OSError,
    LookupError,
    ValueError,
    RuntimeError,
    *markup.BROKEN,
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
        return [line for line in map(_plain, self._read(self._lines)) if line]

    def _read(self, reader: Callable[[bytes], Iterable[Any]]) -> list[Any]:
        try:
            return list(reader(self._content))
        except _DAMAGED as error:
            raise SqmyError("文件已损坏，或不是它的后缀所说的那种，读不了。") from error


def _plain(line: str) -> str:
    return " ".join(unicodedata.normalize("NFC", line).split())


def _row(cells: Iterable[str]) -> str:
    return " | ".join(filter(None, map(_plain, cells)))


# -- pages -------------------------------------------------------------------------------------


class _Page(HTMLParser):
    """Collects the marks and the lines of a page."""

    _LINES = frozenset({"p", "h1", "h2", "h3", "h4", "caption", "li", "figcaption", "div"})
    _CELLS = frozenset({"td", "th"})
    _LEFT_OUT = frozenset({"script", "style", "title", "svg", "button", "noscript"})

    def __init__(self) -> None:
        super().__init__()
        self.marks: list[tuple[str, str]] = []
        self.lines: list[str] = []
        self._text: list[str] = []
        self._row: list[str] = []
        self._outside = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A mark, the beginning of a line, or of something that is not read."""
        known = dict(attrs)
        if tag == "meta":
            self.marks.append((known.get("name") or "", known.get("content") or ""))
        elif tag in self._LEFT_OUT:
            self._outside += 1
        elif tag == "br":
            self._text.append(" ")
        elif tag in self._LINES:
            self._end()

    def handle_endtag(self, tag: str) -> None:
        """The end of a cell, a row or a line."""
        if tag in self._LEFT_OUT:
            self._outside = max(0, self._outside - 1)
        elif tag in self._CELLS:
            self._row.append("".join(self._text))
            self._text.clear()
        elif tag == "tr":
            self.lines.append(_row(self._row))
            self._row.clear()
        elif tag in self._LINES:
            self._end()

    def handle_data(self, data: str) -> None:
        """Text, if it is read."""
        if not self._outside:
            self._text.append(data)

    def _end(self) -> None:
        self.lines.append("".join(self._text))
        self._text.clear()


def _page(content: bytes) -> _Page:
    page = _Page()
    page.feed(content.decode("utf-8"))
    page.close()
    return page


# -- Markdown ----------------------------------------------------------------------------------

_COMMENT: Final = re.compile(r"<!-- ([\w.]+): (.*?) -->")


def _markdown_marks(content: bytes) -> Iterator[tuple[str, str]]:
    for match in _COMMENT.finditer(content.decode("utf-8")):
        yield match[1], match[2]


def _markdown_lines(content: bytes) -> list[str]:
    return _COMMENT.sub("", content.decode("utf-8")).splitlines()


# -- workbooks ---------------------------------------------------------------------------------


_STRINGS: Final = "xl/sharedStrings.xml"


def _is_there(archive: zipfile.ZipFile, part: str) -> bool:
    """Whether there is such a part.

    Raises:
        SqmyError: it is larger than any of ours.
    """
    if part not in archive.namelist():
        return False
    if archive.getinfo(part).file_size > MOST:
        raise SqmyError("文件解开后异常庞大，没有打开。")
    return True


def _parsed(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[str, Element]]:
    """The elements of a part as they end; none where there is no such part."""
    if not _is_there(archive, part):
        return
    with archive.open(part) as stream:
        for _, element in iterparse(stream):
            yield local(element.tag), element


def _archive(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(content))


def _workbook_marks(content: bytes) -> Iterator[tuple[str, str]]:
    with _archive(content) as archive:
        for tag, element in _parsed(archive, "docProps/custom.xml"):
            if tag == "property":
                yield element.get("name", ""), "".join(element.itertext())


def _workbook_lines(content: bytes) -> Iterator[str]:
    with _archive(content) as archive:
        guard.check(archive)
        shared: list[str] = []
        if _is_there(archive, _STRINGS):
            with archive.open(_STRINGS) as stream:
                shared = exported_sheets.strings(stream)
        for name, part in _sheets(archive):
            yield name
            if _is_there(archive, part):
                with archive.open(part) as stream:
                    yield from exported_sheets.lines(stream, shared, _row)


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
            yield _row(" ".join(_blocks(cell)) for cell in child if local(cell.tag) == "tc")
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
    ".html": (lambda content: _page(content).marks, lambda content: _page(content).lines),
    ".md": (_markdown_marks, _markdown_lines),
    ".xlsx": (_workbook_marks, _workbook_lines),
    ".docx": (_document_marks, _document_lines),
}
SUFFIXES: Final = tuple(_READERS)
"""The files that carry marks."""
