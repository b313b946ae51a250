"""The tables of a web page: headings told to those who listen, groups as bodies, totals as foot."""

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby
from typing import Final

from sqmy.reports.model import Cell, Column, Table
from sqmy.reports.render.arranging import Arranged, arranged, filled, harmless
from sqmy.text import display_width

_NAME: Final = 12
"""Columns, as on a terminal, up to which the texts of a column are kept on one line."""

_PHRASE: Final = 24
"""The same, unless the screen is narrow."""


def text_of(value: str) -> str:
    """A text as HTML."""
    return escape(harmless(value)).replace("\n", "<br>")


def table_lines(table: Table, number: int) -> Iterator[str]:
    """A table in a box of its own, which scrolls where the screen is too narrow.

    Args:
        table: any.
        number: its place on the page, from 1.
    """
    made = arranged(filled(table))
    yield from (f"<p>{_text(text)}</p>" for text in table.lead)
    name = f'aria-labelledby="table-{number}"' if table.title else f'aria-label="表{number}"'
    yield f'<div class="box" role="region" tabindex="0" {name}>'
    yield '<table class="list">'
    if table.title:
        yield f'<caption id="table-{number}">{_text(table.title)}</caption>'
    yield "<thead>"
    yield from _headings(made.columns)
    yield "</thead>"
    yield from _bodies(made)
    yield "</table>"
    yield "</div>"
    yield from (f"<p>{_text(text)}</p>" for text in table.notes)


def _text(value: Cell) -> str:
    return text_of(str(value))


def _headings(columns: Sequence[Column]) -> Iterator[str]:
    """One row of headings, or two where some stand under a common one."""
    upper, lower = [], []
    two = any(column.over for column in columns)
    numbered = enumerate(columns)
    for over, own in groupby(numbered, key=lambda pair: pair[1].over):
        cells = list(own)
        if over:
            upper.append(f'<th scope="colgroup" colspan="{len(cells)}">{_text(over)}</th>')
            lower += [_heading(place, column) for place, column in cells]
        else:
            tall = ' rowspan="2"' if two else ""
            upper += [_heading(place, column, tall) for place, column in cells]
    yield f"<tr>{''.join(upper)}</tr>"
    if two:
        yield f"<tr>{''.join(lower)}</tr>"


def _heading(place: int, column: Column, more: str = "") -> str:
    kind = {"right": "number", "center": "center", "left": ""}[column.align]
    title = _text(column.title)
    return f'<th scope="col" data-column="{place}"{more}{_class(kind)}>{title}</th>'


def _bodies(table: Arranged) -> Iterator[str]:
    """The rows, group by group; the first column of text names its row."""
    classes = [_cell_class(column, table, n) for n, column in enumerate(table.columns)]
    if not any(group.rows for group in table.groups):
        yield f'<tbody><tr><td colspan="{len(table.columns)}">无</td></tr></tbody>'
        return
    naming = next((n for n, column in enumerate(table.columns) if column.align == "left"), 0)
    for group in table.groups:
        yield "<tbody>"
        if group.heading is not None:
            span = len(table.columns)
            yield f'<tr><th scope="rowgroup" colspan="{span}">{_text(group.heading)}</th></tr>'
        yield from _rows(group.rows, classes, naming)
        yield "</tbody>"
    if table.totals:
        yield "<tfoot>"
        yield from _rows(table.totals, classes, naming)
        yield "</tfoot>"


def _rows(rows: Sequence[tuple[Cell, ...]], classes: Sequence[str], naming: int) -> Iterator[str]:
    for row in rows:
        cells = (
            f'<th scope="row"{_class(kind)}>{_text(cell)}</th>'
            if n == naming
            else f"<td{_class(kind)}>{_text(cell)}</td>"
            for n, (cell, kind) in enumerate(zip(row, classes, strict=True))
        )
        yield f"<tr>{''.join(cells)}</tr>"


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _cell_class(column: Column, table: Arranged, place: int) -> str:
    if column.align != "left":
        return {"right": "number", "center": "center"}[column.align]
    longest = max((display_width(str(cell)) for cell in table.cells(place)), default=0)
    return "name" if longest <= _NAME else "phrase" if longest <= _PHRASE else "long"
