"""Putting a backup in the place of a ledger: examined first, the old file kept, all or nothing.

A ledger that can still be opened is overwritten in one transaction of its own, so that whoever has
it open sees the old content or the new and records nothing into a file that is gone. One that
cannot be opened any more is moved aside with its journal, which would else be played into the new.
"""

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sqmy.errors import LedgerError, SqmyError, StorageError
from sqmy.ledger import attached, carrying, driver, reading
from sqmy.ledger.audit import Step
from sqmy.ledger.backup import beside, check, copy_to, settled
from sqmy.ledger.database import WAIT_SECONDS
from sqmy.ledger.sqlite import SqliteLedger, open_any, open_file, told
from sqmy.ledger.store import Store

_COMPANIONS = ("-journal", "-wal", "-shm")
_PAUSE = 0.1


class Restored(NamedTuple):
    """What was put in place.

    Attributes:
        seq, head: its last place and hash.
        kept: where the old file lies now; None where there was none.
        lost: the first and the last place that only the old ledger has; None if there is none.
        attachments: what was carried with it; None where there are none.
    """

    seq: int
    head: str
    kept: Path | None
    lost: tuple[int, int] | None
    attachments: attached.Examined | None


def restore(source: Path, target: Path, step: Step | None = None) -> Restored:
    """Put the backup `source` in the place of the ledger `target`, which need not be there.

    Raises:
        LedgerError: the backup cannot be opened, does not verify, or is of a newer sqmy.
        SqmyError: it is the ledger itself or another office's, or something cannot be written.
    """
    if not source.is_file():
        raise SqmyError(f"没有这个备份：{source}。请核对文件名。")
    if target.exists() and source.samefile(target):
        raise SqmyError(f"{source} 就是所用的台账，不必恢复。")
    with open_file(source) as backup:
        check(backup, "备份核对不符，没有恢复", step=step)
        seq, head = reading.head(backup)
        store = Store(attached.folder_of(target))
        if not target.exists():
            with carrying.made_or_nothing(store):
                carried = _carried(backup, store, step)
                _lay(backup, target)
            return Restored(seq, head, None, None, carried)
        old = _openable(target)
        if old is None:
            with carrying.made_or_nothing(store):
                carried = _carried(backup, store, step)
                kept = _moved_aside(target)
                _lay(backup, target)
            return Restored(seq, head, kept, None, carried)
        with old, carrying.made_or_nothing(store):
            lost = _only_there(old, backup)
            if attached.held(backup):
                carrying.require_plain(old, "没有恢复")
            carried = _carried(backup, store, step)
            kept = _kept(old, store)
            _overwrite(backup, old)
            _parted(kept, old, store)
    return Restored(seq, head, kept, lost, carried)


def _carried(backup: SqliteLedger, store: Store, step: Step | None) -> attached.Examined | None:
    """Have every attachment of the backup in the ledger's store; some may still be there."""
    own = Store(attached.folder_of(backup.path))
    carried = carrying.carry(backup, carrying.Sources((own,)), store, whole=True, step=step)
    carrying.require(carried, "备份的附件核对不符，没有恢复")
    return carried


def _kept(old: SqliteLedger, store: Store) -> Path:
    """The old ledger under another name; its attachments, as far as they are there, with it."""
    kept = beside(old.path, "replaced")
    with (
        carrying.made_or_nothing(Store(attached.folder_of(kept))) as beside_it,
        settled(kept) as draft,
    ):
        copy_to(old, draft)
        carrying.carry(old, carrying.Sources((store,), (store,)), beside_it)
    return kept


def _parted(kept: Path, ledger: SqliteLedger, store: Store) -> None:
    """Take out of the store what the old ledger alone had, and has under its other name now."""
    aside = Store(attached.folder_of(kept))
    with ledger.writing(dry_run=True):  # nobody records one of them meanwhile
        for digest in attached.strays(ledger, store):
            if aside.path(digest).is_file():
                store.remove(digest)


def _lay(backup: SqliteLedger, target: Path) -> None:
    with settled(target) as draft:
        copy_to(backup, draft)


def _openable(path: Path) -> SqliteLedger | None:
    """The ledger in a file, as far as it can be read from end to end of its chain."""
    try:
        ledger = open_any(path)
    except LedgerError:
        return None
    try:
        reading.head(ledger)
        ledger.rows("PRAGMA quick_check(1)")
    except LedgerError:
        ledger.connection.close()
        return None
    return ledger


def _only_there(old: SqliteLedger, backup: SqliteLedger) -> tuple[int, int] | None:
    """The places that the old ledger has and the backup has not, or has otherwise.

    Raises:
        SqmyError: they have not even their beginning in common.
    """
    last, _ = reading.head(old)
    seq, _ = reading.head(backup)
    common = min(last, seq)
    if common and reading.hash_at(old, 1) != reading.hash_at(backup, 1):
        raise SqmyError(
            "备份与所用的台账不是同一本，没有恢复。要另用这本台账，请把它复制到别处，"
            "用 --ledger 指明。"
        )
    low = 0
    while low < common:  # the chains agree up to some place and nowhere after it
        middle = (low + common + 1) // 2
        if reading.hash_at(old, middle) == reading.hash_at(backup, middle):
            low = middle
        else:
            common = middle - 1
    return (low + 1, last) if low < last else None


def _moved_aside(target: Path) -> Path:
    """Move a file that cannot be opened, and what SQLite left beside it, to another name."""
    kept = beside(target, "damaged")
    try:
        for mark in _COMPANIONS:
            companion = target.with_name(target.name + mark)
            if companion.exists():
                companion.replace(kept.with_name(kept.name + mark))
        target.replace(kept)
    except OSError as error:
        raise StorageError(
            f"{target} 移不开，没有恢复。请检查权限，或先关掉用着它的程序。"
        ) from error
    return kept


def _overwrite(backup: SqliteLedger, old: SqliteLedger) -> None:
    """Give the old ledger the content of the backup, as one transaction."""
    left = int(WAIT_SECONDS / _PAUSE)

    def patiently(*_: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise StorageError(
                f"台账正被别的程序占用，等了 {WAIT_SECONDS} 秒，没有恢复。请稍后重做。"
            )

    try:
        backup.connection.backup(old.connection, progress=patiently, sleep=_PAUSE)
    except driver.errors() as error:
        with suppress(*driver.errors()):
            old.connection.rollback()
        raise told(error, old.path) or error from error
