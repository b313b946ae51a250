"""The SQLite that opens a ledger's file: the standard library's, or SQLCipher for an encrypted one.

Encryption is off unless the environment names a key file; it needs the extra `sqmy[encrypted]`.
The key is 32 random bytes, written as 64 digits, used as it is: whoever has lost the file has
lost the ledger, and so has everybody else.
"""

import os
import re
import sqlite3
import sys
from pathlib import Path
from typing import Any, cast

from sqmy.errors import LedgerError, SqmyError
from sqmy.ledger.database import WAIT_SECONDS

KEY_VARIABLE = "SQMY_KEY_FILE"
_PAGE = 4096
_KEY = re.compile(r"\s*([0-9a-fA-F]{64})\s*", re.ASCII)


def key_file() -> Path | None:
    """The key file that the environment names."""
    named = os.environ.get(KEY_VARIABLE)
    return Path(named).expanduser() if named else None


def key() -> str | None:
    """The key with which files are made, and opened unless they are plain; None for no key.

    Raises:
        LedgerError: the key file is not there, or holds no key.
    """
    path = key_file()
    if path is None:
        return None
    try:
        held = _KEY.fullmatch(path.read_text(encoding="ascii", errors="replace"))
    except OSError as error:
        advice = f"请检查环境变量 {KEY_VARIABLE} 和文件的权限。"
        raise LedgerError(f"密钥文件读不出来：{path}\n{advice}") from error
    if not held:
        raise LedgerError(f"密钥文件里不是密钥（64 位十六进制数字）：{path}")
    return held[1]


def provide_key() -> Path | None:
    """Make the key file that the environment names, unless it is there; the one that was made.

    Raises:
        SqmyError: it cannot be written.
    """
    path = key_file()
    if path is None or path.exists():
        return None
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{os.urandom(32).hex()}\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise SqmyError(f"不能写密钥文件：{path}\n请检查文件夹的权限，或换一处。") from error
    return path


def may_be_encrypted(path: Path) -> bool:
    """Whether a file that has not SQLite's header could be an encrypted one, by its size."""
    try:
        size = path.stat().st_size
    except OSError:
        return False
    return size > 0 and size % _PAGE == 0


def connect(database: str, key: str | None, **options: Any) -> sqlite3.Connection:  # noqa: ANN401
    """A connection, with transactions left to us.

    Args:
        database: as `sqlite3.connect` takes it.
        key: of an encrypted database; None for a plain one.
        options: as `sqlite3.connect` takes them.
    """
    if key is None:
        plain: sqlite3.Connection = sqlite3.connect(database, isolation_level=None, **options)
        return plain
    connection = _cipher().connect(database, isolation_level=None, **options)
    connection.execute("PRAGMA cipher_log_level = NONE")  # it writes to standard error
    connection.execute(f"PRAGMA key = \"x'{key}'\"")
    return cast("sqlite3.Connection", connection)  # the same methods, another module's


def connection_to(path: Path, mode: str, key: str | None) -> sqlite3.Connection:
    """A connection to a file that is there, `rw` or `ro`, with its key if it is encrypted."""
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    return connect(uri, key, uri=True, timeout=WAIT_SECONDS)


def file_at(path: Path) -> tuple[int, int] | None:
    """Which file lies there now; None for none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def errors() -> tuple[type[Exception], ...]:
    """What a connection raises."""
    cipher = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.Error, cipher.Error) if cipher else (sqlite3.Error,)


def _cipher() -> Any:  # noqa: ANN401 — it tells no types
    try:
        from sqlcipher3 import dbapi2  # noqa: PLC0415 — plain files need none
    except ImportError as error:
        raise LedgerError(
            '没有装加密台账用的部件。请执行 pip install "sqmy[encrypted]"；'
            f"台账没有加密的，请去掉环境变量 {KEY_VARIABLE}。"
        ) from error
    return dbapi2
