"""The tables of a sheet: its rows below each row of headings, and what is left aside."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqmy.intake.grid import Fault, Grid, Merged, Row, Source, coordinate, fault
from sqmy.intake.headings import ASIDE, KINDS, LOOKS, Layout, bare, layout_of

SEARCHED = 60
"""Rows that are looked through for the first row of headings; blank ones do not count."""

_TOTAL = re.compile(r"(?:合计|总计|小计|共计|累计)(?:[:：]?\d*[条篇件]?)?", re.ASCII)
_LONGEST_HEADING = 24
_FIRST_CELLS = 3


class Table(NamedTuple):
    """Rows under one row of headings.

    Attributes:
        source: the sheet.
        layout: what the headings say.
        rows: the rows of data, in order.
        merged: by row number, the merged range that a known column of it stands in.
        stray: by column without any heading, the first row that has something there.
    """

    source: Source
    layout: Layout
    rows: Sequence[Row]
    merged: dict[int, Merged]
    stray: dict[int, int]


class Found(NamedTuple):
    """What a sheet came to.

    Attributes:
        tables: the tables that can be read.
        unread: kinds of fact whose table was there and cannot be read.
        skipped: whether there was something in the sheet, and no row of headings.
    """

    tables: list[Table]
    faults: list[Fault]
    notes: list[str]
    unread: list[str]
    skipped: bool


def find(grid: Grid, attributes: Sequence[str] = ()) -> Found:
    """The tables of a sheet.

    Args:
        grid: the sheet.
        attributes: headings of submissions that the rulebook declares.
    """
    if _explains(grid):
        return Found([], [], [*grid.notes, f"{grid.source}是说明，没有读。"], [], skipped=False)
    tables: list[Table] = []
    aside: Counter[str] = Counter()
    covers = _Covers(grid.merged)
    above = 0
    for row in grid.rows:
        if (not tables or _looks_like_headings(row)) and (layout := layout_of(row, attributes)):
            if tables and layout.same_columns(tables[-1].layout):
                aside["重复的标题"] += 1
            else:
                tables.append(Table(grid.source, layout, [], {}, {}))
        elif not tables:
            above += 1
            if above == SEARCHED:
                break
        else:
            _place(row, tables[-1], covers, aside)
    found = Found([], [], list(grid.notes), [], bool(grid.rows) and not tables)
    for table in tables:
        if complaints := _complaints(table):
            found.faults.extend(complaints)
            found.unread.append(table.layout.kind.fact)
        else:
            found.tables.append(table)
    found.notes.extend(_notes(grid, tables, aside))
    return found


def _explains(grid: Grid) -> bool:
    """Whether the sheet says of itself, in its first cell, that it is not to be read."""
    first = grid.rows[0].values if grid.rows else {}
    told = first[min(first)] if first else None
    return isinstance(told, str) and ASIDE in told


def _place(row: Row, table: Table, covers: "_Covers", aside: Counter[str]) -> None:
    """Put a row where it belongs: to the data of the table, or aside."""
    columns = table.layout.columns.values()
    if row.values.keys().isdisjoint(columns):
        aside["没有内容的行"] += 1
    elif _is_total(row):
        aside["合计"] += 1
    else:
        assert isinstance(table.rows, list)  # noqa: S101 — made by `find`
        table.rows.append(row)
        for column in row.values.keys() - table.layout.headed:
            table.stray.setdefault(column, row.number)
        if covers and (merged := covers.over(row.number, columns)):
            table.merged[row.number] = merged


def _looks_like_headings(row: Row) -> bool:
    """A cheap look at the first cells: is one of them spelled like a heading?"""
    for _, value in zip(range(_FIRST_CELLS), row.values.values(), strict=False):
        if (
            isinstance(value, str)
            and len(value) <= _LONGEST_HEADING
            and not value[0].isdigit()
            and bare(value) in LOOKS
        ):
            return True
    return False


def _is_total(row: Row) -> bool:
    first = row.values[min(row.values)]
    return isinstance(first, str) and bool(_TOTAL.fullmatch("".join(first.split())))


def _complaints(table: Table) -> list[Fault]:
    """What makes a row of headings unreadable."""
    source, layout = table.source, table.layout
    faults = [
        fault(
            source,
            layout.row,
            twice.column,
            f"标题「{twice.heading}」重复，{source.at(layout.row, twice.first)} 已经有一列。"
            "请只留一列。",
        )
        for twice in layout.twice
    ]
    if layout.missing:
        missing = "、".join(f"「{heading}」" for heading in layout.missing)
        known = "、".join(layout.columns)
        faults.append(
            fault(
                source,
                layout.row,
                layout.first,
                f"缺标题{missing}。这一行认出了{known}，按{layout.kind.label}表读。请补上缺的列{_hint(layout)}。",
            )
        )
    return faults


def _hint(layout: Layout) -> str:
    """What else the sheet may be: one of another kind that shows the titles too."""
    others = [
        kind
        for kind in KINDS
        if kind.fact not in {layout.kind.fact, "unit"}
        and all(
            heading.name in layout.columns or heading.name in map(bare, layout.unread)
            for heading in kind.headings
            if heading.required
        )
    ]
    if not others:
        return ""
    return f"；如果这其实是{others[0].label}表，请删去标题、作者等属于{layout.kind.label}的列"


def _notes(grid: Grid, tables: Sequence[Table], aside: Counter[str]) -> list[str]:
    if not tables:
        return [f"{grid.source}：没有认出标题行，跳过未读。"] if grid.rows else []
    notes = []
    unread = dict.fromkeys(word for table in tables for word in table.layout.unread)
    if unread:
        notes.append(f"{grid.source}：没有读的列：{'、'.join(unread)}。")
    stray = [
        coordinate(row, column) for table in tables for column, row in sorted(table.stray.items())
    ]
    if stray:
        notes.append(f"{grid.source}：{'、'.join(stray)} 所在的列没有标题，没有读。")
    if aside:
        rows = "、".join(f"{what} {count} 行" for what, count in aside.items())
        notes.append(f"{grid.source}：跳过{rows}。")
    return notes


class _Covers:
    """Merged ranges, asked for row after row from the top."""

    def __init__(self, merged: Iterable[Merged]) -> None:
        self.coming = sorted(merged, reverse=True)
        self.over_column: dict[int, Merged] = {}

    def __bool__(self) -> bool:
        return bool(self.coming or self.over_column)

    def over(self, row: int, columns: Iterable[int]) -> Merged | None:
        """The range that one of these columns stands in, in this row."""
        columns = list(columns)
        while self.coming and self.coming[-1].top <= row:
            merged = self.coming.pop()
            for column in columns:
                before = self.over_column.get(column)
                if merged.left <= column <= merged.right and (
                    before is None or before.bottom < merged.bottom
                ):
                    self.over_column[column] = merged
        over = (self.over_column.get(column) for column in columns)
        return next((merged for merged in over if merged and merged.bottom >= row), None)
