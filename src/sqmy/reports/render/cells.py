"""The cells of a workbook: how each looks, and text that is never taken for anything else."""

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from sqmy.reports.model import Formula, Number
from sqmy.reports.render.arranging import harmless

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell as SheetCell
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
    """Makes the cells of one sheet, column by column; the texts it had to cut are counted.

    A cell is made once for each column and look and filled anew for each row, which is written
    before the next one comes.
    """

    def __init__(self, sheet: "Worksheet") -> None:
        self.cut = 0
        self._sheet = sheet
        self._made: dict[tuple[int, Look], SheetCell] = {}

    def text(self, column: int, look: Look, value: str) -> "SheetCell":
        """A cell with a text, which nothing takes for a formula or a number."""
        cell = self._blank(column, look)
        cell.value = self._fitting(harmless(value))
        cell.data_type = "s"
        return cell

    def blank(self, column: int, look: Look) -> "SheetCell":
        """A cell with nothing in it."""
        cell = self._blank(column, look)
        cell.value = None
        return cell

    def number(self, column: int, look: Look, value: int | Number) -> "SheetCell":
        """A cell with a number: a whole one exactly, another to 15 digits."""
        cell = self._blank(column, look._replace(number=number_format(value)))
        if isinstance(value, Number):
            whole = value.value.denominator == 1
            cell.value = value.value.numerator if whole else float(value.value)
        else:
            cell.value = value
        return cell

    def formula(self, column: int, look: Look, formula: Formula, text: str) -> "SheetCell":
        """A cell with a formula, as Excel writes it."""
        if not isinstance(formula.result, str):
            look = look._replace(number=number_format(formula.result))
        cell = self._blank(column, look)
        cell.value = text
        cell.data_type = "f"
        return cell

    def _blank(self, column: int, look: Look) -> "SheetCell":
        if (column, look) not in self._made:
            cell = WriteOnlyCell(self._sheet)
            cell.font = Font(name=look.font, size=look.size)
            indent = 1 if look.align == "right" else 0  # a number keeps off the text beside it
            cell.alignment = Alignment(look.align, "center", wrap_text=look.wrap, indent=indent)
            cell.number_format = look.number
            cell.border = _FRAMES[look.frame]
            if look.shaded:
                cell.fill = _GREY
            self._made[column, look] = cell
        return self._made[column, look]

    def _fitting(self, text: str) -> str:
        text = _ESCAPE.sub("_x005F_", text)
        if 2 * len(text) <= MOST or _units(text) <= MOST:
            return text
        self.cut += 1
        room = 2 * (MOST - len(CUT))
        return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT


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
