"""Opening and making a ledger: what is refused, in which words, and that nothing is harmed."""

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest

from ledgers import (
    found_office,
    new_ledger,
    obeying_file_modes,
    raw,
)
from sqmy.errors import LedgerError, SqmyError
from sqmy.ledger import audit, reading
from sqmy.ledger.database import Ledger
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.schema import SCHEMA_VERSION, split_statements
from sqmy.ledger.sqlite import APPLICATION_ID, create_file, is_ledger, lay_schema

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows knows no such modes")


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
        f"请升级 sqmy 后再打开。\n眼下只想看内容的，可用 sqmy export 文件.xlsx 把各表原样导出，"
        f"台账不会改动。\n台账：{path}"
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


@pytest.mark.parametrize("at", [40, 71, 72, 99, 100, 512, 1024, 4095, 4096, 8192, 65536, -4096])
def test_a_truncated_ledger_is_never_taken_for_a_shorter_one(at: int, path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:at])
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
        "synchronous": (3,),
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
