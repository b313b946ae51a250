"""The cells of a workbook: how each looks, and text that is never taken for anything else."""

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple
from xml.sax.saxutils import escape

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from sqmy.reports.model import Formula, Number
from sqmy.reports.render.arranging import harmless
from sqmy.reports.render.sheet_rows import Written

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

MOST: Final = 32_767
"""What a cell of Excel holds, in UTF-16 units."""

CUT: Final = "…（以下从略）"
"""What stands at the end of a text that is longer."""

_ESCAPE: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""What Excel would read as a character's number."""

_LINE: Final = Side(style="thin", color="808080")
_FRAMES: Final = {
    "none": Border(),
    "box": Border(_LINE, _LINE, _LINE, _LINE),
    "band": Border(top=_LINE, bottom=_LINE),
}
_GREY: Final = PatternFill("solid", fgColor="F2F2F2")


class Look(NamedTuple):
    """How a cell looks.

    Attributes:
        font: a typeface that Windows and WPS have; 宋体 stays clear in small sizes.
        size: in points; 10.5 is 五号.
        frame: lines around the cell, or above and below it alone.
        number: Excel's number format.
    """

    font: str = "宋体"
    size: float = 10.5
    align: Literal["left", "center", "right"] = "left"
    wrap: bool = False
    frame: Literal["none", "box", "band"] = "none"
    shaded: bool = False
    number: str = "General"


TITLE: Final = Look("黑体", 16, "center", wrap=True)
SUBTITLE: Final = Look("仿宋", 12, "center", wrap=True)
PARAGRAPH: Final = Look("仿宋", 10.5, wrap=True)
HEADING: Final = Look("黑体", 10.5, "center", wrap=True, frame="box", shaded=True)
GROUP: Final = Look("黑体", 10.5, frame="band", shaded=True)
BODY: Final = Look(frame="box")
TOTAL: Final = Look("黑体", frame="box", shaded=True)


class Cells:
    """Makes the cells of one sheet; the texts it had to cut are counted."""

    def __init__(self, sheet: "Worksheet") -> None:
        self.cut = 0
        self._sheet = sheet
        self._styles: defaultdict[str, dict[Look, str]] = defaultdict(dict)

    def text(self, column: int, look: Look, value: str) -> Written:
        """A cell with a text, which nothing takes for a formula or a number."""
        told = self._fitting(harmless(value))
        if not told:
            return self.blank(column, look)
        space = ' xml:space="preserve"' if told != told.strip() else ""
        inside = f"<is><t{space}>{escape(told)}</t></is>"
        return Written(letter_of(column), f'{self._style(look)} t="inlineStr">{inside}</c>')

    def blank(self, column: int, look: Look) -> Written:
        """A cell with nothing in it."""
        return Written(letter_of(column), f"{self._style(look)}/>")

    def number(self, column: int, look: Look, value: int | Number) -> Written:
        """A cell with a number: a whole one exactly, another to 15 digits."""
        style = self._style(look, number_format(value))
        if isinstance(value, Number):
            whole = value.value.denominator == 1
            written = str(value.value.numerator) if whole else f"{float(value.value):.16g}"
        else:
            written = str(value)
        return Written(letter_of(column), f"{style}><v>{written}</v></c>")

    def formula(self, column: int, look: Look, formula: Formula, text: str, row: int) -> Written:
        """A cell with a formula, as Excel writes it, with its leading `=`, in that row."""
        letter = letter_of(column)
        array = f' t="array" ref="{letter}{row}"' if formula.array else ""
        result = formula.result
        style = self._style(look, "" if isinstance(result, str) else number_format(result))
        return Written(letter, f"{style}><f{array}>{escape(text[1:])}</f><v/></c>")

    def _style(self, look: Look, number: str = "") -> str:
        """The attribute that gives a cell its look, and the number format, if one is told."""
        looks = self._styles[number]
        if look not in looks:
            looks[look] = f' s="{self._styled(look._replace(number=number or look.number))}"'
        return looks[look]

    def _styled(self, look: Look) -> int:
        """The number that a look has in the workbook."""
        cell = WriteOnlyCell(self._sheet)
        cell.font = Font(name=look.font, size=look.size)
        indent = 1 if look.align == "right" else 0  # a number keeps off the text beside it
        cell.alignment = Alignment(look.align, "center", wrap_text=look.wrap, indent=indent)
        cell.number_format = look.number
        cell.border = _FRAMES[look.frame]
        if look.shaded:
            cell.fill = _GREY
        return int(cell.style_id)

    def _fitting(self, text: str) -> str:
        text = _ESCAPE.sub("_x005F_", text)
        if 2 * len(text) <= MOST or _units(text) <= MOST:
            return text
        self.cut += 1
        room = 2 * (MOST - len(CUT))
        return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT


@lru_cache
def letter_of(place: int) -> str:
    """The letter of a column, counted from 0."""
    return get_column_letter(place + 1)


def number_format(value: int | Number) -> str:
    """Excel's number format for a number: `0.00`, with a sign `+0.00;-0.00;0.00`, `0.0%`."""
    if isinstance(value, int):
        return "0"
    places = len(str(value).partition(".")[2].rstrip("%")) if value.trimmed else value.decimals
    plain = f"0.{'0' * places}" if places else "0"
    plain += "%" if value.percent else ""
    return f"+{plain};-{plain};{plain}" if value.signed else plain


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
