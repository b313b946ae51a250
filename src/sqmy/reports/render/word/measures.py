"""The measures of GB/T 9704-2012, in the units of Word documents, and where a sheet has them.

The type area (版心) is 156 mm by 225 mm and takes 22 lines of 28 characters of 三号 (16 pt). A
landscape page is the same sheet turned: its upper edge is the portrait page's left one. Its
number stands below the type area as on other pages: turned to the sheet's own foot, LibreOffice
loses it on some.
"""

import re
from typing import Final, NamedTuple

TWIPS: Final = 20
"""In a point."""


def mm(length: float) -> int:
    """Millimetres in twips, the twentieth of a point."""
    return round(length * 1440 / 25.4)


SHEET: Final = (mm(210), mm(297))
TOP: Final = mm(37)
LEFT: Final = mm(28)
BOTTOM: Final = mm(35)
RIGHT: Final = SHEET[0] - LEFT - mm(156)
WIDTH: Final = SHEET[0] - LEFT - RIGHT
HEIGHT: Final = SHEET[1] - TOP - BOTTOM

LINES: Final = 22
LINE: Final = HEIGHT // LINES
"""The height of a line, exactly, so that 22 of them fill the type area."""

TWO: Final = 22.0
"""二号, in points."""

THREE: Final = 16.0
"""三号."""

FOUR: Final = 14.0
"""四号."""

TIGHTER: Final = -5
"""What is taken from between characters of 三号, in twips, so that 28 of them fill a line."""

CHARACTER: Final = int(THREE * TWIPS) + TIGHTER
"""The width of a character of 三号."""

PAGE_NUMBER: Final = mm(7)
"""From the type area down to the page number."""


class Page(NamedTuple):
    """A page's size and margins, in twips; `foot` is from its lower edge to the footer's."""

    width: int
    height: int
    top: int
    right: int
    bottom: int
    left: int
    foot: int

    @property
    def room(self) -> int:
        """The width of its type area."""
        return self.width - self.left - self.right


NUMBER_LINE: Final = round(FOUR * 1.3 * TWIPS)
"""The height of the line with the page number."""

_BELOW: Final = PAGE_NUMBER + NUMBER_LINE
PORTRAIT: Final = Page(*SHEET, TOP, RIGHT, BOTTOM, LEFT, BOTTOM - _BELOW)
LANDSCAPE: Final = Page(SHEET[1], SHEET[0], LEFT, TOP, RIGHT, BOTTOM, RIGHT - _BELOW)


_HALF: Final = re.compile("[^“”‘’…—·〔〕（）《》、。，；：\u2e80-\U0010ffff]")
"""Half-width in Chinese text: not Chinese, nor what is as wide there."""


def characters(text: str) -> float:
    """How many characters wide a text is: of ASCII two take the room of one."""
    if text.isascii():
        return len(text) / 2
    return len(text) - len(_HALF.findall(text)) / 2
