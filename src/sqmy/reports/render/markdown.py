"""A report as Markdown with GitHub's tables; nothing that it quotes is taken for a mark."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sqmy.reports.model import Block, Cell, Chart, Report, Table, Text
from sqmy.reports.render.arranging import filled, harmless
from sqmy.reports.render.outline import Heading, enclosed, parts, signed

_MARKS: Final = re.compile(r"[\\`*_\[\]<>|~$&]")
"""What means something wherever it stands."""

_BEGINNINGS: Final = re.compile(r"(\d{0,9})([#+=.)-])")
"""What makes a heading, a list or a rule at the beginning of a paragraph."""


def markdown(report: Report) -> str:
    """The report as the text of an .md file; its marks stand in comments at the end."""
    letter = report.letter
    above = (letter.number, letter.approval, letter.addressees) if letter else ()
    written = [
        f"# {_cell(report.title)}",
        *map(_paragraph, (*filter(None, above), *report.lead)),
        *_body(report.body, 2),
        *map(_paragraph, signed(report)),
    ]
    for called, section in enclosed(report):
        written += [f"## {called} {_cell(section.heading)}", *_body(section.body, 3)]
    written += map(_paragraph, (*report.notes, *report.basis.told))
    written += [f"<!-- {name}: {value} -->" for name, value in report.basis.marks]
    return "\n\n".join(written) + "\n" + "".join(f"\n{markdown(one)}" for one in report.following)


def _body(body: Iterable[Block], depth: int) -> Iterator[str]:
    """The parts of a body, tables and outer sections under headings with that many marks."""
    at = depth
    for part in parts(body):
        if isinstance(part, Heading):
            at = depth + part.level
            yield f"{'#' * (at - 1)} {_cell(str(part))}"
        elif isinstance(part, Table):
            yield from _table(part, at)
        elif not isinstance(part, Chart):
            yield _paragraph(part)


def _table(table: Table, depth: int) -> Iterator[str]:
    if table.title:
        yield f"{'#' * depth} {_cell(table.title)}"
    yield from map(_paragraph, table.lead)
    table = filled(table)
    if table.rows:
        rules = {"left": "---", "right": "---:", "center": ":---:"}
        lines = [
            _line([_cell(column.name) for column in table.columns]),
            _line([rules[column.align] for column in table.columns]),
            *(_line([_cell(cell) for cell in row]) for row in table.rows),
        ]
        yield "\n".join(lines)
    yield from map(_paragraph, table.notes)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(value: Cell | Text) -> str:
    """A value on one line, every mark in it escaped."""
    text = _MARKS.sub(r"\\\g<0>", harmless(str(value)).strip())
    return text.replace("\n", "<br>")


def _paragraph(value: Cell | Text) -> str:
    text = _cell(value)
    start = _BEGINNINGS.match(text)
    return f"{start[1]}\\{text[start.start(2) :]}" if start else text
