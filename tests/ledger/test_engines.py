"""A file and a server hold the same: scores, chain, schema; and every statement runs on both."""

import os
import re
from datetime import UTC, datetime

import pytest
from sqlmodel import SQLModel

import copies
import counties
from build import Built
from ledgers import every_kind, found_office
from postgres import Cluster
from sqmy import facts
from sqmy.days import periods
from sqmy.ledger import appending, reading, schema
from sqmy.ledger.database import Ledger
from sqmy.ledger.postgresql_schema import translated
from sqmy.ledger.records import Records
from sqmy.ledger.snapshot import snapshot
from sqmy.ledger.sqlite import in_memory
from sqmy.snapshot import Reads
from sqmy.workspace.desk import Desk
from sqmy.workspace.rulebooks import edition_of

COUNTIES = int(os.environ.get("SQMY_COUNTIES", "40"))
"""How many random counties are compared; `SQMY_COUNTIES` asks for more."""

YEARS = (2024, 2025, 2026)


@pytest.fixture(scope="module")
def database(cluster: Cluster) -> str:
    """A database for the offices of this module."""
    return cluster.new_database()


def test_random_counties_have_the_same_scores(cluster: Cluster, database: str) -> None:
    edition = edition_of(None)

    def scores(ledger: Ledger, seed: int) -> list[object]:
        with ledger.writing():
            Records(ledger, "测试").adopt_rulebook(edition)
        Built(counties.county(seed), ledger)
        with Desk(ledger, "测试") as desk:
            return list(copies.scores(desk, YEARS))

    for seed in range(COUNTIES):
        on_server = scores(cluster.new_office(database, f"county{seed}"), seed)
        assert on_server == scores(in_memory(), seed), seed


class _Clock(datetime):
    """A clock that stands still."""

    @classmethod
    def now(cls, tz: object = None) -> "_Clock":  # type: ignore[override]  # noqa: ARG003
        return cls(2026, 1, 5, 8, 30, tzinfo=UTC)


def test_the_same_facts_make_the_same_chain(
    cluster: Cluster, database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(appending, "datetime", _Clock)
    monkeypatch.setattr(appending.os, "urandom", bytes)
    heads = []
    for ledger in (in_memory(), cluster.new_office(database, "chain")):
        with ledger:
            every_kind(ledger)
            heads.append(reading.head(ledger))
    assert heads[0] == heads[1]
    assert heads[0][0] > 50


def test_items_with_lasting_findings_of_earlier_years_are_read(
    cluster: Cluster, database: str
) -> None:
    year = periods(2026)[0]
    lasting = Reads(lasting=frozenset({"抄袭", "弄虚作假"}))
    found = []
    for ledger in (in_memory(), cluster.new_office(database, "lasting")):
        with ledger:
            office = found_office(ledger)
            with ledger.writing():
                finding = facts.Finding("抄袭", "2025-06-01", "核实", item=office.item)
                Records(ledger, "甲").find(finding)
            found.append(
                (snapshot(ledger, year).items, snapshot(ledger, year, reads=lasting).items)
            )
    assert found[0] == found[1]
    assert [items.item for items in found[1]] == [[], [office.item]]


def test_a_text_is_read_and_ordered_as_it_stands(cluster: Cluster, database: str) -> None:
    """By code points, though the server's own order is the Chinese one."""
    names = ["啊", "波", "八", "%", "a", "B", "Ａ", "張三", "𠮷", "e\u0301", "é", "'\"\\:名%s"]
    orders = []
    for ledger in (in_memory(), cluster.new_office(database, "order")):
        with ledger:
            with ledger.writing():
                clerk = Records(ledger, "甲")
                for name in names:
                    clerk.register_unit(name, "委室", name, assessed=True, since=None)
            held = ledger.rows("SELECT name FROM unit ORDER BY name")
            above = ledger.rows("SELECT name FROM unit WHERE name > :from", {"from": "a"})
            orders.append((held, sorted(above)))
    assert orders[0] == orders[1]
    assert [name for (name,) in orders[1][0]] == sorted(names)


COLUMNS = """SELECT c.column_name, c.data_type, c.is_nullable = 'NO', c.collation_name
FROM information_schema.columns c WHERE c.table_schema = :office AND c.table_name = :table
ORDER BY c.ordinal_position"""
OBJECTS = {
    "table": "SELECT tablename FROM pg_tables WHERE schemaname = :office",
    "view": "SELECT viewname FROM pg_views WHERE schemaname = :office",
    "index": (
        "SELECT indexname FROM pg_indexes WHERE schemaname = :office"
        " AND indexname NOT LIKE '%_pkey' AND indexname NOT LIKE '%_key'"
    ),
    "trigger": (
        "SELECT t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
        " JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = :office AND NOT t.tgisinternal AND t.tgname NOT LIKE '%_no_truncate'"
    ),
}


def test_both_engines_have_the_same_schema(cluster: Cluster, database: str) -> None:
    """Tables, views, indexes and triggers; columns as `tables.py` declares them."""
    office = {"office": "schema"}
    with in_memory() as file, cluster.new_office(database, "schema") as server:
        for kind, query in OBJECTS.items():
            in_file = file.rows(
                "SELECT name FROM sqlite_master WHERE type = :kind AND sql IS NOT NULL",
                {"kind": kind},
            )
            assert sorted(server.rows(query, office)) == sorted(in_file), kind
        for name, table in SQLModel.metadata.tables.items():
            made = server.rows(COLUMNS, {**office, "table": name})
            assert made == [
                (
                    column.name,
                    "bigint" if str(column.type) == "INTEGER" else "text",
                    column.primary_key or not column.nullable,
                    "C" if str(column.type) == "TEXT" else None,
                )
                for column in table.columns
            ]
            assert server.row(
                "SELECT 1 FROM pg_trigger WHERE tgname = :name", {"name": f"{name}_no_truncate"}
            )


def test_a_migration_of_another_form_is_refused() -> None:
    for statement in schema.statements():
        list(translated(statement, "sqmy"))
    with pytest.raises(ValueError, match=re.escape("no form of a migration: PRAGMA user_version")):
        list(translated("PRAGMA user_version = 7;", "sqmy"))
