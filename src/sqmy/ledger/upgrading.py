"""A ledger of an earlier schema: brought to today's, or read in a private copy that is.

The migrations run in one transaction, after a backup that was checked; whoever is killed in the
middle has the old ledger. A ledger that cannot be written is left alone: its copy, in which
nothing can be recorded, is what commands read.
"""

import os
from pathlib import Path

from sqmy.errors import SqmyError
from sqmy.ledger import attached, carrying, reading, schema
from sqmy.ledger.backup import back_up, beside
from sqmy.ledger.sqlite import SqliteLedger, lay_schema, migrated_copy
from sqmy.ledger.store import Store


def current(ledger: SqliteLedger) -> SqliteLedger:
    """The ledger in today's schema; what was done to it is among its notices.

    Raises:
        LedgerError: it does not verify, so that nothing was changed.
        SqmyError: the backup could not be made, likewise.
    """
    version = ledger.version
    if version == schema.SCHEMA_VERSION:
        return ledger
    if not _is_writable(ledger.path):
        copy = migrated_copy(ledger)
        copy.run("PRAGMA query_only=ON")
        ledger.connection.close()
        today = schema.SCHEMA_VERSION
        copy.notices = (
            f"台账是第 {version} 版，又不能写：读的是它升级到第 {today} 版的副本，不能登记。",
        )
        return copy
    try:
        kept = _upgrade(ledger)
    except SqmyError as error:
        ledger.connection.close()
        raise type(error)(f"台账没有升级，仍是第 {version} 版：{error}") from error
    ledger.notices = (
        f"台账已由第 {version} 版升级到第 {schema.SCHEMA_VERSION} 版。升级前的备份：{kept}",
    )
    return ledger


def _upgrade(ledger: SqliteLedger) -> Path | str:
    """Migrate in place; where the backup lies."""
    while True:
        kept = beside(ledger.path, f"v{ledger.version}-{os.getpid()}")  # nobody else's name
        copied = back_up(ledger, kept, shared=(Store(attached.folder_of(ledger.path)),))
        with ledger.writing():
            version = ledger.version
            if version == schema.SCHEMA_VERSION:  # somebody else was faster
                carrying.discard(kept)
                return "由同时打开它的人所做"
            if reading.head(ledger) != (copied.seq, copied.head):  # recorded meanwhile
                carrying.discard(kept)
                continue
            lay_schema(ledger, since=version)
        return kept


def _is_writable(path: Path) -> bool:
    """Whether we, as whom we act, may write the file and make another beside it."""
    acting = os.access in os.supports_effective_ids
    return all(
        os.access(place, os.W_OK, effective_ids=acting) for place in (path, path.absolute().parent)
    )
