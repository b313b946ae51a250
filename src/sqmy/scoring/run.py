"""One year being scored: what the steps hand on to one another, each made when it is asked for."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import NamedTuple

from sqmy import days
from sqmy.days import Day, Period
from sqmy.facts import FactId
from sqmy.rules import looking
from sqmy.rules.rulebook import Rulebook
from sqmy.scoring import holding
from sqmy.scoring.book import HolderType, Incident, Key, Obligation, PointLine, Tally
from sqmy.scoring.combining import Earned
from sqmy.scoring.counting import Counting, places
from sqmy.scoring.dimensions import sight_of
from sqmy.scoring.earning import Lacking, earned
from sqmy.scoring.incidents import by_holder
from sqmy.scoring.lines import ItemLines
from sqmy.scoring.patterns import Eventful, eventful
from sqmy.scoring.quotas import obligations
from sqmy.scoring.sharing import times
from sqmy.scoring.traits import starts
from sqmy.snapshot import Signed, Snapshot, Table, table


class Worth(NamedTuple):
    """What a pattern earns and how it passes to authors and units."""

    lines: tuple[Earned, ...]
    lacking: tuple[Lacking, ...] = ()

    def parts(self, holder: HolderType, account: str | None) -> tuple[Fraction, ...]:
        """What each of those who signed gets of an account, in their order."""
        own = [
            (line, line.factors.members if holder == "member" else line.factors.units)
            for line in self.lines
            if line.account == account
        ]
        count = max((len(parts) for _, parts in own), default=0)
        return tuple(
            sum(
                (
                    line.points * parts[at] * times(line.own, holder, at)
                    for line, parts in own
                    if parts
                ),
                Fraction(),
            )
            for at in range(count)
        )


class Run:
    """One year being scored.

    Args:
        snapshot: the year's facts.
        rulebook: sound.
        year: the scoring year.
    """

    def __init__(self, snapshot: Snapshot, rulebook: Rulebook, year: int) -> None:
        self.snapshot = snapshot
        self.rulebook = rulebook
        self.period = days.periods(year, "year", rulebook.year.start)[0]
        self.sight = sight_of(rulebook, starts(rulebook, self.period))
        self.found: Eventful = eventful(snapshot, rulebook, self.period)
        self.worth = [Worth(*earned(one, self.sight)) for one in self.found.patterns]
        self.by_line = looking.by_line(rulebook)
        self.counting = Counting(self.found, self.sight, self._place, self._points_of_items)
        self._item_lines = ItemLines(snapshot, self.found, [one.lines for one in self.worth])
        self._bare: dict[Key, tuple[PointLine, ...]] = {}

    def _place(self, item: FactId) -> int:
        return self.place_of[item]

    @cached_property
    def place_of(self) -> dict[FactId, int]:
        """Where each item stands among the eventful ones."""
        return places(self.found)

    def shares(self, account: str | None) -> dict[Key, Fraction]:
        """What each holder has of an account from items; only holders with a line."""
        series = any(line.series for one in self.worth for line in one.lines)
        if series and account is None:
            keys: list[Key] = [("member", one) for one in self.found.authors]
            keys += [("unit", one) for one in self.found.units]
            return {
                key: sum((line.points for line in lines), Fraction())
                for key in keys
                if (lines := list(self._points_of_items(key)))
            }
        return self._sums("member", account) | self._sums("unit", account)

    def _sums(self, holder: HolderType, account: str | None) -> dict[Key, Fraction]:
        parts = [worth.parts(holder, account) for worth in self.worth]
        scale = lcm(*(part.denominator for own in parts for part in own))
        scaled = [[int(part * scale) for part in own] for own in parts]
        at = self._pattern_at
        signed: Mapping[FactId, Signed] = (
            self.found.authors if holder == "member" else self.found.units
        )
        found: dict[Key, Fraction] = {}
        if all(len(set(part)) <= 1 for part in scaled):  # nobody's place matters
            each = [part[0] if part else 0 for part in scaled]
            for one, own in signed.items():
                patterns = list(map(at.__getitem__, own.item))
                if any(map(scaled.__getitem__, patterns)):
                    found[holder, one] = Fraction(sum(map(each.__getitem__, patterns)), scale)
            return found
        for one, own in signed.items():
            gained = [
                part[place]
                for part, place in zip(
                    map(scaled.__getitem__, map(at.__getitem__, own.item)), own.place, strict=True
                )
                if part
            ]
            if gained:
                found[holder, one] = Fraction(sum(gained), scale)
        return found

    @cached_property
    def _pattern_at(self) -> Table:
        """The pattern of each eventful item, at the place of its identity."""
        return table(self.found.item, self.found.pattern)

    def _points_of_items(self, key: Key) -> Iterator[PointLine]:
        return (line for line in self.bare_lines(key) if line.account is None)

    def bare_lines(self, key: Key) -> tuple[PointLine, ...]:
        """As `item_lines`, without the reasons in words; kept, for they are asked for again."""
        if key not in self._bare:
            self._bare[key] = self._made_lines(key, told=False)
        return self._bare[key]

    def item_lines(self, key: Key) -> tuple[PointLine, ...]:
        """A holder's lines from items: by item, in the order of recording, and by rule."""
        return self._made_lines(key, told=True)

    def _made_lines(self, key: Key, *, told: bool) -> tuple[PointLine, ...]:
        own = (self.found.authors if key[0] == "member" else self.found.units).get(key[1])
        made = [
            line
            for item, rank in (sorted(zip(*own, strict=True)) if own else ())
            if self.worth[self._pattern_at[item]].lines
            for line in self._item_lines.of(self.place_of[item], key[0], rank, told=told)
        ]
        lines = [line for line, _ in made]
        if any(series for _, series in made):
            lines = holding.by_ordinal(lines, (one for _, one in made))
        if self.rulebook.consequences:
            lines = holding.no_more(self.rulebook, self.period.last, self.incidents(key), lines)
        return tuple(lines)

    def lines(
        self, key: Key, extra: Mapping[Key, Sequence[PointLine]], account: str | None
    ) -> tuple[PointLine, ...]:
        """A holder's lines of one account: from items, then those that no item caused."""
        own = (*self.item_lines(key), *extra.get(key, ()))
        return tuple(line for line in own if line.account == account)

    def obligations(self, listed: Sequence[Key]) -> tuple[Obligation, ...]:
        """Every obligation due of the holders listed."""
        return obligations(
            self.snapshot, self.rulebook, self.period, (self.found, self.counting), listed
        )

    def beyond_items(
        self,
        listed: Sequence[Key],
        shares: Mapping[Key, Fraction],
        due: Sequence[Obligation],
    ) -> dict[Key, tuple[PointLine, ...]]:
        """The lines that no item caused, in the order of the rulebook's steps."""
        owed: dict[Key, list[Obligation]] = defaultdict(list)
        for one in due:
            owed[one.key].append(one)
        if self._passed_on:
            units: list[Key] = [("unit", one) for one in self.snapshot.register.units]
            for one in self.obligations([key for key in units if key not in owed]):
                owed[one.key].append(one)
        extra = {}
        for key in listed:
            if lines := self._beyond_items_of(key, shares.get(key, Fraction()), owed):
                extra[key] = tuple(lines)
        return extra

    def _beyond_items_of(
        self, key: Key, share: Fraction, owed: Mapping[Key, Sequence[Obligation]]
    ) -> list[PointLine]:
        register, rulebook, year = self.snapshot.register, self.rulebook, self.period
        of_unit = (
            list(self._of_units(key[1], owed)) if self._passed_on and key[0] == "member" else []
        )
        lines = [
            *holding.base_lines(register, rulebook, year, key),
            *holding.reward_lines(rulebook, owed.get(key, ()), of_unit),
        ]
        if self.by_line or any(line.account for line in lines):
            own = self.bare_lines(key)
            lines += holding.limit_lines(rulebook, year, key, [*own, *lines])
            incidents = self.incidents(key) if rulebook.consequences else ()
            lines += holding.consequence_lines(rulebook, year, incidents, [*own, *lines])
        limit = rulebook.total
        if limit.floor is not None:
            total = share + sum((one.points for one in lines if one.account is None), Fraction())
            if total < limit.floor:
                note = f"总分不低于 {limit.floor}"
                less = limit.floor - total
                lines.append(PointLine(limit.clause, less, None, None, note, year.last))
        return lines

    @cached_property
    def _passed_on(self) -> bool:
        """Whether what a unit owed brings its members anything."""
        return any(reward.to == "unit_members" for reward in self.rulebook.quota_rewards)

    def _of_units(
        self, member: FactId, owed: Mapping[Key, Sequence[Obligation]]
    ) -> Iterator[Obligation]:
        """What the units owed that the member belonged to, in office, at each period's end."""
        own = self.snapshot.register.members[member]
        for unit in dict.fromkeys(unit for _, unit in own.placements):
            for one in owed.get(("unit", unit), ()):
                if own.unit_on(one.period.last) == unit and own.roles_on(one.period.last):
                    yield one

    @cached_property
    def _all_incidents(self) -> dict[Key, list[Incident]]:
        return by_holder(self.snapshot, self.rulebook, self.period)

    def incidents(self, key: Key) -> tuple[Incident, ...]:
        """The findings on a holder and on its items, up to the year's end, by day."""
        return tuple(sorted(self._all_incidents.get(key, ()), key=lambda one: (one.day, one.fact)))

    def item_points(self, period: Period, rules: tuple[str, ...]) -> dict[FactId, Fraction]:
        """What each item earned in points, before sharing; only items with a line.

        Args:
            period: the lines of which days count.
            rules: the lines of which clauses count; of none named, all.
        """
        worth = [
            [
                (line.event, line.points)
                for line in one.lines
                if line.account is None and (not rules or line.clause in rules)
            ]
            for one in self.worth
        ]
        found = {}
        for place, item in enumerate(self.found.item):
            pattern, events = self.found.pattern[place], self.found.events[place]
            own = (value for at, value in worth[pattern] if self.found.days[events[at]] in period)
            if not self.found.patterns[pattern].incident and (total := sum(own, Fraction())):
                found[item] = total
        return found

    def tally(self, key: Key, period: Period | None = None, /) -> Tally:
        """What a holder submitted in a period, and how many of its items were adopted in it.

        Args:
            key: the holder.
            period: a part of the year; None for all of it.
        """
        signed = self.snapshot.authors if key[0] == "member" else self.snapshot.units
        own = signed.get(key[1])
        if own is None:
            return Tally(0, 0)
        span = period or self.period
        on, first, last = self._submitted_on, span.first, span.last
        submitted = sum(first <= on.get(item, "") <= last for item in own.item)
        adopted = (self._adopted_on[item] for item in own.item if item in self._adopted_on)
        return Tally(submitted, sum(any(day in span for day in days) for days in adopted))

    @cached_property
    def _adopted_on(self) -> dict[FactId, tuple[Day, ...]]:
        """The days on which each item was adopted, of those that were."""
        found = self.found
        adoptions = [
            [at for at, event in enumerate(pattern.events) if event.kind == "adoption"]
            for pattern in found.patterns
        ]
        return {
            item: tuple(found.days[events[at]] for at in adoptions[pattern])
            for item, pattern, events in zip(found.item, found.pattern, found.events, strict=True)
            if adoptions[pattern]
        }

    @cached_property
    def _submitted_on(self) -> dict[FactId, Day]:
        items = self.snapshot.items
        return dict(zip(items.item, items.day, strict=True))
