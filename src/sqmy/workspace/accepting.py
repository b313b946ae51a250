"""Comparing a channel's list with the ledger, and recording what is agreed on."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from sqmy import facts, terms
from sqmy.days import Day
from sqmy.declared import recorded
from sqmy.errors import Problem, ProblemsError, SqmyError
from sqmy.facts import FactId
from sqmy.intake import notices
from sqmy.intake.notices import Notice
from sqmy.intake.settled import NOTHING, Settled
from sqmy.ledger import reading
from sqmy.ledger.records import Records
from sqmy.register import find_label
from sqmy.text import match_key
from sqmy.workspace.answers import Answers
from sqmy.workspace.desk import Desk
from sqmy.workspace.late import late_since
from sqmy.workspace.reconciled import Outcome
from sqmy.workspace.reconciling import Kind, Pair, Reconciliation, scope_of

ACCEPTED: Final[frozenset[Kind]] = frozenset({"not_recorded", "differs"})
"""Differences in which the list can be followed without a question left open."""


def compare(
    desk: Desk,
    path: Path,
    channel: str,
    answers: Answers,
    settled: Settled = NOTHING,
    *,
    unit: str | None = None,
    first: Day | None = None,
    last: Day | None = None,
) -> Outcome:
    """A list beside the ledger.

    Args:
        desk: with the ledger.
        path: of the list.
        channel: whose it is.
        answers: which items are meant, as far as somebody has said.
        settled: what was answered beforehand where sheets leave it open.
        unit: only rows that name this among their units.
        first: from which day on; None for the earliest of the list.
        last: up to which day; None for the latest.

    Raises:
        SqmyError: the list cannot be read, no row is of that unit, or no days are known.
    """
    label = find_label("渠道", desk.vocabulary.channels, channel)
    notice = notices.read(path, desk.vocabulary, label, settled)
    if unit:
        wanted = match_key(unit)
        rows = tuple(row for row in notice.rows if wanted in match_key(row.units))
        if not rows:
            raise SqmyError(f"清单里没有单位写着「{unit}」的行。请核对写法，或去掉 --unit。")
        told = f"清单共 {len(notice.rows)} 行，单位写着「{unit}」的 {len(rows)} 行"
        notice = notice._replace(rows=rows, notes=(*notice.notes, f"{told}。"))
    notice = _within(notice, first, last)
    scope = scope_of(notice, label, first, last)
    work = Reconciliation(desk, notice, scope, answers)
    pairs = tuple(work.pairs())
    return Outcome(notice.file, scope, pairs, notes=notice.notes, recognised=tuple(work.recognised))


def _within(notice: Notice, first: Day | None, last: Day | None) -> Notice:
    """The list without the adoptions that it dates outside the days given."""
    rows, left = [], 0
    for row in notice.rows:
        claims = tuple(
            claim
            for claim in row.claims
            if not claim.day or (first or "") <= claim.day <= (last or claim.day)
        )
        left += len(row.claims) - len(claims)
        if claims:
            rows.append(row._replace(claims=claims))
    told = (f"清单里 {left} 项的采用日期在起止以外，没有核对。",) if left else ()
    return notice._replace(rows=tuple(rows), notes=(*notice.notes, *told))


def accept(
    desk: Desk,
    outcome: Outcome,
    pairs: Sequence[Pair],
    reason: str,
    undated_on: Day | None,
    *,
    future: bool,
) -> Outcome:
    """Record what the list has otherwise, as one batch: what was lacking, and what differs anew.

    Args:
        desk: with the ledger.
        outcome: of the comparison.
        pairs: those of its differences to be recorded, of the kinds in `ACCEPTED`.
        reason: why the ledger's own are voided.
        undated_on: the day of adoptions for which the list tells none.
        future: allow days after today.

    Raises:
        ProblemsError: one of them cannot be recorded; then none is.
    """
    problems: list[Problem] = []
    recorded: list[tuple[Pair, FactId]] = []
    known = set(reading.recognitions(desk.ledger))
    titles = [told for told in dict.fromkeys(outcome.recognised) if told not in known]
    if not pairs and not titles:
        return outcome
    with desk.ledger.writing():
        head, _ = desk.anchor
        records = Records(desk.ledger, desk.operator, future=future)
        batch = records.begin_batch(outcome.file)
        for told in titles:
            records.recognise(told)
        for pair in pairs:
            try:
                recorded.append((pair, _record(records, pair, reason, undated_on)))
            except SqmyError as error:
                problems.append(Problem(pair.cell, str(error)))
        if problems:
            raise ProblemsError(f"有 {len(problems)} 项不能登记，什么也没有写入：", problems)
        notes = (*outcome.notes, *late_since(desk, head))
    return outcome._replace(accepted=tuple(recorded), batch=batch, notes=notes)


def _record(records: Records, pair: Pair, reason: str, undated_on: Day | None) -> FactId:
    assert pair.claim and pair.item  # noqa: S101, PT018 — of these kinds they have both
    claim, ours = pair.claim, pair.ours
    if ours is None:
        day = claim.day or undated_on
        if not day:
            raise SqmyError("通知没有写采用日期。请加 --undated-on 日期。")
        form, own = recorded(claim.form)
        adoption = facts.Adoption(
            pair.item.item, claim.channel, form, day, claim.journal, claim.issue, own
        )
        return records.adopt(adoption)
    old = ours.adoption
    if claim.form:
        form, own = recorded(claim.form)
        others = [one for one in old.attributes if one[0] != terms.OWN_FORM]
        old = old._replace(form=form, attributes=tuple(sorted((*others, *own))))
    records.void((ours.fact,), reason)
    return records.adopt(
        old._replace(
            adopted_on=claim.day or old.adopted_on,
            journal=claim.journal or old.journal,
            issue=claim.issue or old.issue,
        )
    )
