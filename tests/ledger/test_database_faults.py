"""Disk full, read-only, busy, interrupted: all or nothing, and no error tells a value."""

import os
import sqlite3
import subprocess
import traceback
from pathlib import Path

import pytest

from ledgers import (
    BODY,
    PHONE,
    WORDS,
    content,
    found_office,
    new_ledger,
    obeying_file_modes,
    submission,
)
from limits import python
from sqmy import facts
from sqmy.errors import LedgerError, SqmyError, StorageError
from sqmy.ledger import attached, audit, database, reading
from sqmy.ledger.database import Ledger
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.records import Records
from sqmy.ledger.sqlite import in_memory

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows knows no such modes")


def record(ledger: Ledger, body: str = BODY) -> None:
    """A write that any sound ledger takes: one more item."""
    register = reading.register(ledger)
    with ledger.writing():
        Records(ledger, "丙").submit(submission(units=(next(iter(register.units)),), body=body))


# -- what cannot be written ------------------------------------------------------------------


def test_a_read_only_ledger_is_read_and_not_written(open_folder: Path) -> None:
    path = open_folder / "sqmy.db"
    with new_ledger(path) as ledger:
        found_office(ledger)
    path.chmod(0o444)
    before = path.read_bytes()
    with obeying_file_modes(), open_ledger(path) as ledger:
        assert len(reading.register(ledger).members) == 2
        with pytest.raises(SqmyError) as refused:
            record(ledger)
    assert str(refused.value) == (
        f"台账是只读的，没有写入。请检查文件和所在文件夹的权限。\n台账：{path}"
    )
    assert refused.value.exit_code == 1
    assert path.read_bytes() == before
    path.chmod(0o644)


@POSIX
def test_a_ledger_in_a_read_only_folder_is_read_and_not_written(open_folder: Path) -> None:
    path = open_folder / "sqmy.db"
    with new_ledger(path) as ledger:
        found_office(ledger)
    path.chmod(0o666)
    open_folder.chmod(0o555)
    before = path.read_bytes()
    with obeying_file_modes(), open_ledger(path) as ledger:
        with pytest.raises(SqmyError, match="台账是只读的，没有写入。") as refused:
            record(ledger)
        assert len(reading.register(ledger).members) == 2
    assert refused.value.exit_code == 1
    assert path.read_bytes() == before


@POSIX
@pytest.mark.parametrize("what", ["file", "folder"])
def test_a_ledger_that_may_not_be_read(what: str, open_folder: Path) -> None:
    path = open_folder / "sqmy.db"
    with new_ledger(path) as ledger:
        found_office(ledger)
    (path if what == "file" else open_folder).chmod(0o000)
    with obeying_file_modes(), pytest.raises(LedgerError) as refused:
        open_ledger(path)
    assert str(refused.value) == f"打不开台账：{path}\n请检查文件和所在文件夹的权限。"


def test_a_full_disk_leaves_the_ledger_as_it_was(path: Path) -> None:
    before = path.read_bytes()
    with open_ledger(path) as ledger:
        pages = ledger.row("PRAGMA page_count")
        assert pages
        ledger.run(f"PRAGMA max_page_count = {pages[0]}")
        with pytest.raises(SqmyError) as refused:
            record(ledger, "正文" * 100_000)
        assert str(refused.value) == (f"磁盘已满，没有写入。请腾出空间后重做。\n台账：{path}")
        assert refused.value.exit_code == 1
        assert path.read_bytes() == before
        assert sorted(path.parent.iterdir()) == [path, attached.folder_of(path)]
        ledger.run("PRAGMA max_page_count = 100000")
        record(ledger, "正文" * 100_000)
        assert audit.examine(ledger) == []


BUSY = "台账正被别的程序占用，等了 15 秒，没有写入。请稍后重做。\n台账：{}"


def test_a_ledger_that_another_writes_is_busy(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert database.WAIT_SECONDS == 15
    monkeypatch.setattr(database, "WAIT_SECONDS", 0)
    before = path.read_bytes()
    with open_ledger(path) as one, open_ledger(path) as other:
        with one.writing():
            with pytest.raises(SqmyError) as refused:
                record(other)
            assert str(refused.value) == BUSY.format(path)
            assert refused.value.exit_code == 1
            assert len(reading.register(other).members) == 2  # reading goes on
        assert path.read_bytes() == before
        record(other)


def test_a_writer_gives_way_to_a_reader_who_stays(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", 0)
    before = path.read_bytes()
    with open_ledger(path) as one, open_ledger(path) as other, one.reading():
        assert one.rows("SELECT count(*) FROM chain")
        with pytest.raises(SqmyError, match="台账正被别的程序占用"):
            record(other)
        assert not other.connection.in_transaction
    assert path.read_bytes() == before


HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


def test_a_ledger_that_another_process_holds_is_busy(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", 0)
    command = python("-c", HOLD, str(path))
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdin
        assert holder.stdout.readline().strip() == b"held"
        with pytest.raises(SqmyError) as refused:
            open_ledger(path)
        holder.stdin.close()
    assert str(refused.value) == BUSY.format(path)
    with open_ledger(path) as ledger:
        record(ledger)


DIE = """
import os, sys
from pathlib import Path
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.records import Records
ledger = open_ledger(Path(sys.argv[1]))
ledger.run("PRAGMA cache_size = 1")  # so that half-written pages are in the file already
with ledger.writing():
    for place in range(200):
        Records(ledger, "丁").register_unit("单位" * 200, "其他", None, assessed=True, since=None)
    os._exit(9)
"""


def test_a_writer_who_dies_half_way_has_written_nothing(path: Path) -> None:
    with open_ledger(path) as ledger:
        before = content(ledger)
    sound = path.read_bytes()
    run = subprocess.run(python("-c", DIE, str(path)), check=False)
    assert run.returncode == 9
    assert path.read_bytes() != sound  # it is really half-written, and the journal is there
    assert path.with_name("sqmy.db-journal").exists()
    with open_ledger(path) as ledger:
        assert content(ledger) == before
        assert audit.examine(ledger) == []
        record(ledger)
    assert sorted(path.parent.iterdir()) == [path, attached.folder_of(path)]


# -- all or nothing --------------------------------------------------------------------------


def register(ledger: Ledger) -> int:
    """A new unit."""
    return Records(ledger, "丁").register_unit("新", "其他", None, assessed=True, since=None)


class Interruption(BaseException):
    """Something from outside, such as Ctrl-C."""


@pytest.mark.parametrize("error", [SqmyError("不行"), ValueError("毛病"), Interruption()])
def test_what_is_interrupted_is_not_written(error: BaseException, path: Path) -> None:
    def interrupted(ledger: Ledger) -> None:
        with ledger.writing():
            register(ledger)
            raise error

    before = path.read_bytes()
    with open_ledger(path) as ledger:
        with pytest.raises(type(error)):
            interrupted(ledger)
        assert not ledger.connection.in_transaction
    assert path.read_bytes() == before


def test_a_rehearsal_writes_nothing(path: Path) -> None:
    before = path.read_bytes()
    with open_ledger(path) as ledger, ledger.writing(dry_run=True):
        register(ledger)
        assert "新" in [unit.name for unit in reading.register(ledger).units.values()]
    assert path.read_bytes() == before


def test_a_refused_fact_leaves_the_ledger_as_it_was(path: Path) -> None:
    def untitled(ledger: Ledger) -> None:
        with ledger.writing():
            unit = register(ledger)
            Records(ledger, "丁").submit(submission(units=(unit,), title=""))

    def of_a_number_that_is_taken(ledger: Ledger) -> None:
        with ledger.writing():
            register(ledger)
            Records(ledger, "丁").append(facts.Batch(1, "重号"))

    before = path.read_bytes()
    with open_ledger(path) as ledger:
        with pytest.raises(SqmyError):
            untitled(ledger)
        with pytest.raises(LedgerError):
            of_a_number_that_is_taken(ledger)
    assert path.read_bytes() == before


def test_reading_sees_one_state(path: Path) -> None:
    with open_ledger(path) as ledger:
        with ledger.reading():
            assert ledger.connection.in_transaction
            with ledger.reading():
                assert ledger.rows("SELECT count(*) FROM chain")
            assert ledger.connection.in_transaction
        assert not ledger.connection.in_transaction
        with ledger.writing():
            register(ledger)
            with ledger.reading():
                assert ledger.rows("SELECT 1 FROM unit WHERE name = '新'")
            assert ledger.connection.in_transaction
        assert ledger.rows("SELECT 1 FROM unit WHERE name = '新'")


# -- what an error tells ---------------------------------------------------------------------


def told_with_traceback(error: BaseException) -> str:
    return "".join(traceback.format_exception(error))


def test_a_refusal_of_the_database_tells_no_value(path: Path) -> None:
    with open_ledger(path) as ledger:
        secret_statements = [
            ("INSERT INTO void SELECT fact, target, ? FROM void", (PHONE,)),
            ("INSERT INTO alias VALUES (1, ?, NULL, NULL)", (BODY,)),
            ("UPDATE member SET name = ?", (WORDS,)),
            ("INSERT INTO unit VALUES (1, 1, ?, ?, ?, ?, NULL)", (PHONE, BODY, WORDS, PHONE)),
        ]
        for sql, values in secret_statements:
            with pytest.raises(LedgerError) as refused:
                ledger.run(sql, values)
            assert str(refused.value) == (
                f"台账拒绝了这次写入：与已有的事实不符。请用 sqmy verify 检查。\n台账：{path}"
            )
            told = told_with_traceback(refused.value)
            assert not [value for value in (PHONE, BODY, WORDS) if value in told]


def test_a_text_that_is_damaged_is_not_quoted(path: Path) -> None:
    whole = path.read_bytes()
    assert PHONE.encode() in whole
    path.write_bytes(whole.replace(PHONE.encode(), PHONE[:-1].encode() + b"\xff"))
    with open_ledger(path) as ledger, pytest.raises(LedgerError) as refused:
        ledger.rows("SELECT value FROM secret")
    assert str(refused.value) == (f"台账文件已损坏。请勿再写，用最近的备份恢复。\n台账：{path}")
    assert PHONE[:-1] not in told_with_traceback(refused.value)


def test_a_fault_of_ours_stays_one() -> None:
    with in_memory() as ledger, pytest.raises(sqlite3.OperationalError, match="no such table"):
        ledger.rows("SELECT * FROM nowhere")


@POSIX
@pytest.mark.parametrize("replaced", [False, True])
def test_nothing_is_written_to_a_ledger_that_was_moved_away(replaced: bool, path: Path) -> None:  # noqa: FBT001
    """Windows does not let an open file be moved."""
    aside = path.with_name("aside.db")
    with open_ledger(path) as ledger:
        before = path.read_bytes()
        path.rename(aside)
        if replaced:
            path.write_bytes(before)
        with pytest.raises(StorageError, match="台账已被移走或换掉，没有写入。"), ledger.writing():
            pass
        assert not ledger.in_transaction
        assert reading.head(ledger)[0] > 0
    assert aside.read_bytes() == before
