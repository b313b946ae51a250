"""What a command costs from its start to its end, beside `sqlite-utils`.

That stands in an environment of its own, `.venv-bench`, made from a lock with hashes.
"""

import json
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from benchmarks.ledgers import YEAR, ledger, members_for
from benchmarks.measuring import ROOT, Figure, Limit, Taken, Work, apart, compared, process
from sqmy.workspace.data import shipped

ENVIRONMENT = ROOT / ".venv-bench"
LOCK = ROOT / "requirements" / "bench.txt"
ITEMS = 1_000
ROW = {"number": "2025-001", "channel": "市政协", "form": "单篇", "adopted_on": "2025-12-31"}


def figures(folder: Path, rounds: int, *, fetch: bool) -> Iterator[Figure]:
    """Help, checking a rulebook, recording an adoption, and scoring a year of 1,000 items.

    Nothing where the yardstick is missing and is not to be fetched.
    """
    ours, theirs = sqmy(), sqlite_utils(fetch=fetch)
    if theirs is None:
        return
    apart(ledger, folder / "adopt.db", ITEMS, members_for(ITEMS))()
    apart(ledger, folder / "score.db", ITEMS, members_for(ITEMS))()
    (folder / "row.json").write_text(json.dumps(ROW, ensure_ascii=False), encoding="utf-8")
    yield compared(
        "`sqmy --help`",
        process([ours, "--help"], folder),
        "`sqlite-utils --help`",
        process([theirs, "--help"], folder),
        limit=Limit(times=0.6),
        rounds=rounds,
    )
    yield compared(
        "`sqmy rules check`（自带的办法）",
        process([ours, "rules", "check", shipped("rules", "scoring.yaml")], folder),
        "`sqlite-utils --help`",
        process([theirs, "--help"], folder),
        limit=Limit(times=2.5),
        rounds=rounds,
    )
    yield compared(
        f"`sqmy adopt`（{ITEMS:,} 条的台账）",
        _adopting(ours, folder),
        "`sqlite-utils insert b.db t row.json`",
        process([theirs, "insert", "b.db", "t", "row.json"], folder),
        limit=Limit(times=0.8),
        rounds=rounds,
    )
    yield compared(
        f"`sqmy score --year`（{ITEMS:,} 条的台账）",
        process([ours, "--ledger", "score.db", "score", "--year", str(YEAR)], folder),
        "`sqlite-utils query b.db 'select count(*) from t'`",
        process([theirs, "query", "b.db", "select count(*) from t"], folder),
        limit=Limit(times=1.2),
        rounds=rounds,
    )


def _adopting(ours: Path, folder: Path) -> Work:
    """Recording an adoption, each time of the next item."""
    numbers = (f"{YEAR}-{n:03}" for n in count(1))

    def adopt() -> Taken:
        words = ["adopt", next(numbers), "--channel", "市政协", "--on", f"{YEAR}-12-31", "--future"]
        return process([ours, "--ledger", "adopt.db", *words], folder)()

    return adopt


def sqmy() -> Path:
    """The installed program of the environment that measures."""
    return _program("sqmy", Path(sysconfig.get_path("scripts")))


def sqlite_utils(*, fetch: bool) -> Path | None:
    """The yardstick's program; None where it is missing and is not to be fetched."""
    if fetch:
        install()
    found = _program("sqlite-utils", _yardstick_programs())
    return found if found.exists() else None


def install() -> None:
    """Make the yardstick's environment, where it is missing or its lock has changed."""
    lock, done = LOCK.read_text(encoding="utf-8"), ENVIRONMENT / "locked.txt"
    if done.exists() and done.read_text(encoding="utf-8") == lock:
        return
    print("  正在准备对照用的 sqlite-utils …", file=sys.stderr, flush=True)
    venv.create(ENVIRONMENT, clear=True, with_pip=True)
    pip = [str(_program("python", _yardstick_programs())), "-m", "pip", "--quiet", "install"]
    subprocess.run([*pip, "--require-hashes", "-r", str(LOCK)], check=True)
    done.write_text(lock, encoding="utf-8")


def _yardstick_programs() -> Path:
    return Path(sysconfig.get_path("scripts", "venv", {"base": str(ENVIRONMENT)}))


def _program(name: str, folder: Path) -> Path:
    return folder / (f"{name}.exe" if sys.platform == "win32" else name)
