"""A report on the terminal. What is shown is harmless: no control character, no markup."""

import sys
from typing import Final

from rich import box
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from sqmy.reports.model import Report, Table
from sqmy.text import clean, cut

_WIDE: Final = 1000
"""Columns where nobody is looking: a pipe or a file takes lines as long as they are."""


def show(report: Report) -> None:
    """Print the report on standard output."""
    console = Console(
        markup=False,
        highlight=False,
        emoji=False,
        soft_wrap=False,
        width=None if sys.stdout.isatty() else _WIDE,
    )
    console.print(Text(clean(report.title), style="bold"))
    for line in report.lead:
        console.print(Text(clean(line)))
    for table in report.tables:
        console.print()
        if table.title:
            console.print(Text(clean(table.title), style="bold"))
        if table.rows:
            console.print(_grid(table))
        for note in table.notes:
            console.print(Text(clean(note)))
    if report.notes:
        console.print()
    for note in report.notes:
        console.print(Text(clean(note)))


def _grid(table: Table) -> Grid:
    grid = Grid(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in table.columns:
        grid.add_column(
            Text(column.title),
            justify=column.align,
            no_wrap=column.width is not None,
            overflow="fold" if column.width is None else "ellipsis",
        )
    for row in table.rows:
        grid.add_row(
            *(
                Text(cut(cell, column.width) if column.width else clean(cell))
                for cell, column in zip(row, table.columns, strict=True)
            )
        )
    return grid
