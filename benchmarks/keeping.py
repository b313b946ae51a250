"""Verifying a whole ledger, beside reading its chain and its facts."""

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


def figures(folder: Path, items: int, rounds: int) -> Iterator[Figure]:
    """`verify` of a ledger with so many items."""
    path = folder / "核对.db"
    apart(ledger, path, items, members_for(items))()
    yield compared(
        f"`sqmy verify`：{items:,} 条的台账",
        apart(command, "--ledger", path, "verify"),
        "逐行读出链和全部事实",
        apart(reading, path),
        limit=Limit(megabytes=700),
        rounds=rounds,
    )


def reading(path: str) -> Callable[[], object]:
    """Iterating the chain and every table of facts with `sqlite3`."""
    connection = sqlite3.connect(path)
    return lambda: [
        deque(connection.execute(f"SELECT * FROM {table}"), maxlen=0) for table in TABLES
    ]
