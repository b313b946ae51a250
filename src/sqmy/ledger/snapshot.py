"""The Snapshot of a year: a few plain queries, in columns, without titles or texts."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqmy import terms
from sqmy.days import Period
from sqmy.facts import FactId
from sqmy.ledger import circumstances
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
    SELECT * FROM submission WHERE fact NOT IN (SELECT target FROM void)
    AND fact NOT IN (SELECT supersedes FROM live_revision WHERE supersedes IS NOT NULL)
) AS in_force"""
"""`live_submission`, asked for whole years: the amendments are listed once, not sought for each
item, which is faster for a million items and slower for one."""

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

_SIGNED = {"member": "submission_author", "unit": "submission_unit"}
_HOLDERS = {"member": "fact", "unit": "unit"}
"""Where a holder's identity stands in its own table: a unit has several states."""


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
    values = {"first": year.first, "last": year.last, **_lasting(reads)}
    with ledger.reading():
        people = people or register(ledger)
        days, items, by_unit = _both(
            _Query(
                "submitted_on",
                ("item", "by_unit"),
                "SELECT submitted_on, item, by_unit"
                f" FROM {'live_submission' if only else _CURRENT}"
                f" WHERE {_condition(only, people)} AND ",
            ),
            ledger,
            values,
            _eventful(reads),
        )
        revised = dict(ledger.rows(_REVISED))
        facts = (*items, *revised)
        how = _How(few=only is not None, ordered=reads.ordered)
        authors = _merged(_signed(ledger, "member", facts, revised, how), people)
        found = Snapshot(
            _concerned(people, authors, only) if only else people,
            Items(items, days, by_unit),
            authors,
            _signed(ledger, "unit", facts, revised, how),
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
        select: the statement up to the condition.
    """

    day: str
    names: tuple[str, ...]
    select: str


def _both(query: _Query, ledger: Ledger, year: dict[str, str], wanted: str) -> list[list[Any]]:
    """The columns, day first, of the rows of the year, and of other years' wanted items.

    Two statements, because SQLite lays out one with UNION ALL in full before its first row; and
    `+item`, because the days rule out nearly all rows and are to be looked at first.
    """
    found: list[list[Any]] = [[] for _ in (query.day, *query.names)]
    for condition in (
        f"{query.day} BETWEEN :first AND :last",
        f"({query.day} < :first OR {query.day} > :last) AND +item IN ({wanted})",
    ):
        for day, *columns in ledger.grouped(query.day, query.names, query.select + condition, year):
            for column, packed in zip(found[1:], columns, strict=True):
                column.extend(json.loads(packed))
            found[0].extend([day] * (len(found[1]) - len(found[0])))
    return found


def _condition(only: Only | None, people: Register) -> str:
    """Which submissions; identities are integers, so that they may stand in the statement."""
    if only is None:
        return "1 = 1"
    if only.what == "item":
        return f"item = {int(only.id)}"
    own = circumstances.identities(only, people)
    signed = f"SELECT fact FROM {_SIGNED[only.what]} WHERE {only.what} IN ({own})"
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


class _How(NamedTuple):
    """How signatures are read: a few items or the year's, and whether in their order."""

    few: bool
    ordered: bool


def _signed(
    ledger: Ledger,
    what: str,
    facts: Sequence[FactId],
    revised: dict[FactId, FactId],
    how: _How,
) -> dict[FactId, Signed]:
    """What each member, or each unit, signed of these revisions.

    A few are looked up each. Otherwise all that was signed between the first and the last of
    them is read, holder by holder, which is faster; what does not belong is not among the items.
    """
    found: dict[FactId, Signed] = {}
    table = _SIGNED[what]
    if how.few:
        for holder, fact, place in ledger.rows(
            f"SELECT {what}, fact, position - 1 FROM {table}"
            " WHERE fact IN (SELECT value FROM json_each(:facts))",
            {"facts": json.dumps(facts)},
        ):
            signed = found.setdefault(holder, Signed([], []))
            signed.item.append(fact)
            signed.place.append(place)
    else:
        packed = (
            f"(SELECT json_group_array({{}}) FROM {table} s"
            f" WHERE s.{what} = h.holder AND s.fact BETWEEN :low AND :high)"
        )
        places = packed.format("s.position - 1") if how.ordered else "NULL"
        for holder, packed_items, packed_places in ledger.rows(
            f"SELECT h.holder, {packed.format('s.fact')}, {places}"
            f" FROM (SELECT DISTINCT {_HOLDERS[what]} AS holder FROM {what}) h",
            {"low": min(facts, default=0), "high": max(facts, default=0)},
        ):
            item = json.loads(packed_items)
            found[holder] = Signed(
                item, json.loads(packed_places) if packed_places else [0] * len(item)
            )
    return _current(found, revised) if revised else found


def _current(found: dict[FactId, Signed], revised: dict[FactId, FactId]) -> dict[FactId, Signed]:
    """Under each amended item those who sign its revision in force, and nobody else."""
    superseded = set(revised.values())
    current: dict[FactId, Signed] = {}
    for holder, signed in found.items():
        kept = Signed([], [])
        for fact, place in zip(*signed, strict=True):
            if fact not in superseded:
                kept.item.append(revised.get(fact, fact))
                kept.place.append(place)
        current[holder] = kept
    return current


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
    wanted = "SELECT value FROM json_each(:items)"
    if items is None:
        wanted = _eventful(reads) + _SUBMITTED
    only = f"item IN ({wanted})" if items is not None else "item IS NOT NULL"
    values = year | ({"items": json.dumps(items)} if items is not None else {})
    events = Events([], [], [], [], [], [])
    for kind, (day, label, form) in _EVENTS.items():
        if kind == "forwarding" and not reads.forwardings:
            continue
        days, found, facts, labels, forms = _both(
            _Query(
                day,
                ("item", "fact", "label", "form"),
                f"SELECT {day}, item, fact, {label} AS label, {form} AS form"
                f" FROM live_{kind} WHERE {only} AND ",
            ),
            ledger,
            values,
            wanted,
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


def _merged(authors: dict[FactId, Signed], people: Register) -> dict[FactId, Signed]:
    """Members who were recorded twice under the entry they count as, once for each item."""
    if not people.merged:
        return authors
    order: dict[FactId, list[tuple[int, FactId]]] = {}
    for member, signed in authors.items():
        for item, place in zip(*signed, strict=True):
            order.setdefault(item, []).append((place, people.merged.get(member, member)))
    found: dict[FactId, Signed] = {}
    for item, own in order.items():
        for place, member in enumerate(dict.fromkeys(member for _, member in sorted(own))):
            signed = found.setdefault(member, Signed([], []))
            signed.item.append(item)
            signed.place.append(place)
    return found
