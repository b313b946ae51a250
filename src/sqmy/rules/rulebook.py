"""The rulebook as frozen values, in the order in which points are made.

Each class is one kind of entry of the YAML file; `keywords.py` has the Chinese key of each
field and of each choice. There are no silent defaults: a field without a default must be
written, and a default always means that the regulation has no such rule. Plain NamedTuples, so
that recording and scoring load the compiled form in no time.

Annotations are evaluated here (no `from __future__`), because reader, compiler and schema all
walk them.
"""

from fractions import Fraction
from typing import Literal, NamedTuple

from sqmy.days import Day
from sqmy.rules.amounts import Amount, Criterion, Scale
from sqmy.rules.awarding import Award, Conversion, Limit, Standings, Total
from sqmy.rules.conditions import Authors, Before, Besides, Units
from sqmy.rules.parts import Parts
from sqmy.rules.tasks import BasePoints, Quota, QuotaCount, QuotaReward
from sqmy.rules.words import Words
from sqmy.vocabulary import Vocabulary

Clause = str
"""The regulation's own number of a clause, `六(二)2`; always text."""

EventKind = Literal["submission", "forwarding", "adoption", "instruction", "finding"]
"""The facts about an item that may earn."""


class Year(NamedTuple):
    """年度: the scoring year.

    Attributes:
        start: its first month and day.
        counts_by: whether a fact counts in the year of its own date, or in its item's.
    """

    clause: Clause
    start: str
    counts_by: Literal["own_date", "submission_date"]


class OwnSharing(NamedTuple):
    """分摊 of one rule, in place of the rulebook's."""

    members: Parts | None = None
    units: Parts | None = None


class ItemRule(NamedTuple):
    """计分: what one kind of fact about an item earns, by look-up.

    Attributes:
        submission: points of the submission itself. Exactly one of these five is given.
        forwarding: points by channel that our office sent it on to.
        adoption: points by channel.
        instruction: points by rank.
        finding: points by kind of finding.
        once: how often an item earns: each time, once per label, the highest once, or once.
        scope: whether "once" starts anew each scoring year or holds for the item's whole life.
        by: the dimensions by which amounts are looked up further, in order.
        ordinal: where an amount is a list, what is counted: the item's events of this rule, or
            all that one holder has of it in the scoring year.
        forms: for adoptions, the factor of each form.
        after_adoption: for instructions, whether only an item already adopted earns.
        authors, units, when, before, besides: conditions; all must be fulfilled.
        sharing: how this rule's points are shared, where not as the others.
        account: the account it is entered in; None for the points.
        also: further accounts that it is entered in, with how much for each point.
        since, until: first and last day of the events that it is for.
        of_edition: the edition it is from, where a year has several; never written.
    """

    clause: Clause
    once: Literal["each", "per_label", "highest", "once"]
    scope: Literal["year", "ever"]
    submission: Amount | None = None
    forwarding: dict[str, Amount] | None = None
    adoption: dict[str, Amount] | None = None
    instruction: dict[str, Amount] | None = None
    finding: dict[str, Amount] | None = None
    by: tuple[str, ...] = ()
    ordinal: Literal["item", "year"] | None = None
    forms: dict[str, Fraction] | None = None
    after_adoption: bool | None = None
    authors: Authors | None = None
    units: Units | None = None
    when: dict[str, Criterion] | None = None
    before: Before | None = None
    besides: Besides | None = None
    sharing: OwnSharing | None = None
    account: str | None = None
    also: dict[str, Fraction] | None = None
    since: Day | None = None
    until: Day | None = None
    of_edition: str = ""

    @property
    def kind(self) -> EventKind:
        """The kind of fact the rule looks at."""
        return next((kind for kind in KINDS if getattr(self, kind) is not None), "finding")

    @property
    def table(self) -> dict[str, Amount]:
        """Amounts by label; the label of a submission is "" ."""
        if self.submission is not None:
            return {"": self.submission}
        return self.forwarding or self.adoption or self.instruction or self.finding or {}


KINDS: tuple[EventKind, ...] = ("submission", "forwarding", "adoption", "instruction", "finding")
"""The kinds of fact in the order in which they follow one another on one day."""


class Coefficient(NamedTuple):
    """系数: multiplies what rules of some clauses earn, where its conditions are fulfilled.

    Attributes:
        rules: the clauses of the rules.
        factor: a number, or one for each value of the dimensions `by`.
        scale: or a recorded number. Exactly one of the two is given.
    """

    clause: Clause
    rules: tuple[Clause, ...]
    factor: Amount | None = None
    by: tuple[str, ...] = ()
    scale: Scale | None = None
    authors: Authors | None = None
    units: Units | None = None
    when: dict[str, Criterion] | None = None
    before: Before | None = None
    besides: Besides | None = None
    since: Day | None = None
    until: Day | None = None


class Combination(NamedTuple):
    """合并: how the points of several rules on one item go together.

    Attributes:
        method: all add up; only the clause that earns most; the `keep` best single lines; or the
            clause that stands last in `rules` replaces those before it.
        keep: for `best`, how many lines.
        per_level: for `best`, whether each level keeps one line at the most.
    """

    clause: Clause
    rules: tuple[Clause, ...]
    method: Literal["cumulative", "highest", "best", "replacing"]
    keep: int | None = None
    per_level: bool | None = None


class OtherPoints(NamedTuple):
    """认定影响: whether an item's other points stand after a finding in the year.

    Attributes:
        kinds: the findings that this is about; all of them if none is named.
    """

    clause: Clause
    other_points: Literal["stand", "cancelled"]
    kinds: tuple[str, ...] = ()


class Consequence(NamedTuple):
    """后果: what follows for a holder from findings, beyond their points.

    Attributes:
        kinds: findings on the holder, or on an item that it signed.
        times: from how many on, this number included.
        effect: the points of that span become 0; barred from awards of the year, or for good; or
            what becomes of items on later days earns nothing any more, in no account.
        within: the span in which they are counted; None where it lasts, and all ever count.
        awards: the awards that it bars from; of none named, from all.
    """

    clause: Clause
    kinds: tuple[str, ...]
    times: int
    effect: Literal["zero", "barred", "barred_for_good", "no_more"]
    within: Literal["month", "quarter", "half", "year"] | None = None
    awards: tuple[str, ...] = ()

    @property
    def lasting(self) -> bool:
        """Whether it goes on beyond the year."""
        return self.effect in {"barred_for_good", "no_more"}


class SharingException(NamedTuple):
    """例外: items of certain authors, whose points go to the units alone or to both."""

    clause: Clause
    authors: Authors
    credit: Literal["units_only", "both"]


class Sharing(NamedTuple):
    """分摊: how an item's points pass to its authors and to its units.

    Attributes:
        members: the authors' parts.
        units: the reporting units' parts.
        by_unit: an item signed by the unit is credited to the units alone, or to both.
        exception: items of resident upper-level members.
    """

    clause: Clause
    members: Parts
    units: Parts
    by_unit: Literal["units_only", "both"]
    exception: SharingException | None = None


class Rulebook(NamedTuple):
    """计分办法: one edition of a regulation.

    Attributes:
        quota_count: there wherever there are quotas.
        findings: there wherever a finding may be about an item.
    """

    name: str
    edition: str
    source: str
    clauses: dict[Clause, str]
    words: Words
    decimals: int
    year: Year
    sharing: Sharing
    total: Total
    standings: Standings
    quotas: tuple[Quota, ...] = ()
    quota_count: QuotaCount | None = None
    rules: tuple[ItemRule, ...] = ()
    combinations: tuple[Combination, ...] = ()
    findings: OtherPoints | None = None
    quota_rewards: tuple[QuotaReward, ...] = ()
    coefficients: tuple[Coefficient, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    base_points: tuple[BasePoints, ...] = ()
    limits: tuple[Limit, ...] = ()
    conversions: tuple[Conversion, ...] = ()
    awards: tuple[Award, ...] = ()

    def vocabulary(self) -> Vocabulary:
        """What intake and the ledger need of a rulebook."""
        return self.words.vocabulary()

    @property
    def counting(self) -> QuotaCount:
        """How items are counted; as they are, where nothing is owed."""
        return self.quota_count or QuotaCount("each", "both", "counted")

    @property
    def local_roles(self) -> frozenset[str]:
        """The roles that this office assesses."""
        return frozenset(role.label for role in self.words.roles if role.local)
