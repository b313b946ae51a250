"""What a sheet holds once it is read, whatever file it came from: rows of plain values.

A value is text, a number, a day, a switch, or a `Flaw`: a cell that shows something which the
file does not really hold. Blank cells are not kept.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from sqmy.errors import Problem
from sqmy.text import clean

MAX_COLUMNS = 1_000
MAX_ROWS = 1_048_576
"""Of one sheet, as in Excel."""

MAX_MERGED = 100_000
"""Merged ranges of one sheet."""

MAX_BLANK_ROWS = 500_000
"""Blank rows that a file spells out; Excel's sheet ends at 1,048,576."""

TOO_BLANK = (
    f"里有 {MAX_BLANK_ROWS // 10_000} 万以上的空行（多半是整列设了格式），没有读。"
    "请选中最后一条下面的空行，整行删去，保存后再导入。"
)


def too_far(cell: str) -> str:
    """The refusal of a sheet whose contents reach that far to the right."""
    return (
        f"的内容到了 {cell}，最多读 {MAX_COLUMNS} 列，没有读。"
        "请删去右边多余的列（连同只有空格的格子），保存后再导入。"
    )


Tell = Callable[[int, int], None]
"""Told from time to time how much of a file is read, of how much."""


class Flaw(NamedTuple):
    """A cell without a readable value; `reason` goes on from「这一格」."""

    reason: str


Value = str | int | float | bool | date | Flaw


class Cell(NamedTuple):
    """One cell, as `Row.cell` hands it out; `value` is None for a blank one."""

    row: int
    column: int
    value: Value | None

    @property
    def coordinate(self) -> str:
        """`C7`."""
        return coordinate(self.row, self.column)


class Row(NamedTuple):
    """A row that is not blank: its number in the sheet, and its values by column, from 1."""

    number: int
    values: dict[int, Value]

    def cell(self, column: int) -> Cell:
        """The cell in that column."""
        return Cell(self.number, column, self.values.get(column))


class Merged(NamedTuple):
    """A range of merged cells; all four ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def name(self) -> str:
        """`A7:A9`."""
        return f"{coordinate(self.top, self.left)}:{coordinate(self.bottom, self.right)}"


class Source(NamedTuple):
    """Where rows come from.

    Attributes:
        order: place among all sheets of one intake; faults are told in this order.
        file: the file's name as the clerk gave it.
        sheet: the sheet's name; None in a file that has only one, unnamed.
        epoch: day 0 of the workbook's serial numbers; None where there are none.
    """

    order: int
    file: str
    sheet: str | None = None
    epoch: datetime | None = None

    def __str__(self) -> str:
        file = clean(self.file)
        return file if self.sheet is None else f"{file}，工作表「{clean(self.sheet)}」"

    def at(self, row: int, column: int) -> str:
        """`X.xlsx 报送!C7`."""
        sheet = "" if self.sheet is None else f"{clean(self.sheet)}!"
        return f"{clean(self.file)} {sheet}{coordinate(row, column)}"


class Grid(NamedTuple):
    """A sheet: its rows from the top, and its merged cells. Hidden rows are rows."""

    source: Source
    rows: Sequence[Row]
    merged: Sequence[Merged] = ()
    notes: tuple[str, ...] = ()


class Fault(NamedTuple):
    """A problem with what it takes to tell problems in the order of the files."""

    order: int
    row: int
    column: int
    problem: Problem


def fault(source: Source, row: int, column: int, message: str) -> Fault:
    """A problem of one cell."""
    return Fault(source.order, row, column, Problem(source.at(row, column), message))


def coordinate(row: int, column: int) -> str:
    """`C7` for row 7, column 3."""
    return f"{get_column_letter(column)}{row}"


def listed(names: Sequence[int] | Sequence[str]) -> str:
    """`4、5、9`, and of many the first."""
    more = " 等" if len(names) > _LISTED else ""
    shown: Sequence[int | str] = names[:_LISTED]
    return "、".join(map(str, shown)) + more


_LISTED = 5
