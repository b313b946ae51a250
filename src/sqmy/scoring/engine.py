"""A year's points, in the order in which the regulation makes them.

    facts → patterns → earned per pattern → shared → quotas → rewards and limits → standings

Totals are summed as integers over the common denominator of all shares; lines are computed on
demand from the same steps, so that a total and its lines cannot differ.
"""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from sqmy import days, terms
from sqmy.days import Period
from sqmy.facts import FactId
from sqmy.rules.rulebook import Rulebook
from sqmy.scoring.book import Holder, HolderType, Key, Obligation, PointLine, ScoreBook
from sqmy.scoring.earning import Earned, earned
from sqmy.scoring.patterns import Eventful, Pattern, conditions, eventful
from sqmy.scoring.quotas import obligations
from sqmy.scoring.sharing import Factors, factors
from sqmy.scoring.standings import ranked
from sqmy.snapshot import Events, Signed, Snapshot


class Worth(NamedTuple):
    """What a pattern earns and how it passes to authors and units."""

    lines: tuple[Earned, ...]
    factors: Factors

    @property
    def points(self) -> Fraction:
        """All that an item of the pattern earns, before sharing."""
        return sum((line.points for line in self.lines), Fraction())


class _Year(NamedTuple):
    """What the steps hand on."""

    rulebook: Rulebook
    period: Period
    snapshot: Snapshot
    found: Eventful
    worth: list[Worth]


def score(snapshot: Snapshot, rulebook: Rulebook, year: int, only: Key | None = None) -> ScoreBook:
    """The points of a scoring year: totals, standings and obligations, and lines on demand.

    Args:
        snapshot: the year's facts.
        rulebook: the edition in force.
        year: the scoring year.
        only: list this holder alone, whose facts are all in the snapshot; without standing.
    """
    period = days.periods(year, "year", rulebook.year.start)[0]
    found = eventful(snapshot, rulebook, period)
    run = _Year(rulebook, period, snapshot, found, _worth(found.patterns, rulebook))
    shares = _shares(run)
    listed = [key for key in _listed(run, shares) if only in {None, key}]
    due = obligations(snapshot, rulebook, period, found, listed)
    extra = _extra_lines(run, shares, due, listed)
    holders = [_holder(run, key, shares, extra) for key in listed]
    ties, grouped = rulebook.standings.ties, rulebook.standings.units == "peer_group"
    return ScoreBook(
        period,
        ranked((h for h in holders if h.key[0] == "member"), ties, together=True),
        ranked((h for h in holders if h.key[0] == "unit"), ties, together=not grouped),
        due,
        _lines_of(run, extra),
    )


def _worth(patterns: Iterable[Pattern], rulebook: Rulebook) -> list[Worth]:
    """Each pattern evaluated once."""
    made = conditions(rulebook)
    return [
        Worth(tuple(earned(pattern, rulebook, made)), factors(pattern, rulebook, made))
        for pattern in patterns
    ]


def _shares(run: _Year) -> dict[Key, Fraction]:
    """Each holder's points from items; only holders with a line."""
    scale = lcm(
        *(
            (worth.points * factor).denominator
            for worth in run.worth
            for factor in (*worth.factors.members, *worth.factors.units)
        )
    )

    places = array("L", bytes(array("L").itemsize * (max(run.found.item, default=0) + 1)))
    for item, pattern in zip(run.found.item, run.found.pattern, strict=True):
        places[item] = pattern

    def sums(
        signed: Mapping[FactId, Signed], parts: Callable[[Worth], tuple[Fraction, ...]]
    ) -> Iterator[tuple[FactId, Fraction]]:
        scaled = [
            [int(worth.points * part * scale) for part in parts(worth)] if worth.lines else []
            for worth in run.worth
        ]
        for holder, own in signed.items():
            gained = [
                part[place]
                for part, place in zip(
                    map(scaled.__getitem__, map(places.__getitem__, own.item)),
                    own.place,
                    strict=True,
                )
                if part
            ]
            if gained:
                yield holder, Fraction(sum(gained), scale)

    found: dict[Key, Fraction] = {}
    for member, points in sums(run.found.authors, lambda worth: worth.factors.members):
        found["member", member] = points
    for unit, points in sums(run.found.units, lambda worth: worth.factors.units):
        found["unit", unit] = points
    return found


def _listed(run: _Year, shares: Mapping[Key, Fraction]) -> list[Key]:
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


def _extra_lines(
    run: _Year,
    shares: Mapping[Key, Fraction],
    due: Sequence[Obligation],
    listed: Iterable[Key],
) -> dict[Key, tuple[PointLine, ...]]:
    """The lines that no item caused: quota points and the lower limit of the total."""
    owed: dict[Key, list[Obligation]] = defaultdict(list)
    for obligation in due:
        if obligation.binding:
            owed[obligation.key].append(obligation)
    extra = {}
    for key in listed:
        lines = _rewards(run.rulebook, owed.get(key, []))
        limit = run.rulebook.total
        if limit.floor is not None:
            total = shares.get(key, Fraction()) + sum((line.points for line in lines), Fraction())
            if total < limit.floor:
                note = f"总分不低于 {limit.floor}"
                lines.append(PointLine(limit.clause, limit.floor - total, None, None, note))
        if lines:
            extra[key] = tuple(lines)
    return extra


def _rewards(rulebook: Rulebook, owed: Sequence[Obligation]) -> list[PointLine]:
    lines = []
    for reward in rulebook.quota_rewards:
        own = [obligation for obligation in owed if obligation.clause == reward.quota]
        met = sum(obligation.met for obligation in own)
        if not own or (reward.condition == "all" and met < len(own)) or not met:
            continue
        points = reward.points * Fraction(met, len(own))
        note = f"{reward.quota}的任务 {len(own)} 项，完成 {met} 项"
        lines.append(PointLine(reward.clause, points, None, None, note))
    return lines


def _holder(
    run: _Year,
    key: Key,
    shares: Mapping[Key, Fraction],
    extra: Mapping[Key, tuple[PointLine, ...]],
) -> Holder:
    total = shares.get(key, Fraction())
    for line in extra.get(key, ()):
        total += line.points
    last = run.period.last
    if key[0] == "unit":
        state = run.snapshot.register.units[key[1]].on(last)
        return Holder(key, state.name, state.name, state.kind, state.peer_group, total, 0)
    member = run.snapshot.register.members[key[1]]
    unit = run.snapshot.register.unit_name(member.unit_on(last), last)
    return Holder(key, member.name, unit, "", None, total, 0)


def _lines_of(
    run: _Year, extra: Mapping[Key, tuple[PointLine, ...]]
) -> Callable[[Key], tuple[PointLine, ...]]:
    """All lines of one holder: by item, in the order of recording, and rule; then the rest."""
    places: dict[FactId, int] = {}

    def lines_of(key: Key) -> tuple[PointLine, ...]:
        if not places:
            places.update((item, place) for place, item in enumerate(run.found.item))
        own = (run.found.authors if key[0] == "member" else run.found.units).get(key[1])
        signed = sorted(zip(*own, strict=True)) if own else []
        lines = [
            line for item, rank in signed for line in _item_lines(run, places[item], key[0], rank)
        ]
        return (*lines, *extra.get(key, ()))

    return lines_of


def _item_lines(run: _Year, place: int, holder: HolderType, rank: int) -> list[PointLine]:
    """The lines of one eventful item for the member, or the unit, that signed it at that rank."""
    found, events = run.found, run.snapshot.events
    worth = run.worth[found.pattern[place]]
    parts = worth.factors.members if holder == "member" else worth.factors.units
    factor = parts[rank] if parts else Fraction()
    own = found.events[place]
    return [
        PointLine(
            run.rulebook.rules[line.rule].clause,
            line.points * factor,
            found.item[place],
            events.fact[own[line.event]],
            _note(events, own, line, len(parts), factor),
        )
        for line in worth.lines
        if factor
    ]


def _note(
    events: Events, own: tuple[int, ...], line: Earned, holders: int, factor: Fraction
) -> str:
    at = own[line.event]
    label, day, form = events.label[at], events.day[at], events.form[at]
    note = f"{label} {day} {terms.FORMS[form] if form else ''}{terms.KINDS[events.kind[at]]}"
    if factor != 1:
        note += f"，{line.points} 分由 {holders} 方分摊"
    if line.set_aside:
        others = "、".join(f"F{events.fact[own[other]]}" for other in line.set_aside)
        note += f"，同篇不再另计 {others}"
    return note
