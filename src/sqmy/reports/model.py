"""What every report is made of. A report knows nothing of the format it will be written in."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any, Literal, NamedTuple

from sqmy import points


class Number(NamedTuple):
    """A number that a spreadsheet may count with; as text it is rounded half up.

    Attributes:
        value: exact.
        decimals: places printed.
        signed: printed with a sign of its own and without trailing zeros, `+5`.
    """

    value: Fraction
    decimals: int
    signed: bool = False

    def __str__(self) -> str:
        if self.signed:
            return points.short(self.value, self.decimals)
        return points.rounded(self.value, self.decimals)


class Formula(NamedTuple):
    """What a spreadsheet works out anew, with what it must come to.

    Attributes:
        text: the formula without `=`. `明细[得分]` is the column 得分 of the sheet 明细,
            `[@得分]` the cell of that column in the formula's own row.
        result: what it comes to, for formats that do not count.
    """

    text: str
    result: str | int | Number

    def __str__(self) -> str:
        return str(self.result)


Cell = str | int | Number | Formula
"""A cell's whole value, as text by `str`; a format may cut a text, with a mark."""


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        title: the heading.
        align: numbers stand right.
        width: columns on a terminal after which a cell is cut; None for as wide as it is.
    """

    title: str
    align: Literal["left", "right"] = "left"
    width: int | None = None


class Table(NamedTuple):
    """A table with its own title, paragraphs above and notes under it.

    Attributes:
        title: what stands before a bracket in it is the table's name, as a sheet's in a workbook.
        grouped_by: the heading of a column whose equal values stand together; where there is
            room, they become headings of their own in place of the column.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    lead: tuple[Cell, ...] = ()
    grouped_by: str | None = None


class Basis(NamedTuple):
    """What the figures rest on.

    Attributes:
        told: the last lines of a report; on paper the foot of every page.
        marks: the same for programs, as names and values that a file carries unseen.
    """

    told: tuple[str, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()


class Report(NamedTuple):
    """A report: a title, paragraphs, tables, closing notes, what it rests on."""

    title: str
    tables: tuple[Table, ...]
    lead: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    basis: Basis = Basis()


class Publication(NamedTuple):
    """One report in the shapes that the formats take, each made only when it is wanted.

    Attributes:
        report: for people.
        value: for programs, as JSON has it.
        table: all of it in one flat table; None for the report's first one.
        workbook: what a workbook holds; None for the report's tables.
    """

    report: Callable[[], Report]
    value: Callable[[], Any]
    table: Callable[[], Table] | None = None
    workbook: Callable[[], Report] | None = None

    def flat(self) -> Table:
        """The table for CSV."""
        return self.table() if self.table else self.report().tables[0]
