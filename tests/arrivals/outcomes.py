"""What became of an item, in the row of the item: columns, marks, free text."""

from arrivals.common import (
    CITY,
    HEAD,
    ITEMS,
    LEADER,
    PROVINCE,
    SECOND,
    THREE,
    USUAL,
    Arrival,
    Facts,
    sheet,
    with_events,
)
from sqmy.intake.settled import Settled

ARRIVALS = (
    Arrival(
        "Channels by alias, without 采用 and with 录用, 采纳, 刊用; a rank by alias.",
        sheet(
            [
                [
                    *HEAD,
                    "本级",
                    "市政协录用",
                    "省政协采纳情况",
                    "全国政协刊用时间",
                    "省领导批示情况",
                ],
                *with_events(
                    ["2025-03-05", "2025.3.10", "2025年5月6日", "2025/6/1", "20250602"], [], []
                ),
            ]
        ),
        Facts(
            ITEMS,
            (
                "2025-001 县政协 2025-03-05 单篇",
                "2025-001 市政协 2025-03-10 单篇",
                "2025-001 省政协 2025-05-06 单篇",
                "2025-001 全国政协 2025-06-01 单篇",
                "2025-001 省级领导 2025-06-02",
            ),
        ),
    ),
    Arrival(
        "Free text: what was adopted where, when and how; who of the leaders, when.",
        sheet(
            [
                [*HEAD, "采用情况", "批示情况"],
                *with_events(
                    ["市政协2025.3.10单篇采用；省政协2025年5月6日综合采用", None],
                    ["未采用", "市委市政府主要领导2025.4.20批示"],
                    ["无", "—"],
                ),
            ]
        ),
        USUAL,
    ),
    Arrival(
        "Free text in other words: the day in brackets or in front, commas, a journal, line "
        "breaks, a leader's words.",
        sheet(
            [
                [*HEAD, "录用情况", "领导批示"],
                *with_events(
                    [
                        "被市政协采用（2025年3月10日）\n2025-05-06，省政协《社情民意》第12期综合采用",
                        None,
                    ],
                    [
                        "市政协2025.5.1、2025.6.1采用",
                        "市主要领导2025.4.20批示：请住建局研究，15日内答复。",
                    ],
                    ["市政协、省政协2025-7-1采用", None],
                ),
            ]
        ),
        Facts(
            ITEMS,
            (
                "2025-001 市政协 2025-03-10 单篇",
                "2025-001 省政协 2025-05-06 综合 社情民意 第12期",
                "2025-002 市政协 2025-05-01 单篇",
                "2025-002 市政协 2025-06-01 单篇",
                "2025-003 市政协 2025-07-01 单篇",
                "2025-003 省政协 2025-07-01 单篇",
                "2025-002 市委市政府主要领导 2025-04-20 请住建局研究，15日内答复。",
            ),
        ),
    ),
    Arrival(
        "Marks of every kind, dated by the row's 采用日期 and 批示日期.",
        sheet(
            [
                [*HEAD, CITY, PROVINCE, "采用日期", f"{LEADER}批示", "批示日期"],
                *with_events(
                    ["√", "是", "2025-03-10", None, None],
                    ["✓", "否", "2025-04-09", 1, "2025-04-20"],
                    [0, "×", None, "/", None],
                ),
            ]
        ),
        Facts(
            ITEMS,
            (
                "2025-001 市政协 2025-03-10 单篇",
                "2025-001 省政协 2025-03-10 单篇",
                "2025-002 市政协 2025-04-09 单篇",
                "2025-002 市委市政府主要领导 2025-04-20",
            ),
        ),
    ),
    Arrival(
        "Marks without any day; whoever imports says which.",
        sheet([[*HEAD, CITY, f"{LEADER}批示"], *with_events(["√综合"], [True, "是"], [])]),
        Facts(
            ITEMS,
            (
                "2025-001 市政协 2025-12-31 综合",
                "2025-002 市政协 2025-12-31 单篇",
                "2025-002 市委市政府主要领导 2025-12-31",
            ),
        ),
        Settled(undated_on="2025-12-31"),
    ),
    Arrival(
        "Several days in a cell, one with its form; days as real days, as texts, as numbers.",
        sheet(
            [
                [*HEAD, CITY, PROVINCE],
                *with_events(
                    ["2025.3.10、2025.4.10综合", "2025年5月6日转送；2025-06-06 单篇"],
                    [20250510, 45800],
                    [],
                ),
            ]
        ),
        Facts(
            ITEMS,
            (
                "2025-001 市政协 2025-03-10 单篇",
                "2025-001 市政协 2025-04-10 综合",
                "2025-001 省政协 2025-05-06 转送",
                "2025-001 省政协 2025-06-06 单篇",
                "2025-002 市政协 2025-05-10 单篇",
                "2025-002 省政协 2025-05-23 单篇",
            ),
        ),
    ),
    Arrival(
        "采用单位, 采用方式, 采用日期, 刊物 and 期号 in columns of their own, as on an adoption "
        "sheet; several channels on one day.",
        sheet(
            [
                [*HEAD, "采用单位", "采用方式", "采用日期", "刊物", "期号"],
                *with_events(
                    ["市政协", "单篇", "2025-03-10", "政协信息", 7],
                    ["市政协、省政协", "综合采用", "2025-05-06"],
                    [],
                ),
            ]
        ),
        Facts(
            ITEMS,
            (
                "2025-001 市政协 2025-03-10 单篇 政协信息 7",
                "2025-002 市政协 2025-05-06 综合",
                "2025-002 省政协 2025-05-06 综合",
            ),
        ),
    ),
    Arrival(
        "领导级别, 批示领导, 批示日期 and 批示内容 in columns of their own.",
        sheet(
            [
                [*HEAD, "领导级别", "批示领导", "批示日期", "批示内容"],
                *with_events([], [LEADER, "某市长", "2025-04-20", "请阅处"], []),
            ]
        ),
        Facts(ITEMS, ("2025-002 市委市政府主要领导 2025-04-20 某市长 请阅处",)),
    ),
    Arrival(
        "The form in the heading: a column each for 单篇采用 and 综合采用 of a channel.",
        sheet(
            [
                [*HEAD, "市政协采用", None, "省政协采用", None],
                [*[None] * 5, "单篇", "综合", "单篇", "综合"],
                *with_events(["2025-03-10", None, None, "2025-05-06"], [], []),
            ],
            merged=["F1:G1", "H1:I1"],
        ),
        Facts(ITEMS, USUAL.events[:2]),
    ),
    Arrival(
        "One adoption told twice in a row, in the channel's column and in the text: it is one.",
        sheet(
            [
                [*HEAD, CITY, PROVINCE, "采用情况", "采用日期"],
                *with_events(
                    ["2025-03-10", "√", "市政协2025.3.10单篇采用；省政协综合采用", "2025-05-06"],
                    [],
                    [],
                ),
            ]
        ),
        Facts(ITEMS, USUAL.events[:2]),
    ),
    Arrival(
        "Days, marks and texts in the spreadsheet's own ways: a real day, a switch, full-width "
        "digits and signs.",
        sheet(
            [
                [*HEAD, "市政协（采用日期）", "采用情况", "采用日期"],
                *with_events(
                    ["２０２５．３．１０", "省政协 ２０２５年５月６日 综合采用"],
                    [True, None, "2025-04-09"],
                    [],
                ),
            ]
        ),
        Facts(ITEMS, (*USUAL.events[:2], "2025-002 市政协 2025-04-09 单篇")),
    ),
    Arrival(
        "A channel that the rulebook does not know, with nothing in its column.",
        sheet(
            [[*HEAD, CITY, "国办采用"], *with_events(["2025-03-10", "否"], [None, 0], [None, None])]
        ),
        Facts(ITEMS, USUAL.events[:1]),
    ),
    Arrival(
        "采用情况 that only says yes or no, beside the channel and the day.",
        sheet(
            [
                [*HEAD, "是否采用", "采用渠道", "采用时间"],
                *with_events(["是", "市政协", "2025-03-10"], ["否"], ["未采用"]),
            ]
        ),
        Facts(ITEMS, USUAL.events[:1]),
    ),
    Arrival(
        "Two-digit years and days without a year; whoever imports says which year it is.",
        sheet(
            [
                [*HEAD[:-1], "报送日期", CITY, "采用情况"],
                ["2025-001", *THREE[0][1:4], "3月1日", "3/10", "省政协25.5.6综合采用"],
                [*SECOND[:4], "25.4.1", None, None],
            ]
        ),
        Facts(ITEMS[:2], USUAL.events[:2]),
        Settled(year=2025),
    ),
    Arrival(
        "Two columns for each channel: whether, and on which day.",
        sheet(
            [
                [*HEAD, "市政协采用", "市政协采用日期", "省政协采用", "省政协采用日期"],
                *with_events(["√", "2025-03-10", "综合", "2025-05-06"], ["否"], []),
            ]
        ),
        Facts(ITEMS, USUAL.events[:2]),
    ),
)
