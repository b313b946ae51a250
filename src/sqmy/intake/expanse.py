"""How far a workbook is spread out: what openpyxl would make of it, told before it is loaded.

openpyxl holds an object for each cell that a sheet spells out, and one for each cell that a merged
range or a link covers: a range merged down to the last row is a million, one over a whole sheet
seventeen thousand million. Programs that lay out a sheet write such ranges in one line.
"""

from pathlib import Path
from typing import Final

from openpyxl.utils import range_boundaries

from sqmy.intake import guard, markup
from sqmy.intake.markup import local

MAX_CELLS: Final = 1_000_000
"""Cells that may be held at once; openpyxl takes half a kilobyte for one."""

MAX_BESIDE: Final = 30_000_000
"""Bytes of all that is no sheet, no text and no picture: styles, pivot tables and the like."""

_FLAT: Final = ("xl/worksheets/", "xl/sharedStrings", "xl/media/", "xl/theme/")
"""Parts that openpyxl reads piece by piece, or keeps as they are."""


class _Cells:
    """Hears one sheet and counts."""

    def __init__(self) -> None:
        self.count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        tag = local(name)
        if tag == "c":
            self.count += 1
        elif tag in {"mergeCell", "hyperlink"}:
            self.count += area(attributes.get("ref", ""))

    def data(self, text: str) -> None:
        """Text is not counted."""

    def end(self, name: str) -> None:
        """An element ends."""


def area(reference: str) -> int:
    """The cells of a range.

    Raises:
        ValueError: it is none.
    """
    left, top, right, bottom = range_boundaries(reference)
    if left is None or top is None or right is None or bottom is None:
        raise ValueError(reference)
    return max(0, right - left + 1) * max(0, bottom - top + 1)


def is_bearable(path: Path) -> bool:
    """Whether openpyxl can load the workbook in the memory that an office's computer has.

    Args:
        path: a workbook that has been read.
    """
    with guard.opened(path) as archive:
        parts = archive.infolist()
        beside = (one.file_size for one in parts if not one.filename.startswith(_FLAT))
        if sum(beside) > MAX_BESIDE:
            return False
        cells = _Cells()
        for one in parts:
            if one.filename.startswith("xl/worksheets/") and one.filename.endswith(".xml"):
                with archive.open(one) as stream:
                    try:
                        markup.read(stream, cells, lambda _: None)
                    except markup.BROKEN:
                        return False
    return cells.count <= MAX_CELLS
