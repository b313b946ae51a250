"""A report as one web page: nothing fetched, readable on a phone, in print, by keyboard and aloud.

The page is whole without its script, which only sorts tables and searches in them.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from html import escape
from itertools import count, groupby
from pathlib import Path
from typing import Final

from sqmy.days import in_chinese
from sqmy.reports.model import Block, Cell, Chart, Letter, Report, Table, Text
from sqmy.reports.render.outline import Heading, Part, enclosed, parts
from sqmy.reports.render.page_tables import table_lines, text_of
from sqmy.reports.render.svg import svg

_ASSETS: Final = Path(__file__).parent / "assets"
_WORTH_A_LIST: Final = 3
"""Sections from which a page has a list of them at its head."""


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """A text's hash as a policy names it; every line ends in one character."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def page(report: Report) -> str:
    """The report as the text of an .html file; its marks stand as `meta` elements."""
    return "\n".join(_Page(report).lines()) + "\n"


class _Page:
    """Makes the lines of one page; tables, charts and headings are numbered as they come."""

    def __init__(self, report: Report) -> None:
        self._report = report
        self._tables = count(1)
        self._charts = count(1)
        self._headings: list[Heading] = []

    def lines(self) -> Iterator[str]:
        """The whole page."""
        style, script = _asset("page.css"), _asset("page.js")
        body = list(self._body())
        yield "<!DOCTYPE html>"
        yield '<html lang="zh-CN">'
        yield from self._head(style, script)
        yield "<body>"
        yield f'<main class="{"letter" if self._report.letter else "report"}">'
        yield from self._top()
        if len(self._headings) >= _WORTH_A_LIST and self._report.letter is None:
            yield from self._contents()
        yield from body
        yield "</main>"
        yield from self._foot()
        yield f"<script>{script}</script>"
        yield "</body>"
        yield "</html>"

    def _head(self, style: str, script: str) -> Iterator[str]:
        """The page may do nothing but wear its own style and run its own script."""
        policy = (
            f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
            "base-uri 'none'; form-action 'none'"
        )
        yield "<head>"
        yield '<meta charset="utf-8">'
        yield (
            f'<meta http-equiv="Content-Security-Policy" content="{escape(policy, quote=False)}">'
        )
        yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
        yield '<meta name="generator" content="sqmy">'
        for name, value in self._report.basis.marks:
            yield f'<meta name="{escape(name)}" content="{escape(value)}">'
        yield f"<title>{_text(self._report.title)}</title>"
        yield f"<style>{style}</style>"
        yield "</head>"

    def _top(self) -> Iterator[str]:
        letter = self._report.letter or Letter()
        if letter.masthead:
            yield f'<p class="masthead">{_text(letter.masthead)}</p>'
        if letter.number:
            yield f'<p class="docno">{_text(letter.number)}</p>'
        yield f"<h1>{_text(self._report.title)}</h1>"
        if letter.approval:
            yield f'<p class="approval">{_text(letter.approval)}</p>'
        if letter.addressees:
            yield f'<p class="addressees">{_text(letter.addressees)}</p>'
        yield from _paragraphs(self._report.lead)

    def _contents(self) -> Iterator[str]:
        """Links to the sections, for a page that is longer than a screen."""
        yield '<nav aria-label="目录">'
        yield "<ol>"
        for place, heading in enumerate(self._headings, 1):
            yield f'<li><a href="#part-{place}">{_text(heading)}</a></li>'
        yield "</ol>"
        yield "</nav>"

    def _body(self) -> Iterator[str]:
        yield from self._blocks(self._report.body)
        yield from self._signed()
        for called, section in enclosed(self._report):
            yield '<section class="enclosure">'
            yield from self._heading(Heading(1, f"{called}　", section.heading))
            yield from self._blocks(section.body, 2)
            yield "</section>"
        yield from self._copies()
        for report in self._report.following:
            yield "<article>"
            yield from self._further(report)
            yield "</article>"

    def _further(self, report: Report) -> Iterator[str]:
        """A document that follows in the same file."""
        made = _Page(report)
        made._tables, made._charts, made._headings = self._tables, self._charts, self._headings
        yield from made._top()
        yield from made._body()

    def _blocks(self, body: Iterable[Block], level: int = 1) -> Iterator[str]:
        """A body; charts that follow one another stand side by side where there is room."""
        for drawn, run in groupby(parts(body, level), key=lambda part: isinstance(part, Chart)):
            if drawn:
                yield '<div class="charts">'
            for part in run:
                yield from self._part(part)
            if drawn:
                yield "</div>"

    def _part(self, part: Part) -> Iterator[str]:
        if isinstance(part, Heading):
            yield from self._heading(part)
        elif isinstance(part, Table):
            yield from table_lines(part, next(self._tables))
        elif isinstance(part, Chart):
            yield from self._chart(part)
        else:
            yield from _paragraphs([part])

    def _heading(self, heading: Heading) -> Iterator[str]:
        level = heading.level + 1
        if heading.level == 1:
            self._headings.append(heading)
            yield f'<h{level} id="part-{len(self._headings)}">{_text(heading)}</h{level}>'
        else:
            yield f"<h{level}>{_text(heading)}</h{level}>"

    def _chart(self, chart: Chart) -> Iterator[str]:
        if not chart.categories:
            return
        unit = f"（{chart.unit}）" if chart.unit else ""
        yield "<figure>"
        yield f"<figcaption>{_text(chart.title + unit)}</figcaption>"
        yield svg(chart, f"chart-{next(self._charts)}")
        yield "</figure>"

    def _signed(self) -> Iterator[str]:
        """What stands below the body of a letter."""
        listed = [section.heading for section in self._report.enclosures]
        if listed:
            told = listed if len(listed) == 1 else [f"{n}.{t}" for n, t in enumerate(listed, 1)]
            yield f"<p>附件：{'<br>　　　'.join(map(_text, told))}</p>"
        letter = self._report.letter
        if letter is None:
            return
        yield from _paragraphs(filter(None, [letter.contact]))
        for signed in (letter.signature, in_chinese(letter.date) if letter.date else ""):
            if signed:
                yield f'<p class="signature">{_text(signed)}</p>'
        if letter.remark:
            yield f"<p>（{_text(letter.remark)}）</p>"

    def _copies(self) -> Iterator[str]:
        """版记."""
        letter = self._report.letter
        if letter is None or not (letter.copies or letter.printer):
            return
        yield '<div class="copies">'
        if letter.copies:
            yield f"<p>抄送：{_text(letter.copies)}</p>"
        if letter.printer:
            day = f"{in_chinese(letter.printed_on)}印发" if letter.printed_on else ""
            yield f"<p>{_text(letter.printer)}　{day}</p>"
        yield "</div>"

    def _foot(self) -> Iterator[str]:
        if notes := (*self._report.notes, *self._report.basis.told):
            yield "<footer>"
            yield from _paragraphs(notes)
            yield "</footer>"


def _text(value: Cell | Text | Heading) -> str:
    return text_of(str(value))


def _paragraphs(texts: Iterable[Cell | Text]) -> Iterator[str]:
    return (f"<p>{_text(text)}</p>" for text in texts)
