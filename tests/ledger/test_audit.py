"""Whatever is tampered with in the file is found, and the fact is named.

Each tampering goes through a raw connection with the triggers dropped, and the triggers are put
back before the examination: what is found is then the tampering and not the missing trigger.
"""
# ruff: noqa: S608 — the statements are made of our own table names

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ledgers import BODY, every_kind, raw, tampering
from sqmy import facts
from sqmy.errors import Problem
from sqmy.ledger import audit, chain, reading
from sqmy.ledger.database import Ledger
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.sqlite import in_memory

with in_memory() as pristine:
    COLUMNS = [
        (table, column, kind, bool(key))
        for (table,) in pristine.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        for _, column, kind, _, _, key in pristine.rows(f"PRAGMA table_info({table})")
    ]
TABLES = list(dict.fromkeys(table for table, *_ in COLUMNS))


@pytest.fixture(scope="module")
def ledger() -> Iterator[Ledger]:
    """Two facts of every kind; each test rolls its tampering back."""
    with in_memory() as full:
        every_kind(full)
        yield full


@contextmanager
def undone(ledger: Ledger) -> Iterator[None]:
    """Nothing that happens within stays."""
    ledger.connection.execute("PRAGMA foreign_keys = OFF")
    ledger.run("BEGIN")
    try:
        yield
    finally:
        ledger.connection.rollback()
        ledger.connection.execute("PRAGMA foreign_keys = ON")


def found_after(ledger: Ledger, *statements: str) -> list[Problem]:
    """What is found once these statements have tampered with the ledger."""
    with undone(ledger):
        with tampering(ledger) as connection:
            for statement in statements:
                changed = connection.execute(statement).rowcount
                assert changed, f"nothing was tampered with: {statement}"
        return audit.examine(ledger)


def rows_of(ledger: Ledger, table: str) -> list[tuple[str, int]]:
    """The first and the last row of a table, and one between: its key, and whose fact it is."""
    names = [column for t, column, _, key in COLUMNS if t == table and key]
    rows = ledger.rows(f"SELECT {', '.join(names)} FROM {table}")
    return [
        (" AND ".join(f"{n} = '{v}'" for n, v in zip(names, row, strict=True)), row[0])
        for row in sorted({rows[0], rows[len(rows) // 2], rows[-1]})
    ]


def test_an_honest_ledger_has_no_fault(ledger: Ledger) -> None:
    assert audit.examine(ledger) == []
    with undone(ledger):
        with tampering(ledger):
            pass
        assert audit.examine(ledger) == []


@pytest.mark.parametrize(("table", "column", "kind"), [column[:3] for column in COLUMNS])
def test_every_value_of_every_column_is_guarded(
    table: str, column: str, kind: str, ledger: Ledger
) -> None:
    for where, fact in rows_of(ledger, table):
        value = (
            f"coalesce(\"{column}\", '') || '改'"
            if kind == "TEXT"
            else f'CASE WHEN "{column}" IN (0, 1) THEN 1 - "{column}" ELSE 500 END'
        )
        found = found_after(ledger, f'UPDATE {table} SET "{column}" = {value} WHERE {where}')
        named = {problem.place for problem in found if "引用" not in problem.message}
        # a link's own hash, and the one that the next link carries, may each be called wrong
        assert named & {f"F{fact}", *([f"F{fact + 1}"] if table == "chain" else [])}, (where, found)
        assert "结构" not in named


@pytest.mark.parametrize(
    ("table", "column"), [(t, c) for t, c, _, key in COLUMNS if not key and t != "chain"]
)
def test_no_value_can_be_taken_away(table: str, column: str, ledger: Ledger) -> None:
    for where, fact in rows_of(ledger, table):
        present = f'{where} AND "{column}" IS NOT NULL'
        if not ledger.rows(f"SELECT 1 FROM {table} WHERE {present}"):
            continue
        try:
            found = found_after(ledger, f'UPDATE {table} SET "{column}" = NULL WHERE {present}')
        except sqlite3.IntegrityError as refused:
            assert "NOT NULL" in str(refused)  # noqa: PT017 — SQLite itself guards it
            return
        assert f"F{fact}" in {problem.place for problem in found}, where


@pytest.mark.parametrize("table", TABLES)
def test_no_row_can_be_deleted(table: str, ledger: Ledger) -> None:
    for where, fact in rows_of(ledger, table):
        found = found_after(ledger, f"DELETE FROM {table} WHERE {where}")
        assert f"F{fact}" in {problem.place for problem in found}, (where, found)


@pytest.mark.parametrize("kind", facts.KINDS)
def test_no_two_facts_can_be_swapped(kind: str, ledger: Ledger) -> None:
    (one,), (other,) = ledger.rows(f"SELECT fact FROM {kind} ORDER BY fact LIMIT 2")
    found = found_after(
        ledger,
        f"UPDATE {kind} SET fact = -1 WHERE fact = {one}",
        f"UPDATE {kind} SET fact = {one} WHERE fact = {other}",
        f"UPDATE {kind} SET fact = {other} WHERE fact = -1",
    )
    assert {f"F{one}", f"F{other}"} <= {problem.place for problem in found}


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("INSERT INTO void VALUES (900, 1, '误录')", "void 表里有一项不在校验链上"),
        (
            "INSERT INTO unit VALUES (900, 900, '甲', '其他', NULL, 1, NULL)",
            "unit 表里有一项不在校验链上",
        ),
        (
            (
                "INSERT INTO adoption SELECT 900, item, channel, form, adopted_on, journal, issue"
                " FROM adoption LIMIT 1"
            ),
            "adoption 表里有一项不在校验链上",
        ),
        ("INSERT INTO alias VALUES (1, '甲', 1, NULL)", "alias 表里有一项不在校验链上"),
        ("INSERT INTO attribute VALUES (1, '字数', '9')", "多出附加项"),
        ("INSERT INTO attribute VALUES (9, '字数', '9')", "内容与登记时的校验码不符，被改动过"),
        ("INSERT INTO secret VALUES (1, 'phone', 'ab', 'cd', '1')", "多出 phone"),
        ("INSERT INTO secret VALUES (9, 'phone', 'ab', 'cd', '1')", "多出 phone"),
        ("INSERT INTO secret VALUES (9, '备注', 'ab', 'cd', '1')", "多出 备注"),
        ("INSERT INTO submission_author VALUES (9, 3, 22)", "内容与登记时的校验码不符，被改动过"),
        ("INSERT INTO submission_unit VALUES (9, 0, 500)", "内容与登记时的校验码不符，被改动过"),
        (
            "UPDATE submission_author SET position = position + 7 WHERE fact = 9 AND position = 2",
            "submission_author 里的次序被改动",
        ),
        (
            (
                "INSERT INTO chain SELECT seq + 1, recorded_at, operator, kind, batch, form,"
                " sha256, hash, hash FROM chain ORDER BY seq DESC LIMIT 1"
            ),
            "登记的时间、经办人或内容的校验码被改动",
        ),
        (
            "UPDATE secret SET salt = NULL, value = NULL WHERE fact = 9",
            "body 不见了，而没有抹除的登记",
        ),
        ("UPDATE secret SET value = '改过' WHERE fact = 9", "body 被改动过"),
        (
            "UPDATE secret SET salt = '00', value = '甲' WHERE fact = (SELECT target FROM erasure)",
            "content 已经抹除，却又出现",
        ),
        ("UPDATE seal SET result = '[]' WHERE period = '2025'", "封存的结果与它的校验码不符"),
        ("UPDATE seal SET facts = 'ab' WHERE period = '2025'", "封存的结果与它的校验码不符"),
        ("UPDATE chain SET kind = 'chain' WHERE seq = 9", "事实的种类「chain」不认识"),
        ("DELETE FROM chain WHERE seq = 9", "这一项登记不见了"),
    ],
)
def test_what_is_slipped_in_or_changed_is_told(
    statement: str, message: str, ledger: Ledger
) -> None:
    assert message in {problem.message for problem in found_after(ledger, statement)}


def test_a_changed_fact_with_its_own_hash_made_anew_is_found(ledger: Ledger) -> None:
    """Whoever changes a fact and its link must change every later link too."""
    (seq,) = ledger.row("SELECT fact FROM adoption ORDER BY fact LIMIT 1") or ()
    fact = reading.fact_at(ledger, seq, "adoption")
    assert isinstance(fact, facts.Adoption)
    forged = fact._replace(channel="全国政协")
    form = chain.sha256(chain.canonical(forged, {}, chain.FORM))
    *fields, _ = ledger.rows(f"SELECT * FROM chain WHERE seq = {seq}")[0]
    link = chain.Entry(*fields)._replace(sha256=form)
    found = found_after(
        ledger,
        f"UPDATE adoption SET channel = '全国政协' WHERE fact = {seq}",
        f"UPDATE chain SET sha256 = '{form}', hash = '{link.hash}' WHERE seq = {seq}",
    )
    assert found == [Problem(f"F{seq + 1}", "与前一项的校验码接不上")]


def test_two_links_that_change_places_are_found(ledger: Ledger) -> None:
    found = found_after(
        ledger,
        "UPDATE chain SET seq = -1 WHERE seq = 10",
        "UPDATE chain SET seq = 10 WHERE seq = 11",
        "UPDATE chain SET seq = 11 WHERE seq = -1",
    )
    assert {"F10", "F11"} <= {problem.place for problem in found}


# -- the structure ---------------------------------------------------------------------------


def found_in_file(path: Path, *statements: str) -> list[Problem]:
    with raw(path) as connection:
        for statement in statements:
            connection.execute(statement)
    with open_ledger(path) as ledger:
        return audit.examine(ledger)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("DROP TRIGGER unit_no_update", "缺少触发器 unit_no_update"),
        ("DROP INDEX adoption_day", "缺少索引 adoption_day"),
        ("DROP VIEW live_review", "缺少视图 live_review"),
        ("CREATE TABLE 私账 (数 INTEGER)", "多出表 私账"),
        ("CREATE TRIGGER chain AFTER INSERT ON unit BEGIN SELECT 1; END", "多出触发器 chain"),
        ("ALTER TABLE review ADD COLUMN 甲 TEXT", "改动了表 review"),
        ("ALTER TABLE chain ADD COLUMN 甲 TEXT", "改动了表 chain"),
    ],
)
def test_a_changed_structure_is_found(statement: str, message: str, path: Path) -> None:
    assert Problem("结构", message) in found_in_file(path, statement)


@pytest.mark.parametrize("table", ["review", "chain", "secret", "void", "submission_author"])
def test_a_missing_table_is_told_and_nothing_more_is_asked_of_it(table: str, path: Path) -> None:
    found = found_in_file(path, "PRAGMA foreign_keys = OFF", f"DROP TABLE {table}")
    assert Problem("结构", f"缺少表 {table}") in found
    assert found[-1] == Problem("文件", "表的结构与原来的不同，内容没有再核对")
    assert {problem.place for problem in found[:-1]} == {"结构"}


def test_a_weakened_trigger_is_found(path: Path) -> None:
    statements = [
        "DROP TRIGGER unit_no_update",
        "CREATE TRIGGER unit_no_update BEFORE UPDATE ON unit BEGIN SELECT 1; END",
    ]
    found = found_in_file(path, *statements)
    assert found == [Problem("结构", "改动了触发器 unit_no_update")]


def test_a_tampered_value_is_found_even_where_a_trigger_is_missing(path: Path) -> None:
    statements = ["DROP TRIGGER unit_no_update", "UPDATE unit SET name = '改' WHERE fact = 2"]
    assert found_in_file(path, *statements) == [
        Problem("结构", "缺少触发器 unit_no_update"),
        Problem("F2", "内容与登记时的校验码不符，被改动过"),
    ]


def test_only_the_first_faults_are_told(path: Path) -> None:
    drop = "DROP TRIGGER chain_no_update"
    found = found_in_file(path, drop, "UPDATE chain SET operator = '别人'")
    assert len(found) == audit.MOST
    assert found[1] == Problem("F1", "登记的时间、经办人或内容的校验码被改动")


def test_nothing_secret_is_told(ledger: Ledger) -> None:
    found = found_after(ledger, "UPDATE secret SET value = value || '改' WHERE value IS NOT NULL")
    told = "".join(map(str, found))
    assert found
    assert BODY not in told
    assert "1390000" not in told
