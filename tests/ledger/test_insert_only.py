"""Facts are only ever added; the one thing that can be taken away are confidential values."""

import re
from pathlib import Path

import pytest

from ledgers import BODY, PHONE, WORDS, content, every_kind, found_office, new_ledger
from sqmy import facts
from sqmy.errors import LedgerError
from sqmy.ledger import audit, chain, reading
from sqmy.ledger.records import Records
from sqmy.ledger.sqlite import in_memory

TABLES = sorted(
    [*facts.KINDS, "chain", "attribute", "secret", "submission_author", "submission_unit"]
)


CHANGES = (
    "UPDATE {table} SET rowid = rowid",
    "UPDATE OR IGNORE {table} SET {column} = {column}",
    "UPDATE OR REPLACE {table} SET {column} = 0",
    "DELETE FROM {table}",
    "DELETE FROM {table} WHERE {column} IS {column}",
    "REPLACE INTO {table} SELECT * FROM {table} LIMIT 1",
    "INSERT OR REPLACE INTO {table} SELECT * FROM {table}",
    "INSERT INTO {table} SELECT * FROM {table} WHERE 1 ON CONFLICT DO UPDATE SET {column} = 1",
)


@pytest.mark.parametrize("table", TABLES)
def test_facts_are_only_ever_added(table: str, tmp_path: Path) -> None:
    with new_ledger(tmp_path / "sqmy.db") as ledger:
        every_kind(ledger)
        before = content(ledger)
        columns = [name for _, name, *_ in ledger.rows(f"PRAGMA table_info({table})")]
        without_rowid = table in {"submission_author", "submission_unit", "attribute"}
        for change in CHANGES[without_rowid:]:
            for column in (columns[0], columns[-1]):
                with pytest.raises(LedgerError), ledger.writing():
                    ledger.run(change.format(table=table, column=f'"{column}"'))
        assert content(ledger) == before


LINK = (
    "INSERT {} INTO chain"
    " SELECT {}, recorded_at, operator, kind, batch, form, sha256, {}, hash FROM chain"
)


@pytest.mark.parametrize(
    "sql",
    [
        LINK.format("", "seq + 1", "previous") + " WHERE seq = 5",
        LINK.format("", "seq + 2", "hash") + " ORDER BY seq DESC LIMIT 1",
        LINK.format("", "seq + 1", "'{}'".format("0" * 64)) + " ORDER BY seq DESC LIMIT 1",
        LINK.format("", "seq", "previous") + " WHERE seq = 5",
        LINK.format("", "NULL", "hash") + " WHERE seq = 5",
        LINK.format("", "0", "''") + " WHERE seq = 1",
        LINK.format("", "-1", "''") + " WHERE seq = 1",
        LINK.format("OR REPLACE", "seq", "previous") + " WHERE seq = 5",
        LINK.format("OR IGNORE", "seq + 2", "hash") + " ORDER BY seq DESC LIMIT 1",
    ],
)
def test_the_chain_grows_at_its_end_only(sql: str, tmp_path: Path) -> None:
    with new_ledger(tmp_path / "sqmy.db") as ledger:
        found_office(ledger)
        before = content(ledger)
        with pytest.raises(LedgerError), ledger.writing():
            ledger.run(sql)
        assert content(ledger) == before


# -- erasing ---------------------------------------------------------------------------------


def test_confidential_values_are_kept_apart_under_a_salt_of_their_own() -> None:
    with in_memory() as ledger:
        found_office(ledger)
        secrets = ledger.rows("SELECT fact, field, sha256, salt, value FROM secret ORDER BY fact")
        assert [(fact, field, value) for fact, field, _, _, value in secrets] == [
            (3, "phone", PHONE),
            (6, "phone", PHONE),
            (9, "body", BODY),
        ]
        assert all(chain.secret_hash(salt, value) == h for _, _, h, salt, value in secrets)
        assert len({h for _, _, h, _, _ in secrets}) == 3
        assert all(re.fullmatch("[0-9a-f]{32}", salt) for _, _, _, salt, _ in secrets)


def test_an_erasure_takes_the_value_out_of_the_file_and_the_chain_holds(tmp_path: Path) -> None:
    path = tmp_path / "sqmy.db"
    with new_ledger(path) as ledger:
        office = found_office(ledger)
        with ledger.writing():
            note = facts.Instruction(office.item, "省级领导", "2025-04-01", None, WORDS)
            instruction = Records(ledger, "甲").instruct(note)
        head = reading.head(ledger)
        for text, fact in ((BODY, office.item), (WORDS, instruction)):
            assert text.encode() in path.read_bytes()
            with ledger.writing():
                erasure = Records(ledger, "甲").erase(fact, " 本人要求 ")
            assert text.encode() not in path.read_bytes()
            assert reading.fact_at(ledger, erasure, "erasure") == facts.Erasure(fact, "本人要求")
        assert reading.hash_at(ledger, head[0]) == head[1]
        found = reading.submission(ledger, office.item)
        assert found
        assert found[1].body is None
        assert audit.examine(ledger) == []
        assert PHONE.encode() in path.read_bytes()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE secret SET salt = NULL, value = NULL WHERE fact = 3",  # without an erasure
        "UPDATE secret SET value = '13900002222' WHERE fact = 9",
        "UPDATE secret SET value = NULL WHERE fact = 9",  # the salt would stay
        "UPDATE secret SET salt = NULL, value = NULL, field = 'phone' WHERE fact = 9",
        "UPDATE secret SET salt = NULL, value = NULL, sha256 = '' WHERE fact = 9",
        "UPDATE secret SET salt = NULL, value = NULL, fact = 1 WHERE fact = 9",
        "UPDATE secret SET salt = '00', value = '又来' WHERE fact = 9",
        "DELETE FROM secret WHERE fact = 9",
    ],
)
def test_a_confidential_value_is_erased_or_stays(sql: str) -> None:
    with in_memory() as ledger:
        office = found_office(ledger)
        with ledger.writing():
            Records(ledger, "甲").append(facts.Erasure(office.item, "本人要求"))
        before = content(ledger)
        with pytest.raises(LedgerError), ledger.writing():
            ledger.run(sql)
        assert content(ledger) == before
