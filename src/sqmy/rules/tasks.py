"""任务: what is owed and what it earns or costs: step 5 of the rulebook."""

from fractions import Fraction
from typing import Literal, NamedTuple

from sqmy.days import Day
from sqmy.rules.amounts import Amount, Criterion

Span = Literal["week", "month", "quarter", "half", "year"]
"""A period of the scoring year. A week belongs to the year in which it ends."""


class Weights(NamedTuple):
    """折算: how many each item counts, by dimensions; `clause` where it has one of its own."""

    by: tuple[str, ...]
    amounts: Amount
    clause: str | None = None


class Quota(NamedTuple):
    """任务: what each holder of a role, or each unit of a kind, owes in each period.

    Attributes:
        due: an obligation is due if the role was held at the period's end, or at any time in it.
        submitted, forwarded, adopted: how many items. Exactly one of these five is given.
        points: how many points of items (计分), in the period.
        rate: which part of the items submitted in the period has been adopted.
        nothing_submitted: for a rate, what no submission at all means.
        period: a declared period (考核期) in place of `per`'s calendar ones; `per` is `year` then.
        channels: whose adoptions count; of none named, all.
        when: which items count.
        weights: how many each counts, where not one.
        distinct: the attribute of which items of one value count once, and those of none never:
            one for each project, not for each item.
        by_unit: the number for some units by name, in place of the general one; 0 is no quota.
        per_head: the number is owed for each member of the unit on the period's last day.
        carry: what is over counts in the following period of the year.
        since, until: an obligation is owed if its period ends on one of these days.
        binding: False for what the regulation only asks "in principle".
    """

    clause: str
    per: Span
    binding: bool
    due: Literal["held_at_end", "held_at_all"]
    roles: tuple[str, ...] = ()
    unit_kinds: tuple[str, ...] = ()
    submitted: Fraction | None = None
    forwarded: Fraction | None = None
    adopted: Fraction | None = None
    points: Fraction | None = None
    rate: Fraction | None = None
    nothing_submitted: Literal["met", "unmet"] | None = None
    period: str | None = None
    channels: tuple[str, ...] = ()
    when: dict[str, Criterion] | None = None
    weights: Weights | None = None
    distinct: str | None = None
    by_unit: dict[str, Fraction] | None = None
    per_head: bool = False
    carry: bool = False
    since: Day | None = None
    until: Day | None = None

    @property
    def metric(self) -> "Metric":
        """What is counted."""
        return next((m for m in METRICS if getattr(self, m) is not None), "submitted")

    @property
    def required(self) -> Fraction:
        """The general number."""
        found: Fraction | None = getattr(self, self.metric)
        return found or Fraction()

    @property
    def plain(self) -> bool:
        """Whether whole items are counted, with nothing to look up about them."""
        plain_metric = self.submitted is not None or (self.adopted is not None and self.channels)
        closer = self.when or self.weights or self.distinct or self.period or self.weekly
        return bool(plain_metric) and not closer

    @property
    def weekly(self) -> bool:
        """Whether its periods are weeks, which months do not hold."""
        return self.per == "week"


Metric = Literal["submitted", "forwarded", "adopted", "points", "rate"]
METRICS: tuple[Metric, ...] = ("submitted", "forwarded", "adopted", "points", "rate")
"""What a quota may count."""


class QuotaCount(NamedTuple):
    """任务计数: how submissions and adoptions are counted towards quotas.

    Attributes:
        joint: a joint item counts one for each author, for the first alone, or its equal part.
        by_unit: an item signed by the unit counts for the unit alone, or for its authors too.
        findings: an item with a finding in the year counts for nothing, or as usual.
        when: which items count at all, for any quota.
        clause: the clause that says so.
    """

    joint: Literal["each", "first", "part"]
    by_unit: Literal["units_only", "both"]
    findings: Literal["excluded", "counted"]
    when: dict[str, Criterion] | None = None
    clause: str | None = None

    def plainly(self, quota: Quota) -> bool:
        """Whether a quota counts whole items, with nothing to look up about them."""
        return quota.plain and self.joint != "part" and not self.when


class Outcome(NamedTuple):
    """每期: what each obligation brings, by how it was met. What is not named brings nothing.

    Attributes:
        met, unmet: fixed points.
        ratio: points in proportion to what was done; the full number when met.
        beyond: with `ratio`, whether what was done beyond the number counts on.
        per_missing: for each one that is missing.
        per_extra: for each one beyond the number.
    """

    met: Fraction | None = None
    unmet: Fraction | None = None
    ratio: Fraction | None = None
    beyond: bool = False
    per_missing: Fraction | None = None
    per_extra: Fraction | None = None


class QuotaReward(NamedTuple):
    """完成任务得分: what a holder earns for the binding obligations of a clause.

    Attributes:
        quota: the clause of the quotas.
        points: for all obligations of the year together.
        condition: all or nothing, or in proportion to the obligations met.
        otherwise: for `all`, what it brings where not all are met.
        each: or what each obligation brings by itself.
        to: who is credited: the holder, or each member of the unit that owed it.
        account: the account it is entered in; None for the points.
    """

    clause: str
    quota: str
    points: Fraction | None = None
    condition: Literal["all", "proportional"] | None = None
    otherwise: Fraction | None = None
    each: Outcome | None = None
    to: Literal["holder", "unit_members"] = "holder"
    account: str | None = None


class BasePoints(NamedTuple):
    """基础分: points that each holder of a role, or unit of a kind, has to begin with."""

    clause: str
    points: Fraction
    per: Span
    due: Literal["held_at_end", "held_at_all"]
    roles: tuple[str, ...] = ()
    unit_kinds: tuple[str, ...] = ()
