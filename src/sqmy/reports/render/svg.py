"""A chart as SVG that stands in a page: readable on a phone, in print, without colours, aloud.

Drawn 360 units wide, as a phone is, so that its type is as large as the page's on every screen.
No style stands in it: a page's strict policy would not obey one. The colours of a series are
shades of one blue between dark lines, which grey paper keeps apart.
"""

from collections.abc import Iterator
from html import escape
from typing import Final, NamedTuple

from sqmy.reports.model import Chart, Figure, Number
from sqmy.reports.render.arranging import harmless
from sqmy.text import cut, display_width

_WIDTH: Final = 360
_HEIGHT: Final = 170
"""Of the space in which columns stand and lines run."""

_SIZE: Final = 12
"""Of the type."""

_LINE: Final = 18
"""From one line of type to the next."""

DARK: Final = "#163a5f"
"""The lines around what is filled, and lines that run."""

SHADES: Final = {
    1: ("#3f7fbf",),
    2: ("#c5dcf0", "#2b6cb0"),
    3: ("#dbe9f6", "#6fa8dc", "#1f4e79"),
    4: ("#e3eef9", "#9cc3e6", "#3f7fbf", DARK),
}
"""Fillings of so many series, light to dark."""

DASHES: Final = ("", "6 3", "2 3", "8 3 2 3")
"""How the lines of series are broken."""

_TICKS: Final = 4


class Axis(NamedTuple):
    """The scale of values, from 0.

    Attributes:
        top: its highest value, which is not 0.
        step: from one mark to the next.
    """

    top: float
    step: float

    @property
    def marks(self) -> list[float]:
        """The values that are marked."""
        return [n * self.step for n in range(round(self.top / self.step) + 1)]


def svg(chart: Chart, name: str) -> str:
    """The chart as an `svg` element.

    Args:
        chart: with at least one category.
        name: the element's, from which those of its parts are made.
    """
    draw = _bars if chart.kind == "bar" else _columns
    body, height = draw(chart)
    legend = list(_legend(chart)) if len(chart.series) > 1 else []
    above = _LINE + 4 if legend else 0
    parts = [
        f'<svg viewBox="0 0 {_WIDTH} {height + above}"',
        f'role="img" aria-labelledby="{name}-title {name}-text" font-size="{_SIZE}">',
        f'<title id="{name}-title">{_text(chart.title)}</title>',
        f'<desc id="{name}-text">{_text(described(chart))}</desc>',
        *legend,
        f'<g transform="translate(0 {above})">',
        *body,
        "</g>",
        "</svg>",
    ]
    return "\n".join(parts)


def described(chart: Chart) -> str:
    """The figures in words: `采用（条）：1月 12，2月 8。`"""
    unit = f"（{chart.unit}）" if chart.unit else ""
    told = []
    for series in chart.series:
        pairs = (
            f"{category} {value}"
            for category, value in zip(chart.categories, series.values, strict=True)
            if value is not None
        )
        told.append(f"{series.name}{unit}：{'，'.join(pairs)}。")
    return "".join(told)


def number_of(value: int | Number | Figure) -> float:
    """A value as a number; a share as it is, 0.5 for 50 %."""
    if isinstance(value, Figure):
        value = value.value
    return float(value.value if isinstance(value, Number) else value)


def _length(chart: Chart, value: int | Number | Figure | None) -> float:
    """A value as a length on its axis: none where there is no value, or a negative one."""
    number = 0.0 if value is None else number_of(value)
    return max(0.0, number * (100 if shares(chart) else 1))


def shares(chart: Chart) -> bool:
    """Whether its values are percentages."""
    values = (v.value if isinstance(v, Figure) else v for s in chart.series for v in s.values)
    return any(isinstance(value, Number) and value.percent for value in values)


def axis(chart: Chart) -> Axis:
    """A scale of a few round marks up to the greatest value."""
    lengths = ([_length(chart, value) for value in own.values] for own in chart.series)
    whole = sum if chart.kind == "stacked" else max
    most = max((whole(values) for values in zip(*lengths, strict=True)), default=0)
    step = next(
        size * 10.0**power
        for power in range(18)
        for size in (1, 2, 5)
        if size * 10.0**power * _TICKS >= most
    )
    return Axis(step * max(1, -(-most // step)), step)


def _text(value: object) -> str:
    return escape(harmless(str(value)))


def _filling(chart: Chart, place: int) -> str:
    shades = SHADES[min(len(chart.series), len(SHADES))]
    return f'fill="{shades[place % len(shades)]}" stroke="{DARK}" stroke-width="0.75"'


def _width(text: str) -> float:
    """About how wide a text is."""
    return display_width(text) * _SIZE / 2


def _legend(chart: Chart) -> Iterator[str]:
    x = 0.0
    for place, series in enumerate(chart.series):
        if chart.kind == "line":
            yield (
                f'<path d="M{x:g} 8h18" fill="none" stroke="{DARK}" stroke-width="2" '
                f'stroke-dasharray="{DASHES[place % len(DASHES)]}"/>'
            )
        else:
            yield f'<rect x="{x + 3:g}" y="3" width="11" height="11" {_filling(chart, place)}/>'
        yield f'<text x="{x + 20:g}" y="13">{_text(series.name)}</text>'
        x += 34 + _width(series.name)


def _bars(chart: Chart) -> tuple[list[str], int]:
    """Bars that lie under the names of their categories, each with its value at its end."""
    most = axis(chart).top
    room = _WIDTH - max(_width(f"{v}") for s in chart.series for v in (*s.values, 0)) - 8
    parts = []
    y = 0
    for at, category in enumerate(chart.categories):
        parts.append(f'<text x="0" y="{y + 13}">{_text(cut(category, 54))}</text>')
        y += _LINE
        for place, series in enumerate(chart.series):
            value = series.values[at]
            length = _length(chart, value) / most * room
            parts.append(
                f'<rect x="0.5" y="{y}" width="{length:.1f}" height="12" {_filling(chart, place)}/>'
            )
            if value is not None:
                parts.append(f'<text x="{length + 6:.1f}" y="{y + 10.5}">{_text(value)}</text>')
            y += 15
        y += 5
    return parts, y


def _columns(chart: Chart) -> tuple[list[str], int]:
    """Columns or lines over a scale, the categories below."""
    scale = axis(chart)
    told = [f"{mark:g}{'%' if shares(chart) else ''}" for mark in scale.marks]
    left = max(map(_width, told)) + 6
    room = _WIDTH - left - 4
    parts = []
    for mark, text in zip(scale.marks, told, strict=True):
        y = 8 + _HEIGHT - mark / scale.top * _HEIGHT
        parts.append(
            f'<path d="M{left:g} {y:.1f}H{_WIDTH}" stroke="{"#8c8c8c" if mark else "#1a1a1a"}" '
            f'stroke-width="{0.5 if mark else 1}"/>'
        )
        parts.append(
            f'<text x="{left - 5:.1f}" y="{y + 4:.1f}" text-anchor="end">{_text(text)}</text>'
        )
    slot = room / len(chart.categories)
    parts += _lines(chart, scale, left, slot) if chart.kind == "line" else []
    parts += _standing(chart, scale, left, slot) if chart.kind != "line" else []
    every = -(-int(max(map(_width, chart.categories)) + 2) // max(1, int(slot)))
    for place, category in enumerate(chart.categories):
        if place % max(1, every) == 0:
            parts.append(
                f'<text x="{left + (place + 0.5) * slot:.1f}" y="{_HEIGHT + 24}" '
                f'text-anchor="middle">{_text(category)}</text>'
            )
    return parts, _HEIGHT + 30


def _standing(chart: Chart, scale: Axis, left: float, slot: float) -> Iterator[str]:
    """Columns side by side, or one upon the other."""
    stacked = chart.kind == "stacked"
    wide = slot * 0.76 / (1 if stacked else len(chart.series))
    for at in range(len(chart.categories)):
        base = 0.0
        x = left + at * slot + slot * 0.12
        for place, series in enumerate(chart.series):
            tall = _length(chart, series.values[at]) / scale.top * _HEIGHT
            if tall:
                y = 8 + _HEIGHT - base - tall
                yield (
                    f'<rect x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{tall:.1f}" '
                    f"{_filling(chart, place)}/>"
                )
            base += tall if stacked else 0
            x += 0 if stacked else wide


def _lines(chart: Chart, scale: Axis, left: float, slot: float) -> Iterator[str]:
    """A line for each series, broken where a value is missing, with a dot at each value."""
    for place, series in enumerate(chart.series):
        path, dots = "", ""
        apart = True
        for at, value in enumerate(series.values):
            if value is not None:
                x = left + (at + 0.5) * slot
                y = 8 + _HEIGHT - _length(chart, value) / scale.top * _HEIGHT
                path += f"{'M' if apart else 'L'}{x:.1f} {y:.1f}"
                dots += f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{DARK}"/>'
            apart = value is None
        yield (
            f'<path d="{path}" fill="none" stroke="{DARK}" stroke-width="2" '
            f'stroke-dasharray="{DASHES[place % len(DASHES)]}"/>'
        )
        yield dots
