"""Quotas: what each holder owed in the year and did: step 5 of the rulebook.

Whole items are counted by month of the scoring year; every calendar period is a run of such
months. Quotas that look closer, or have other periods, are counted event by event: `counting`.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from itertools import chain, compress
from operator import not_
from typing import NamedTuple

from sqmy import days
from sqmy.days import MONTHS_IN, Day, Period
from sqmy.facts import FactId
from sqmy.register import Register
from sqmy.rules.rulebook import Rulebook
from sqmy.rules.tasks import Quota, QuotaCount
from sqmy.scoring.book import HolderType, Key, Obligation, Quantity
from sqmy.scoring.due import due_spans, in_force, spans_of
from sqmy.scoring.patterns import Eventful, Pattern
from sqmy.snapshot import Snapshot, looked_up

_NEVER = 255
"""The month of items that count for no quota; months are numbered from 0."""

Counter = Callable[[Key, Quota, Period], Quantity]
"""How much of a quota a holder did in a period, where not whole items are counted."""

_Adopted = dict[FactId, list[set[int]]]
"""For each holder, for each adopted item, the months of the scoring year in which it was."""


class Owed(NamedTuple):
    """One obligation before anything is counted: a quota, for a role, in the nth period."""

    quota: Quota
    role: str
    nth: int
    period: Period
    required: Quantity

    @property
    def months(self) -> range:
        """The months of the scoring year that the period spans, from 0."""
        length = MONTHS_IN[self.quota.per]
        return range(self.nth * length, (self.nth + 1) * length)


def obligations(
    snapshot: Snapshot,
    rulebook: Rulebook,
    year: Period,
    done: tuple[Eventful, Counter],
    listed: Iterable[Key],
) -> tuple[Obligation, ...]:
    """Every obligation due in the year of the holders listed, in their order.

    Args:
        snapshot: the facts.
        rulebook: sound.
        year: the scoring year.
        done: its eventful items, and what quotas count that are not of whole items.
        listed: the holders.
    """
    found, counted = done
    owed = owed_by(snapshot.register, rulebook, year)
    count = Counts(snapshot, rulebook, year, found, owed)
    due = []
    for key in listed:
        names = _names(snapshot.register, key, year.last)
        over: dict[tuple[int, str], Fraction] = {}
        for one in owed.get(key, ()):
            plain = rulebook.counting.plainly(one.quota)
            actual: Quantity = count.of(key, one) if plain else counted(key, one.quota, one.period)
            if one.quota.carry:
                actual += over.get((id(one.quota), one.role), Fraction())
                over[id(one.quota), one.role] = max(actual - one.required, Fraction())
            due.append(
                Obligation(
                    key,
                    *names,
                    one.role,
                    one.quota.metric,
                    one.period,
                    one.required,
                    actual,
                    one.quota.binding,
                    one.quota.clause,
                )
            )
    return tuple(due)


def _names(register: Register, key: Key, day: Day) -> tuple[str, str]:
    if key[0] == "unit":
        name = register.unit_name(key[1], day)
        return name, name
    member = register.members[key[1]]
    return member.name, register.unit_name(member.unit_on(day), day)


def owed_by(register: Register, rulebook: Rulebook, year: Period) -> dict[Key, list[Owed]]:
    """For each holder what is due in the year."""
    owed: dict[Key, list[Owed]] = defaultdict(list)
    for quota in rulebook.quotas:
        spans = spans_of(rulebook, year, quota.per, quota.period)
        within = [one for one in enumerate(spans) if in_force(quota, one[1])]
        general = _whole(quota.required)
        for member in register.members.values() if quota.roles else ():
            owed["member", member.id].extend(
                Owed(quota, role, nth, period, general)
                for role, nth, period in due_spans(member, quota.roles, quota.due, within)
                if general
            )
        by_unit = quota.by_unit or {}
        for unit in register.units.values() if quota.unit_kinds or by_unit else ():
            state = unit.on(year.last)
            named = next((by_unit[name] for name in unit.names if name in by_unit), None)
            if named is None and state.kind not in quota.unit_kinds:
                continue
            required = general if named is None else _whole(named)
            owed["unit", unit.id].extend(
                Owed(
                    quota,
                    state.kind,
                    nth,
                    period,
                    required * (register.headcount(unit.id, period.last) if quota.per_head else 1),
                )
                for nth, period in within
                if required
            )
    return owed


def _whole(number: Fraction) -> Quantity:
    """A number as a whole one where it is: there is one for each obligation."""
    return number.numerator if number.denominator == 1 else number


class Counts:
    """What was done, in whole items, by holder and month."""

    def __init__(
        self,
        snapshot: Snapshot,
        rulebook: Rulebook,
        year: Period,
        found: Eventful,
        owed: Mapping[Key, Sequence[Owed]],
    ) -> None:
        self._owed = owed
        self._snapshot = snapshot
        self._rulebook = rulebook
        self._found = found
        self._month_of = _months(int(year.label), rulebook.year.start)
        self._signed = {"member": snapshot.authors, "unit": snapshot.units}
        self._month_of_item = self._item_months()
        self._submitted: dict[Key, bytes] = {}
        self._adopted: dict[tuple[HolderType, tuple[str, ...]], _Adopted] = {}

    def _item_months(self) -> dict[HolderType, bytearray]:
        """For members and for units, the month in which each item counts, or `_NEVER`.

        One byte at the place of the item's identity, for `looked_up`.
        """
        found, (item, day, by_unit) = self._found, self._snapshot.items
        for_units = bytearray([_NEVER]) * (max(item, default=0) + 1)
        for one, month in zip(item, map(self._month_of.get, day), strict=True):
            if month is not None:
                for_units[one] = month
        counts = [self._counts(pattern, "unit") for pattern in found.patterns]
        if not all(counts):
            for one, pattern in zip(found.item, found.pattern, strict=True):
                if not counts[pattern]:
                    for_units[one] = _NEVER
        for_members = bytearray(for_units)
        if self._rulebook.counting.by_unit == "units_only":
            for one in compress(item, by_unit):
                for_members[one] = _NEVER
        return {"member": for_members, "unit": for_units}

    def of(self, key: Key, owed: Owed) -> int:
        """What a holder did of a quota in a period."""
        if owed.quota.submitted is not None:
            return self.submitted(key, owed.months)
        return self.adopted(key, owed.quota.channels, owed.months)

    def submitted(self, key: Key, span: range) -> int:
        """Submissions of a holder in some months."""
        if key not in self._submitted:
            self._submitted[key] = self._submissions(*key)
        months = self._submitted[key]
        return sum(map(months.count, span))

    def adopted(self, key: Key, channels: tuple[str, ...], span: range) -> int:
        """Distinct items of a holder that one of these channels adopted in some months."""
        wanted = (key[0], channels)
        if wanted not in self._adopted:
            self._adopted[wanted] = self._adoptions(*wanted)
        own = self._adopted[wanted].get(key[1], ())
        return sum(not months.isdisjoint(span) for months in own)

    def _submissions(self, holder: HolderType, identity: FactId) -> bytes:
        """The month in which each of a holder's submissions counts."""
        signed = self._signed[holder].get(identity)
        if signed is None:
            return b""
        month_of, items = self._month_of_item[holder], signed.item
        if holder == "member" and self._rulebook.counting.joint == "first":
            items = list(compress(items, map(not_, signed.place)))
        return looked_up(month_of, items, _NEVER)

    def _adoptions(self, holder: HolderType, channels: tuple[str, ...]) -> _Adopted:
        """For each member, or each unit, the months in which each of its items was adopted."""
        count, month_of, found = self._rulebook.counting, self._month_of, self._found
        on = found.days
        hits = [
            [
                at
                for at, seen in enumerate(pattern.events)
                if seen.kind == "adoption" and seen.within and seen.label in channels
            ]
            if self._counts(pattern, holder)
            else []
            for pattern in found.patterns
        ]
        alone = [{month} for month in range(MONTHS_IN["year"])]
        firsts_only = holder == "member" and count.joint == "first"
        own = found.authors if holder == "member" else found.units
        signed = {}
        for (kind, identity), owed in self._owed.items():
            wanted = kind == holder and any(one.quota.channels == channels for one in owed)
            if wanted and identity in own:
                item, place = own[identity]
                signed[identity] = list(compress(item, map(not_, place))) if firsts_only else item
        theirs = set(chain.from_iterable(signed.values()))
        months = {
            item: alone[month_of[on[places[hits[pattern][0]]]]]
            if len(hits[pattern]) == 1
            else {month_of[on[places[at]]] for at in hits[pattern]}
            for item, pattern, places in zip(found.item, found.pattern, found.events, strict=True)
            if hits[pattern] and item in theirs
        }
        return {
            identity: [months[item] for item in own if item in months]
            for identity, own in signed.items()
        }

    def _counts(self, pattern: Pattern, holder: HolderType) -> bool:
        """Whether items of a pattern count for members, or for units."""
        return counts_for(pattern, holder, self._rulebook.counting)


def counts_for(pattern: Pattern, holder: HolderType, count: QuotaCount) -> bool:
    """Whether items of a pattern count for members, or for units."""
    if pattern.incident:
        return True
    if count.findings == "excluded" and any(
        seen.kind == "finding" and seen.within for seen in pattern.events
    ):
        return False
    return not (holder == "member" and pattern.by_unit and count.by_unit == "units_only")


@lru_cache(maxsize=2)
def _months(year: int, start: str) -> dict[Day, int]:
    """The month, from 0, of each day of the scoring year."""
    found = {}
    for nth, month in enumerate(days.periods(year, "month", start)):
        day = month.first
        while day <= month.last:
            found[day] = nth
            day = days.add_days(day, 1)
    return found
