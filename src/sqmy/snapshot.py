"""What a year's points are computed from: where the ledger and scoring meet.

A Snapshot holds the live facts of the items that matter to one year, in columns, without titles
or texts. The ledger makes it, scoring reads it, and neither knows the other.
"""

from typing import NamedTuple

from sqmy.days import Day
from sqmy.facts import FactId
from sqmy.register import Register
from sqmy.terms import Form


class Event(NamedTuple):
    """What became of an item: an adoption, an instruction or a finding.

    Attributes:
        kind: `adoption`, `instruction` or `finding`.
        label: the channel, rank or kind of finding.
        form: 采用方式 of an adoption, else None.
    """

    item: FactId
    day: Day
    kind: str
    fact: FactId
    label: str
    form: Form | None


class Items(NamedTuple):
    """Items in columns, in the order of recording."""

    item: list[FactId]
    day: list[Day]
    by_unit: list[int]


class Links(NamedTuple):
    """Who stands under which item, in columns, by item and then in the order of signature."""

    item: list[FactId]
    holder: list[FactId]


class Snapshot(NamedTuple):
    """The live facts of every item submitted in a year or touched by an event of it.

    Attributes:
        events: all events of these items, of other years too, by item, day, kind and place.
    """

    register: Register
    items: Items
    authors: Links
    units: Links
    events: list[Event]
