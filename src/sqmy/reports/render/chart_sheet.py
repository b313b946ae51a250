"""The sheet of a workbook on which its charts stand, drawn from the cells of the other sheets."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, count
from math import ceil
from typing import TYPE_CHECKING, Final

from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.pagebreak import Break

from sqmy.reports.model import Chart, Figure, Number, Rows, Series, Table
from sqmy.reports.render.arranging import harmless
from sqmy.reports.render.cells import BODY, HEADING, TITLE, Cells
from sqmy.reports.render.formulas import Place
from sqmy.reports.render.layout import Sheet
from sqmy.reports.render.native_chart import Source, height, native
from sqmy.reports.render.paper import A4, ROW_HEIGHT
from sqmy.reports.render.sheet_rows import SheetRows, Written

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

CHARTS: Final = "图表"
_COLUMNS: Final = 7
_COLUMN: Final = 11.5
"""How wide a column is, in characters; so many make up a chart."""

_ROWS: Final = 40
"""Rows that have room on a page."""

_ROW: Final = ROW_HEIGHT / 72 * 2.54
"""How tall a row is, in centimetres."""


def unused(name: str, taken: Collection[str]) -> str:
    """The name, with a number where a sheet has it already."""
    names = chain([name], (f"{name}{number}" for number in count(2)))
    return next(one for one in names if one not in taken)


def behind(tables: Sequence[Table]) -> int:
    """How many tables go before the charts: those with figures; the rows of these come after."""
    with_figures = (
        at
        for at, table in enumerate(tables, 1)
        if any(isinstance(cell, Figure) for row in table.rows[:1] for cell in row)
    )
    return max(with_figures, default=len(tables))


def write_charts(
    target: "Worksheet", title: str, charts: Sequence[Chart], sheets: Mapping[str, Sheet]
) -> None:
    """Draws the charts one below the other; what stands on no other sheet stands under its chart.

    Args:
        target: a sheet on which nothing is written yet.
        title: of the report.
        charts: each with a category at least.
        sheets: by the name of their table.
    """
    _Charts(target, sheets).write(title, charts)


class _Charts:
    """Writes the sheet from top to bottom."""

    def __init__(self, target: "Worksheet", sheets: Mapping[str, Sheet]) -> None:
        self._target = target
        self._sheets = sheets
        self._cells = Cells(target)
        self._rows = SheetRows(target)
        for column in range(1, _COLUMNS + 1):
            target.column_dimensions[get_column_letter(column)].width = _COLUMN
        target.sheet_format.defaultRowHeight, target.sheet_format.customHeight = ROW_HEIGHT, True
        target.page_setup.paperSize = A4
        target.page_margins = PageMargins(left=0.75, right=0.75, top=0.8, bottom=0.8)
        target.print_options.horizontalCentered = True

    def write(self, title: str, charts: Sequence[Chart]) -> None:
        """The title, then each chart."""
        self._target.merged_cells.add(f"A1:{get_column_letter(_COLUMNS)}1")
        self._rows.append([self._cells.text(0, TITLE, harmless(title))], 28)
        begun = 1
        for chart in charts:
            self._append([])
            tall = ceil(height(chart) / _ROW)
            if self._row + tall - begun > _ROWS:
                self._target.row_breaks.append(Break(id=self._row - 2))
                begun = self._row
            top = self._row
            for _ in range(tall):
                self._append([])
            source = self._elsewhere(chart) or self._below(chart)
            self._target.add_chart(native(chart, source), f"A{top}")

    @property
    def _row(self) -> int:
        """The number of the next row."""
        return self._rows.count + 1

    def _append(self, cells: Iterable[Written]) -> None:
        self._rows.append(list(cells))

    def _elsewhere(self, chart: Chart) -> Source | None:
        """Where the chart's values stand in a table, in its order; None if they do not."""
        named = {name for series in chart.series for name in _table_of(series)}
        sheet = self._sheets.get(named.pop()) if len(named) == 1 else None
        if sheet is None or len(sheet.table.groups) != 1:
            return None
        place = sheet.place
        firsts = tuple(str(row[0]) for row in sheet.table.groups[0].rows)
        columns = [_column_of(series) for series in chart.series]
        if firsts != chart.categories or not {*columns} <= {*place.columns}:
            return None
        where = quote_sheetname(place.sheet)
        letters = [place.letter(column) for column in columns]
        heading = place.first - 1
        return Source(
            _span(place, "A"),
            tuple(f"{where}!${letter}${heading}" for letter in letters),
            tuple(_span(place, letter) for letter in letters),
        )

    def _below(self, chart: Chart) -> Source:
        """Writes the chart's values under it."""
        first = self._row + 1
        self._append(
            self._cells.text(at, HEADING, name)
            for at, name in enumerate(("", *(series.name for series in chart.series)))
        )
        for at, category in enumerate(chart.categories):
            self._append(self._values(category, [series.values[at] for series in chart.series]))
        columns = {series.name: at for at, series in enumerate(chart.series, 2)}
        place = Place(self._target.title, columns, first, self._row - 1)
        where = quote_sheetname(place.sheet)
        letters = [get_column_letter(at) for at in columns.values()]
        return Source(
            _span(place, "A"),
            tuple(f"{where}!${letter}${first - 1}" for letter in letters),
            tuple(_span(place, letter) for letter in letters),
        )

    def _values(
        self, category: str, values: Sequence[int | Number | Figure | None]
    ) -> Iterator[Written]:
        look = BODY._replace(align="right")
        yield self._cells.text(0, BODY, category)
        for at, value in enumerate(values, 1):
            shown = value.value if isinstance(value, Figure) else value
            if shown is None:
                yield self._cells.blank(at, look)
            else:
                yield self._cells.number(at, look, shown)


def _span(place: Place, letter: str) -> str:
    return f"{quote_sheetname(place.sheet)}!${letter}${place.first}:${letter}${place.last}"


def _table_of(series: Series) -> set[str]:
    """The tables that a series' values stand in; "" for a value that stands in none."""
    return {rows.table if rows else "" for rows in _rows_of(series)}


def _column_of(series: Series) -> str:
    """The column of its table that a series is; "" for none, or for several."""
    columns = {rows.total for rows in _rows_of(series) if rows}
    return columns.pop() if len(columns) == 1 else ""


def _rows_of(series: Series) -> Iterator[Rows | None]:
    """The rows of each of a series' values; None for a value that is no sum of rows."""
    for value in series.values:
        if value is not None:
            rows = value.rows if isinstance(value, Figure) else None
            yield rows if isinstance(rows, Rows) else None
