"""The headings of each kind of sheet, and what they may be called.

A sheet is known by its headings, never by its name. `KINDS` is the one home of the canonical
headings (`docs/sheets.md`) and of the other spellings that are accepted.
"""

import re
import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

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
        weak: headings that may mean it, where no other does: they never tell a kind of sheet.
    """

    name: str
    required: bool = False
    common: bool = False
    long: bool = False
    spellings: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()

    def known(self) -> dict[str, str]:
        """Every spelling but the weak ones, with the canonical heading."""
        return {
            spelling + more: self.name + more
            for more in ("", *(CONTINUED if self.long else ()))
            for spelling in (*self.spellings, self.name)
        }


class Kind(NamedTuple):
    """A kind of sheet: the fact that its rows record, what it is called, and its columns."""

    fact: str
    label: str
    headings: tuple[Heading, ...]

    def known(self) -> dict[str, str]:
        """Every spelling but the weak ones, with the canonical heading."""
        return {s: name for h in reversed(self.headings) for s, name in h.known().items()}


def _headings(*lines: str) -> tuple[Heading, ...]:
    """Headings from lines such as `标题* 信息标题 题目 | 主题`.

    `*` required, `°` common, `…` long; behind the bar the weak spellings.
    """
    headings = []
    for line in lines:
        strong, _, weak = line.partition("|")
        first, *spellings = strong.split()
        marks = ("*" in first, "°" in first, "…" in first)
        name = first.rstrip("*°…")
        headings.append(Heading(name, *marks, tuple(spellings), tuple(weak.split())))
    return tuple(headings)


_NUMBER = "编号*° 信息编号 自编号 信息编码 流水号"
_ADOPTION = _headings(
    "采用单位* 采用渠道 采用部门 采用机关 录用单位 采纳单位 刊用单位 被采用单位 被采用渠道",
    "采用方式 采用形式 录用方式",
    "采用日期* 采用时间 录用日期 录用时间 采纳日期 采纳时间 刊用日期 刊用时间",
    "刊物 刊物名称 采用刊物",
    "期号 期数 期次 刊期",
)
_INSTRUCTION = _headings(
    "领导级别* 批示级别 批示领导级别 批示层级",
    "批示领导 批示人 领导姓名",
    "批示日期* 批示时间",
    "批示内容… 批示意见",
)

KINDS: Final = (
    Kind(
        "unit",
        "单位",
        _headings(
            "单位名称*° 单位全称 报送单位名称",
            "单位类别 单位类型",
            "考评序列 考核序列 考评组",
            "参评 是否参评 参加考评 是否参加考评",
            "简称 单位简称 别名",
            "生效日期 生效时间",
        ),
    ),
    Kind(
        "member",
        "人员",
        _headings(
            "姓名*° 委员姓名 人员姓名",
            "单位*° 所在单位 所属单位 单位名称",
            "身份* 委员身份 人员身份",
            "界别 所属界别",
            "联系电话 电话 电话号码 手机 手机号 手机号码 联系方式",
            "任职开始 任职开始日期 任职起始 任职起始日期",
            "任职结束 任职结束日期 任职终止 任职终止日期",
        ),
    ),
    Kind(
        "submission",
        "报送",
        _headings(
            f"{_NUMBER} | 提案号",
            "标题* 信息标题 题目 信息题目 信息名称 社情民意标题 社情民意题目 社情民意信息标题"
            " 社情民意信息题目 原始篇目 篇名 | 采用标题 主题 内容",
            "作者 反映人 撰稿人 撰写人 执笔人 建言人 第一反映人 作者姓名 反映人姓名"
            " | 提案人 采编者 信息员 提交人 报送人 用户名 姓名 作者及单位 反映人及单位 姓名及单位",
            "报送单位* 反映单位 来稿单位 | 单位 单位名称 所在单位 推荐单位 部门 机构名称 所属支部"
            " 工作单位 工作单位与职务 工作单位及职务 单位与职务 单位及职务 单位职务 作者单位"
            " 反映人单位 委员单位",
            "报送日期* 报送时间 提交日期 提交时间 来稿日期 来稿时间 收文日期 收文时间 收稿日期"
            " 收稿时间 收到日期 收到时间 收件日期 收件时间 来件日期 来件时间 投稿日期 投稿时间"
            " | 日期 时间 登记日期 登记时间 编辑时间",
            "署名 署名方式",
            "正文… 信息正文 正文内容 信息内容 | 内容",
        ),
    ),
    Kind(
        "review",
        "审核",
        _headings(
            _NUMBER,
            "审核环节* 审核阶段",
            "审核结论* 审核结果",
            "审核人 审核人员",
            "审核日期* 审核时间",
            "审核意见…",
        ),
    ),
    Kind(
        "forwarding",
        "上报",
        _headings(
            _NUMBER,
            "上报单位* 上报渠道 转报单位",
            "上报日期* 上报时间 转报日期 转报时间",
        ),
    ),
    Kind("adoption", "采用", (*_headings(_NUMBER), *_ADOPTION)),
    Kind("instruction", "批示", (*_headings(_NUMBER), *_INSTRUCTION)),
    Kind(
        "finding",
        "认定",
        _headings(
            "编号° 信息编号 自编号 信息编码 流水号",
            "姓名° 人员姓名 委员姓名",
            "单位名称° 单位",
            "认定类型* 认定种类 认定情形",
            "认定日期* 认定时间",
            "认定依据… 认定理由",
        ),
    ),
)
"""The kinds of sheets, in the order in which their rows are recorded."""

TITLE: Final = "标题"
CO_AUTHORS: Final = "联名人"
"""Who signed with the author; `联名人2` and so on where each has a column of his own."""

SUBMISSION: Final = next(kind for kind in KINDS if kind.fact == "submission")

BESIDE: Final = (
    *_headings(
        "联名人 联名反映人 联名委员 合作作者 共同作者 共同反映人 其他作者"
        " 其他反映人 联合反映人 合作者 合作人 非委员反映人 非委员联名人",
        "采用情况 录用情况 采纳情况 刊用情况 采用 录用 采纳 刊用 是否采用 是否录用 采用结果"
        " 录用结果 被采用情况 采用级别 采用层级 采用层次 采用类别 采用说明 使用情况 反馈结果",
        "批示情况 批示 领导批示 领导批示情况 是否批示 批示结果",
    ),
    *_ADOPTION,
    *_INSTRUCTION,
)
"""Columns of submissions in which offices keep what became of an item. They are read beside a
标题 alone, and `template` does not hand them out."""

AS_SUBMITTED: Final = {"上报单位": "报送单位", "上报日期": "报送日期", "上报时间": "报送日期"}
"""Beside a 标题, what is 上报 in a forwarding is 报送."""

ASIDE: Final = "本页不导入"
"""In the first cell of a sheet: it explains something, and nothing of it is read."""

COUNTERS: Final = frozenset({"序号", "序", "NO.", "NO"})
REMARKS: Final = frozenset({"备注", "说明"})

_SIMPLE: Final = str.maketrans(
    "協編號標題撰寫執筆聯報單來時間審核結論見類別級領導內錄採納國縣員會團體電話職務備註說稱屬組",
    "协编号标题撰写执笔联报单来时间审核结论见类别级领导内录采纳国县员会团体电话职务备注说称属组",
)
"""Traditional characters of headings: some systems write them."""

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|〔[^〔〕]*〕|<[^<>]*>")
_ORNAMENT = re.compile(r"[\s*＊★☆:：【】《》「」\[\]()_]+")


@lru_cache(maxsize=10_000)
def bare(written: str) -> str:
    """A heading as it is compared: half width, simplified, without blanks, stars and brackets."""
    folded = unicodedata.normalize("NFKC", written).translate(_SIMPLE)
    return _ORNAMENT.sub("", _BRACKETED.sub("", folded)) or _ORNAMENT.sub("", folded)


LOOKS: Final = frozenset(bare(spelling) for kind in KINDS for spelling in kind.known())
"""Every spelling but the weak ones: a row none of whose first cells is here has no headings."""
