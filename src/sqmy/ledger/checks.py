"""What must hold before a fact is recorded; each raises `SqmyError` where it does not.

Callers look names up before they write, and others may write in between: what a fact refers to
is checked again here, inside the transaction.
"""

from collections.abc import Iterable

from sqmy import facts, terms
from sqmy.days import Day
from sqmy.errors import SqmyError
from sqmy.facts import FactId
from sqmy.ledger import reading
from sqmy.ledger.database import Ledger
from sqmy.register import BATCH, REFERENCE

NO_EVIDENCE = frozenset({"void", "erasure", "attachment"})
"""Kinds of facts that no file is attached to."""


def in_order(since: Day | None, until: Day | None) -> None:
    """An appointment does not end before it begins."""
    if since and until and until < since:
        raise SqmyError(f"任职结束 {until} 早于任职开始 {since}。请核对日期。")


def is_signed(submission: facts.Submission) -> None:
    """A submission has a title, units, and authors unless the unit signed."""
    if not submission.title:
        raise SqmyError("标题不能为空。")
    if not submission.units:
        raise SqmyError("既没有作者也没有报送单位。请用 --author 或 --unit 写明。")
    if not submission.authors and not submission.by_unit:
        raise SqmyError("署名为个人而没有作者。请写明作者，或署名为单位。")


def are_live(ledger: Ledger, kind: str, wanted: Iterable[FactId | None]) -> None:
    """What a fact refers to is there and not voided; None refers to nothing."""
    for fact in wanted:
        if fact is not None and not ledger.row(
            f"SELECT 1 FROM live_{kind} WHERE fact = :fact", {"fact": fact}
        ):
            raise SqmyError(
                f"{terms.KINDS[kind]} F{fact} 已撤销或不存在，没有写入。请重新查对后再录。"
            )


def is_live_fact(ledger: Ledger, fact: FactId) -> None:
    """A fact of whatever kind is there and not voided."""
    if not ledger.row(
        "SELECT 1 FROM chain WHERE seq = :fact AND seq NOT IN (SELECT target FROM void)",
        {"fact": fact},
    ):
        raise SqmyError(f"F{fact} 已撤销或不存在，没有写入。请用 sqmy log 核对登记号。")


def is_attachable(ledger: Ledger, fact: FactId) -> None:
    """A live fact of a kind that can have evidence; of an item, its identity."""
    is_live_fact(ledger, fact)
    kind = reading.kind_at(ledger, fact)
    if kind in NO_EVIDENCE:
        raise SqmyError(f"F{fact} 是{terms.KINDS[kind]}的登记，不能附文件。")


def is_live_item(ledger: Ledger, item: FactId | None) -> None:
    """An item that a fact refers to is live; None refers to nothing."""
    sql = "SELECT 1 FROM live_submission WHERE item = :item"
    if item is not None and not ledger.row(sql, {"item": item}):
        raise SqmyError(f"信息 F{item} 已撤销或不存在，没有写入。请重新查对后再录。")


def is_running(ledger: Ledger, appointment: FactId) -> None:
    """An appointment has no last day yet."""
    are_live(ledger, "appointment", (appointment,))
    row = ledger.row(
        "SELECT coalesce(a.until, d.until) FROM appointment a"
        " LEFT JOIN live_departure d ON d.appointment = a.fact WHERE a.fact = :fact",
        {"fact": appointment},
    )
    if row and row[0]:
        raise SqmyError(
            f"这项任职（F{appointment}）已登记到 {row[0]}。有误的请先撤销那一项，再重新登记。"
        )


def are_apart(ledger: Ledger, member: FactId, into: FactId) -> None:
    """Two live entries of the register, neither of which is counted as another."""
    if member == into:
        raise SqmyError("同一个人不能与自己合并。")
    are_live(ledger, "member", (member, into))
    for entry in (member, into):
        row = ledger.row(
            'SELECT fact, "into" FROM live_merger WHERE member = :member', {"member": entry}
        )
        if row:
            raise SqmyError(f"人员 F{entry} 已并入 F{row[1]}（F{row[0]}），没有写入。")


def is_current(ledger: Ledger, revision: facts.Submission) -> None:
    """A revision takes the place of the one in force, and keeps the item's number."""
    row = ledger.row(
        "SELECT fact, number FROM live_submission WHERE item = :item", {"item": revision.item}
    )
    if row is None:
        raise SqmyError("这一条已撤销或不存在，不能更正。")
    if row[0] != revision.supersedes:
        raise SqmyError(f"{row[1]} 刚被更正过（F{row[0]}），没有写入。请查看后再更正。")
    if row[1] != revision.number:
        raise SqmyError(f"编号 {row[1]} 不能更改。要换编号，请撤销后重新录入。")


def nothing_before(ledger: Ledger, item: FactId, day: Day) -> None:
    """Nothing became of an item before the day on which it was submitted."""
    for kind, day_field in facts.DAY_OF.items():
        if kind == "submission":
            continue
        row = ledger.row(
            f"SELECT min({day_field}) FROM live_{kind} WHERE item = :item", {"item": item}
        )
        if row and row[0] and row[0] < day:
            raise SqmyError(
                f"报送日期 {day} 晚于已记录的{terms.KINDS[kind]}（{row[0]}）。请核对日期。"
            )


def are_voidable(ledger: Ledger, targets: Iterable[FactId]) -> None:
    """Facts that are there, not voided yet, and of a kind that can be."""
    for target in targets:
        kind = reading.kind_at(ledger, target)
        if not kind:
            raise SqmyError(f"台账里没有 F{target}，没有撤销。")
        if kind in facts.FINAL:
            raise SqmyError(f"F{target} 是{terms.KINDS[kind]}的登记，不能撤销。")
        if ledger.row("SELECT 1 FROM void WHERE target = :target", {"target": target}):
            raise SqmyError(f"F{target} 已经撤销，不必再撤。")


def still_in_order(ledger: Ledger, voided: Iterable[FactId]) -> None:
    """A revision that is in force again after a void is not later than what became of the item."""
    for fact in voided:
        row = ledger.row(
            "SELECT l.item, l.submitted_on FROM submission s"
            " JOIN live_submission l ON l.item = s.item WHERE s.fact = :fact",
            {"fact": fact},
        )
        if row:
            nothing_before(ledger, *row)


def is_erasable(ledger: Ledger, target: FactId) -> None:
    """A fact has confidential values that were not erased."""
    if not ledger.row(
        "SELECT 1 FROM secret WHERE fact = :fact AND value IS NOT NULL", {"fact": target}
    ):
        raise SqmyError(f"F{target} 没有可以抹除的内容，没有写入。")


def is_no_reference(given: str, what: str) -> None:
    """Refuse a name that would be taken for a fact or a batch."""
    if REFERENCE.fullmatch(given) or BATCH.fullmatch(given):
        raise SqmyError(f"{what}不能是「{given}」：F 或 B 加数字是台账的登记号和批号。请换一个。")
