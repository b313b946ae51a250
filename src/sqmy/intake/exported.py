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
from typing import Any, Final, TypeVar

from sqmy.errors import SqmyError
from sqmy.intake import guard, markup
from sqmy.intake.document_lines import DocumentLines
from sqmy.intake.exported_text import (
    markdown_lines,
    markdown_marks,
    page,
    plain_line,
    row_line,
)
from sqmy.intake.markup import local
from sqmy.intake.sheet_lines import SheetLines
from sqmy.intake.strings import Strings

MOST: Final = 300_000_000
"""Bytes of a page, or of one part of what is zipped, unpacked."""

_MOST_NAMED: Final = 100_000
"""Marks, links or sheets."""

_HUGE: Final = "文件已损坏，或解开后异常庞大，没有打开。请核对是不是这一份。"

_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    *markup.BROKEN,
    EOFError,
    OSError,
    LookupError,
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


# -- what is zipped ----------------------------------------------------------------------------


@contextmanager
def _archive(content: bytes) -> Iterator[zipfile.ZipFile]:
    """What is zipped, once it has been weighed."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        try:
            guard.weigh(archive)
        except SqmyError as error:
            raise SqmyError(_HUGE) from error
        yield archive


_Hearing = TypeVar("_Hearing", bound=markup.Elements)


def _heard(archive: zipfile.ZipFile, part: str, elements: _Hearing) -> _Hearing:
    """Let `elements` hear a part, if it is there."""
    if part in archive.namelist():
        if archive.getinfo(part).file_size > MOST:
            raise SqmyError(_HUGE)
        with archive.open(part) as stream:
            markup.read(stream, elements, lambda _: None)
    return elements


class _Named:
    """Hears attributes and text of the elements of one name."""

    def __init__(self, tag: str) -> None:
        self.found: list[tuple[dict[str, str], str]] = []
        self._tag = tag
        self._attributes: dict[str, str] | None = None
        self._text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if local(name) == self._tag:
            self._attributes = {local(key): value for key, value in attributes.items()}
            self._text.clear()

    def data(self, text: str) -> None:
        """Text, in pieces."""
        if self._attributes is not None:
            self._text.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._attributes is not None and local(name) == self._tag:
            self.found.append((self._attributes, "".join(self._text)))
            self._attributes = None
            if len(self.found) > _MOST_NAMED:
                raise SqmyError(_HUGE)


def _named(archive: zipfile.ZipFile, part: str, tag: str) -> list[tuple[dict[str, str], str]]:
    """Attributes and text of the elements of one name in a part."""
    return _heard(archive, part, _Named(tag)).found


# -- workbooks ---------------------------------------------------------------------------------


def _workbook_marks(content: bytes) -> Iterator[tuple[str, str]]:
    with _archive(content) as archive:
        for attributes, value in _named(archive, "docProps/custom.xml", "property"):
            yield attributes.get("name", ""), value


def _workbook_lines(content: bytes) -> Iterator[str]:
    with _archive(content) as archive:
        shared = _heard(archive, "xl/sharedStrings.xml", Strings()).found
        for name, part in _sheets(archive):
            yield name
            yield from _heard(archive, part, SheetLines(shared, row_line)).lines


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Name and part of each sheet with cells, in order."""
    targets = {
        link.get("Id", ""): link.get("Target", "").lstrip("/").removeprefix("xl/")
        for link, _ in _named(archive, "xl/_rels/workbook.xml.rels", "Relationship")
        if link.get("Type", "").endswith("/worksheet")
    }
    for sheet, _ in _named(archive, "xl/workbook.xml", "sheet"):
        if (link := sheet.get("id", "")) in targets:
            yield sheet.get("name", ""), f"xl/{targets[link]}"


# -- documents ---------------------------------------------------------------------------------


def _document_marks(content: bytes) -> Iterator[tuple[str, str]]:
    with _archive(content) as archive:
        for _, told in _named(archive, "docProps/core.xml", "description"):
            for line in told.splitlines():
                name, _, value = line.partition(": ")
                yield name.strip(), value.strip()


def _document_lines(content: bytes) -> list[str]:
    with _archive(content) as archive:
        return _heard(archive, "word/document.xml", DocumentLines(row_line)).lines


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
