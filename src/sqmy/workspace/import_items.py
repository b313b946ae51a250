"""Importing items and what became of them."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

from sqmy import facts
from sqmy.declared import recorded
from sqmy.errors import SqmyError
from sqmy.facts import Fact, FactId
from sqmy.intake.drafts import (
    AdoptionRow,
    Draft,
    FindingRow,
    ForwardingRow,
    InstructionRow,
    MemberRow,
    Place,
    ReviewRow,
    SubmissionRow,
    UnitRow,
)
from sqmy.ledger import reading
from sqmy.ledger.records import Records
from sqmy.terms import KINDS
from sqmy.workspace.comparing import Held, revised, submission_changes
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


def import_submissions(run: Run) -> None:
    """All rows of submissions."""
    rows = [row for row in run.intake.drafts["submission"] if isinstance(row, SubmissionRow)]
    if not rows:
        return
    names = Names(run, reading.register(run.ledger))
    submissions = _Submissions(run, names)
    for row in rows:
        before = run.troubles
        item = submissions.take(row)
        run.tell_item(row.place, item)
        if item is None or run.troubles > before:
            run.spoil("submission", (row.number,))
        run.step()


class _Submissions:
    """The items as they grow, and which row each was told by."""

    def __init__(self, run: Run, names: Names) -> None:
        self.run = run
        self.names = names
        self.items = Items(run, names.register.merged)
        self.rows: dict[FactId, Place] = {}

    def take(self, row: SubmissionRow) -> FactId | None:
        """A row: a new item, a change of one, or what is known; None where it is refused."""
        submission = self._fact(row)
        if submission is None:
            return None
        try:
            item = self.items.meant(row, submission)
        except SqmyError as error:
            self.run.refuse(row.place, "标题", error)
            return None
        if item is None:
            item = self._submit(row, submission)
        else:
            self._compare(row, submission, item)
        if item is not None:
            self.rows.setdefault(item, row.place)
        return item

    def _fact(self, row: SubmissionRow) -> facts.Submission | None:
        """The row as a fact; None once it has been refused, or rests on a row that has been."""
        found: dict[str, tuple[FactId, ...]] = {}
        for heading, look_up in (
            ("作者", partial(self.names.members, row.authors, row.units)),
            ("报送单位", partial(self.names.units, row.units)),
        ):
            try:
                found[heading] = look_up()
            except WithheldError:
                pass
            except SqmyError as error:
                self.run.refuse(row.place, heading, error)
        if len(found) < 2:  # noqa: PLR2004 — authors and units
            return None
        authors, units = found["作者"], found["报送单位"]
        return facts.Submission(
            item=0,
            supersedes=None,
            number=row.number,
            title=row.title,
            submitted_on=row.submitted_on,
            by_unit=not authors if row.by_unit is None else row.by_unit,
            authors=authors,
            units=units or self.names.units_on(authors, row.submitted_on),
            attributes=row.attributes,
            body=row.body,
        )

    def _submit(self, row: SubmissionRow, submission: facts.Submission) -> FactId | None:
        """A new item; None once it has been refused."""
        run = self.run
        item = run.write(row.place, "报送日期", run.records.submit, submission)
        if item is None:
            return None
        if not submission.number:
            submission = submission._replace(number=reading.titles(run.ledger, [item])[item].number)
        self.items.add(item, submission, row.place.table)
        run.tell("submission", row.place, "new", submission.number)
        return item

    def _compare(self, row: SubmissionRow, new: facts.Submission, item: FactId) -> None:
        """Amend an item that the row has otherwise; refuse it where nobody says why."""
        run, other = self.run, self.rows.get(item)
        found = reading.submission(run.ledger, item)
        assert found  # noqa: S101 — the item is live
        fact, old = found
        changes = submission_changes(self.names, row, new, old, fact)
        heading = "编号" if row.number else "标题"
        differing = "、".join(change.heading for change in changes)
        if not changes:
            run.tell("submission", row.place, "same", old.number)
        elif other is not None:
            run.refuse(
                row.place,
                heading,
                f"{heading}「{row.number or row.title}」与 {other.cell(heading)} 重复，"
                f"{differing}不同。是同一条的，请只留一行；是另一条的，请换一个编号。",
            )
        elif run.may_change(
            row.place, heading, f"编号「{old.number}」", changes, "是另一条的，请换一个编号。"
        ):
            revision = revised(old, new, changes, run.decisions.because or "")
            amended = revision._replace(supersedes=fact)
            if run.write(row.place, "报送日期", run.records.amend, amended) is not None:
                run.tell("submission", row.place, "changed", old.number, changes)


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
    if not rows:
        return
    names = Names(run, reading.register(run.ledger))
    items = Items(run, names.register.merged)
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
    if isinstance(row, FindingRow) and not row.number:
        heading, look_up = (
            ("姓名", partial(names.member, row.member))
            if row.member
            else ("单位名称", partial(names.unit, row.unit))
        )
        try:
            who = look_up()
        except WithheldError:
            return
        except SqmyError as error:
            run.refuse(row.place, heading, error)
            return
        for kind in row.kinds:
            fact = facts.Finding(kind, row.found_on, row.grounds, attributes=row.attributes)
            fact = fact._replace(member=who) if row.member else fact._replace(unit=who)
            yield _Told(row, fact, frozenset())
        return
    if isinstance(row, UnitRow | MemberRow | SubmissionRow):
        raise TypeError(row)
    item = items.of_row(row.place, row.number)
    if item is not None:
        silent = frozenset({"form"} if isinstance(row, AdoptionRow) and not row.form else ())
        yield from (_Told(row, fact, silent) for fact in _about_item(row, item))
    elif row.number and not run.may_be_spoiled("submission", row.number):
        run.refuse(
            row.place,
            "编号",
            f"没有编号「{row.number}」的信息。请核对编号，或先在报送表里写上这一条。",
        )


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
