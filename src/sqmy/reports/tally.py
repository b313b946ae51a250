"""What was submitted, adopted and instructed in a span of days, counted by whoever is asked for.

An item (条) counts once for each unit, group or member that signed it, and once in all: the
counts of units may add up to more than the whole. An item adopted by two channels is one item
adopted and two adoptions (条次); an item with two instructions is two 件次.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import compress
from typing import NamedTuple, TypeVar

from sqmy.days import Day, Period
from sqmy.facts import FactId
from sqmy.snapshot import Signed, Snapshot
from sqmy.terms import Form

_Key = TypeVar("_Key", bound=Hashable)


class Adopted(NamedTuple):
    """采用: one adoption."""

    item: FactId
    day: Day
    fact: FactId
    channel: str
    form: Form | None


class Instructed(NamedTuple):
    """批示: one instruction, without its words."""

    item: FactId
    day: Day
    fact: FactId
    rank: str


class Span(NamedTuple):
    """What happened from the first day of a period to its last.

    Attributes:
        submitted: the items, in order of day.
        adoptions, instructions: in order of day and recording.
    """

    period: Period
    submitted: tuple[FactId, ...]
    adoptions: tuple[Adopted, ...]
    instructions: tuple[Instructed, ...]

    @property
    def adopted(self) -> tuple[FactId, ...]:
        """The items adopted, each once, in the order of their first adoption."""
        return tuple(dict.fromkeys(one.item for one in self.adoptions))

    def __bool__(self) -> bool:
        return bool(self.submitted or self.adoptions or self.instructions)


class Count:
    """How much of a span belongs to one unit, group, member, or to everybody.

    Attributes:
        submitted, adopted: items.
        channels: items adopted, by channel.
        ranks: instructions, by rank.
        instructed: items with an instruction.
    """

    def __init__(self) -> None:
        self.submitted = 0
        self.adopted = 0
        self.instructed = 0
        self.channels: Counter[str] = Counter()
        self.ranks: Counter[str] = Counter()

    @property
    def instructions(self) -> int:
        """Instructions, 件次."""
        return self.ranks.total()


class Year:
    """The items and events of a scoring year's Snapshot, ready to be counted.

    Attributes:
        day_of: when each item was submitted.
        by_unit: the items signed by the unit alone.
        units_of, authors_of: who signed each item, in the order of signature.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self.register = snapshot.register
        items = snapshot.items
        self.day_of: dict[FactId, Day] = dict(zip(items.item, items.day, strict=True))
        self.by_unit = frozenset(compress(items.item, items.by_unit))
        self.units_of = _signers(snapshot.units)
        self.authors_of = _signers(snapshot.authors)
        events = snapshot.events
        rows = sorted(
            zip(events.day, events.fact, events.kind, events.item, events.label, events.form,
                strict=True)
        )  # fmt: skip
        self._adoptions = [
            Adopted(item, day, fact, label, form)
            for day, fact, kind, item, label, form in rows
            if kind == "adoption"
        ]
        self._instructions = [
            Instructed(item, day, fact, label)
            for day, fact, kind, item, label, _ in rows
            if kind == "instruction"
        ]

    def span(self, period: Period) -> Span:
        """What happened in a period."""
        submitted = sorted((day, item) for item, day in self.day_of.items() if day in period)
        return Span(
            period,
            tuple(item for _, item in submitted),
            tuple(one for one in self._adoptions if one.day in period),
            tuple(one for one in self._instructions if one.day in period),
        )


def _signers(signed: Mapping[FactId, Signed]) -> dict[FactId, tuple[FactId, ...]]:
    found: dict[FactId, list[tuple[int, FactId]]] = defaultdict(list)
    for holder, own in signed.items():
        for item, place in zip(own.item, own.place, strict=True):
            found[item].append((place, holder))
    return {item: tuple(holder for _, holder in sorted(own)) for item, own in found.items()}


def total(span: Span) -> Count:
    """The span as a whole: every item once."""
    return counts(span, lambda _: ("",)).get("", Count())


def counts(span: Span, of: Callable[[FactId], Iterable[_Key]]) -> dict[_Key, Count]:
    """The span by those to whom an item belongs.

    Args:
        span: what happened.
        of: to whom an item belongs, each once.
    """
    found: dict[_Key, Count] = defaultdict(Count)

    def owners(items: Iterable[FactId]) -> Iterator[Count]:
        return (found[key] for item in items for key in of(item))

    for count in owners(span.submitted):
        count.submitted += 1
    for count in owners(span.adopted):
        count.adopted += 1
    for item, channel in dict.fromkeys((one.item, one.channel) for one in span.adoptions):
        for count in owners([item]):
            count.channels[channel] += 1
    for one in span.instructions:
        for count in owners([one.item]):
            count.ranks[one.rank] += 1
    for count in owners(dict.fromkeys(one.item for one in span.instructions)):
        count.instructed += 1
    return found
