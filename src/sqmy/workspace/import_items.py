"""Importing items and what became of them."""

from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from sqmy import facts
from sqmy.errors import SqmyError
from sqmy.facts import FactId
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
from sqmy.ledger import chain, reading
from sqmy.ledger.records import Records
from sqmy.text import match_key
from sqmy.workspace.import_names import Names
from sqmy.workspace.import_run import Run, WithheldError, different

EVENTS: dict[str, tuple[Callable[[Records, Any], FactId], str]] = {
    "review": (Records.review, "审核日期"),
    "forwarding": (Records.forward, "上报日期"),
    "adoption": (Records.adopt, "采用日期"),
    "instruction": (Records.instruct, "批示日期"),
    "finding": (Records.find, "认定日期"),
}
"""What becomes of an item: the verb, and the heading that a refusal of it is about."""

_ERASED = "\x00"
"""Stands for a content that was erased by law; no text of a sheet can be this."""


class Items:
    """The live items by number; full-width digits make no other number."""

    def __init__(self, run: Run) -> None:
        self.numbered: dict[str, FactId] = dict(
            run.ledger.rows("SELECT number, item FROM live_submission")
        )
        self.folded = {match_key(number): item for number, item in self.numbered.items()}

    def find(self, number: str) -> FactId | None:
        """The item of that number."""
        return self.numbered.get(number) or self.folded.get(match_key(number))

    def add(self, number: str, item: FactId) -> None:
        """A new item."""
        self.numbered[number] = item
        self.folded[match_key(number)] = item


def import_submissions(run: Run) -> None:
    """All rows of submissions."""
    rows = [row for row in run.intake.drafts["submission"] if isinstance(row, SubmissionRow)]
    if not rows:
        return
    names = Names(run, reading.register(run.ledger))
    items = Items(run)
    placed: dict[FactId, Place] = {}
    for row in rows:
        before = run.troubles
        submission = _submission(run, names, row)
        if submission is not None:
            known = items.find(row.number)
            if known is not None:
                _compare(run, names, row, submission, known, placed.get(known))
            elif item := run.write(row.place, "报送日期", run.records.submit, submission):
                items.add(row.number, item)
                placed[item] = row.place
            run.tell("submission", row.place, "new" if known is None else "same", row.number)
        if submission is None or run.troubles > before:
            run.spoil("submission", (row.number,))
        run.step()


def _submission(run: Run, names: Names, row: SubmissionRow) -> facts.Submission | None:
    """The row as a fact; None once it has been refused, or rests on a row that has been."""
    found: dict[str, tuple[FactId, ...]] = {}
    withheld = False
    for heading, look_up in (
        ("作者", partial(names.members, row.authors, row.units)),
        ("报送单位", partial(names.units, row.units)),
    ):
        try:
            found[heading] = look_up()
        except WithheldError:
            withheld = True
        except SqmyError as error:
            run.refuse(row.place, heading, error)
    if withheld or len(found) < 2:  # noqa: PLR2004 — authors and units
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
        units=units or names.units_on(authors, row.submitted_on),
        attributes=row.attributes,
        body=row.body,
    )


def _compare(
    run: Run,
    names: Names,
    row: SubmissionRow,
    new: facts.Submission,
    item: FactId,
    other: Place | None,
) -> None:
    """Refuse a number that is another item's already. What the row leaves blank is no matter.

    Args:
        run: this import.
        names: of the register.
        row: with the number.
        new: what it says.
        item: whose number it is.
        other: the row that this import has the item from; None if the ledger held it.
    """
    found = reading.submission(run.ledger, item)
    assert found  # noqa: S101 — the number is a live item's
    fact, old = found
    merged = names.register.merged
    old = old._replace(authors=tuple(merged.get(author, author) for author in old.authors))
    had, has = _told(old), _told(new)
    if row.units:
        had["报送单位"], has["报送单位"] = old.units, new.units
    if row.body and (old.body is not None or not _is_erased(run, fact)):
        had["正文"], has["正文"] = old.body, row.body
    changed = different(had, has)
    if not changed:
        return
    if other is None:
        taken = f"编号「{row.number}」在台账里已有一条"
        same = f"要改那一条，请用 sqmy amend {row.number}"
    else:
        taken = f"编号「{row.number}」与 {other.cell('编号')} 重复"
        same = "是同一条的，请只留一行"
    message = f"{taken}，{'、'.join(changed)}不同。{same}；是另一条的，请换一个编号。"
    run.refuse(row.place, "编号", message)


def _told(submission: facts.Submission) -> dict[str, object]:
    """What a row says of a submission, by heading."""
    return {
        "标题": submission.title,
        "作者": submission.authors,
        "报送日期": submission.submitted_on,
        "署名": submission.by_unit,
        **dict(submission.attributes),
    }


def _is_erased(run: Run, fact: FactId) -> bool:
    return "body" in reading.secret_fields(run.ledger, fact)


def import_events(run: Run) -> None:
    """All rows of reviews, forwardings, adoptions, instructions and findings.

    Two equal rows of one file are two facts, and the file again adds none: a fact is new only
    if its file has it more often than the ledger.
    """
    rows = {kind: run.intake.drafts[kind] for kind in EVENTS if run.intake.drafts[kind]}
    if not rows:
        return
    names = Names(run, reading.register(run.ledger))
    items = Items(run)
    for kind, drafts in rows.items():
        verb, day_heading = EVENTS[kind]
        held = _held(run, kind, names.register.merged)
        used: Counter[tuple[str, facts.Fact]] = Counter()
        for row in drafts:
            for fact in _facts(run, names, items, row):
                known = next(
                    (one for one in _alike(fact) if used[row.place.source.file, one] < held[one]),
                    None,
                )
                if known is None:
                    run.write(row.place, day_heading, verb, run.records, fact)
                    held[fact] += 1
                used[row.place.source.file, known or fact] += 1
                about = getattr(row, "number", "")
                run.tell(kind, row.place, "new" if known is None else "same", about)
            run.step()


def _facts(run: Run, names: Names, items: Items, row: Draft) -> list[facts.Fact]:
    """The facts in a row; none once it has been refused, or rests on a row that has been."""
    if isinstance(row, FindingRow) and not row.number:
        heading, written, look_up = (
            ("姓名", row.member, names.member) if row.member else ("单位名称", row.unit, names.unit)
        )
        try:
            about = {"member" if row.member else "unit": look_up(written)}
        except WithheldError:
            return []
        except SqmyError as error:
            run.refuse(row.place, heading, error)
            return []
        return [facts.Finding(kind, row.found_on, row.grounds, **about) for kind in row.kinds]
    if isinstance(row, UnitRow | MemberRow | SubmissionRow):
        raise TypeError(row)
    item = items.find(row.number)
    if item is None:
        if not run.may_be_spoiled("submission", row.number):
            run.refuse(
                row.place,
                "编号",
                f"没有编号「{row.number}」的信息。请核对编号，或先在报送表里写上这一条。",
            )
        return []
    return _about_item(row, item)


def _about_item(
    row: ReviewRow | ForwardingRow | AdoptionRow | InstructionRow | FindingRow, item: FactId
) -> list[facts.Fact]:
    match row:
        case ReviewRow(_, _, stage, verdict, day, reviewer, opinion):
            return [facts.Review(item, stage, verdict, day, reviewer, opinion)]
        case ForwardingRow(_, _, channels, day):
            return [facts.Forwarding(item, channel, day) for channel in channels]
        case AdoptionRow(_, _, channels, form, day, journal, issue):
            return [facts.Adoption(item, c, form, day, journal, issue) for c in channels]
        case InstructionRow(_, _, ranks, day, leader, content):
            return [facts.Instruction(item, rank, day, leader, content) for rank in ranks]
        case FindingRow(_, _, _, _, kinds, day, grounds):
            return [facts.Finding(kind, day, grounds, item=item) for kind in kinds]


def _held(run: Run, kind: str, merged: dict[FactId, FactId]) -> Counter[facts.Fact]:
    """How often the ledger holds each fact of the kind."""
    if kind == "instruction":
        return Counter(
            facts.Instruction(item, rank, day, leader, _ERASED if is_erased else content)
            for item, rank, day, leader, content, is_erased in run.ledger.rows(
                "SELECT item, rank, instructed_on, leader, s.value,"
                " s.fact IS NOT NULL AND s.value IS NULL FROM live_instruction i"
                " LEFT JOIN secret s ON s.fact = i.fact AND s.field = 'content'"
            )
        )
    columns = reading.quoted(chain.columns_of(kind))
    rows = run.ledger.rows(f"SELECT {columns} FROM live_{kind}")  # noqa: S608 — our own names
    held: list[Any] = [facts.KINDS[kind](*row) for row in rows]
    if kind == "finding":
        held = [fact._replace(member=merged.get(fact.member, fact.member)) for fact in held]
    return Counter(held)


def _alike(fact: facts.Fact) -> Iterator[facts.Fact]:
    """What in the ledger is the same fact."""
    yield fact
    if isinstance(fact, facts.Instruction) and fact.content is not None:
        yield fact._replace(content=_ERASED)
