"""A chart as office programs draw it themselves, in a workbook or a document.

Its values stand in it beside where they come from, so that it is drawn even where nothing is
worked out anew.
"""

from collections.abc import Sequence
from typing import Final, Literal, NamedTuple

from openpyxl.chart import BarChart, LineChart
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import Marker
from openpyxl.chart.series import Series as Drawn
from openpyxl.chart.series import SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)
from openpyxl.xml.functions import tostring

from sqmy.reports.model import Chart, Series
from sqmy.reports.render.arranging import harmless
from sqmy.reports.render.svg import DARK, SHADES, number_of, shares

WIDTH: Final = 15.6
"""In centimetres: what has room between the margins of an upright page."""

_SHORTEST: Final = 7.0
_FOR_A_BAR: Final = 0.62
_FONT: Final = "宋体"
_DASH: Final[tuple[Literal["solid", "dash", "sysDot", "dashDot"], ...]] = (
    "solid",
    "dash",
    "sysDot",
    "dashDot",
)
"""How the lines of series are broken, as on the page."""


class Source(NamedTuple):
    """Where a chart's values stand: `'各月情况'!$B$6:$B$17` and the like.

    Attributes:
        categories: the cells of the categories.
        names, values: for each series the cell of its name and those of its values.
    """

    categories: str
    names: tuple[str, ...]
    values: tuple[str, ...]


def part_of(chart: Chart) -> bytes:
    """The chart as a part of a file other than a workbook: its values stand in it alone."""
    space = native(chart, _nowhere(chart))._write()  # type: ignore[union-attr]  # noqa: SLF001 — as it writes itself
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return head.encode() + bytes(tostring(space))


def _nowhere(chart: Chart) -> Source:
    """A source for a chart whose values stand nowhere else."""
    columns = tuple(chr(ord("B") + place) for place in range(len(chart.series)))
    last = len(chart.categories) + 1
    return Source(
        f"'Sheet1'!$A$2:$A${last}",
        tuple(f"'Sheet1'!${column}$1" for column in columns),
        tuple(f"'Sheet1'!${column}$2:${column}${last}" for column in columns),
    )


def native(chart: Chart, source: Source) -> BarChart | LineChart:
    """The chart, as openpyxl has it.

    Args:
        chart: with at least one category.
        source: where its values stand.
    """
    made = LineChart() if chart.kind == "line" else _bars(chart)
    made.title = _title(harmless(chart.title) + (f"（{chart.unit}）" if chart.unit else ""))
    made.width, made.height = WIDTH, height(chart)  # type: ignore[assignment]  # in centimetres
    for place, series in enumerate(chart.series):
        made.series.append(_series(chart, place, series, source))
    for axis in (made.x_axis, made.y_axis):
        axis.delete = False
        axis.txPr = _text(1000)
    made.y_axis.scaling.min = 0
    made.y_axis.number_format = "0%" if shares(chart) else "0"
    grid = GraphicalProperties(ln=LineProperties(solidFill="BFBFBF"))
    made.y_axis.majorGridlines = ChartLines(spPr=grid)
    several = len(chart.series) > 1
    made.legend = Legend(legendPos="b", txPr=_text(1000), overlay=False) if several else None
    return made


def _title(words: str) -> Title:
    bold = _type(1200, bold=True)
    told = Paragraph(pPr=ParagraphProperties(defRPr=bold), r=[RegularTextRun(rPr=bold, t=words)])
    return Title(tx=Text(rich=RichText(bodyPr=RichTextProperties(), p=[told])), overlay=False)


def height(chart: Chart) -> float:
    """How tall the chart is, in centimetres: bars that lie need room for each."""
    lying = chart.kind == "bar"
    bars = len(chart.categories) * (len(chart.series) + 0.5) if lying else 0
    return max(_SHORTEST, 3 + bars * _FOR_A_BAR)


def _bars(chart: Chart) -> BarChart:
    made = BarChart()
    made.type = "bar" if chart.kind == "bar" else "col"
    made.gapWidth = 50
    if chart.kind == "stacked":
        made.grouping, made.overlap = "stacked", 100
    else:
        made.grouping = "clustered"
    if chart.kind == "bar":
        made.x_axis.scaling.orientation = "maxMin"  # the first on top
        made.y_axis.crosses = "max"  # and the scale below
    return made


def _series(chart: Chart, place: int, series: Series, source: Source) -> Drawn:
    """A series with its values, its name and its categories, and where they stand."""
    percent = shares(chart)
    values = [None if value is None else number_of(value) for value in series.values]
    numbers = NumData(
        formatCode="0.0%" if percent else "General",
        ptCount=len(values),
        pt=[NumVal(idx=at, v=repr(v)) for at, v in enumerate(values) if v is not None],
    )
    made = Drawn(
        idx=place,
        order=place,
        val=NumDataSource(numRef=NumRef(f=source.values[place], numCache=numbers)),
        cat=AxDataSource(strRef=_words(source.categories, chart.categories)),
        tx=SeriesLabel(strRef=_words(source.names[place], (series.name,))),
    )
    shades = SHADES[min(len(chart.series), len(SHADES))]
    dark = DARK.lstrip("#")
    if chart.kind == "line":
        dash = _DASH[place % len(_DASH)]
        made.spPr = GraphicalProperties(ln=LineProperties(solidFill=dark, w=22225, prstDash=dash))
        made.marker = Marker(symbol="circle")
        made.smooth = False
    else:
        line = LineProperties(solidFill=dark, w=9525)
        made.spPr = GraphicalProperties(solidFill=shades[place % len(shades)].lstrip("#"), ln=line)
    if chart.kind == "bar":
        made.dLbls = DataLabelList(
            showVal=True,
            showSerName=False,
            showCatName=False,
            showLegendKey=False,
            showPercent=False,
            numFmt="0.0%" if percent else None,
            txPr=_text(1000),
        )
    return made


def _words(where: str, texts: Sequence[str]) -> StrRef:
    points = [StrVal(idx=at, v=harmless(text)) for at, text in enumerate(texts)]
    return StrRef(f=where, strCache=StrData(ptCount=len(points), pt=points))


def _type(size: int, *, bold: bool = False) -> CharacterProperties:
    """Type of a size in hundredths of a point."""
    return CharacterProperties(
        sz=size, b=bold, latin=Font(typeface=_FONT), ea=Font(typeface=_FONT), solidFill="1A1A1A"
    )


def _text(size: int) -> RichText:
    own = Paragraph(pPr=ParagraphProperties(defRPr=_type(size)), endParaRPr=_type(size))
    return RichText(bodyPr=RichTextProperties(), p=[own])
