"""The Snapshot of a year: a few plain queries, in columns, without titles or texts."""

from typing import Any

from sqmy.days import Period
from sqmy.facts import FactId
from sqmy.ledger.database import Ledger
from sqmy.ledger.reading import register
from sqmy.register import Register
from sqmy.snapshot import Event, Items, Links, Snapshot

_IN_YEAR = """
SELECT item FROM live_submission WHERE submitted_on BETWEEN :first AND :last
UNION SELECT item FROM adoption WHERE adopted_on BETWEEN :first AND :last
UNION SELECT item FROM instruction WHERE instructed_on BETWEEN :first AND :last
UNION SELECT item FROM finding WHERE found_on BETWEEN :first AND :last AND item IS NOT NULL
"""

_ITEMS = """
SELECT item, submitted_on, by_unit FROM live_submission
WHERE item IN ({wanted}) ORDER BY item
"""

_AUTHORS = """
SELECT s.item, a.member FROM live_submission s JOIN submission_author a ON a.fact = s.fact
WHERE s.item IN ({wanted}) ORDER BY s.item, a.position
"""

_UNITS = """
SELECT s.item, u.unit FROM live_submission s JOIN submission_unit u ON u.fact = s.fact
WHERE s.item IN ({wanted}) ORDER BY s.item, u.position
"""

_EVENTS = """
SELECT item, adopted_on, 'adoption', fact, channel, form FROM live_adoption
WHERE item IN ({wanted})
UNION ALL
SELECT item, instructed_on, 'instruction', fact, rank, NULL FROM live_instruction
WHERE item IN ({wanted})
UNION ALL
SELECT item, found_on, 'finding', fact, kind, NULL FROM live_finding
WHERE item IN ({wanted})
"""


def snapshot(ledger: Ledger, year: Period, *, item: FactId | None = None) -> Snapshot:
    """What the year's points are computed from; with `item`, only what that item contributes."""
    wanted = _IN_YEAR if item is None else "SELECT :item"
    values = {"first": year.first, "last": year.last, "item": item}
    with ledger.reading():
        people = register(ledger)
        items = Items(*_columns(ledger.rows(_ITEMS.format(wanted=wanted), values), 3))
        authors = Links(*_columns(ledger.rows(_AUTHORS.format(wanted=wanted), values), 2))
        units = Links(*_columns(ledger.rows(_UNITS.format(wanted=wanted), values), 2))
        events = [Event(*row) for row in ledger.rows(_EVENTS.format(wanted=wanted), values)]
    events.sort()
    return Snapshot(people, items, _merged(authors, people), units, events)


def _columns(rows: list[tuple[Any, ...]], width: int) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)] or [[] for _ in range(width)]


def _merged(authors: Links, people: Register) -> Links:
    """Authors who were recorded twice under the entry they count as, once for each item."""
    if not people.merged:
        return authors
    pairs = dict.fromkeys(
        (item, people.merged.get(member, member)) for item, member in zip(*authors, strict=True)
    )
    return Links([item for item, _ in pairs], [member for _, member in pairs])
