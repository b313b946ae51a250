"""Where everything of a report stands in a workbook, settled before a cell is written."""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from sqmy.errors import SqmyError
from sqmy.reports.model import Cell, Column, Report, Table
from sqmy.reports.render.arranging import WIDE, Arranged, arranged
from sqmy.reports.render.cells import PARAGRAPH, SUBTITLE, TITLE, Look
from sqmy.reports.render.formulas import Place
from sqmy.text import display_width

_MOST_ROWS: Final = 1_048_576
_NAME_LENGTH: Final = 31
_FILTER_ARROW: Final = 2
_PADDING: Final = 2
_NARROWEST: Final = 72
"""Characters that a sheet is wide at least, so that its title and notes have room."""


class Sheet(NamedTuple):
    """One table with everything that stands on its sheet.

    Attributes:
        head: paragraphs above the headings, each with its look.
        foot: paragraphs under the rows.
        widths: of the columns, in characters.
        wrapped: whether a column's texts go on in further lines.
    """

    table: Arranged
    place: Place
    head: tuple[tuple[Cell, Look], ...]
    foot: tuple[str, ...]
    widths: tuple[float, ...]
    wrapped: tuple[bool, ...]


def sheets(report: Report) -> list[Sheet]:
    """Each table on a sheet of its own, under the report's title.

    Raises:
        SqmyError: a table has more rows than a sheet.
    """
    made: list[Sheet] = []
    for number, table in enumerate(report.tables, 1):
        taken = {sheet.place.sheet for sheet in made}
        made.append(_sheet(report, table, _name(table.name, number, taken)))
    return made


def _name(name: str, number: int, taken: set[str]) -> str:
    """A sheet's name: the table's name, without what Excel refuses."""
    bare = re.sub(r"[^\w ]", " ", name).strip()[:_NAME_LENGTH]
    return bare if bare and bare not in taken else f"表{number}"


def _sheet(report: Report, table: Table, name: str) -> Sheet:
    made = arranged(table)
    head = (
        (report.title, TITLE),
        *([(table.title, SUBTITLE)] if table.title else ()),
        *((text, PARAGRAPH) for text in (*map(str, report.lead), *table.lead)),
    )
    foot = (*table.notes, *report.notes, *report.basis.told)
    first = len(head) + 2
    rows = len(table.rows) + sum(group.heading is not None for group in made.groups)
    if first + rows + len(foot) > _MOST_ROWS:
        raise SqmyError(
            f"“{name}”有 {rows} 行，超过 Excel 一张表的 {_MOST_ROWS} 行。请改写 .csv 或 .json。"
        )
    numbers = {column.title: number for number, column in enumerate(made.columns, 1)}
    place = Place(name, numbers, first, first + max(rows, 1) - 1)
    natural = [_width(column, made.cells(n)) for n, column in enumerate(made.columns)]
    kept = [min(width, WIDE) + _PADDING for width in natural]
    scale = max(1.0, _NARROWEST / sum(kept))
    widths = tuple(round(width * scale, 1) for width in kept)
    return Sheet(made, place, head, foot, widths, tuple(width > WIDE for width in natural))


def _width(column: Column, cells: Iterable[Cell]) -> int:
    """The characters that the widest cell takes; not measured on once it is beyond `WIDE`."""
    widest = display_width(column.title) + _FILTER_ARROW
    for cell in cells:
        text = str(cell)
        if 2 * len(text) > widest:
            widest = max(widest, display_width(text))
            if widest > WIDE:
                break
    return widest
