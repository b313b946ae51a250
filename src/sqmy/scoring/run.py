"""One year being scored: what the steps hand on to one another, each made when it is asked for."""

from array import array
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
from sqmy.scoring.book import HolderType, Incident, Key, Obligation, Open, PointLine, Tally
from sqmy.scoring.combining import Earned
from sqmy.scoring.counting import Counting, places
from sqmy.scoring.dimensions import Sight
from sqmy.scoring.earning import earned, undecided
from sqmy.scoring.lines import lines_of_item
from sqmy.scoring.patterns import Eventful, eventful
from sqmy.scoring.quotas import obligations
from sqmy.scoring.traits import starts
from sqmy.snapshot import Signed, Snapshot


class Worth(NamedTuple):
    """What a pattern earns and how it passes to authors and units."""

    lines: tuple[Earned, ...]

    def parts(self, holder: HolderType, account: str | None) -> tuple[Fraction, ...]:
        """What each of those who signed gets of an account, in their order."""
        own = [
            (line.points, line.factors.members if holder == "member" else line.factors.units)
            for line in self.lines
            if line.account == account
        ]
        count = max((len(parts) for _, parts in own), default=0)
        return tuple(
            sum((value * parts[place] for value, parts in own if parts), Fraction())
            for place in range(count)
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
        self.sight = Sight(
            rulebook, looking.conditions(rulebook), tuple(starts(rulebook, self.period))
        )
        self.found: Eventful = eventful(snapshot, rulebook, self.period)
        self.worth = [Worth(tuple(earned(one, self.sight))) for one in self.found.patterns]
        self.by_line = looking.by_line(rulebook)
        self.counting = Counting(self.found, self.sight, _Places(self), self._points_of_items)
        self._lines: dict[Key, tuple[PointLine, ...]] = {}

    @cached_property
    def place_of(self) -> dict[FactId, int]:
        """Where each item stands among the eventful ones."""
        return places(self.found)

    def shares(self, account: str | None) -> dict[Key, Fraction]:
        """What each holder has of an account from items; only holders with a line."""
        if self.by_line and account is None:
            keys: list[Key] = [("member", one) for one in self.found.authors]
            keys += [("unit", one) for one in self.found.units]
            return {
                key: sum((line.points for line in lines), Fraction())
                for key in keys
                if (lines := [line for line in self.item_lines(key) if line.account is None])
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
    def _pattern_at(self) -> "array[int]":
        """The pattern of each eventful item, at the place of its identity."""
        at = array("L", bytes(array("L").itemsize * (max(self.found.item, default=0) + 1)))
        for item, pattern in zip(self.found.item, self.found.pattern, strict=True):
            at[item] = pattern
        return at

    def _points_of_items(self, key: Key) -> Iterator[PointLine]:
        return (line for line in self.item_lines(key) if line.account is None)

    def item_lines(self, key: Key) -> tuple[PointLine, ...]:
        """A holder's lines from items: by item, in the order of recording, and by rule."""
        if key not in self._lines:
            own = (self.found.authors if key[0] == "member" else self.found.units).get(key[1])
            made = [
                line
                for item, rank in (sorted(zip(*own, strict=True)) if own else ())
                for line in lines_of_item(
                    self.snapshot,
                    self.found,
                    self.worth[self.found.pattern[self.place_of[item]]].lines,
                    (self.place_of[item], key[0], rank),
                )
            ]
            if any(series for _, series in made):
                lines = holding.by_ordinal((line for line, _ in made), (one for _, one in made))
            else:
                lines = [line for line, _ in made]
            if not self.by_line:
                return tuple(lines)
            self._lines[key] = tuple(lines)
        return self._lines[key]

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
        if any(reward.to == "unit_members" for reward in self.rulebook.quota_rewards):
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
        of_unit: Sequence[Obligation] = ()
        if key[0] == "member":
            of_unit = owed.get(("unit", register.members[key[1]].unit_on(year.last)), ())
        lines = [
            *holding.base_lines(register, rulebook, year, key),
            *holding.reward_lines(rulebook, owed.get(key, ()), of_unit),
        ]
        if self.by_line or any(line.account for line in lines):
            own = self.item_lines(key)
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
    def _all_incidents(self) -> dict[Key, list[Incident]]:
        found: dict[Key, list[Incident]] = defaultdict(list)
        of_item: dict[FactId, list[Incident]] = defaultdict(list)
        own = set(self.snapshot.incidents.fact)
        for place, item in enumerate(self.found.item):
            for at in self.found.events[place]:
                happened = self.found.happened
                if happened.kind[at] == "finding":
                    about = None if item in own else item
                    of_item[item].append(
                        Incident(happened.label[at], self.found.days[at], happened.fact[at], about)
                    )
        for member, signed in self.found.authors.items():
            for item in signed.item:
                found["member", member] += of_item.get(item, ())
        for unit, signed in self.found.units.items():
            for item in signed.item:
                found["unit", unit] += of_item.get(item, ())
        return found

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
        submitted = sum(self._submitted_on.get(item, "") in span for item in own.item)
        return Tally(submitted, sum(self._adopted_in(item, span) for item in own.item))

    def _adopted_in(self, item: FactId, span: Period) -> bool:
        """Whether an item has been adopted in a part of the year."""
        place = self.place_of.get(item)
        return place is not None and any(
            self.found.happened.kind[at] == "adoption" and self.found.days[at] in span
            for at in self.found.events[place]
        )

    @cached_property
    def _submitted_on(self) -> dict[FactId, Day]:
        items = self.snapshot.items
        return dict(zip(items.item, items.day, strict=True))

    def open(self) -> Iterator[Open]:
        """The facts of the year that nobody can tell the points of."""
        wanting = [undecided(pattern, self.sight) for pattern in self.found.patterns]
        if not any(wanting):
            return
        own = set(self.snapshot.incidents.fact)
        for place, pattern in enumerate(self.found.pattern):
            for one in wanting[pattern]:
                item = self.found.item[place]
                fact = self.found.happened.fact[self.found.events[place][one.event]]
                clause = self.rulebook.rules[one.rule].clause
                yield Open(clause, None if item in own else item, fact, one.attribute)


class _Places(Mapping[FactId, int]):
    """`Run.place_of`, made when it is first looked at."""

    def __init__(self, run: Run) -> None:
        self._run = run

    def __getitem__(self, item: FactId) -> int:
        return self._run.place_of[item]

    def __iter__(self) -> Iterator[FactId]:
        return iter(self._run.place_of)

    def __len__(self) -> int:
        return len(self._run.place_of)
