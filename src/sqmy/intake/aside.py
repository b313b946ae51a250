"""Rows of a sheet that are no data: totals, signatures, headings printed again, subtitles."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from sqmy.days import read_day
from sqmy.errors import SqmyError
from sqmy.intake.grid import Merged, Row, Source, Value, listed
from sqmy.intake.headings import ASIDE
from sqmy.intake.layouts import Layout

REPEATED: Final = "重复的标题"
_SIGNATURE: Final = "落款和附注"

_COUNT = r"(?:[:：]?[(（]?共?\d*[条篇件次]?[)）]?)?"
_TOTAL = re.compile(f"(?:合计|总计|小计|共计|累计){_COUNT}", re.ASCII)
_TOTAL_OF = re.compile(rf"[^《》“”，。；：、]{{1,12}}(?:合计|总计|小计){_COUNT}", re.ASCII)
"""`一季度小计`: a title might end so, too, so the row must lack what every item has."""
_HAN = re.compile("[一-鿿]")
_WORK = "制表|填表|填报|审核|审批|复核|负责|分管|主管|联系|经办|统计|报送|上报|打印|导出|制作"
_SIGNED = re.compile(
    f"[（(]?(?:(?:单位)?(?:{_WORK})(?:人|单位|领导|部门|日期|时间|电话)?"
    "|日期|单位|说明|备注|附注|注|签字|签名|盖章)"
    "(?:签字|签名|签章|盖章)?(?:[（(][^（）()]*[）)])?[:：]"
)
_BLANK_BELOW = re.compile("[（(]?以下(?:空白|无内容|为空)[）)]?")


def explains(rows: Sequence[Row]) -> bool:
    """Whether a sheet says of itself, in its first cell, that it is not to be read."""
    told = first(rows[0]) if rows else None
    return isinstance(told, str) and ASIDE in told


def is_total(told: str) -> bool:
    """Whether it stands before a total."""
    return bool(_TOTAL.fullmatch("".join(told.split())))


def first(row: Row) -> Value:
    """What stands first in a row."""
    return row.values[min(row.values)]


class Aside:
    """What of a sheet is left aside, and why.

    Attributes:
        rows: numbers of rows by the reason.
        above: titles and headings by their first cell: where they come again, they are no data.
    """

    def __init__(self) -> None:
        self.rows: defaultdict[str, list[int]] = defaultdict(list)
        self.above: defaultdict[Value, list[Row]] = defaultdict(list)

    def takes(self, row: Row, layout: Layout, merged: Iterable[Merged]) -> bool:
        """Whether a row below headings is no data.

        Args:
            row: with something in it.
            layout: of the headings above.
            merged: ranges that begin in the row.
        """
        reason = self._reason(row, layout, merged)
        if reason:
            self.rows[reason].append(row.number)
        return bool(reason)

    def _reason(self, row: Row, layout: Layout, merged: Iterable[Merged]) -> str:
        told = first(row)
        folded = "".join(told.split()) if isinstance(told, str) else ""
        if _is_total(folded, row, layout):
            return "合计"
        if row.values.keys().isdisjoint(layout.read):
            return "没有内容的行"
        if not folded:
            return ""
        if told in self.above and any(row.values == one.values for one in self.above[told]):
            return REPEATED
        if _SIGNED.match(folded) or _BLANK_BELOW.fullmatch(folded):
            return _SIGNATURE if _lacks(row, layout) else ""
        across = any(_is_across(one, row, layout) for one in merged)
        alone = len(row.values) == 1 and (across or _is_subtitle(folded, row, layout))
        return "小标题" if alone else ""

    def take_signed(self, rows: list[Row], layout: Layout) -> None:
        """Take an office and a day, each alone in a row, from the end of a table."""
        end = len(rows)
        while end and len(rows[end - 1].values) == 1 and _lacks(rows[end - 1], layout):
            end -= 1
        if end < len(rows) and _is_day(first(rows[-1])):
            self.rows[_SIGNATURE] += [row.number for row in rows[end:]]
            del rows[end:]

    def told(self, source: Source) -> Iterator[str]:
        """What was left aside, in a sentence."""
        if self.rows:
            parts = (
                f"{why} {len(rows)} 行（第 {listed(sorted(rows))} 行）"
                for why, rows in self.rows.items()
            )
            yield f"{source}：跳过{'；'.join(parts)}。"


def _lacks(row: Row, layout: Layout) -> bool:
    """Whether a row lacks what every row of data must have."""
    required = (heading.name for heading in layout.kind.headings if heading.required)
    return any(layout.columns.get(name, 0) not in row.values for name in required)


def _is_total(told: str, row: Row, layout: Layout) -> bool:
    return bool(_TOTAL.fullmatch(told) or (_TOTAL_OF.fullmatch(told) and _is_bare(row, layout)))


def _is_bare(row: Row, layout: Layout) -> bool:
    """Whether a row lacks a column of the table that every row of data must have."""
    required = {heading.name for heading in layout.kind.headings if heading.required}
    return any(layout.columns[name] not in row.values for name in required & layout.columns.keys())


def _is_subtitle(told: str, row: Row, layout: Layout) -> bool:
    """Whether the one cell of a row is words where a number should be: `二、文史委`."""
    number = layout.columns.get("编号")
    return number in row.values and len(layout.columns) > 1 and bool(_HAN.search(told))


def _is_across(one: Merged, row: Row, layout: Layout) -> bool:
    """Whether a cell is merged over most of the columns, as subtitles are."""
    covered = [column for column in layout.read if one.left <= column <= one.right]
    return one.bottom == row.number and 2 * len(covered) > len(layout.read)


def _is_day(value: Value) -> bool:
    try:
        return isinstance(value, date) or bool(read_day(str(value)))
    except SqmyError:
        return False
