"""What scoring gives: holders with their totals, obligations, and every line behind a total."""

from collections.abc import Callable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Literal, NamedTuple, Protocol

from sqmy.days import Day, Period
from sqmy.facts import FactId
from sqmy.rules.tasks import Metric

HolderType = Literal["member", "unit"]

Key = tuple[HolderType, FactId]
"""A holder of points: a member or a unit."""


class PointLine(NamedTuple):
    """明细: one reason for points. A total is only ever the sum of its lines.

    Attributes:
        clause: the regulation's clause, never empty.
        item: the item that caused it; None for quota points and limits.
        fact: the evidence, a place in the chain; None likewise.
        note: the reason in words.
        day: when it counts; the end of the period for quota points.
        account: the account it is entered in; None for the points.
        ruling: the ruling that decided it.
        edition: the edition of the rule, where the year has several; else "".
    """

    clause: str
    points: Fraction
    item: FactId | None
    fact: FactId | None
    note: str
    day: Day = ""
    account: str | None = None
    ruling: FactId | None = None
    edition: str = ""


class Incident(NamedTuple):
    """A finding on a holder itself, or on an item that it signed.

    Attributes:
        item: the item; None for one on the holder.
    """

    kind: str
    day: Day
    fact: FactId
    item: FactId | None


class Open(NamedTuple):
    """待定: a fact whose points nobody can tell, because something is not recorded.

    Attributes:
        missing: the attribute that the clause looks at.
    """

    clause: str
    item: FactId | None
    fact: FactId
    missing: str


class LeftOut(NamedTuple):
    """不计: an event on a holder's item, or a finding on it, that gave it no points in the year.

    Attributes:
        what: the event in words.
        why: the reason in words.
    """

    item: FactId | None
    fact: FactId
    what: str
    why: str


class Tally(NamedTuple):
    """How many items of a holder were submitted, and adopted, in the year."""

    submitted: int
    adopted: int

    @property
    def rate(self) -> Fraction:
        """Adopted in proportion to submitted; 0 where nothing was."""
        return Fraction(self.adopted, self.submitted) if self.submitted else Fraction()


Quantity = Fraction | int
"""How many: a whole number, unless parts, rates or points are counted."""


class Obligation(NamedTuple):
    """应完成任务: what one holder owes in one period, and has done."""

    key: Key
    name: str
    unit: str
    role: str
    metric: Metric
    period: Period
    required: Quantity
    actual: Quantity
    binding: bool
    clause: str

    @property
    def met(self) -> bool:
        """Whether enough was done."""
        return self.actual >= self.required

    def state(self, as_of: Day) -> str:
        """`完成`, `未完成`, or `未到期` while the period runs and the count is short."""
        if self.met:
            return "完成"
        return "未到期" if as_of <= self.period.last else "未完成"


class Holder(NamedTuple):
    """得分人或单位, as it stood on the last day of the year.

    Attributes:
        unit: a member's unit; a unit's own name.
        kind: a unit's kind; "" for a member.
        peer_group: 考评序列; None is one group.
        standing: 名次 within the peer group.
        accounts: the totals of other accounts, by name.
    """

    key: Key
    name: str
    unit: str
    kind: str
    peer_group: str | None
    total: Fraction
    standing: int
    accounts: Mapping[str, Fraction] = MappingProxyType({})


class TallyOf(Protocol):
    """What one holder submitted and had adopted, in the year or in a part of it."""

    def __call__(self, key: Key, period: Period | None = None, /) -> Tally:
        """The tally of a holder."""


class ScoreBook(NamedTuple):
    """A year's points.

    Attributes:
        members, units: holders in order of standing, then of the register.
        obligations: every obligation due in the year, of the holders above.
        lines_of: computes the lines of one holder, on demand, by the same steps.
        lines_in: likewise those of another account.
        tally_of: what one holder submitted and had adopted.
        incidents_of: the findings on one holder and its items up to the year's end.
        left_out: what of one holder's did not count, and why.
        item_points: what each item earned in points by lines of these clauses (all, if none is
            named) in a part of the year, before sharing; only items with a line.
        open: the facts that nobody can tell the points of.
    """

    year: Period
    members: tuple[Holder, ...]
    units: tuple[Holder, ...]
    obligations: tuple[Obligation, ...]
    lines_of: Callable[[Key], tuple[PointLine, ...]]
    lines_in: Callable[[Key, str], tuple[PointLine, ...]]
    tally_of: TallyOf
    incidents_of: Callable[[Key], tuple[Incident, ...]]
    item_points: Callable[[Period, tuple[str, ...]], dict[FactId, Fraction]]
    left_out: Callable[[Key], tuple[LeftOut, ...]]
    open: tuple[Open, ...] = ()
