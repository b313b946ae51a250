"""What a bulletin tells beyond a Snapshot: what was sent on, and where an adoption was printed."""

import json
from collections.abc import Sequence
from typing import NamedTuple

from sqmy.days import Day, Period
from sqmy.facts import FactId
from sqmy.ledger.database import Ledger
from sqmy.terms import Form


class Sent(NamedTuple):
    """上报: an item that our office sent on to a channel."""

    item: FactId
    channel: str
    day: Day


def forwardings(ledger: Ledger, span: Period) -> list[Sent]:
    """The live forwardings of those days, in order of day and recording."""
    rows = ledger.rows(
        "SELECT item, channel, forwarded_on FROM live_forwarding"
        " WHERE forwarded_on BETWEEN :first AND :last ORDER BY forwarded_on, fact",
        _days(span),
    )
    return [Sent(*row) for row in rows]


class Printed(NamedTuple):
    """采用: an adoption with where it was printed; `form` is the code that facts hold."""

    fact: FactId
    item: FactId
    channel: str
    form: Form
    day: Day
    journal: str
    issue: str


def adoptions(ledger: Ledger, wanted: Period | Sequence[FactId]) -> list[Printed]:
    """The live adoptions of those days, or of these items, in order of day and recording."""
    if isinstance(wanted, Period):
        condition, values = "adopted_on BETWEEN :first AND :last", _days(wanted)
    else:
        condition = "item IN (SELECT value FROM json_each(:items))"
        values = {"items": json.dumps(list(wanted))}
    rows = ledger.rows(
        "SELECT fact, item, channel, form, adopted_on, coalesce(journal, ''), coalesce(issue, '')"
        f" FROM live_adoption WHERE {condition} ORDER BY adopted_on, fact",
        values,
    )
    return [Printed(*row) for row in rows]


def ranks(ledger: Ledger) -> dict[FactId, tuple[str, ...]]:
    """The ranks of the leaders with an instruction on each item, each once."""
    found: dict[FactId, tuple[str, ...]] = {}
    for item, rank in ledger.rows(
        "SELECT DISTINCT item, rank FROM live_instruction ORDER BY item, rank"
    ):
        found[item] = (*found.get(item, ()), rank)
    return found


def _days(span: Period) -> dict[str, str]:
    return {"first": span.first, "last": span.last}


def begins(ledger: Ledger) -> Day | None:
    """The day of the earliest live submission: before it, there is nothing to compare with."""
    row = ledger.row("SELECT min(submitted_on) FROM live_submission")
    return row[0] if row else None


def last_day(ledger: Ledger) -> Day | None:
    """The latest day of a live submission, adoption or instruction."""
    row = ledger.row(
        "SELECT max(day) FROM (SELECT max(submitted_on) AS day FROM live_submission"
        " UNION ALL SELECT max(adopted_on) FROM live_adoption"
        " UNION ALL SELECT max(instructed_on) FROM live_instruction) AS days"
    )
    return row[0] if row else None
