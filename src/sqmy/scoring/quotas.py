"""Quotas: what each holder owed in the year and did: step 5 of the rulebook."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping

from sqmy import days
from sqmy.days import Day, Period
from sqmy.facts import FactId
from sqmy.register import MemberEntry, Register
from sqmy.rules.rulebook import Quota, Rulebook
from sqmy.scoring.book import Key, Obligation
from sqmy.scoring.patterns import Item, counting_day
from sqmy.snapshot import Snapshot


def obligations(
    snapshot: Snapshot,
    rulebook: Rulebook,
    year: Period,
    items: Mapping[FactId, Item],
    listed: Iterable[Key],
) -> tuple[Obligation, ...]:
    """Every obligation due in the year of the holders listed, in their order."""
    excluded = _excluded(items, rulebook)
    submitted = _submitted(snapshot, rulebook, excluded)
    adopted = {
        place: _adopted(snapshot, rulebook, quota, items, excluded)
        for place, quota in enumerate(rulebook.quotas)
        if quota.adopted is not None
    }
    owed = _owed(snapshot.register, rulebook, year)
    found = []
    for key in listed:
        for place, role, period in owed.get(key, ()):
            quota = rulebook.quotas[place]
            if quota.submitted is not None:
                required, actual = quota.submitted, _within(submitted[key], period)
            else:
                required = quota.adopted or 0
                actual = len({item for item, day in adopted[place][key] if day in period})
            found.append(
                Obligation(
                    key,
                    *_names(snapshot.register, key, year.last),
                    role,
                    "submitted" if quota.submitted is not None else "adopted",
                    period,
                    required,
                    actual,
                    quota.binding,
                    quota.clause,
                )
            )
    return tuple(found)


def _within(counts: Mapping[Day, int], period: Period) -> int:
    return sum(count for day, count in counts.items() if day in period)


def _names(register: Register, key: Key, day: Day) -> tuple[str, str]:
    if key[0] == "unit":
        name = register.unit_name(key[1], day)
        return name, name
    member = register.members[key[1]]
    return member.name, register.unit_name(member.unit_on(day), day)


def _owed(
    register: Register, rulebook: Rulebook, year: Period
) -> dict[Key, list[tuple[int, str, Period]]]:
    """For each holder the quotas due: their place, the role or kind, the period."""
    owed: dict[Key, list[tuple[int, str, Period]]] = defaultdict(list)
    for place, quota in enumerate(rulebook.quotas):
        spans = days.periods(int(year.label), quota.per, rulebook.year.start)
        for member in register.members.values() if quota.roles else ():
            for role, period in _due(member, quota, spans):
                owed["member", member.id].append((place, role, period))
        for unit in register.units.values() if quota.unit_kinds else ():
            kind = unit.on(year.last).kind
            if kind in quota.unit_kinds:
                owed["unit", unit.id].extend((place, kind, period) for period in spans)
    return owed


def _due(
    member: MemberEntry, quota: Quota, spans: tuple[Period, ...]
) -> Iterator[tuple[str, Period]]:
    for role in quota.roles:
        terms = [term for term in member.terms if term.role == role]
        for period in spans if terms else ():
            if any(
                term.held_on(period.last)
                if quota.due == "held_at_end"
                else term.held_within(period)
                for term in terms
            ):
                yield role, period


def _excluded(items: Mapping[FactId, Item], rulebook: Rulebook) -> set[FactId]:
    """Items that count for no quota, because of a finding in the year."""
    if rulebook.quota_count.findings == "counted":
        return set()
    return {
        item
        for item, found in items.items()
        if any(seen.kind == "finding" and seen.when == "within" for seen in found.pattern.events)
    }


def _submitted(
    snapshot: Snapshot, rulebook: Rulebook, excluded: set[FactId]
) -> dict[Key, Counter[Day]]:
    """Submissions by holder and day."""
    count = rulebook.quota_count
    day_of = dict(zip(snapshot.items.item, snapshot.items.day, strict=True))
    units_only = (
        {i for i, flag in zip(snapshot.items.item, snapshot.items.by_unit, strict=True) if flag}
        if count.by_unit == "units_only"
        else set()
    )
    found: dict[Key, Counter[Day]] = defaultdict(Counter)
    firsts: set[FactId] = set()
    for item, member in zip(*snapshot.authors, strict=True):
        if item in excluded or item in units_only or (count.joint == "first" and item in firsts):
            continue
        firsts.add(item)
        found["member", member][day_of[item]] += 1
    for item, unit in zip(*snapshot.units, strict=True):
        if item not in excluded:
            found["unit", unit][day_of[item]] += 1
    return found


def _adopted(
    snapshot: Snapshot,
    rulebook: Rulebook,
    quota: Quota,
    items: Mapping[FactId, Item],
    excluded: set[FactId],
) -> dict[Key, list[tuple[FactId, Day]]]:
    """Adopted items by holder, each with every day of the year on which it counts."""
    count = rulebook.quota_count
    counts_on = counting_day(snapshot, rulebook)
    found: dict[Key, list[tuple[FactId, Day]]] = defaultdict(list)
    for item, entry in items.items():
        adopted_on = {
            counts_on[item] or event.day
            for event, seen in zip(entry.events, entry.pattern.events, strict=True)
            if seen.when == "within" and seen.kind == "adoption" and seen.label in quota.channels
        }
        if not adopted_on or item in excluded:
            continue
        authors = entry.authors[: 1 if count.joint == "first" else None]
        if entry.pattern.by_unit and count.by_unit == "units_only":
            authors = ()
        keys: list[Key] = [("member", author) for author in authors]
        keys += [("unit", unit) for unit in entry.units]
        for key in keys:
            found[key].extend((item, day) for day in adopted_on)
    return found
