"""A ledger in a file: opening and making it, and what SQLite reports, in the clerk's words.

Commands run on the standard library's `sqlite3` alone. Journal mode is DELETE with synchronous
EXTRA: with FULL the folder is not synced after the journal is removed, so that a power cut may
bring the journal back, and with it undo what was acknowledged. WAL had a
corruption race in the SQLite versions that offices have, and does not work on a network share.
"""

import os
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from sqmy.errors import LedgerError, SqmyError, StorageError
from sqmy.ledger import driver, schema
from sqmy.ledger.database import WAIT_SECONDS, Ledger, Values, quotes

APPLICATION_ID = 0x73716D79
"""`sqmy` in ASCII, at byte 68 of the file."""

_HEADER = b"SQLite format 3\x00"
_MEMORY = ":memory:"


def is_ledger(path: Path) -> bool:
    """Whether the file says of itself that it is a sqmy ledger. Reads 72 bytes."""
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except OSError:
        return False
    return _is_ours(head) or _is_encrypted(path, head)


def _is_encrypted(path: Path, head: bytes) -> bool:
    """Whether only a key can tell what a file is, and there is one."""
    is_plain = head.startswith(_HEADER)
    return not is_plain and driver.key_file() is not None and driver.may_be_encrypted(path)


def _is_ours(head: bytes) -> bool:
    return head.startswith(_HEADER) and head[68:72] == APPLICATION_ID.to_bytes(4, "big")


class SqliteLedger(Ledger):
    """A ledger in a file, or in memory."""

    connection: sqlite3.Connection
    _READ = ("BEGIN",)
    _WRITE = ("BEGIN IMMEDIATE",)

    def __init__(
        self,
        connection: sqlite3.Connection,
        path: Path,
        *,
        private: bool = False,
        key: str | None = None,
    ) -> None:
        super().__init__(connection, str(path))
        self.key = key
        """Of an encrypted file; None for a plain one."""
        self.path = path
        self.is_private = private
        """Nobody else can open it: it lies in memory, or is a copy of what lies at `path`."""
        self._opened = None if private else driver.file_at(path)

    @property
    def version(self) -> int:
        """The version of its schema: the last migration that was run on it."""
        row = self.row("PRAGMA user_version")
        return int(row[0]) if row else 0

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction has begun and not ended."""
        return self.connection.in_transaction

    def _begin(self, statements: Iterable[str]) -> None:
        """Begin; nothing is written to a file that no longer lies where it was opened.

        Raises:
            StorageError: it was moved away, or another took its place.
        """
        super()._begin(statements)
        if statements is self._WRITE and self._opened and self._opened != driver.file_at(self.path):
            self.roll_back()
            raise StorageError(f"台账已被移走或换掉，没有写入。请重做。\n台账：{self.path}")

    def _execute(self, sql: str, values: Values) -> sqlite3.Cursor:
        return self.connection.execute(sql, values)

    def _execute_many(self, sql: str, values: Iterable[Values]) -> None:
        self.connection.executemany(sql, values)

    def _told(self, error: Exception) -> SqmyError | None:
        if self.key and getattr(error, "sqlite_errorname", "") == "SQLITE_NOTADB":
            return LedgerError(f"密钥不对，或台账文件已损坏。\n台账：{self.path}")
        return told(error, self.path)


def told(error: Exception, path: Path) -> SqmyError | None:
    """The clerk's words for what SQLite reports of that file; None for a fault of our own."""
    is_unreadable = isinstance(error, UnicodeDecodeError) or quotes(error)
    code = "SQLITE_CORRUPT" if is_unreadable else getattr(error, "sqlite_errorname", None) or ""
    for prefix, (kind, words) in _TOLD.items():
        if code.startswith(prefix):
            return kind(f"{words}\n台账：{path}")
    return None


_TOLD: dict[str, tuple[type[SqmyError], str]] = {
    "SQLITE_FULL": (StorageError, "磁盘已满，没有写入。请腾出空间后重做。"),
    "SQLITE_READONLY": (StorageError, "台账是只读的，没有写入。请检查文件和所在文件夹的权限。"),
    "SQLITE_BUSY": (
        StorageError,
        f"台账正被别的程序占用，等了 {WAIT_SECONDS} 秒，没有写入。请稍后重做。",
    ),
    "SQLITE_LOCKED": (StorageError, "台账正被占用，没有写入。请稍后重做。"),
    "SQLITE_CORRUPT": (LedgerError, "台账文件已损坏。请勿再写，用最近的备份恢复。"),
    "SQLITE_NOTADB": (LedgerError, "这个文件不是台账，或已损坏。"),
    "SQLITE_IOERR": (StorageError, "读写磁盘出错，没有写入。请检查磁盘或网络盘后重做。"),
    "SQLITE_CANTOPEN": (LedgerError, "打不开台账文件。请检查文件和所在文件夹的权限。"),
    "SQLITE_CONSTRAINT": (
        LedgerError,
        "台账拒绝了这次写入：与已有的事实不符。请用 sqmy verify 检查。",
    ),
}
"""What SQLite's result codes mean for the clerk, the extended ones included."""


class NewerError(LedgerError):
    """A ledger that a later sqmy has made or brought to its schema."""


def open_file(path: Path) -> SqliteLedger:
    """The ledger in that file, which must be there, in today's schema or as it is in an earlier.

    Raises:
        LedgerError: no such file, not a ledger, empty, damaged, or made by a newer sqmy.
    """
    ledger = open_any(path)
    if (version := ledger.version) > schema.SCHEMA_VERSION:
        ledger.connection.close()
        raise NewerError(
            f"台账的版本是 {version}，本程序只认到 {schema.SCHEMA_VERSION}。"
            "请升级 sqmy 后再打开。\n"
            "眼下只想看内容的，可用 sqmy export 文件.xlsx 把各表原样导出，台账不会改动。\n"
            f"台账：{path}"
        )
    return ledger


def open_any(path: Path) -> SqliteLedger:
    """The ledger in that file, in whatever version of the schema.

    Raises:
        LedgerError: as `open_file`, but for the version.
    """
    _check_file(path)
    ledger = _connect(path)
    try:
        version = ledger.version
        ledger.row("SELECT count(*) FROM sqlite_master")
        mark = ledger.row("PRAGMA application_id")
    except SqmyError:
        ledger.connection.close()
        raise
    why = ""
    if mark != (APPLICATION_ID,):  # of an encrypted file only this tells
        why = f"{path} 是别的程序的数据库，不是 sqmy 的台账。"
    elif not version:
        why = f"台账的版本是 0，新建没有做完。请删去后用 sqmy init 重做。\n台账：{path}"
    if why:
        ledger.connection.close()
        raise LedgerError(why)
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
    if _is_encrypted(path, head):
        return
    if not head.startswith(_HEADER):
        hint = (
            f"\n若是加密的台账，请用环境变量 {driver.KEY_VARIABLE} 指明密钥文件。"
            if driver.may_be_encrypted(path)
            else ""
        )
        raise LedgerError(f"{path} 不是台账（不是 SQLite 文件，或文件头已损坏）。{hint}")
    if not _is_ours(head):
        raise LedgerError(f"{path} 是别的程序的数据库，不是 sqmy 的台账。")


def _connect(path: Path, *, plain: bool = False) -> SqliteLedger:
    """Open a file: with the key, if there is one, unless it is plain or to be so."""
    key = None if plain or _is_plain(path) else driver.key()
    try:
        connection = driver.connection_to(path, "rw", key)
    except driver.errors() as error:
        raise told(error, path) or error from error
    ledger = SqliteLedger(connection, path, key=key)
    try:
        for pragma in (
            "foreign_keys=ON",
            "recursive_triggers=ON",  # else REPLACE skips the triggers against deletion
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "secure_delete=ON",  # what is erased is overwritten in the file
            "synchronous=EXTRA",
        ):
            ledger.run(f"PRAGMA {pragma}")
    except SqmyError:
        connection.close()
        raise
    return ledger


def _is_plain(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_HEADER)) == _HEADER


def create_file(path: Path, *, plain: bool = False) -> SqliteLedger:
    """A new, still empty file for a ledger, readable by its owner alone.

    Args:
        path: where nothing stands yet.
        plain: not encrypted, though there is a key.

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
    try:
        return _connect(path, plain=plain)
    except SqmyError:
        path.unlink(missing_ok=True)
        raise


def lay_schema(ledger: Ledger, until: int = schema.SCHEMA_VERSION, since: int = 0) -> None:
    """Lay out the tables by running the migrations between two versions, inside `writing`."""
    for statement in schema.statements(since, until):
        ledger.run(statement)
    ledger.run(f"PRAGMA application_id={APPLICATION_ID}")
    ledger.run(f"PRAGMA user_version={until}")


def in_memory(version: int = schema.SCHEMA_VERSION) -> SqliteLedger:
    """A ledger that lives in memory only: for rehearsals, worked cases and comparisons."""
    connection = driver.connect(_MEMORY, None)
    connection.execute("PRAGMA foreign_keys=ON")
    ledger = SqliteLedger(connection, Path(_MEMORY), private=True)
    with ledger.writing():
        lay_schema(ledger, version)
    return ledger


def migrated_copy(ledger: SqliteLedger) -> SqliteLedger:
    """A copy in today's schema that nobody else sees and that goes with its connection."""
    connection = driver.connect("", ledger.key)  # a file that SQLite keeps to itself
    connection.execute("PRAGMA foreign_keys=ON")
    ledger.connection.backup(connection)
    copy = SqliteLedger(connection, ledger.path, private=True, key=ledger.key)
    with copy.writing():
        lay_schema(copy, since=copy.version)
    return copy
