"""Tables of counts, as offices publish them: a line a unit, a column a figure.

Such a table holds no items, so nothing of it can be recorded; it is read to say what it is, and
whether its own totals are right. Heads over heads are put together, a table with a column for
each unit is turned, a blank is zero.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from typing import Final, NamedTuple

from sqmy import points
from sqmy.intake import aside, heads
from sqmy.intake.grid import Flaw, Grid, Row, Source, Value
from sqmy.intake.headings import COUNTERS, REMARKS, bare
from sqmy.text import name

SEARCHED: Final = 20
_FIGURE = re.compile(
    r"([-+]?\d{1,18}(?:\.\d{1,18})?)\s*(%)?(?:条|篇|件|次|期|份|分|人次|篇次|件次)?", re.ASCII
)
_MEASURES = re.compile(
    "(?:分|分数|条|条数|数|率|占比|比例|名次|排名|位次|篇|件|次|采用|采纳|录用|刊用|报送|上报|来稿|批示"
    "|累计|合计|情况|月|月份|季度|年)$"
)
_UNSUMMED = re.compile("(?:率|占比|比例|名次|排名|位次|序号)$")
_LONGEST_NAME = 30
_NAMED = 4


class CountRow(NamedTuple):
    """A unit's or a person's figures, one a column."""

    name: str
    figures: tuple[Fraction, ...]


class CountTable(NamedTuple):
    """A table of counts.

    Attributes:
        source: the sheet.
        title: what stands above it; "" where nothing does.
        columns: what the figures are, `采用情况/市政协`, from the left.
        rows: in order, without the total.
        total: the figures of the total row; None where there is none.
    """

    source: Source
    title: str
    columns: tuple[str, ...]
    rows: tuple[CountRow, ...]
    total: tuple[Fraction, ...] | None = None

    def sums(self) -> Iterator[tuple[str, Fraction, Fraction | None]]:
        """Each column that can be added up, with its sum and what the total row says of it."""
        for place, column in enumerate(self.columns):
            if not _UNSUMMED.search(bare(column.rpartition("/")[2])):
                said = self.total[place] if self.total else None
                yield column, sum((row.figures[place] for row in self.rows), Fraction(0)), said

    def __str__(self) -> str:
        title = f"「{self.title}」" if self.title else ""
        shown = list(self.sums())
        told = "、".join(f"{column} {_shown(total)}" for column, total, _ in shown[:_NAMED])
        wrong = "".join(
            f"；合计行的{column}是 {_shown(said)}，各行相加却是 {_shown(total)}"
            for column, total, said in shown
            if said is not None and said != total
        )
        return f"统计表{title}（{len(self.rows)} 行，相加为：{told}{wrong}）"


def find(grid: Grid) -> CountTable | None:
    """The first table of counts of a sheet; None if there is none."""
    tops = heads.tops(grid.merged)
    for place, row in enumerate(grid.rows[:SEARCHED]):
        if len(row.values) == 1 or not heads.is_text(row):
            continue
        read = [
            _table(grid.source, heads.over(block, tops), grid.rows[place + len(block) :])
            for block in heads.blocks(grid.rows, place, tops)
        ]
        if found := [table for table in read if table]:
            table = max(found, key=lambda one: len(one.rows) * len(one.columns))
            above = (str(aside.first(row)) for row in grid.rows[:place])
            return table._replace(title=" ".join(map(name, above)))
    return None


def _table(source: Source, head: Sequence[heads.Head], rows: Sequence[Row]) -> CountTable | None:
    """The table under these heads, if all below are names and figures."""
    full = [row for row in rows if len(row.values) > 1]
    holder = next((c for c in sorted({c for r in full for c in r.values}) if _names(full, c)), None)
    if holder is None:
        return None
    kept = [row for row in rows if _is_name(row.values.get(holder))]
    columns = [
        one
        for one in head
        if one.column != holder
        and bare(one.text) not in COUNTERS | REMARKS
        and all(_figure(row.values.get(one.column)) is not None for row in kept)
    ]
    lines = [
        CountRow(
            name(str(row.values[holder])),
            tuple(_figure(row.values.get(one.column)) or Fraction(0) for one in columns),
        )
        for row in kept
    ]
    if len(lines) == 1 or not any(figure for line in lines for figure in line.figures):
        return None
    told = tuple(one.text for one in columns)
    if _is_turned(told, lines):
        return _turned(source, told, lines)
    total = next((line.figures for line in lines if aside.is_total(line.name)), None)
    units = tuple(line for line in lines if not aside.is_total(line.name))
    return CountTable(source, "", told, units, total)


def _is_name(value: Value | None) -> bool:
    """Whether a cell may be a name, and no figure and no remark below the table."""
    return (
        isinstance(value, str)
        and len(value) <= _LONGEST_NAME
        and not re.search("[，。：；]", value)
        and _figure(value) is None
    )


def _names(rows: Sequence[Row], column: int) -> bool:
    """Whether a column holds a name in every row."""
    return bool(rows) and all(_is_name(row.values.get(column)) for row in rows)


def _figure(value: Value | None) -> Fraction | None:
    """A cell as a figure: a blank is zero, `57.10%` a fraction; None for anything else."""
    if value is None:
        return Fraction(0)
    if isinstance(value, bool | date | Flaw):
        return None
    if not isinstance(value, str):
        return points.read(format(value, ".15g"))
    match = _FIGURE.fullmatch(unicodedata.normalize("NFKC", value).strip())
    if match is None:
        return None
    return Fraction(match[1]) / (100 if match[2] else 1)


def _shown(value: Fraction) -> str:
    return points.short(value, 2).removeprefix("+")


def _is_turned(columns: Sequence[str], rows: Sequence[CountRow]) -> bool:
    """Whether units stand above and what is counted at the left: no heading is a measure."""
    if any(_MEASURES.search(bare(column)) for column in columns):
        return False
    return any(_MEASURES.search(bare(row.name)) for row in rows)


def _turned(source: Source, columns: Sequence[str], rows: Sequence[CountRow]) -> CountTable:
    """The table with a line for each unit."""
    turned = zip(*(row.figures for row in rows), strict=True)
    return CountTable(
        source,
        "",
        tuple(row.name for row in rows),
        tuple(CountRow(unit, figures) for unit, figures in zip(columns, turned, strict=True)),
    )
