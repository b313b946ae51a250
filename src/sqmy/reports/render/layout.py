"""Where everything of a report stands in a workbook, settled before a cell is written."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from sqmy.errors import SqmyError
from sqmy.reports.model import Block, Cell, Column, Report, Section, Table
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
        upper: what stands above the headings of several columns: the words, and the number of
            the first and of the last column; none for one row of headings.
        head: paragraphs above the headings, each with its look.
        foot: paragraphs under the rows.
        widths: of the columns, in characters.
        wrapped: whether a column's texts go on in further lines.
    """

    table: Arranged
    place: Place
    upper: tuple[tuple[str, int, int], ...]
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
    for number, (heading, table) in enumerate(_titled(report), 1):
        taken = {sheet.place.sheet for sheet in made}
        made.append(_sheet(report, table, _name(table.name or heading, number, taken)))
    return made


def _titled(report: Report) -> Iterator[tuple[str, Table]]:
    """Every table with the heading under which it stands, for one without a title."""

    def walk(body: Iterable[Block], heading: str) -> Iterator[tuple[str, Table]]:
        for block in body:
            if isinstance(block, Table):
                yield heading, block
            elif isinstance(block, Section):
                yield from walk(block.body, block.heading or heading)

    yield from walk((*report.body, *report.enclosures), "")


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
    upper = tuple(_upper(made.columns))
    first = len(head) + 2 + bool(upper)
    rows = sum(len(group.rows) + (group.heading is not None) for group in made.groups)
    if first + rows + len(made.totals) + len(foot) > _MOST_ROWS:
        raise SqmyError(
            f"“{name}”有 {rows} 行，超过 Excel 一张表的 {_MOST_ROWS} 行。请改写 .csv 或 .json。"
        )
    numbers = {column.title: number for number, column in enumerate(made.columns, 1)}
    place = Place(name, numbers, first, first + max(rows, 1) - 1)
    natural = [_width(column, made.cells(n)) for n, column in enumerate(made.columns)]
    kept = [min(width, WIDE) + _PADDING for width in natural]
    scale = max(1.0, _NARROWEST / sum(kept))
    widths = tuple(round(width * scale, 1) for width in kept)
    wrapped = tuple(width > WIDE for width in natural)
    return Sheet(made, place, upper, head, foot, widths, wrapped)


def _upper(columns: Sequence[Column]) -> Iterator[tuple[str, int, int]]:
    """What stands above the headings of several columns, and what above the others: nothing."""
    if not any(column.over for column in columns):
        return
    last = 0
    for over, own in groupby(columns, key=lambda column: column.over):
        first, last = last + 1, last + len(list(own))
        yield over, first, last


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
