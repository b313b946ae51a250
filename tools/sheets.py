"""The page about spreadsheets: the headings that importing knows, and what may stand below them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from sqmy import terms
from sqmy.intake.headings import KINDS, Kind
from sqmy.rules import reader
from sqmy.rules.words import Attribute, FindingKind, Label, Role, Words
from tools.parts import MADE, RULES, table

_LEAD: Final = """\
`sqmy import` 读 `.xlsx`、`.xlsm` 和 `.csv`。一个文件可以有好几张工作表，是哪一种表只看标题行，
不看工作表的名称，所以表名、列的先后都随意。标题的写法见下面各表。
`sqmy template 空表.xlsx` 写出一份空表，带下拉列表和填表说明。

怎么填：

- **全部写入或全部不写。** 有一行不对就什么也不写入，每一处都报出文件、工作表和格子。
  先用 `--dry-run` 检查一遍。
- **同一份表可以反复导入**，已有的不会再记一遍。
- **几个值写在一格**，用 `、` 隔开（`，` `；` `/` 和换行也行），如几位作者、几个单位。
- **同名的人** 写成 `姓名（单位）`。
- **日期** 写 `2025-03-01`、`2025.3.1`、`2025年3月1日`、`20250301` 都行，要有年份。
- **标题行上面** 可以有表名；空行、合计行跳过，隐藏的行照读；认不得的列不读，跳过了什么都会说明。
- **数据里不要合并单元格**；公式要先在 Excel 或 WPS 里存过一次，文件里才有结果。
- CSV 的编码可以是 UTF-8 或 GB18030（记事本的 ANSI）。"""

_REQUIRED: Final = r" \*"
_AFTER: Final = {
    "unit": "同一单位再写一行、带较晚的“生效日期”，是从那天起的变化；“参评”填是或否，不填是“是”。",
    "member": "同一人再写一行，表示另有一项身份；先前没有“任职结束”的，再写一行补上即可。",
    "submission": "“署名”填个人或单位，不填是个人；没有作者的算单位署名。办法里的附加项也是标题。",
    "review": f"“审核结论”填{'、'.join(terms.VERDICTS.values())}。",
    "adoption": f"“采用方式”填{'、'.join(terms.FORMS.values())}，不填是单篇。",
    "instruction": "“批示内容”只存在台账里，不进入任何外发的材料。",
    "finding": "“编号”“姓名”“单位名称”三列至少有一列，每行只填一个。",
}


def page() -> str:
    """The page."""
    parts = ["# 导入的表格", MADE, _LEAD, "## 标题", "标 * 的必须有。"]
    for kind in KINDS:
        parts += _headings(kind)
    words = reader.read_file(RULES).words
    parts += ["## 办法规定的用词", _WORDS, table(("用在", "可以填"), list(_words(words)))]
    return "\n\n".join(parts) + "\n"


_WORDS: Final = "这是随程序附带的计分办法里的词，括号里的写法也认得；本县的不同，以本县的为准。"


def _headings(kind: Kind) -> Iterator[str]:
    """The headings of one kind of sheet."""
    yield f"### {kind.label}"
    rows = [
        (heading.name + _REQUIRED * heading.required, "、".join(heading.spellings))
        for heading in kind.headings
    ]
    yield table(("标题", "也可以写作"), rows)
    if kind.fact in _AFTER:
        yield _AFTER[kind.fact]


def _words(words: Words) -> Iterator[tuple[str, str]]:
    """What the rulebook lets a cell say, by the headings under which it stands."""
    yield "单位类别", "、".join(words.unit_kinds)
    yield "身份", _spelled(words.roles)
    yield "审核环节", "、".join(words.stages)
    yield "上报单位、采用单位", _spelled(words.channels)
    yield "领导级别", _spelled(words.ranks)
    yield "认定类型", _spelled(words.finding_kinds)
    if words.attributes:
        yield "附加项", _spelled(words.attributes)


def _spelled(
    labels: Iterable[Label] | Sequence[Role] | Sequence[FindingKind] | Sequence[Attribute],
) -> str:
    """Labels, each with its other spellings."""
    return "、".join(
        f"{label.label}（{'、'.join(label.aliases)}）" if label.aliases else label.label
        for label in labels
    )
