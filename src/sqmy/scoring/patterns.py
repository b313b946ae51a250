"""Items reduced to patterns: all that the rules look at.

A year's items share a handful of patterns (which channels, which ranks, how many authors), so a
rule is evaluated once for each pattern and costs next to nothing for each item. The work that is
done for every item is kept to flat columns for the same reason.
"""

from array import array
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
    co_authors = _signers(authors, item)
    made = [
        _fulfilling(snapshot, condition, authors, co_authors) for condition in conditions(rulebook)
    ]
    keys = list(
        zip(
            [(codes[at[0]],) if len(at) == 1 else tuple([codes[p] for p in at]) for at in events],
            map(co_authors.__getitem__, item),
            map(_signers(units, item).__getitem__, item),
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
    several = set()
    for place, (item, day) in enumerate(zip(events.item, days, strict=True)):
        if day > year.last:
            continue
        if item in found:
            several.add(item)
            found[item] += (place,)
        else:
            found[item] = (place,)
    for item in several:
        found[item] = tuple(
            sorted(found[item], key=lambda at: (events.day[at], events.kind[at], events.fact[at]))
        )
    if min(days, default=year.first) >= year.first:
        return found
    return {
        item: places
        for item, places in found.items()
        if any(days[place] >= year.first for place in places)
    }


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


def _signers(signed: dict[FactId, Signed], items: Sequence[FactId]) -> "array[int]":
    """How many signed each item, at the place of its identity."""
    counts = array("L", bytes(array("L").itemsize * (max(items, default=0) + 1)))
    for item in chain.from_iterable([own.item for own in signed.values()]):
        counts[item] += 1
    return counts


def _fulfilling(
    snapshot: Snapshot,
    condition: Authors,
    authors: dict[FactId, Signed],
    co_authors: "array[int]",
) -> set[FactId]:
    """The items whose authors, all or any, held one of some roles on their date."""
    signed = {
        member: (own.item, terms)
        for member, own in authors.items()
        if (
            terms := [
                term
                for term in snapshot.register.members[member].terms
                if term.role in condition.roles
            ]
        )
    }
    concerned = set(chain.from_iterable([items for items, _ in signed.values()]))
    columns = snapshot.items
    day_of = dict(
        compress(
            zip(columns.item, columns.day, strict=True),
            map(concerned.__contains__, columns.item),
        )
    )
    held: Counter[FactId] = Counter()
    for items, terms in signed.values():
        held.update(item for item in items if any(term.held_on(day_of[item]) for term in terms))
    if condition.quantifier == "any":
        return set(held)
    return {item for item, count in held.items() if count == co_authors[item]}
