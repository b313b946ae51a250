"""Voiding: a fact, a whole batch or a whole item, never leaving anything in the air."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqmy import facts, text
from sqmy.days import Day
from sqmy.errors import SqmyError
from sqmy.facts import FactId
from sqmy.ledger import history, reading
from sqmy.ledger.records import Records
from sqmy.ledger.reliance import RestingError, live, live_revisions
from sqmy.register import BATCH, REFERENCE
from sqmy.workspace.desk import Desk
from sqmy.workspace.effects import Effect, effect_of, sealed_on
from sqmy.workspace.late import late_since
from sqmy.workspace.recording import RECORD
from sqmy.workspace.sentences import sentence_at


class Voided(NamedTuple):
    """What was voided.

    Attributes:
        facts: each fact with its sentence.
        voids: the references of the voids, in the same order.
        effect: what it means for points where all concerns one item, in words; else for sealed
            results.
        restored: what the batch itself had voided, to put something else in its place: each with
            its sentence and the reference under which it is recorded anew.
    """

    facts: tuple[tuple[FactId, str], ...]
    voids: tuple[FactId, ...]
    effect: str
    restored: tuple[tuple[FactId, str, FactId], ...] = ()


def void(desk: Desk, reference: str, reason: str, *, with_dependents: bool) -> Voided:
    """Void what a reference names: `F12`, `B7` or an item's number.

    Raises:
        SqmyError: it is unknown, already voided, a void itself, or other live facts rest on it
            and `with_dependents` is not given.
    """
    with desk.ledger.writing():
        targets = _targets(desk, reference)
        item = _only_item(desk, targets)
        before = _brings(desk, item)
        head, _ = desk.anchor
        records = Records(desk.ledger, desk.operator, future=True)
        try:
            voids = records.void(targets, reason, with_dependents=with_dependents)
        except RestingError as error:
            told = "\n".join(f"  F{seq}：{words}" for seq, words in _told(desk, error.facts))
            raise SqmyError(
                f"{reference} 之上还有 {len(error.facts)} 项事实，没有撤销：\n{told}\n"
                "请先逐项撤销，或加 --with-dependents 一并撤销。"
            ) from None
        restored = tuple(_restored(desk, records, reference, set(voids)))
        if _only_item(desk, voids) != item:
            item, before = None, Effect.nothing()
        after = _brings(desk, item)._replace(sealed=sealed_on(desk, _days(desk, voids)))
        effect = after.since(before, "得分不变。" if item else "")
        words = effect.words() if item else "".join(late_since(desk, head))
        return Voided(_told(desk, voids), tuple(voids.values()), words, restored)


def _restored(
    desk: Desk, records: Records, reference: str, voided: set[FactId]
) -> Iterator[tuple[FactId, str, FactId]]:
    """Record anew what a batch had voided of others; a void itself cannot be voided.

    An import that corrects an adoption voids it and records another one right behind: where that
    one is voided now, the first holds again. What is about an item that is no more stays void.
    """
    match = BATCH.fullmatch(reference.strip())
    entries = history.of_batch(desk.ledger, int(match[1])) if match else []
    for entry in entries:
        if entry.kind != "void" or entry.seq + 1 not in voided:
            continue
        void_fact = reading.fact_at(desk.ledger, entry.seq, "void")
        target = void_fact.target if isinstance(void_fact, facts.Void) else 0
        fact = reading.fact_at(desk.ledger, target, reading.kind_at(desk.ledger, target))
        verb = RECORD.get(type(fact))
        about = getattr(fact, "item", None)
        if verb and (about is None or reading.submission(desk.ledger, about)):
            yield target, sentence_at(desk.ledger, target), verb(records, fact)


def _only_item(desk: Desk, seqs: Iterable[FactId]) -> FactId | None:
    """The item that all these facts are about; None where there is no such item."""
    found = (reading.fact_at(desk.ledger, seq, reading.kind_at(desk.ledger, seq)) for seq in seqs)
    items = {getattr(fact, "item", None) for fact in found}
    return items.pop() if len(items) == 1 else None


def _days(desk: Desk, seqs: Iterable[FactId]) -> Iterator[Day]:
    """The days of these facts, those that have one."""
    for seq in seqs:
        kind = reading.kind_at(desk.ledger, seq)
        if kind in facts.DAY_OF:
            yield getattr(reading.fact_at(desk.ledger, seq, kind), facts.DAY_OF[kind])


def _brings(desk: Desk, item: FactId | None) -> Effect:
    """What an item brings in every year in which something ever happened to it."""
    if item is None:
        return Effect.nothing()
    entries = history.of_item(desk.ledger, item)
    return effect_of(desk, item, *_days(desk, (entry.seq for entry in entries)))


def _told(desk: Desk, seqs: Iterable[FactId]) -> tuple[tuple[FactId, str], ...]:
    return tuple((seq, sentence_at(desk.ledger, seq)) for seq in seqs)


def _targets(desk: Desk, reference: str) -> set[FactId]:
    reference = reference.strip()
    if match := REFERENCE.fullmatch(reference):
        return {_one(desk, int(match[1]))}
    if match := BATCH.fullmatch(reference):
        entries = history.of_batch(desk.ledger, int(match[1]))
        batch = {entry.seq for entry in entries if entry.kind != "void"}
        if not batch:
            raise SqmyError(f"没有 {reference} 这一批导入。用 sqmy log 查看。")
        targets = live(desk.ledger, batch)
        if not targets:
            raise SqmyError(f"{reference} 这一批已经全部撤销。")
        return targets
    item = reading.item_numbered(desk.ledger, text.name(reference))
    if item is None:
        raise SqmyError(
            f"没有「{reference}」：它不是登记号（F12）、导入批号（B3），也不是在册信息的编号。"
        )
    return live_revisions(desk.ledger, item)


def _one(desk: Desk, seq: FactId) -> FactId:
    kind = reading.kind_at(desk.ledger, seq)
    if not kind:
        raise SqmyError(f"台账里没有 F{seq}。用 sqmy log 查看全部登记。")
    voided = history.voids(desk.ledger).get(seq)
    if voided:
        raise SqmyError(f"F{seq} 已由 F{voided} 撤销，不必再撤。")
    advice = {
        "void": "撤销不能再撤销。要恢复，请重新登记那项事实。",
        "batch": "它是一批导入的登记。要撤销整批，请写批号，如 sqmy void B3。",
        "edition": "计分办法不能撤销。要换，请另行采用新的版本。",
        "erasure": "抹除不能撤销。",
        "seal": "封存不能撤销。结果有变的，先用 sqmy correct 发更正通报，再封存一次。",
    }.get(kind)
    if advice:
        raise SqmyError(f"F{seq} 不能撤销：{advice}")
    return seq
