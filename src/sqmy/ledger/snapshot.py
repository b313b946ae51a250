"""The Snapshot of a year: a few plain queries, in columns, without titles or texts."""

import json
from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from sqmy import terms
from sqmy.days import Day, Period
from sqmy.facts import FactId
from sqmy.ledger import circumstances, signatures
from sqmy.ledger.circumstances import Only
from sqmy.ledger.database import Ledger
from sqmy.ledger.reading import register
from sqmy.register import Register
from sqmy.snapshot import Events, Incidents, Items, Reads, Signed, Snapshot

_ALL = Reads(ordered=True)
_NONE = Incidents([], [], [], [])

_EVENTFUL = """
SELECT item FROM adoption WHERE adopted_on BETWEEN :first AND :last
UNION SELECT item FROM instruction WHERE instructed_on BETWEEN :first AND :last
UNION SELECT item FROM finding WHERE found_on BETWEEN :first AND :last AND item IS NOT NULL
"""

_CURRENT = """(
    SELECT * FROM submission WHERE fact NOT IN (
        SELECT target FROM void
        UNION ALL SELECT supersedes FROM live_revision WHERE supersedes IS NOT NULL
    )
) AS in_force"""
"""`live_submission`, asked for whole years: what is no longer in force is listed once, not sought
for each item, which is faster for a million items and slower for one."""

_REVISED = "SELECT fact, item FROM live_submission WHERE supersedes IS NOT NULL"

_FORWARDED = """
UNION SELECT item FROM forwarding WHERE forwarded_on BETWEEN :first AND :last
"""

_LASTING = """
UNION SELECT item FROM finding WHERE found_on < :first AND item IS NOT NULL
    AND kind IN ({kinds})
"""

_SUBMITTED = """
UNION SELECT item FROM submission WHERE submitted_on BETWEEN :first AND :last
"""

_EVENTS = {
    "forwarding": ("forwarded_on", "channel", "NULL"),
    "adoption": ("adopted_on", "channel", "form"),
    "instruction": ("instructed_on", "rank", "NULL"),
    "finding": ("found_on", "kind", "NULL"),
}
"""The day, the label and the form of each kind of event."""


def snapshot(
    ledger: Ledger,
    year: Period,
    only: Only | None = None,
    *,
    reads: Reads = _ALL,
    people: Register | None = None,
) -> Snapshot:
    """What the year's points are computed from.

    Args:
        ledger: open.
        year: the scoring year.
        only: what one item or holder contributes, instead of the whole year.
        people: the register, where it has been read already.
        reads: what else the rulebook looks at.

    Raises:
        LedgerError: it was altered.
    """
    values = {"first": reads.first(year), "last": year.last, **_lasting(reads)}
    with ledger.reading():
        people = people or register(ledger)
        days, items, by_unit = _columns(
            ledger,
            _Query(
                "submitted_on",
                ("item", "by_unit"),
                "SELECT submitted_on, item, by_unit"
                f" FROM {'live_submission' if only else _CURRENT}"
                f" WHERE {_condition(only, people)} AND ",
                _dated("submitted_on", _eventful(reads), few=only is not None),
            ),
            values,
        )
        revised = dict(ledger.rows(_REVISED))
        facts = (*items, *revised)
        how = signatures.How(revised, few=only is not None, ordered=reads.ordered)
        authors = signatures.merged(signatures.signed(ledger, "member", facts, how), people)
        found = Snapshot(
            _concerned(people, authors, only) if only else people,
            Items(items, days, by_unit),
            authors,
            signatures.signed(ledger, "unit", facts, how),
            _events(ledger, values, reads, items if only else None),
            circumstances.incidents(ledger, year, only, people) if reads.incidents else _NONE,
            {name: circumstances.attribute(ledger, name) for name in sorted(reads.attributes)},
            circumstances.rulings(ledger),
        )
        return circumstances.checked(ledger, found)


class _Query(NamedTuple):
    """Rows with a day, in columns.

    Attributes:
        day: the column of the day.
        names: the other columns.
        select: the statement up to the conditions.
        conditions: one after the other, each giving rows of its own.
    """

    day: str
    names: tuple[str, ...]
    select: str
    conditions: tuple[str, ...]


def _dated(day: str, wanted: str, *, few: bool) -> tuple[str, ...]:
    """The rows of the year, and of other years' wanted items.

    Of a few items they come by one statement. Of all by three, because SQLite lays out one with
    UNION ALL in full before its first row and finds no days by an OR; and by `+item`, because
    the days rule out nearly all rows and are to be looked at first.
    """
    if few:
        return (f"({day} BETWEEN :first AND :last OR item IN ({wanted}))",)
    return (
        f"{day} BETWEEN :first AND :last",
        f"{day} < :first AND +item IN ({wanted})",
        f"{day} > :last AND +item IN ({wanted})",
    )


def _columns(ledger: Ledger, query: _Query, values: dict[str, str]) -> list[list[Any]]:
    """The columns of a query, the day first."""
    days: list[Day] = []
    columns: list[list[Any]] = [[] for _ in query.names]
    for condition in query.conditions:
        for day, *packed in ledger.grouped(
            query.day, query.names, query.select + condition, values
        ):
            for column, own in zip(columns, packed, strict=True):
                column.extend(json.loads(own))
            days.extend(repeat(day, len(columns[0]) - len(days)))
    return [days, *columns]


def _condition(only: Only | None, people: Register) -> str:
    """Which submissions; identities are integers, so that they may stand in the statement."""
    if only is None:
        return "1 = 1"
    if only.what == "item":
        return f"item = {int(only.id)}"
    own = circumstances.identities(only, people)
    signed = f"SELECT fact FROM {signatures.TABLES[only.what]} WHERE {only.what} IN ({own})"
    return f"fact IN ({signed})"


def _concerned(people: Register, authors: Mapping[FactId, Signed], only: Only) -> Register:
    """The register without those who have signed nothing here: nobody asks after them.

    A member who is asked after stays, with or without items; units are few and stay.
    """
    asked = only.id if only.what == "member" else None
    return people._replace(
        members={
            member: entry
            for member, entry in people.members.items()
            if member in authors or member == asked
        }
    )


def _eventful(reads: Reads) -> str:
    """The items that something happened to in the year, or is not forgotten."""
    forwarded = _FORWARDED if reads.forwardings else ""
    kinds = ", ".join(f":{name}" for name in _lasting(reads))
    return _EVENTFUL + forwarded + (_LASTING.format(kinds=kinds) if kinds else "")


def _lasting(reads: Reads) -> dict[str, str]:
    """The kinds of finding that are not forgotten, each as a parameter of its own."""
    return {f"lasting{nth}": kind for nth, kind in enumerate(sorted(reads.lasting))}


def _events(
    ledger: Ledger, year: dict[str, str], reads: Reads, items: Sequence[FactId] | None
) -> Events:
    """The events of the items: those of the year, and those of other years.

    `items` are named where only a few are wanted.
    """
    values = year | ({"items": json.dumps(items)} if items is not None else {})
    events = Events([], [], [], [], [], [])
    for kind, (day, label, form) in _EVENTS.items():
        if kind == "forwarding" and not reads.forwardings:
            continue
        days, found, facts, labels, forms = _columns(
            ledger,
            _Query(
                day,
                ("item", "fact", "label", "form"),
                f"SELECT {day}, item, fact, {label} AS label, {form} AS form"
                f" FROM live_{kind} WHERE item IS NOT NULL AND ",
                _dated(day, _eventful(reads) + _SUBMITTED, few=False)
                if items is None
                else ("item IN (SELECT value FROM json_each(:items))",),
            ),
            values,
        )
        events.item.extend(found)
        events.day.extend(days)
        events.kind.extend([kind] * len(found))
        events.fact.extend(facts)
        events.label.extend(labels)
        events.form.extend(forms)
    if terms.OWN_FORM in reads.attributes:
        own = circumstances.attribute(ledger, terms.OWN_FORM)
        events.form[:] = map(own.get, events.fact, events.form)
    return events
