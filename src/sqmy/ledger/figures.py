"""What a bulletin tells beyond a Snapshot: what was sent on, and where an adoption was printed."""

from typing import NamedTuple

from sqmy.days import Day, Period
from sqmy.facts import FactId
from sqmy.ledger.database import Ledger


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
        {"first": span.first, "last": span.last},
    )
    return [Sent(*row) for row in rows]


def issues(ledger: Ledger, span: Period) -> dict[FactId, tuple[str, str]]:
    """Journal and issue of each live adoption of those days that tells one of them."""
    rows = ledger.rows(
        "SELECT fact, coalesce(journal, ''), coalesce(issue, '') FROM live_adoption"
        " WHERE adopted_on BETWEEN :first AND :last"
        " AND (journal IS NOT NULL OR issue IS NOT NULL)",
        {"first": span.first, "last": span.last},
    )
    return {fact: (journal, issue) for fact, journal, issue in rows}


def begins(ledger: Ledger) -> Day | None:
    """The day of the earliest live submission: before it, there is nothing to compare with."""
    row = ledger.row("SELECT min(submitted_on) FROM live_submission")
    return row[0] if row else None
