"""Where things stand in a sheet: titles above, headings over headings, totals, several tables."""

from pathlib import Path

from openpyxl.worksheet.worksheet import Worksheet

import workbooks
from arrivals.common import (
    CITY,
    FIRST,
    HEAD,
    ITEMS,
    LEADER,
    PROVINCE,
    SECOND,
    THIRD,
    THREE,
    USUAL,
    Arrival,
    Facts,
    Item,
    sheet,
    with_events,
)
from sqmy.intake.settled import Settled

EVENTS = with_events(
    ["2025-03-10", "2025-05-06综合", None],
    [None, None, "2025-04-20"],
    [None, None, None],
)
COLUMNS = (*HEAD, f"{CITY}采用", f"{PROVINCE}采用", f"{LEADER}批示")


def filtered(made: Worksheet) -> None:
    made.auto_filter.ref = "A1:H4"
    made.row_dimensions[3].hidden = True
    made.row_dimensions[4].hidden = True


def monthly(folder: Path) -> Path:
    """A workbook with three monthly sheets and an empty one."""
    months = {f"{n}月": [COLUMNS, row] for n, row in zip((3, 4, 5), EVENTS, strict=True)}
    return workbooks.workbook(folder / "账.xlsx", {**months, "6月": [COLUMNS]})


def twice(folder: Path) -> Path:
    """A workbook with a ledger sheet, and the adoptions once more on a sheet of their own."""
    adoptions = [
        ["编号", "采用单位", "采用方式", "采用日期"],
        ["2025-001", CITY, "单篇", "2025-03-10"],
        ["2025-001", PROVINCE, "综合", "2025-05-06"],
    ]
    return workbooks.workbook(folder / "账.xlsx", {"台账": [COLUMNS, *EVENTS], "采用": adoptions})


TWO_ROWS = [
    [*HEAD, "采用情况", None, "批示情况"],
    [*[None] * 5, CITY, PROVINCE, LEADER],
    *EVENTS,
]

ARRIVALS = (
    Arrival(
        "A ledger sheet at its plainest: one row of headings, a column for each channel and "
        "each rank of leaders.",
        sheet([COLUMNS, *EVENTS]),
        USUAL,
    ),
    Arrival(
        "A title over the whole width, a line with the office and the day, a blank row, then "
        "the headings.",
        sheet(
            [
                ["2025年社情民意信息台账"],
                ["填报单位：提案委", None, None, "2025年12月31日"],
                [],
                COLUMNS,
                *EVENTS,
            ],
            merged=["A1:H1"],
        ),
        USUAL,
    ),
    Arrival(
        "Headings over two rows: 采用情况 over the channels, 批示情况 over the ranks, the others "
        "merged downwards.",
        sheet(TWO_ROWS, merged=["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2", "F1:G1"]),
        USUAL,
    ),
    Arrival(
        "The same under a merged title and a blank row.",
        sheet(
            [["台账"], [], *TWO_ROWS],
            merged=["A1:H1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:E4", "F3:G3"],
        ),
        USUAL,
    ),
    Arrival(
        "Headings over three rows: 基本情况 and 办理情况 above everything.",
        sheet(
            [["基本情况", None, None, None, None, "办理情况"], TWO_ROWS[0], TWO_ROWS[1], *EVENTS],
            merged=["A1:E1", "F1:H1", "F2:G2", "A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3"],
        ),
        USUAL,
    ),
    Arrival(
        "Headings over two rows where one channel alone stands under 采用情况.",
        sheet(
            [[*HEAD, "采用情况"], [*[None] * 5, CITY], [*FIRST, "2025-03-10"], SECOND, THIRD],
            merged=["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2"],
        ),
        Facts(ITEMS, ("2025-001 市政协 2025-03-10 单篇",)),
    ),
    Arrival(
        "Headings that make sense only with what stands above them: 反映人 over 姓名 and "
        "工作单位, 采用 over 单位, 时间 and 方式.",
        sheet(
            [
                ["编号", "标题", "反映人", None, "报送", None, "采用", None, None],
                [None, None, "姓名", "工作单位", "单位", "时间", "单位", "时间", "方式"],
                [
                    "2025-002",
                    SECOND[1],
                    "白芷",
                    "县医院",
                    "民盟",
                    "2025-04-01",
                    CITY,
                    "2025-04-09",
                    "转送",
                ],
            ],
            merged=["C1:D1", "E1:F1", "G1:I1"],
        ),
        Facts((ITEMS[1],), ("2025-002 市政协 2025-04-09 转送",), ("没有读的列：反映人/工作单位",)),
    ),
    Arrival(
        "An extra counter in front, points and remarks behind, a total row, blank rows between.",
        sheet(
            [
                ["序号", *COLUMNS, "得 分", "备注"],
                [1, *EVENTS[0], 15, None],
                [],
                [2, *EVENTS[1], 10, "上会"],
                [3, *EVENTS[2], 0, None],
                [],
                ["合 计", None, None, None, None, None, None, None, None, 25],
            ]
        ),
        Facts(*USUAL[:2], ("没有读的列：序号、得 分、备注", "跳过合计 1 行（第 7 行）")),
    ),
    Arrival(
        "A total that begins in the second column, merged; a signature line at the foot.",
        sheet(
            [
                ["序号", *COLUMNS],
                [1, *EVENTS[0]],
                [2, *EVENTS[1]],
                [3, *EVENTS[2]],
                [None, "合计：3条"],
                [],
                ["制表人：某甲", None, None, "审核人：某乙", None, "2025年12月31日"],
            ],
            merged=["B5:D5"],
        ),
        Facts(*USUAL[:2], ("合计 1 行（第 5 行）；落款和附注 1 行（第 7 行）",)),
    ),
    Arrival(
        "Signed at the foot by the office and the day, each alone in its row.",
        sheet(
            [
                COLUMNS,
                *EVENTS,
                [],
                [None] * 6 + ["云汀县政协办公室"],
                [None] * 6 + ["2025年12月31日"],
            ]
        ),
        Facts(*USUAL[:2], ("落款和附注 2 行（第 6、7 行）",)),
    ),
    Arrival(
        "Printed with title and headings again on the second page.",
        sheet([["台账"], COLUMNS, EVENTS[0], EVENTS[1], ["台账"], COLUMNS, EVENTS[2]]),
        Facts(*USUAL[:2], ("重复的标题 2 行（第 5、6 行）",)),
    ),
    Arrival(
        "Parted by quarters, each with a subtitle merged over the columns.",
        sheet(
            [COLUMNS, ["一季度"], EVENTS[0], ["二季度"], EVENTS[1], EVENTS[2]],
            merged=["A2:H2", "A4:H4"],
        ),
        Facts(*USUAL[:2], ("小标题 2 行（第 2、4 行）",)),
    ),
    Arrival(
        "Three tables under one another: what was submitted, what was adopted, what leaders said.",
        sheet(
            [
                ["一、报送"],
                HEAD,
                *THREE,
                [],
                ["二、采用"],
                ["编号", "采用单位", "采用方式", "采用日期"],
                ["2025-001", CITY, None, "2025-03-10"],
                ["2025-001", PROVINCE, "综合", "2025-05-06"],
                [],
                ["三、批示"],
                ["编号", "领导级别", "批示日期"],
                ["2025-002", LEADER, "2025-04-20"],
            ],
            merged=["A1:E1", "A7:E7", "A12:E12"],
        ),
        USUAL,
    ),
    Arrival(
        "A filtered sheet: two rows are hidden, and count like the others.",
        sheet([COLUMNS, *EVENTS], change=filtered),
        Facts(*USUAL[:2], ("隐藏的 2 行也读了（有筛选，没有显示的也读）：第 3、4 行",)),
    ),
    Arrival(
        "One unit merged over the lines of its items.",
        sheet(
            [
                COLUMNS,
                EVENTS[2],
                ["2025-004", "关于路灯的建议", "杜若", None, "2025-05-09"],
                EVENTS[1],
            ],
            merged=["D2:D3"],
        ),
        Facts(
            (
                ITEMS[2],
                Item("2025-004", "关于路灯的建议", ("杜若",), ("提案委员会",), "2025-05-09"),
                ITEMS[1],
            ),
            ("2025-002 市委市政府主要领导 2025-04-20",),
        ),
    ),
    Arrival(
        "One author and one unit merged over the lines of two items.",
        sheet(
            [HEAD, SECOND, ["2025-005", "关于噪声的建议", None, None, "2025-04-02"]],
            merged=["C2:C3", "D2:D3"],
        ),
        Facts(
            (
                ITEMS[1],
                Item("2025-005", "关于噪声的建议", ("白芷",), ("民盟云汀县总支",), "2025-04-02"),
            )
        ),
    ),
    Arrival(
        "An item over two lines, one for each author and unit; number, title and day merged.",
        sheet(
            [
                HEAD,
                ["2025-001", FIRST[1], "杜若", "提案委", "2025-03-01"],
                [None, None, "苏叶", "文史委", None],
                SECOND,
            ],
            merged=["A2:A3", "B2:B3", "E2:E3"],
        ),
        Facts(ITEMS[:2]),
    ),
    Arrival(
        "An item over two lines, one for each adoption: channel, day and form on its own line.",
        sheet(
            [
                [*HEAD, "采用单位", "采用日期", "采用方式"],
                [*FIRST, CITY, "2025-03-10", "单篇"],
                [*[None] * 5, PROVINCE, "2025-05-06", "综合"],
                SECOND,
            ],
            merged=["A2:A3", "B2:B3", "C2:C3", "D2:D3", "E2:E3"],
        ),
        Facts(ITEMS[:2], USUAL.events[:2]),
    ),
    Arrival(
        "Numbers that begin anew each year; the clerk says so.",
        sheet(
            [
                HEAD,
                [1, "甲事", None, "提案委", "2024-03-01"],
                ["第2号", "乙事", None, "提案委", "2024-04-01"],
                [1, "丙事", None, "提案委", "2025-03-01"],
                ["2025-002", "丁事", None, "提案委", "2025-04-01"],
            ]
        ),
        Facts(
            tuple(
                Item(number, title, (), ("提案委员会",), day, by_unit=True)
                for number, title, day in (
                    ("2024-001", "甲事", "2024-03-01"),
                    ("2024-002", "乙事", "2024-04-01"),
                    ("2025-001", "丙事", "2025-03-01"),
                    ("2025-002", "丁事", "2025-04-01"),
                )
            )
        ),
        Settled(number_by_year=True),
    ),
    Arrival(
        "No numbers but a counter that begins anew each year; the clerk says so.",
        sheet([["序号", *HEAD[1:]], [1, *FIRST[1:]], [2, *SECOND[1:]], [3, *THIRD[1:]]]),
        Facts(ITEMS),
        Settled(number_by_year=True),
    ),
    Arrival(
        "No numbers at all: the ledger gives them, in the order of the rows.",
        sheet([HEAD[1:], FIRST[1:], SECOND[1:], THIRD[1:]]),
        Facts(ITEMS),
    ),
    Arrival(
        "An export of a member platform: who downloaded it when, a blank row, a merged title, "
        "headings in the fourth row, names with a comma at both ends, days with the hour.",
        sheet(
            [
                ["下载时间：2025-12-31 09:00:00", None, "下载人：某甲"],
                [],
                ["社情民意录用情况"],
                [
                    "编号",
                    "信息标题",
                    "第一反映人",
                    "联名反映人",
                    "反映单位",
                    "提交时间",
                    "录用情况",
                ],
                [
                    "2025-001",
                    FIRST[1],
                    "杜若",
                    ",苏叶,",
                    ",提案委,文史委,",
                    "2025/03/01 10:20:20",
                    "市政协2025/03/10录用",
                ],
                ["2025-002", SECOND[1], "白芷", None, ",民盟,", "2025/04/01 08:00:00", "未录用"],
            ],
            merged=["A3:G3"],
        ),
        Facts(ITEMS[:2], USUAL.events[:1]),
    ),
    Arrival(
        "The adoptions told twice in one workbook, in the rows of the items and on a sheet of "
        "their own: each is one.",
        twice,
        USUAL,
    ),
    Arrival(
        "A sheet for each month, all with the same headings, named after the months.",
        monthly,
        USUAL,
    ),
    Arrival(
        "An adoption sheet in two parts under one another, for the two channels, headings twice.",
        sheet(
            [
                HEAD,
                *THREE,
                [],
                ["编号", "采用单位", "采用方式", "采用日期"],
                ["2025-001", CITY, None, "2025-03-10"],
                [],
                ["编号", "采用单位", "采用方式", "采用日期"],
                ["2025-001", PROVINCE, "综合", "2025-05-06"],
            ]
        ),
        Facts(ITEMS, USUAL.events[:2]),
    ),
    Arrival(
        "A blank column in front and blank rows everywhere; numbers with a 、 behind.",
        sheet(
            [
                [],
                [None, *HEAD],
                [],
                [None, "1、", *FIRST[1:]],
                [],
                [],
                [None, "2、", *SECOND[1:]],
            ]
        ),
        Facts(ITEMS[:2]),
        Settled(number_by_year=True),
    ),
    Arrival(
        "Totals of quarters and of the year, called so, in the column of the numbers or behind it.",
        sheet(
            [
                ["序号", *COLUMNS],
                [1, *EVENTS[0]],
                ["一季度小计", None, "1条"],
                [2, *EVENTS[1]],
                [None, None, "二季度合计（1条）", None, 1],
                [3, *EVENTS[2]],
                ["全年总计：3条"],
            ]
        ),
        Facts(*USUAL[:2], ("跳过合计 3 行（第 3、5、7 行）",)),
    ),
    Arrival(
        "Parted by units, each with a subtitle in the column of the numbers, nothing merged.",
        sheet([COLUMNS, ["一、提案委（1条）"], EVENTS[0], ["二、其他"], EVENTS[1], EVENTS[2]]),
        Facts(*USUAL[:2], ("小标题 2 行（第 2、4 行）",)),
    ),
    Arrival(
        "An author a column: 第一作者, 第二作者, in whatever order.",
        sheet(
            [
                ["编号", "标题", "第二作者", "第一作者", "报送单位", "报送日期"],
                ["2025-001", FIRST[1], "苏叶", "杜若", "提案委、文史委", "2025-03-01"],
                ["2025-002", SECOND[1], None, "白芷", "民盟", "2025-04-01"],
            ]
        ),
        Facts(ITEMS[:2]),
    ),
    Arrival(
        "An author a column under one heading: 作者 over 作者1 and 作者2.",
        sheet(
            [
                ["编号", "标题", "作者", None, "报送单位", "报送日期"],
                [None, None, "作者1", "作者2", None, None],
                ["2025-001", FIRST[1], "杜若", "苏叶", "提案委、文史委", "2025-03-01"],
                ["2025-002", SECOND[1], "白芷", None, "民盟", "2025-04-01"],
            ],
            merged=["A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2"],
        ),
        Facts(ITEMS[:2]),
    ),
    Arrival(
        "Each channel over 时间, 方式 and 得分.",
        sheet(
            [
                [*HEAD, CITY, None, None, PROVINCE, None, None],
                [*[None] * 5, *("采用时间", "采用方式", "得分") * 2],
                [*FIRST, "2025-03-10", "单篇", 5, "2025-05-06", "综合", 10],
                [*SECOND, None, None, None, "2025-04-09", "转送", 10],
            ],
            merged=["A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:E2", "F1:H1", "I1:K1"],
        ),
        Facts(
            ITEMS[:2],
            (*USUAL.events[:2], "2025-002 省政协 2025-04-09 转送"),
            ("没有读的列：市政协/得分、省政协/得分",),
        ),
    ),
    Arrival(
        "A sheet for each year, days without it: the year that is settled is that of the sheet.",
        sheet(
            [["2025年社情民意信息台账（2026年1月5日填）"], HEAD, [*FIRST[:4], "3月1日"]],
            name="2025年",
        ),
        Facts(ITEMS[:1]),
        Settled(year=2025),
    ),
    Arrival(
        "Parted by units in the first column, which is left blank below; an author of another.",
        sheet(
            [
                ["单位", "编号", "题目", "作者", "时间"],
                ["提案委", "2025-011", "甲事", "杜若", "2025-03-01"],
                [None, "2025-012", "乙事", "杜若", "2025-03-02"],
                [None, "2025-013", "丙事", "苏叶", "2025-03-03"],
            ]
        ),
        Facts(
            (
                Item("2025-011", "甲事", ("杜若",), ("提案委员会",), "2025-03-01"),
                Item("2025-012", "乙事", ("杜若",), ("提案委员会",), "2025-03-02"),
                Item("2025-013", "丙事", ("苏叶",), ("文史委员会",), "2025-03-03"),
            ),
            (),
            ("按作者当时的单位记，与上面一格的不同：账.xlsx 台账!A4。",),
        ),
    ),
)
