"""Makes the ledger of 2024 that 云汀县 kept before sqmy: `python examples/make_old_ledger.py`.

`yunting/arrived/old-2024.xlsx` is as such sheets are: a title, headings over two rows, padded
names, days in every spelling and some without a year, marks without a day, one unit merged over
several lines, a hidden row, subtotals, a name misspelt, a signature. The tutorial takes it in.
"""

# ruff: noqa: INP001 (a script and no package)

from __future__ import annotations

from datetime import date

from make_yunting import FOLDER, NOTICE, write_book
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.worksheet.properties import PageSetupProperties

TITLE = "云汀县政协2024年社情民意信息台账"
HEADINGS = (
    (
        "编号",
        "信息题目",
        "反映人",
        "报送单位",
        "报送时间",
        "采用情况",
        None,
        "批示情况",
        "得 分",
        "备注",
    ),
    (None, None, None, None, None, "市政协", "省政协", "市主要领导", None, None),
)
MERGED = ("A1:J1", "A2:E2", "F2:J2", *(f"{column}3:{column}4" for column in "ABCDEIJ"), "F3:G3")
WIDTHS = (6, 44, 18, 20, 16, 24, 22, 16, 8, 14)
ROWS = (
    (
        1,
        "老城区排水管网淤堵严重亟待疏通",
        "杜 若",
        "经科农委",
        "2024.1.15",
        "√",
        None,
        None,
        5,
        None,
    ),
    (
        2,
        "农村快递“最后一公里”收费乱象待整治",
        "白芷、苏木",
        "提案委",
        "2024年2月6日",
        "2024.3.11单篇",
        None,
        None,
        5,
        None,
    ),
    (
        3,
        "校园周边食品摊点监管存在盲区",
        "石 斛",
        "文教卫体委",
        date(2024, 3, 5),
        None,
        None,
        None,
        0,
        None,
    ),
    ("小计", None, None, None, None, None, None, None, 10, None),
    (
        4,
        "中小学课后服务质量参差不齐",
        "连 翘",
        "文教卫体委",
        "2024/4/18",
        "2024/5/20、2024/7/2综合",
        None,
        None,
        5,
        None,
    ),
    (5, "乡镇卫生院慢病用药品种偏少", "桑寄生", None, "4月29日", None, None, None, 0, None),
    (
        6,
        "关于推进县域医共体信息互通的建议",
        "桑寄生、陆英",
        None,
        "2024-05-16",
        "2024年6月12日",
        "2024年8月8日综合",
        "2024.6.28",
        30,
        "上常委会",
    ),
    (7, "小微企业“首贷难”问题仍然突出", "柴湖", "农工党支部", "24.6.3", None, None, None, 0, None),
    ("小计", None, None, None, None, None, None, None, 35, None),
    (
        8,
        "本地建材企业应收账款回笼难",
        None,
        "县工商联",
        "二○二四年七月十一日",
        "√",
        None,
        None,
        5,
        "单位署名",
    ),
    (
        9,
        "候鸟越冬地周边秸秆焚烧屡禁不止",
        "牛 膝，荆 芥",
        "青荇站",
        "2024.9.23",
        None,
        None,
        None,
        0,
        None,
    ),
    (
        10,
        "独居老人安全监护需要再织密",
        "沙参",
        "社法民宗委",
        "2024.11.4",
        "市政协2024.12.2采用",
        None,
        None,
        5,
        None,
    ),
    ("合 计", None, None, None, None, None, None, None, 50, None),
)
BELOW = ("制表人：云 实", None, None, "审核人：水 苏", None, "填表日期：2024年12月31日")
HIDDEN = 15
"""The row of item 9: hidden one day, and forgotten."""


def main() -> None:
    """Write the workbook."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Sheet1"
    for row in (
        (TITLE,),
        ("填报单位：县政协办公室", *[None] * 4, "单位：条、分"),
        *HEADINGS,
        *ROWS,
        (),
        BELOW,
    ):
        sheet.append(list(row))
    for area in MERGED:
        sheet.merge_cells(area)
    sheet.merge_cells("D9:D11")
    edge = Side("thin", "808080")
    for line in sheet.iter_rows(min_row=3, max_row=4 + len(ROWS)):
        for cell in line:
            cell.border = Border(edge, edge, edge, edge)
            cell.alignment = Alignment("center", "center", wrap_text=True)
            if isinstance(cell.value, date):
                cell.number_format = 'yyyy"年"m"月"d"日"'
    for cell in (*sheet[3], *sheet[4]):
        cell.font = Font("宋体", 11, bold=True)
    sheet["A1"].font, sheet["A1"].alignment = Font("方正小标宋简体", 18), Alignment("center")
    sheet["A1"].comment = Comment(NOTICE, "虚构示例", height=90, width=220)
    for column, width in zip("ABCDEFGHIJ", WIDTHS, strict=True):
        sheet.column_dimensions[column].width = width
    sheet.row_dimensions[HIDDEN].hidden = True
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    folder = FOLDER / "arrived"
    folder.mkdir(exist_ok=True)
    write_book(book, folder / "old-2024.xlsx", TITLE)


if __name__ == "__main__":
    main()
