"""What a report's file of text says, a page or Markdown: its marks and its lines."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Final


def plain_line(line: str) -> str:
    """A line without superfluous blanks."""
    return " ".join(unicodedata.normalize("NFC", line).split())


def row_line(cells: Iterable[str]) -> str:
    """A row of a table as a line, without blank cells."""
    return " | ".join(filter(None, map(plain_line, cells)))


class Page(HTMLParser):
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
            self.lines.append(row_line(self._row))
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


def page(content: bytes) -> Page:
    """A page, read.

    Raises:
        ValueError: it is not UTF-8.
    """
    read = Page()
    read.feed(content.decode("utf-8"))
    read.close()
    return read


_COMMENT: Final = re.compile(r"<!-- ([\w.]+): (.*?) -->")


def markdown_marks(content: bytes) -> Iterator[tuple[str, str]]:
    """The marks of a Markdown file: its comments."""
    for match in _COMMENT.finditer(content.decode("utf-8")):
        yield match[1], match[2]


def markdown_lines(content: bytes) -> list[str]:
    """All other lines of a Markdown file."""
    return _COMMENT.sub("", content.decode("utf-8")).splitlines()
