"""A backup takes the ledger's place only when it verifies, and the old file is never lost."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ledgers import content, every_kind, new_ledger, raw, submission
from limits import python
from sqmy.errors import LedgerError, SqmyError, StorageError
from sqmy.ledger import audit, reading, restoring
from sqmy.ledger.backup import back_up
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.records import Records
from sqmy.ledger.restoring import restore


@pytest.fixture
def saved(path: Path, tmp_path: Path) -> Path:
    """A backup of the ledger, in a folder of its own."""
    target = tmp_path / "备份" / "旧.db"
    with open_ledger(path) as ledger:
        back_up(ledger, target)
    return target


def record(path: Path, number: int = 1, operator: str = "丙") -> None:
    """So many facts more."""
    with open_ledger(path) as ledger:
        for _ in range(number):
            with ledger.writing():
                Records(ledger, operator).submit(submission(units=(1,)))


def head(path: Path) -> tuple[int, str]:
    with open_ledger(path) as ledger:
        assert audit.examine(ledger) == []
        return reading.head(ledger)


def names(folder: Path) -> list[str]:
    return sorted(path.name.partition("-")[0] for path in folder.iterdir() if path.is_file())


def test_the_backup_is_in_place_and_the_old_ledger_kept(path: Path, saved: Path) -> None:
    before = head(saved)
    record(path, 3)
    later = head(path)
    done = restore(saved, path)
    assert (done.seq, done.head) == before == head(path)
    assert done.lost == (before[0] + 1, before[0] + 3)
    assert done.kept
    assert head(done.kept) == later
    assert names(path.parent) == ["sqmy.db", "sqmy.replaced"]
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777, done.kept.stat().st_mode & 0o777} == {0o600}
    record(path)
    assert head(path)[0] == before[0] + 1


def test_where_there_is_no_ledger_the_backup_becomes_it(saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "新电脑" / "sqmy.db"
    done = restore(saved, target)
    assert (done.kept, done.lost) == (None, None)
    assert head(target) == head(saved)


def test_nothing_is_lost_where_the_backup_has_it_all(path: Path, saved: Path) -> None:
    assert restore(saved, path).lost is None


def test_a_ledger_that_went_on_differently_is_told_from_where(path: Path, saved: Path) -> None:
    record(path, 2)
    record(saved, 4, "丁")
    done = restore(saved, path)
    first = done.seq - 3
    assert done.lost == (first, first + 1)


@pytest.mark.parametrize("damage", ["header", "pages", "empty", "foreign"])
def test_a_ledger_that_cannot_be_opened_is_moved_aside(
    damage: str, path: Path, saved: Path
) -> None:
    whole = path.read_bytes()
    harmed = {
        "header": b"\0" * 100 + whole[100:],
        "pages": whole[:4096] + os.urandom(len(whole) - 4096),
        "empty": b"",
        "foreign": b"%PDF-1.7\n" + whole[9:],
    }[damage]
    path.write_bytes(harmed)
    journal = path.with_name("sqmy.db-journal")
    journal.write_bytes(b"left by a crash")
    done = restore(saved, path)
    assert done.kept
    assert done.kept.read_bytes() == harmed
    assert not journal.exists()  # it would be played into the new file
    kept = done.kept.with_name(f"{done.kept.name}-journal")
    assert damage == "pages" or kept.read_bytes() == b"left by a crash"  # SQLite itself looked
    assert head(path) == head(saved)


# -- what is refused -------------------------------------------------------------------------


def refused(source: Path, target: Path, kind: type[SqmyError] = SqmyError) -> str:
    """What is said of a backup that may not take the place of a ledger, which stays as it is."""
    before = target.read_bytes()
    with pytest.raises(kind) as refusal:
        restore(source, target)
    assert target.read_bytes() == before
    assert names(target.parent) == ["sqmy.db"]
    return str(refusal.value)


def test_a_backup_that_does_not_verify_is_refused(path: Path, saved: Path) -> None:
    with raw(saved) as connection:
        connection.execute("DROP TRIGGER unit_no_update")
        connection.execute("UPDATE unit SET name = '改' WHERE fact = 2")
    told = refused(saved, path, LedgerError)
    assert told.startswith("备份核对不符，没有恢复：\n")
    assert "F2：内容与登记时的校验码不符，被改动过" in told


def test_a_ledger_of_another_office_is_refused(path: Path, tmp_path: Path) -> None:
    (tmp_path / "别").mkdir()
    other = tmp_path / "别" / "别的.db"
    with new_ledger(other) as ledger, ledger.writing():
        Records(ledger, "别处").register_unit("甲", "其他", None, assessed=True, since=None)
    assert "备份与所用的台账不是同一本，没有恢复。" in refused(other, path)


def test_the_ledger_itself_is_no_backup(path: Path) -> None:
    assert refused(path, path) == f"{path} 就是所用的台账，不必恢复。"


def test_a_backup_that_is_not_there(path: Path, tmp_path: Path) -> None:
    absent = tmp_path / "没有.db"
    assert refused(absent, path) == f"没有这个备份：{absent}。请核对文件名。"


def test_a_ledger_that_others_write_is_waited_for_and_left_alone(
    path: Path, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restoring, "WAIT_SECONDS", 0)
    monkeypatch.setattr("sqmy.ledger.sqlite.WAIT_SECONDS", 0)
    record(path)
    before = head(path)
    with open_ledger(path) as other, other.writing():
        Records(other, "丙").submit(submission(units=(1,)))
        with pytest.raises(StorageError, match="台账正被别的程序占用"):
            restore(saved, path)
    assert head(path)[0] == before[0] + 1


WHO = """
import sys
from pathlib import Path
from sqmy.ledger import reading
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.records import Records
from ledgers import submission
with open_ledger(Path(sys.argv[1])) as ledger:
    print(reading.head(ledger)[0], flush=True)
    sys.stdin.readline()
    with ledger.writing():
        print(Records(ledger, "丁").submit(submission(units=(1,))), flush=True)
"""


def test_whoever_has_it_open_goes_on_with_the_restored_one(path: Path, saved: Path) -> None:
    """Not with a file that is gone: what is acknowledged to them is there."""
    record(path, 5)
    seq = head(saved)[0]
    program = f"import sys; sys.path[:0] = {sys.path!r}\n{WHO}"
    with subprocess.Popen(
        python("-c", program, str(path)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as other:
        assert other.stdin
        assert other.stdout
        assert other.stdout.readline() == f"{seq + 5}\n"
        restore(saved, path)
        other.stdin.write("\n")
        other.stdin.flush()
        assert other.stdout.readline() == f"{seq + 1}\n"
    assert head(path)[0] == seq + 1


def test_the_content_is_the_same_row_for_row(path: Path, saved: Path) -> None:
    record(path)
    restore(saved, path)
    with open_ledger(path) as ledger, open_ledger(saved) as backup:
        assert content(ledger) == content(backup)


def test_a_larger_ledger_is_overwritten_by_a_smaller_one(tmp_path: Path) -> None:
    path, saved = tmp_path / "sqmy.db", tmp_path / "备份.db"
    with new_ledger(path) as ledger:
        every_kind(ledger)
        back_up(ledger, saved)
        for _ in range(20):
            with ledger.writing():
                Records(ledger, "丙").submit(submission(units=(1,), body="正文" * 5000))
    restore(saved, path)
    assert head(path) == head(saved)
    assert path.stat().st_size == saved.stat().st_size
