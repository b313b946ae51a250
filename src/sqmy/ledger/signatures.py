"""Who signed what: of the year's items, or of a few, in columns by holder."""

import json
from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from sqmy.facts import FactId
from sqmy.ledger.database import Ledger
from sqmy.register import Register
from sqmy.snapshot import Signed

TABLES = {"member": "submission_author", "unit": "submission_unit"}
_HOLDERS = {"member": "fact", "unit": "unit"}
"""Where a holder's identity stands in its own table: a unit has several states."""


class How(NamedTuple):
    """How signatures are read.

    Attributes:
        revised: the item of each revision that is in force in its stead.
        few: a few items are wanted, not the year's.
        ordered: in the order of signature.
    """

    revised: dict[FactId, FactId]
    few: bool
    ordered: bool


def signed(ledger: Ledger, what: str, facts: Sequence[FactId], how: How) -> dict[FactId, Signed]:
    """What each member, or each unit, signed of these revisions.

    A few are looked up each. Otherwise all that was signed between the first and the last of
    them is read, holder by holder, which is faster; what does not belong is not among the items.
    """
    found: dict[FactId, Signed] = {}
    table = TABLES[what]
    if how.few:
        for holder, fact, place in ledger.rows(
            f"SELECT {what}, fact, position - 1 FROM {table}"
            " WHERE fact IN (SELECT value FROM json_each(:facts))",
            {"facts": json.dumps(facts)},
        ):
            own = found.setdefault(holder, Signed([], []))
            own.item.append(fact)
            own.place.append(place)
    else:
        packed = (
            f"(SELECT json_group_array({{}}) FROM {table} s"
            f" WHERE s.{what} = h.holder AND s.fact BETWEEN :low AND :high)"
        )
        places = packed.format("s.position - 1") if how.ordered else "NULL"
        rows = ledger.rows(
            f"SELECT h.holder, {packed.format('s.fact')}, {places}"
            f" FROM (SELECT DISTINCT {_HOLDERS[what]} AS holder FROM {what}) h",
            {"low": min(facts, default=0), "high": max(facts, default=0)},
        )
        items = unpacked(row[1] for row in rows)
        placed = unpacked(row[2] for row in rows) if how.ordered else repeat(None)
        for (holder, *_), item, place in zip(rows, items, placed, strict=False):
            found[holder] = Signed(item, place or [0] * len(item))
    return _current(found, how.revised) if how.revised else found


def _current(found: dict[FactId, Signed], revised: dict[FactId, FactId]) -> dict[FactId, Signed]:
    """Under each amended item those who sign its revision in force, and nobody else."""
    superseded = set(revised.values())
    current: dict[FactId, Signed] = {}
    for holder, own in found.items():
        kept = Signed([], [])
        for fact, place in zip(*own, strict=True):
            if fact not in superseded:
                kept.item.append(revised.get(fact, fact))
                kept.place.append(place)
        current[holder] = kept
    return current


def merged(authors: dict[FactId, Signed], people: Register) -> dict[FactId, Signed]:
    """Members who were recorded twice under the entry they count as, once for each item."""
    if not people.merged:
        return authors
    order: dict[FactId, list[tuple[int, FactId]]] = {}
    for member, theirs in authors.items():
        for item, place in zip(*theirs, strict=True):
            order.setdefault(item, []).append((place, people.merged.get(member, member)))
    found: dict[FactId, Signed] = {}
    for item, own in order.items():
        for place, member in enumerate(dict.fromkeys(member for _, member in sorted(own))):
            kept = found.setdefault(member, Signed([], []))
            kept.item.append(item)
            kept.place.append(place)
    return found


def unpacked(packed: Iterable[str]) -> list[list[Any]]:
    """Lists out of JSON, all read at once: there may be thousands."""
    found: list[list[Any]] = json.loads(f"[{','.join(packed)}]")
    return found
