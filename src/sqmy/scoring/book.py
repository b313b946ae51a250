"""What scoring gives: holders with their totals, obligations, and every line behind a total."""

from collections.abc import Callable
from fractions import Fraction
from typing import Literal, NamedTuple

from sqmy.days import Day, Period
from sqmy.facts import FactId

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
    """

    clause: str
    points: Fraction
    item: FactId | None
    fact: FactId | None
    note: str


class Obligation(NamedTuple):
    """应完成任务: what one holder owes in one period, and has done."""

    key: Key
    name: str
    unit: str
    role: str
    metric: Literal["submitted", "adopted"]
    period: Period
    required: int
    actual: int
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
    """

    key: Key
    name: str
    unit: str
    kind: str
    peer_group: str | None
    total: Fraction
    standing: int


class ScoreBook(NamedTuple):
    """A year's points.

    Attributes:
        members, units: holders in order of standing, then of the register.
        obligations: every obligation due in the year, of the holders above.
        lines_of: computes the lines of one holder, on demand, by the same steps.
    """

    year: Period
    members: tuple[Holder, ...]
    units: tuple[Holder, ...]
    obligations: tuple[Obligation, ...]
    lines_of: Callable[[Key], tuple[PointLine, ...]]
