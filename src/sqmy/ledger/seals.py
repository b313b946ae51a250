"""The published results that a ledger keeps, and what was recorded after one of them."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from sqmy import facts
from sqmy.days import Day, Period
from sqmy.facts import FactId
from sqmy.ledger import history
from sqmy.ledger.database import Ledger


class Kept(NamedTuple):
    """A seal with the circumstances of its recording."""

    fact: FactId
    recorded_at: str
    operator: str
    seal: facts.Seal


def latest(ledger: Ledger, year: int, until: Day) -> Kept | None:
    """The last seal of a year up to that day, by whatever name it was sealed."""
    return _one(ledger, "until = :day ORDER BY s.fact DESC", year, until)


def covering(ledger: Ledger, year: int, day: Day) -> Kept | None:
    """Of the seals of a year that reach that day the one that reaches least far; the last such."""
    return _one(ledger, "until >= :day ORDER BY s.until, s.fact DESC", year, day)


def before(ledger: Ledger, year: int, day: Day) -> Kept | None:
    """Of the seals of a year that end before that day the one that reaches farthest; the last."""
    return _one(ledger, "until < :day ORDER BY s.until DESC, s.fact DESC", year, day)


def _one(ledger: Ledger, which: str, year: int, day: Day) -> Kept | None:
    """The first seal of a year by condition and order."""
    row = ledger.row(
        "SELECT s.fact, c.recorded_at, c.operator, s.year, s.period, s.until, s.facts,"
        " s.rulebooks, s.output, s.result, s.reason FROM seal s JOIN chain c ON c.seq = s.fact"
        f" WHERE s.year = :year AND s.{which} LIMIT 1",
        {"year": year, "day": day},
    )
    if row is None:
        return None
    fact, recorded_at, operator, *kept = row
    return Kept(fact, recorded_at, operator, facts.Seal(*kept))


def sealed(ledger: Ledger) -> list[tuple[int, str, Day]]:
    """The year, the name and the last day of everything that is sealed, each once."""
    rows = ledger.rows("SELECT DISTINCT year, period, until FROM seal ORDER BY year, until, period")
    return [(year, period, until) for year, period, until in rows]


def touched_since(ledger: Ledger, since: FactId) -> set[FactId]:
    """The items about which anything was recorded after a place, or voided."""
    kinds = (*facts.DAY_OF, "submission")
    own = " UNION ".join(f"SELECT item FROM {kind} WHERE fact > :since" for kind in kinds)
    voided = " UNION ".join(
        f"SELECT f.item FROM {kind} f JOIN void v ON v.target = f.fact WHERE v.fact > :since"
        for kind in kinds
    )
    rows = ledger.rows(f"{own} UNION {voided}", {"since": since})
    ruled = ledger.rows(
        "SELECT about FROM ruling WHERE fact > :since AND about IS NOT NULL", {"since": since}
    )
    return {item for (item,) in rows if item is not None} | {
        item for (about,) in ruled for item in _item_of(ledger, about)
    }


def _item_of(ledger: Ledger, fact: FactId) -> list[FactId]:
    """The item that a fact is about, in a list; none where it is about no item."""
    wanted = " UNION ".join(f"SELECT item FROM {kind} WHERE fact = :fact" for kind in facts.DAY_OF)
    rows = ledger.rows(wanted, {"fact": fact})
    return [item for (item,) in rows if item is not None]


def signed(
    ledger: Ledger, what: str, holder: FactId, year: Period, items: Iterable[FactId]
) -> list[FactId]:
    """Those of the items, submitted in a year, of which a holder ever signed a revision.

    Args:
        ledger: open.
        what: `member` or `unit`.
        holder: who.
        year: when.
        items: among which.
    """
    table = {"member": "submission_author", "unit": "submission_unit"}[what]
    rows = ledger.rows(
        f"SELECT DISTINCT s.item FROM submission s JOIN {table} t ON t.fact = s.fact"
        f" WHERE t.{what} = :holder AND s.submitted_on BETWEEN :first AND :last"
        " AND s.item IN (SELECT value FROM json_each(:items)) ORDER BY s.item",
        {
            "holder": holder,
            "first": year.first,
            "last": year.last,
            "items": json.dumps(sorted(items)),
        },
    )
    return [item for (item,) in rows]


def about_item_since(ledger: Ledger, since: FactId, item: FactId) -> list[history.Entry]:
    """What was recorded about an item after a place: facts, voids of them, rulings on them."""
    own = json.dumps([item, *(entry.seq for entry in history.of_item(ledger, item))])
    rows = ledger.rows(
        "SELECT seq, kind, recorded_at, operator, batch FROM chain"
        " WHERE seq > :since AND (seq IN (SELECT value FROM json_each(:own))"
        " OR seq IN (SELECT fact FROM void WHERE target IN (SELECT value FROM json_each(:own)))"
        " OR seq IN (SELECT fact FROM ruling WHERE about IN (SELECT value FROM json_each(:own))))"
        " ORDER BY seq",
        {"since": since, "own": own},
    )
    return _standing(ledger, [history.Entry(*row) for row in rows])


_OTHERS = (
    *("unit", "member", "placement", "appointment", "departure", "alias", "merger"),
    *("edition", "ruling"),
)


def of_register_since(ledger: Ledger, since: FactId) -> list[history.Entry]:
    """What was recorded about people, units and the rulebook after a place, and voided of it."""
    kinds = ", ".join(f"'{kind}'" for kind in _OTHERS)
    rows = ledger.rows(
        "SELECT c.seq, c.kind, c.recorded_at, c.operator, c.batch FROM chain c"
        " LEFT JOIN void v ON v.fact = c.seq LEFT JOIN chain t ON t.seq = v.target"
        f" WHERE c.seq > :since AND (c.kind IN ({kinds}) OR t.kind IN ({kinds})) ORDER BY c.seq",
        {"since": since},
    )
    return _standing(ledger, [history.Entry(*row) for row in rows])


_COUNTED = ("submission", "adoption", "instruction", "finding")
"""What a bulletin counts."""


def dated_since(ledger: Ledger, since: FactId, part: Period) -> list[history.Entry]:
    """What was recorded after a place of what is dated in a period; and what was voided of it."""
    dated = " UNION ALL ".join(
        f"SELECT fact FROM {kind} WHERE {facts.DAY_OF[kind]} BETWEEN :first AND :last"
        for kind in _COUNTED
    )
    rows = ledger.rows(
        "SELECT seq, kind, recorded_at, operator, batch FROM chain WHERE seq > :since"
        f" AND (seq IN ({dated})"
        f" OR seq IN (SELECT fact FROM submission WHERE supersedes IN ({dated}))"
        f" OR seq IN (SELECT fact FROM void WHERE target IN ({dated}))) ORDER BY seq",
        {"since": since, "first": part.first, "last": part.last},
    )
    return _standing(ledger, [history.Entry(*row) for row in rows])


def _standing(ledger: Ledger, entries: list[history.Entry]) -> list[history.Entry]:
    """Without facts that were both recorded and voided after the place, and their voids."""
    voids = history.voids(ledger)
    seqs = {entry.seq for entry in entries}
    undone = {target for target, void in voids.items() if target in seqs and void in seqs}
    gone = undone | {voids[target] for target in undone}
    return [entry for entry in entries if entry.seq not in gone]
