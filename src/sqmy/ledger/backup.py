"""A copy of the ledger, taken while it is in use, checked before it counts."""

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqmy.errors import LedgerError, SqmyError
from sqmy.ledger.audit import examine
from sqmy.ledger.database import Ledger
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.sqlite import create_file


def back_up(ledger: Ledger, target: Path) -> None:
    """Copy the ledger to `target`, which must not exist; all of it or nothing.

    Raises:
        SqmyError: the target exists, or cannot be written.
        LedgerError: the ledger does not verify; a backup of it would be worth nothing.
    """
    if target.exists():
        raise SqmyError(f"{target} 已经存在，没有备份。请换一个文件名。")
    draft = target.with_name(f"{target.name}.part")
    draft.unlink(missing_ok=True)
    copy = create_file(draft)
    try:
        with closing(copy.connection):
            try:
                ledger.connection.backup(copy.connection)
            except sqlite3.Error as error:
                raise SqmyError(f"备份没有写完：{target}。请检查磁盘空间后重做。") from error
        with open_ledger(draft) as written:
            if problems := examine(written):
                told = "\n".join(f"  {problem}" for problem in problems)
                raise LedgerError(f"台账核对不符，没有备份：\n{told}")
        _settle(draft)
        draft.replace(target)
        _settle(target.absolute().parent)
    finally:
        draft.unlink(missing_ok=True)


def _settle(path: Path) -> None:
    """Make sure that a file, or a folder's entry, is on the disk; a folder only where POSIX can."""
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
