"""Opening and making a ledger: what is refused, in which words, and that nothing is harmed."""

import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ledgers import (
    BODY,
    PHONE,
    WORDS,
    content,
    every_kind,
    found_office,
    new_ledger,
    obeying_file_modes,
    raw,
    submission,
)
from sqmy import facts
from sqmy.errors import LedgerError, SqmyError
from sqmy.ledger import audit, database, reading
from sqmy.ledger.database import (
    APPLICATION_ID,
    SCHEMA_VERSION,
    Ledger,
    create_file,
    in_memory,
    is_ledger,
    lay_schema,
    open_ledger,
    split_statements,
)
from sqmy.ledger.records import Records

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows knows no such modes")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger with two facts of every kind, closed."""
    made = tmp_path / "sqmy.db"
    with new_ledger(made) as ledger:
        every_kind(ledger)
    return made


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user may enter, which pytest's own is not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
        Path(folder).chmod(0o755)


def record(ledger: Ledger, body: str = BODY) -> None:
    """A write that any sound ledger takes: one more item."""
    register = reading.register(ledger)
    with ledger.writing():
        Records(ledger, "丙").submit(submission(units=(next(iter(register.units)),), body=body))


# -- what is not a ledger --------------------------------------------------------------------


def foreign(path: Path) -> None:
    with raw(path) as connection:
        connection.execute("CREATE TABLE 账 (数 INTEGER)")


def nothing(path: Path) -> None:
    assert not path.exists()


def plain_file(content: bytes) -> Callable[[Path], object]:
    return lambda path: path.write_bytes(content)


HEADER = b"SQLite format 3\x00"
NOT_SQLITE = "{} 不是台账（不是 SQLite 文件，或文件头已损坏）。"
NOT_OURS = "{} 是别的程序的数据库，不是 sqmy 的台账。"
MISSING = "没有台账：{}\n请用 sqmy init 新建，或用 --ledger 指明台账文件。"


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (nothing, MISSING),
        (Path.mkdir, "{} 是文件夹，不是台账。请用 --ledger 指明台账文件。"),
        (
            Path.touch,
            "{} 是空文件，不是台账。请用 --ledger 指明台账，或用 sqmy init 新建。",
        ),
        (plain_file("编号,标题\n".encode()), NOT_SQLITE),
        (plain_file(random.Random(1).randbytes(9000)), NOT_SQLITE),
        (plain_file(HEADER[:10]), NOT_SQLITE),
        (plain_file(HEADER + random.Random(2).randbytes(9000)), NOT_OURS),
        (plain_file(HEADER), NOT_OURS),
        (foreign, NOT_OURS),
    ],
    ids=["missing", "folder", "empty", "csv", "random", "short", "headed", "header", "foreign"],
)
def test_what_is_no_ledger_is_refused_and_left_alone(
    make: Callable[[Path], object], told: str, tmp_path: Path
) -> None:
    path = tmp_path / "台账.db"
    make(path)
    before = path.read_bytes() if path.is_file() else path.exists()
    with pytest.raises(LedgerError) as refused:
        open_ledger(path)
    assert str(refused.value) == told.format(path)
    assert refused.value.exit_code == 3
    assert (path.read_bytes() if path.is_file() else path.exists()) == before
    assert not is_ledger(path)


def test_a_path_through_a_file_leads_to_no_ledger(path: Path) -> None:
    with pytest.raises(LedgerError) as refused:
        open_ledger(path / "sqmy.db")
    assert str(refused.value) == MISSING.format(path / "sqmy.db")


def test_a_newer_ledger_is_refused(path: Path) -> None:
    with raw(path) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(LedgerError) as refused:
        open_ledger(path)
    assert str(refused.value) == (
        f"台账的版本是 {SCHEMA_VERSION + 1}，本程序只认到 {SCHEMA_VERSION}。"
        f"请升级 sqmy 后再打开。\n台账：{path}"
    )
    assert path.read_bytes() == before


def test_a_ledger_that_was_never_finished_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "sqmy.db"
    with raw(path) as connection:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("CREATE TABLE chain (seq INTEGER)")
    with pytest.raises(LedgerError) as refused:
        open_ledger(path)
    assert str(refused.value) == (
        f"台账的版本是 0，新建没有做完。请删去后用 sqmy init 重做。\n台账：{path}"
    )


@pytest.mark.parametrize("at", [40, 71, 72, 99, 100, 512, 1024, 4095, 4096, 8192, 0.5, 0.9, -4096])
def test_a_truncated_ledger_is_never_taken_for_a_shorter_one(at: float, path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * at) if isinstance(at, float) else at])
    with pytest.raises(LedgerError) as refused, open_ledger(path) as ledger:
        reading.register(ledger)
    assert refused.value.exit_code == 3


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_page_is_an_error_of_the_ledger_or_is_found(seed: int, path: Path) -> None:
    """Never a fault of ours, whatever stands in the page."""
    rng = random.Random(seed)
    damaged = bytearray(path.read_bytes())
    page = 4096 * rng.randrange(1, len(damaged) // 4096)
    damaged[page : page + 4096] = rng.choice([bytes(4096), rng.randbytes(4096)])
    path.write_bytes(damaged)
    try:
        with open_ledger(path) as ledger:
            assert audit.examine(ledger)
    except LedgerError as error:
        assert error.exit_code == 3  # noqa: PT017 — either will do


def test_only_a_ledger_is_one(path: Path, tmp_path: Path) -> None:
    assert is_ledger(path)
    assert not is_ledger(tmp_path)
    assert not is_ledger(tmp_path / "nowhere" / "sqmy.db")


# -- making ----------------------------------------------------------------------------------


@POSIX
def test_a_new_ledger_is_its_owners_alone(tmp_path: Path) -> None:
    mask = os.umask(0)
    try:
        with new_ledger(tmp_path / "sqmy.db") as ledger:
            found_office(ledger)
    finally:
        os.umask(mask)
    assert (tmp_path / "sqmy.db").stat().st_mode & 0o777 == 0o600


def test_a_new_ledger_makes_its_folder_and_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "甲" / "乙 #1?%20" / "sqmy.db"
    with new_ledger(path) as ledger:
        found_office(ledger)
    before = path.read_bytes()
    with open_ledger(path) as ledger:
        assert len(reading.register(ledger).members) == 2
    with pytest.raises(SqmyError) as refused:
        create_file(path)
    assert str(refused.value) == (
        f"{path} 已经存在，没有新建。要另建一个，请用 --ledger 指明别的文件名。"
    )
    assert refused.value.exit_code == 1
    assert path.read_bytes() == before


@pytest.mark.parametrize("name", ["sqmy.db", "甲/sqmy.db"])
def test_no_ledger_is_made_inside_a_file(name: str, tmp_path: Path) -> None:
    (tmp_path / "文件").touch()
    path = tmp_path / "文件" / name
    with pytest.raises(SqmyError) as refused:
        create_file(path)
    assert str(refused.value) == (
        f"不能在这里新建台账：{path}\n请检查文件夹的权限和磁盘空间，或换一个文件夹。"
    )


@POSIX
def test_no_ledger_is_made_where_one_may_not_write(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    with obeying_file_modes(), pytest.raises(SqmyError, match="不能在这里新建台账"):
        create_file(open_folder / "sqmy.db")
    assert list(open_folder.iterdir()) == []


def test_a_ledger_is_opened_with_every_safeguard(path: Path) -> None:
    with open_ledger(path) as ledger:
        settings = {
            name: ledger.row(f"PRAGMA {name}")
            for name in (
                "journal_mode",
                "synchronous",
                "foreign_keys",
                "recursive_triggers",
                "trusted_schema",
                "cell_size_check",
                "secure_delete",
                "user_version",
                "application_id",
            )
        }
    assert settings == {
        "journal_mode": ("delete",),
        "synchronous": (2,),
        "foreign_keys": (1,),
        "recursive_triggers": (1,),
        "trusted_schema": (0,),
        "cell_size_check": (1,),
        "secure_delete": (1,),
        "user_version": (SCHEMA_VERSION,),
        "application_id": (APPLICATION_ID,),
    }


def test_a_half_made_schema_leaves_nothing(tmp_path: Path) -> None:
    def give_up(ledger: Ledger) -> None:
        with ledger.writing():
            lay_schema(ledger)
            raise KeyboardInterrupt

    with create_file(tmp_path / "sqmy.db") as ledger, pytest.raises(KeyboardInterrupt):
        give_up(ledger)
    assert (tmp_path / "sqmy.db").read_bytes() == b""


def test_the_statements_of_a_script() -> None:
    script = "-- a;\nCREATE TABLE a (b); -- c\nCREATE TRIGGER d BEFORE INSERT ON a\n"
    script += "BEGIN SELECT 1; SELECT 2; END;\n"
    assert list(split_statements(script)) == [
        "CREATE TABLE a (b); -- c",
        "CREATE TRIGGER d BEFORE INSERT ON a\nBEGIN SELECT 1; SELECT 2; END;",
    ]


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
        assert list(path.parent.iterdir()) == [path]
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
    command = [sys.executable, "-c", HOLD, str(path)]
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
from sqmy.ledger.database import open_ledger
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
    run = subprocess.run([sys.executable, "-c", DIE, str(path)], check=False)
    assert run.returncode == 9
    assert path.read_bytes() != sound  # it is really half-written, and the journal is there
    assert path.with_name("sqmy.db-journal").exists()
    with open_ledger(path) as ledger:
        assert content(ledger) == before
        assert audit.examine(ledger) == []
        record(ledger)
    assert list(path.parent.iterdir()) == [path]


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
    damaged = BODY.encode()
    raw_file = path.read_bytes()
    assert damaged in raw_file
    path.write_bytes(raw_file.replace(damaged, damaged[:-1] + b"\xff"))
    with open_ledger(path) as ledger, pytest.raises(LedgerError) as refused:
        ledger.rows("SELECT value FROM secret")
    assert str(refused.value) == (f"台账文件已损坏。请勿再写，用最近的备份恢复。\n台账：{path}")
    assert BODY[:6] not in told_with_traceback(refused.value)


def test_a_fault_of_ours_stays_one() -> None:
    with in_memory() as ledger, pytest.raises(sqlite3.OperationalError, match="no such table"):
        ledger.rows("SELECT * FROM nowhere")
