"""A backup is whole, examined and its owner's alone, or there is none."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from io import BufferedRandom, BufferedReader, FileIO
from pathlib import Path

import pytest

from ledgers import PHONE, content, every_kind, found_office, new_ledger, raw
from limits import python
from sqmy.errors import LedgerError, SqmyError
from sqmy.ledger import audit, backup, reading
from sqmy.ledger.backup import back_up
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.records import Records
from sqmy.ledger.sqlite import in_memory


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "台账").mkdir()
    made = tmp_path / "台账" / "sqmy.db"
    with new_ledger(made) as ledger:
        every_kind(ledger)
    return made


def files(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def refused(path: Path, target: Path) -> str:
    """Why there is no backup."""
    with open_ledger(path) as ledger, pytest.raises(SqmyError) as refusal:
        back_up(ledger, target)
    return str(refusal.value)


def test_a_backup_is_a_ledger_with_the_same_content(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "备份" / "2025 年末.db"
    with open_ledger(path) as ledger:
        back_up(ledger, target)
        before = content(ledger)
    with open_ledger(target) as copy:
        assert content(copy) == before
        assert audit.examine(copy) == []
        with copy.writing():
            Records(copy, "丙").register_unit("新", "其他", None, assessed=True, since=None)
    assert files(target.parent) == ["2025 年末.db", "2025 年末.db.files"]
    if os.name == "posix":
        assert target.stat().st_mode & 0o777 == 0o600
    with open_ledger(path) as ledger:
        assert content(ledger) == before


def test_a_backup_never_overwrites(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "备份.db"
    target.write_text("别的", encoding="utf-8")
    assert refused(path, target) == f"{target} 已经存在，没有备份。请换一个文件名。"
    assert target.read_text(encoding="utf-8") == "别的"
    assert refused(path, path) == f"{path} 已经存在，没有备份。请换一个文件名。"
    assert refused(path, tmp_path) == f"{tmp_path} 已经存在，没有备份。请换一个文件名。"
    assert files(tmp_path) == ["台账", "备份.db"]


def test_what_a_killed_backup_left_is_removed_in_time(path: Path, tmp_path: Path) -> None:
    for name in ("备份.db.0123abcd.part", "备份.db.4567abcd.part", "别的.db.0123abcd.part"):
        (tmp_path / name).write_bytes(b"half")
    long_ago = time.time() - 7200
    for name in ("备份.db.0123abcd.part", "别的.db.0123abcd.part"):
        os.utime(tmp_path / name, (long_ago, long_ago))
    with open_ledger(path) as ledger:
        back_up(ledger, tmp_path / "备份.db")
    assert files(tmp_path) == [
        "别的.db.0123abcd.part",  # another target's
        "台账",
        "备份.db",
        "备份.db.4567abcd.part",  # somebody may still be writing it
        "备份.db.files",
    ]


def test_a_backup_holds_what_was_committed_and_nothing_half(path: Path, tmp_path: Path) -> None:
    """Taken while another connection is in the middle of writing."""
    target = tmp_path / "备份.db"
    with open_ledger(path) as ledger, open_ledger(path) as writer:
        before = content(ledger)
        with writer.writing():
            Records(writer, "丙").register_unit("未完", "其他", None, assessed=True, since=None)
            back_up(ledger, target)
    with open_ledger(target) as copy:
        assert content(copy) == before


WRITER = """
import sys
from pathlib import Path
from ledgers import submission
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.records import Records
with open_ledger(Path(sys.argv[1])) as ledger:
    print("ready", flush=True)
    for place in range(150):
        with ledger.writing():
            Records(ledger, "丙").submit(submission(units=(1,), body="正文" * 500))
"""


def test_every_backup_during_writing_is_whole(path: Path, tmp_path: Path) -> None:
    program = f"import sys; sys.path[:0] = {sys.path!r}\n{WRITER}"
    command = python("-c", program, str(path))
    heads: list[tuple[int, str]] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE) as writer, open_ledger(path) as ledger:
        assert writer.stdout
        assert writer.stdout.readline().strip() == b"ready"
        while writer.poll() is None or not heads:
            target = tmp_path / f"{len(heads)}.db"
            back_up(ledger, target)
            with open_ledger(target) as copy:
                assert audit.examine(copy) == []
                heads.append(reading.head(copy))
        last = reading.head(ledger)
        assert [reading.hash_at(ledger, seq) for seq, _ in heads] == [hashed for _, hashed in heads]
    assert writer.returncode == 0
    assert last[0] >= 150
    assert heads == sorted(heads)
    assert not list(tmp_path.glob("*.part"))


# -- no backup -------------------------------------------------------------------------------


def tampered(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace("张三".encode(), "张山".encode()))


def unreadable(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace("张三".encode(), b"\xff" * 6))


def without_a_trigger(path: Path) -> None:
    with raw(path) as connection:
        connection.execute("DROP TRIGGER chain_no_update")


def zeroed(path: Path) -> None:
    with open_ledger(path) as ledger:
        (page,) = ledger.row("SELECT rootpage FROM sqlite_master WHERE name = 'member'") or ()
    damaged = bytearray(path.read_bytes())
    damaged[(page - 1) * 4096 : page * 4096] = bytes(4096)
    path.write_bytes(damaged)


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        (tampered, "F3：内容与登记时的校验码不符，被改动过"),
        (unreadable, "F3：内容与登记时的校验码不符，被改动过"),
        (without_a_trigger, "结构：缺少触发器 chain_no_update"),
        (zeroed, "文件：台账文件已损坏。"),
    ],
)
def test_a_ledger_that_does_not_verify_is_not_backed_up(
    harm: Callable[[Path], None], told: str, path: Path, tmp_path: Path
) -> None:
    harm(path)
    before = path.read_bytes()
    with open_ledger(path) as ledger, pytest.raises(LedgerError) as refusal:
        back_up(ledger, tmp_path / "备份.db")
    assert str(refusal.value).startswith("台账核对不符，没有备份：\n")
    assert f"  {told}" in str(refusal.value)
    assert refusal.value.exit_code == 3
    assert PHONE not in str(refusal.value)
    assert files(tmp_path) == ["台账"]
    assert path.read_bytes() == before


SMALL_DISK = """
import resource, signal, sys
from pathlib import Path
from sqmy.errors import SqmyError
from sqmy.ledger.backup import back_up
from sqmy.ledger.opening import open_ledger
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, resource.RLIM_INFINITY))
with open_ledger(Path(sys.argv[1])) as ledger:
    try:
        back_up(ledger, Path(sys.argv[2]))
    except SqmyError as error:
        print(error)
"""


@pytest.mark.skipif(os.name != "posix", reason="Windows knows no such limit")
def test_a_disk_that_takes_no_more_leaves_no_backup(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "备份.db"
    command = python("-X", "utf8", "-c", SMALL_DISK, str(path), str(target))
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == f"没有写完：{target}。请检查文件夹、权限和磁盘空间后重做。\n"
    assert files(tmp_path) == ["台账"]


def test_a_folder_that_is_not_there_is_made(path: Path, tmp_path: Path) -> None:
    with open_ledger(path) as ledger:
        back_up(ledger, tmp_path / "甲" / "乙" / "备份.db")
    assert files(tmp_path / "甲" / "乙") == ["备份.db", "备份.db.files"]


def test_a_ledger_that_another_program_put_into_wal_mode_is_whole(
    path: Path, tmp_path: Path
) -> None:
    """Then the file alone is not the whole ledger."""
    target = tmp_path / "备份.db"
    with raw(path) as other, open_ledger(path) as ledger:
        other.execute("PRAGMA journal_mode=WAL")
        with ledger.writing():
            Records(ledger, "丙").register_unit("新", "其他", None, assessed=True, since=None)
        head = reading.head(ledger)
        back_up(ledger, target)
    with open_ledger(target) as copy:
        assert reading.head(copy) == head


def test_a_ledger_in_memory_has_a_backup_too(tmp_path: Path) -> None:
    with in_memory() as ledger:
        found_office(ledger)
        made = back_up(ledger, tmp_path / "备份.db")
        assert made == (*reading.head(ledger), True, None)
    with open_ledger(tmp_path / "备份.db") as copy:
        assert reading.head(copy) == (made.seq, made.head)


# -- how much is examined --------------------------------------------------------------------


def test_of_a_large_ledger_the_backup_is_the_same_and_no_more_is_said(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "WHOLE", 10)
    tampered(path)
    with open_ledger(path) as ledger:
        assert not back_up(ledger, tmp_path / "备份.db").whole
        with pytest.raises(LedgerError, match="F3：内容与登记时的校验码不符"):
            back_up(ledger, tmp_path / "全.db", whole=True)
    assert path.read_bytes() == (tmp_path / "备份.db").read_bytes()
    assert files(tmp_path) == ["台账", "备份.db", "备份.db.files"]


def test_the_structure_is_examined_always(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "WHOLE", 10)
    without_a_trigger(path)
    with open_ledger(path) as ledger, pytest.raises(LedgerError, match="缺少触发器"):
        back_up(ledger, tmp_path / "备份.db")
    assert files(tmp_path) == ["台账"]


def test_a_copy_that_does_not_read_back_is_no_backup(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that loses what it was given: here, what is written there is changed at once."""

    class Lossy(BufferedRandom):
        def write(self, piece: memoryview) -> int:  # type: ignore[override]  # all it gets
            return super().write(bytes(piece).replace(b"CREATE", b"create"))

    copied = backup._copied

    def badly_copied(source: BufferedReader, target: BufferedRandom) -> None:
        with Lossy(FileIO(target.fileno(), "r+", closefd=False)) as lossy:
            copied(source, lossy)

    monkeypatch.setattr(backup, "_copied", badly_copied)
    target = tmp_path / "备份.db"
    assert refused(path, target) == "备份读回来与台账不同，没有备份。请换一个磁盘后重做。"
    assert files(tmp_path) == ["台账"]
