"""What a year's points are computed from: where the ledger and scoring meet.

A Snapshot holds the live facts that matter to one year, without titles or texts, in flat columns:
a million items are a few lists, not millions of objects. The ledger makes it, scoring reads it,
and neither knows the other.
"""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import compress
from types import MappingProxyType
from typing import Any, NamedTuple, Union

from sqmy.days import Day, Period, week_of
from sqmy.facts import FactId
from sqmy.register import Register


class Items(NamedTuple):
    """The live items submitted in the year, or touched by an event of it."""

    item: list[FactId]
    day: list[Day]
    by_unit: list[int]


class Signed(NamedTuple):
    """The items that one holder signed, in any order.

    Items that are not among the snapshot's `Items` may stand here too; they do not count.

    Attributes:
        item: the items.
        place: the holder's place among those who signed each, from 0.
    """

    item: list[FactId]
    place: list[int]


class Events(NamedTuple):
    """What became of the items, in any year: adoptions, instructions and findings, in any order.

    Attributes:
        kind: `forwarding`, `adoption`, `instruction` or `finding`.
        label: the channel, rank or kind of finding.
        form: 采用方式 of an adoption as it is recorded, else None.
    """

    item: list[FactId]
    day: list[Day]
    kind: list[str]
    fact: list[FactId]
    label: list[str]
    form: list[str | None]


class Incidents(NamedTuple):
    """Findings on a member or on a unit itself, up to the year's end, in any order.

    Attributes:
        holder: whom each is about, as (`member` or `unit`, identity).
    """

    holder: list[tuple[str, FactId]]
    day: list[Day]
    fact: list[FactId]
    label: list[str]


class Decided(NamedTuple):
    """A ruling that says what a fact earns by a clause, before sharing.

    Attributes:
        ruling: the ruling, a place in the chain.
    """

    clause: str
    points: Fraction
    ruling: FactId


class Reads(NamedTuple):
    """What a rulebook looks at beyond items and what became of them; the rest is not read.

    Attributes:
        forwardings: what our office sent on.
        incidents: findings on members and units.
        attributes: names of attributes.
        ordered: the order of signature; without it, everybody has signed first.
        lasting: kinds of finding that matter for good: those of every earlier year too.
        crossing: what one holder gets depends on others' facts.
        weeks: the days before the year that its first week has.
    """

    forwardings: bool = False
    incidents: bool = False
    attributes: frozenset[str] = frozenset()
    ordered: bool = False
    lasting: frozenset[str] = frozenset()
    crossing: bool = False
    weeks: bool = False

    def first(self, year: Period) -> Day:
        """The first day of which facts are read."""
        return week_of(year.first) if self.weeks else year.first


class Snapshot(NamedTuple):
    """The live facts of a year.

    Attributes:
        authors: what each member signed.
        units: what each unit reported.
        attributes: by name, the values by item or by the fact that they belong to.
        rulings: what has been decided about single facts.
    """

    register: Register
    items: Items
    authors: dict[FactId, Signed]
    units: dict[FactId, Signed]
    events: Events
    incidents: Incidents = Incidents([], [], [], [])
    attributes: Mapping[str, Mapping[FactId, str]] = MappingProxyType({})
    rulings: Mapping[FactId, tuple[Decided, ...]] = MappingProxyType({})


Table = Union["array[int]", dict[FactId, int]]
"""A number for each of some items, by identity."""


def table(items: Sequence[FactId], numbers: Iterable[int] = ()) -> Table:
    """A number for each of these items, 0 for whichever has none.

    Of a million items a dictionary is slower than an array: it lies all over the memory. Of a
    few of a million an array would be mostly empty.
    """
    last = max(items, default=0)
    made: Table
    if last < _DENSE * len(items):
        made = array("I", bytes(array("I").itemsize * (last + 1)))
    else:
        made = dict.fromkeys(items, 0)
    for item, number in zip(items, numbers, strict=False):
        made[item] = number
    return made


_DENSE = 32


def looked_up(table: bytes | bytearray, items: Sequence[FactId], beyond: int = 0) -> bytes:
    """For each item its byte in a table by identity; `beyond` for those later than the table.

    There is a look-up for every signature of the year: a table of bytes stays in the processor's
    cache, and items beyond it, recorded later than all it tells of, are rare.
    """
    try:
        return bytes(map(table.__getitem__, items))
    except IndexError:
        end = len(table)
        return bytes([table[item] if item < end else beyond for item in items])


def until(snapshot: Snapshot, day: Day) -> Snapshot:
    """What was so at the end of that day: without the items and events dated later."""
    items, events = snapshot.items, snapshot.events
    kept = [on <= day for on in items.day]
    there = set(compress(items.item, kept))
    own = [on <= day and item in there for item, on in zip(events.item, events.day, strict=True)]
    return snapshot._replace(
        items=Items(*_chosen(items, kept)),
        authors=_among(snapshot.authors, there),
        units=_among(snapshot.units, there),
        events=Events(*_chosen(events, own)),
        incidents=Incidents(
            *_chosen(snapshot.incidents, [on <= day for on in snapshot.incidents.day])
        ),
    )


def _among(signed: dict[FactId, Signed], items: set[FactId]) -> dict[FactId, Signed]:
    """What each holder signed of these items."""
    return {
        holder: Signed(*_chosen(own, [item in items for item in own.item]))
        for holder, own in signed.items()
    }


def _chosen(columns: Iterable[list[Any]], kept: Sequence[bool]) -> Iterator[list[Any]]:
    """Each of parallel columns without the rows that are not kept."""
    return (list(compress(column, kept)) for column in columns)
