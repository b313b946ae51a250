"""The rulebook as frozen values, in the order in which points are made.

Each class is one kind of entry of the YAML file; `keywords.py` has the Chinese key of each
field and of each choice. There are no silent defaults: a field without a default must be
written. Plain NamedTuples, so that recording and scoring load the compiled form in no time.

Annotations are evaluated here (no `from __future__`), because reader, compiler and schema all
walk them.
"""

from fractions import Fraction
from typing import Literal, NamedTuple

from sqmy.facts import Vocabulary
from sqmy.text import match_key

Clause = str
"""The regulation's own number of a clause, `六(二)2`; always text."""

Form = Literal["whole", "compiled", "relayed"]
"""采用方式, as facts hold it."""


class Label(NamedTuple):
    """A declared word: a channel or a rank with its level, and its other spellings."""

    label: str
    level: Literal["county", "city", "provincial", "national"]
    aliases: tuple[str, ...] = ()


class Role(NamedTuple):
    """身份. `local` roles are assessed by this office; others are listed nowhere."""

    label: str
    local: bool
    aliases: tuple[str, ...] = ()


class Words(NamedTuple):
    """词汇: what may be recorded under this rulebook."""

    channels: tuple[Label, ...]
    ranks: tuple[Label, ...]
    roles: tuple[Role, ...]
    unit_kinds: tuple[str, ...]
    finding_kinds: tuple[str, ...]
    stages: tuple[str, ...]
    attributes: tuple[str, ...] = ()


class Year(NamedTuple):
    """年度: the scoring year.

    Attributes:
        start: its first month and day.
        counts_by: whether a fact counts in the year of its own date, or in its item's.
    """

    clause: Clause
    start: str
    counts_by: Literal["own_date", "submission_date"]


class Quota(NamedTuple):
    """任务: what each holder of a role, or each unit of a kind, owes in each period.

    Attributes:
        due: an obligation is due if the role was held at the period's end, or at any time in it.
        channels: whose adoptions count; only with `adopted`.
        binding: False for what the regulation only asks "in principle".
    """

    clause: Clause
    per: Literal["month", "quarter", "half", "year"]
    binding: bool
    due: Literal["held_at_end", "held_at_all"]
    roles: tuple[str, ...] = ()
    unit_kinds: tuple[str, ...] = ()
    submitted: int | None = None
    adopted: int | None = None
    channels: tuple[str, ...] = ()


class QuotaCount(NamedTuple):
    """任务计数: how submissions and adoptions are counted towards quotas.

    Attributes:
        joint: a joint item counts one for each author, or for the first alone.
        by_unit: an item signed by the unit counts for the unit alone, or for its authors too.
        findings: an item with a finding in the year counts for nothing, or as usual.
    """

    joint: Literal["each", "first"]
    by_unit: Literal["units_only", "both"]
    findings: Literal["excluded", "counted"]


class QuotaReward(NamedTuple):
    """完成任务得分: what a holder earns for the binding obligations of a clause.

    Attributes:
        quota: the clause of the quotas.
        condition: all or nothing, or in proportion to the obligations met.
    """

    clause: Clause
    quota: Clause
    points: Fraction
    condition: Literal["all", "proportional"]


class Authors(NamedTuple):
    """作者: a condition on the roles that an item's authors hold on its date."""

    quantifier: Literal["all", "any"]
    roles: tuple[str, ...]


class ItemRule(NamedTuple):
    """计分: what one kind of fact about an item earns, by look-up.

    Attributes:
        adoption: points by channel. Exactly one of these three tables is given.
        instruction: points by rank.
        finding: points by kind of finding.
        once: how often an item earns: each time, once per label, the highest once, or once.
        scope: whether "once" starts anew each scoring year or holds for the item's whole life.
        forms: for adoptions, the factor of each form.
        after_adoption: for instructions, whether only an item already adopted earns.
        authors: the rule applies only to items of such authors.
    """

    clause: Clause
    once: Literal["each", "per_label", "highest", "once"]
    scope: Literal["year", "ever"]
    adoption: dict[str, Fraction] | None = None
    instruction: dict[str, Fraction] | None = None
    finding: dict[str, Fraction] | None = None
    forms: dict[Form, Fraction] | None = None
    after_adoption: bool | None = None
    authors: Authors | None = None

    @property
    def kind(self) -> Literal["adoption", "instruction", "finding"]:
        """The kind of fact the rule looks at."""
        if self.adoption is not None:
            return "adoption"
        return "instruction" if self.instruction is not None else "finding"

    @property
    def table(self) -> dict[str, Fraction]:
        """Points by label."""
        return self.adoption or self.instruction or self.finding or {}


class Combination(NamedTuple):
    """合并: how the points of several rules on one item go together."""

    clause: Clause
    rules: tuple[Clause, ...]
    method: Literal["cumulative", "highest"]


class OtherPoints(NamedTuple):
    """认定影响: whether an item's other points stand after a finding in the year."""

    clause: Clause
    other_points: Literal["stand", "cancelled"]


class SharingException(NamedTuple):
    """例外: items of certain authors, whose points go to the units alone or to both."""

    clause: Clause
    authors: Authors
    credit: Literal["units_only", "both"]


class Sharing(NamedTuple):
    """分摊: how an item's points pass to its authors and to its units.

    Attributes:
        members: equal shares, the full points for each, or all to the first.
        units: likewise.
        by_unit: an item signed by the unit is credited to the units alone, or to both.
        exception: items of resident upper-level members.
    """

    clause: Clause
    members: Literal["equal", "full", "first"]
    units: Literal["equal", "full", "first"]
    by_unit: Literal["units_only", "both"]
    exception: SharingException | None = None


class Total(NamedTuple):
    """总分: the lower limit of a holder's total; None for none."""

    clause: Clause
    floor: Fraction | None


class Standings(NamedTuple):
    """排名.

    Attributes:
        units: ranked within their peer group, or all together.
        ties: 1, 2, 2, 4 (competition), 1, 2, 2, 3 (dense) or 1, 2, 3, 4 in register order.
    """

    clause: Clause
    units: Literal["peer_group", "together"]
    ties: Literal["competition", "dense", "sequential"]


class Rulebook(NamedTuple):
    """计分办法: one edition of a regulation."""

    name: str
    edition: str
    source: str
    clauses: dict[Clause, str]
    words: Words
    decimals: int
    year: Year
    quotas: tuple[Quota, ...]
    quota_count: QuotaCount
    rules: tuple[ItemRule, ...]
    combinations: tuple[Combination, ...]
    findings: OtherPoints
    sharing: Sharing
    quota_rewards: tuple[QuotaReward, ...]
    total: Total
    standings: Standings

    def vocabulary(self) -> Vocabulary:
        """What intake and the ledger need of a rulebook."""
        words = self.words
        return Vocabulary(
            channels=_spellings(words.channels),
            ranks=_spellings(words.ranks),
            roles=_spellings(words.roles),
            unit_kinds={match_key(kind): kind for kind in words.unit_kinds},
            finding_kinds={match_key(kind): kind for kind in words.finding_kinds},
            stages={match_key(stage): stage for stage in words.stages},
            attributes=words.attributes,
        )

    @property
    def ordered(self) -> bool:
        """Whether it matters in which order an item was signed."""
        return "first" in {self.sharing.members, self.sharing.units, self.quota_count.joint}

    @property
    def local_roles(self) -> frozenset[str]:
        """The roles that this office assesses."""
        return frozenset(role.label for role in self.words.roles if role.local)


def _spellings(labels: tuple[Label, ...] | tuple[Role, ...]) -> dict[str, str]:
    return {
        match_key(spelling): label.label
        for label in labels
        for spelling in (label.label, *label.aliases)
    }
