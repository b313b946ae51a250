"""How single cells are written: names, days, numbers, headings."""

from datetime import date, datetime

from arrivals.common import (
    CITY,
    FIRST,
    HEAD,
    ITEMS,
    PARKING,
    SECOND,
    THIRD,
    USUAL,
    Arrival,
    Facts,
    Item,
    sheet,
)

NINE_THIRTY = datetime(2025, 3, 1, 9, 30)  # noqa: DTZ001 — as a spreadsheet has it

ARRIVALS = (
    Arrival(
        "Names padded to three characters, with blanks of every width and invisible ones.",
        sheet(
            [
                HEAD,
                ["2025-001", FIRST[1], "杜 若、苏　叶", "提 案委，文\u200b史委", "2025-03-01"],
                ["2025-002", SECOND[1], "白\u00a0芷", " 民　盟 ", "2025-04-01"],
            ]
        ),
        Facts(ITEMS[:2]),
    ),
    Arrival(
        "A name with a dot, the dot typed in five ways; an author told by the unit.",
        sheet(
            [
                HEAD,
                *(
                    [f"2025-01{n}", f"第{n}事", name, "民盟", "2025-03-01"]
                    for n, name in enumerate(
                        (
                            "阿依努尔·买买提",
                            "阿依努尔•买买提",
                            "阿依努尔・买买提",
                            "阿依努尔．买买提",
                            "阿依努尔 · 买买提",
                        )
                    )
                ),
                ["2025-020", "竹事", "方竹（文史委）", "文史委", "2025-03-01"],
            ]
        ),
        Facts(
            (
                *(
                    Item(
                        f"2025-01{n}",
                        f"第{n}事",
                        ("阿依努尔·买买提",),
                        ("民盟云汀县总支",),
                        "2025-03-01",
                    )
                    for n in range(5)
                ),
                Item("2025-020", "竹事", ("方竹",), ("文史委员会",), "2025-03-01"),
            )
        ),
    ),
    Arrival(
        "Authors and units parted by everything that parts them, the unit under the name.",
        sheet(
            [
                HEAD,
                *(
                    [
                        f"2025-03{n}",
                        f"第{n}事",
                        f"杜若{sign}苏叶",
                        f"提案委{sign}文史委",
                        "2025-03-01",
                    ]
                    for n, sign in enumerate("、，,；;/\n")
                ),
            ]
        ),
        Facts(
            tuple(
                Item(
                    f"2025-03{n}",
                    f"第{n}事",
                    ("杜若", "苏叶"),
                    ("提案委员会", "文史委员会"),
                    "2025-03-01",
                )
                for n in range(7)
            )
        ),
    ),
    Arrival(
        "Every spelling of a day that is read.",
        sheet(
            [
                HEAD,
                *(
                    [f"2025-04{n}", f"第{n}事", None, "提案委", day]
                    for n, day in enumerate(
                        (
                            "2025年3月1日",
                            "2025.3.1",
                            "2025/3/1",
                            "20250301",
                            "二〇二五年三月一日",
                            "二○二五年三月一日",
                            "二O二五年三月一日",
                            "２０２５年３月１日",
                            "2025- 03- 01",
                            "2025-03-01 17:21",
                        )
                    )
                ),
            ]
        ),
        Facts(
            tuple(
                Item(f"2025-04{n}", f"第{n}事", (), ("提案委员会",), "2025-03-01", by_unit=True)
                for n in range(10)
            )
        ),
    ),
    Arrival(
        "Days as the spreadsheet has them: real days, days with an hour, bare serial numbers, "
        "eight digits.",
        sheet(
            [
                HEAD,
                *(
                    [f"2025-05{n}", f"第{n}事", None, "提案委", day]
                    for n, day in enumerate(
                        (date(2025, 3, 1), NINE_THIRTY, 45717, 45717.5, 20250301)
                    )
                ),
            ]
        ),
        Facts(
            tuple(
                Item(f"2025-05{n}", f"第{n}事", (), ("提案委员会",), "2025-03-01", by_unit=True)
                for n in range(5)
            )
        ),
    ),
    Arrival(
        "Headings with blanks, line breaks, stars, brackets and colons in them.",
        sheet(
            [
                [
                    "编 号*",
                    "标\n题",
                    "作　者（多人用顿号隔开）",
                    "【报送单位】",
                    "报送日期：",
                    "市政协\n采用",
                ],
                [*FIRST, "2025-03-10"],
                SECOND,
                THIRD,
            ]
        ),
        Facts(ITEMS, USUAL.events[:1]),
    ),
    Arrival(
        "Headings as other systems call them.",
        sheet(
            [
                [
                    "流水号",
                    "社情民意题目",
                    "撰稿人",
                    "来稿单位",
                    "收文时间",
                    "录用单位",
                    "录用时间",
                ],
                [*FIRST, CITY, "2025-03-10"],
                SECOND,
                THIRD,
            ]
        ),
        Facts(ITEMS, USUAL.events[:1]),
    ),
    Arrival(
        "Headings that may mean several things, each read for what it must be here.",
        sheet(
            [
                ["编号", "题目", "内容", "姓名", "部门", "时间", "联系方式"],
                ["2025-002", SECOND[1], "近来……", "白芷", "民盟", "2025-04-01", 13800138000],
            ]
        ),
        Facts((ITEMS[1],), (), ("没有读的列：联系方式",)),
    ),
    Arrival(
        "Headings in traditional characters, from a mirror.",
        sheet(
            [
                ["編號", "標題", "作者", "報送單位", "報送日期", "市政協採用"],
                [*FIRST, "2025-03-10"],
                SECOND,
                THIRD,
            ]
        ),
        Facts(ITEMS, USUAL.events[:1]),
    ),
    Arrival(
        "A title broken over two lines within its cell, numbers typed as numbers.",
        sheet([HEAD, [20250003, "关于停车\n难的建议", None, "提案委", "2025-05-08"]]),
        Facts((PARKING._replace(number="20250003"),)),
    ),
    Arrival(
        "A register of members with phones as numbers, in scientific notation too.",
        sheet(
            [
                ["姓名", "单位", "身份", "联系电话"],
                ["金樱子", "民盟", "委员", 13800138000],
                ["石韦", "文史委", "委员、特邀信息员", 1.3900139e10],
            ],
            name="名册",
        ),
        Facts(
            (),
            members=(
                "金樱子 民盟云汀县总支 委员 13800138000",
                "石韦 文史委员会 委员 13900139000",
                "石韦 文史委员会 特邀信息员 13900139000",
            ),
        ),
    ),
    Arrival(
        "Nobody and no unit, said with a dash, a stroke or 无.",
        sheet(
            [
                HEAD,
                ["2025-003", PARKING.title, "无", "提案委", "2025-05-08"],
                ["2025-004", "关于路灯的建议", "——", "提案委", "2025-05-08"],
                ["2025-005", "关于桥的建议", "杜若", "/", "2025-05-08"],
            ]
        ),
        Facts(
            (
                PARKING,
                PARKING._replace(number="2025-004", title="关于路灯的建议"),
                Item("2025-005", "关于桥的建议", ("杜若",), ("提案委员会",), "2025-05-08"),
            )
        ),
    ),
    Arrival(
        "One item twice under two numbers: both are recorded, and it is said.",
        sheet([HEAD, SECOND, ["2025-102", *SECOND[1:]]]),
        Facts(
            (ITEMS[1], ITEMS[1]._replace(number="2025-102")),
            (),
            ("编号不同的，按两条记：2025-102 与 2025-002",),
        ),
    ),
)
