"""Items reduced to patterns: all that the rules look at.

A year's items share a handful of patterns (which channels, which ranks, how many authors), so a
rule is evaluated once for each pattern and costs next to nothing for each item.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal, NamedTuple

from sqmy.days import Day, Period
from sqmy.facts import FactId
from sqmy.register import Register, Term
from sqmy.rules.rulebook import Authors, Rulebook
from sqmy.snapshot import Event, Links, Snapshot
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


class Item(NamedTuple):
    """An item that something happened to, with its pattern."""

    pattern: Pattern
    events: tuple[Event, ...]
    authors: tuple[FactId, ...]
    units: tuple[FactId, ...]
    day: Day


def conditions(rulebook: Rulebook) -> tuple[Authors, ...]:
    """The conditions on authors that the rulebook makes, each once."""
    made = [rule.authors for rule in rulebook.rules]
    made.append(rulebook.sharing.exception and rulebook.sharing.exception.authors)
    return tuple(dict.fromkeys(condition for condition in made if condition))


def items_of(snapshot: Snapshot, rulebook: Rulebook, year: Period) -> dict[FactId, Item]:
    """The items with an event that counts in the year, in the order of recording."""
    wanted = _events_by_item(snapshot, rulebook, year)
    authors = _holders_by_item(snapshot.authors, wanted)
    units = _holders_by_item(snapshot.units, wanted)
    fulfils = [_Fulfilment(snapshot.register, condition) for condition in conditions(rulebook)]
    found = {}
    for item, day, by_unit in zip(*snapshot.items, strict=True):
        if item not in wanted:
            continue
        events, seen = wanted[item]
        own_authors, own_units = authors.get(item, ()), units.get(item, ())
        pattern = Pattern(
            seen,
            len(own_authors),
            len(own_units),
            bool(by_unit),
            tuple(fulfilment.by(own_authors, day) for fulfilment in fulfils),
        )
        found[item] = Item(pattern, events, own_authors, own_units, day)
    return found


def _events_by_item(
    snapshot: Snapshot, rulebook: Rulebook, year: Period
) -> dict[FactId, tuple[tuple[Event, ...], tuple[Seen, ...]]]:
    """Events up to the year's end of each item with at least one that counts in the year."""
    by_item: dict[FactId, list[Event]] = defaultdict(list)
    for event in snapshot.events:
        by_item[event.item].append(event)
    counts_in = counting_day(snapshot, rulebook)
    found = {}
    for item, events in by_item.items():
        if item not in counts_in:
            continue
        own = counts_in[item]
        days = [own or event.day for event in events]
        if any(day in year for day in days):
            kept = [(e, d) for e, d in zip(events, days, strict=True) if d <= year.last]
            found[item] = (
                tuple(event for event, _ in kept),
                tuple(
                    Seen(e.kind, e.label, e.form, "before" if d < year.first else "within")
                    for e, d in kept
                ),
            )
    return found


def counting_day(snapshot: Snapshot, rulebook: Rulebook) -> dict[FactId, Day]:
    """For each item the day by which all its events count; "" where each has its own."""
    if rulebook.year.counts_by == "submission_date":
        return dict(zip(snapshot.items.item, snapshot.items.day, strict=True))
    return dict.fromkeys(snapshot.items.item, "")


def _holders_by_item(links: Links, wanted: Iterable[FactId]) -> dict[FactId, tuple[FactId, ...]]:
    found: dict[FactId, tuple[FactId, ...]] = dict.fromkeys(wanted, ())
    for item, holder in zip(*links, strict=True):
        if item in found:
            found[item] += (holder,)
    return found


class _Fulfilment:
    """Whether all, or any, of an item's authors held one of some roles on its date."""

    def __init__(self, register: Register, condition: Authors) -> None:
        self._quantify = all if condition.quantifier == "all" else any
        self._terms: dict[FactId, list[Term]] = {}
        for member in register.members.values():
            if terms := [term for term in member.terms if term.role in condition.roles]:
                self._terms[member.id] = terms

    def by(self, authors: tuple[FactId, ...], day: Day) -> bool:
        return bool(authors) and self._quantify(
            any(term.held_on(day) for term in self._terms.get(author, ())) for author in authors
        )
