"""The canonical sheets as they are handed out: each heading with how it is filled in.

Which headings there are is `intake.headings.KINDS`; what stands here is said to the clerk about
them, and the words of the rulebook come in as drop-down lists.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from sqmy import terms
from sqmy.intake.headings import CONTINUED, KINDS, Kind
from sqmy.reports.canonical import Field
from sqmy.vocabulary import Declared, Vocabulary


class How(NamedTuple):
    """How a column is filled in.

    Attributes:
        note: in plain words.
        example: a cell; "" where the example is a blank one, or a word of the rulebook.
        width: of the column, in characters.
        holds: as in `Field`.
        words: the list that its words come from, of `_words`.
        several: a cell may hold several of these words.
        blank: cells may be blank although the column must be there.
    """

    note: str
    example: str = ""
    width: int = 14
    holds: Literal["text", "code", "day"] = "text"
    words: str = ""
    several: bool = False
    blank: bool = False


_NUMBER = How("信息的编号，与“报送”表里的一致。", "2025-001", 13, "code")
_SEVERAL = "几个的用顿号隔开。"

_HOW: Mapping[str, Mapping[str, How]] = {
    "unit": {
        "单位名称": How("单位的全称。其他表里写全称或简称都可以。", "提案委员会", 26),
        "单位类别": How("从下拉列表里选；有的任务按类别下达。", words="unit_kinds"),
        "考评序列": How("同一序列的单位放在一起排名；不分序列的空着。", "第一序列"),
        "参评": How("填“是”或“否”，空着按“是”。不参评的不列名次。", width=8, words="yes_no"),
        "简称": How(f"别的表里用的短名，{_SEVERAL}", "提案委", 18),
        "生效日期": How(
            "第一次登记的空着。类别、序列、参评以后有变化的，同一单位另写一行，"
            "写变化后的全部情况，这里填从哪一天起。",
            holds="day",
        ),
    },
    "member": {
        "姓名": How("只写姓名。有几种身份的，一种一行。", "张三", 12),
        "单位": How("所在单位的全称或简称。同名的人靠单位分辨。", "提案委", 26),
        "身份": How(
            "从下拉列表里选。起止日期相同的几种，可以写在一格，用顿号隔开。",
            width=16,
            words="roles",
            several=True,
        ),
        "界别": How("没有的空着。", "经济界", 18),
        "联系电话": How("手机或座机。", "0557-3021234", 16, "code"),
        "任职开始": How("这种身份从哪一天起；空着是一直都有。", "2022-01-10", holds="day"),
        "任职结束": How("这种身份到哪一天止，含当天；还在任的空着。", holds="day"),
    },
    "submission": {
        "编号": How("每条信息一个，不能重复；别的表靠它认出是哪一条。", "2025-001", 13, "code"),
        "标题": How("写全。", "关于增设老年食堂的建议", 40),
        "作者": How(
            f"{_SEVERAL}同名的写成“姓名（单位）”。以单位名义报送、没有作者的空着。",
            "张三、李四（文史委）",
            22,
        ),
        "报送单位": How(
            f"{_SEVERAL}有作者的可以空着，按作者当时所在的单位。",
            "提案委、文史委",
            26,
            blank=True,
        ),
        "报送日期": How("报送到本办公室的日期。", "2025-03-01", holds="day"),
        "署名": How(
            "填“个人”或“单位”。空着时，有作者的按“个人”，没有作者的按“单位”。",
            width=8,
            words="signatures",
        ),
        "正文": How("可以不填。", "近来有群众反映……", 50),
    },
    "review": {
        "编号": _NUMBER,
        "审核环节": How("从下拉列表里选，一个环节一行。", width=16, words="stages"),
        "审核结论": How("从下拉列表里选。", width=12, words="verdicts"),
        "审核人": How("可以不填。", "王五", 12),
        "审核日期": How("这个环节审核的日期。", "2025-03-03", holds="day"),
        "审核意见": How("可以不填。", "建议补充数据", 40),
    },
    "forwarding": {
        "编号": _NUMBER,
        "上报单位": How(
            "报给哪里，从下拉列表里选。同一天报几处的，用顿号隔开。",
            width=18,
            words="channels",
            several=True,
        ),
        "上报日期": How("上报的日期。", "2025-03-05", holds="day"),
    },
    "adoption": {
        "编号": _NUMBER,
        "采用单位": How("被哪里采用，从下拉列表里选。", width=18, words="channels", several=True),
        "采用方式": How("从下拉列表里选，空着按“单篇”。", width=12, words="forms"),
        "采用日期": How("采用的日期。", "2025-04-10", holds="day"),
        "刊物": How("登在哪种刊物上，可以不填。", "社情民意信息", 20),
        "期号": How("第几期，可以不填。", "12", 10, "code"),
    },
    "instruction": {
        "编号": _NUMBER,
        "领导级别": How("从下拉列表里选，一位领导一行。", width=22, words="ranks", several=True),
        "批示领导": How("姓名或职务，可以不填。", "某副市长", 16),
        "批示日期": How("批示的日期。", "2025-04-20", holds="day"),
        "批示内容": How("可以不填；涉密的不要填。", "请民政局研究", 40),
    },
    "finding": {
        "编号": How(
            "认定针对一条信息的填这里。编号、姓名、单位名称三项只填一项。",
            "2025-001",
            13,
            "code",
        ),
        "姓名": How("认定针对一个人的填这里；同名的写成“姓名（单位）”。", width=20),
        "单位名称": How("认定针对一个单位的填这里。", width=26),
        "认定类型": How("从下拉列表里选。", width=16, words="finding_kinds", several=True),
        "认定日期": How("作出认定的日期。", "2025-06-10", holds="day"),
        "认定依据": How("由谁、凭什么认定。", "与某报文章雷同，经主任会议认定", 40),
    },
}
"""By kind of sheet and heading."""

_DECLARED: Mapping[str, How] = {
    "text": How("计分办法规定的附加项，照办法填写。"),
    "number": How("计分办法规定的附加项，填数，可以带小数。", "800"),
    "date": How("计分办法规定的附加项，填日期。", "2025-03-01", holds="day"),
    "choice": How("计分办法规定的附加项，从下拉列表里选。"),
    "shares": How("计分办法规定的附加项，照作者的先后填比例。", "3:2", holds="code"),
}
"""What the rulebook declares, by what may be written."""


def _words(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """The drop-down lists by name: what the rulebook declares, in its order, and what is fixed."""
    declared = ("channels", "ranks", "roles", "unit_kinds", "finding_kinds", "stages")
    return {
        **{name: tuple(dict.fromkeys(getattr(vocabulary, name).values())) for name in declared},
        "yes_no": ("是", "否"),
        "signatures": tuple(terms.SIGNATURES.values()),
        "verdicts": tuple(terms.VERDICTS.values()),
        "forms": vocabulary.forms,
        "": (),
    }


class Column(NamedTuple):
    """A column that is handed out.

    Attributes:
        must: 必填 or the like; "" where it may be left out.
        note: how it is filled in.
        example: of what stands in it.
    """

    field: Field
    must: str
    note: str
    example: str


def columns(
    kind: Kind,
    vocabulary: Vocabulary,
    attributes: Sequence[str] = (),
    further: Mapping[str, int] | None = None,
) -> list[Column]:
    """The columns of a kind of sheet, in the order of its headings.

    Args:
        kind: of sheet.
        vocabulary: the words of the rulebook in force.
        attributes: headings of attributes, after the others.
        further: in how many more columns the text of a heading goes on.
    """
    words = _words(vocabulary)
    how_of = _HOW[kind.fact]
    declared = {one.name: one for one in vocabulary.declared_of(kind.fact)}
    named = [
        (h.name, h.required, how_of[h.name], words[how_of[h.name].words]) for h in kind.headings
    ]
    for name in attributes:
        one = declared.get(name, Declared(name, kind.fact, "text"))
        named.append((name, False, _DECLARED[one.kind], one.choices))
    found = []
    for name, required, how, choices in named:
        more = CONTINUED[: (further or {}).get(name, 0)]
        must = ("不能缺这一列" if how.blank else "必填") if required else ""
        field = Field(
            name,
            required,
            how.holds,
            how.width,
            f"{must or '选填'}。{how.note}",
            choices,
            how.several,
            tuple(name + part for part in more),
        )
        found.append(Column(field, must, how.note, how.example or "".join(choices[:1])))
    return found


def kind_of(fact: str) -> Kind:
    """The kind of sheet that records that kind of fact."""
    return next(kind for kind in KINDS if kind.fact == fact)
