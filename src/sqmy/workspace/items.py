"""Reading items: one item's whole life, lists by filters, search, and the log."""

from collections.abc import Iterable
from typing import NamedTuple

from sqmy import facts, terms, text
from sqmy.days import Day
from sqmy.declared import form_told
from sqmy.errors import SqmyError
from sqmy.facts import FactId
from sqmy.ledger import history, reading
from sqmy.ledger.names import Names
from sqmy.register import BATCH, REFERENCE, find_label
from sqmy.workspace import attachments
from sqmy.workspace.desk import Desk
from sqmy.workspace.sentences import sentence


class Recorded(NamedTuple):
    """A fact with the circumstances of its recording.

    Attributes:
        day: when it happened; None for facts without a day of their own.
        voided_by: the void that cancelled it.
        details: its words as recorded: the channel, the form, the rank, the verdict …
    """

    fact: FactId
    kind: str
    day: Day | None
    sentence: str
    recorded_at: str
    operator: str
    batch: int | None
    voided_by: FactId | None
    details: dict[str, str]


class Row(NamedTuple):
    """An item in a list.

    Attributes:
        adopted: the channel and the form of each adoption, in words, by day.
        instructed: the rank of each instruction, by day.
    """

    number: str
    title: str
    authors: tuple[str, ...]
    units: tuple[str, ...]
    submitted_on: Day
    by_unit: bool
    adopted: tuple[tuple[str, str], ...]
    instructed: tuple[str, ...]


class Life(NamedTuple):
    """An item's whole life.

    Attributes:
        revision: the revision in force; None when the item is voided.
        facts: all that was ever recorded about it, by day and then by recording.
        attachments: of it and of these facts, voided ones too, in the order of recording.
    """

    item: FactId
    number: str
    revision: facts.Submission | None
    authors: tuple[str, ...]
    units: tuple[str, ...]
    facts: tuple[Recorded, ...]
    attachments: tuple[attachments.Told, ...]


def recorded(desk: Desk, entries: Iterable[history.Entry], names: Names) -> list[Recorded]:
    """Chain entries as sentences."""
    voids = history.voids(desk.ledger)
    found = []
    for seq, kind, recorded_at, operator, batch in entries:
        fact = reading.fact_at(desk.ledger, seq, kind)
        day = getattr(fact, facts.DAY_OF[kind]) if kind in facts.DAY_OF else None
        words = sentence(fact, names)
        found.append(
            Recorded(
                seq,
                kind,
                day,
                words,
                recorded_at,
                operator,
                batch,
                voids.get(seq),
                _details(fact),
            )
        )
    return found


def _details(fact: facts.Fact) -> dict[str, str]:
    """The fact's own words by field, without days, confidential texts and rulebooks."""
    if isinstance(fact, facts.Edition):
        return {"name": fact.name, "edition": fact.edition}
    said = {
        field: value
        for field, value in zip(fact._fields, fact, strict=True)
        if isinstance(value, str) and field not in facts.SECRETS and not field.endswith("_on")
    }
    if isinstance(fact, facts.Attachment) and fact.filename:
        said["filename"] = fact.filename
    if isinstance(fact, facts.Adoption):
        said["form"] = form_told(fact)
    if isinstance(fact, facts.Review):
        said["verdict"] = terms.VERDICTS[fact.verdict]
    return said


def log(desk: Desk, *, last: int | None = None, reference: str | None = None) -> list[Recorded]:
    """What was recorded, in order; the last so many, or one fact or batch.

    Raises:
        SqmyError: the reference is not one, or names nothing.
    """
    if reference is None:
        entries = history.latest(desk.ledger, last)
    elif match := BATCH.fullmatch(reference.strip()):
        entries = history.of_batch(desk.ledger, int(match[1]))
    elif match := REFERENCE.fullmatch(reference.strip()):
        entries = history.of_fact(desk.ledger, int(match[1]))
    else:
        raise SqmyError(f"「{reference}」不是登记号。请写 F12（一项事实）或 B3（一批导入）。")
    if not entries and reference is not None:
        raise SqmyError(f"台账里没有 {reference}。用 sqmy log 查看全部登记。")
    return recorded(desk, entries, Names(desk.ledger))


def life(desk: Desk, number: str) -> Life:
    """An item's life by its number; a voided item is found too, the latest of that number.

    Raises:
        SqmyError: no item ever had the number.
    """
    item = reading.item_ever_numbered(desk.ledger, text.name(number, "编号"))
    if item is None:
        raise SqmyError(f"没有编号「{number}」的信息。用 sqmy list 或 sqmy search 查找编号。")
    found = reading.submission(desk.ledger, item)
    revision = found[1] if found else None
    names = Names(desk.ledger, within=item)
    told = recorded(desk, history.of_item(desk.ledger, item), names)
    return Life(
        item,
        number,
        revision,
        tuple(map(names.member, revision.authors)) if revision else (),
        tuple(map(names.unit, revision.units)) if revision else (),
        tuple(sorted(told, key=_by_day)),
        attachments.told_of(desk, history.attached_to_item(desk.ledger, item), names),
    )


def _by_day(entry: Recorded) -> tuple[bool, Day, FactId]:
    """By day and then by recording; the revisions of the item itself go before all else."""
    revision = entry.kind == "submission"
    return not revision, "" if revision else entry.day or "", entry.fact


class Filters(NamedTuple):
    """Which items a list holds; None is no condition.

    Attributes:
        year: submitted in that calendar year.
        adopted: adopted by any channel, or not.
        text: stands in the title or in the text.
    """

    unit: str | None = None
    author: str | None = None
    year: int | None = None
    channel: str | None = None
    adopted: bool | None = None
    text: str | None = None


def items(desk: Desk, filters: Filters) -> list[Row]:
    """The items that fulfil all conditions, by day of submission."""
    register = desk.register
    authors = history.signers(desk.ledger, "member")
    units = history.signers(desk.ledger, "unit")
    adopted = history.outcomes(desk.ledger, "adoption")
    instructed = history.outcomes(desk.ledger, "instruction")
    return [
        Row(
            one.number,
            one.title,
            tuple(
                register.members[register.merged.get(author, author)].name
                for author in authors.get(one.fact, ())
            ),
            tuple(register.units[unit].name for unit in units.get(one.fact, ())),
            one.submitted_on,
            one.by_unit,
            tuple((label, terms.FORMS[form]) for label, form in adopted.get(one.item, ()) if form),
            tuple(label for label, _ in instructed.get(one.item, ())),
        )
        for one in history.listed(desk.ledger, _conditions(desk, filters))
    ]


def _conditions(desk: Desk, filters: Filters) -> dict[str, object]:
    """The filters given, with names looked up."""
    given: dict[str, object] = {}
    if filters.unit is not None:
        given["unit"] = desk.register.find_unit(filters.unit)
    if filters.author is not None:
        given["author"] = desk.register.find_member(filters.author)
    if filters.year is not None:
        given |= {"first": f"{filters.year}-01-01", "last": f"{filters.year}-12-31"}
    if filters.channel is not None:
        given["channel"] = find_label("渠道", desk.vocabulary.channels, filters.channel)
    if filters.adopted is not None:
        given["adopted"] = int(filters.adopted)
    if filters.text is not None:
        given["text"] = text.plain(filters.text, "查找的文字")
    return given
