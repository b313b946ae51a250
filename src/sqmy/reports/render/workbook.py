"""A report as an Excel workbook that can be printed and sent: each table is a sheet.

Figures stand as values; what a report gives as `Formula` is left to the spreadsheet to work out.
Rows are written as they come, so that a hundred thousand of them take little memory.
"""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.packaging.custom import StringProperty
from openpyxl.utils import get_column_letter

from sqmy.reports.model import Cell, Figure, Formula, Report
from sqmy.reports.publication import worded
from sqmy.reports.render.arranging import Group, harmless
from sqmy.reports.render.canonical import abandon
from sqmy.reports.render.cells import (
    BODY,
    CUT,
    GROUP,
    HEADING,
    MOST,
    PARAGRAPH,
    TOTAL,
    Cells,
    Look,
)
from sqmy.reports.render.chart_sheet import CHARTS, behind, unused, write_charts
from sqmy.reports.render.formulas import Place, placed
from sqmy.reports.render.layout import Sheet, sheets
from sqmy.reports.render.paper import ROW_HEIGHT, mark_mismatches, set_up
from sqmy.reports.render.progress import Step
from sqmy.reports.render.sheet_rows import SheetRows, Written
from sqmy.text import display_width

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_STEP: Final = 1000
_LINE_HEIGHT: Final = 14
_USUAL_SIZE: Final = 10.5
"""The type, in points, of which a column's width is counted."""


def workbook(report: Report, step: Step | None = None) -> bytes:
    """The report as the content of an .xlsx file.

    The report's marks stand in the file as properties of the document.

    Raises:
        SqmyError: a table has more rows than a sheet.
    """
    if not report.tables:
        report = worded(report)
    laid = sheets(report)
    book = Workbook(write_only=True)
    book.properties.title = harmless(report.title)
    book.properties.creator = "sqmy"
    for name, value in report.basis.marks:
        properties = book.custom_doc_props  # type: ignore[attr-defined]  # the stubs lack it
        properties.append(StringProperty(name=name, value=value))
    try:
        _fill(book, report, laid, step)
        stream = BytesIO()
        book.save(stream)
    except BaseException:
        abandon(book)
        raise
    return stream.getvalue()


def _fill(book: Workbook, report: Report, laid: Sequence[Sheet], step: Step | None) -> None:
    """Each table on its sheet, and the charts on one of their own."""
    places = {sheet.place.sheet: sheet.place for sheet in laid}
    done, total = 0, sum(len(table.rows) for table in report.tables)
    for sheet in laid:
        target = book.create_sheet(sheet.place.sheet)
        set_up(target, sheet, report.basis.told)
        for _ in _Writer(target, sheet, places).write():
            done += 1
            if step and done % _STEP == 0:
                step("写入", done, total)
    tables = dict(zip([table.name for table in report.tables], laid, strict=True))
    if drawn := [chart for chart in report.charts if chart.categories]:
        target = book.create_sheet(unused(CHARTS, places), behind(report.tables))
        write_charts(target, report.title, drawn, tables)


class _Writer:
    """Writes one sheet, from top to bottom."""

    def __init__(self, target: "Worksheet", sheet: Sheet, places: Mapping[str, Place]) -> None:
        self._target = target
        self._sheet = sheet
        self._places = places
        self._cells = Cells(target)
        self._rows = SheetRows(target)

    def write(self) -> Iterator[None]:
        """Writes everything; yields after each row of the table."""
        for value, look in self._sheet.head:
            self._paragraph(value, look)
        columns = self._sheet.table.columns
        self._upper()
        self._rows.append([self._cells.text(n, HEADING, c.title) for n, c in enumerate(columns)])
        for group in self._sheet.table.groups:
            yield from self._group(group)
        yield from self._body(self._sheet.table.totals, TOTAL)
        if not any(group.rows for group in self._sheet.table.groups):
            self._band("无", BODY)
        mark_mismatches(self._target, self._sheet)
        for text in self._sheet.foot:
            self._paragraph(text, PARAGRAPH)
        if self._cells.cut:
            self._paragraph(
                f"有 {self._cells.cut} 格文字超过 Excel 一格能存的 {MOST} 字，已截短，"
                f"末尾标有“{CUT}”。",
                PARAGRAPH,
            )

    def _group(self, group: Group) -> Iterator[None]:
        if group.heading is not None:
            self._band(group.heading, GROUP)
        yield from self._body(group.rows, BODY)

    def _upper(self) -> None:
        """The row of common headings, each across its columns."""
        cells = []
        for text, first, last in self._sheet.upper:
            row = self._sheet.place.first - 2
            if last > first:
                letters = get_column_letter(first), get_column_letter(last)
                self._target.merged_cells.add(f"{letters[0]}{row}:{letters[1]}{row}")
            for column in range(first - 1, last):
                shown = text if column == first - 1 else ""
                cells.append(self._cells.text(column, HEADING, shown))
        if cells:
            self._rows.append(cells)

    def _body(self, rows: Sequence[tuple[Cell, ...]], look: Look) -> Iterator[None]:
        looks = [
            look._replace(align=column.align, wrap=wrapped)
            for column, wrapped in zip(self._sheet.table.columns, self._sheet.wrapped, strict=True)
        ]
        for values in rows:
            row, lines = self._rows.count + 1, self._lines(values)
            cells = [
                self._cell(n, look, value, row)
                for n, (look, value) in enumerate(zip(looks, values, strict=True))
            ]
            tall = ROW_HEIGHT + (lines - 1) * _LINE_HEIGHT if lines > 1 else None
            self._rows.append(cells, tall)
            yield

    def _lines(self, values: Sequence[Cell]) -> int:
        """Lines that the tallest of a row's texts takes: not every program finds out by itself."""
        tallest = 1
        for value, room, wrapped in zip(
            values, self._sheet.widths, self._sheet.wrapped, strict=True
        ):
            if wrapped:
                tallest = max(tallest, _lines(str(value), room))
        return tallest

    def _cell(self, column: int, look: Look, value: Cell, row: int) -> Written:
        if isinstance(value, str):
            return self._cells.text(column, look, value)
        if isinstance(value, Formula):
            text = placed(value.text, self._places, self._sheet.place, row)
            return self._cells.formula(column, look, value, text, row)
        return self._cells.number(column, look, value.value if isinstance(value, Figure) else value)

    def _band(self, text: str, look: Look) -> None:
        """A row with a text at its beginning that has room across all columns."""
        others = range(1, len(self._sheet.widths))
        blanks = [self._cells.blank(n, look) for n in others]
        self._rows.append([self._cells.text(0, look, text), *blanks])

    def _paragraph(self, value: Cell, look: Look) -> None:
        """A row that is one cell across all columns, as high as its text takes."""
        widths = self._sheet.widths
        row = self._rows.count + 1
        room = sum(widths) * _USUAL_SIZE / look.size
        tall = _lines(str(value), room) * look.size * 1.6
        self._rows.append([self._cell(0, look, value, row)], tall)
        if len(widths) > 1:
            self._target.merged_cells.add(f"A{row}:{get_column_letter(len(widths))}{row}")


def _lines(text: str, room: float) -> int:
    """Lines that a text takes where a line has room for so many characters."""
    if 2 * len(text) <= room and "\n" not in text:
        return 1
    return sum(max(1, ceil(display_width(line) / room)) for line in text.split("\n"))
