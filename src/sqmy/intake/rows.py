"""Rows of a table as drafts, one function a kind."""

import re
import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from sqmy import terms
from sqmy.days import Day
from sqmy.declared import form_of
from sqmy.errors import NotFoundError
from sqmy.intake import doubtful
from sqmy.intake.cells import split
from sqmy.intake.cellwise import RowReader
from sqmy.intake.drafts import (
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
from sqmy.intake.grid import Fault
from sqmy.intake.headings import CO_AUTHORS
from sqmy.intake.ledger_rows import LedgerRows
from sqmy.intake.tables import Table
from sqmy.intake.words import Words

_COUNTED = re.compile(r"第?0*(\d{1,6})[号、.]?", re.ASCII)
_NOBODY = re.compile(r"[-–—―－_/\\]+|无")
_YES_NO = {"是": True, "参评": True, "否": False, "不参评": False}
_VERDICTS = {word: verdict for verdict, word in terms.VERDICTS.items()}
_BY_UNIT = {label: signed for signed, label in terms.SIGNATURES.items()}


class Drafted(NamedTuple):
    """A table's rows.

    Attributes:
        good: the drafts without a fault.
        spoiled: the others, with what could be read of them, for nothing but their names.
        partly: of these, such as are read for certain but for the cells at fault; and what they
            tell of events.
        faults: why.
    """

    good: list[Draft]
    spoiled: list[Draft]
    partly: list[Draft]
    faults: list[Fault]


def read(table: Table, words: Words) -> Drafted:
    """The drafts of all rows of a table."""
    reader = RowReader(table.source, table.layout, words)
    beside = LedgerRows(reader)
    read_row = _ROWS[table.layout.kind.fact]
    drafted = Drafted([], [], [], doubtful.columns(table, words.settled))
    told = set()
    for row in table.rows:
        reader.begin(row)
        draft = read_row(reader)
        events: list[Draft] = []
        if isinstance(draft, SubmissionRow):
            events = beside.read(draft, table.lines.get(row.number, (row,)))
        faults = reader.faults
        if merged := table.unclear.get(row.number):
            faults = [] if merged in told else [doubtful.merged(table, merged)]
            told.add(merged)
            drafted.spoiled.append(draft)
        elif faults:
            drafted.spoiled.append(draft)
            drafted.partly.extend([draft, *events])
        else:
            drafted.good.append(draft)
            drafted.good.extend(events)
        drafted.faults.extend(faults)
    return drafted


def _unit(row: RowReader) -> UnitRow:
    kind = row.label("单位类别", row.vocabulary.unit_kinds) if row.has("单位类别") else None
    return UnitRow(
        row.place,
        row.required_name("单位名称"),
        kind,
        row.name("考评序列") or None,
        row.choice("参评", _YES_NO),
        split(row.text("简称")),
        row.day("生效日期"),
    )


def _member(row: RowReader) -> MemberRow:
    return MemberRow(
        row.place,
        row.required_name("姓名"),
        row.required_name("单位"),
        row.labels("身份", "身份", row.vocabulary.roles),
        row.name("界别") or None,
        row.text("联系电话") or None,
        row.day("任职开始"),
        row.day("任职结束"),
    )


def _submission(row: RowReader) -> SubmissionRow:
    units = _named(row, "报送单位")
    signed = ("作者", *(heading for heading in row.columns if heading.startswith(CO_AUTHORS)))
    authors = "、".join(filter(None, (_named(row, heading) for heading in signed)))
    by_unit = row.choice("署名", _BY_UNIT)
    if not authors and not units and not row.faults and row.columns.keys() & {"作者", "报送单位"}:
        row.refuse("报送单位", "作者和报送单位都没有填。请至少补上报送单位。")
    elif not authors and by_unit is False:
        row.refuse("署名", "署名是个人，作者却没有填。请补上作者，或把署名改为单位。")
    day = row.required_day("报送日期") if "报送日期" in row.columns else ""
    number = row.required_name("编号") if "编号" in row.columns else ""
    return SubmissionRow(
        row.place,
        _with_year(number, day) if row.settled.number_by_year and day else number,
        row.required_title("标题"),
        authors,
        units,
        day,
        by_unit,
        row.text("正文") or None,
        row.attributes("submission"),
    )


def _named(row: RowReader, heading: str) -> str:
    """Names in a cell; "" where it says that there are none."""
    written = row.text(heading)
    return "" if _NOBODY.fullmatch(written) else written


def _with_year(number: str, day: Day) -> str:
    """A number of a year's own, with the year before it: `7` of 2025 is `2025-007`."""
    year = day[:4]
    if year in number or not number:
        return number
    counted = _COUNTED.fullmatch(unicodedata.normalize("NFKC", number))
    return f"{year}-{int(counted[1]):03}" if counted else f"{year}-{number}"


def _number(row: RowReader) -> str:
    """The number of an item that is there already; it must tell its year."""
    number = row.required_name("编号")
    if row.settled.number_by_year and _COUNTED.fullmatch(number):
        row.refuse(
            "编号", f"编号「{number}」每年都有一个，看不出是哪一年的。请写成「2025-007」这样。"
        )
        return ""
    return number


def _review(row: RowReader) -> ReviewRow:
    return ReviewRow(
        row.place,
        _number(row),
        row.label("审核环节", row.vocabulary.stages),
        row.required_choice("审核结论", _VERDICTS) or "",
        row.required_day("审核日期"),
        row.text("审核人") or None,
        row.text("审核意见") or None,
    )


def _forwarding(row: RowReader) -> ForwardingRow:
    return ForwardingRow(
        row.place,
        _number(row),
        row.labels("上报单位", "渠道", row.vocabulary.channels),
        row.required_day("上报日期"),
    )


def _adoption(row: RowReader) -> AdoptionRow:
    written = row.name("采用方式")
    form = form_of(row.vocabulary, written) if written else None
    if written and form is None:
        words = "、".join(row.vocabulary.forms)
        row.refuse("采用方式", str(NotFoundError("采用方式", written, f"采用方式有：{words}。")))
    return AdoptionRow(
        row.place,
        _number(row),
        row.labels("采用单位", "渠道", row.vocabulary.channels),
        form,
        row.required_day("采用日期"),
        row.text("刊物") or None,
        row.text("期号") or None,
        row.attributes("adoption"),
    )


def _instruction(row: RowReader) -> InstructionRow:
    return InstructionRow(
        row.place,
        _number(row),
        row.labels("领导级别", "领导级别", row.vocabulary.ranks),
        row.required_day("批示日期"),
        row.text("批示领导") or None,
        row.text("批示内容") or None,
        row.attributes("instruction"),
    )


def _finding(row: RowReader) -> FindingRow:
    draft = FindingRow(
        row.place,
        row.name("编号"),
        row.name("姓名"),
        row.name("单位名称"),
        row.labels("认定类型", "认定类型", row.vocabulary.finding_kinds),
        row.required_day("认定日期"),
        row.text("认定依据") or None,
        row.attributes("finding"),
    )
    about = [
        heading
        for heading, written in zip(("编号", "姓名", "单位名称"), draft[1:4], strict=True)
        if written
    ]
    if len(about) > 1:
        row.refuse(
            about[1],
            f"{'、'.join(about)}同时填了。认定针对信息的填编号，针对人的填姓名，针对单位的填单位名称，"
            "三者只填一个（同名的写成「姓名（单位）」）。",
        )
    elif not about and not row.faults:
        row.refuse("编号", "编号、姓名、单位名称都没有填。请填其中一个。")
    return draft


_ROWS: dict[str, Callable[[RowReader], Draft]] = {
    "unit": _unit,
    "member": _member,
    "submission": _submission,
    "review": _review,
    "forwarding": _forwarding,
    "adoption": _adoption,
    "instruction": _instruction,
    "finding": _finding,
}
