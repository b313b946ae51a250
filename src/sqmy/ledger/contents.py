"""All that is live, in the order of recording, for whoever copies a ledger or a year of it.

A few thousand facts are read at a time, so that a ledger of any size takes little memory. Call
inside `Ledger.reading`, so that all of it is of one moment.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any, NamedTuple

from sqmy import facts
from sqmy.days import Period
from sqmy.facts import FactId
from sqmy.ledger import chain
from sqmy.ledger.database import Ledger
from sqmy.ledger.reading import quoted

_AT_ONCE = 2000
_ALL = Period("", "", "9999-12-31")
_AMONG = "IN (SELECT value FROM json_each(:wanted))"

EVENTS = tuple(kind for kind in facts.DAY_OF if kind != "submission")
"""The kinds of facts that tell what became of an item."""


def items(ledger: Ledger, year: Period | None = None) -> list[FactId]:
    """The live items; of a year those submitted in it, or with an event in it."""
    touched = " UNION ".join(
        f"SELECT item FROM live_{kind} WHERE {day} BETWEEN :first AND :last"
        for kind, day in facts.DAY_OF.items()
    )
    span = year or _ALL
    rows = ledger.rows(
        f"SELECT item FROM live_submission WHERE item IN ({touched}) ORDER BY item",
        {"first": span.first, "last": span.last},
    )
    return [item for (item,) in rows]


def submissions(ledger: Ledger, wanted: Sequence[FactId]) -> Iterator[facts.Submission]:
    """The revisions in force of these items, with their texts."""
    for some in _some(wanted):
        rows = ledger.rows(
            "SELECT fact, item, supersedes, number, title, submitted_on, by_unit, reason"
            f" FROM live_submission WHERE item {_AMONG} ORDER BY item",
            some,
        )
        own = _wanted([row[0] for row in rows])
        authors = _listed(ledger, "submission_author", "member", own)
        units = _listed(ledger, "submission_unit", "unit", own)
        attributes = _attributes(ledger, own)
        bodies = _secrets(ledger, "body", own)
        for fact, item, supersedes, number, title, day, by_unit, reason in rows:
            yield facts.Submission(
                item,
                supersedes,
                number,
                title,
                day,
                bool(by_unit),
                authors.get(fact, ()),
                units.get(fact, ()),
                attributes.get(fact, ()),
                bodies.get(fact),
                reason,
            )


def events(ledger: Ledger, kind: str, wanted: Sequence[FactId]) -> Iterator[facts.Fact]:
    """These facts of one of the kinds in `EVENTS`, as `events_of` names them."""
    columns = chain.columns_of(kind)
    for some in _some(wanted):
        rows = ledger.rows(
            f"SELECT fact, {quoted(columns)} FROM {kind} WHERE fact {_AMONG} ORDER BY fact", some
        )
        more: dict[str, dict[FactId, Any]] = {}
        if kind == "instruction":
            more["content"] = _secrets(ledger, "content", some)
        if "attributes" in facts.KINDS[kind]._fields:
            more["attributes"] = _attributes(ledger, some)
        for fact, *values in rows:
            known = dict(zip(columns, values, strict=True))
            known |= {field: found[fact] for field, found in more.items() if fact in found}
            yield facts.KINDS[kind](**known)


def events_of(
    ledger: Ledger, kind: str, wanted: Collection[FactId], year: Period | None = None
) -> list[FactId]:
    """The live facts of a kind about these items, of any day; and those about nobody's item.

    Args:
        ledger: open.
        kind: one of `EVENTS`.
        wanted: the items.
        year: when a finding about a member or a unit was made.
    """
    day = facts.DAY_OF[kind]
    span = year or _ALL
    return [
        fact
        for fact, item, on in ledger.rows(
            f"SELECT fact, item, {day} FROM live_{kind} ORDER BY fact"
        )
        if (item in wanted if item is not None else on in span)
    ]


def live(ledger: Ledger, kind: str) -> Iterator[tuple[FactId, facts.Fact]]:
    """Every live fact of one of the kinds in `EVENTS`, with its reference."""
    ids = [fact for (fact,) in ledger.rows(f"SELECT fact FROM live_{kind} ORDER BY fact")]
    return zip(ids, events(ledger, kind, ids), strict=True)


def erased(ledger: Ledger, field: str) -> set[FactId]:
    """The facts whose value of that confidential field was erased by law."""
    sql = "SELECT fact FROM secret WHERE field = :field AND value IS NULL"
    rows = ledger.rows(sql, {"field": field})
    return {fact for (fact,) in rows}


def numbers(ledger: Ledger) -> dict[str, FactId]:
    """The live items by number."""
    return dict(ledger.rows("SELECT number, item FROM live_submission"))


def texts(
    ledger: Ledger, kind: str, field: str, longer: int, wanted: Collection[FactId]
) -> Iterator[str]:
    """The texts of a field with more characters than that, of live facts about these items."""
    source = (
        f"(SELECT f.item, s.value AS text FROM live_{kind} f JOIN secret s ON s.fact = f.fact"
        f" AND s.field = '{field}')"
        if field in facts.SECRETS
        else f"(SELECT item, {field} AS text FROM live_{kind})"
    )
    for item, text in ledger.rows(
        f"SELECT item, text FROM {source} AS held WHERE length(text) > :longer",
        {"longer": longer},
    ):
        if item is None or item in wanted:
            yield text


def phones(ledger: Ledger) -> dict[FactId, str]:
    """The phone of each member that has one."""
    return dict(
        ledger.rows("SELECT fact, value FROM secret WHERE field = 'phone' AND value IS NOT NULL")
    )


def attribute_names(ledger: Ledger, kind: str) -> list[str]:
    """The names under which live facts of that kind have attributes."""
    rows = ledger.rows(
        f"SELECT DISTINCT name FROM attribute WHERE fact IN (SELECT fact FROM live_{kind})"
        " ORDER BY name"
    )
    return [name for (name,) in rows]


class Beside(NamedTuple):
    """How much the ledger holds besides the register as it stands and the items in force."""

    mergers: int
    moves: int
    member_aliases: int
    recognitions: int
    attachments: int
    amendments: int
    voids: int
    erased: int
    editions: int
    seals: int


def beside(ledger: Ledger) -> Beside:
    """What there is besides."""
    row = ledger.row(
        "SELECT (SELECT count(*) FROM live_merger),"
        " (SELECT count(*) - count(DISTINCT member) FROM live_placement),"
        " (SELECT count(*) FROM live_alias WHERE member IS NOT NULL),"
        " (SELECT count(*) FROM live_recognition),"
        " (SELECT count(*) FROM live_attachment),"
        " (SELECT count(*) FROM live_revision WHERE supersedes IS NOT NULL),"
        " (SELECT count(*) FROM void),"
        " (SELECT count(*) FROM erasure),"
        " (SELECT count(*) FROM edition),"
        " (SELECT count(*) FROM seal)"
    )
    assert row is not None  # noqa: S101 — counts are always there
    return Beside(*row)


def _wanted(facts_: Sequence[FactId]) -> dict[str, str]:
    """Identities as the statements take them."""
    return {"wanted": json.dumps(facts_)}


def _some(wanted: Sequence[FactId]) -> Iterator[dict[str, str]]:
    for start in range(0, len(wanted), _AT_ONCE):
        yield _wanted(wanted[start : start + _AT_ONCE])


def _listed(
    ledger: Ledger, table: str, column: str, some: dict[str, str]
) -> dict[FactId, tuple[FactId, ...]]:
    found: dict[FactId, tuple[FactId, ...]] = {}
    for fact, one in ledger.rows(
        f"SELECT fact, {column} FROM {table} WHERE fact {_AMONG} ORDER BY fact, position", some
    ):
        found[fact] = (*found.get(fact, ()), one)
    return found


def _attributes(ledger: Ledger, some: dict[str, str]) -> dict[FactId, tuple[tuple[str, str], ...]]:
    found: dict[FactId, tuple[tuple[str, str], ...]] = {}
    for fact, name, value in ledger.rows(
        f"SELECT fact, name, value FROM attribute WHERE fact {_AMONG} ORDER BY fact, name", some
    ):
        found[fact] = (*found.get(fact, ()), (name, value))
    return found


def _secrets(ledger: Ledger, field: str, some: dict[str, str]) -> dict[FactId, str]:
    return dict(
        ledger.rows(
            "SELECT fact, value FROM secret WHERE value IS NOT NULL"
            f" AND field = '{field}' AND fact {_AMONG}",
            some,
        )
    )
