"""A ledger of every schema that was ever released is opened, brought to today's, and the same."""

import json
import lzma
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from clerk import Clerk
from ledgers import content, obeying_file_modes, raw
from limits import python
from sqmy.errors import LedgerError, SqmyError
from sqmy.ledger import audit, backup, reading, schema, upgrading
from sqmy.ledger.database import Ledger
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.records import Records
from sqmy.ledger.schema import SCHEMA_VERSION
from sqmy.ledger.sqlite import in_memory, lay_schema, open_any
from tools.sample import SAMPLES, points

RELEASED = ("0001", "0004", "0005")
"""The schemas that ledgers in offices have; each has a sample, and no sample is ever made anew."""

OLDER = [number for number in RELEASED if int(number) < SCHEMA_VERSION]

POSIX = pytest.mark.skipif(os.name != "posix", reason="Windows knows no such modes")


@pytest.fixture(params=OLDER)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The ledger of an earlier schema."""
    path = tmp_path / "sqmy.db"
    path.write_bytes(lzma.decompress((SAMPLES / f"{request.param}.db.xz").read_bytes()))
    (tmp_path / "said.json").write_bytes((SAMPLES / f"{request.param}.json").read_bytes())
    return path


def said(path: Path) -> dict[str, object]:
    """What the version that made the sample said of it."""
    found: dict[str, object] = json.loads(path.with_name("said.json").read_text(encoding="utf-8"))
    return found


def version(path: Path) -> int:
    with raw(path) as connection:
        (found,) = connection.execute("PRAGMA user_version").fetchone()
    return int(found)


def backups(path: Path) -> list[Path]:
    return sorted(path.parent.glob("sqmy.v*.db"))


def test_an_old_ledger_is_brought_to_todays_schema_and_holds_the_same(old: Path) -> None:
    before = old.read_bytes()
    with open_any(old) as ledger:
        version, head = ledger.version, reading.head(ledger)
        facts = ledger.rows("SELECT * FROM chain")
    with open_ledger(old) as ledger:
        (notice,) = ledger.notices
        (kept,) = backups(old)
        assert notice == (
            f"台账已由第 {version} 版升级到第 {SCHEMA_VERSION} 版。升级前的备份：{kept}"
        )
        assert reading.head(ledger) == head
        assert ledger.rows("SELECT * FROM chain") == facts
        assert audit.examine(ledger) == []
    assert kept.read_bytes() == before
    with open_ledger(old) as ledger:
        assert ledger.notices == ()
    assert backups(old) == [kept]


def test_its_points_are_those_it_had(old: Path) -> None:
    assert points(old) == said(old)["points"]


def test_verify_reads_a_backup_of_an_earlier_version_and_leaves_it_alone(old: Path) -> None:
    before = old.read_bytes()
    with open_any(old) as ledger:
        assert audit.examine(ledger) == []
    told = Clerk(old).do("verify", str(old))
    assert told.splitlines()[1] == said(old)["verify"][1]  # type: ignore[index]
    assert old.read_bytes() == before
    assert backups(old) == []


def test_what_is_recorded_afterwards_is_in_the_same_chain(old: Path) -> None:
    with open_ledger(old) as ledger:
        seq, head = reading.head(ledger)
        with ledger.writing():
            Records(ledger, "丙").register_unit("新", "其他", None, assessed=True, since=None)
        row = ledger.row("SELECT previous FROM chain WHERE seq = :seq", {"seq": seq + 1})
        assert row == (head,)
        assert audit.examine(ledger) == []


# -- what stops it ---------------------------------------------------------------------------


def test_an_old_ledger_that_was_tampered_with_stays_as_it_is(old: Path) -> None:
    with raw(old) as connection:
        connection.execute("DROP TRIGGER unit_no_update")
        connection.execute("UPDATE unit SET name = '改' WHERE fact = 3")
    before = old.read_bytes()
    with pytest.raises(LedgerError) as refused:
        open_ledger(old)
    still = f"台账没有升级，仍是第 {version(old)} 版：台账核对不符，没有备份："
    assert str(refused.value).startswith(still)
    assert "结构：缺少触发器 unit_no_update" in str(refused.value)
    assert "F3：内容与登记时的校验码不符" in str(refused.value)
    assert old.read_bytes() == before
    assert backups(old) == []


@POSIX
@pytest.mark.parametrize("what", ["file", "folder"])
def test_an_old_ledger_that_cannot_be_written_is_read_as_it_is(
    what: str, old: Path, open_folder: Path
) -> None:
    path = open_folder / "sqmy.db"
    shutil.copyfile(old, path)
    number = version(path)
    path.chmod(0o444 if what == "file" else 0o666)
    open_folder.chmod(0o777 if what == "file" else 0o555)
    before = path.read_bytes()
    with obeying_file_modes(), open_ledger(path) as ledger:
        (notice,) = ledger.notices
        assert notice == (
            f"台账是第 {number} 版，又不能写："
            f"读的是它升级到第 {SCHEMA_VERSION} 版的副本，不能登记。"
        )
        assert len(reading.register(ledger).members) > 40
        with pytest.raises(SqmyError, match="台账是只读的，没有写入。"), ledger.writing():
            Records(ledger, "丙").register_unit("新", "其他", None, assessed=True, since=None)
    open_folder.chmod(0o777)
    assert path.read_bytes() == before
    assert os.listdir(open_folder) == ["sqmy.db"]  # noqa: PTH208


def test_a_fact_recorded_between_backup_and_migration_is_in_the_backup(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody with the earlier version is still at work."""
    heads = []

    def meanwhile(ledger: Ledger, target: Path, **more: Any) -> object:  # noqa: ANN401
        made = backup.back_up(ledger, target, **more)
        if not heads:
            with open_any(old) as other, other.writing():
                Records(other, "旧版").register_unit("新", "其他", None, assessed=True, since=None)
        heads.append(made.seq)
        return made

    monkeypatch.setattr(upgrading, "back_up", meanwhile)
    with open_ledger(old) as ledger:
        assert audit.examine(ledger) == []
        last = reading.head(ledger)
    assert heads == [last[0] - 1, last[0]]
    (kept,) = backups(old)
    with open_any(kept) as copy:
        assert reading.head(copy) == last


TWO = (
    "import sys; sys.path[:0] = {path!r}\n"
    """
from pathlib import Path
from sqmy.ledger.database import Ledger
from sqmy.ledger.opening import open_ledger
sys.stdin.readline()
with open_ledger(Path(sys.argv[1])) as ledger:
    print(ledger.version)
"""
)


def test_two_who_open_it_at_once_both_have_it_in_todays_schema(old: Path) -> None:
    command = python("-c", TWO.format(path=sys.path), str(old))
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "encoding": "utf-8"}
    both = [subprocess.Popen(command, **pipes) for _ in range(2)]  # type: ignore[call-overload]
    for one in both:
        one.stdin.write("\n")
        one.stdin.flush()
    assert [one.communicate()[0] for one in both] == [f"{SCHEMA_VERSION}\n"] * 2
    with open_ledger(old) as ledger:
        assert audit.examine(ledger) == []
    assert len(backups(old)) in {1, 2}


# -- the migrations themselves ---------------------------------------------------------------


def test_every_released_schema_has_a_sample() -> None:
    assert {path.name[:4] for path in SAMPLES.glob("*.db.xz")} == set(RELEASED)
    assert {f"{int(number)}" for number in RELEASED} <= {
        f"{int(path.stem)}" for path in schema.MIGRATIONS
    }


@pytest.mark.parametrize("version", [int(path.stem) for path in schema.MIGRATIONS])
def test_a_migrated_schema_is_that_of_a_new_ledger(version: int) -> None:
    with in_memory(version) as migrated, in_memory() as new:
        with migrated.writing():
            lay_schema(migrated, since=version)
        assert content(migrated) == content(new)
        assert migrated.version == new.version == SCHEMA_VERSION


def test_a_migration_that_fails_leaves_the_old_schema(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After its last statement, in the same transaction."""

    def failing(ledger: Ledger, **since: int) -> None:
        lay_schema(ledger, **since)
        ledger.run("CREATE TABLE chain (seq INTEGER)")

    monkeypatch.setattr(upgrading, "lay_schema", failing)
    before, released = old.read_bytes(), version(old)
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        open_ledger(old)
    with open_any(old) as ledger:
        assert ledger.version == released
    assert old.read_bytes() == before
