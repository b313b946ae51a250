"""Verifying a ledger, beside reading its chain and facts; backing it up, beside copying it."""

import os
import shutil
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.commands import command
from benchmarks.ledgers import ledger, members_for
from benchmarks.measuring import Figure, Limit, apart, compared
from sqmy.facts import KINDS
from sqmy.ledger.chain import LISTS

TABLES = ("chain", *KINDS, *(table for table, _ in LISTS.values()), "attribute", "secret")


VERIFY_LIMIT = Limit(times=4, megabytes=700)
BACKUP_LIMIT = Limit(times=2, megabytes=700)
LARGE = 1_000_000
"""Facts of which the times are asked; of few, the process itself takes longest."""


def figures(folder: Path, items: int, rounds: int) -> Iterator[Figure]:
    """`verify` and `backup` of a ledger with so many items."""
    path = folder / "台账.db"
    apart(ledger, path, items, members_for(items))()
    with sqlite3.connect(path) as connection:
        ((facts,),) = connection.execute("SELECT count(*) FROM chain").fetchall()
    connection.close()
    told = f"{facts:,} 项登记、{path.stat().st_size / 2**20:,.0f} MB 的台账"
    yield compared(
        f"`sqmy verify`：{told}",
        apart(command, "--ledger", path, "verify"),
        "逐行读出链和全部事实",
        apart(reading, path),
        limit=VERIFY_LIMIT if facts >= LARGE else Limit(megabytes=700),
        rounds=rounds,
    )
    yield compared(
        f"`sqmy backup`：{told}",
        apart(backing_up, path, folder / "备份.db"),
        "`shutil.copyfile`，落盘",
        apart(copying, path, folder / "复制.db"),
        limit=BACKUP_LIMIT if facts >= LARGE else Limit(megabytes=700),
        rounds=rounds,
    )


def reading(path: str) -> Callable[[], object]:
    """Iterating the chain and every table of facts with `sqlite3`."""
    connection = sqlite3.connect(path)
    return lambda: [
        deque(connection.execute(f"SELECT * FROM {table}"), maxlen=0) for table in TABLES
    ]


def backing_up(path: str, target: str) -> Callable[[], object]:
    """`sqmy backup` to a file that is not there."""
    Path(target).unlink(missing_ok=True)
    return command("--ledger", path, "backup", target)


def copying(path: str, target: str) -> Callable[[], object]:
    """Copying a file so that it survives a power cut."""
    Path(target).unlink(missing_ok=True)

    def copy() -> None:
        shutil.copyfile(path, target)
        with Path(target).open("rb+") as written:
            os.fsync(written.fileno())

    return copy
