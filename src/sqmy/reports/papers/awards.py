"""表彰决定: the decision and its lists, from a plain value that says who is awarded what.

The published lists have no points; within a grade the order is that of the points, or that of
the strokes of the surnames where that is asked for.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any, Final, Literal, NamedTuple

from sqmy.reports.model import Basis, Block, Column, Report, Section, Table
from sqmy.reports.papers.letters import Issue, common, letter
from sqmy.reports.papers.phrasing import filled, said
from sqmy.reports.papers.profile import Profile
from sqmy.reports.papers.strokes import by_strokes, unknown

_FIRST: Final = 2
"""So many names stand in the decision itself."""

MEASURES: Final = {"unit": "个", "member": "名", "item": "篇"}
"""How winners of each kind are counted."""

_BUNDLED: Final = {"unit": "个单位", "member": "位同志", "item": "篇信息"}


class Winner(NamedTuple):
    """One who is awarded.

    Attributes:
        name: of the unit or person; of an item its title.
        units: of a person, or of an item's authors.
        authors: of an item.
        reason: for whoever decides; it is not published.
    """

    name: str
    units: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    reason: str = ""


class AwardList(NamedTuple):
    """One list: all who get an award of one grade in one group.

    Attributes:
        award: `先进单位`, `先进个人`, `优秀社情民意信息`.
        kind: what its winners are.
        grade: `一等奖`; "" where there are none.
        group: the peer group; "" where there is none.
        winners: in the order of their points.
        order: in which order they are listed.
    """

    award: str
    kind: Literal["unit", "member", "item"]
    winners: tuple[Winner, ...]
    grade: str = ""
    group: str = ""
    order: Literal["points", "strokes"] = "points"

    def listed(self) -> tuple[Winner, ...]:
        """The winners in the order in which they are listed."""
        if self.order == "points" or self.kind == "item":
            return self.winners
        return tuple(sorted(self.winners, key=lambda winner: by_strokes(winner.name)))


class Decided(NamedTuple):
    """What a decision is drafted from.

    Attributes:
        lists: in the order of the decision; those of one award stand together.
        period: `2025年度`.
        rulebook: the regulation's name.
        approval: by whom it was approved, `县政协第12次主席会议研究`; "" for nobody yet.
        basis: what the lists rest on.
    """

    lists: tuple[AwardList, ...]
    period: str
    rulebook: str
    approval: str = ""
    basis: Basis = Basis()


class Decision:
    """A decision on awards, with its lists.

    Args:
        decided: who gets what.
        profile: how the office words it.
        issue: number and date.
    """

    def __init__(self, decided: Decided, profile: Profile, issue: Issue) -> None:
        self.decided = decided
        strokes = profile.award.order == "姓氏笔画"
        self.lists = [
            one._replace(order="strokes") if strokes else one
            for one in decided.lists
            if one.winners
        ]
        self.profile = profile
        self.issue = issue

    def report(self) -> Report:
        """The decision as an official document, the lists enclosed."""
        form = self.profile.award
        slots = {
            **common(self.profile, self.decided.period),
            "办法": self.decided.rulebook,
            "程序": self.decided.approval or None,
            "概要": self._summary() or None,
        }
        body = tuple(text for frame in form.body if (text := filled(frame, slots)))
        title = said(form.title, slots)
        named = "、".join(self._awards())
        return Report(
            title,
            body,
            basis=self.decided.basis,
            enclosures=(Section(f"{self.decided.period}{named}名单", tuple(self._sections())),)
            if self.lists
            else (),
            letter=letter(self.profile, self.issue, self.profile.bulletin.addressees),
        )

    def _awards(self) -> dict[str, list[AwardList]]:
        found: dict[str, list[AwardList]] = {}
        for one in self.lists:
            found.setdefault(one.award, []).append(one)
        return found

    def _summary(self) -> str:
        """`甲、乙等8个单位为先进单位；…`: the first names of each award, and how many there are."""
        told = []
        for award, lists in self._awards().items():
            winners = [winner for one in lists for winner in one.listed()]
            kind = lists[0].kind
            names = [_quoted(winner.name) if kind == "item" else winner.name for winner in winners]
            more = "等" if len(names) > _FIRST else ""
            told.append(f"{'、'.join(names[:_FIRST])}{more}{len(names)}{_BUNDLED[kind]}为{award}")
        return "；".join(told)

    def _sections(self) -> Iterator[Section]:
        for award, lists in self._awards().items():
            number = sum(len(one.winners) for one in lists)
            heading = f"{award}（{number}{MEASURES[lists[0].kind]}）"
            yield Section(heading, tuple(_grouped(lists)))

    def faults(self) -> list[str]:
        """What whoever signs should look at: names listed twice, strokes that are not known."""
        told = []
        for award, lists in self._awards().items():
            names = [(winner.name, winner.units) for one in lists for winner in one.winners]
            twice = dict.fromkeys(name for name in names if names.count(name) > 1)
            told += [f"“{award}”里“{name}”列了 {names.count((name, units))} 次。"
                     for name, units in twice]  # fmt: skip
        sorted_names = [
            winner.name for one in self.lists if one.order == "strokes" for winner in one.winners
        ]
        if strange := unknown(sorted_names):
            told.append(f"不知道这些字的笔画，次序请核对：{'、'.join(strange)}。")
        return told

    def table(self) -> Table:
        """All winners in one flat table, with the reasons."""
        columns = (
            Column("奖项"),
            Column("序列"),
            Column("等次"),
            Column("序号", "center"),
            Column("名称"),
            Column("作者"),
            Column("单位"),
            Column("理由"),
        )
        rows = tuple(
            (
                one.award,
                one.group,
                one.grade,
                place,
                winner.name,
                "、".join(winner.authors),
                "、".join(winner.units),
                winner.reason,
            )
            for one in self.lists
            for place, winner in enumerate(one.listed(), 1)
        )
        return Table(f"表扬名单（{len(rows)} 项）", columns, rows)

    def workbook(self) -> Report:
        """The flat table."""
        return self.report()._replace(body=(self.table(),), enclosures=(), letter=None)

    def value(self) -> list[dict[str, Any]]:
        """For programs."""
        return [
            {
                "award": one.award,
                "kind": one.kind,
                "grade": one.grade or None,
                "group": one.group or None,
                "winners": [
                    {
                        "name": winner.name,
                        "authors": list(winner.authors),
                        "units": list(winner.units),
                        "reason": winner.reason,
                    }
                    for winner in one.listed()
                ],
            }
            for one in self.lists
        ]


def _grouped(lists: Iterable[AwardList]) -> Iterator[Block]:
    """The names, one on a line, under their group and grade."""
    for group, own in groupby(lists, key=lambda one: one.group):
        graded = list(own)
        body: list[Block] = []
        for one in graded:
            lines = tuple(_line(one, place, w) for place, w in enumerate(one.listed(), 1))
            heading = f"{one.grade}（{len(lines)}{MEASURES[one.kind]}）" if one.grade else ""
            body.append(Section(heading, lines))
        number = sum(len(one.winners) for one in graded)
        heading = f"{group}（{number}{MEASURES[graded[0].kind]}）" if group else ""
        yield Section(heading, tuple(body))


def _line(one: AwardList, place: int, winner: Winner) -> str:
    """`姓名　单位、单位`; of an item `1.《题目》　作者　单位`."""
    units = "、".join(winner.units)
    if one.kind == "item":
        told = (f"{place}.{_quoted(winner.name)}", "、".join(winner.authors), units)
        return "　".join(filter(None, told))
    return f"{winner.name}　{units}" if units else winner.name


def _quoted(title: str) -> str:
    return title if title.startswith("《") else f"《{title}》"
