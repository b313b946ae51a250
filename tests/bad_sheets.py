"""A sound workbook, and every way of spoiling it that the clerk must be told of.

Each `Bad` changes the sound sheets in one place and says at which cell the refusal must stand
and which words it must contain.
"""

from collections.abc import Callable
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import load_workbook

import workbooks

Sheets = dict[str, list[list[Any]]]

GOOD: Sheets = {
    "单位": [["单位名称", "单位类别", "参评", "简称", "生效日期"],
           ["提案委员会", "委室", "是", "提案委", None],
           ["文史委员会", "委室", "是", "文史委", None]],
    "人员": [["姓名", "单位", "身份", "任职开始", "任职结束"],
           ["张三", "提案委", "委员", "2022-01-01", None],
           ["李四", "文史委", "常委", "2022-01-01", "2026-12-31"],
           ["王五", "提案委", "委员", None, None],
           ["王五", "文史委", "委员", None, None]],
    "报送": [["编号", "标题", "作者", "报送单位", "报送日期", "署名"],
           ["2025-001", "关于老旧小区的建议", "张三、李四", "提案委、文史委", date(2025, 3, 1),
            None],
           ["2025-002", "关于古树保护的建议", "王五（文史委）", None, "2025.4.1", None],
           ["2025-003", "关于农村饮水的建议", None, "文史委", "2025年5月1日", None]],
    "审核": [["编号", "审核环节", "审核结论", "审核日期"],
           ["2025-001", "单位审核", "通过", "2025-03-02"]],
    "上报": [["编号", "上报单位", "上报日期"],
           ["2025-001", "市政协", "2025-03-03"]],
    "采用": [["编号", "采用单位", "采用方式", "采用日期"],
           ["2025-001", "市政协", "单篇", "2025-03-10"],
           ["2025-002", "省政协", "综合", "2025-05-10"]],
    "批示": [["编号", "领导级别", "批示日期"],
           ["2025-001", "省级领导", "2025-04-10"]],
    "认定": [["编号", "姓名", "认定类型", "认定日期"],
           ["2025-003", None, "网上下载", "2025-06-10"]],
}  # fmt: skip


class Bad(NamedTuple):
    """One fault.

    Attributes:
        name: what is wrong.
        spoil: makes it so in the sheets.
        place: of the one refusal; "" where it is of the whole file.
        words: that must stand in it.
        spoil_file: makes it so in the file once it is written.
    """

    name: str
    spoil: Callable[[Sheets], None] | None
    place: str
    words: tuple[str, ...]
    spoil_file: Callable[[Path], None] | None = None

    def write(self, path: Path) -> Path:
        """The spoiled workbook."""
        sheets = deepcopy(GOOD)
        if self.spoil:
            self.spoil(sheets)
        workbooks.workbook(path, sheets)
        if self.spoil_file:
            self.spoil_file(path)
        return path


def cell(sheet: str, row: int, heading: str, value: object) -> Callable[[Sheets], None]:
    """Another value in a cell; `row` as the spreadsheet counts."""

    def spoil(sheets: Sheets) -> None:
        rows = sheets[sheet]
        rows[row - 1][rows[0].index(heading)] = value

    return spoil


def cells(*changes: Callable[[Sheets], None]) -> Callable[[Sheets], None]:
    """Several changes."""

    def spoil(sheets: Sheets) -> None:
        for change in changes:
            change(sheets)

    return spoil


def good(*changes: Callable[[Sheets], None]) -> Sheets:
    """The sound sheets, with changes."""
    sheets = deepcopy(GOOD)
    cells(*changes)(sheets)
    return sheets


def added(sheet: str, *row: object) -> Callable[[Sheets], None]:
    """One more row."""
    return lambda sheets: sheets[sheet].append(list(row))


def merged(area: str) -> Callable[[Path], None]:
    """Merged cells on 报送."""

    def spoil(path: Path) -> None:
        book = load_workbook(path)
        book["报送"].merge_cells(area)
        book.save(path)

    return spoil


def content(data: bytes) -> Callable[[Path], None]:
    """Another content of the file."""

    def spoil(path: Path) -> None:
        path.write_bytes(data)

    return spoil


_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
_HEADING = 1

BAD = (
    Bad("a missing heading", cell("采用", _HEADING, "采用日期", "日子"), "采用!A1",
        ("缺标题「采用日期」", "认出了编号、采用单位")),
    Bad("a heading twice", cell("采用", _HEADING, "采用方式", "编号"), "采用!C1",
        ("标题「编号」重复", "A1")),
    Bad("merged cells in the data", None, "报送!C3",
        ("合并单元格 C3:D4", "取消合并并逐行填写"), merged("C3:D4")),
    Bad("a formula without a saved value", cell("报送", 3, "标题", '="关于"&"古树"'), "报送!B3",
        ("公式", "保存一次")),
    Bad("a damaged .xls", None, "", ("不是电子表格，或者已经损坏", "另存为 .xlsx"),
        content(_OLE)),
    Bad("an encrypted workbook", None, "",
        ("密码",), content(_OLE + "EncryptedPackage".encode("utf-16-le"))),
    Bad("no workbook", None, "", ("不是工作簿",), content(b"hello")),
    Bad("a control character in a title", cell("报送", 2, "标题", "关于_x0007_电梯"), "报送!B2",
        ("标题的第 3 个字", "U+0007")),
    Bad("an unknown name", cell("报送", 2, "作者", "张三、李思"), "报送!C2",
        ("没有人员「李思」", "相近的有：李四")),
    Bad("an ambiguous name", cell("报送", 3, "作者", "王五"), "报送!C3",
        ("姓名「王五」不止一个", "王五（提案委员会）", "王五（文史委员会）")),
    Bad("a unit in place of an author", cell("报送", 2, "作者", "提案委"), "报送!C2",
        ("「提案委」是单位，不是人", "署名填「单位」")),
    Bad("an author twice", cell("报送", 2, "作者", "张三、张 三"), "报送!C2", ("写了两次",)),
    Bad("an unknown unit", cell("报送", 4, "报送单位", "文史为"), "报送!D4",
        ("没有单位「文史为」",)),
    Bad("an unknown unit of a member", cell("人员", 5, "单位", "经济委"), "人员!B5",
        ("没有单位「经济委」",)),
    Bad("an unknown channel", cell("采用", 2, "采用单位", "市正协"), "采用!B2",
        ("没有渠道「市正协」", "市政协")),
    Bad("an unknown rank", cell("批示", 2, "领导级别", "省领导们"), "批示!B2",
        ("没有领导级别「省领导们」", "国家领导人")),
    Bad("an unknown role", cell("人员", 2, "身份", "主席"), "人员!C2",
        ("没有身份「主席」", "特邀信息员")),
    Bad("an unknown kind of unit", cell("单位", 3, "单位类别", "科室"), "单位!B3",
        ("没有单位类别「科室」", "委室")),
    Bad("an unknown kind of finding", cell("认定", 2, "认定类型", "抄袭"), "认定!C2",
        ("没有认定类型「抄袭」", "报刊抄袭")),
    Bad("an unknown stage", cell("审核", 2, "审核环节", "终审"), "审核!B2",
        ("没有审核环节「终审」", "秘书长审定")),
    Bad("an unknown verdict", cell("审核", 2, "审核结论", "待定"), "审核!C2",
        ("没有审核结论「待定」", "通过、退回、不采用")),
    Bad("an impossible day", cell("采用", 2, "采用日期", "2025-02-30"), "采用!D2",
        ("2025 年 2 月没有 30 日",)),
    Bad("an ambiguous day", cell("采用", 2, "采用日期", "3/4/2025"), "采用!D2", ("月和日分不清",)),
    Bad("a day without its year", cell("采用", 2, "采用日期", "3月10日"), "采用!D2", ("缺年份",)),
    Bad("a day to come", cell("采用", 2, "采用日期", "2199-01-01"), "采用!D2",
        ("在今天", "--future")),
    Bad("a submission to come", cell("报送", 4, "报送日期", "2199-01-01"), "报送!E4",
        ("--future",)),
    Bad("an adoption before its submission", cell("采用", 2, "采用日期", "2025-02-28"), "采用!D2",
        ("早于 2025-001 的报送日期 2025-03-01", "sqmy amend")),
    Bad("an end before its start", cell("人员", 2, "任职结束", "2021-01-01"), "人员!E2",
        ("任职结束 2021-01-01 早于任职开始 2022-01-01",)),
    Bad("a number used twice",
        cells(cell("报送", 4, "编号", "2025-001"), cell("认定", 2, "编号", "2025-001")), "报送!A4",
        ("编号「2025-001」与 账.xlsx 报送!A2 重复", "标题、作者、报送日期、署名、报送单位不同",
         "请只留一行")),
    Bad("neither author nor unit", cell("报送", 4, "报送单位", None), "报送!D4",
        ("作者和报送单位都没有填",)),
    Bad("a person's signature without a person", cell("报送", 4, "署名", "个人"), "报送!F4",
        ("作者却没有填",)),
    Bad("no title", cell("报送", 4, "标题", "　"), "报送!B4", ("标题没有填",)),
    Bad("a day in place of a number", cell("采用", 2, "编号", date(2025, 3, 1)), "采用!A2",
        ("是日期 2025-03-01", "“文本”格式")),
    Bad("an unknown number", cell("采用", 2, "编号", "2025-999"), "采用!A2",
        ("没有编号「2025-999」的信息",)),
    Bad("a role that ended otherwise",
        added("人员", "李四", "文史委", "常委", "2022-01-01", "2025-1-1"), "人员!E6",
        ("已登记到 2026-12-31", "改成一样")),
    Bad("a unit that was otherwise", added("单位", "提案委", "其他", "是", None, None), "单位!B4",
        ("单位类别与这一行不同", "已登记的是「委室」", "生效日期")),
    Bad("an alias of another unit", cell("单位", 3, "简称", "文史委、提案委"), "单位!D3",
        ("「提案委」已经是提案委员会的名称",)),
    Bad("a remark behind a name", cell("人员", 3, "姓名", "李四（女）"), "人员!A3",
        ("带有括号里的说明",)),
)  # fmt: skip
