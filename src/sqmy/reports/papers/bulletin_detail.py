"""The rows behind a bulletin: one for each unit of each item, and one for each of its authors.

Every measure of the bulletin is a column of these tables, so that each of its figures is a sum
over rows, which a spreadsheet, or `checking`, works out anew. The first row of an item, and its
first in each peer group, are marked: by them it is counted once.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from operator import attrgetter
from typing import Final, NamedTuple, TypeVar

from sqmy.facts import FactId
from sqmy.reports.model import Cell, Column, Figure, Rows, Share, Table
from sqmy.reports.papers.bulletin_facts import Counted
from sqmy.reports.tally import Count, counts

_Who = TypeVar("_Who")

UNITS: Final = "信息明细"
MEMBERS: Final = "个人明细"
KEY: Final = "名册号"
ONCE: Final = "首行"
ONCE_IN_GROUP: Final = "序列首行"
_MARKS: Final = (
    f"一条信息由几个单位联合报送的，一个单位一行；“{ONCE}”是 1 的，每条只有一行，"
    f"“{ONCE_IN_GROUP}”是 1 的，每条在一个序列里只有一行。"
)


class Measure(NamedTuple):
    """Something that is counted: a column of the tables of rows.

    Attributes:
        name: the column's heading, `本季度报送`.
        label: the span's heading.
        of: the number in a count of that span.
    """

    name: str
    label: str
    of: Callable[[Count], int]


class Details:
    """The measures of a bulletin, and the rows that they add up."""

    def __init__(self, counted: Counted) -> None:
        self.counted = counted
        made = list(self._measures())
        self.measures = made
        self.named = {measure.name: measure for measure in made}

    def _measures(self) -> Iterator[Measure]:
        for label, _ in self.counted.spans:
            yield Measure(f"{label}报送", label, attrgetter("submitted"))
            yield Measure(f"{label}采用", label, attrgetter("adopted"))
            yield Measure(f"{label}批示", label, attrgetter("instructions"))
        label = self.counted.rhythm.label
        yield Measure(f"{label}批示信息", label, attrgetter("instructed"))
        for channel in self.counted.channels:
            yield Measure(self.channel(channel.label), label, _in("channels", channel.label))
        for rank in self.counted.ranks:
            yield Measure(self.rank(rank.label), label, _in("ranks", rank.label))

    def channel(self, channel: str) -> str:
        """The measure of a channel's adoptions in the period."""
        return f"{self.counted.rhythm.label}{channel}采用"

    def rank(self, rank: str) -> str:
        """The measure of a rank's instructions in the period."""
        return f"{self.counted.rhythm.label}{rank}批示"

    # Figures

    def whole(self, name: str) -> Figure:
        """A measure of everything."""
        measure = self.named[name]
        count = self.counted.whole[measure.label]
        return Figure(measure.of(count), Rows(UNITS, ((ONCE, 1),), name))

    def group(self, name: str, group: str) -> Figure:
        """A measure of a peer group, every item once."""
        where = (("考评序列", group), (ONCE_IN_GROUP, 1))
        return self._figure(name, self.counted.by_group, group, Rows(UNITS, where, name))

    def unit(self, name: str, unit: FactId) -> Figure:
        """A measure of a unit."""
        rows = Rows(UNITS, ((KEY, f"F{unit}"),), name)
        return self._figure(name, self.counted.by_unit, unit, rows)

    def member(self, name: str, member: FactId) -> Figure:
        """A measure of a member."""
        rows = Rows(MEMBERS, ((KEY, f"F{member}"),), name)
        return self._figure(name, self.counted.by_member, member, rows)

    def _figure(
        self, name: str, by: Mapping[str, Mapping[_Who, Count]], who: _Who, rows: Rows
    ) -> Figure:
        measure = self.named[name]
        count = by[measure.label].get(who)
        return Figure(measure.of(count) if count else 0, rows)

    def share(self, part: Figure, whole: Figure) -> Figure:
        """One figure as a percentage of another, which is not 0."""
        assert isinstance(part.rows, Rows)  # noqa: S101 — measures are sums of rows
        assert isinstance(whole.rows, Rows)  # noqa: S101
        value = self.counted.share(int(str(part)), int(str(whole)))
        return Figure(value, Share(part.rows, whole.rows))

    def rate(self, part: Figure, whole: Figure) -> Figure | int | str:
        """As `share`; 0 of 0 is 0, and of nothing else there is no share."""
        if whole.value:
            return self.share(part, whole)
        return "—" if part.value else 0

    # Rows

    @cached_property
    def _of_items(self) -> dict[FactId, tuple[int, ...]]:
        """The measures of each item that has one, in the order of recording."""
        alone = {label: counts(span, lambda item: (item,)) for label, span in self.counted.spans}
        nothing = Count()
        items = sorted({item for by_item in alone.values() for item in by_item})
        return {
            item: tuple(
                measure.of(alone[measure.label].get(item, nothing)) for measure in self.measures
            )
            for item in items
        }

    def tables(self, *, members: bool) -> tuple[Table, ...]:
        """The tables of rows; that of members only where it is asked for."""
        return (self._units(), self._members()) if members else (self._units(),)

    def _columns(self, *titles: str) -> tuple[Column, ...]:
        return (
            *map(Column, titles),
            *(Column(measure.name, "right") for measure in self.measures),
        )

    @cached_property
    def _unit_names(self) -> dict[FactId, str]:
        register, last = self.counted.material.year.register, self.counted.rhythm.period.last
        return {unit: register.unit_name(unit, last) for unit in register.units}

    def _units(self) -> Table:
        counted, names, year = self.counted, self._unit_names, self.counted.material.year
        titles, members = counted.material.scores.titles, year.register.members
        rows: list[tuple[Cell, ...]] = []
        for item, measures in self._of_items.items():
            authors = "、".join(members[one].name for one in counted.authors_of(item))
            seen: set[str] = set()
            for unit in counted.units_of(item):
                group = counted.group_of_unit(unit)
                marks = (int(not seen), int(group not in seen))
                seen.add(group)
                told = (*titles[item], authors, names[unit], f"F{unit}", group)
                rows.append((*told, *marks, year.day_of[item], *measures))
        columns = self._columns(
            "编号", "标题", "作者", "报送单位", KEY, "考评序列", ONCE, ONCE_IN_GROUP, "报送日期"
        )
        return Table(f"{UNITS}（{len(rows)} 行）", columns, tuple(rows), (_MARKS,))

    def _members(self) -> Table:
        register = self.counted.material.year.register
        titles = self.counted.material.scores.titles
        rows: list[tuple[Cell, ...]] = [
            (register.members[member].name, f"F{member}", titles[item][0], *measures)
            for item, measures in self._of_items.items()
            for member in self.counted.authors_of(item)
        ]
        columns = self._columns("姓名", KEY, "编号")
        return Table(f"{MEMBERS}（{len(rows)} 行）", columns, tuple(rows))


def _in(counter: str, label: str) -> Callable[[Count], int]:
    """The number of a label in one of a count's counters."""

    def number(count: Count) -> int:
        held: Counter[str] = getattr(count, counter)
        return held[label]

    return number
