"""A report as Markdown with GitHub's tables; nothing that it quotes is taken for a mark."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from sqmy.reports.model import Cell, Report, Table
from sqmy.reports.render.arranging import filled, harmless

_MARKS: Final = re.compile(r"[\\`*_\[\]<>|~$&]")
"""What means something wherever it stands."""

_BEGINNINGS: Final = re.compile(r"(\d{0,9})([#+=.)-])")
"""What makes a heading, a list or a rule at the beginning of a paragraph."""


def markdown(report: Report) -> str:
    """The report as the text of an .md file; its marks stand in comments at the end."""
    parts = [f"# {_cell(report.title)}", *map(_paragraph, report.lead)]
    for table in report.tables:
        parts += _table(table)
    parts += map(_paragraph, (*report.notes, *report.basis.told))
    parts += [f"<!-- {name}: {value} -->" for name, value in report.basis.marks]
    return "\n\n".join(parts) + "\n"


def _table(table: Table) -> Iterator[str]:
    if table.title:
        yield f"## {_cell(table.title)}"
    yield from map(_paragraph, table.lead)
    table = filled(table)
    if table.rows:
        lines = [
            _line([_cell(column.title) for column in table.columns]),
            _line(["---:" if column.align == "right" else "---" for column in table.columns]),
            *(_line([_cell(cell) for cell in row]) for row in table.rows),
        ]
        yield "\n".join(lines)
    yield from map(_paragraph, table.notes)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: Cell) -> str:
    """A value on one line, every mark in it escaped."""
    text = _MARKS.sub(r"\\\g<0>", harmless(str(value)).strip())
    return text.replace("\n", "<br>")


def _paragraph(value: Cell) -> str:
    text = _cell(value)
    start = _BEGINNINGS.match(text)
    return f"{start[1]}\\{text[start.start(2) :]}" if start else text
