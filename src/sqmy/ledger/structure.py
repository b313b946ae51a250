"""What the database's own checks and the schema say of a ledger, before any of it is read."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from sqmy.errors import LedgerError, Problem
from sqmy.facts import KINDS
from sqmy.ledger import driver
from sqmy.ledger.database import Ledger
from sqmy.ledger.sqlite import SqliteLedger, in_memory, told

_PARTS = {"table": "表", "index": "索引", "view": "视图", "trigger": "触发器"}


def schema_faults(ledger: SqliteLedger) -> Iterator[Problem]:
    """Tables, indexes, views and triggers that are not as those of the ledger's version.

    Raises:
        LedgerError: after these, where a table is not as it was: nothing more can be asked of it.
    """
    query = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    with in_memory(ledger.version) as pristine:
        expected = {(kind, name): sql for kind, name, sql in pristine.rows(query)}
    actual = {(kind, name): sql for kind, name, sql in ledger.rows(query)}
    differing = {part for part, _ in expected.items() ^ actual.items()}
    for kind, name in sorted(differing):
        part = (kind, name)
        what = "多出" if part not in expected else "缺少" if part not in actual else "改动了"
        yield Problem("结构", f"{what}{_PARTS[kind]} {name}")
    if any(kind == "table" for kind, _ in differing & expected.keys()):
        raise LedgerError("表的结构与原来的不同，内容没有再核对")


def file_faults(ledger: Ledger) -> Iterator[Problem]:
    """What the database finds wrong in its file, and references to what is not there."""
    for (words,) in ledger.rows("PRAGMA integrity_check"):
        if words != "ok":
            yield Problem("文件", f"数据库结构损坏，SQLite 说「{words}」")
    for table, row, *_ in ledger.rows("PRAGMA foreign_key_check"):
        place = f"F{row}" if table in KINDS else table  # elsewhere the row has no such number
        yield Problem(place, f"{table} 里的一项引用了不存在的事实")


def gathered(faults: Iterable[Problem], most: int) -> list[Problem]:
    """The first faults of these; where there was too much damage to look on, that is the last."""
    found = []
    try:
        for fault in islice(faults, most):
            found.append(fault)  # noqa: PERF402 — what was found before an error stays
    except LedgerError as error:
        found.append(Problem("文件", str(error).splitlines()[0]))
    return found


@contextmanager
def file_faults_beside(ledger: SqliteLedger, most: int) -> Iterator[Callable[[], list[Problem]]]:
    """`file_faults`, looked for on another core while the body runs; call it for what was found.

    In memory, and within a transaction, there is but one connection: then it is looked for at
    once.
    """
    if ledger.is_private or ledger.in_transaction:
        found = gathered(file_faults(ledger), most)
        yield lambda: found
        return
    with ThreadPoolExecutor(1) as beside:
        yield beside.submit(_on_its_own, ledger.path, ledger.key, most).result


def _on_its_own(path: Path, key: str | None, most: int) -> list[Problem]:
    try:
        with closing(driver.connection_to(path, "ro", key)) as connection:
            connection.execute("PRAGMA cell_size_check=ON")
            return gathered(file_faults(SqliteLedger(connection, path)), most)
    except driver.errors() as error:
        raise told(error, path) or error from error
