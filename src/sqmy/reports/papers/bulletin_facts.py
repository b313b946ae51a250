"""What a bulletin is drafted from: a period counted, with the points at its beginning and end."""

from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Final, NamedTuple, get_args

from sqmy.days import Day
from sqmy.facts import FactId
from sqmy.reports.model import Number
from sqmy.reports.papers.bulletin_late import Late
from sqmy.reports.papers.periods import Rhythm
from sqmy.reports.papers.profile import Profile
from sqmy.reports.scores import YearScores
from sqmy.reports.tally import Count, Span, Year, counts, total
from sqmy.rules.awarding import TiePolicy
from sqmy.rules.words import Label
from sqmy.scoring.book import Holder, Key
from sqmy.scoring.standings import Ties, ranked

OTHERS: Final = "其他单位"
"""The group of units that are in no peer group, or not assessed."""

_TIES: Final[dict[str, TiePolicy]] = {
    "同名次": "competition",
    "不跳号": "dense",
    "顺序": "sequential",
}


class Material(NamedTuple):
    """What the ledger and scoring give for a bulletin.

    Attributes:
        rhythm: the period.
        year: the scoring year's items and events up to the period's end.
        before: what happened in the period before; None when the ledger had not begun.
        last_year: in the same period of the last year; likewise.
        scores: the year's points by what was so at the end of the period.
        earned_before: each holder's points at the end of the day before the period.
        sent: items sent on in the period, by channel.
        issues: journal and issue of adoptions, by their reference.
        late: what was recorded of an earlier part of the year after it was sealed.
        today: the day of drafting.
    """

    rhythm: Rhythm
    year: Year
    before: Span | None
    last_year: Span | None
    scores: YearScores
    earned_before: Mapping[Key, Fraction]
    sent: Mapping[str, int]
    issues: Mapping[FactId, tuple[str, str]]
    late: Late | None
    today: Day


class Counted:
    """A bulletin's material, counted once for its sentences, tables and checks.

    Attributes:
        main: what happened in the period.
        so_far: from the beginning of the year to the end of the period.
        spans: what the tables show, each with its heading: the period, and where there is more
            of the year behind it, the whole (`累计`); of a half-year its quarters too.
    """

    def __init__(self, material: Material, profile: Profile) -> None:
        self.material = material
        self.profile = profile
        self.rhythm = material.rhythm
        self.rulebook = material.scores.rulebook
        self.main = material.year.span(self.rhythm.period)
        self.so_far = material.year.span(self.rhythm.so_far)
        self.spans = tuple(self._spans())

    def _spans(self) -> Iterable[tuple[str, Span]]:
        for quarter in self.rhythm.quarters:
            yield quarter.chinese[len("2025年") :], self.material.year.span(quarter)
        yield self.rhythm.label, self.main
        if self.so_far.period.first != self.main.period.first:
            yield "累计", self.so_far

    # Who is counted

    @cached_property
    def units(self) -> tuple[Holder, ...]:
        """The assessed units with their places, group by group, as tables list them."""
        book = self.material.scores.book
        own = book.units
        if ties := _TIES.get(self.profile.printing.ties):
            own = ranked(sorted(own, key=lambda unit: unit.key), self._ties(ties))
        return tuple(sorted(own, key=lambda unit: (self._group_order(unit), *self._order(unit))))

    @cached_property
    def members(self) -> tuple[Holder, ...]:
        """The members with their places."""
        own = self.material.scores.book.members
        if ties := _TIES.get(self.profile.printing.ties):
            own = ranked(sorted(own, key=lambda member: member.key), self._ties(ties))
        return own

    def _ties(self, ties: TiePolicy) -> Ties:
        policy = self.rulebook.standings._replace(ties=ties)
        return Ties(policy, self.material.scores.book.tally_of)

    def _order(self, unit: Holder) -> tuple[int, int]:
        by_register = self.profile.printing.order == "名册"
        return (0 if by_register else unit.standing, unit.key[1])

    def _group_order(self, unit: Holder) -> int:
        return list(self.groups).index(group_of(unit))

    @cached_property
    def groups(self) -> dict[str, tuple[Holder, ...]]:
        """The assessed units of each peer group, in the order of the register."""
        found: dict[str, tuple[Holder, ...]] = {}
        for unit in sorted(self.material.scores.book.units, key=lambda unit: unit.key):
            found[group_of(unit)] = (*found.get(group_of(unit), ()), unit)
        return found

    # What is counted

    def units_of(self, item: FactId) -> tuple[FactId, ...]:
        """The units that reported an item."""
        return self.material.year.units_of.get(item, ())

    def authors_of(self, item: FactId) -> tuple[FactId, ...]:
        """The members that signed an item."""
        return self.material.year.authors_of.get(item, ())

    def groups_of(self, item: FactId) -> tuple[str, ...]:
        """The groups of the units that reported an item, each once."""
        return tuple(dict.fromkeys(self.group_of_unit(unit) for unit in self.units_of(item)))

    def group_of_unit(self, unit: FactId) -> str:
        """The group of a unit, assessed or not."""
        return self._group_of_unit.get(unit, OTHERS)

    @cached_property
    def _group_of_unit(self) -> dict[FactId, str]:
        return {unit.key[1]: name for name, units in self.groups.items() for unit in units}

    @cached_property
    def whole(self) -> dict[str, Count]:
        """Everything together, by the heading of the span."""
        return {label: total(span) for label, span in self.spans}

    def by(self, of: Callable[[FactId], Iterable[FactId]]) -> dict[str, dict[FactId, Count]]:
        """By unit or member, by the heading of the span."""
        return {label: counts(span, of) for label, span in self.spans}

    @cached_property
    def by_unit(self) -> dict[str, dict[FactId, Count]]:
        """By unit, by the heading of the span."""
        return self.by(self.units_of)

    @cached_property
    def by_member(self) -> dict[str, dict[FactId, Count]]:
        """By member, by the heading of the span."""
        return self.by(self.authors_of)

    @cached_property
    def by_group(self) -> dict[str, dict[str, Count]]:
        """By peer group, by the heading of the span."""
        return {label: counts(span, self.groups_of) for label, span in self.spans}

    # Words of the rulebook

    @property
    def channels(self) -> tuple[Label, ...]:
        """The channels, from the lowest level to the highest."""
        return tuple(sorted(self.rulebook.words.channels, key=_height))

    @property
    def ranks(self) -> tuple[Label, ...]:
        """The leaders' ranks, likewise."""
        return tuple(sorted(self.rulebook.words.ranks, key=_height))

    # Numbers as printed

    def share(self, part: int, whole: int) -> Number:
        """A share of something as a percentage."""
        printing = self.profile.printing
        share = Fraction(part, whole)
        return Number(share, printing.decimals, percent=True, trimmed=not printing.padded)


def group_of(unit: Holder) -> str:
    """The peer group of an assessed unit."""
    return unit.peer_group or OTHERS


def _height(label: Label) -> int:
    levels: tuple[str, ...] = get_args(Label.__annotations__["level"])
    return levels.index(label.level)


def names_of(holders: Iterable[Holder]) -> dict[tuple[str, FactId], str]:
    """The name of each; a member who shares it is told with the unit."""
    holders = list(holders)
    seen: dict[str, int] = {}
    for holder in holders:
        seen[holder.name] = seen.get(holder.name, 0) + 1
    return {
        holder.key: f"{holder.name}（{holder.unit}）" if seen[holder.name] > 1 else holder.name
        for holder in holders
    }
