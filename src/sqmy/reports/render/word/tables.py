"""Tables of a Word document: fixed widths, repeated heads, rows that no page break parts.

Written as text of XML: cell by cell through python-docx, a year's catalogue takes minutes.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from sqmy.reports.model import Cell, Column, Table
from sqmy.reports.render.arranging import Arranged, arranged, filled
from sqmy.reports.render.word.blank import BLACK, FANGSONG
from sqmy.reports.render.word.measures import PORTRAIT, TWIPS, Page, characters
from sqmy.reports.render.word.text import Look, Shape, cell

SIZES: Final = (12.0, 10.5, 9.0)
"""小四, 五号 and 小五, in points: the largest in which a table has room."""

_PADDING: Final = 3 * TWIPS
_SLACK: Final = 0.4
"""Characters; not every font's digits are as narrow as they should be."""

_GAP: Final = 0.3
"""Characters; some programs leave a gap between Chinese and digits, though told not to."""

_BESIDE: Final = re.compile(
    r"(?<=[\u2e80-\uffef])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[\u2e80-\uffef])"
)

_LEAST: Final = 5
"""Characters of a text that a column has room for, however many columns there are."""

_WIDEST: Final = 20.0
"""Characters beyond which a column's texts go on in further lines."""

_NARROWEST: Final = 3.0
_ENOUGH: Final = 9
"""Characters of a text that is broken without becoming hard to read."""


class _Type(NamedTuple):
    """The type of a table."""

    size: float

    @property
    def line(self) -> int:
        """The height of a line, in twips."""
        return round(self.size * 1.35 * TWIPS)

    def shape(self, align: str) -> Shape:
        """A paragraph in a cell."""
        return Shape(align=align, line=self.line)


def fits_upright(tables: Iterable[Table]) -> bool:
    """Whether the tables have room on a portrait page in type that is read with ease."""
    return all(
        _content(made, _characters(made), SIZES[1]) <= PORTRAIT.room
        for made in map(arranged, map(filled, tables))
    )


def tables_xml(tables: Sequence[Table], page: Page) -> list[str]:
    """The tables of one page, those of the same columns with the same widths."""
    made = [arranged(filled(table)) for table in tables]
    wide = [_characters(one) for one in made]
    told = []
    for one in made:
        if not one.columns:  # nothing stands in any of them
            told.append("")
            continue
        alike = [own for other, own in zip(made, wide, strict=True) if other.columns == one.columns]
        wanted = [max(each) for each in zip(*alike, strict=True)]
        sizes = (size for size in SIZES if _content(one, wanted, size) <= page.room)
        size = next(sizes, SIZES[-1])
        told.append(_xml(one, size, _widths(one.columns, wanted, page.room, size)))
    return told


def _content(made: Arranged, wanted: Sequence[float], size: float) -> float:
    """The width, in twips, that a table is content with: figures all they want, texts some."""
    return sum(
        _twips(min(width, _ENOUGH) if column.align == "left" else width, size)
        for column, width in zip(made.columns, wanted, strict=True)
    )


def _twips(width: float, size: float) -> float:
    """The width of a column for so many characters."""
    return width * size * TWIPS + 2 * _PADDING


def _xml(made: Arranged, size: float, widths: Sequence[int]) -> str:
    """The table, its headings in as many rows as it needs."""
    kind = _Type(size)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = [*_heads(made.columns, widths, kind), *_rows(made, widths, kind)]
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{_BORDERS}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{_MARGINS}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


_BORDERS: Final = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


_MARGINS: Final = "".join(
    f'<w:{side} w:w="{width}" w:type="dxa"/>'
    for side, width in (("top", 30), ("left", 60), ("bottom", 30), ("right", 60))
)


def _characters(made: Arranged) -> list[float]:
    """The width that each column would like to have, in characters."""
    found = []
    for place, column in enumerate(made.columns):
        head = characters(column.title)
        if column.align != "left" and head > _NARROWEST:
            head = max(head / 2, _NARROWEST)  # a short heading of figures may take two lines
        widest = max((_width(str(value)) for value in made.cells(place)), default=0)
        found.append(max(min(widest, _WIDEST), head) + _SLACK)
    return found


def _width(text: str) -> float:
    """The characters that a text takes on one line, wherever it is laid out."""
    return characters(text) + _GAP * len(_BESIDE.findall(text))


def _widths(
    columns: Sequence[Column], wanted: Sequence[float], room: int, size: float
) -> list[int]:
    """The widths of the columns, which fill the room: texts give way, or take what is left."""
    places = range(len(columns))
    natural = [_twips(width, size) for width in wanted]
    texts = [n for n in places if columns[n].align == "left"] or list(places)
    fixed = sum(width for n, width in enumerate(natural) if n not in texts)
    least = len(texts) * _LEAST * size * TWIPS
    if fixed + least > room:  # figures too: everything in proportion
        scaled = [width * room / sum(natural) for width in natural]
    else:
        share = (room - fixed) / sum(natural[n] for n in texts)
        scaled = [width * share if n in texts else width for n, width in enumerate(natural)]
    whole = [int(width) for width in scaled]
    whole[texts[0]] += room - sum(whole)
    return whole


def _heads(columns: Sequence[Column], widths: Sequence[int], kind: _Type) -> Iterator[str]:
    """One row of headings, or two where some stand over several."""
    look = Look(BLACK, kind.size, 0)
    center = kind.shape("center")
    if not any(column.over for column in columns):
        cells = (
            _cell(cell(column.title, center, look), width)
            for column, width in zip(columns, widths, strict=True)
        )
        yield _row(cells, head=True)
        return
    upper, lower = [], []
    runs = groupby(zip(columns, widths, strict=True), key=lambda pair: pair[0].over)
    for over, pairs in runs:
        own = list(pairs)
        if over:
            width = sum(width for _, width in own)
            upper.append(_cell(cell(over, center, look), width, span=len(own)))
        for column, width in own:
            text = cell(column.title, center, look)
            if over:
                lower.append(_cell(text, width))
            else:
                upper.append(_cell(text, width, merge="restart"))
                lower.append(_cell(cell("", center, look), width, merge="continue"))
    yield _row(upper, head=True)
    yield _row(lower, head=True)


def _rows(made: Arranged, widths: Sequence[int], kind: _Type) -> Iterator[str]:
    look, bold = Look(FANGSONG, kind.size, 0), Look(BLACK, kind.size, 0)
    shapes = [kind.shape("center" if column.align != "left" else "left") for column in made.columns]
    width = sum(widths)
    if not any(group.rows for group in made.groups):
        yield _row([_cell(cell("无", kind.shape("center"), look), width, span=len(widths))])
    for group in made.groups:
        if group.heading is not None:
            text = cell(group.heading, kind.shape("left")._replace(keep=True), bold)
            yield _row([_cell(text, width, span=len(widths))])
        yield from (_cells(row, shapes, widths, look) for row in group.rows)
    yield from (_cells(row, shapes, widths, bold) for row in made.totals)


def _cells(row: Sequence[Cell], shapes: Sequence[Shape], widths: Sequence[int], look: Look) -> str:
    return _row(
        _cell(cell(str(value), shape, look), width)
        for value, shape, width in zip(row, shapes, widths, strict=True)
    )


def _row(cells: Iterable[str], *, head: bool = False) -> str:
    again = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(text: str, width: int, *, span: int = 1, merge: str = "") -> str:
    merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    merged += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}'
        f'<w:vAlign w:val="center"/></w:tcPr>{text}</w:tc>'
    )
