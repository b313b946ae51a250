"""What every report is made of. A report knows nothing of the format it will be written in.

A report is a title and a body; the body is paragraphs, tables, charts and sections, which hold
the same again. What makes it an official document stands beside it as a `Letter`. A figure in a
sentence or a table may know the rows that it was counted from: `Figure`.
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Literal, NamedTuple, TypeVar, Union

from sqmy import points
from sqmy.days import Day

_T = TypeVar("_T")


class Number(NamedTuple):
    """A number that a spreadsheet may count with; as text it is rounded half up.

    Attributes:
        value: exact; of a share the share itself, 5/16 for 31.25 %.
        decimals: places printed, of a share those of the percentage.
        signed: printed with a sign of its own and without trailing zeros, `+5`.
        percent: printed as a percentage, `31.3%`.
        trimmed: printed without trailing zeros, `50%` beside `31.3%`.
    """

    value: Fraction
    decimals: int
    signed: bool = False
    percent: bool = False
    trimmed: bool = False

    def __str__(self) -> str:
        value = self.value * 100 if self.percent else self.value
        text = points.short(value, self.decimals) if self.signed else self._plain(value)
        return f"{text}%" if self.percent else text

    def _plain(self, value: Fraction) -> str:
        text = points.rounded(value, self.decimals)
        return text.rstrip("0").rstrip(".") if self.trimmed and "." in text else text


class Formula(NamedTuple):
    """What a spreadsheet works out anew, with what it must come to.

    Attributes:
        text: the formula without `=`. `明细[得分]` is the column 得分 of the sheet 明细,
            `[@得分]` the cell of that column in the formula's own row.
        result: what it comes to, for formats that do not count.
        array: whether it goes through whole columns row by row, as `MEDIAN(IF(…))` does.
    """

    text: str
    result: str | int | Number
    array: bool = False

    def __str__(self) -> str:
        return str(self.result)


Measure = Literal["sum", "min", "median", "max"]
"""What is made of the values of a column."""


class Rows(NamedTuple):
    """Which rows of a table stand behind a figure.

    Attributes:
        table: the table's name: its title up to a bracket.
        where: the rows in which each of these columns holds that value; none for every row.
        total: the column whose values the figure adds up; "" for the number of the rows.
        measure: what else the figure is of that column.
    """

    table: str
    where: tuple[tuple[str, str | int], ...] = ()
    total: str = ""
    measure: Measure = "sum"


class Share(NamedTuple):
    """The number or sum of some rows over that of others; 0 where there are no others."""

    part: Rows
    whole: Rows


class Figure(NamedTuple):
    """A number with the rows that it counts or adds up, so that it can be worked out anew."""

    value: int | Number
    rows: Rows | Share

    def __str__(self) -> str:
        return str(self.value)


Cell = str | int | Number | Formula | Figure
"""A cell's whole value, as text by `str`; a format may cut a text, with a mark."""


class Sentence(NamedTuple):
    """A paragraph of words and figures; as text by `str`.

    Attributes:
        parts: one after the other, with nothing between them.
    """

    parts: tuple[str | int | Number | Figure, ...]

    def __str__(self) -> str:
        return "".join(map(str, self.parts))


Text = str | Sentence
"""A paragraph."""


class Column(NamedTuple):
    """A column of a table.

    Attributes:
        title: the heading.
        align: numbers stand right.
        width: columns on a terminal after which a cell is cut; None for as wide as it is.
        over: a heading that stands above this one and its neighbours of the same; "" for none.
    """

    title: str
    align: Literal["left", "right", "center"] = "left"
    width: int | None = None
    over: str = ""

    @property
    def name(self) -> str:
        """The heading where there is but one row of them: `市政协采用/单篇`."""
        return f"{self.over}/{self.title}" if self.over else self.title


class Table(NamedTuple):
    """A table with its own title, paragraphs above and notes under it.

    Attributes:
        title: what stands before a bracket in it is the table's name, as a sheet's in a workbook.
        grouped_by: the heading of a column whose equal values stand together; where there is
            room, they become headings of their own in place of the column.
        totals: how many of the last rows add up those above: they stay at the foot when the
            others are sorted, and are no rows of which a `Figure` could count.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    lead: tuple[Cell, ...] = ()
    grouped_by: str | None = None
    totals: int = 0

    @property
    def name(self) -> str:
        """The title up to a bracket."""
        return self.title.partition("（")[0]


class Series(NamedTuple):
    """What a chart shows of each category; None where there is nothing to show.

    A value that is a `Figure` knows the rows it comes from: a spreadsheet draws it from them.
    """

    name: str
    values: tuple[int | Number | Figure | None, ...]


ChartKind = Literal["bar", "column", "stacked", "line"]
"""Bars lie (for names), columns stand and lines run (for time); stacked columns stand on one
another and make up a whole."""


class Chart(NamedTuple):
    """A chart of one or more series over the same categories.

    A chart shows what a table beside it says; a format that cannot draw leaves it out.

    Attributes:
        title: its name, for whoever cannot see it too.
        unit: of the values, `篇`; "" where they have none or tell it themselves, as shares do.
    """

    title: str
    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    unit: str = ""


class Section(NamedTuple):
    """A part of a report under a heading of its own.

    Attributes:
        heading: without its number, which comes from its place; "" for none, and no number.
        body: in order.
    """

    heading: str
    body: tuple["Block", ...]


Block = Union[str, Sentence, Table, Chart, Section]  # noqa: UP007 — Section is not there yet
"""What a body holds."""


class Basis(NamedTuple):
    """What the figures rest on.

    Attributes:
        told: the last lines of a report; on paper the foot of every page.
        marks: the same for programs, as names and values that a file carries unseen.
        always: those of the lines that stand on a letter too, which else says nothing of itself.
    """

    told: tuple[str, ...] = ()
    marks: tuple[tuple[str, str], ...] = ()
    always: tuple[str, ...] = ()


class Letter(NamedTuple):
    """What makes a report an official document: all that stands around its title and body.

    Named after GB/T 9704-2012; what is "" or empty is not there.

    Attributes:
        masthead: 发文机关标志, in red.
        number: 发文字号, `云协办〔2026〕3号`.
        approval: what stands in brackets under the title.
        addressees: 主送机关, with the colon.
        contact: 联系人, a line in brackets below the body.
        signature: 发文机关署名.
        date: 成文日期.
        seal: whether it will be sealed, which moves signature and date.
        remark: 附注, such as 此件主动公开, without brackets.
        copies: 抄送机关, one string of them.
        printer: 印发机关.
        printed_on: 印发日期.
        paged: whether its pages are numbered.
    """

    masthead: str = ""
    number: str = ""
    approval: str = ""
    addressees: str = ""
    contact: str = ""
    signature: str = ""
    date: Day | None = None
    seal: bool = False
    remark: str = ""
    copies: str = ""
    printer: str = ""
    printed_on: Day | None = None
    paged: bool = True


class Report(NamedTuple):
    """A report: a title, paragraphs, a body, closing notes, what it rests on.

    Attributes:
        enclosures: 附件, each under its title, on pages of their own where there are pages.
        letter: what makes it an official document; None for a report to be looked at.
        following: further documents in the same file, each beginning on a page of its own.
    """

    title: str
    body: tuple[Block, ...]
    lead: tuple[Text, ...] = ()
    notes: tuple[str, ...] = ()
    basis: Basis = Basis()
    enclosures: tuple[Section, ...] = ()
    letter: Letter | None = None
    following: tuple["Report", ...] = ()

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table, wherever it stands, in the order of reading."""
        return tuple(blocks((*self.body, *self.enclosures), Table))

    @property
    def charts(self) -> tuple[Chart, ...]:
        """Every chart, likewise."""
        return tuple(blocks((*self.body, *self.enclosures), Chart))


def blocks(body: Iterable[Block], kind: type[_T]) -> Iterator[_T]:
    """The blocks of one kind in a body, at any depth, in the order of reading."""
    for block in body:
        if isinstance(block, kind):
            yield block
        if isinstance(block, Section):
            yield from blocks(block.body, kind)
