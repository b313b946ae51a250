"""What notices, certificates, slips and decisions on awards are drafted from."""

import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Final, NamedTuple

from sqmy import text
from sqmy.days import Day, Period, periods
from sqmy.errors import NotFoundError, SqmyError
from sqmy.facts import FactId
from sqmy.ledger import figures, history, reading
from sqmy.register import find_label
from sqmy.reports import marks
from sqmy.reports.awards import YearAwards
from sqmy.reports.model import Basis
from sqmy.reports.papers.awards import AwardList, Decided
from sqmy.reports.papers.bulletin_tables import printed_in
from sqmy.reports.papers.certificate import Certified
from sqmy.reports.papers.notice import Contact, Owing, owed_by_unit
from sqmy.reports.papers.periods import Rhythm
from sqmy.reports.papers.profile import Profile
from sqmy.reports.scores import YearScores, basis
from sqmy.scoring.book import Holder
from sqmy.workspace.desk import Desk
from sqmy.workspace.published import at, covering, published
from sqmy.workspace.scores import key_called

_LARGEST: Final = 20_000_000
_MOST_UNPACKED: Final = 200_000_000
"""Bytes; a letterhead has some thousands, one with a picture a few millions."""


def owing(desk: Desk, span: Rhythm, as_of: Day, unit: str | None, profile: Profile) -> Owing:
    """Who owes what in a period, with the liaisons.

    Args:
        desk: with an open ledger.
        span: the period.
        as_of: the day from which days are counted.
        unit: of this unit and its people alone.
        profile: which roles are a liaison's, and whom the register does not know.

    Raises:
        NotFoundError, AmbiguousError: the name of the unit.
    """
    only = desk.register.find_unit(unit) if unit else None
    scores = covering(desk, int(span.year.label), span.period.last)
    due = [o for o in scores.book.obligations if o.period.last in span.period]
    found = owed_by_unit(due, as_of, contacts(desk, as_of, profile))
    if only is not None:
        own = at(desk, int(span.year.label), span.period.last).register
        name = own.unit_name(only, span.year.last) if only in own.units else ""
        found = tuple(one for one in found if one.unit == name)
    return Owing(scores, span.told, found, as_of)


def contacts(desk: Desk, day: Day, profile: Profile) -> dict[str, Contact]:
    """The liaison of each unit by its name: as the profile says, else who holds the role."""
    register, phones = desk.register, desk.phones()
    roles = set(profile.wording.liaison_roles)
    found: dict[str, Contact] = {}
    for member in register.members.values():
        if roles.intersection(member.roles_on(day)):
            unit = register.unit_name(member.unit_on(day), day)
            found.setdefault(unit, Contact(member.name, phones.get(member.id, "")))
    for spelling, told in profile.wording.liaisons.items():
        name, _, phone = told.partition(" ")
        unit = register.unit_name(register.find_unit(spelling), day)
        found[unit] = Contact(name, phone.strip())
    return found


class Wanted(NamedTuple):
    """Which adoptions are certified.

    Attributes:
        numbers: of items; none for those adopted in `year`.
        year: the scoring year of the adoptions.
        channel, author, unit: of these alone; None for any.
    """

    numbers: tuple[str, ...] = ()
    year: int | None = None
    channel: str | None = None
    author: str | None = None
    unit: str | None = None


def certified(desk: Desk, wanted: Wanted) -> tuple[list[Certified], int]:
    """The adoptions wanted, in order of day; and how many are not, being confidential.

    Raises:
        SqmyError: a number, a name or a label is not known, or nothing was adopted.
    """
    found = figures.adoptions(desk.ledger, _which(desk, wanted))
    authors = history.signers(desk.ledger, "member")
    units = history.signers(desk.ledger, "unit")
    revisions = reading.revisions(desk.ledger)
    made, hidden = [], 0
    register, instructed, titles = desk.register, figures.ranks(desk.ledger), desk.titles()
    channel = wanted.channel and find_label("渠道", desk.vocabulary.channels, wanted.channel)
    author = register.find_member(wanted.author) if wanted.author else None
    unit = register.find_unit(wanted.unit) if wanted.unit else None
    for one in found:
        by = [register.merged.get(a, a) for a in authors.get(revisions[one.item], ())]
        of = units.get(revisions[one.item], ())
        if channel not in {None, one.channel}:
            continue
        if (author is not None and author not in by) or (unit is not None and unit not in of):
            continue
        if one.item in desk.hidden:
            hidden += 1
            continue
        made.append(
            Certified(
                one.fact,
                *titles[one.item],
                tuple(register.members[member].name for member in by),
                tuple(register.unit_name(each, one.day) for each in of),
                one.channel,
                one.form,
                one.day,
                instructed.get(one.item, ()),
                printed_in(one.journal, one.issue),
            )
        )
    if not made:
        raise SqmyError(
            f"标有密级的 {hidden} 项不出证明，此外没有可以出证明的采用。"
            if hidden
            else "没有符合条件的采用，不出证明。用 sqmy list --adopted 查看采用的信息。"
        )
    return made, hidden


def _which(desk: Desk, wanted: Wanted) -> Period | list[FactId]:
    if wanted.year is not None:
        edition = desk.edition_on(f"{wanted.year}-12-31")
        return periods(wanted.year, "year", desk.rulebook_of(edition).year.start)[0]
    items = []
    for number in wanted.numbers:
        item = reading.item_numbered(desk.ledger, text.name(number, "编号"))
        if item is None:
            raise NotFoundError("编号", number, "用 sqmy list 或 sqmy search 查找。")
        items.append(item)
    return items


def ledger_basis(desk: Desk) -> Basis:
    """What a document rests on that tells no points: the ledger's last place."""
    seq, head = desk.anchor
    return Basis(
        (f"台账：第 {seq} 项登记，校验码 {head[:16]}",), ((marks.LEDGER, f"{seq}:{head}"),)
    )


def slips_of(
    desk: Desk, year: int, name: str | None, everyone: str | None
) -> tuple[YearScores, list[Holder]]:
    """The year's points, and whose slips are wanted: one holder's, or all members' or units'.

    Args:
        desk: with an open ledger.
        year: the scoring year.
        name: of a member or unit.
        everyone: `member` or `unit`.

    Raises:
        NotFoundError, AmbiguousError: nobody, or more than one, answers to the name.
        SqmyError: known, but not listed in the year; or nobody is listed.
    """
    scores = published(desk, year)
    if name is None:
        listed = scores.book.members if everyone == "member" else scores.book.units
        if not listed:
            raise SqmyError(f"{scores.book.year.chinese}没有列入考评的人员或单位。")
        return scores, list(listed)
    key = key_called(desk, name)
    found = [holder for holder in scores.holders() if holder.key == key]
    if not found:
        raise SqmyError(
            f"「{name}」不在 {scores.book.year.chinese}的考评范围内：本年没有本地身份，"
            "或单位不参评，因此没有得分。"
        )
    return scores, found


def decided(awards: YearAwards, lists: Sequence[AwardList], approval: str = "") -> Decided:
    """What a decision on a year's awards is drafted from.

    Args:
        awards: the year's.
        lists: who gets what by them.
        approval: by whom it was approved.
    """
    scores = awards.scores
    period = f"{scores.book.year.chinese}度"
    return Decided(tuple(lists), period, scores.rulebook.name, approval, basis(scores))


def letterhead_of(path: Path) -> bytes:
    """The office's own .docx.

    Raises:
        SqmyError: it cannot be read, or is no Word document that an office would have.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
        with zipfile.ZipFile(BytesIO(content)) as archive:
            parts = archive.infolist()
    except FileNotFoundError as error:
        raise SqmyError(f"没有信头文件 {path}。请核对文件名和所在的文件夹。") from error
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError) as error:
        raise SqmyError(f"信头文件不是 Word 文档，或已损坏：{path}。{_SAVE_AS}") from error
    unpacked = sum(part.file_size for part in parts)
    if len(content) > _LARGEST or unpacked > _MOST_UNPACKED:
        raise SqmyError(f"信头文件太大：{path}。请删去里面的大图片再用。")
    if "word/document.xml" not in {part.filename for part in parts}:
        raise SqmyError(f"信头文件不是 .docx：{path}。{_SAVE_AS}")
    return content


_SAVE_AS: Final = "请用 Word 或 WPS 打开，另存为 .docx。"
