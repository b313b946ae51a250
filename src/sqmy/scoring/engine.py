"""A year's points, in the order in which the regulation makes them.

    facts → patterns → earned per pattern → shared → quotas → rewards and limits → standings

Totals are summed as integers over the common denominator of all shares; lines are computed on
demand from the same steps, so that a total and its lines cannot differ. Where a regulation looks
at a holder's lines one by one (limits, how-manieth, consequences), totals are sums of lines.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from math import lcm
from typing import NamedTuple

from sqmy import days, points, terms
from sqmy.facts import FactId
from sqmy.rules import looking
from sqmy.rules.rulebook import Rulebook
from sqmy.scoring import holding, standings
from sqmy.scoring.book import (
    Holder,
    HolderType,
    Incident,
    Key,
    Obligation,
    Open,
    PointLine,
    ScoreBook,
    Tally,
)
from sqmy.scoring.counting import Counting, places
from sqmy.scoring.dimensions import Sight, form_label
from sqmy.scoring.earning import Earned, earned, undecided
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


def score(snapshot: Snapshot, rulebook: Rulebook, year: int, only: Key | None = None) -> ScoreBook:
    """The points of a scoring year: totals, standings and obligations, and lines on demand.

    Args:
        snapshot: the year's facts.
        rulebook: the edition in force, or the year's editions in one.
        year: the scoring year.
        only: list this holder alone, whose facts are all in the snapshot; without standing.
    """
    run = Run(snapshot, rulebook, year)
    shares = run.shares(None)
    listed = [key for key in _listed(run, shares) if only in {None, key}]
    due = run.obligations(listed)
    extra = run.extra(listed, shares, due)
    holders = [_holder(run, key, shares, extra) for key in listed]
    ties = standings.Ties(rulebook.standings, run.tally)
    return ScoreBook(
        run.period,
        standings.ranked((h for h in holders if h.key[0] == "member"), ties),
        standings.ranked((h for h in holders if h.key[0] == "unit"), ties),
        due,
        lambda key: (*run.item_lines(key), *extra.get(key, ())),
        run.tally,
        run.incidents,
        tuple(run.open()),
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
        at = array("L", bytes(array("L").itemsize * (max(self.found.item, default=0) + 1)))
        for item, pattern in zip(self.found.item, self.found.pattern, strict=True):
            at[item] = pattern
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

    def _points_of_items(self, key: Key) -> Iterator[PointLine]:
        return (line for line in self.item_lines(key) if line.account is None)

    def item_lines(self, key: Key) -> tuple[PointLine, ...]:
        """A holder's lines from items: by item, in the order of recording, and by rule."""
        if key not in self._lines:
            own = (self.found.authors if key[0] == "member" else self.found.units).get(key[1])
            made = [
                line
                for item, rank in (sorted(zip(*own, strict=True)) if own else ())
                for line in _lines_of_item(self, self.place_of[item], key[0], rank)
            ]
            if any(series for _, series in made):
                lines = holding.by_ordinal((l for l, _ in made), (s for _, s in made))
            else:
                lines = [line for line, _ in made]
            if not self.by_line:
                return tuple(lines)
            self._lines[key] = tuple(lines)
        return self._lines[key]

    def obligations(self, listed: Sequence[Key]) -> tuple[Obligation, ...]:
        """Every obligation due of the holders listed."""
        return obligations(
            self.snapshot, self.rulebook, self.period, self.found, self.counting, listed
        )

    def extra(
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
            if lines := self._extra_of(key, shares.get(key, Fraction()), owed):
                extra[key] = tuple(lines)
        return extra

    def _extra_of(
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
            total = share + sum((l.points for l in lines if l.account is None), Fraction())
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

    def tally(self, key: Key) -> Tally:
        """What a holder submitted in the year, and how many of its items were adopted in it."""
        snapshot, register = self.snapshot, self.snapshot
        own = (snapshot.authors if key[0] == "member" else register.units).get(key[1])
        if own is None:
            return Tally(0, 0)
        submitted = sum(self._submitted_in_year(item) for item in own.item)
        adopted = sum(
            any(
                event.kind == "adoption" and event.within
                for event in self.found.patterns[self.found.pattern[place]].events
            )
            for item in own.item
            if (place := self.place_of.get(item)) is not None
        )
        return Tally(submitted, adopted)

    @cached_property
    def _of_year(self) -> set[FactId]:
        items = self.snapshot.items
        return {item for item, day in zip(items.item, items.day, strict=True) if day in self.period}

    def _submitted_in_year(self, item: FactId) -> bool:
        return item in self._of_year

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


def _listed(run: Run, shares: Mapping[Key, Fraction]) -> list[Key]:
    """Who is listed, in the order of the register.

    Assessed units; members with a local role in the year; and authors out of office who have a
    line and had held a local role by the year's end.
    """
    local = run.rulebook.local_roles
    listed: list[Key] = []
    for member in run.snapshot.register.members.values():
        begun = [term for term in member.terms if (term.since or "") <= run.period.last]
        in_office = any(t.role in local and t.held_within(run.period) for t in begun)
        was_local = any(term.role in local for term in begun)
        if in_office or (("member", member.id) in shares and was_local):
            listed.append(("member", member.id))
    listed.extend(
        ("unit", unit.id)
        for unit in run.snapshot.register.units.values()
        if unit.on(run.period.last).assessed
    )
    return listed


def _holder(
    run: Run,
    key: Key,
    shares: Mapping[Key, Fraction],
    extra: Mapping[Key, tuple[PointLine, ...]],
) -> Holder:
    total = shares.get(key, Fraction())
    for line in extra.get(key, ()):
        if line.account is None:
            total += line.points
    accounts = {
        account.label: sum(
            (
                line.points
                for line in (*run.item_lines(key), *extra.get(key, ()))
                if line.account == account.label
            ),
            Fraction(),
        )
        for account in run.rulebook.words.accounts
    }
    last = run.period.last
    if key[0] == "unit":
        state = run.snapshot.register.units[key[1]].on(last)
        return Holder(key, state.name, state.name, state.kind, state.peer_group, total, 0, accounts)
    member = run.snapshot.register.members[key[1]]
    unit = run.snapshot.register.unit_name(member.unit_on(last), last)
    return Holder(key, member.name, unit, "", None, total, 0, accounts)


_Series = tuple[int, tuple[Fraction, ...]] | None


def _lines_of_item(
    run: Run, place: int, holder: HolderType, rank: int
) -> Iterator[tuple[PointLine, _Series]]:
    """The lines of one eventful item for the member, or the unit, that signed it at that rank.

    With each line, what the holder's first, second … line of its rule earns, if not all alike.
    """
    found = run.found
    own, item = found.events[place], found.item[place]
    pattern = found.patterns[found.pattern[place]]
    for line in run.worth[found.pattern[place]].lines:
        parts = line.factors.members if holder == "member" else line.factors.units
        factor = parts[rank] if parts else Fraction()
        if not factor:
            continue
        at = own[line.event]
        fact = found.happened.fact[at]
        made = PointLine(
            line.clause,
            line.points * factor,
            None if pattern.incident else item,
            fact,
            _note(run, own, line, len(parts), factor),
            found.days[at],
            line.account,
            _ruling(run.snapshot, fact, line.clause),
        )
        series = tuple(value * factor for value in line.series)
        yield made, (line.rule, series) if series else None


def _ruling(snapshot: Snapshot, fact: FactId, clause: str) -> FactId | None:
    decided = snapshot.rulings.get(fact, ())
    return next((one.ruling for one in decided if one.clause == clause), None)


def _note(run: Run, own: tuple[int, ...], line: Earned, holders: int, factor: Fraction) -> str:
    events = run.found.happened
    at = own[line.event]
    label, day, form = events.label[at], events.day[at], form_label(events.form[at]) or ""
    note = f"{label} {day} {form}{terms.KINDS[events.kind[at]]}".strip()
    if line.rule < 0:
        note = line.told
    elif line.told:
        note += line.told if line.told[0] == "，" else f"，{line.told}"
    if factor != 1:
        note += f"，{points.exact(line.points)} 分由 {holders} 方分摊"
    if line.set_aside:
        others = "、".join(f"F{events.fact[own[other]]}" for other in line.set_aside)
        note += f"，同篇不再另计 {others}"
    return note
