"""A report as one web page: no script, nothing fetched, readable on a phone, in print and aloud."""

import base64
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from sqmy.reports.model import Cell, Column, Report, Table, Text
from sqmy.reports.render.arranging import Arranged, arranged, filled, harmless
from sqmy.text import display_width

_NAME: Final = 12
"""Columns, as on a terminal, up to which the texts of a column are kept on one line."""

_PHRASE: Final = 24
"""The same, unless the screen is narrow."""

_STYLE: Final = """
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 1rem; max-width: 72rem; color: #1a1a1a; background: #fff;
  font: 16px/1.6 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
h1 { margin: .5rem 0; font-size: 1.5rem; line-height: 1.3; text-align: center; text-wrap: balance;
  overflow-wrap: anywhere; }
p { margin: .4rem 0; overflow-wrap: anywhere; }
.box { margin: 1.5rem 0 .5rem; overflow-x: auto; }
.box:focus-visible { outline: 3px solid #0b57d0; outline-offset: 2px; }
table { width: 100%; border-collapse: collapse; }
caption { padding: .3rem 0; font-weight: bold; text-align: left; }
th, td { padding: .3rem .6rem; border: 1px solid #8c8c8c; text-align: left; vertical-align: top; }
th { font-weight: normal; }
thead th { background: #f0f0f0; font-weight: bold; white-space: nowrap; }
th[scope=rowgroup] { background: #f7f7f7; font-weight: bold; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.name, .phrase { white-space: nowrap; }
.long { min-width: 14em; overflow-wrap: anywhere; }
@media (max-width: 40rem) {
  body { padding: .75rem; font-size: 15px; }
  th, td { padding: .3rem .35rem; }
  .phrase { min-width: 6em; white-space: normal; }
  .long { min-width: 10em; }
}
footer { margin-top: 1.5rem; padding-top: .5rem; border-top: 1px solid #8c8c8c; color: #4d4d4d;
  font-size: .875rem; }
@page { size: A4; margin: 20mm 15mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  .box { overflow: visible; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  th, td { padding: .15rem .3rem; }
  .phrase { white-space: normal; }
  .long { min-width: 0; }
}
"""

_POLICY: Final = (
    "default-src 'none'; style-src 'sha256-"
    + base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    + "'; base-uri 'none'; form-action 'none'"
)
"""The page may do nothing but wear its own style."""


def page(report: Report) -> str:
    """The report as the text of an .html file; its marks stand as `meta` elements."""
    title = _text(report.title)
    tables = enumerate(report.tables, 1)
    parts = [
        "<!DOCTYPE html>",
        '<html lang="zh-CN">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY, quote=False)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="generator" content="sqmy">',
        *(f'<meta name="{escape(n)}" content="{escape(v)}">' for n, v in report.basis.marks),
        f"<title>{title}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{title}</h1>",
        *_paragraphs(report.lead),
        *(line for number, table in tables for line in _table(table, number)),
        "</main>",
        *_footer((*report.notes, *report.basis.told)),
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _text(value: Cell | Text) -> str:
    return escape(harmless(str(value))).replace("\n", "<br>")


def _paragraphs(texts: Iterable[Cell | Text]) -> Iterator[str]:
    return (f"<p>{_text(text)}</p>" for text in texts)


def _footer(notes: Sequence[str]) -> Iterator[str]:
    if notes:
        yield "<footer>"
        yield from _paragraphs(notes)
        yield "</footer>"


def _table(table: Table, number: int) -> Iterator[str]:
    """A table in a box of its own, which scrolls where the screen is too narrow."""
    made = arranged(filled(table))
    yield from _paragraphs(table.lead)
    name = f'aria-labelledby="table-{number}"' if table.title else f'aria-label="表{number}"'
    yield f'<div class="box" role="region" tabindex="0" {name}>'
    yield "<table>"
    if table.title:
        yield f'<caption id="table-{number}">{_text(table.title)}</caption>'
    yield "<thead>"
    headings = (
        f'<th scope="col"{_class(_heading_class(column))}>{_text(column.title)}</th>'
        for column in made.columns
    )
    yield f"<tr>{''.join(headings)}</tr>"
    yield "</thead>"
    yield from _bodies(made)
    yield "</table>"
    yield "</div>"
    yield from _paragraphs(table.notes)


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
        for row in group.rows:
            cells = (
                f'<th scope="row"{_class(kind)}>{_text(cell)}</th>'
                if n == naming
                else f"<td{_class(kind)}>{_text(cell)}</td>"
                for n, (cell, kind) in enumerate(zip(row, classes, strict=True))
            )
            yield f"<tr>{''.join(cells)}</tr>"
        yield "</tbody>"


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _heading_class(column: Column) -> str:
    return "number" if column.align == "right" else ""


def _cell_class(column: Column, table: Arranged, place: int) -> str:
    if column.align == "right":
        return "number"
    longest = max((display_width(str(cell)) for cell in table.cells(place)), default=0)
    return "name" if longest <= _NAME else "phrase" if longest <= _PHRASE else "long"
