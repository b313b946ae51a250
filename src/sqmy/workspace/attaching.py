"""Attaching files to items and facts.

A file is copied into the store before anything is recorded, and gets its name there before the
transaction that records the facts is committed: no fact points to a content that is not there, and
a content that no fact came of, because somebody was killed in between, does no harm and is used
when the file comes again.
"""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from sqmy import days, facts
from sqmy.errors import SqmyError
from sqmy.facts import FactId
from sqmy.ledger import attached, checks, history, reading
from sqmy.ledger.names import Names
from sqmy.ledger.records import Records
from sqmy.register import REFERENCE
from sqmy.workspace.attachable import look_at
from sqmy.workspace.desk import Desk
from sqmy.workspace.recording import Receipt, Recorder
from sqmy.workspace.sentences import sentence
from sqmy.workspace.words import optional


class Attached(NamedTuple):
    """What became of the files.

    Attributes:
        receipts: of the attachments that were recorded.
        put_back: attachments recorded before whose content had been missing or altered.
    """

    receipts: tuple[Receipt, ...]
    put_back: tuple[FactId, ...]


def attach(
    desk: Desk, target: str, files: Sequence[Path], on: str | None = None, note: str | None = None
) -> Attached:
    """Attach files to an item, by its number, or to a fact, `F12`: all of them or none.

    Args:
        desk: with an open ledger.
        target: what they are the evidence of.
        files: where they are.
        on: the day that stands on them.
        note: what they show.

    Raises:
        SqmyError: a file is no good, the target is unknown or voided, or has the same already.
    """
    ledger = desk.ledger
    store = attached.store_of(ledger)
    day = days.read_day(on) if on else None
    told = optional(note, "说明")
    papers = {paper.digest: paper for paper in map(look_at, files)}
    with ExitStack() as copies:
        drafts: dict[str, Path] = {}
        if not ledger.rehearsing:
            attached.finish(ledger)
            for digest, paper in papers.items():  # others may go on recording meanwhile
                drafts[digest] = copies.enter_context(store.drafted(paper.path, digest))
        with ledger.writing():
            about = target_of(desk, target)
            had = _had(desk, about)
            lacking = {d for d, paper in papers.items() if not store.has(d, paper.size)}
            _refuse_known(
                target, [had[digest] for digest in had if digest in papers.keys() - lacking]
            )
            records = Records(ledger, desk.operator)
            made = [
                facts.Attachment(about, paper.size, day, paper.name, digest, told)
                for digest, paper in papers.items()
                if digest not in had
            ]
            recorded = [records.attach(one) for one in made]
            for digest in lacking & drafts.keys():
                store.settle(drafts[digest], digest)
    names = Names(ledger)
    receipts = [Receipt(seq, sentence(one, names)) for seq, one in zip(recorded, made, strict=True)]
    return Attached(tuple(receipts), tuple(had[digest] for digest in papers if digest in had))


def _had(desk: Desk, target: FactId) -> dict[str, FactId]:
    """The live attachments of a fact, by the hashes of their contents."""
    voided = history.voids(desk.ledger)
    own = [e.seq for e in history.attached_to(desk.ledger, [target]) if e.seq not in voided]
    return {
        fact.digest: seq
        for seq, fact in reading.facts_at(desk.ledger, own, "attachment").items()
        if isinstance(fact, facts.Attachment) and fact.digest
    }


def _refuse_known(target: str, known: Sequence[FactId]) -> None:
    if known:
        listed = "、".join(f"F{fact}" for fact in known)
        raise SqmyError(f"「{target}」已经附有同样的文件（{listed}），没有写入。请去掉重复的。")


def target_of(desk: Desk, given: str) -> FactId:
    """The fact that a reference or an item's number names; of an item its identity.

    Raises:
        SqmyError: there is none, it is voided, or of a kind that has no evidence.
    """
    match = REFERENCE.fullmatch(given.strip())
    if not match:
        return Recorder(desk).item(given)
    seq = int(match[1])
    checks.is_attachable(desk.ledger, seq)
    kind = reading.kind_at(desk.ledger, seq)
    if kind == "submission":
        fact = reading.fact_at(desk.ledger, seq, kind)
        assert isinstance(fact, facts.Submission)  # noqa: S101 — by its kind
        return fact.item
    return seq
