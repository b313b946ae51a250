"""What can be read in a Word document: a line for each paragraph and for each row of a table.

Heard element by element: a year's list of adoptions is three hundred thousand of them.
"""

from collections.abc import Callable, Iterable
from typing import Final

from sqmy.intake.markup import local

_BREAKS: Final = {"tab": " ", "br": " ", "cr": " ", "noBreakHyphen": "-"}
_ASIDE: Final = frozenset({"pPr", "rPr", "tblPr", "trPr", "tcPr", "sectPr", "Fallback", "moveFrom"})
"""How something looks, and what stands in a document once more."""


class DocumentLines:
    """Hears a document.

    Args:
        row: makes one line of a row's cells.
    """

    def __init__(self, row: Callable[[Iterable[str]], str]) -> None:
        self.lines: list[str] = []
        self._row = row
        self._within = [self.lines]
        """The lines of what is open: the document, cells of tables in it, tables in those."""
        self._rows: list[list[str]] = []
        self._text: list[str] = []
        self._paragraphs = self._aside = 0
        self._reading = False

    def start(self, name: str, _: dict[str, str]) -> None:
        """An element begins."""
        if self._aside:
            self._aside += 1
            return
        tag = local(name)
        if tag in _ASIDE:
            self._aside = 1
        elif tag == "p":
            self._paragraphs += 1  # in a paragraph stand those of its text boxes
        elif self._paragraphs:
            self._reading = tag == "t"
            if tag in _BREAKS:
                self._text.append(_BREAKS[tag])
        elif tag == "tr":
            self._rows.append([])
        elif tag == "tc":
            self._within.append([])

    def data(self, text: str) -> None:
        """Text, in pieces."""
        if self._reading and not self._aside:
            self._text.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        if self._aside:
            self._aside -= 1
            return
        self._reading = False
        tag = local(name)
        if tag == "p":
            self._paragraphs -= 1
            if not self._paragraphs:
                self._within[-1].append("".join(self._text))
                self._text.clear()
        elif self._paragraphs:
            return
        elif tag == "tc":
            cell = " ".join(self._within.pop())
            (self._rows or [self._within[-1]])[-1].append(cell)
        elif tag == "tr":
            self._within[-1].append(self._row(self._rows.pop()))
