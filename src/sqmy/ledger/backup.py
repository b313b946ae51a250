"""A copy of the ledger, taken while it is in use, checked before it counts.

While the file is copied nobody can change it, because we read it; what was written is read back
and compared with it byte by byte. Up to `WHOLE` facts the copy is examined in full as well, so
that a ledger that was tampered with has no backup; of a larger one that would take far longer
than copying it, and is done on request.
"""

import os
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from glob import escape
from io import BufferedRandom, BufferedReader
from pathlib import Path
from typing import NamedTuple

from sqmy.errors import LedgerError, Problem, SqmyError, StorageError
from sqmy.ledger import attached, carrying, driver, reading
from sqmy.ledger.audit import MOST, Step, examine
from sqmy.ledger.copying import copy
from sqmy.ledger.database import Ledger
from sqmy.ledger.sqlite import SqliteLedger, create_file, lay_schema, open_any, told
from sqmy.ledger.store import Store
from sqmy.ledger.structure import gathered, schema_faults

WHOLE = 50_000
"""Facts of a ledger whose backup is always examined in full."""

_PIECE = 2**18
_STALE_SECONDS = 3600


class BackedUp(NamedTuple):
    """A backup that was made.

    Attributes:
        seq, head: its last place and hash.
        whole: whether it was examined in full, beside being the same as the ledger.
        attachments: what was carried with it; None where there are none.
    """

    seq: int
    head: str
    whole: bool
    attachments: attached.Examined | None = None


def back_up(
    ledger: Ledger,
    target: Path,
    *,
    whole: bool | None = None,
    shared: Sequence[Store] = (),
    step: Step | None = None,
) -> BackedUp:
    """Copy the ledger and its attachments to `target`, which must not exist; all or nothing.

    The attachments go first, into a folder of their own: where the copy stands, they are there.

    Args:
        ledger: open; from a server, the copy is a ledger in a file.
        target: where to.
        whole: examine the copy in full; None: if there is not too much of it.
        shared: stores on the target's disk that hold the same contents, perhaps.
        step: told how far it is.

    Raises:
        SqmyError: the target exists, or cannot be written.
        LedgerError: the ledger does not verify; a backup of it would be worth nothing.
    """
    if target.exists():
        raise SqmyError(f"{target} 已经存在，没有备份。请换一个文件名。")
    with (
        carrying.made_or_nothing(Store(attached.folder_of(target))) as store,
        settled(target) as draft,
    ):
        copy_to(ledger, draft)
        with open_any(draft) as written:
            seq, head = reading.head(written)
            in_full = seq <= WHOLE if whole is None else whole
            check(written, "台账核对不符，没有备份", whole=in_full, step=step)
            carried = None
            if attached.held(written):
                carrying.require_plain(written, "没有备份")
                sources = carrying.Sources((attached.store_of(ledger),), shared)
                carried = carrying.carry(written, sources, store, whole=bool(whole), step=step)
                carrying.require(carried, "附件核对不符，没有备份")
    return BackedUp(seq, head, in_full, carried)


@contextmanager
def settled(target: Path) -> Iterator[Path]:
    """A draft that takes the target's place when the body is done: on the disk, whole, or not."""
    _sweep(target)
    draft = target.with_name(f"{target.name}.{secrets.token_hex(4)}.part")
    try:
        yield draft
        _settle(draft)
        draft.replace(target)
        _settle(target.absolute().parent)
    except OSError as error:
        raise StorageError(f"没有写完：{target}。请检查文件夹、权限和磁盘空间后重做。") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _sweep(target: Path) -> None:
    """Remove the drafts that somebody who was killed has left: they hold confidential texts."""
    for left in target.parent.glob(f"{escape(target.name)}.*.part"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _STALE_SECONDS:
                left.unlink()


def copy_to(ledger: Ledger, draft: Path) -> None:
    """Copy what is committed, all of one moment, to a new file that is its owner's alone.

    Raises:
        SqmyError: it cannot be written, or does not read back as it was written.
    """
    with create_file(draft) as made:
        if not isinstance(ledger, SqliteLedger):
            with made.writing():
                lay_schema(made)
                copy(ledger, made)
            return
        if ledger.is_private or ledger.row("PRAGMA journal_mode") != ("delete",):
            _by_pages(ledger, made)
            return
    with ledger.reading():
        ledger.row("SELECT count(*) FROM sqlite_master")  # from here on nobody can write
        # Closing a file takes away every lock that this process has on it: it is opened once,
        # and closed when nothing more is to be read.
        with ledger.path.open("rb") as source, draft.open("r+b") as target:
            _copied(source, target)


def _by_pages(ledger: SqliteLedger, made: SqliteLedger) -> None:
    """Copy as SQLite itself does, where the file alone is not the whole ledger."""
    try:
        ledger.connection.backup(made.connection)
    except driver.errors() as error:
        raise told(error, made.path) or error from error


def _copied(source: BufferedReader, target: BufferedRandom) -> None:
    """Copy a file to an empty one, each piece read back while it is still at hand."""
    piece, back = bytearray(_PIECE), bytearray(_PIECE)
    while size := source.readinto(piece):
        at = target.tell()
        target.write(memoryview(piece)[:size])
        target.seek(at)
        # beyond the end of a last, shorter piece both still hold the piece before it
        if target.readinto(back) != size or piece != back:
            raise StorageError("备份读回来与台账不同，没有备份。请换一个磁盘后重做。")


def check(
    ledger: SqliteLedger, headline: str, *, whole: bool = True, step: Step | None = None
) -> None:
    """Refuse a ledger that does not verify.

    Raises:
        LedgerError: what does not agree, under that headline.
    """
    problems: list[Problem] = (
        examine(ledger, step) if whole else gathered(schema_faults(ledger), MOST)
    )
    if problems:
        listed = "\n".join(f"  {problem}" for problem in problems)
        raise LedgerError(f"{headline}：\n{listed}")


def beside(path: Path, mark: str) -> Path:
    """A name beside a ledger that is not taken: `sqmy.v1-20261231-235959.db`."""
    moment = datetime.now(UTC).astimezone().strftime("%Y%m%d-%H%M%S")
    plain = path.with_name(f"{path.stem}.{mark}-{moment}{path.suffix}")
    number = 1
    found = plain
    while found.exists():
        number += 1
        found = plain.with_stem(f"{plain.stem}-{number}")
    return found


def _settle(path: Path) -> None:
    """Make sure that a file, or a folder's entry, is on the disk; a folder only where POSIX can."""
    if path.is_dir():
        with suppress(OSError):
            _synced(path, os.O_RDONLY)
    else:
        _synced(path, os.O_RDWR)


def _synced(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
