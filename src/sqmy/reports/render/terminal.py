"""A report on the terminal: plain text, laid out by display width, harmless whatever it quotes.

Columns are as wide as what stands in them. Where the terminal is too narrow for that, the widest
give way first and their cells go on in further lines, broken as Chinese is. A column in which
nothing stands is left out.
"""

import shutil
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import Final

from sqmy.reports.model import Block, Chart, Column, Report, Table
from sqmy.reports.render.outline import Heading, enclosed, parts, signed
from sqmy.text import clean, cut, display_width, wrap

_GAP: Final = "  "
_NARROWEST: Final = 8
"""Columns that a column keeps, however narrow the terminal: no text stands upright."""


def show(report: Report) -> None:
    """Print the report on standard output, in the terminal's width.

    The last column stays empty: some Windows consoles break a line that reaches it. A pipe or a
    file takes lines as long as they are.
    """
    on_terminal = sys.stdout is not None and sys.stdout.isatty()
    width = shutil.get_terminal_size((80, 24)).columns - 1 if on_terminal else None
    for line in lines(report, width):
        print(line)  # noqa: T201 — what this module is for


def lines(report: Report, width: int | None) -> Iterator[str]:
    """The report in lines of at the most `width` columns; None for no limit."""
    yield from _paragraph(report.title, width)
    letter = report.letter
    for told in (letter.number, letter.approval, letter.addressees) if letter else ():
        yield from _paragraph(told, width) if told else ()
    for text in report.lead:
        yield from _paragraph(str(text), width)
    yield from _parts(report.body, width)
    closing = [line for text in signed(report) for line in _paragraph(text, width)]
    yield from ("", *closing) if closing else ()
    for called, section in enclosed(report):
        yield from ("", *_paragraph(f"{called} {section.heading}", width))
        yield from _parts(section.body, width)
    notes = [
        line for text in (*report.notes, *report.basis.told) for line in _paragraph(text, width)
    ]
    yield from ("", *notes) if notes else ()
    for further in report.following:
        yield ""
        yield from lines(further, width)


def _parts(body: Iterable[Block], width: int | None) -> Iterator[str]:
    """A body, its tables and headings after an empty line; charts show no more than tables do."""
    for part in parts(body):
        if isinstance(part, Table):
            told = list(_table(part, width))
            yield from ("", *told) if told else ()
        elif isinstance(part, Heading):
            yield from ("", *_paragraph(str(part), width))
        elif not isinstance(part, Chart):
            yield from _paragraph(str(part), width)


def _table(table: Table, width: int | None) -> Iterator[str]:
    if table.title:
        yield from _paragraph(table.title, width)
    for cell in table.lead:
        yield from _paragraph(str(cell), width)
    if table.rows:
        yield from _grid(table, width)
    for text in table.notes:
        yield from _paragraph(text, width)


def _paragraph(text: str, width: int | None) -> list[str]:
    return _broken(clean(text), width)


def _broken(text: str, width: int | None) -> list[str]:
    """Harmless text in lines."""
    return [text] if width is None or display_width(text) <= width else wrap(text, width)


def _grid(table: Table, width: int | None) -> Iterator[str]:
    """Headings, a rule, and the rows of a table."""
    rows = [
        [
            cut(str(cell), column.width) if column.width else clean(str(cell))
            for cell, column in zip(row, table.columns, strict=True)
        ]
        for row in table.rows
    ]
    filled = [place for place, cells in enumerate(zip(*rows, strict=True)) if any(cells)]
    columns = [table.columns[place] for place in filled]
    rows = [[row[place] for place in filled] for row in rows]
    titles = [clean(column.name) for column in columns]
    widths = _fitted(
        [max(map(display_width, cells)) for cells in zip(titles, *rows, strict=True)],
        width and width - len(_GAP) * (len(columns) - 1),
    )
    yield from _row(titles, columns, widths)
    yield _GAP.join("-" * width for width in widths)
    for row in rows:
        yield from _row(row, columns, widths)


def _fitted(wanted: Sequence[int], available: int | None) -> list[int]:
    """Widths that add up to at the most what is available: one limit for all that exceed it."""
    if available is None or sum(wanted) <= available:
        return list(wanted)
    limit = max(wanted)
    while limit > _NARROWEST and sum(min(width, limit) for width in wanted) > available:
        limit -= 1
    return [min(width, limit) for width in wanted]


def _row(cells: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> Iterator[str]:
    """A row of a table, in as many lines as its tallest cell takes."""
    broken = [_broken(cell, width) for cell, width in zip(cells, widths, strict=True)]
    for line in zip_longest(*broken, fillvalue=""):
        padded = (
            _padded(part, column, width)
            for part, column, width in zip(line, columns, widths, strict=True)
        )
        yield _GAP.join(padded).rstrip()


def _padded(part: str, column: Column, width: int) -> str:
    blanks = " " * (width - display_width(part))
    return blanks + part if column.align == "right" else part + blanks
