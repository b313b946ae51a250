"""What of a table cannot be read for certain, and is too weighty to be passed over with a note."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from sqmy.intake.events import tells_something
from sqmy.intake.grid import Fault, Merged, Value, coordinate, fault
from sqmy.intake.settled import Settled
from sqmy.intake.tables import Table

_NO_YEAR: Final = re.compile(
    r"(?<![\d年./-])(?:\d{1,2}月\d{1,2}[日号]?|\d{1,2}[./-]\d{1,2})(?![\d./-])", re.ASCII
)
"""A day without its year, somewhere in a text."""


def merged(table: Table, one: Merged) -> Fault:
    """Cells merged over rows or columns of which it is not clear which they mean."""
    return fault(
        table.source,
        one.top,
        one.left,
        f"合并单元格 {one.name} 在数据里，说的是哪一格、哪一条，分不清。请取消合并并逐行填写。",
    )


def columns(table: Table, settled: Settled) -> list[Fault]:
    """What is wrong with whole columns, or with all days of a table."""
    return [
        *_unread(table, table.layout.undeclared, _UNDECLARED),
        *_unread(table, table.layout.unsure, _UNSURE),
        *_of_another_year(table, settled),
    ]


_UNDECLARED: Final = (
    "「{heading}」不是计分办法里的渠道或领导级别，这一列却填了内容（如 {found}）。"
    "要记的，请先写进办法的词汇；不记的，请删去这一列。"
)
_UNSURE: Final = (
    "「{heading}」像是作者的一列，却认不出，下面填了内容（如 {found}）。"
    "算作者的，请把列名改成「联名人」；不算的，请把列名改成「备注」，或删去这一列。"
)


def _unread(table: Table, headings: Mapping[int, str], words: str) -> Iterator[Fault]:
    """Columns that cannot be read, and something in them."""
    for column, heading, found in _filled(table, headings, tells_something):
        yield _at(table, column, words.format(heading=heading, found=found))


def _of_another_year(table: Table, settled: Settled) -> Iterator[Fault]:
    """Days without their year, in a table that says to be of another than was settled."""
    layout = table.layout
    if not settled.year or not layout.years or settled.year in layout.years:
        return
    written = "、".join(map(str, sorted(layout.years)))
    days = [c for heading, c in layout.columns.items() if heading.endswith("日期")]
    told = [event.column for event in layout.events]
    for column, _, found in _filled(table, dict.fromkeys((*days, *told), ""), _lacks_year):
        yield _at(
            table,
            column,
            f"这张表写的是 {written} 年的，--year-of 说的却是 {settled.year} 年，"
            f"{found} 的日期没有年份。请把日期写全，或各年的表分开导入。",
        )
        return


def _lacks_year(value: Value | None) -> bool:
    return isinstance(value, str) and bool(_NO_YEAR.search(value))


def _filled(
    table: Table, headings: Mapping[int, str], told: Callable[[Value | None], bool]
) -> Iterator[tuple[int, str, str]]:
    """Columns with something in them: the column, its heading, and the first such cell."""
    for column, heading in headings.items():
        found = next((row for row in table.rows if told(row.values.get(column))), None)
        if found:
            yield column, heading, coordinate(found.number, column)


def _at(table: Table, column: int, message: str) -> Fault:
    """A fault of a column, told where its heading stands."""
    row = table.layout.places.get(column, table.layout.row)
    return fault(table.source, row, column, message)
