"""What the formats on paper and in files share: harmless text, and rows under group headings."""

from collections.abc import Iterator
from itertools import groupby
from typing import NamedTuple, TypeVar

from sqmy.reports.model import Cell, Column, Table
from sqmy.text import clean

_T = TypeVar("_T")
_NO_CHARACTERS = str.maketrans(dict.fromkeys("\ufffe\uffff", "\ufffd"))
"""What no XML and no HTML may hold, though Unicode has a place for it."""

WIDE = 36
"""Columns, as on a terminal, beyond which a cell's text goes on in further lines."""


def harmless(text: str) -> str:
    """`text` without controls, direction marks or what XML cannot hold; line breaks stay."""
    if text.isprintable():
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
    """A table with the column it is grouped by turned into headings."""

    columns: tuple[Column, ...]
    groups: tuple[Group, ...]

    def cells(self, place: int) -> Iterator[Cell]:
        """The cells of one column, from top to bottom."""
        return (row[place] for group in self.groups for row in group.rows)


def arranged(table: Table) -> Arranged:
    """The table's rows under the headings of its groups."""
    titles = [column.title for column in table.columns]
    if table.grouped_by is None:
        return Arranged(table.columns, (Group(None, table.rows),))
    place = titles.index(table.grouped_by)

    def without(row: tuple[_T, ...]) -> tuple[_T, ...]:
        return (*row[:place], *row[place + 1 :])

    groups = tuple(
        Group(heading or f"无{table.grouped_by}", tuple(map(without, rows)))
        for heading, rows in groupby(table.rows, key=lambda row: str(row[place]))
    )
    if all(str(row[place]) == "" for row in table.rows):
        groups = tuple(group._replace(heading=None) for group in groups)
    return Arranged(without(table.columns), groups)
