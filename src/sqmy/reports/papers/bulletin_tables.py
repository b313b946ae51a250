"""The enclosures of a bulletin: units by peer group, members, and what was adopted."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Final, NamedTuple

from sqmy.facts import FactId
from sqmy.reports.model import Cell, Column, Figure, Number, Section, Table
from sqmy.reports.papers.bulletin_detail import Details
from sqmy.reports.papers.bulletin_facts import OTHERS, Counted
from sqmy.reports.tally import Adopted
from sqmy.scoring.book import Holder, Key
from sqmy.terms import FORMS

_MOST_CHANNELS: Final = 6
"""So many channels have a column each."""

_WHOLE: Final = "合计"


class _Group(NamedTuple):
    """What one row or the last of a table is about.

    Attributes:
        figure: the figure of a measure.
        holders: whose points and tasks it has.
    """

    figure: Callable[[str], Figure]
    holders: Sequence[Holder]


_Filled = tuple[Column, Callable[[_Group], Cell]]
"""A column of figures with what fills it."""


class _Tables:
    """Makes the rows of statistics, cell by cell."""

    def __init__(self, details: Details) -> None:
        self.details = details
        self.counted: Counted = details.counted
        self.form = self.counted.profile.bulletin
        self.label = self.counted.rhythm.label
        self.labels = [
            label
            for label, _ in self.counted.spans
            if not (label == "累计" and "累计" in self.form.left_out)
        ]
        self.main = self.counted.whole[self.label]

    def columns(self) -> Iterator[_Filled]:
        """Every column of figures with what fills it."""
        out = self.form.left_out
        if "报送" not in out:
            yield from self._spread("报送", f"报送（{self.counted.profile.wording.measure}）")
        if "采用" not in out:
            over = f"采用（{self.counted.profile.wording.measure}）"
            channels = self.counted.channels
            for channel in channels if len(channels) <= _MOST_CHANNELS else ():
                name = self.details.channel(channel.label)
                yield Column(channel.label, "right", over=over), self._cell(name)
            yield from self._spread("采用", over, alone="采用")
        if "批示" not in out:
            yield from self._spread("批示", "批示（件次）")
        if "采用率" not in out:
            yield Column("采用率", "right"), self._rate
        if "得分" not in out:
            yield from self._points()
        if "任务" not in out and self.counted.material.scores.book.obligations:
            yield Column("任务", "center"), self._tasks

    def _spread(self, measure: str, over: str, alone: str = "") -> Iterator[_Filled]:
        """A measure in each of the spans; of one span alone under its own name."""
        for label in self.labels:
            several = len(self.labels) > 1
            title = label if several else alone or over
            head = Column(title, "right", over=over if several or alone else "")
            yield head, self._cell(f"{label}{measure}")

    def _cell(self, name: str) -> Callable[[_Group], Cell]:
        def cell(group: _Group) -> Cell:
            figure = group.figure(name)
            return "" if figure.value == 0 and self._blank else figure

        return cell

    @property
    def _blank(self) -> bool:
        return self.counted.profile.printing.zeros == "空白"

    def _rate(self, group: _Group) -> Cell:
        rate = self.details.rate(
            group.figure(f"{self.label}采用"), group.figure(f"{self.label}报送")
        )
        return "" if rate == 0 and self._blank else rate

    def _points(self) -> Iterator[_Filled]:
        if self.counted.spans[-1][0] == "累计":
            yield Column(self.label, "right", over="得分"), self._earned
            if "累计" in self.labels:
                yield Column("累计", "right", over="得分"), self._total
        else:
            yield Column("得分", "right"), self._total

    def _total(self, group: _Group) -> Cell:
        return self._number(sum((holder.total for holder in group.holders), Fraction()))

    def _earned(self, group: _Group) -> Cell:
        before = self.counted.material.earned_before
        return self._number(
            sum((h.total - before.get(h.key, Fraction()) for h in group.holders), Fraction())
        )

    def _number(self, value: Fraction) -> Number:
        return Number(value, self.counted.rulebook.decimals, trimmed=True)

    def _tasks(self, group: _Group) -> Cell:
        """Binding obligations met of those that have come due by the period's end."""
        own = [met for holder in group.holders for met in self._due.get(holder.key, ())]
        return f"{sum(own)}/{len(own)}" if own else ""

    @cached_property
    def _due(self) -> dict[Key, list[bool]]:
        found: dict[Key, list[bool]] = {}
        last = self.counted.rhythm.period.last
        for one in self.counted.material.scores.book.obligations:
            if one.binding and one.period.last <= last:
                found.setdefault(one.key, []).append(one.met)
        return found


def units(details: Details) -> Section:
    """The statistics of units, a table for each peer group, ranked within it."""
    counted, made = details.counted, _Tables(details)
    tables = []
    columns = list(made.columns())
    several = len(counted.groups) > 1
    for group in counted.groups:
        own = [unit for unit in counted.units if unit.key in {u.key for u in counted.groups[group]}]
        rows: list[tuple[Cell, ...]] = [
            (unit.standing, unit.name, *_filled(columns, details.unit, unit)) for unit in own
        ]
        whole = _Group(lambda name, group=group: details.group(name, group), own)  # type: ignore[misc]
        rows.append(("", _WHOLE, *(cell(whole) for _, cell in columns)))
        heads = (Column("名次", "center"), Column("单位"), *(column for column, _ in columns))
        tables.append(
            Table(
                f"{group}（{len(own)} 个单位）" if several or group != OTHERS else "",
                heads,
                tuple(rows),
                tuple(_notes(details, group, own)),
                totals=1,
            )
        )
    what = counted.profile.wording.what
    return Section(f"{counted.rhythm.told}各单位{what}报送和采用情况统计表", tuple(tables))


def _filled(
    columns: Sequence[_Filled],
    figure: Callable[[str, FactId], Figure],
    holder: Holder,
) -> Iterator[Cell]:
    own = _Group(lambda name: figure(name, holder.key[1]), (holder,))
    return (cell(own) for _, cell in columns)


def _notes(details: Details, group: str, own: Sequence[Holder]) -> Iterator[str]:
    """Why a column may add up to more than its last row, and what else its points hold."""
    late = details.counted.material.late
    if late and late.earns and "得分" not in details.counted.profile.bulletin.left_out:
        told = f"累计得分与截至 {late.correction.sealed.until} 公布的得分之差"
        yield f"{details.counted.rhythm.label}得分是{told}，含补记和更正。"
    name = f"{details.counted.spans[-1][0]}报送"
    added = sum(int(str(details.unit(name, unit.key[1]))) for unit in own)
    whole = int(str(details.group(name, group)))
    measure = details.counted.profile.wording.measure
    if added > whole:
        yield (
            f"几个单位联合报送的，各单位分别计数，合计只计一次：各单位相加{added}{measure}，"
            f"合计{whole}{measure}。"
        )


def members(details: Details) -> Section:
    """The statistics of members who submitted or earned something, ranked."""
    counted, made = details.counted, _Tables(details)
    columns = list(made.columns())
    label = counted.spans[-1][0]
    active = [
        member
        for member in counted.members
        if member.total
        or int(str(details.member(f"{label}报送", member.key[1])))
        or int(str(details.member(f"{label}采用", member.key[1])))
    ]
    rows = tuple(
        (member.standing, member.name, member.unit, *_filled(columns, details.member, member))
        for member in active
    )
    idle = len(counted.members) - len(active)
    notes = (f"另有{idle}人本年度没有报送信息，也没有得分，未列入。",) if idle else ()
    heads = (
        Column("名次", "center"),
        Column("姓名"),
        Column("单位"),
        *(column for column, _ in columns),
    )
    what = counted.profile.wording.what
    title = f"{counted.rhythm.told}委员{what}报送和采用情况统计表"
    return Section(title, (Table(f"个人（{len(rows)} 人）", heads, rows, notes),))


def catalogue(details: Details) -> Section:
    """What was adopted in the period, from the highest channel to the lowest."""
    counted = details.counted
    columns = (
        Column("采用单位"),
        Column("序号", "center"),
        Column("标题"),
        Column("作者"),
        Column("报送单位"),
        Column("采用方式", "center"),
        Column("日期", "center"),
        Column("刊物"),
    )
    rows: list[tuple[Cell, ...]] = []
    for channel in reversed(counted.channels):
        own = [one for one in counted.main.adoptions if one.channel == channel.label]
        rows += [
            (channel.label, place, *_adopted(counted, one)) for place, one in enumerate(own, 1)
        ]
    table = Table(f"采用目录（{len(rows)} 条次）", columns, tuple(rows), grouped_by="采用单位")
    what = counted.profile.wording.what
    return Section(f"{counted.rhythm.told}{what}采用目录", (table,))


def _adopted(counted: Counted, one: Adopted) -> tuple[Cell, ...]:
    register = counted.material.year.register
    _, month, day = one.day.split("-")
    return (
        counted.material.scores.titles[one.item][1],
        "、".join(register.members[author].name for author in counted.authors_of(one.item)),
        "、".join(register.unit_name(unit, one.day) for unit in counted.units_of(one.item)),
        FORMS[one.form] if one.form else "",
        f"{int(month)}月{int(day)}日",
        printed_in(*counted.material.issues.get(one.fact, ("", ""))),
    )


def printed_in(journal: str, issue: str) -> str:
    """Journal and issue of an adoption: `《市政协信息》第12期`."""
    name = journal if not journal or journal.startswith("《") else f"《{journal}》"
    bare = issue.isascii() and issue.isdigit()
    return f"{name}第{issue}期" if bare else f"{name}{issue}"


ENCLOSURES: Final = {"单位": units, "个人": members, "目录": catalogue}
"""What makes each enclosure."""
