"""Opening and making a ledger, and running statements on it.

The hot commands run on the standard library's `sqlite3` alone; `tables.py` declares the same
tables in SQLModel, and a test holds the two together. Journal mode is DELETE with synchronous
FULL: WAL had a corruption race in the SQLite versions that offices have, and does not work on a
network share.
"""

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from sqmy.errors import LedgerError, SqmyError

APPLICATION_ID = 0x73716D79
"""`sqmy` in ASCII, at byte 68 of the file."""

MIGRATIONS = tuple(sorted((Path(__file__).parent / "migrations").glob("[0-9]*.sql")))
SCHEMA_VERSION = len(MIGRATIONS)
WAIT_SECONDS = 15
_HEADER = b"SQLite format 3\x00"

Values = Mapping[str, Any] | Sequence[Any]


def is_ledger(path: Path) -> bool:
    """Whether the file says of itself that it is a sqmy ledger. Reads 72 bytes."""
    try:
        with path.open("rb") as file:
            return _is_ours(file.read(72))
    except OSError:
        return False


def _is_ours(head: bytes) -> bool:
    return head.startswith(_HEADER) and head[68:72] == APPLICATION_ID.to_bytes(4, "big")


class Ledger:
    """An open ledger. Use it as a context manager, or close it."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def rows(self, sql: str, values: Values = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._spoken():
            return self.connection.execute(sql, values).fetchall()

    def row(self, sql: str, values: Values = ()) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        with self._spoken():
            found: tuple[Any, ...] | None = self.connection.execute(sql, values).fetchone()
            return found

    def grouped(
        self, key: str, names: Sequence[str], sql: str, values: Values = ()
    ) -> list[tuple[Any, ...]]:
        """For each value of `key` in a query, in order, the named columns of its rows.

        SQLite packs each column into one JSON text: a fraction of the time and memory that a
        tuple for every row takes.
        """
        packed = ", ".join(f"json_group_array({name})" for name in names)
        return self.rows(
            f"SELECT {key}, {packed} FROM ({sql}) GROUP BY {key} ORDER BY {key}", values
        )

    def run(self, sql: str, values: Values = ()) -> None:
        """One writing statement, inside `writing`."""
        with self._spoken():
            self.connection.execute(sql, values)

    def run_many(self, sql: str, values: Iterable[Values]) -> None:
        """One writing statement for each set of values, inside `writing`."""
        with self._spoken():
            self.connection.executemany(sql, values)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Several queries on one state of the ledger; inside `writing`, on that one."""
        if self.connection.in_transaction:
            yield
            return
        self.run("BEGIN")
        try:
            yield
        finally:
            self.connection.rollback()

    @contextmanager
    def writing(self, *, dry_run: bool = False) -> Iterator[None]:
        """All or nothing; nobody else writes meanwhile. With `dry_run`, always nothing."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            if not dry_run:
                self.run("COMMIT")
        finally:
            if self.connection.in_transaction:
                self.connection.rollback()

    @contextmanager
    def _spoken(self) -> Iterator[None]:
        try:
            yield
        except UnicodeDecodeError as error:  # bytes that were never text
            raise LedgerError(f"{_TOLD['SQLITE_CORRUPT'][1]}\n台账：{self.path}") from error
        except sqlite3.Error as error:
            told = _in_chinese(error, self.path)
            if told is None:
                raise  # a fault of ours, not of the ledger or the disk
            raise told from (None if _quotes(error) else error)


def _in_chinese(error: sqlite3.Error, path: Path) -> SqmyError | None:
    """The clerk's words for what SQLite reports, without values; None for a fault of ours."""
    code = "SQLITE_CORRUPT" if _quotes(error) else getattr(error, "sqlite_errorname", "") or ""
    for prefix, (kind, words) in _TOLD.items():
        if code.startswith(prefix):
            return kind(f"{words}\n台账：{path}")
    return None


def _quotes(error: sqlite3.Error) -> bool:
    """Whether the error is about a text that is no text any more; it quotes it, so hide it."""
    return str(error).startswith("Could not decode to UTF-8")


_TOLD: dict[str, tuple[type[SqmyError], str]] = {
    "SQLITE_FULL": (SqmyError, "磁盘已满，没有写入。请腾出空间后重做。"),
    "SQLITE_READONLY": (SqmyError, "台账是只读的，没有写入。请检查文件和所在文件夹的权限。"),
    "SQLITE_BUSY": (
        SqmyError,
        f"台账正被别的程序占用，等了 {WAIT_SECONDS} 秒，没有写入。请稍后重做。",
    ),
    "SQLITE_LOCKED": (SqmyError, "台账正被占用，没有写入。请稍后重做。"),
    "SQLITE_CORRUPT": (LedgerError, "台账文件已损坏。请勿再写，用最近的备份恢复。"),
    "SQLITE_NOTADB": (LedgerError, "这个文件不是台账，或已损坏。"),
    "SQLITE_IOERR": (SqmyError, "读写磁盘出错，没有写入。请检查磁盘或网络盘后重做。"),
    "SQLITE_CANTOPEN": (LedgerError, "打不开台账文件。请检查文件和所在文件夹的权限。"),
    "SQLITE_CONSTRAINT": (
        LedgerError,
        "台账拒绝了这次写入：与已有的事实不符。请用 sqmy verify 检查。",
    ),
}
"""What SQLite's result codes mean for the clerk, the extended ones included."""


def open_ledger(path: Path) -> Ledger:
    """The ledger in that file, which must be there.

    Raises:
        LedgerError: no such file, not a ledger, empty, damaged, or made by a newer sqmy.
    """
    _check_file(path)
    ledger = _connect(path)
    try:
        row = ledger.row("PRAGMA user_version")
        version = row[0] if row else 0
        ledger.row("SELECT count(*) FROM sqlite_master")
    except SqmyError:
        ledger.connection.close()
        raise
    if version != SCHEMA_VERSION:
        ledger.connection.close()
        reason = (
            f"台账的版本是 {version}，本程序只认到 {SCHEMA_VERSION}。请升级 sqmy 后再打开。"
            if version > SCHEMA_VERSION
            else f"台账的版本是 {version}，新建没有做完。请删去后用 sqmy init 重做。"
        )
        raise LedgerError(f"{reason}\n台账：{path}")
    return ledger


def _check_file(path: Path) -> None:
    try:
        if path.is_dir():
            raise LedgerError(f"{path} 是文件夹，不是台账。请用 --ledger 指明台账文件。")
        with path.open("rb") as file:
            head = file.read(72)
    except (FileNotFoundError, NotADirectoryError):
        raise LedgerError(
            f"没有台账：{path}\n请用 sqmy init 新建，或用 --ledger 指明台账文件。"
        ) from None
    except OSError as error:
        raise LedgerError(f"打不开台账：{path}\n请检查文件和所在文件夹的权限。") from error
    if not head:
        raise LedgerError(
            f"{path} 是空文件，不是台账。请用 --ledger 指明台账，或用 sqmy init 新建。"
        )
    if not head.startswith(_HEADER):
        raise LedgerError(f"{path} 不是台账（不是 SQLite 文件，或文件头已损坏）。")
    if not _is_ours(head):
        raise LedgerError(f"{path} 是别的程序的数据库，不是 sqmy 的台账。")


def _connect(path: Path) -> Ledger:
    uri = f"{path.absolute().as_uri()}?mode=rw"
    try:
        connection = sqlite3.connect(uri, uri=True, timeout=WAIT_SECONDS, isolation_level=None)
    except sqlite3.Error as error:
        raise _in_chinese(error, path) or error from error
    ledger = Ledger(connection, path)
    try:
        for pragma in (
            "foreign_keys=ON",
            "recursive_triggers=ON",  # else REPLACE skips the triggers against deletion
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "secure_delete=ON",  # what is erased is overwritten in the file
            "synchronous=FULL",
        ):
            ledger.run(f"PRAGMA {pragma}")
    except SqmyError:
        connection.close()
        raise
    return ledger


def create_file(path: Path) -> Ledger:
    """A new, still empty file for a ledger, readable by its owner alone.

    Raises:
        SqmyError: something stands there already, or the folder cannot be written.
    """
    cannot = f"不能在这里新建台账：{path}\n请检查文件夹的权限和磁盘空间，或换一个文件夹。"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SqmyError(cannot) from error
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        raise SqmyError(
            f"{path} 已经存在，没有新建。要另建一个，请用 --ledger 指明别的文件名。"
        ) from None
    except OSError as error:
        raise SqmyError(cannot) from error
    return _connect(path)


def lay_schema(ledger: Ledger) -> None:
    """Lay out the tables by running every migration in order, inside `writing`."""
    for migration in MIGRATIONS:
        for statement in split_statements(migration.read_text(encoding="utf-8")):
            ledger.run(statement)
    ledger.run(f"PRAGMA application_id={APPLICATION_ID}")
    ledger.run(f"PRAGMA user_version={SCHEMA_VERSION}")


def split_statements(script: str) -> Iterator[str]:
    """The statements of an SQL script; a trigger is one."""
    statement = ""
    for line in re.sub(r"^--.*\n", "", script, flags=re.MULTILINE).splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""


def in_memory() -> Ledger:
    """A ledger that lives in memory only: for rehearsals, worked cases and comparisons."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA foreign_keys=ON")
    ledger = Ledger(connection, Path(":memory:"))
    with ledger.writing():
        lay_schema(ledger)
    return ledger
