"""The page about spreadsheets: the headings that importing knows, and what may stand below them."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Final

from sqmy import terms
from sqmy.declared import form_word
from sqmy.errors import SqmyError
from sqmy.intake import cells, grid, guard, old_workbooks
from sqmy.intake.events import Event, Fact
from sqmy.intake.headings import BESIDE, KINDS, Heading, Kind
from sqmy.intake.words import Words
from sqmy.rules import reader
from sqmy.rules.rulebook import Rulebook
from sqmy.rules.words import Attribute, FindingKind, Label, Role
from sqmy.rules.words import Words as Declared
from tools.parts import MADE, RULES, table

_LEAD: Final = """\
`sqmy import` 读 `.xlsx`、`.xlsm`、旧的 `.xls` 和 `.csv`。一个文件可以有好几张工作表，一张工作表里
可以上下排几张表，是哪一种表只看标题，不看工作表的名称，所以表名、列的先后都随意。
`sqmy template 空表.xlsx` 写出一份空表，带下拉列表和填表说明。

- **全部写入或全部不写。** 有一行不对就什么也不写入，每一处都报出文件、工作表和格子，
  一行里有几处的一次说完。先用 `--dry-run` 看一遍。
- **同一份表可以反复导入**，已有的不会再记一遍。
- **不猜。** 读不准的格子是那一格的错；跳过了什么、哪些列没有读，都会说明。"""

_FILLING: Final = """\
- **几个值写在一格**，用 `、` 隔开（`，` `；` `/` 和换行也行），如几位作者、几个单位。
- **同名的人** 写成 `姓名（单位）`。
- **姓名** 中间的空格（`张 三`）、各种样子的间隔号都认得。每一位都要写全，`张三等3人`、
  `张三和李四` 会报错；没有作者的空着，写 `无`、`—` 也行。
- **日期** 写 `2025-03-01`、`2025.3.1`、`2025年3月1日`、`20250301`、`二〇二五年三月一日` 都行，
  全角数字也行，后面带钟点也行。没有年份的（`4月5日`）、年份只有两位的（`25.4.5`）不猜：改好，
  或加 `--year-of 2025`，说明整份表里这样的日期都是这一年（工作表名或表名写着别的年份的，会报错）。
  `3/4/2025` 分不清月和日，只能改。
- **编号** 只是写法不同的（`2025-1` 与 `2025-001`、`〔2025〕1号`），分不清是不是同一条，会报错。
- **公式** 要先在 Excel 或 WPS 里存过一次，文件里才有结果。
- CSV 的编码可以是 UTF-8 或 GB18030（记事本的 ANSI）。"""

_ARRIVING: Final = """\
各处报来的表、用了多年的台账，不必先整理成上面的样子：

- 标题行上面可以有表名、填报单位和空行；标题可以占两三行，如“采用情况”下面分“市政协”“省政协”，
  合并不合并都行。标题里的空格、换行、括号里的说明、星号不影响。
- 合计、小计（`一季度小计` 也是）、空行、每页重复的表名和标题、分段的小标题、
  表末的落款和附注，跳过不读。
- 几位作者各占一列的（`第一作者`、`第二作者`，`作者1`、`作者2`）依次合在一起；列名像是作者却认不出的
  （如已有“作者”，另有“执笔人”），下面填了内容就会报错，免得漏掉一位。
- 隐藏的行、筛选后没有显示的行、隐藏的列和工作表照样读，会说明是哪些。
- 作者、单位等在几行上合并的格子，每一行都算有；编号或标题在几行上合并的，几行是一条信息，
  各行的作者、单位合在一起，各行的采用、批示各算一次。跨几列合并的，分不清，会报错。
- 序号、得分、名次、备注等认不得的列不读。
- 编号每年从头编的（1、2、3……），加 `--number-by-year`，编号前加上报送的年份，成为 `2025-001`；
  没有编号而有序号的，这时就把序号当编号。
- 没有编号的表，按标题和作者、单位找台账里已有的；找不到的是新的一条，编号由台账给。
- 只有各单位合计数的统计表不能导入，会说明是什么表，各行相加与合计行不符的也会说出来。"""

_LEDGER: Final = """\
报送表里可以同一行写上这条信息后来的采用和批示，不必另做采用表、批示表。写法有三种，可以混用：

- **一个渠道一列**：标题是渠道的名称或又名，后面带不带“采用”“录用”“采纳”“刊用”都行；领导级别的一列
  同样，如“省级领导批示”。格子里写日期，可以几个，可以带采用方式（`2025.3.1综合`）；方式也可以另占一列，
  如“市政协采用时间”“市政协采用方式”。
- **一段话**：标题是“采用情况”“批示情况”等，格子里写明哪里、哪天、怎样采用，几次的用分号隔开。
- **只打记号**：`√` `✓` `是` `1`，日期在同一行的“采用日期”“批示日期”一列；都没有写日期的，
  加 `--undated-on 日期`，说明都在这一天，否则是那一格的错。

`否`、`无`、`0`、`×`、`未采用` 之类和空着一样；“是否采用”写着否，同一行又写了被谁采用的，会报错。
列名像是渠道或领导、办法里却没有的（如“国办采用”），下面填了内容就会报错，免得漏记。读法举例："""

_SAMPLES: Final[Sequence[tuple[Fact, str, str]]] = (
    ("adoption", "市政协", "2025.3.1综合"),
    ("adoption", "市政协", "2025.3.1、2025.5.6综合"),
    ("adoption", "市政协", "√"),
    ("adoption", "市政协", "2"),
    ("adoption", "", "市政协2025.3.1单篇采用；省政协2025年5月6日综合采用"),
    ("adoption", "", "2025年3月1日，市政协《社情民意》第12期采用"),
    ("adoption", "", "市政协、省政协2025.3.1采用"),
    ("adoption", "", "市政协2025.3.1、2025.5.6综合采用"),
    ("adoption", "", "国办2025.3.1采用"),
    ("adoption", "", "市政协3月1日采用"),
    ("instruction", "", "市委市政府主要领导2025.4.1批示"),
    ("instruction", "", "省领导2025.4.1批示：请民政局研究。"),
    ("instruction", "", "周某2025.4.1批示"),
)

_REQUIRED: Final = r" \*"
_ATTRIBUTES: Final = """\
办法里的附加项和它的又名也是标题：信息的在报送表，采用、批示、认定的在各自的表；台账上与采用、批示
同一行的也读，那一行要正好有一次采用或批示，否则分不清是哪一次的，会报错。

- **数** 填 `800`、`2.5`、`1/4`，不带单位。`1/4` 会被 Excel 自动改成日期，这一列要先设为“文本”格式。
- **日期** 同上面的日期。**选项** 只能填办法列出的；选项是“是”“否”的，打 `√` 就是“是”。
- **比例** 填 `3:2`。Excel 会把它自动改成时间，这一列也要先设为“文本”格式；空表里已经设好。"""

_AFTER: Final = {
    "unit": "同一单位再写一行、带较晚的“生效日期”，是从那天起的变化；“参评”填是或否，不填是“是”。",
    "member": "同一人再写一行，表示另有一项身份；先前没有“任职结束”的，再写一行补上即可。",
    "submission": "“署名”填个人或单位，不填是个人；没有作者的算单位署名。"
    "没有“编号”一列、同一行写上采用批示的，见下。",
    "review": f"“审核结论”填{'、'.join(terms.VERDICTS.values())}。",
    "adoption": f"“采用方式”填{'、'.join(terms.FORMS.values())}，不填是单篇。",
    "instruction": "“批示内容”只存在台账里，不进入任何外发的材料。",
    "finding": "“编号”“姓名”“单位名称”三列至少有一列，每行只填一个。",
}


def page() -> str:
    """The page."""
    rulebook = reader.read_file(RULES)
    parts = ["# 导入的表格", MADE, _LEAD, "## 怎么填", _FILLING, "## 标题", _HEADINGS]
    for kind in KINDS:
        parts += _headings(kind)
    parts += ["### 附加项", _ATTRIBUTES]
    parts += ["## 台账：一行写完一条信息", _LEDGER, _samples(rulebook), _BESIDE, _beside()]
    parts += ["## 别人做的表", _ARRIVING, "## 读不了的", _limits()]
    parts += ["## 办法规定的用词", _WORDS, table(("用在", "可以填"), list(_words(rulebook.words)))]
    return "\n\n".join(parts) + "\n"


_HEADINGS: Final = "标 * 的必须有。“备选”一栏的写法，在没有别的列可认时才认。"
_BESIDE: Final = "同一行里认得的其他标题："
_WORDS: Final = "这是随程序附带的计分办法里的词，括号里的写法也认得；本县的不同，以本县的为准。"


def _headings(kind: Kind) -> Iterator[str]:
    """The headings of one kind of sheet."""
    yield f"### {kind.label}"
    weak = any(heading.weak for heading in kind.headings)
    heads = ("标题", "也可以写作", *(("备选",) if weak else ()))
    yield table(heads, [_row(heading, weak=weak) for heading in kind.headings])
    if kind.fact in _AFTER:
        yield _AFTER[kind.fact]


def _row(heading: Heading, *, weak: bool) -> tuple[str, ...]:
    told = (heading.name + _REQUIRED * heading.required, "、".join(heading.spellings))
    return (*told, "、".join(heading.weak)) if weak else told


def _beside() -> str:
    """What is read beside a title besides the columns of channels and ranks."""
    once = {heading.name: heading for heading in BESIDE}
    return table(
        ("标题", "也可以写作"), [(name, "、".join(h.spellings)) for name, h in once.items()]
    )


def _samples(rulebook: Rulebook) -> str:
    """Cells of ledger sheets, and what the program reads in them."""
    words = Words(rulebook.vocabulary())
    rows = []
    for fact, label, written in _SAMPLES:
        column = f"{label}采用" if label else f"{terms.KINDS[fact]}情况"
        as_day = partial(cells.as_day, epoch=None, what="")
        try:
            told = words.grammars[fact].cell(written, Event(label), as_day)
            read = "；".join(map(_told, told))
        except SqmyError as error:
            read = f"报错：{error}"
        rows.append((column, f"`{written}`", read))
    return table(("列", "格子里写的", "读作"), rows)


def _told(event: Event) -> str:
    form = form_word(event.form)
    journal = f"《{event.journal}》" if event.journal else ""
    parts = (event.label, event.day or "日期看同一行", form, journal, event.issue, event.content)
    return "，".join(part for part in parts if part)


def _limits() -> str:
    """What is refused for its size, and what may be done about it."""
    millions = 1_000_000
    cells_, blank = guard.MAX_CELLS // 10_000, grid.MAX_BLANK_ROWS // 10_000
    unpacked, old = guard.MAX_UNPACKED // millions, old_workbooks.MAX_BYTES // millions
    return f"""\
为了不让坏文件拖垮电脑，下面这些不读，会说明怎么办：

- 内容超过 {grid.MAX_COLUMNS:,} 列、{grid.MAX_ROWS:,} 行，或一张工作表超过 {cells_} 万格；
  合并的格子超过 {grid.MAX_MERGED // 10_000} 万处；写明的空行超过 {blank} 万行。
- `.xlsx` 解开后超过 {unpacked} MB，`.xls` 大于 {old} MB，或里面有不该有的东西（如 XML 实体）。
- 加了打开密码的、`.xlsb`、`.ods`、PDF、图片、网页改名成的“表格”：请另存为 `.xlsx`。"""


def _words(words: Declared) -> Iterator[tuple[str, str]]:
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
