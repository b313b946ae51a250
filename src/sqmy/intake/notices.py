"""A list of what a channel says it adopted: titles, and what the list tells of each.

Such lists are made for readers. Whatever they tell beside the titles may be missing; what they
tell and nobody understands is remarked and held against nothing.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from sqmy.days import Day
from sqmy.declared import form_of
from sqmy.errors import Problem, ProblemsError, SqmyError
from sqmy.intake import sheets, tables
from sqmy.intake.cellwise import RowReader
from sqmy.intake.drafts import Place
from sqmy.intake.events import Event
from sqmy.intake.headings import Heading, Kind, bare
from sqmy.intake.heads import Head, readings, together
from sqmy.intake.layouts import EventColumn, Layout
from sqmy.intake.listed import listed_title
from sqmy.intake.settled import Settled
from sqmy.intake.words import Words
from sqmy.register import find_label
from sqmy.vocabulary import Vocabulary

_HEADINGS: Final = (
    Heading("编号", spellings=("信息编号", "自编号", "信息编码")),
    Heading(
        "标题",
        required=True,
        spellings=(
            *("信息标题", "题目", "信息题目", "采用标题", "采用信息标题", "采用篇目", "采用题目"),
            *("采用条目", "采用目录", "录用标题", "录用篇目", "篇名", "信息名称", "原始篇目"),
            *("社情民意标题", "社情民意题目", "社情民意信息标题", "社情民意信息题目", "主题"),
            *("内容", "采用信息", "信息内容"),
        ),
    ),
    Heading("作者", spellings=("反映人", "撰稿人", "撰写人", "作者姓名", "第一反映人", "姓名")),
    Heading(
        "报送单位",
        spellings=("单位", "来稿单位", "反映单位", "上报单位", "单位名称", "来源", "供稿单位"),
    ),
    Heading(
        "采用单位",
        spellings=("采用渠道", "采用部门", "录用单位", "采用级别", "采用层级", "级别", "层级"),
    ),
    Heading(
        "采用方式",
        spellings=(
            *("采用形式", "采用类别", "采用类型", "采用情况", "录用情况", "录用方式", "使用情况"),
            *("采用说明", "方式", "类别"),
        ),
    ),
    Heading(
        "采用日期",
        spellings=(
            *("采用时间", "录用日期", "录用时间", "刊发日期", "刊发时间", "编发日期", "编发时间"),
            *("刊用日期", "采纳日期", "日期", "时间"),
        ),
    ),
    Heading("刊物", spellings=("刊物名称", "采用刊物")),
    Heading("期号", spellings=("期数", "期次", "刊期")),
)
NOTICE: Final = Kind("notice", "采用通知", _HEADINGS)

_COUNTERS: Final = {"序号", "序", "备注", "得分", "分数", "分值"}
_RANKED: Final = {
    heading.name: [bare(spelling) for spelling in (heading.name, *heading.spellings)]
    for heading in _HEADINGS
}
"""The spellings of each heading, the plainest first: beside 标题, 内容 is no title."""


class Claim(NamedTuple):
    """One adoption that a row tells.

    Attributes:
        channel: its label.
        day: "" where the list tells none.
        form: None where the list tells none.
        named: whether the row itself names the channel.
    """

    channel: str
    day: Day
    form: str | None
    journal: str | None
    issue: str | None
    named: bool = False


class NoticeRow(NamedTuple):
    """A row of the list; names are as written.

    Attributes:
        claims: of the adoptions, at least one.
        remarks: what the row tells and nobody understands.
    """

    place: Place
    number: str
    title: str
    authors: str
    units: str
    claims: tuple[Claim, ...]
    remarks: tuple[str, ...]


class Notice(NamedTuple):
    """A list of adoptions, with what was skipped, in sentences."""

    file: str
    rows: tuple[NoticeRow, ...]
    notes: tuple[str, ...]


def read(path: Path, vocabulary: Vocabulary, channel: str, settled: Settled) -> Notice:
    """The rows of all tables of a file.

    Args:
        path: of the file.
        vocabulary: the labels of the rulebook in force.
        channel: whose list it is; what a row does not say otherwise, is this one's.
        settled: what was answered beforehand where sheets leave it open.

    Raises:
        ProblemsError: rows without a title.
        SqmyError: the file cannot be read, or is no such list.
    """
    words = Words(vocabulary, settled)
    rows: list[NoticeRow] = []
    notes: list[str] = []
    problems: list[Problem] = []
    for grid in sheets.read(path, path.name, 1):
        found = tables.find(grid, words, _layout_of)
        notes.extend(found.notes)
        problems.extend(fault.problem for fault in found.faults)
        for table in found.tables:
            reader = _Reader(table, words, channel)
            rows.extend(reader.rows())
            problems.extend(reader.problems)
    if problems:
        raise ProblemsError(f"{path.name} 有 {len(problems)} 处读不了：", problems)
    if not rows:
        raise SqmyError(f"{path.name} 里没有采用的清单：没有找到“标题”一列，或下面没有内容。")
    return Notice(path.name, tuple(rows), tuple(notes))


def _layout_of(heads: Sequence[Head], words: Words) -> Layout | None:
    """The layout under these heads; None if there is no title, or it might be a text."""
    texts = {head.column: tuple(readings(head)) for head in heads}
    columns: dict[str, int] = {}
    for heading, ranked in _RANKED.items():
        found = [(ranked.index(t), c) for c, read in texts.items() for t in read if t in ranked]
        if found:
            columns[heading] = min(found)[1]
    used = set(columns.values())
    column = words.grammars["adoption"].column
    events = [
        EventColumn(head.column, "adoption", named)
        for head in heads
        if head.column not in used
        and (named := next(filter(None, map(column, together(head))), None))
    ]
    counters = [place for place, read in texts.items() if _COUNTERS & {*read}]
    known = len(used) + len(events) + len(counters)
    if "标题" not in columns or (known == 1 and len(heads) > 1):
        return None
    read = used.union(event.column for event in events)
    return Layout(
        NOTICE,
        max(head.row for head in heads),
        columns,
        free={
            head.column: " ".join(head.parts[-1].text.split())
            for head in heads
            if head.column not in read and head.column not in counters
        },
        headed=frozenset(head.column for head in heads),
        events=tuple(events),
        places={head.column: head.row for head in heads},
    )


class _Reader:
    """The rows of one table."""

    def __init__(self, table: tables.Table, words: Words, channel: str) -> None:
        self.table = table
        self.words = words
        self.channel = channel
        self.row = RowReader(table.source, table.layout, words)
        self.remarks: list[str] = []
        self.problems: list[Problem] = []

    def rows(self) -> Iterator[NoticeRow]:
        """Every row with a title."""
        for row in self.table.rows:
            self.row.begin(row)
            self.remarks = []
            title = self.row.required_title("标题")
            if not title:
                self.problems.extend(fault.problem for fault in self.row.faults)
                continue
            title, told = listed_title(title, self.words.grammars["adoption"])
            yield NoticeRow(
                self.row.place,
                self.row.name("编号"),
                title,
                self.row.text("作者"),
                self.row.text("报送单位"),
                tuple(self._claims(told)),
                tuple(self.remarks),
            )

    def _claims(self, behind: Sequence[Event]) -> Iterator[Claim]:
        """What the row tells of adoptions; what it does not tell, the channel of the list has.

        Args:
            behind: told in brackets behind the title.
        """
        beside = Event(
            form=None,
            day=self._day() or None,
            journal=self.row.text("刊物") or None,
            issue=self.row.text("期号") or None,
        )
        told = [*self._named(), *self._written()] or behind or [Event()]
        for event in told:
            whole = event.filled(beside)
            channel = whole.label or self._channel()
            yield Claim(
                channel or self.channel,
                whole.day or "",
                whole.form,
                whole.journal,
                whole.issue,
                named=bool(channel),
            )

    def _channel(self) -> str:
        """The channel that a column of its own names; "" for none."""
        written = self.row.text("采用单位")
        if not written:
            return ""
        try:
            return find_label("渠道", self.words.vocabulary.channels, written)
        except SqmyError:
            self.remarks.append(f"采用单位「{written}」不是办法里的渠道，按{self.channel}核对")
            return ""

    def _day(self) -> Day:
        try:
            value = self.row.values.get(self.table.layout.columns.get("采用日期", 0))
            return self.row.as_day(value, "采用日期") or ""
        except SqmyError as error:
            self.remarks.append(str(error))
            return ""

    def _named(self) -> Iterator[Event]:
        """Columns over which a channel stands."""
        for column, _, heading in self.table.layout.events:
            yield from self._cell(column, heading)

    def _written(self) -> Iterator[Event]:
        """The column of forms, or of free text."""
        column = self.table.layout.columns.get("采用方式", 0)
        written = self.row.values.get(column)
        form = form_of(self.words.vocabulary, written) if isinstance(written, str) else None
        if form:
            yield Event(form=form)
        elif written is not None:
            yield from self._cell(column, Event())

    def _cell(self, column: int, heading: Event) -> tuple[Event, ...]:
        value = self.row.values.get(column)
        if value is None:
            return ()
        try:
            return self.words.grammars["adoption"].cell(
                value, heading, lambda cell: self.row.as_day(cell, "采用日期")
            )
        except SqmyError as error:
            self.remarks.append(str(error))
            return (heading,)
