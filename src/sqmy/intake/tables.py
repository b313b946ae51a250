"""The tables of a sheet: its rows below each row of headings, and what is left aside."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from sqmy.intake import aside, heads, merging
from sqmy.intake.fitting import layout_of
from sqmy.intake.grid import Fault, Grid, Merged, Row, Source, coordinate, fault
from sqmy.intake.headings import KINDS, LOOKS, bare
from sqmy.intake.layouts import Layout
from sqmy.intake.words import Words

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:年度?|(?=$|\D))(?!\d{1,2}月\d{1,2})", re.ASCII)

SEARCHED = 60
"""Rows that are looked through for the first row of headings; blank ones do not count."""

_LONGEST_HEADING = 24
_FIRST_CELLS = 3


class Table(NamedTuple):
    """Rows under one row of headings.

    Attributes:
        source: the sheet.
        layout: what the headings say.
        rows: the rows of data, in order.
        stray: by column without any heading, the first row that has something there.
        unclear: by row number, the merged range in it that cannot be read.
        lines: by the number of a row that was several lines, these.
    """

    source: Source
    layout: Layout
    rows: list[Row]
    stray: dict[int, int]
    unclear: Mapping[int, Merged] = {}
    lines: Mapping[int, Sequence[Row]] = {}


class Found(NamedTuple):
    """What a sheet came to.

    Attributes:
        tables: the tables that can be read.
        unreadable: those whose headings lack what is required, or have it twice.
        unread: kinds of fact whose table was there and cannot be read.
        skipped: whether there was something in the sheet, and no row of headings.
    """

    tables: list[Table]
    faults: list[Fault]
    notes: list[str]
    unread: list[str]
    skipped: bool
    unreadable: Sequence[Table] = ()


def years(title: str) -> Iterator[int]:
    """The years of which a title or a sheet's name says that its rows are: of no full day."""
    for match in _YEAR.finditer(unicodedata.normalize("NFKC", title)):
        yield int(match[1])


LayoutOf = Callable[[Sequence[heads.Head], Words], Layout | None]
"""What knows rows of headings."""


def find(grid: Grid, words: Words, layout_of: LayoutOf = layout_of) -> Found:
    """The tables of a sheet, as far as `layout_of` knows their headings."""
    if aside.explains(grid.rows):
        return Found([], [], [*grid.notes, f"{grid.source}是说明，没有读。"], [], skipped=False)
    walk = _Walk(grid, words, layout_of)
    walk.run()
    tables, unreadable = walk.tables, list[Table]()
    found = Found([], [], list(grid.notes), [], bool(grid.rows) and not tables)
    for table in tables:
        if complaints := _complaints(table):
            found.faults.extend(complaints)
            found.unread.append(table.layout.kind.fact)
            unreadable.append(table)
        else:
            walk.aside.take_signed(table.rows, table.layout)
            found.tables.append(_settled(table, grid.merged))
    if tables:
        found.notes.extend(_unread(grid.source, tables))
        found.notes.extend(walk.aside.told(grid.source))
    elif grid.rows:
        found.notes.append(f"{grid.source}：没有认出标题行，跳过未读。")
    return found._replace(unreadable=unreadable)


def _settled(table: Table, merged: Sequence[Merged]) -> Table:
    if not merged:
        return table
    done = merging.settle(table.rows, table.layout, merged)
    return table._replace(rows=done.rows, unclear=done.unclear, lines=done.lines)


class _Walk:
    """From the top of a sheet to its end."""

    def __init__(self, grid: Grid, words: Words, layout_of: LayoutOf) -> None:
        self.grid = grid
        self.words = words
        self.layout_of = layout_of
        self.tops = heads.tops(grid.merged)
        self.tables: list[Table] = []
        self.aside = aside.Aside()

    def run(self) -> None:
        """Put every row where it belongs."""
        rows, place = self.grid.rows, 0
        while place < len(rows) and (self.tables or place < SEARCHED):
            taken = self._headings(place)
            if taken or not self.tables:
                for row in rows[place : place + (taken or 1)]:
                    self.aside.above[aside.first(row)].append(row)
            else:
                self._place(rows[place], self.tables[-1])
            place += taken or 1

    def _headings(self, place: int) -> int:
        """How many rows of headings stand there; they begin a table, or go on with the last."""
        rows = self.grid.rows
        if self.tables and not _looks_like_headings(rows[place]):
            return 0
        best = _best_block(rows, place, self.tops, lambda over: self.layout_of(over, self.words))
        if best is None:
            return 0
        layout, taken = best
        if self.tables and layout.same_columns(self.tables[-1].layout):
            self.aside.rows[aside.REPEATED] += [row.number for row in rows[place : place + taken]]
        else:
            layout = layout._replace(years=self._years(rows[place : place + taken]))
            self.tables.append(Table(self.grid.source, layout, [], {}))
        return taken

    def _years(self, headings: Iterable[Row]) -> frozenset[int]:
        """The years that the sheet's name, the headings and the rows above them tell."""
        above = (*headings, *(row for rows in self.aside.above.values() for row in rows))
        texts = [text for row in above for text in row.values.values() if isinstance(text, str)]
        return frozenset(y for text in (self.grid.source.sheet or "", *texts) for y in years(text))

    def _place(self, row: Row, table: Table) -> None:
        """Put a row to the data of the table, or aside."""
        if self.aside.takes(row, table.layout, self.tops.get(row.number, ())):
            return
        table.rows.append(row)
        for column in row.values.keys() - table.layout.headed:
            table.stray.setdefault(column, row.number)


def _best_block(
    rows: Sequence[Row],
    place: int,
    tops: heads.Tops,
    layout_of: Callable[[Sequence[heads.Head]], Layout | None],
) -> tuple[Layout, int] | None:
    """The layout of the rows of headings that begin there, and how many rows they take.

    Of the blocks that begin there, or within the best so far, the one that tells most is taken;
    of those that tell as much, the last, since a title above is no heading; of these the one
    that leaves the fewest columns under a heading over several; and of these the shortest.
    """
    best: tuple[Layout, int] | None = None
    rank = (0, place, 0)
    start = place
    while start <= place or (best and start < place + best[1]):
        for block in heads.blocks(rows, start, tops):
            over = heads.over(block, tops)
            layout = layout_of(over)
            wide = sum(head.parts[-1].wide for head in over)
            if layout and (_told(layout), start, -wide) > rank:
                best, rank = (layout, start - place + len(block)), (_told(layout), start, -wide)
        start += 1
    return best


def _told(layout: Layout) -> int:
    named = sum(bool(told) for event in layout.events for told in event.heading)
    return len(layout.read) + named + len(layout.undeclared)


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


def _complaints(table: Table) -> list[Fault]:
    """What makes a row of headings unreadable."""
    source, layout = table.source, table.layout
    faults = [
        fault(
            source,
            layout.places.get(twice.column, layout.row),
            twice.column,
            f"标题「{twice.heading}」重复，"
            f"{source.at(layout.places.get(twice.first, layout.row), twice.first)} 已经有一列。"
            "请只留一列。",
        )
        for twice in layout.twice
    ]
    if layout.missing:
        missing = "、".join(f"「{heading}」" for heading in layout.missing)
        known = "、".join(layout.columns)
        place = layout.places.get(layout.first, layout.row)
        faults.append(
            fault(
                source,
                place,
                layout.first,
                f"缺标题{missing}。这一行认出了{known}，按{layout.kind.label}表读。请补上缺的列{_hint(layout)}。"
                + ("列名不同的，用 --map 文件指明。" if layout.free else ""),
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


def _unread(source: Source, tables: Sequence[Table]) -> Iterator[str]:
    """What is said of columns that are not read."""
    if unread := dict.fromkeys(word for table in tables for word in table.layout.unread):
        yield f"{source}：没有读的列：{'、'.join(unread)}。"
    stray = [
        coordinate(row, column) for table in tables for column, row in sorted(table.stray.items())
    ]
    if stray:
        yield f"{source}：{'、'.join(stray)} 所在的列没有标题，没有读。"
