"""The frozen migrations add up to the declaration in `tables.py`, column for column."""

import pytest
from sqlmodel import SQLModel

from sqmy.facts import KINDS
from sqmy.ledger import chain, tables
from sqmy.ledger.sqlite import in_memory

DECLARED = SQLModel.metadata.tables


def test_every_table_is_declared() -> None:
    """The migrations make the declared tables and no others."""
    with in_memory() as ledger:
        made = {
            name for (name,) in ledger.rows("SELECT name FROM sqlite_master WHERE type='table'")
        }
    assert made == set(DECLARED)


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_columns_keys_and_references(name: str) -> None:
    """Names, order, types, nullability, primary key, foreign keys and uniqueness agree."""
    table = DECLARED[name]
    with in_memory() as ledger:
        info = ledger.rows(f"PRAGMA table_info({name})")
        foreign = ledger.rows(f"PRAGMA foreign_key_list({name})")
        unique = {
            tuple(c for (_, _, c) in ledger.rows(f"PRAGMA index_info({index})"))
            for _, index, is_unique, origin, _ in ledger.rows(f"PRAGMA index_list({name})")
            if is_unique and origin == "u"
        }
    made = [
        (column, kind, bool(not_null) or bool(key), key > 0)
        for _, column, kind, not_null, _, key in info
    ]
    declared = [
        (column.name, str(column.type), not column.nullable, column.primary_key)
        for column in table.columns
    ]
    assert made == declared
    assert {(column, f"{target}.{to}") for _, _, target, column, to, *_ in foreign} == {
        (key.parent.name, key.target_fullname) for key in table.foreign_keys
    }
    declared_unique = {
        tuple(column.name for column in constraint.columns)
        for constraint in table.constraints
        if type(constraint).__name__ == "UniqueConstraint"
    }
    assert unique == declared_unique


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_field_of_a_fact_has_its_column(kind: str) -> None:
    """A fact's fields stand in its table in the order in which they are inserted."""
    assert ("fact", *chain.columns_of(kind)) == tuple(c.name for c in DECLARED[kind].columns)
    assert tables.Chain.__tablename__ == "chain"


@pytest.mark.parametrize("name", sorted(DECLARED))
def test_nothing_is_updated_or_deleted(name: str) -> None:
    """Every table has its triggers against UPDATE and DELETE."""
    with in_memory() as ledger:
        triggers = {
            trigger
            for (trigger,) in ledger.rows(
                "SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name=?", (name,)
            )
        }
    update = "secret_only_erased" if name == "secret" else f"{name}_no_update"
    assert {update, f"{name}_no_delete"} <= triggers
