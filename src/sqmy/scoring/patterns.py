"""Items reduced to patterns: all that the rules look at.

A year's items share a handful of patterns (which channels, which ranks, how many authors), so a
rule is evaluated once for each pattern and costs next to nothing for each item. The work that is
done for every item is kept to flat columns for the same reason.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, compress, count, repeat
from typing import NamedTuple, TypeVar

from sqmy.days import Day, Period
from sqmy.facts import FactId
from sqmy.rules import looking
from sqmy.rules.rulebook import KINDS, Rulebook
from sqmy.scoring.conditions import fulfilling
from sqmy.scoring.traits import Traits, segments
from sqmy.snapshot import Events, Signed, Snapshot, Table, looked_up, table

Named = tuple[tuple[str, str], ...]
"""Values of attributes by name."""

_Key = TypeVar("_Key")


class Seen(NamedTuple):
    """An event as the rules see it: without its item, day and place.

    Attributes:
        segment: in which span of the year it lies, between the days on which rules begin and
            end, from 0; -1 before the year.
        traits: the attributes of its fact that points depend on.
        decided: clause and points that a ruling gives it.
    """

    kind: str
    label: str
    form: str | None
    segment: int
    traits: Named = ()
    decided: tuple[tuple[str, object], ...] = ()

    @property
    def within(self) -> bool:
        """Whether it counts in the year."""
        return self.segment >= 0


class Pattern(NamedTuple):
    """What decides an item's points.

    Attributes:
        events: up to the year's end, in order; adoptions before instructions of the same day.
        fulfils: for each condition of `looking.conditions`, whether the item fulfils it, or the
            places of those who do.
        traits: the attributes of the item that points depend on.
        incident: not an item, but a finding on a member or a unit.
        days: for each event how many earlier days there are, where that matters; else ().
    """

    events: tuple[Seen, ...]
    authors: int
    units: int
    by_unit: bool
    fulfils: tuple[bool | tuple[int, ...], ...]
    traits: Named = ()
    incident: bool = False
    days: tuple[int, ...] = ()

    def until(self, place: int) -> tuple[Seen, ...]:
        """The events until the day of one of them, that day included."""
        if not self.days:
            return self.events[: place + 1]
        last = bisect_right(self.days, self.days[place])
        return self.events[:last]


class Eventful(NamedTuple):
    """The items that something happened to in the year, in columns, in no particular order.

    Attributes:
        pattern: the place of each item's pattern in `patterns`.
        events: the places of its events in `happened`, in their order.
        authors: what each member signed of these items.
        units: what each unit reported of them.
        patterns: the patterns that the items share.
        happened: the columns of all events.
        days: for each event the day by which it counts.
        incidents: the first identity in `item` that is none: a finding's own reference.
    """

    item: list[FactId]
    pattern: list[int]
    events: list[tuple[int, ...]]
    authors: dict[FactId, Signed]
    units: dict[FactId, Signed]
    patterns: list[Pattern]
    happened: Events
    days: Sequence[Day]


def counting_days(snapshot: Snapshot, rulebook: Rulebook, events: Events) -> Sequence[Day]:
    """For each event the day by which it counts: its own, or that of its item's submission."""
    if rulebook.year.counts_by == "own_date":
        return events.day
    of_item = dict(zip(snapshot.items.item, snapshot.items.day, strict=True))
    return [of_item.get(item, day) for item, day in zip(events.item, events.day, strict=True)]


def eventful(snapshot: Snapshot, rulebook: Rulebook, year: Period) -> Eventful:
    """The items with an event that counts in the year."""
    events, signed_too = _all_events(snapshot, rulebook)
    days = counting_days(snapshot, rulebook, events)
    events_of = _events_by_item(events, days, (looking.first_day(rulebook, year), year.last))
    described = Traits(snapshot, rulebook)
    spans = segments(days, rulebook, year)
    codes, seen = _seen(snapshot, events, spans, described)
    item, places_of = list(events_of), list(events_of.values())
    authors = _among({**snapshot.authors, **signed_too["member"]}, item)
    units = _among({**snapshot.units, **signed_too["unit"]}, item)
    by_unit = set(compress(snapshot.items.item, snapshot.items.by_unit))
    co_authors, co_units = _signers(authors, item), _signers(units, item)
    signatures = (authors, co_authors), (units, co_units)
    made = [
        fulfilling(snapshot, condition, signatures, year.last)
        for condition in looking.conditions(rulebook)
    ]
    traits = described.of_items(item)
    incidents = set(snapshot.incidents.fact)
    numbers, keys = _numbered(
        zip(
            [
                (codes[at[0]],) if len(at) == 1 else tuple([codes[p] for p in at])
                for at in places_of
            ],
            map(co_authors.__getitem__, item),
            map(co_units.__getitem__, item),
            map(by_unit.__contains__, item),
            zip(*(map(some, item) for some in made), strict=True)
            if made
            else repeat((), len(item)),
            traits,
            map(incidents.__contains__, item),
            _days(events, places_of) if looking.by_day(rulebook) else repeat((), len(item)),
            strict=True,
        )
    )
    patterns = [Pattern(tuple(seen[code] for code in own), *rest) for own, *rest in keys]
    return Eventful(item, numbers, places_of, authors, units, patterns, events, days)


def _all_events(
    snapshot: Snapshot, rulebook: Rulebook
) -> tuple[Events, dict[str, dict[FactId, Signed]]]:
    """The events that the rulebook looks at, and who signs those that are incidents.

    Submissions are events where something depends on them; a finding on a member or a unit is
    the event of an item of its own, which only the holder signs.
    """
    events, signed = snapshot.events, {"member": dict[FactId, Signed](), "unit": {}}
    submissions = looking.sees_submissions(rulebook)
    if not submissions and not snapshot.incidents.fact:
        return events, signed
    items, about = snapshot.items, snapshot.incidents
    added = len(items.item) if submissions else 0
    more = len(about.fact)
    for (what, holder), fact in zip(about.holder, about.fact, strict=True):
        had = (snapshot.authors if what == "member" else snapshot.units).get(holder)
        own = signed[what].setdefault(holder, Signed(*map(list, had or ([], []))))
        own.item.append(fact)
        own.place.append(0)
    joined = Events(
        [*events.item, *items.item[:added], *about.fact],
        [*events.day, *items.day[:added], *about.day],
        [*events.kind, *["submission"] * added, *["finding"] * more],
        [*events.fact, *items.item[:added], *about.fact],
        [*events.label, *[""] * added, *about.label],
        [*events.form, *repeat(None, added + more)],
    )
    return joined, signed


_ORDER: dict[str, int] = {kind: place for place, kind in enumerate(KINDS)}


def _events_by_item(
    events: Events, days: Sequence[Day], span: tuple[Day, Day]
) -> dict[FactId, tuple[int, ...]]:
    """The places of the events up to the last day, in order, of items with one in the span."""
    first, last = span
    found: dict[FactId, tuple[int, ...]] = {}
    several = set()
    for place, (item, day) in enumerate(zip(events.item, days, strict=True)):
        if day > last:
            continue
        if item in found:
            several.add(item)
            found[item] += (place,)
        else:
            found[item] = (place,)
    for item in several:
        found[item] = tuple(
            sorted(
                found[item],
                key=lambda at: (events.day[at], _ORDER[events.kind[at]], events.fact[at]),
            )
        )
    if min(days, default=first) >= first:
        return found
    return {
        item: places
        for item, places in found.items()
        if any(days[place] >= first for place in places)
    }


def _days(events: Events, places_of: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """For each item, for each of its events how many earlier days it has events on."""
    found = []
    for places in places_of:
        own = [events.day[at] for at in places]
        marks = sorted(set(own))
        found.append(tuple([bisect_left(marks, day) for day in own]))
    return found


def _seen(
    snapshot: Snapshot, events: Events, spans: list[int], described: Traits
) -> tuple[list[int], list[Seen]]:
    """The distinct events as the rules see them, and for each event which of them it is."""
    columns: list[Sequence[object]] = [events.kind, events.label, events.form, spans]
    traits = described.of_events(events)
    if traits is not None or snapshot.rulings:
        columns += [
            list(repeat((), len(spans))) if traits is None else traits,
            [
                tuple((d.clause, d.points) for d in snapshot.rulings.get(fact, ()))
                for fact in events.fact
            ],
        ]
    numbers, keys = _numbered(zip(*columns, strict=True))
    return numbers, [Seen(*key) for key in keys]


def _numbered(keys: Iterable[_Key]) -> tuple[list[int], list[_Key]]:
    """For each key its number, from 0 as they are first met, and the keys in that order."""
    number_of: defaultdict[_Key, int] = defaultdict(count().__next__)
    return list(map(number_of.__getitem__, keys)), list(number_of)


def _among(signed: Mapping[FactId, Signed], items: Sequence[FactId]) -> dict[FactId, Signed]:
    """What each holder signed of these items."""
    wanted = bytearray(max(items, default=0) + 1)
    for item in items:
        wanted[item] = 1
    found = {}
    for holder, (own, places) in signed.items():
        chosen = looked_up(wanted, own)
        if 1 in chosen:
            found[holder] = Signed(list(compress(own, chosen)), list(compress(places, chosen)))
    return found


def _signers(signed: Mapping[FactId, Signed], items: Sequence[FactId]) -> Table:
    """How many signed each item, at the place of its identity."""
    counts = table(items)
    for item in chain.from_iterable([own.item for own in signed.values()]):
        counts[item] += 1
    return counts
