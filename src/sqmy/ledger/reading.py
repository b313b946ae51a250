"""Reading the ledger: the register, an item's whole life, lists, the log."""

import json
from collections import defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqmy import facts
from sqmy.days import Day
from sqmy.facts import FactId
from sqmy.ledger import chain
from sqmy.ledger.database import Ledger
from sqmy.register import MemberEntry, Register, Term, UnitEntry


def register(ledger: Ledger) -> Register:
    """All live units and members, with their states, appointments and other names."""
    merged: dict[FactId, FactId] = dict(
        ledger.rows('SELECT member, "into" FROM live_merger ORDER BY fact')
    )
    for member, into in merged.items():  # follow chains of mergers to their end
        while into in merged:
            into = merged[into]  # noqa: PLW2901 — one step along the chain
        merged[member] = into
    unit_aliases: dict[FactId, list[str]] = defaultdict(list)
    member_aliases: dict[FactId, list[str]] = defaultdict(list)
    for alias, unit, member in ledger.rows(
        "SELECT alias, unit, member FROM live_alias ORDER BY fact"
    ):
        if member is None:
            unit_aliases[unit].append(alias)
        else:
            member_aliases[int(merged.get(member, member))].append(alias)
    return Register(_units(ledger, unit_aliases), _members(ledger, merged, member_aliases), merged)


def _units(ledger: Ledger, aliases: dict[FactId, list[str]]) -> dict[FactId, UnitEntry]:
    states: dict[FactId, list[facts.Unit]] = {}
    for unit, name, kind, peer_group, assessed, since in ledger.rows(
        "SELECT unit, name, kind, peer_group, assessed, since FROM live_unit"
        " ORDER BY unit, coalesce(since, ''), fact"
    ):
        states.setdefault(unit, []).append(
            facts.Unit(unit, name, kind, peer_group, bool(assessed), since)
        )
    return {
        unit: UnitEntry(unit, tuple(own), tuple(aliases.get(unit, ())))
        for unit, own in states.items()
    }


def _members(
    ledger: Ledger, merged: dict[FactId, FactId], aliases: dict[FactId, list[str]]
) -> dict[FactId, MemberEntry]:
    placements: dict[FactId, list[tuple[Day | None, FactId]]] = defaultdict(list)
    for member, since, unit in ledger.rows(
        "SELECT member, since, unit FROM live_placement ORDER BY coalesce(since, ''), fact"
    ):
        placements[member].append((since, unit))
    terms: dict[FactId, list[Term]] = defaultdict(list)
    for fact, member, role, since, until, left in ledger.rows(
        "SELECT a.fact, a.member, a.role, a.since, a.until, d.until"
        " FROM live_appointment a LEFT JOIN live_departure d ON d.appointment = a.fact"
        " ORDER BY a.fact"
    ):
        terms[merged.get(member, member)].append(Term(fact, role, since, until or left))
    entries = {
        member: MemberEntry(
            member,
            name,
            sector,
            tuple(placements[member]),
            tuple(terms[member]),
            tuple(aliases.get(member, ())),
        )
        for member, name, sector in ledger.rows(
            "SELECT fact, name, sector FROM live_member ORDER BY fact"
        )
    }
    for member, into in sorted(merged.items()):
        gone, kept = entries.pop(member), entries[into]
        names = tuple({gone.name} - {kept.name, *kept.aliases})
        entries[into] = kept._replace(aliases=(*kept.aliases, *names), former=(*kept.former, gone))
    return entries


class Title(NamedTuple):
    """An item's number and title."""

    number: str
    title: str


def titles(ledger: Ledger, items: Sequence[FactId] | None = None) -> dict[FactId, Title]:
    """Number and title of these live items, or of every one."""
    sql, values = "SELECT item, number, title FROM live_submission", {}
    if items is not None:
        sql += " WHERE item IN (SELECT value FROM json_each(:items))"
        values = {"items": json.dumps(list(items))}
    return {item: Title(number, title) for item, number, title in ledger.rows(sql, values)}


def attribute(ledger: Ledger, name: str) -> dict[FactId, str]:
    """The value of an attribute of each live item that has one."""
    return dict(
        ledger.rows(
            "SELECT s.item, a.value FROM attribute a JOIN live_submission s ON s.fact = a.fact"
            " WHERE a.name = :name",
            {"name": name},
        )
    )


def submission(ledger: Ledger, item: FactId) -> tuple[FactId, facts.Submission] | None:
    """The revision of an item that is in force, with its reference."""
    row = ledger.row("SELECT fact FROM live_submission WHERE item = :item", {"item": item})
    if row is None:
        return None
    fact = fact_at(ledger, row[0], "submission")
    assert isinstance(fact, facts.Submission)  # noqa: S101 — by its kind
    return row[0], fact


def attribute_of_voided(ledger: Ledger, name: str) -> list[tuple[FactId, str]]:
    """Each value that an attribute ever had of an item that is live no more."""
    rows = ledger.rows(
        "SELECT s.item, a.value FROM attribute a JOIN submission s ON s.fact = a.fact"
        " WHERE a.name = :name AND s.item NOT IN (SELECT item FROM live_submission)",
        {"name": name},
    )
    return [(item, value) for item, value in rows]


def revisions(ledger: Ledger) -> dict[FactId, FactId]:
    """The revision in force of each live item."""
    return dict(ledger.rows("SELECT item, fact FROM live_submission"))


def item_numbered(ledger: Ledger, number: str) -> FactId | None:
    """The live item of that number."""
    row = ledger.row("SELECT item FROM live_submission WHERE number = :number", {"number": number})
    return int(row[0]) if row else None


def item_ever_numbered(ledger: Ledger, number: str) -> FactId | None:
    """The item of that number: the live one, else the latest that was voided."""
    row = ledger.row(
        "SELECT item FROM submission WHERE number = :number"
        " ORDER BY fact IN (SELECT fact FROM live_submission) DESC, fact DESC",
        {"number": number},
    )
    return int(row[0]) if row else None


def fact_at(ledger: Ledger, seq: FactId, kind: str) -> facts.Fact:
    """The fact of that kind at that place of the chain, with its confidential values.

    Raises:
        LookupError: there is none.
    """
    return facts_at(ledger, (seq,), kind)[seq]


def facts_at(ledger: Ledger, seqs: Sequence[FactId], kind: str) -> dict[FactId, facts.Fact]:
    """As `fact_at`, of many places at once; those that hold no such fact are left out."""
    columns, fact_type = chain.columns_of(kind), facts.KINDS[kind]
    flags = {"by_unit", "assessed"}.intersection(columns)
    beside = _beside(ledger, seqs, fact_type._fields)
    found: dict[FactId, facts.Fact] = {}
    for seq, *row in _among(ledger, seqs, f"fact, {quoted(columns)} FROM {kind}"):
        values: dict[str, Any] = dict(zip(columns, row, strict=True))
        values.update((flag, bool(values[flag])) for flag in flags)
        values.update((field, tuple(held[seq])) for field, held in beside.lists.items())
        values.update(beside.secrets[seq])
        found[seq] = fact_type(**values)
    return found


class _Beside(NamedTuple):
    """What stands in other tables than the facts' own.

    Attributes:
        lists: by field and fact the values in order.
        secrets: by fact and field.
    """

    lists: dict[str, defaultdict[FactId, list[Any]]]
    secrets: defaultdict[FactId, dict[str, str | None]]


def _beside(ledger: Ledger, seqs: Sequence[FactId], fields: Sequence[str]) -> _Beside:
    """The other parts of facts that have these fields."""
    found = _Beside({}, defaultdict(dict))
    for field, (table, column) in chain.LISTS.items():
        if field in fields:
            held = found.lists[field] = defaultdict(list)
            for seq, value in _among(ledger, seqs, f"fact, {column} FROM {table}", "position"):
                held[seq].append(value)
    if "attributes" in fields:
        held = found.lists["attributes"] = defaultdict(list)
        for seq, *pair in _among(ledger, seqs, "fact, name, value FROM attribute", "name"):
            held[seq].append(tuple(pair))
    if not facts.SECRETS.isdisjoint(fields):
        for seq, field, value in _among(ledger, seqs, "fact, field, value FROM secret"):
            if field in fields:
                found.secrets[seq][field] = value
    return found


def _among(
    ledger: Ledger, seqs: Sequence[FactId], selected: str, order: str = "fact"
) -> list[tuple[Any, ...]]:
    """Rows of a table that belong to these facts, in order."""
    return ledger.rows(
        f"SELECT {selected} WHERE fact IN (SELECT value FROM json_each(:facts))"
        f" ORDER BY fact, {order}",
        {"facts": json.dumps(seqs)},
    )


def secret_fields(ledger: Ledger, seq: FactId) -> set[str]:
    """The confidential fields that a fact was recorded with, erased since or not."""
    rows = ledger.rows("SELECT field FROM secret WHERE fact = :fact", {"fact": seq})
    return {field for (field,) in rows}


def kind_at(ledger: Ledger, seq: FactId) -> str:
    """The kind of the fact at that place of the chain; "" where there is none."""
    row = ledger.row("SELECT kind FROM chain WHERE seq = :seq", {"seq": seq})
    return str(row[0]) if row else ""


def quoted(columns: tuple[str, ...]) -> str:
    """Column names for a statement; `into` is a word of SQL."""
    return ", ".join(f'"{column}"' for column in columns)


def rulings(ledger: Ledger) -> tuple[tuple[FactId, facts.Ruling], ...]:
    """Every live ruling, in the order of recording."""
    return tuple(
        (seq, facts.Ruling(*rest))
        for seq, *rest in ledger.rows(
            f"SELECT fact, {', '.join(facts.Ruling._fields)} FROM live_ruling ORDER BY fact"
        )
    )


def voided_events(ledger: Ledger) -> list[tuple[FactId, str, FactId, str]]:
    """Every voided adoption, instruction and finding of an item, with the item and the reason."""
    found: list[tuple[FactId, str, FactId, str]] = []
    for kind in ("adoption", "instruction", "finding"):
        rows = ledger.rows(
            f"SELECT f.fact, f.item, v.reason FROM {kind} f JOIN void v ON v.target = f.fact"
            " WHERE f.item IS NOT NULL ORDER BY f.fact"
        )
        found += [(fact, kind, item, reason) for fact, item, reason in rows]
    return found


def editions(ledger: Ledger) -> tuple[tuple[FactId, facts.Edition], ...]:
    """Every edition of the rulebook, in the order of recording."""
    rows = ledger.rows(
        "SELECT fact, name, edition, since, text, compiled FROM edition ORDER BY fact"
    )
    return tuple((row[0], facts.Edition(*row[1:])) for row in rows)


def recognitions(ledger: Ledger) -> list[facts.Recognition]:
    """What headings and titles in others' sheets mean; of several about the same, the last."""
    rows = ledger.rows("SELECT written, context, heading, item FROM live_recognition ORDER BY fact")
    told = [facts.Recognition(*row) for row in rows]
    return list({(one.written, one.context, one.item is None): one for one in told}.values())


def head(ledger: Ledger) -> tuple[int, str]:
    """The last place of the chain and its hash; (0, "") for an empty chain."""
    return ledger.row("SELECT seq, hash FROM chain ORDER BY seq DESC LIMIT 1") or (0, "")


def links(ledger: Ledger) -> int:
    """How many links the chain has, counted."""
    row = ledger.row("SELECT count(*) FROM chain")
    return int(row[0]) if row else 0


def hash_at(ledger: Ledger, seq: FactId) -> str | None:
    """The hash of the link at that place of the chain."""
    row = ledger.row("SELECT hash FROM chain WHERE seq = :seq", {"seq": seq})
    return str(row[0]) if row else None
