"""Importing what became of items, and findings."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from sqmy import facts
from sqmy.declared import recorded
from sqmy.errors import SqmyError
from sqmy.facts import Fact, FactId
from sqmy.intake.drafts import (
    KIND_OF,
    AdoptionRow,
    Draft,
    FindingRow,
    ForwardingRow,
    InstructionRow,
    MemberRow,
    ReviewRow,
    SubmissionRow,
    UnitRow,
)
from sqmy.ledger import reading
from sqmy.ledger.records import Records
from sqmy.terms import KINDS
from sqmy.workspace.comparing import Held
from sqmy.workspace.import_names import Names
from sqmy.workspace.import_run import Run, WithheldError
from sqmy.workspace.matching import Items

EVENTS: dict[str, tuple[Callable[[Records, Any], FactId], str]] = {
    "review": (Records.review, "审核日期"),
    "forwarding": (Records.forward, "上报日期"),
    "adoption": (Records.adopt, "采用日期"),
    "instruction": (Records.instruct, "批示日期"),
    "finding": (Records.find, "认定日期"),
}
"""What becomes of an item: the verb, and the heading that a refusal of it is about."""


class _Told(NamedTuple):
    """A fact that a row tells, with the fields about which the row says nothing."""

    row: Draft
    fact: Fact
    silent: frozenset[str]


def import_events(run: Run) -> None:
    """All rows of reviews, forwardings, adoptions, instructions and findings.

    Two equal rows of one table are two facts, and the table again adds none: a fact is new only
    if its table has it more often than the ledger.
    """
    rows = {kind: run.intake.drafts[kind] for kind in EVENTS if run.intake.drafts[kind]}
    partly = [row for kind in EVENTS for row in run.intake.partly[kind]]
    if not rows and not partly:
        return
    names = Names(run, reading.register(run.ledger))
    items = Items(run, names.register.merged)
    for row in partly:
        named = isinstance(row, FindingRow) or _about(row)
        _check_day(run, row, _subject(run, names, items, row) if named else None)
    for kind, drafts in rows.items():
        held = Held(run.ledger, kind, names.register.merged)
        told = [one for row in drafts for one in _facts(run, names, items, row)]
        # a row claims what is just it before another one may be taken for a change of that
        same = {
            place for place, one in enumerate(told) if held.claim(one.fact, one.row.place.table)
        }
        for place, one in enumerate(told):
            if place in same or held.claim(one.fact, one.row.place.table):
                run.tell(kind, one.row.place, "same", _about(one.row))
            else:
                _record(run, kind, held, one)
            run.step()


def _record(run: Run, kind: str, held: Held, told: _Told) -> None:
    """A fact that claims none of the ledger: new, a change of one, or the same told shorter."""
    verb, day_heading = EVENTS[kind]
    row, table = told.row, told.row.place.table
    entry, value, changes, remark = held.compare(told.fact, table, told.silent)
    if entry is not None:
        if not changes:
            run.tell(kind, row.place, "same", _about(row))
            return
        if run.is_new(entry.fact):
            said = "；".join(map(str, changes))
            why = f"这项{KINDS[kind]}在同时导入的另一张表里写得不同：{said}。请改成一样。"
            run.refuse(row.place, day_heading, why)
            return
        what, otherwise = f"这项{KINDS[kind]}（F{entry.fact}）", "另有一次的，请把几次都写在表里。"
        if not run.may_change(row.place, day_heading, what, changes, otherwise):
            return
        run.record(run.records.void, (entry.fact,), run.decisions.because or "")
    fact = run.write(row.place, day_heading, verb, run.records, value)
    if fact is None:
        return
    if entry is None:
        held.add(fact, value, table)
    else:
        entry.fact, entry.value = fact, value
    run.tell(kind, row.place, "changed" if entry else "new", _about(row), changes, remark)


def _about(row: Draft) -> str:
    """What a row is about, as the clerk knows it."""
    if isinstance(row, FindingRow):
        return row.number or row.member or row.unit
    number: str = getattr(row, "number", "")
    return number


def _facts(run: Run, names: Names, items: Items, row: Draft) -> Iterator[_Told]:
    """The facts in a row; none once it has been refused, or rests on a row that has been."""
    subject = _subject(run, names, items, row)
    if subject is None:
        _check_day(run, row, None)
    elif isinstance(row, FindingRow) and not row.number:
        for kind in row.kinds:
            fact = facts.Finding(kind, row.found_on, row.grounds, attributes=row.attributes)
            fact = fact._replace(member=subject) if row.member else fact._replace(unit=subject)
            yield _Told(row, fact, frozenset())
    elif isinstance(row, UnitRow | MemberRow | SubmissionRow):
        raise TypeError(row)
    else:
        silent = frozenset({"form"} if isinstance(row, AdoptionRow) and not row.form else ())
        yield from (_Told(row, fact, silent) for fact in _about_item(row, subject))


def _subject(run: Run, names: Names, items: Items, row: Draft) -> FactId | None:
    """The item, the member or the unit of a row; None once it was refused, or is withheld."""
    if isinstance(row, FindingRow) and not row.number:
        heading = "姓名" if row.member else "单位名称"
        try:
            if row.member:
                return names.member(row.member)
            return names.unit(row.unit) if row.unit else None
        except WithheldError:
            return None
        except SqmyError as error:
            run.refuse(row.place, heading, error)
            return None
    number = _about(row)
    item = items.of_row(row.place, number)
    if item is None and number and not run.may_be_spoiled("submission", number):
        near = items.alike(number)
        advice = (
            f"有「{near}」，只是写法不同，是它就请写成一样；不是的，请先在报送表里写上这一条。"
            if near
            else "请核对编号，或先在报送表里写上这一条。"
        )
        run.refuse(row.place, "编号", f"没有编号「{number}」的信息。{advice}")
    return item


def _check_day(run: Run, row: Draft, subject: FactId | None) -> None:
    """Tell what is wrong with the day of a row that is refused for something else."""
    kind = KIND_OF[type(row)]
    of_holder = isinstance(row, FindingRow) and not row.number
    day = getattr(row, facts.DAY_OF[kind])
    run.check_day(row.place, EVENTS[kind][1], day, None if of_holder else subject)


def _about_item(
    row: ReviewRow | ForwardingRow | AdoptionRow | InstructionRow | FindingRow, item: FactId
) -> list[Fact]:
    match row:
        case ReviewRow(_, _, stage, verdict, day, reviewer, opinion):
            return [facts.Review(item, stage, verdict, day, reviewer, opinion)]
        case ForwardingRow(_, _, channels, day):
            return [facts.Forwarding(item, channel, day) for channel in channels]
        case AdoptionRow(_, _, channels, written, day, journal, issue, own):
            form, more = recorded(written)
            own = tuple(sorted((*own, *more)))
            return [facts.Adoption(item, c, form, day, journal, issue, own) for c in channels]
        case InstructionRow(_, _, ranks, day, leader, content, own):
            return [facts.Instruction(item, rank, day, leader, content, own) for rank in ranks]
        case FindingRow(_, _, _, _, kinds, day, grounds, own):
            return [facts.Finding(kind, day, grounds, item=item, attributes=own) for kind in kinds]
