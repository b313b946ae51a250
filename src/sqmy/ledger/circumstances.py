"""What a Snapshot holds beside items and events: incidents, attributes, rulings."""

from typing import NamedTuple

from sqmy.days import Period
from sqmy.errors import LedgerError
from sqmy.facts import FactId
from sqmy.ledger.database import Ledger
from sqmy.ledger.reading import head, links
from sqmy.points import restored
from sqmy.register import Register
from sqmy.snapshot import Decided, Incidents, Snapshot

_PLAUSIBLE = 10_000_000
"""Links that the end of a chain is believed to have behind it."""


class Only(NamedTuple):
    """What a snapshot is restricted to: one item, or the items of one member or unit."""

    what: str
    id: FactId


def identities(only: Only, people: Register) -> str:
    """The identities under which a holder has been recorded."""
    own = {only.id} | {member for member, into in people.merged.items() if into == only.id}
    return ", ".join(str(int(one)) for one in sorted(own))


def incidents(ledger: Ledger, year: Period, only: Only | None, people: Register) -> Incidents:
    """The findings on members and units themselves, up to the year's end."""
    found = Incidents([], [], [], [])
    for what, column in (("member", "member"), ("unit", "unit")):
        if only is not None and only.what != what:
            continue
        which = f"IN ({identities(only, people)})" if only is not None else "IS NOT NULL"
        for holder, day, fact, label in ledger.rows(
            f"SELECT {column}, found_on, fact, kind FROM live_finding"
            f" WHERE {column} {which} AND found_on <= :last",
            {"last": year.last},
        ):
            found.holder.append((what, people.merged.get(holder, holder)))
            found.day.append(day)
            found.fact.append(fact)
            found.label.append(label)
    return found


def attribute(ledger: Ledger, name: str) -> dict[FactId, str]:
    """The values of an attribute: of an item under its identity, of an event under its fact."""
    return dict(
        ledger.rows(
            "SELECT coalesce(s.item, a.fact), a.value"
            " FROM attribute a LEFT JOIN submission s ON s.fact = a.fact"
            " WHERE a.name = :name AND a.fact NOT IN (SELECT target FROM void)"
            " AND NOT EXISTS (SELECT 1 FROM live_revision l WHERE l.supersedes = a.fact)",
            {"name": name},
        )
    )


def rulings(ledger: Ledger) -> dict[FactId, tuple[Decided, ...]]:
    """What has been decided about single facts."""
    found: dict[FactId, tuple[Decided, ...]] = {}
    for ruling, about, clause, points in ledger.rows(
        "SELECT fact, about, clause, points FROM live_ruling"
        " WHERE about IS NOT NULL AND points IS NOT NULL ORDER BY fact"
    ):
        earlier = [one for one in found.get(about, ()) if one.clause != clause]
        found[about] = (*earlier, Decided(clause, restored(points), ruling))
    return found


def checked(ledger: Ledger, found: Snapshot) -> Snapshot:
    """What was found, if its items are places of the chain: scoring keeps a slot for each place.

    Raises:
        LedgerError: there is one; the ledger was altered.
    """
    last, _ = head(ledger)
    if last > _PLAUSIBLE:  # so many are counted rather than believed
        last = links(ledger)
    for items in (found.items.item, found.events.item, found.incidents.fact):
        if items and not 1 <= min(items) <= max(items) <= last:
            raise LedgerError("台账里有信息不在校验链上，像是被改动过。请用 sqmy verify 核对。")
    return found
