"""A year's points, in the order in which the regulation makes them.

    facts → patterns → earned per pattern → shared → quotas → rewards and limits → standings

Totals are summed as integers over the common denominator of all shares; lines are computed on
demand from the same steps, so that a total and its lines cannot differ.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import NamedTuple

from sqmy import days, terms
from sqmy.days import Period
from sqmy.facts import FactId
from sqmy.register import Register
from sqmy.rules.rulebook import Rulebook
from sqmy.scoring.book import Holder, Key, Obligation, PointLine, ScoreBook
from sqmy.scoring.earning import Earned, earned
from sqmy.scoring.patterns import Item, Pattern, conditions, items_of
from sqmy.scoring.quotas import obligations
from sqmy.scoring.sharing import Factors, factors
from sqmy.scoring.standings import ranked
from sqmy.snapshot import Snapshot


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
    register: Register
    items: dict[FactId, Item]
    worth: dict[Pattern, Worth]


def score(snapshot: Snapshot, rulebook: Rulebook, year: int) -> ScoreBook:
    """The points of a scoring year: totals, standings and obligations, and lines on demand."""
    period = days.periods(year, "year", rulebook.year.start)[0]
    items = items_of(snapshot, rulebook, period)
    worth = _worth({item.pattern for item in items.values()}, rulebook)
    run = _Year(rulebook, period, snapshot.register, items, worth)
    shares = _shares(run)
    listed = _listed(run, shares)
    due = obligations(snapshot, rulebook, period, items, listed)
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


def _worth(patterns: Iterable[Pattern], rulebook: Rulebook) -> dict[Pattern, Worth]:
    """Each pattern evaluated once."""
    made = conditions(rulebook)
    return {
        pattern: Worth(tuple(earned(pattern, rulebook, made)), factors(pattern, rulebook, made))
        for pattern in patterns
    }


def _shares(run: _Year) -> dict[Key, Fraction]:
    """Each holder's points from items; only holders with a line."""
    scale = lcm(
        *(
            (worth.points * factor).denominator
            for worth in run.worth.values()
            for factor in (*worth.factors.members, *worth.factors.units)
        )
    )
    scaled = {
        pattern: (
            [int(worth.points * factor * scale) for factor in worth.factors.members],
            [int(worth.points * factor * scale) for factor in worth.factors.units],
        )
        for pattern, worth in run.worth.items()
        if worth.lines
    }
    members: dict[FactId, int] = defaultdict(int)
    units: dict[FactId, int] = defaultdict(int)
    for item in run.items.values():
        if item.pattern in scaled:
            to_members, to_units = scaled[item.pattern]
            for author, part in zip(item.authors, to_members, strict=False):
                members[author] += part
            for unit, part in zip(item.units, to_units, strict=False):
                units[unit] += part
    shares: dict[Key, Fraction] = {("member", m): Fraction(n, scale) for m, n in members.items()}
    shares |= {("unit", u): Fraction(n, scale) for u, n in units.items()}
    return shares


def _listed(run: _Year, shares: Mapping[Key, Fraction]) -> list[Key]:
    """Who is listed, in the order of the register.

    Assessed units; members with a local role in the year; and authors out of office who have a
    line and had held a local role by the year's end.
    """
    local = run.rulebook.local_roles
    listed: list[Key] = []
    for member in run.register.members.values():
        begun = [term for term in member.terms if (term.since or "") <= run.period.last]
        in_office = any(t.role in local and t.held_within(run.period) for t in begun)
        was_local = any(term.role in local for term in begun)
        if in_office or (("member", member.id) in shares and was_local):
            listed.append(("member", member.id))
    listed.extend(
        ("unit", unit.id)
        for unit in run.register.units.values()
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
        total = shares.get(key, Fraction()) + sum((line.points for line in lines), Fraction())
        limit = run.rulebook.total
        if limit.floor is not None and total < limit.floor:
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
    total = shares.get(key, Fraction()) + sum(
        (line.points for line in extra.get(key, ())), Fraction()
    )
    last = run.period.last
    if key[0] == "unit":
        state = run.register.units[key[1]].on(last)
        return Holder(key, state.name, state.name, state.kind, state.peer_group, total, 0)
    member = run.register.members[key[1]]
    unit = run.register.unit_name(member.unit_on(last), last)
    return Holder(key, member.name, unit, "", None, total, 0)


def _lines_of(
    run: _Year, extra: Mapping[Key, tuple[PointLine, ...]]
) -> Callable[[Key], tuple[PointLine, ...]]:
    """All lines of one holder: by item in the order of recording, then by rule; then the rest."""
    by_holder: dict[Key, list[FactId]] = {}

    def index() -> None:
        for number, item in run.items.items():
            for author in item.authors:
                by_holder.setdefault(("member", author), []).append(number)
            for unit in item.units:
                by_holder.setdefault(("unit", unit), []).append(number)

    def lines_of(key: Key) -> tuple[PointLine, ...]:
        if not by_holder:
            index()
        lines = [line for number in by_holder.get(key, ()) for line in item_lines(run, number, key)]
        return (*lines, *extra.get(key, ()))

    return lines_of


def item_lines(run: _Year, number: FactId, key: Key) -> list[PointLine]:
    """One holder's lines of one item."""
    item = run.items[number]
    worth = run.worth[item.pattern]
    holders, parts = (
        (item.authors, worth.factors.members)
        if key[0] == "member"
        else (item.units, worth.factors.units)
    )
    if not parts:
        return []
    factor = parts[holders.index(key[1])]
    return [
        PointLine(
            run.rulebook.rules[line.rule].clause,
            line.points * factor,
            number,
            item.events[line.event].fact,
            _note(item, line, len(holders), factor),
        )
        for line in worth.lines
        if factor
    ]


def _note(item: Item, line: Earned, holders: int, factor: Fraction) -> str:
    event = item.events[line.event]
    form = terms.FORMS[event.form] if event.form else ""
    note = f"{event.label} {event.day} {form}{terms.KINDS[event.kind]}"
    if factor != 1:
        note += f"，{line.points} 分由 {holders} 方分摊"
    if line.set_aside:
        others = "、".join(f"F{item.events[at].fact}" for at in line.set_aside)
        note += f"，同篇不再另计 {others}"
    return note
