"""What the formats of files share: harmless text, and rows under the headings of their groups."""

from collections.abc import Iterator
from itertools import groupby
from typing import Final, NamedTuple, TypeVar

from sqmy.reports.model import Cell, Column, Table
from sqmy.text import clean

_T = TypeVar("_T")

WIDE: Final = 46
"""Columns, as on a terminal, beyond which a cell's text goes on in further lines."""

_NO_CHARACTERS: Final = str.maketrans({"\ufffe": "\ufffd", "\uffff": "\ufffd"})
"""What neither XML nor HTML may hold, though Unicode has a place for it."""


def harmless(text: str) -> str:
    """`text` without controls, direction marks and what XML cannot hold; line breaks stay."""
    if text.isprintable():  # nearly always, and a hundred thousand cells are asked
        return text
    return "\n".join(map(clean, text.splitlines())).translate(_NO_CHARACTERS)


class Group(NamedTuple):
    """Rows that stand together.

    Attributes:
        heading: what they have in common; None when nothing is to be said.
    """

    heading: str | None
    rows: tuple[tuple[Cell, ...], ...]


class Arranged(NamedTuple):
    """A table whose grouping column has turned into headings.

    Attributes:
        totals: the rows at its foot, which belong to no group.
    """

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    totals: tuple[tuple[Cell, ...], ...] = ()

    def cells(self, place: int) -> Iterator[Cell]:
        """The cells of one column, from top to bottom."""
        rows = (row for group in self.groups for row in group.rows)
        return (row[place] for row in (*rows, *self.totals))


def arranged(table: Table) -> Arranged:
    """The table's rows under the headings of its groups."""
    rows, totals = split(table)
    if table.grouped_by is None:
        return Arranged(table.columns, (Group(None, rows),), totals)
    place = [column.title for column in table.columns].index(table.grouped_by)
    named = any(str(row[place]) for row in rows)
    groups = tuple(
        Group(
            (value or f"无{table.grouped_by}") if named else None,
            tuple(_without(row, place) for row in own),
        )
        for value, own in groupby(rows, key=lambda row: str(row[place]))
    )
    kept = tuple(_without(row, place) for row in totals)
    return Arranged(_without(table.columns, place), groups, kept)


def split(table: Table) -> tuple[tuple[tuple[Cell, ...], ...], tuple[tuple[Cell, ...], ...]]:
    """The rows of a table, and the totals at its foot."""
    last = len(table.rows) - table.totals
    return table.rows[:last], table.rows[last:]


def filled(table: Table) -> Table:
    """The table without the columns in which nothing stands, for formats that are only read."""
    cells = zip(*table.rows, strict=True)
    places = [place for place, column in enumerate(cells) if any(map(str, column))]
    if not table.rows or len(places) == len(table.columns):
        return table
    columns = tuple(table.columns[place] for place in places)
    grouped = table.grouped_by in {column.title for column in columns}
    return table._replace(
        columns=columns,
        rows=tuple(tuple(row[place] for place in places) for row in table.rows),
        grouped_by=table.grouped_by if grouped else None,
    )


def _without(values: tuple[_T, ...], place: int) -> tuple[_T, ...]:
    return (*values[:place], *values[place + 1 :])
