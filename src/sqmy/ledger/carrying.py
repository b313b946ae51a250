"""Carrying attachments along with a ledger: into a backup, out of one, to another place."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from sqmy.errors import LedgerError, SqmyError
from sqmy.ledger import attached
from sqmy.ledger.audit import Step
from sqmy.ledger.database import Ledger
from sqmy.ledger.driver import KEY_VARIABLE
from sqmy.ledger.sqlite import SqliteLedger
from sqmy.ledger.store import AlteredError, Store
from sqmy.settings import Place


class Sources(NamedTuple):
    """Where contents may be had.

    Attributes:
        copied: stores to copy them from, the likeliest first.
        shared: stores on the target's disk, with which it may share them and save the room.
    """

    copied: Sequence[Store]
    shared: Sequence[Store] = ()


def carry(
    ledger: Ledger,
    sources: Sources,
    target: Store,
    *,
    whole: bool = False,
    step: Step | None = None,
) -> attached.Examined | None:
    """Have every content that a ledger needs in a store; None where it needs none.

    Args:
        ledger: open.
        sources: where they are.
        target: where they are to be; what it holds already stays.
        whole: compare what need not be copied with its hash, however much that is.
        step: told how far it is.

    Returns:
        Among its problems, those that are missing everywhere, or altered.

    Raises:
        StorageError: something cannot be written.
    """
    needed = attached.held(ledger)
    wanted = attached.each_once(needed)
    if not wanted:
        return None
    size = sum(one.size for one in wanted)
    whole = whole or size <= attached.WHOLE_BYTES
    wrong: dict[str, str] = {}
    for done, one in enumerate(wanted, 1):
        if not _carried(one, sources, target, whole=whole):
            fault = attached.fault(sources.copied[0], one, whole=True)
            wrong[one.digest] = fault or "的文件正在被改动"
        if step:
            step("抄存附件", done, len(wanted))
    return attached.Examined(attached.named(needed, wrong), len(needed), size, whole)


def _carried(one: attached.Held, sources: Sources, target: Store, *, whole: bool) -> bool:
    if target.has(one.digest, one.size, whole=whole):
        return True
    for store in sources.shared:
        if store.has(one.digest, one.size, whole=whole) and target.link(store, one.digest):
            return True
    for store in sources.copied:
        with suppress(AlteredError):
            if store.has(one.digest, one.size, whole=False):
                target.put(store.path(one.digest), one.digest, one.size)
                return True
    return False


def require(found: attached.Examined | None, otherwise: str) -> None:
    """Refuse contents that are missing or altered.

    Raises:
        LedgerError: which, under that headline.
    """
    if found and found.problems:
        listed = "\n".join(f"  {problem}" for problem in found.problems)
        raise LedgerError(f"{otherwise}：\n{listed}\n怎样补救，用 sqmy verify 查看。")


@contextmanager
def made_or_nothing(store: Store) -> Iterator[Store]:
    """The store; its folder is taken away again if the body made it and fails."""
    fresh = not store.folder.exists()
    try:
        yield store
    except BaseException:
        if fresh:
            shutil.rmtree(store.folder, ignore_errors=True)
        raise


def set_aside(old: Place, new: Place) -> Path | None:
    """Give the contents of a ledger that got another name that name too.

    Returns:
        Where they still lie, if we may not rename their folder.
    """
    folder, aside = attached.folder_at(old), attached.folder_at(new)
    if folder and aside and folder.is_dir():
        try:
            folder.rename(aside)
        except OSError:
            return folder
    return None


def discard(path: Path) -> None:
    """Remove a ledger's file, and the contents beside it."""
    path.unlink()
    shutil.rmtree(attached.folder_of(path), ignore_errors=True)


def require_plain(target: Ledger, otherwise: str) -> None:
    """Refuse to lay contents beside an encrypted ledger.

    Raises:
        SqmyError: it is one.
    """
    if isinstance(target, SqliteLedger) and target.key is not None:
        raise SqmyError(
            f"台账有附件，附件不加密，放在加密的台账旁边就不保密了，{otherwise}。"
            f"请去掉环境变量 {KEY_VARIABLE} 后重做，放在整盘加密的盘上。"
        )
