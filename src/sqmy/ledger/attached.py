"""Attachments of a ledger: where their contents lie, whether they hold, and how they are carried.

A ledger in `sqmy.db` has its contents in `sqmy.db.files` beside it, so that they are found again
wherever both are moved; one on a server has them in a folder that the office names.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from sqmy import settings, text
from sqmy.errors import Problem, SqmyError
from sqmy.facts import FactId
from sqmy.ledger.audit import MOST, Step
from sqmy.ledger.database import Ledger
from sqmy.ledger.sqlite import SqliteLedger
from sqmy.ledger.store import Store
from sqmy.settings import Place

if TYPE_CHECKING:
    from sqmy.ledger.postgresql import PostgresqlLedger

SINCE = 5
"""The first schema with attachments."""

WHOLE_BYTES = 2 * 2**30
"""Up to so much every content is compared with its hash unasked; more takes minutes."""


class Held(NamedTuple):
    """An attachment that was not erased.

    Attributes:
        digest: the hash of its content.
    """

    fact: FactId
    digest: str
    size: int
    filename: str

    def __str__(self) -> str:
        return f"附件「{self.filename}」"


def folder_of(path: Path) -> Path:
    """Where the contents of a ledger in that file lie: beside the file, not beside a link to it."""
    real = path.resolve() if path.is_symlink() else path
    return real.with_name(f"{real.name}.files")


def store_of(ledger: Ledger) -> Store:
    """Where the contents of a ledger lie, or are to.

    Raises:
        SqmyError: it can have none; why, and what to do.
    """
    if isinstance(ledger, SqliteLedger):
        if not ledger.path.is_file():
            raise SqmyError("台账在内存里，没有放附件的地方。")
        if ledger.key is not None:
            raise SqmyError(
                "台账是加密的，附件放在它旁边却不加密，等于没有加密，所以不收附件。"
                "要附文件，请把台账换成不加密的（sqmy move --plain），放在整盘加密的硬盘上。"
            )
        return Store(folder_of(ledger.path))
    folder = folder_at(cast("PostgresqlLedger", ledger).server)
    if folder is None or not folder.parent.is_dir():
        why = "没有设" if folder is None else f"所指的文件夹不在（{folder.parent}）"
        raise SqmyError(
            f"台账在服务器上，附件要放在一个大家都能读写的文件夹里，而环境变量 "
            f"{settings.FILES_VARIABLE} {why}。请服务器管理员建好文件夹，各人都设成同一个。"
        )
    return Store(folder, shared=True)


def folder_at(place: Place) -> Path | None:
    """Where the contents of a ledger at that place lie; None where nobody says."""
    if isinstance(place, Path):
        return folder_of(place)
    folder = settings.files_folder()
    return folder / place.office if folder else None


_VALUE = "(SELECT value FROM secret WHERE fact = a.fact AND field = '{}')"


def held(ledger: Ledger) -> list[Held]:
    """Every attachment that was not erased, voided ones too, in the order of recording."""
    if isinstance(ledger, SqliteLedger) and ledger.version < SINCE:
        return []
    rows = ledger.rows(  # a join would begin with every text that the ledger holds
        f"SELECT a.fact, {_VALUE.format('digest')}, a.size, {_VALUE.format('filename')}"
        " FROM attachment a ORDER BY a.fact"
    )
    return [Held(*row) for row in rows if row[1] is not None]


# -- examining -------------------------------------------------------------------------------


class Examined(NamedTuple):
    """What became of looking for the contents.

    Attributes:
        problems: what is missing or altered, the first `MOST`.
        number, size: attachments, and bytes of their contents.
        whole: whether the contents were compared with their hashes.
    """

    problems: list[Problem]
    number: int
    size: int
    whole: bool

    def __str__(self) -> str:
        told = f"附件 {self.number} 份，共 {text.file_size(self.size)}，"
        if self.whole:
            return f"{told}内容都与登记时的校验码相符。"
        return f"{told}都在，大小相符；太多，内容没有逐份核对，要核对请加 --whole。"


def examine(ledger: Ledger, *, whole: bool = False, step: Step | None = None) -> Examined | None:
    """Compare every attachment with what lies in the store; None where there is none.

    Args:
        ledger: open.
        whole: compare the contents however large they are.
        step: told how far it is.

    Raises:
        SqmyError: nobody knows where they lie.
    """
    needed = held(ledger)
    wanted = each_once(needed)
    if not wanted:
        return None
    number, size = len(needed), sum(one.size for one in wanted)
    store = store_of(ledger)
    whole = whole or size <= WHOLE_BYTES
    if not store.folder.is_dir():
        told = (
            f"{number} 份都不在：没有文件夹 {store.folder}。台账搬过、改过名的，"
            "请把原来的附件文件夹搬到这里，改成这个名字；没有的，请从备份取回"
        )
        return Examined([Problem("附件", told)], number, size, whole)
    wrong: dict[str, str] = {}
    for done, one in enumerate(wanted, 1):
        if found := fault(store, one, whole=whole):
            wrong[one.digest] = found
        if step:
            step("核对附件", done, len(wanted))
    return Examined(named(needed, wrong), number, size, whole)


def named(needed: Sequence[Held], wrong: Mapping[str, str]) -> list[Problem]:
    """What is wrong with contents, told of each attachment that has one of them."""
    found = [one for one in needed if one.digest in wrong]
    return [Problem(f"F{one.fact}", f"{one}{wrong[one.digest]}") for one in found[:MOST]]


def each_once(needed: Sequence[Held]) -> list[Held]:
    """The first attachment of each content, in order."""
    return sorted({one.digest: one for one in reversed(needed)}.values())


def fault(store: Store, one: Held, *, whole: bool) -> str | None:
    """What is wrong with a content; None where nothing is."""
    if store.has(one.digest, one.size, whole=whole):
        return None
    if not store.path(one.digest).exists():
        return f"的文件不见了（{store.path(one.digest)}）"
    return f"的文件被改动过，与登记时的校验码不符（{store.path(one.digest)}）"


def strays(ledger: Ledger, store: Store) -> list[str]:
    """Contents that no attachment has: of a command that was killed before it recorded."""
    wanted = {one.digest for one in held(ledger)}
    return [digest for digest in store.contents() if digest not in wanted]


# -- erasing ---------------------------------------------------------------------------------


class Finished(NamedTuple):
    """What became of contents that were to go.

    Attributes:
        removed: how many are gone.
        left: where others still lie, which cannot be removed now.
    """

    removed: int
    left: tuple[Path, ...]


def finish(ledger: Ledger) -> Finished:
    """Take out the contents that were to go and that no attachment has any more."""
    removed, left = 0, []
    try:
        store = store_of(ledger)
    except SqmyError:
        return Finished(0, ())  # from here nothing was to go
    if not store.marked():
        return Finished(0, ())
    with ledger.writing(dry_run=True):  # nobody records one of them meanwhile
        wanted = {one.digest for one in held(ledger)}
        for digest in store.marked():
            try:
                if digest in wanted:
                    store.unmark(digest)
                else:
                    store.remove(digest)
                    removed += 1
            except OSError:  # somebody looks at it
                left.append(store.path(digest))
    return Finished(removed, tuple(left))
