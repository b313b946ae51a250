"""The rows behind a bulletin: one for each item, each item of a unit and each item of a member.

Every measure of the bulletin is a column of these tables, so that each of its figures is a sum
over rows, which a spreadsheet, or `checking`, works out anew.
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

ITEMS: Final = "信息明细"
UNITS: Final = "单位明细"
MEMBERS: Final = "个人明细"
KEY: Final = "名册号"
FIRST: Final = "序列首行"
"""The column that is 1 in one row of an item for each group: items of a group are counted by it."""


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
        return Figure(measure.of(count), Rows(ITEMS, (), name))

    def group(self, name: str, group: str) -> Figure:
        """A measure of a peer group, every item once."""
        where = (("考评序列", group), (FIRST, 1))
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
        """The tables of rows; those of members only where they are asked for."""
        made = [self._items(), self._units()]
        return tuple([*made, self._members()] if members else made)

    def _columns(self, *titles: str) -> tuple[Column, ...]:
        return (
            *map(Column, titles),
            *(Column(measure.name, "right") for measure in self.measures),
        )

    def _items(self) -> Table:
        titles, register = self.counted.material.scores.titles, self.counted.material.year.register
        last = self.counted.rhythm.period.last
        rows: list[tuple[Cell, ...]] = [
            (
                *titles[item],
                "、".join(register.members[one].name for one in self.counted.authors_of(item)),
                "、".join(register.unit_name(one, last) for one in self.counted.units_of(item)),
                self.counted.material.year.day_of[item],
                *measures,
            )
            for item, measures in self._of_items.items()
        ]
        columns = self._columns("编号", "标题", "作者", "报送单位", "报送日期")
        return Table(f"{ITEMS}（{len(rows)} 条）", columns, tuple(rows))

    def _units(self) -> Table:
        counted, last = self.counted, self.counted.rhythm.period.last
        rows: list[tuple[Cell, ...]] = []
        for item, measures in self._of_items.items():
            seen = set()
            for unit in counted.units_of(item):
                group = counted.group_of_unit(unit)
                first = int(group not in seen)
                seen.add(group)
                name = counted.material.year.register.unit_name(unit, last)
                number = counted.material.scores.titles[item][0]
                rows.append((name, f"F{unit}", group, first, number, *measures))
        columns = self._columns("单位", KEY, "考评序列", FIRST, "编号")
        return Table(f"{UNITS}（{len(rows)} 行）", columns, tuple(rows))

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
