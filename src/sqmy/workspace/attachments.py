"""Attachments told in lists, and taken out of the store."""

from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from sqmy import facts
from sqmy.errors import LedgerError, SqmyError
from sqmy.facts import FactId
from sqmy.ledger import attached, history, reading
from sqmy.ledger.names import Names
from sqmy.ledger.store import Store
from sqmy.register import REFERENCE
from sqmy.reports.evidence import Evidence
from sqmy.reports.explain import Explained, ItemExplained
from sqmy.workspace.desk import Desk
from sqmy.workspace.new_file import new_file
from sqmy.workspace.recording import Recorder
from sqmy.workspace.sentences import sentence

# -- taking out ------------------------------------------------------------------------------


class TakenOut(NamedTuple):
    """A content that was copied out of the store."""

    fact: FactId
    path: Path

    def __str__(self) -> str:
        return f"已取出 F{self.fact}，与登记时的校验码相符：{self.path}"


def take_out(desk: Desk, reference: str, to: Path | None) -> list[TakenOut]:
    """Copy an attachment, `F31`, or those of an item out of the store.

    Args:
        desk: with an open ledger.
        reference: which.
        to: a new file, or a folder in which it gets its own name; None: the current folder.

    Raises:
        SqmyError: there is none, it was erased, or the file cannot stand there.
        LedgerError: the content is missing or was altered.
    """
    found = _referred(desk, reference)
    target = (to or Path()).expanduser()
    if len(found) > 1 and not target.is_dir():
        raise SqmyError(f"{reference} 有 {len(found)} 份附件。--to 请写已有的文件夹。")
    store = attached.store_of(desk.ledger)
    paths = list(_paths(target, [fact.filename or "" for fact in found.values()]))
    return [
        _taken_out(store, seq, fact, path)
        for (seq, fact), path in zip(found.items(), paths, strict=True)
    ]


def _referred(desk: Desk, reference: str) -> dict[FactId, facts.Attachment]:
    """The attachments that a reference means."""
    match = REFERENCE.fullmatch(reference.strip())
    if match:
        seqs = [int(match[1])]
        if reading.kind_at(desk.ledger, seqs[0]) != "attachment":
            of_fact = history.attached_to(desk.ledger, seqs)
            hint = "、".join(f"F{entry.seq}" for entry in of_fact)
            told = f"它的附件是 {hint}。" if hint else "用 sqmy show 编号 查看信息的附件。"
            raise SqmyError(f"{reference} 不是附件的登记号。{told}")
    else:
        item = Recorder(desk).item(reference)
        voided = history.voids(desk.ledger)
        entries = history.attached_to_item(desk.ledger, item)
        seqs = [entry.seq for entry in entries if entry.seq not in voided]
    held = {
        seq: fact
        for seq, fact in sorted(reading.facts_at(desk.ledger, seqs, "attachment").items())
        if isinstance(fact, facts.Attachment) and fact.digest
    }
    if not held:
        why = "已经依法抹除" if match else "没有附件"
        raise SqmyError(f"{reference} {why}，没有可以取出的。")
    return held


def _paths(target: Path, names: Sequence[str]) -> Iterator[Path]:
    """Where each goes; of those with one name, each gets another."""
    if not target.is_dir():
        yield target
        return
    taken: set[str] = set()
    for name in names:
        path, number = target / name, 1
        while path.name.casefold() in taken:
            number += 1
            path = target / f"{Path(name).stem}（{number}）{Path(name).suffix}"
        taken.add(path.name.casefold())
        yield path


def _taken_out(store: Store, seq: FactId, fact: facts.Attachment, path: Path) -> TakenOut:
    digest = fact.digest or ""
    if not store.has(digest, fact.size):
        raise LedgerError(
            f"F{seq} 的文件不见了，或被改动过，没有取出：{store.path(digest)}\n"
            "请用 sqmy verify 检查，从备份取回；手里有原件的，再附一次，就放回原处。"
        )
    with (
        new_file(path, (path.suffix.lower(),), private=True) as copy,
        store.path(digest).open("rb") as held,
    ):
        while piece := held.read(2**20):
            copy.write(piece)
    return TakenOut(seq, path)


# -- telling ---------------------------------------------------------------------------------


class Told(NamedTuple):
    """An attachment in a list.

    Attributes:
        about: the fact that it is the evidence of, in words; "" for the item itself.
        fact: as recorded, without what was erased.
        voided_by: the void that cancelled it.
    """

    seq: FactId
    about: str
    fact: facts.Attachment
    operator: str
    recorded_at: str
    voided_by: FactId | None


def told_of(desk: Desk, entries: Sequence[history.Entry], names: Names) -> tuple[Told, ...]:
    """Attachments as they are told."""
    voids = history.voids(desk.ledger)
    found = reading.facts_at(desk.ledger, [entry.seq for entry in entries], "attachment")
    return tuple(
        Told(
            entry.seq,
            _about(fact.target, names, voids),
            fact,
            entry.operator,
            entry.recorded_at,
            voids.get(entry.seq),
        )
        for entry in entries
        if isinstance(fact := found[entry.seq], facts.Attachment)
    )


def latest(desk: Desk, most: int) -> list[Told]:
    """The latest live attachments that were not erased, so many of them."""
    entries = history.latest_attachments(desk.ledger, most)
    return [one for one in told_of(desk, entries, Names(desk.ledger)) if one.fact.digest]


def of_holder(desk: Desk, told: Explained) -> Explained:
    """A holder's year with the files that are kept of what earned the points."""
    book, key = told.scores.book, told.holder.key
    lines = list(book.lines_of(key))
    for account in told.scores.rulebook.words.accounts:
        lines += book.lines_in(key, account.label)
    own = {one.fact for one in lines} | {one.item for one in lines}
    return told._replace(evidence=_evidence(desk, {fact for fact in own if fact is not None}))


def of_item(desk: Desk, told: ItemExplained) -> ItemExplained:
    """An item's points with the files that are kept of it."""
    own = {told.item, *(entry.seq for entry in history.of_item(desk.ledger, told.item))}
    return told._replace(evidence=_evidence(desk, own))


def _evidence(desk: Desk, targets: Iterable[FactId]) -> tuple[Evidence, ...]:
    """The live attachments of some facts; for the office alone."""
    if desk.audience != "internal":
        return ()
    names = Names(desk.ledger)
    return tuple(
        Evidence(one.seq, one.fact.target, one.about or _item(names, one.fact), one.fact.filename)
        for one in told_of(desk, history.attached_to(desk.ledger, targets), names)
        if not one.voided_by and one.fact.filename is not None
    )


def _item(names: Names, fact: facts.Attachment) -> str:
    return " ".join(names.item(fact.target) or ())


def _about(target: FactId, names: Names, voids: Container[FactId]) -> str:
    kind = reading.kind_at(names.ledger, target)
    if kind == "submission":
        return ""
    told = sentence(reading.fact_at(names.ledger, target, kind), names)
    return f"F{target} {told}" + ("（已撤销）" if target in voids else "")
