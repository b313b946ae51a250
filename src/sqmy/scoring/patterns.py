"""Items reduced to patterns: all that the rules look at.

A year's items share a handful of patterns (which channels, which ranks, how many authors), so a
rule is evaluated once for each pattern and costs next to nothing for each item. The work that is
done for every item is kept to flat columns for the same reason.
"""

from collections import Counter
from collections.abc import Sequence
from itertools import chain, compress, repeat
from typing import Literal, NamedTuple

from sqmy.days import Day, Period
from sqmy.facts import FactId
from sqmy.rules.rulebook import Authors, Rulebook
from sqmy.snapshot import Events, Signed, Snapshot
from sqmy.terms import Form


class Seen(NamedTuple):
    """An event as the rules see it: without its item, day and place."""

    kind: str
    label: str
    form: Form | None
    when: Literal["before", "within"]


class Pattern(NamedTuple):
    """What decides an item's points.

    Attributes:
        events: up to the year's end, in order; adoptions before instructions of the same day.
        authored_by: for each condition of `conditions`, whether the item fulfils it.
    """

    events: tuple[Seen, ...]
    authors: int
    units: int
    by_unit: bool
    authored_by: tuple[bool, ...]


class Eventful(NamedTuple):
    """The items that something happened to in the year, in columns, in no particular order.

    Attributes:
        pattern: the place of each item's pattern in `patterns`.
        events: the places of its events in the columns of the snapshot, in their order.
        authors: what each member signed of these items.
        units: what each unit reported of them.
        patterns: the patterns that the items share.
    """

    item: list[FactId]
    pattern: list[int]
    events: list[tuple[int, ...]]
    authors: dict[FactId, Signed]
    units: dict[FactId, Signed]
    patterns: list[Pattern]


def conditions(rulebook: Rulebook) -> tuple[Authors, ...]:
    """The conditions on authors that the rulebook makes, each once."""
    made = [rule.authors for rule in rulebook.rules]
    made.append(rulebook.sharing.exception and rulebook.sharing.exception.authors)
    return tuple(dict.fromkeys(condition for condition in made if condition))


def counting_days(snapshot: Snapshot, rulebook: Rulebook) -> Sequence[Day]:
    """For each event the day by which it counts: its own, or that of its item's submission."""
    if rulebook.year.counts_by == "own_date":
        return snapshot.events.day
    of_item = dict(zip(snapshot.items.item, snapshot.items.day, strict=True))
    return [of_item.get(item, "") for item in snapshot.events.item]


def eventful(snapshot: Snapshot, rulebook: Rulebook, year: Period) -> Eventful:
    """The items with an event that counts in the year."""
    days = counting_days(snapshot, rulebook)
    events_of = _events_by_item(snapshot.events, days, year)
    codes, seen = _seen(snapshot.events, days, year)
    item, events = list(events_of), list(events_of.values())
    authors = _among(snapshot.authors, item)
    units = _among(snapshot.units, item)
    signed = set(compress(snapshot.items.item, snapshot.items.by_unit))
    co_authors = _signers(authors)
    made = [
        _fulfilling(snapshot, condition, authors, co_authors) for condition in conditions(rulebook)
    ]
    keys = list(
        zip(
            [(codes[at[0]],) if len(at) == 1 else tuple([codes[p] for p in at]) for at in events],
            map(co_authors.__getitem__, item),
            map(_signers(units).__getitem__, item),
            map(signed.__contains__, item),
            zip(*(map(some.__contains__, item) for some in made), strict=True)
            if made
            else repeat((), len(item)),
            strict=True,
        )
    )
    places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    patterns = [
        Pattern(tuple(seen[code] for code in own), by_authors, by_units, signed_by_unit, by)
        for own, by_authors, by_units, signed_by_unit, by in places
    ]
    return Eventful(item, [places[key] for key in keys], events, authors, units, patterns)


def _events_by_item(
    events: Events, days: Sequence[Day], year: Period
) -> dict[FactId, tuple[int, ...]]:
    """The places of the events up to the year's end, in order, of items with one in the year."""
    found: dict[FactId, tuple[int, ...]] = {}
    several = Counter(events.item)
    for place, (item, day) in enumerate(zip(events.item, days, strict=True)):
        if day <= year.last and (several[item] > 1 or day >= year.first):
            found[item] = (*found[item], place) if item in found else (place,)
    for item, count in several.items():
        if count > 1 and item in found:
            if not any(days[place] >= year.first for place in found[item]):
                del found[item]
                continue
            found[item] = tuple(
                sorted(
                    found[item],
                    key=lambda at: (events.day[at], events.kind[at], events.fact[at]),
                )
            )
    return found


def _seen(events: Events, days: Sequence[Day], year: Period) -> tuple[list[int], list[Seen]]:
    """The distinct events as the rules see them, and for each event which of them it is."""
    earlier = [day < year.first for day in days]
    keys = list(zip(events.kind, events.label, events.form, earlier, strict=True))
    places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    return (
        [places[key] for key in keys],
        [Seen(*key[:3], "before" if key[3] else "within") for key in places],
    )


def _among(signed: dict[FactId, Signed], items: Sequence[FactId]) -> dict[FactId, Signed]:
    """What each holder signed of these items."""
    last = max(items, default=0)
    wanted = bytearray(last + 1)  # a byte for each identity: see `quotas`
    for item in items:
        wanted[item] = 1
    found = {}
    for holder, (own, places) in signed.items():
        if max(own, default=0) > last:
            chosen = bytes([item <= last and wanted[item] for item in own])
        else:
            chosen = bytes(map(wanted.__getitem__, own))
        if 1 in chosen:
            found[holder] = Signed(list(compress(own, chosen)), list(compress(places, chosen)))
    return found


def _signers(signed: dict[FactId, Signed]) -> Counter[FactId]:
    """How many signed each item."""
    return Counter(chain.from_iterable([own.item for own in signed.values()]))


def _fulfilling(
    snapshot: Snapshot,
    condition: Authors,
    authors: dict[FactId, Signed],
    co_authors: Counter[FactId],
) -> set[FactId]:
    """The items whose authors, all or any, held one of some roles on their date."""
    day_of = dict(zip(snapshot.items.item, snapshot.items.day, strict=True))
    held: Counter[FactId] = Counter()
    for member, own in authors.items():
        terms = [
            term for term in snapshot.register.members[member].terms if term.role in condition.roles
        ]
        if terms:
            held.update(
                item for item in own.item if any(term.held_on(day_of[item]) for term in terms)
            )
    if condition.quantifier == "any":
        return set(held)
    return {item for item, count in held.items() if count == co_authors[item]}
