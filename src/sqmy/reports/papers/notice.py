"""通知: to each unit, who of it owes submissions still or fell short, with days left.

For the office itself, whom to ring, and a polite message to copy; for the units, letters.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

from sqmy import points, terms
from sqmy.days import Day, days_between, in_chinese
from sqmy.reports.model import Cell, Column, Letter, Report, Section, Sentence, Table
from sqmy.reports.papers.letters import Issue, common, letter
from sqmy.reports.papers.periods import short
from sqmy.reports.papers.phrasing import Piece, filled, said
from sqmy.reports.papers.profile import Profile
from sqmy.reports.quotas import count
from sqmy.reports.scores import YearScores, basis
from sqmy.scoring.book import Obligation

_OWING: Final = ("未完成", "未到期")


class Contact(NamedTuple):
    """联络员: whom to ring at a unit; what is "" is not known."""

    name: str = ""
    phone: str = ""

    def __str__(self) -> str:
        return " ".join(filter(None, self))


class Owed(NamedTuple):
    """What a unit and its people have not met.

    Attributes:
        unit: its name.
        obligations: those of the unit first, then its members' in the order of the register.
        contact: its liaison.
    """

    unit: str
    obligations: tuple[Obligation, ...]
    contact: Contact


class Owing(NamedTuple):
    """What notices are drafted from.

    Attributes:
        scores: the year's points, and with them the obligations.
        period: what it is called, `2025年第三季度`.
        owed: what is not met, unit by unit.
        as_of: the day from which days are counted.
    """

    scores: YearScores
    period: str
    owed: tuple[Owed, ...]
    as_of: Day


class Notice:
    """The notices of a period.

    Args:
        material: who owes what.
        profile: how the office words it.
        issue: number and date.
    """

    def __init__(self, material: Owing, profile: Profile, issue: Issue) -> None:
        self.scores, self.period, self.owed, self.as_of = material
        self.profile = profile
        self.issue = issue

    def overview(self) -> Report:
        """For the office: every unit with whom to ring and what to say."""
        title = f"{self.period}任务催报（截至{in_chinese(self.as_of)}）"
        sections = [
            Section(
                f"{one.unit}（{one.contact}）" if str(one.contact) else one.unit,
                (self._table(one), f"可以发给联络员的话：{self.message(one)}"),
            )
            for one in self.owed
        ]
        lead = (
            f"有任务没有完成的单位 {len(self.owed)} 个，"
            f"共 {sum(len(one.obligations) for one in self.owed)} 项。"
            if sections
            else "任务都已完成，没有需要催的。"
        )
        return Report(title, tuple(sections), lead=(lead,), basis=basis(self.scores))

    def letters(self) -> Report:
        """For the units: a letter to each."""
        made = [self._letter(one) for one in self.owed]
        if not made:
            return self.overview()
        return made[0]._replace(following=tuple(made[1:]))

    def _letter(self, one: Owed) -> Report:
        form = self.profile.notice
        slots = self._slots(one)
        body: list[Sentence | Table] = [
            sentence for frame in form.body if (sentence := filled(frame, slots))
        ]
        return Report(
            said(form.title, slots),
            (*body, self._table(one)),
            basis=basis(self.scores),
            letter=self._around(one.unit),
        )

    def _around(self, unit: str) -> Letter:
        """A formal document only where it is given a number."""
        around = letter(self.profile, self.issue, f"{unit}：")
        if self.issue.number:
            return around
        return around._replace(masthead="", copies="", printer="", remark="")

    def message(self, one: Owed) -> str:
        """A polite text to copy."""
        return said(self.profile.notice.message, self._slots(one))

    def _slots(self, one: Owed) -> dict[str, Piece | Sentence | None]:
        states = Counter(o.state(self.as_of) for o in one.obligations)
        running = [o.period.last for o in one.obligations if o.state(self.as_of) == "未到期"]
        end = min(running, default="")
        liaison = f"{one.contact.name}同志" if one.contact.name else None
        return {
            **common(self.profile, self.period),
            "办法": self.scores.rulebook.name,
            "单位": one.unit,
            "联络员": liaison,
            "欠交": self._briefly(one.obligations),
            "未到期": states["未到期"] or None,
            "未完成": states["未完成"] or None,
            "期末": short(end) if end else None,
            "天数": days_between(self.as_of, end) if end else None,
        }

    def _briefly(self, obligations: Iterable[Obligation]) -> str:
        """`本单位1条，常山1条`: what is lacking, for a message."""
        lacking: dict[str, Fraction] = {}
        for one in obligations:
            who = "本单位" if one.key[0] == "unit" else one.name
            lacking[who] = lacking.get(who, Fraction()) + one.required - one.actual
        measure = self.profile.wording.measure
        return "，".join(f"{who}{points.exact(number)}{measure}" for who, number in lacking.items())

    def _table(self, one: Owed) -> Table:
        columns = (
            Column("姓名或单位"),
            Column("身份或类别"),
            Column("期间", "center"),
            Column("任务", "center"),
            Column("已完成", "right"),
            Column("还差", "right"),
            Column("状态", "center"),
            Column("还剩", "right"),
        )
        return Table("", columns, tuple(self._row(o) for o in one.obligations))

    def _row(self, one: Obligation) -> tuple[Cell, ...]:
        state = one.state(self.as_of)
        return (
            one.name,
            one.role,
            one.period.chinese[len("2025年") :] or "全年",
            f"{terms.METRICS[one.metric]} {count(one, one.required)}",
            count(one, one.actual),
            count(one, one.required - one.actual),
            state if one.binding else f"{state}（原则上）",
            f"{days_between(self.as_of, one.period.last)} 天" if state == "未到期" else "",
        )

    def table(self) -> Table:
        """All of it in one flat table."""
        first = self._table(Owed("", (), Contact()))
        columns = (Column("单位"), Column("联络员"), Column("联系电话"), *first.columns)
        rows = tuple(
            (one.unit, *one.contact, *self._row(o)) for one in self.owed for o in one.obligations
        )
        return Table(f"催报（{len(rows)} 项）", columns, rows)

    def workbook(self) -> Report:
        """The flat table, and the messages."""
        columns = (Column("单位"), Column("联络员"), Column("联系电话"), Column("可以发的话"))
        rows = tuple((one.unit, *one.contact, self.message(one)) for one in self.owed)
        told = Table(f"短信（{len(rows)} 条）", columns, rows)
        return self.overview()._replace(body=(self.table(), told))

    def value(self) -> list[dict[str, Any]]:
        """For programs."""
        return [
            {
                "unit": one.unit,
                "liaison": one.contact.name or None,
                "phone": one.contact.phone or None,
                "message": self.message(one),
                "obligations": [
                    {
                        "holder": o.name,
                        "role": o.role,
                        "metric": o.metric,
                        "period": o.period.label,
                        "period_end": o.period.last,
                        "required": o.required,
                        "actual": o.actual,
                        "due": o.state(self.as_of) == "未完成",
                        "binding": o.binding,
                    }
                    for o in one.obligations
                ],
            }
            for one in self.owed
        ]


def owed_by_unit(
    obligations: Iterable[Obligation], as_of: Day, contacts: Mapping[str, Contact]
) -> tuple[Owed, ...]:
    """What is not met, under the unit that it is told to, in the order of the obligations.

    Args:
        obligations: of the period.
        as_of: the day up to which one that is short counts as not yet due.
        contacts: the liaison of each unit by its name.
    """
    found: dict[str, list[Obligation]] = {}
    for one in obligations:
        if one.state(as_of) in _OWING:
            found.setdefault(one.unit, []).append(one)
    return tuple(
        Owed(unit, tuple(_units_first(own)), contacts.get(unit, Contact()))
        for unit, own in found.items()
    )


def _units_first(obligations: Sequence[Obligation]) -> Iterator[Obligation]:
    yield from (one for one in obligations if one.key[0] == "unit")
    yield from (one for one in obligations if one.key[0] == "member")
