"""What every report is made of. A report knows nothing of the format it will be written in."""

from typing import Literal, NamedTuple

Cell = str
"""A cell's whole text; a format may cut it, with a mark."""


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
    """A table with its own title and notes under it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


class Report(NamedTuple):
    """A report: a title, paragraphs, tables, closing notes."""

    title: str
    tables: tuple[Table, ...]
    lead: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
