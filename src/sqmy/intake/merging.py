"""Merged cells within the data of a table.

A cell merged over several lines says the same of each of them: the unit of five items. Where the
number or the title of an item is merged, the lines are one item: its authors one under another,
or its adoptions. Cells merged over columns of different meaning are left to be refused.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqmy.intake.grid import Merged, Row, Value
from sqmy.intake.headings import SUBMISSION, TITLE
from sqmy.intake.layouts import Layout

_LISTS = ("作者", "联名人", "报送单位")
"""Columns of an item that may have something else on each of its lines."""

_OF_EVENTS = ("采用方式", "采用日期", "刊物", "期号", "批示领导", "批示日期", "批示内容")
"""Columns that tell of the adoptions and instructions on the same line."""


class Settled(NamedTuple):
    """Rows without merged cells.

    Attributes:
        rows: as they are to be read.
        lines: by the number of a row that was several, these.
        unclear: by row number, the merged range that cannot be read.
    """

    rows: list[Row]
    lines: dict[int, tuple[Row, ...]]
    unclear: dict[int, Merged]


def settle(rows: Sequence[Row], layout: Layout, merged: Iterable[Merged]) -> Settled:
    """The rows of a table with every merged cell spread, or its lines joined."""
    settling = _Settling(layout, rows, merged)
    for held, group in settling.groups(rows):
        settling.take(held, group)
    return settling.done


class _Settling:
    """The rows of a table, from the top."""

    def __init__(self, layout: Layout, rows: Sequence[Row], merged: Iterable[Merged]) -> None:
        self.layout = layout
        self.columns = sorted(layout.read)
        self.done = Settled([], {}, {})
        self.told: dict[Merged, Value | None] = {}
        """What stands in each range."""
        near = [
            one
            for one in merged
            if rows and one.bottom >= rows[0].number and one.top <= rows[-1].number
        ]
        self.covers = _Covers(near, self.columns)
        self.of_events = {c for h in _OF_EVENTS if (c := layout.columns.get(h))}
        self.lists = {c for h in _LISTS if (c := layout.columns.get(h))}

    def groups(self, rows: Iterable[Row]) -> Iterator[tuple[Merged | None, list[Row]]]:
        """Rows that are lines of one item, with the range that makes them so; others alone."""
        held: Merged | None = None
        group: list[Row] = []
        for row in rows:
            over = self.covers.over(row.number)
            item = self._item(row, over)
            goes_on = bool(group) and item is not None and item == held
            if group and not goes_on:
                yield held, group
                group = []
            held = item
            group.append(self._filled(row, over, goes_on=goes_on))
        if group:
            yield held, group

    def _item(self, row: Row, over: dict[int, Merged]) -> Merged | None:
        """The range that makes a row a line of an item: over its number, else over its title."""
        if self.layout.kind is not SUBMISSION:
            return None
        number, title = (self.layout.columns.get(heading, 0) for heading in ("编号", TITLE))
        if number in over:
            return over[number]
        titled = over.get(title)
        own = number in row.values and titled is not None and titled.top < row.number
        return None if own else titled

    def _filled(self, row: Row, over: dict[int, Merged], *, goes_on: bool) -> Row:
        """The row with what is merged into it."""
        values = dict(row.values)
        for column, one in over.items():
            if one.top == row.number:
                self.told[one] = row.values.get(one.left)
            told, own = self.told.get(one), row.values.get(column)
            wide = sum(one.left <= c <= one.right for c in self.columns) > 1
            hides = one.top < row.number and own not in {None, told}
            if one.top <= self.layout.row or hides or (told is not None and wide):
                self.done.unclear[row.number] = one
            elif told is not None and (not goes_on or self._again(column, row)):
                values[column] = told
        return row._replace(values=values)

    def _again(self, column: int, row: Row) -> bool:
        """Whether what is merged over the lines of an item is told of the events of this one."""
        return column in self.of_events and any(
            event.column in row.values for event in self.layout.events
        )

    def take(self, held: Merged | None, group: list[Row]) -> None:
        """Rows that are one; what is told of events stays with its line."""
        first = group[0]
        if len(group) == 1 or held is None:
            self.done.rows.extend(group)
            return
        values: dict[int, Value] = {}
        for column in sorted({column for row in group for column in row.values}):
            found = list(dict.fromkeys(row.values[column] for row in group if column in row.values))
            values[column] = found[0]
            if len(found) == 1 or column not in self.columns or column in self.of_events:
                continue
            if column in self.lists and all(isinstance(value, str) for value in found):
                values[column] = "\n".join(map(str, found))
            elif all(column != event.column for event in self.layout.events):
                self.done.unclear[first.number] = held
        for row in group[1:]:
            if row.number in self.done.unclear:
                self.done.unclear.setdefault(first.number, self.done.unclear[row.number])
        self.done.lines[first.number] = tuple(group)
        self.done.rows.append(Row(first.number, values))


class _Covers:
    """Merged ranges, asked for row after row from the top."""

    def __init__(self, merged: Iterable[Merged], columns: Sequence[int]) -> None:
        self.coming = sorted(merged, reverse=True)
        self.columns = columns
        self.over_column: dict[int, Merged] = {}

    def over(self, row: int) -> dict[int, Merged]:
        """The ranges that columns stand in, in this row."""
        while self.coming and self.coming[-1].top <= row:
            merged = self.coming.pop()
            for column in self.columns:
                before = self.over_column.get(column)
                if merged.left <= column <= merged.right and (
                    before is None or before.bottom < merged.bottom
                ):
                    self.over_column[column] = merged
        return {c: one for c, one in self.over_column.items() if one.bottom >= row}
