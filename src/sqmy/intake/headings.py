"""The headings of each kind of sheet, and how a row of them is known for what it is.

A sheet is known by its headings, never by its name. `KINDS` is the one home of the canonical
headings (`docs/sheets.md`) and of the other spellings that are accepted.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from sqmy.intake.grid import Row

CONTINUED = tuple(f"续{count}" for count in range(1, 100))
"""What follows the heading of a text in the columns where it goes on: a cell has its limit."""


class Heading(NamedTuple):
    """A column that a kind of sheet knows.

    Attributes:
        name: the canonical heading.
        required: a sheet without it cannot be read.
        common: stands in sheets of several kinds, so that it tells none of them.
        long: its text may go on in further columns, `正文续1`.
        spellings: other headings that mean it.
    """

    name: str
    required: bool = False
    common: bool = False
    long: bool = False
    spellings: tuple[str, ...] = ()


class Kind(NamedTuple):
    """A kind of sheet: the fact that its rows record, what it is called, and its columns."""

    fact: str
    label: str
    headings: tuple[Heading, ...]

    def known(self) -> dict[str, str]:
        """Every accepted spelling, canonical ones too, with the canonical heading."""
        return {
            spelling + more: heading.name + more
            for heading in reversed(self.headings)
            for more in ("", *(CONTINUED if heading.long else ()))
            for spelling in (*heading.spellings, heading.name)
        }


def _kind(fact: str, label: str, *lines: str) -> Kind:
    """A kind from lines such as `标题* 信息标题 题目`: `*` required, `°` common, `…` long."""
    headings = []
    for line in lines:
        first, *spellings = line.split()
        marks = ("*" in first, "°" in first, "…" in first)
        headings.append(Heading(first.rstrip("*°…"), *marks, tuple(spellings)))
    return Kind(fact, label, tuple(headings))


_NUMBER = "编号*° 信息编号 自编号 信息编码"

KINDS = (
    _kind(
        "unit",
        "单位",
        "单位名称*° 单位全称 报送单位名称",
        "单位类别 单位类型",
        "考评序列 考核序列 考评组",
        "参评 是否参评 参加考评 是否参加考评",
        "简称 单位简称 别名",
        "生效日期 生效时间",
    ),
    _kind(
        "member",
        "人员",
        "姓名*° 委员姓名 人员姓名",
        "单位*° 所在单位 所属单位 单位名称",
        "身份* 委员身份 人员身份",
        "界别 所属界别",
        "联系电话 电话 电话号码 手机 手机号 手机号码 联系方式",
        "任职开始 任职开始日期 任职起始 任职起始日期",
        "任职结束 任职结束日期 任职终止 任职终止日期",
    ),
    _kind(
        "submission",
        "报送",
        _NUMBER,
        "标题* 信息标题 题目 信息题目 社情民意标题 社情民意题目",
        "作者 反映人 撰稿人 撰写人 作者姓名",
        "报送单位* 反映单位 来稿单位 单位",
        "报送日期* 报送时间 提交日期 提交时间 来稿日期",
        "署名 署名方式",
        "正文… 信息正文 正文内容",
    ),
    _kind(
        "review",
        "审核",
        _NUMBER,
        "审核环节* 审核阶段",
        "审核结论* 审核结果",
        "审核人 审核人员",
        "审核日期* 审核时间",
        "审核意见…",
    ),
    _kind(
        "forwarding",
        "上报",
        _NUMBER,
        "上报单位* 上报渠道 转报单位",
        "上报日期* 上报时间 转报日期 转报时间",
    ),
    _kind(
        "adoption",
        "采用",
        _NUMBER,
        "采用单位* 采用渠道 采用部门 录用单位 采纳单位 刊用单位",
        "采用方式 采用形式 录用方式",
        "采用日期* 采用时间 录用日期 录用时间",
        "刊物 刊物名称 采用刊物",
        "期号 期数 期次 刊期",
    ),
    _kind(
        "instruction",
        "批示",
        _NUMBER,
        "领导级别* 批示级别 批示领导级别 批示层级",
        "批示领导 批示人 领导姓名",
        "批示日期* 批示时间",
        "批示内容… 批示意见",
    ),
    _kind(
        "finding",
        "认定",
        "编号° 信息编号 自编号 信息编码",
        "姓名° 人员姓名 委员姓名",
        "单位名称° 单位",
        "认定类型* 认定种类 认定情形",
        "认定日期* 认定时间",
        "认定依据… 认定理由",
    ),
)
"""The kinds of sheets, in the order in which their rows are recorded."""

TITLE = "标题"
_AS_SUBMITTED = {"上报单位": "报送单位", "上报日期": "报送日期", "上报时间": "报送日期"}
"""Beside a 标题, what is 上报 in a forwarding is 报送."""

ASIDE = "本页不导入"
"""In the first cell of a sheet: it explains something, and nothing of it is read."""

_COUNTERS = frozenset({"序号", "序", "备注", "说明", "No.", "NO", "No"})
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|〔[^〔〕]*〕|<[^<>]*>")
_ORNAMENT = re.compile(r"[\s*＊★☆:：【】《》「」\[\]()_]+")


@lru_cache(maxsize=10_000)
def bare(written: str) -> str:
    """A heading as it is compared: half width, without blanks, stars and what is bracketed."""
    folded = unicodedata.normalize("NFKC", written)
    return _ORNAMENT.sub("", _BRACKETED.sub("", folded)) or _ORNAMENT.sub("", folded)


class Twice(NamedTuple):
    """A heading that stands over two columns; `column` is the later one."""

    heading: str
    column: int
    first: int


class Layout(NamedTuple):
    """A row of headings, read.

    Attributes:
        kind: what the rows below record.
        row: the number of the row.
        columns: column by canonical heading.
        missing: required headings that are not there.
        twice: headings over more than one column.
        unread: what stands over columns that are not read.
        headed: every column with something in this row.
    """

    kind: Kind
    row: int
    columns: dict[str, int]
    missing: tuple[str, ...] = ()
    twice: tuple[Twice, ...] = ()
    unread: tuple[str, ...] = ()
    headed: frozenset[int] = frozenset()

    @property
    def first(self) -> int:
        """The column of the first heading that was known."""
        return min(self.columns.values())

    def same_columns(self, other: "Layout") -> bool:
        """Whether the other row says the same of the same columns."""
        return (self.kind.fact, self.columns) == (other.kind.fact, other.columns)


def layout_of(row: Row, attributes: Sequence[str] = ()) -> Layout | None:
    """The row as a row of headings; None if it is none.

    A row with 标题 is of submissions. Else the kind that knows most of the cells takes it, if
    one of them tells that kind from others, or if it knows every cell.

    Args:
        row: any row.
        attributes: headings of submissions that the rulebook declares.
    """
    texts = {column: bare(value) for column, value in row.values.items() if isinstance(value, str)}
    best: dict[str, list[int]] = {}
    kind_of_best = KINDS[0]
    for kind in KINDS:
        found = _match(kind, texts, attributes)
        if TITLE in found and kind.fact == "submission":
            best, kind_of_best = found, kind
            break
        if len(found) > len(best):
            best, kind_of_best = found, kind
    if not _tells(kind_of_best, best, texts.values()):
        return None
    return _layout(kind_of_best, row, best)


def _match(kind: Kind, texts: dict[int, str], attributes: Sequence[str]) -> dict[str, list[int]]:
    """The columns under each heading of the kind."""
    known = _known(kind, tuple(attributes))
    if kind.fact == "submission" and _is_submitted(known, texts.values()):
        known = known | _AS_SUBMITTED
    found: dict[str, list[int]] = {}
    for column, written in sorted(texts.items()):
        if heading := known.get(written):
            found.setdefault(heading, []).append(column)
    return {
        heading: [c for c in columns if texts[c] == bare(heading)] or columns
        for heading, columns in found.items()
    }


def _is_submitted(known: dict[str, str], texts: Iterable[str]) -> bool:
    return any(known.get(written) in {TITLE, "作者", "署名", "正文"} for written in texts)


@lru_cache
def _known(kind: Kind, attributes: tuple[str, ...]) -> dict[str, str]:
    known = {bare(spelling): name for spelling, name in kind.known().items()}
    if kind.fact == "submission":
        known |= {bare(name): name for name in attributes}
    return known


def _tells(kind: Kind, found: dict[str, list[int]], texts: Iterable[str]) -> bool:
    if all(heading in found for heading in (h.name for h in kind.headings if h.required)) and all(
        written in _COUNTERS or written in _known(kind, ()) for written in texts
    ):
        return bool(found)
    common = {heading.name for heading in kind.headings if heading.common}
    return len(found) > 1 and not common.issuperset(found)


def _layout(kind: Kind, row: Row, found: dict[str, list[int]]) -> Layout:
    columns = {heading: places[0] for heading, places in found.items()}
    missing = tuple(h.name for h in kind.headings if h.required and h.name not in found)
    twice = tuple(
        Twice(heading, place, places[0])
        for heading, places in found.items()
        for place in places[1:]
    )
    used = {place for places in found.values() for place in places}
    unread = tuple(
        " ".join(str(value).split()) for column, value in row.values.items() if column not in used
    )
    if kind.fact == "finding" and not found.keys() & {"编号", "姓名", "单位名称"}:
        missing = ("编号（或姓名、单位名称）", *missing)
    return Layout(kind, row.number, columns, missing, twice, unread, frozenset(row.values))


LOOKS = frozenset(bare(spelling) for kind in KINDS for spelling in kind.known())
"""Every spelling there is: a row none of whose first cells is here is no row of headings."""
