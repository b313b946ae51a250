"""Limits, total, standings and awards: steps 6 and 7 of the rulebook."""

from fractions import Fraction
from typing import Literal, NamedTuple

from sqmy import days
from sqmy.days import Period
from sqmy.rules.amounts import Amount

ALL = "全部"
"""In a limit's list of clauses: every line."""


class Limit(NamedTuple):
    """限额: how much, or how little, the lines of some clauses may come to.

    The difference is a line of its own with the limit's clause. A limit includes the lines of
    limits that stand before it and concern part of its clauses.

    Attributes:
        rules: the clauses, or `ALL`.
        per: for each item (before sharing), or for each holder in each period.
        holders: members, units or both.
        ceiling: 上限.
        floor: 下限.
    """

    clause: str
    rules: tuple[str, ...]
    per: Literal["item", "month", "quarter", "half", "year"]
    holders: Literal["members", "units", "both"]
    ceiling: Fraction | None = None
    floor: Fraction | None = None
    account: str | None = None


class Total(NamedTuple):
    """总分: the lower limit of a holder's total; None for none."""

    clause: str
    floor: Fraction | None


TiePolicy = Literal["competition", "dense", "sequential"]
"""1, 2, 2, 4 (competition), 1, 2, 2, 3 (dense) or 1, 2, 3, 4 in register order."""


class Standings(NamedTuple):
    """排名.

    Attributes:
        units: ranked within their peer group, or all together.
        ties: how equals are numbered.
        then: what decides between equal points before they are a tie.
    """

    clause: str
    units: Literal["peer_group", "kind", "together"]
    ties: TiePolicy
    then: tuple[Literal["adopted", "submitted", "rate"], ...] = ()


class Conversion(NamedTuple):
    """折算: points as a part of a larger assessment, shown beside the total.

    Several add up: 6 points for one part of the work, 14 for another.

    Attributes:
        rules: the clauses whose lines are converted; of none named, the total.
        full: the points that the larger assessment gives at the most.
        base: whether full is due to the best of the group, or to a number of points.
        number: that number, or one for each kind of unit.
        holders: members, units or both.
    """

    clause: str
    full: Fraction
    base: Literal["best", "number"]
    holders: Literal["members", "units", "both"]
    rules: tuple[str, ...] = ()
    number: Amount | None = None


class Needs(NamedTuple):
    """资格: what a candidate needs. What is not named is not asked.

    Attributes:
        quotas: all binding obligations of the year met.
        unit_quotas: for a member, those of the unit.
        no_findings: none of these kinds in the span, on the candidate or its items.
        least_points, least_adopted, least_submitted, least_rate: lower bounds, included.
        most_adopted, most_submitted: upper bounds, included; 0 makes a list of those with none.
        roles, unit_kinds: who may be a candidate at all; a member by its unit's kind.
    """

    quotas: bool = False
    unit_quotas: bool = False
    no_findings: tuple[str, ...] = ()
    least_points: Fraction | None = None
    least_adopted: int | None = None
    least_submitted: int | None = None
    least_rate: Fraction | None = None
    most_adopted: int | None = None
    most_submitted: int | None = None
    roles: tuple[str, ...] = ()
    unit_kinds: tuple[str, ...] = ()


class Award(NamedTuple):
    """评先: a list of those who come first, or reach a mark.

    Attributes:
        label: what it is called, `先进单位`.
        kind: members, units or items.
        per: a list for each such period of the year, of the points and counts in it.
        rules: the clauses whose lines count; of none named, the total.
        groups: a list for each peer group, for each kind of unit, for each unit, or one for all;
            members compete where their unit belongs.
        places: how many in each group.
        share: or which part of each group, rounded up.
        by_group: or how many in each group by name.
        by_standing: or how many for the members of a unit, by the place from which on their
            unit's own standing gives so many.
        grades: or grades in order, each with its places: 一等奖, 二等奖.
        marks: or grades by points reached, in descending order.
        sort: by what; the later decide between equals.
        from_last: the list begins with those who have least, to call on or to name them.
        ties: equals at the last place all come in, none does, or they are left for a decision.
        needs: what a candidate needs.
        years: points and counts of how many years together, this one last.
        streak: the needs are to be met in each of so many years, this one last.
    """

    clause: str
    label: str
    kind: Literal["member", "unit", "item"]
    groups: Literal["peer_group", "kind", "unit", "together"]
    sort: tuple[Literal["points", "adopted", "submitted", "rate"], ...]
    ties: Literal["all", "none", "decide"]
    places: int | None = None
    share: Fraction | None = None
    by_group: dict[str, int] | None = None
    by_standing: dict[int, int] | None = None
    grades: dict[str, int] | None = None
    marks: dict[str, Fraction] | None = None
    needs: Needs | None = None
    years: int = 1
    streak: int = 1
    account: str | None = None
    per: Literal["month", "quarter", "half", "year"] = "year"
    rules: tuple[str, ...] = ()
    from_last: bool = False

    @property
    def honours(self) -> bool:
        """Whether to be on it is an honour; lists of those who did least name others."""
        needs = self.needs or Needs()
        return not self.from_last and needs.most_adopted is None and needs.most_submitted is None

    def lists(self, year: int, start: str) -> dict[str, Period]:
        """Each of its lists of a scoring year, `先进单位` or `达标单位2025Q1`, with its period.

        Args:
            year: the scoring year.
            start: its first month and day.
        """
        spans = days.periods(year, self.per, start)
        return {self.label + ("" if self.per == "year" else one.label): one for one in spans}
