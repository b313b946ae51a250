"""What a year's points are computed from: where the ledger and scoring meet.

A Snapshot holds the live facts that matter to one year, without titles or texts, in flat columns:
a million items are a few lists, not millions of objects. The ledger makes it, scoring reads it,
and neither knows the other.
"""

from typing import NamedTuple

from sqmy.days import Day
from sqmy.facts import FactId
from sqmy.register import Register
from sqmy.terms import Form


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
        kind: `adoption`, `instruction` or `finding`.
        label: the channel, rank or kind of finding.
        form: 采用方式 of an adoption, else None.
    """

    item: list[FactId]
    day: list[Day]
    kind: list[str]
    fact: list[FactId]
    label: list[str]
    form: list[Form | None]


class Snapshot(NamedTuple):
    """The live facts of a year.

    Attributes:
        authors: what each member signed.
        units: what each unit reported.
    """

    register: Register
    items: Items
    authors: dict[FactId, Signed]
    units: dict[FactId, Signed]
    events: Events
