"""A report checked against itself before it is sent: figures, lists with their counts, shares.

Figures are added up anew from the rows they name. Sentences are read as they will be printed:
`有3个：甲、乙、丙` must list three; what is said in brackets of a heading likewise.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from sqmy.reports.detail import MEASURES
from sqmy.reports.model import (
    Block,
    Cell,
    Figure,
    Formula,
    Measure,
    Number,
    Report,
    Rows,
    Section,
    Sentence,
    Share,
    Table,
    Text,
)

AGREED: Final = "一致"
DIFFERENT: Final = "不一致"

_WHOLE: Final = 100
"""Per cent."""

_COUNTED: Final = re.compile(
    r"(?:有|（|等)(\d+)(?:个|人|名|家)(?:单位|人|同志)?）?[:：]([^。；：]+)[。；]"
)
"""A number of people or units with their names behind it."""


class Counted(NamedTuple):
    """A figure held against its rows.

    Attributes:
        place: where it stands, in words.
        figure: as it is printed.
        found: what its rows come to; None when there is no such table or column.
    """

    place: str
    figure: Figure
    found: Fraction | None

    @property
    def agrees(self) -> bool:
        """Whether the rows come to what is printed."""
        return self.found == _exact(self.figure.value)


def recounted(report: Report, details: Iterable[Table]) -> list[Counted]:
    """Every figure of a report with what its rows come to.

    Args:
        report: with its body and enclosures.
        details: the tables of rows that are not in the report itself.
    """
    sums = _Sums([*report.tables, *details])
    return [Counted(place, figure, sums.of(figure.rows)) for place, figure in figures(report)]


def figures(report: Report) -> Iterator[tuple[str, Figure]]:
    """Every figure with the place where it stands."""
    for text in report.lead:
        yield from _in_text(report.title, text)
    for section in (Section(report.title, report.body), *report.enclosures):
        yield from _in_body(section.heading, section.body)


def _in_body(heading: str, body: Iterable[Block]) -> Iterator[tuple[str, Figure]]:
    for block in body:
        if isinstance(block, Section):
            yield from _in_body(block.heading or heading, block.body)
        elif isinstance(block, Table):
            yield from _in_table(block)
        elif isinstance(block, str | Sentence):
            yield from _in_text(heading, block)


def _in_text(heading: str, text: Text) -> Iterator[tuple[str, Figure]]:
    if isinstance(text, str):
        return
    told = ""
    for part in text.parts:
        if isinstance(part, Figure):
            words = re.split("[，。；：]", told)[-1]
            yield f"{heading} {words}".strip(), part
        told += str(part)


def _in_table(table: Table) -> Iterator[tuple[str, Figure]]:
    naming = next((n for n, column in enumerate(table.columns) if column.align == "left"), 0)
    for row in table.rows:
        for column, cell in zip(table.columns, row, strict=True):
            if isinstance(cell, Figure):
                yield f"{table.name} {row[naming]} {column.name}".strip(), cell


_Keys = tuple[str, ...]


class _Sums:
    """What rows come to; each kind of question goes through a table once."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._columns = {table.name: _columns(table) for table in tables}
        self._keys: dict[tuple[str, _Keys], list[_Keys]] = {}
        self._known: dict[tuple[str, _Keys, str, Measure], Mapping[_Keys, int | Fraction]] = {}

    def of(self, rows: Rows | Share) -> Fraction | None:
        """What these rows come to, by number or by a column; of a share the quotient."""
        if isinstance(rows, Share):
            part, whole = self.of(rows.part), self.of(rows.whole)
            if part is None or whole is None:
                return None
            return part / whole if whole else Fraction()
        columns = tuple(column for column, _ in rows.where)
        held = self._columns.get(rows.table)
        if held is None or not {*columns, *filter(None, [rows.total])} <= held.keys():
            return None
        question = (rows.table, columns, rows.total, rows.measure)
        if question not in self._known:
            added = self._added if rows.measure == "sum" else self._measured
            self._known[question] = added(*question)
        key = tuple(str(value) for _, value in rows.where)
        return Fraction(self._known[question].get(key, 0))

    def _measured(
        self, table: str, columns: _Keys, total: str, measure: Measure
    ) -> Mapping[_Keys, int | Fraction]:
        """The smallest, the middle or the largest value by the values of these columns."""
        values: dict[_Keys, list[Fraction]] = defaultdict(list)
        cells = self._columns[table][total]
        for key, cell in zip(self._keys_of(table, columns), cells, strict=True):
            values[key].append(_exact(cell))
        return {key: Fraction(MEASURES[measure](own)) for key, own in values.items()}

    def _keys_of(self, table: str, columns: _Keys) -> list[_Keys]:
        """The values of these columns, row by row."""
        held = self._columns[table]
        keys = self._keys.get((table, columns))
        if keys is None:
            size = len(next(iter(held.values()), ()))
            parts = [list(map(str, held[column])) for column in columns]
            keys = list(zip(*parts, strict=True)) if parts else [()] * size
            self._keys[table, columns] = keys
        return keys

    def _added(
        self, table: str, columns: _Keys, total: str, _: Measure
    ) -> Mapping[_Keys, int | Fraction]:
        """The sums of a table's rows by the values of these columns."""
        keys = self._keys_of(table, columns)
        if not total:
            return Counter(keys)
        found: dict[_Keys, int | Fraction] = defaultdict(int)
        for key, cell in zip(keys, self._columns[table][total], strict=True):
            if cell:  # most measures of most rows are 0
                found[key] += cell if isinstance(cell, int) else _exact(cell)
        return found


def _columns(table: Table) -> dict[str, tuple[Cell, ...]]:
    """The columns of a table by their headings, without its totals."""
    rows = table.rows[: len(table.rows) - table.totals]
    titles = [column.title for column in table.columns]
    return dict(zip(titles, zip(*rows, strict=True) if rows else [()] * len(titles), strict=True))


def _exact(cell: Cell) -> Fraction:
    if isinstance(cell, Figure):
        return _exact(cell.value)
    if isinstance(cell, Formula):
        return _exact(cell.result)
    if isinstance(cell, Number):
        return cell.value
    return Fraction(cell) if isinstance(cell, int) else Fraction()


def faults(report: Report, counted: Iterable[Counted]) -> list[str]:
    """What does not add up, in sentences for whoever is about to send the report."""
    told = [
        f"{one.place}：印的是 {one.figure}，由明细重算是 {one.found}。"
        for one in counted
        if not one.agrees
    ]
    for text in _texts(report):
        told += _miscounted(text)
    return told


def rounding(report: Report) -> Iterator[str]:
    """Shares that make up a whole, and as printed come to a little more or less than 100 %."""
    for block in _sentences(report):
        shares: dict[Rows, list[Number]] = defaultdict(list)
        for part in block.parts:
            if not isinstance(part, Figure) or not isinstance(part.rows, Share):
                continue
            number, (rows, whole) = part.value, part.rows
            if isinstance(number, Number) and rows.total == whole.total:  # a part of the same
                shares[whole].append(number)
        for own in shares.values():
            printed = sum(Fraction(str(number).rstrip("%")) for number in own)
            if len(own) > 1 and sum(number.value for number in own) == 1 and printed != _WHOLE:
                told = "、".join(map(str, own))
                yield f"占比 {told} 印出来相加是 {float(printed):g}%，是四舍五入的缘故。"


def _sentences(report: Report) -> Iterator[Sentence]:
    def walk(body: Iterable[Block]) -> Iterator[Sentence]:
        for block in body:
            if isinstance(block, Section):
                yield from walk(block.body)
            elif isinstance(block, Sentence):
                yield block

    yield from walk((*report.body, *report.enclosures))


def _texts(report: Report) -> Iterator[str]:
    def walk(body: Iterable[Block]) -> Iterator[str]:
        for block in body:
            if isinstance(block, Section):
                yield from walk(block.body)
            elif isinstance(block, str | Sentence):
                yield str(block)
            elif isinstance(block, Table):
                yield from block.notes

    yield from map(str, report.lead)
    yield from walk((*report.body, *report.enclosures))


def _miscounted(text: str) -> Iterator[str]:
    """Lists of names that have more or fewer of them than is said."""
    for match in _COUNTED.finditer(f"{text}。"):
        names = [name for name in _names(match[2]) if name]
        if len(names) != int(match[1]):
            yield f"“{match[0][:30]}…”：写的是 {match[1]} 个，列出了 {len(names)} 个。"


def _names(listed: str) -> Iterator[str]:
    """The names of a list; what stands in brackets belongs to the name before it."""
    name, depth = "", 0
    for character in listed:
        depth += (character == "（") - (character == "）")
        if character == "、" and not depth:
            yield name
            name = ""
        else:
            name += character
    yield name
