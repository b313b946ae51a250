"""What was recorded when and by whom, and lists of items: plain queries on what is there."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import NamedTuple

from sqmy import facts
from sqmy.days import Day
from sqmy.facts import FactId
from sqmy.ledger.appending import CLOCKS_DIFFER
from sqmy.ledger.database import Ledger, Values
from sqmy.terms import Form


class Entry(NamedTuple):
    """The circumstances of a fact's recording."""

    seq: FactId
    kind: str
    recorded_at: str
    operator: str
    batch: int | None


_ALL = 2**63 - 1
_ENTRIES = "SELECT seq, kind, recorded_at, operator, batch FROM chain"


def _entries(ledger: Ledger, sql: str, values: Values) -> list[Entry]:
    return [Entry(*row) for row in ledger.rows(sql, values)]


def latest(ledger: Ledger, count: int | None) -> list[Entry]:
    """The last so many facts, or all, in the order of recording."""
    sql = f"SELECT * FROM ({_ENTRIES} ORDER BY seq DESC LIMIT :count) AS last ORDER BY seq"
    return _entries(ledger, sql, {"count": _ALL if count is None else count})


def of_batch(ledger: Ledger, batch: int) -> list[Entry]:
    """The facts of one import."""
    return _entries(ledger, f"{_ENTRIES} WHERE batch = :batch ORDER BY seq", {"batch": batch})


def of_fact(ledger: Ledger, seq: FactId) -> list[Entry]:
    """One fact."""
    return _entries(ledger, f"{_ENTRIES} WHERE seq = :seq", {"seq": seq})


_OF_ITEM = " UNION ALL ".join(
    f"SELECT fact FROM {kind} WHERE item = :item" for kind in facts.DAY_OF
)


def of_item(ledger: Ledger, item: FactId) -> list[Entry]:
    """All that was ever recorded about an item, voided or not."""
    sql = f"{_ENTRIES} WHERE seq IN ({_OF_ITEM}) ORDER BY seq"
    return _entries(ledger, sql, {"item": item})


def attached_to_item(ledger: Ledger, item: FactId) -> list[Entry]:
    """Every attachment of an item and of what was recorded about it, voided or not."""
    return attached_to(ledger, [entry.seq for entry in of_item(ledger, item)])


def attached_to(ledger: Ledger, targets: Iterable[FactId]) -> list[Entry]:
    """Every attachment of these facts, voided or not."""
    own = "SELECT fact FROM attachment WHERE target IN (SELECT value FROM json_each(:targets))"
    sql = f"{_ENTRIES} WHERE seq IN ({own}) ORDER BY seq"
    return _entries(ledger, sql, {"targets": json.dumps(sorted(targets))})


def latest_attachments(ledger: Ledger, count: int) -> list[Entry]:
    """The last so many attachments that are not voided, the latest first."""
    own = "SELECT fact FROM live_attachment ORDER BY fact DESC LIMIT :count"
    return _entries(ledger, f"{_ENTRIES} WHERE seq IN ({own}) ORDER BY seq DESC", {"count": count})


def voids(ledger: Ledger) -> dict[FactId, FactId]:
    """Each voided fact with the void that cancelled it."""
    return dict(ledger.rows("SELECT target, fact FROM void"))


def set_back(ledger: Ledger, most: int = 6) -> list[FactId]:
    """The first facts that were recorded, by the clock, more than minutes before the one before."""
    rows = ledger.rows(
        "SELECT c.seq, c.recorded_at, p.recorded_at FROM chain c"
        " JOIN chain p ON p.seq = c.seq - 1 WHERE c.recorded_at < p.recorded_at ORDER BY c.seq"
    )
    return [
        seq
        for seq, own, before in rows
        if datetime.fromisoformat(before) - datetime.fromisoformat(own) > CLOCKS_DIFFER
    ][:most]


class Listed(NamedTuple):
    """An item in a list, as it stands now."""

    fact: FactId
    item: FactId
    number: str
    title: str
    submitted_on: Day
    by_unit: bool


_CONDITIONS = {
    "unit": "s.fact IN (SELECT fact FROM submission_unit WHERE unit = :unit)",
    "author": (
        "s.fact IN (SELECT fact FROM submission_author WHERE member IN ("
        "WITH RECURSIVE entry (id) AS (SELECT :author UNION SELECT m.member FROM live_merger m"
        ' JOIN entry ON m."into" = entry.id) SELECT id FROM entry))'
    ),
    "first": "s.submitted_on >= :first",
    "last": "s.submitted_on <= :last",
    "channel": "s.item IN (SELECT item FROM live_adoption WHERE channel = :channel)",
    "adopted": (
        "CASE WHEN s.item IN (SELECT item FROM live_adoption) THEN 1 ELSE 0 END = :adopted"
    ),
    "text": (
        "(instr(s.title, :text) > 0 OR s.fact IN (SELECT fact FROM secret"
        " WHERE field = 'body' AND instr(value, :text) > 0))"
    ),
}
"""What a list can be narrowed by. Text is searched as it stands: an index of three-character
pieces would find no word of two characters, and most Chinese words have two."""


def listed(ledger: Ledger, wanted: Mapping[str, object]) -> list[Listed]:
    """The live items that fulfil every condition given, by day of submission."""
    where = " AND ".join(_CONDITIONS[name] for name in wanted) or "1 = 1"
    rows = ledger.rows(
        "SELECT s.fact, s.item, s.number, s.title, s.submitted_on, s.by_unit"
        f" FROM live_submission s WHERE {where} ORDER BY s.submitted_on, s.item",
        wanted,
    )
    return [Listed(*row)._replace(by_unit=bool(row[-1])) for row in rows]


def signers(ledger: Ledger, what: str) -> dict[FactId, tuple[FactId, ...]]:
    """The members (`what` = "member") or units of every revision, in order."""
    table = {"member": "submission_author", "unit": "submission_unit"}[what]
    found: dict[FactId, tuple[FactId, ...]] = {}
    for fact, holder in ledger.rows(f"SELECT fact, {what} FROM {table} ORDER BY fact, position"):
        found[fact] = (*found.get(fact, ()), holder)
    return found


def outcomes(ledger: Ledger, kind: str) -> dict[FactId, tuple[tuple[str, Form | None], ...]]:
    """The live adoptions (channel, form) or instructions (rank, None) of every item, by day."""
    columns = {"adoption": "channel, form", "instruction": "rank, NULL"}[kind]
    found: dict[FactId, tuple[tuple[str, Form | None], ...]] = {}
    for item, label, form in ledger.rows(
        f"SELECT item, {columns} FROM live_{kind} ORDER BY {facts.DAY_OF[kind]}, fact"
    ):
        found[item] = (*found.get(item, ()), (label, form))
    return found
