"""Rows behind figures: a figure is the number of some rows, or what a column of them adds up to.

Counting the very rows that a workbook shows, a report cannot say anything else than they do.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from statistics import median
from typing import Final

from sqmy.reports.model import (
    Cell,
    Chart,
    ChartKind,
    Column,
    Figure,
    Formula,
    Measure,
    Number,
    Rows,
    Series,
    Share,
    Table,
)

WHOLE: Final = "合计"

MEASURES: Final[Mapping[Measure, Callable[[Sequence[Fraction]], Fraction]]] = {
    "sum": lambda values: sum(values, Fraction()),
    "min": min,
    "median": median,
    "max": max,
}
"""What is made of the values of a column; the names are those of Excel's functions."""

_PLACES: Final = 2
"""Decimals printed of half an item, or a third of one."""


class Detail:
    """A table of rows that figures count.

    Args:
        name: the table's.
        columns: each with a name of its own.
        rows: whole; numbers in a column that is added up are integers or `Number`.
        notes: under the table.
    """

    def __init__(
        self,
        name: str,
        columns: Sequence[Column],
        rows: Sequence[tuple[Cell, ...]],
        notes: tuple[str, ...] = (),
    ) -> None:
        self.name = name
        self._columns = tuple(columns)
        self._rows = tuple(rows)
        self._notes = notes
        self._places = {column.title: place for place, column in enumerate(columns)}
        self._sums: dict[tuple[str, ...], dict[tuple[Cell, ...], int | Fraction]] = {}

    def __len__(self) -> int:
        return len(self._rows)

    def figure(self, total: str = "", **where: str | int) -> Figure:
        """How many rows have these values, or what the column `total` of them adds up to."""
        sums = self._summed(tuple(where), total)
        value = sums.get(tuple(where.values()), 0)
        return Figure(_shown(value), Rows(self.name, tuple(where.items()), total))

    def measured(self, measure: Measure, column: str, **where: str | int) -> Figure:
        """The smallest, the middle or the largest of a column, of the rows with these values."""
        numbers = [Fraction(number) for number in self.numbers(column, **where)]
        value = Fraction(MEASURES[measure](numbers))
        return Figure(_shown(value, 1), Rows(self.name, tuple(where.items()), column, measure))

    def values(self, column: str) -> list[Cell]:
        """What stands in a column, each once, in the order of the rows."""
        place = self._places[column]
        return list(dict.fromkeys(row[place] for row in self._rows))

    def numbers(self, column: str, **where: str | int) -> list[int | Fraction]:
        """What stands in a column of the rows that have these values."""
        place = self._places[column]
        wanted = [(self._places[name], value) for name, value in where.items()]
        return [
            amount(row[place])
            for row in self._rows
            if all(row[at] == value for at, value in wanted)
        ]

    def table(self) -> Table:
        """All of it."""
        return Table(f"{self.name}（{len(self._rows)} 行）", self._columns, self._rows, self._notes)

    def _summed(self, names: tuple[str, ...], total: str) -> dict[tuple[Cell, ...], int | Fraction]:
        """The sums by the values of some columns, worked out once."""
        key = (*names, total)
        if key not in self._sums:
            places = [self._places[name] for name in names]
            added = self._places[total] if total else None
            sums: dict[tuple[Cell, ...], int | Fraction] = defaultdict(int)
            for row in self._rows:
                sums[tuple(row[place] for place in places)] += (
                    1 if added is None else amount(row[added])
                )
            self._sums[key] = sums
        return self._sums[key]


def amount(cell: Cell) -> int | Fraction:
    """What a cell adds to a sum: text, as a blank cell is, adds nothing."""
    if isinstance(cell, Figure):
        cell = cell.value
    if isinstance(cell, Number):
        return cell.value
    return cell if isinstance(cell, int) else 0


def rate(part: Cell, whole: Cell, decimals: int = 1) -> Cell:
    """A share as a percentage, as bulletins print it: 0 of 0 is 0, of nothing else `—`."""
    over, under = Fraction(amount(part)), Fraction(amount(whole))
    if not under:
        return "—" if over else 0
    share = Number(over / under, decimals, percent=True, trimmed=True)
    if not isinstance(part, Figure) or not isinstance(whole, Figure):
        return share
    if isinstance(part.rows, Rows) and isinstance(whole.rows, Rows):
        return Figure(share, Share(part.rows, whole.rows))
    return share


def totalled(table: Table, rates: Mapping[str, tuple[str, str]]) -> Table:
    """The table with a row of what its columns add up to.

    Args:
        table: its first column names its rows; of the others, those on the right are added up.
        rates: of columns that are rates, the two columns of which they are.
    """
    places = {column.title: place for place, column in enumerate(table.columns)}
    added: list[Cell] = [
        _added(table, place) if column.align == "right" else ""
        for place, column in enumerate(table.columns)
    ]
    added[0] = WHOLE
    for name, (part, whole) in rates.items():
        added[places[name]] = rate(added[places[part]], added[places[whole]])
    return table._replace(rows=(*table.rows, tuple(added)), totals=1)


def _added(table: Table, place: int) -> Figure:
    value = sum((Fraction(amount(row[place])) for row in table.rows), Fraction())
    return Figure(_shown(value), Rows(table.name, (), table.columns[place].title))


def _shown(value: int | Fraction, places: int = _PLACES) -> int | Number:
    whole = Fraction(value).denominator == 1
    return int(value) if whole else Number(Fraction(value), places, trimmed=True)


def charted(table: Table, title: str, kind: ChartKind, columns: Sequence[str]) -> Chart:
    """A chart of some columns of a table, without its totals.

    Args:
        table: whose first column names the categories.
        title: of the chart, with the unit of its values in brackets.
        kind: of chart.
        columns: by heading; those of a rate have no value where there is none.
    """
    name, _, unit = title.rstrip("）").partition("（")
    places = {column.title: place for place, column in enumerate(table.columns)}
    rows = table.rows[: len(table.rows) - table.totals]
    heading = table.columns[0].title

    def value(row: tuple[Cell, ...], column: str) -> Figure | None:
        cell = row[places[column]]
        if isinstance(cell, str | Formula):
            return None
        shown = cell.value if isinstance(cell, Figure) else cell
        return Figure(shown, Rows(table.name, ((heading, str(row[0])),), column))

    series = tuple(Series(one, tuple(value(row, one) for row in rows)) for one in columns)
    return Chart(name, kind, tuple(str(row[0]) for row in rows), series, unit)
