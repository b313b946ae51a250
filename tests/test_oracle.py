"""The oracle against small counties that were computed by hand, the arithmetic beside them."""

from __future__ import annotations

import pytest

from counties import County
from oracle import Json, canonical, expected

HEADINGS = {
    "单位": "单位名称 单位类别 考评序列 参评 生效日期",
    "人员": "姓名 单位 身份 任职开始 任职结束",
    "报送": "编号 作者 报送单位 报送日期 署名",
    "采用": "编号 采用单位 采用日期 采用方式",
    "批示": "编号 领导级别 批示日期 批示领导",
    "认定": "编号 认定类型 认定日期 姓名 单位名称",
}


def sheets(texts: dict[str, str]) -> County:
    """A county from texts: one row a line, cells apart by blanks, `-` or nothing for no cell."""
    return {
        name: [
            {
                heading: cell
                for heading, cell in zip(headings.split(), line.split(), strict=False)
                if cell != "-"
            }
            for line in texts.get(name, "").strip().splitlines()
        ]
        for name, headings in HEADINGS.items()
    }


def totals(book: Json) -> dict[str, str]:
    """Everyone who is listed, with the exact points."""
    return {holder["name"]: holder["exact"] for holder in (*book["members"], *book["units"])}


def clauses(book: Json, name: str) -> list[tuple[str, str, str | None]]:
    """The lines of one holder: clause, points, submission."""
    holders = (*canonical(book)["members"], *canonical(book)["units"])
    lines = next(holder["lines"] for holder in holders if holder["name"] == name)
    return [(line["clause"], line["exact"], line["submission"]) for line in lines]


def test_the_whole_answer_for_a_very_small_county() -> None:
    # One 常委 who misses the third quarter; one 委室 in which she alone writes.
    # 1st item, by the member: 市政协 5. 2nd and 3rd: nothing. Quarters 1, 2 and 4 are met.
    # 张三 = 5, 提案委 = 5; neither has the 20. One adopted submission of the advisory two.
    county = sheets({
        "单位": "提案委 委室 第一序列",
        "人员": "张三 提案委 常委",
        "报送": """2025-001 张三 提案委 2025-03-31
                   2025-002 张三 提案委 2025-04-01
                   2025-003 张三 提案委 2025-12-31""",
        "采用": "2025-001 市政协 2025-06-01 单篇",
    })  # fmt: skip

    def quota(holder_type: str, role: str, quarter: int, end: str, done: int) -> Json:
        return {
            "holder": "张三" if holder_type == "member" else "提案委", "holder_type": holder_type,
            "unit": "提案委", "role": role, "metric": "submitted", "period": f"2025Q{quarter}",
            "period_end": f"2025-{end}", "required": 1, "actual": done, "met": done >= 1,
            "binding": True, "clause": "五(三)",
        }  # fmt: skip

    line = {"clause": "六(二)2", "exact": "5", "submission": "2025-001"}
    quarters = [(1, "03-31", 1), (2, "06-30", 1), (3, "09-30", 0), (4, "12-31", 1)]
    advisory = quota("unit", "委室", 1, "12-31", 1) | {
        "metric": "adopted", "period": "2025", "required": 2, "met": False, "binding": False,
    }  # fmt: skip
    assert expected(county, 2025) == {
        "members": [{"name": "张三", "unit": "提案委", "peer_group": None, "exact": "5", "rank": 1,
                     "lines": [line]}],
        "units": [{"name": "提案委", "kind": "委室", "peer_group": "第一序列", "exact": "5",
                   "rank": 1, "lines": [line]}],
        "quotas": [quota("member", "常委", *quarter) for quarter in quarters]
        + [quota("unit", "委室", *quarter) for quarter in quarters] + [advisory],
    }  # fmt: skip


def test_adoptions_count_once_per_channel_and_year_and_are_shared() -> None:
    county = sheets({
        "单位": "甲 民主党派\n乙 其他",
        "人员": "张三 甲 委员\n李四 乙 委员\n王五 乙 委员",
        "报送": """2024-001 张三 甲 2024-12-31
                   2025-001 张三、李四 甲、乙 2025-02-01 个人""",
        "采用": """2025-001 市政协 2025-03-01 单篇
                   2025-001 市政协 2025-02-02 综合
                   2025-001 市政协 2026-01-01 单篇
                   2025-001 县政协 2025-03-01 单篇
                   2025-001 全国政协 2025-12-31 转送
                   2024-001 省政协 2025-01-01""",
    })  # fmt: skip
    # 2025: 2025-001 earns 5 + 20 = 25, half to each author and each unit; 2024-001 earns 10.
    # 张三 12.5 + 10 + 20 (one submission in the year) = 42.5; 李四 12.5 + 20; 王五 none.
    book = expected(county, 2025)
    assert totals(book) == {"张三": "85/2", "李四": "65/2", "王五": "0", "甲": "45/2", "乙": "25/2"}
    assert clauses(book, "张三") == [
        ("六(二)1", "20", None), ("六(二)2", "5/2", "2025-001"),
        ("六(二)4", "10", "2024-001"), ("六(二)6", "10", "2025-001"),
    ]  # fmt: skip
    # 2024: one submission, not adopted then. 2026: 市政协 a second time, in another year.
    nothing = dict.fromkeys(totals(book), "0")
    assert totals(expected(county, 2024)) == nothing | {"张三": "20"}
    assert totals(expected(county, 2026)) == dict.fromkeys(nothing, "5/2") | {"王五": "0"}


def test_instructions_take_the_highest_of_each_level() -> None:
    county = sheets({
        "单位": "甲 其他",
        "人员": "张三 甲 委员\n李四 甲 委员\n王五 甲 委员",
        "报送": """2025-001 张三 甲 2025-02-01
                   2025-002 张三、李四、王五 甲 2025-02-01""",
        "批示": """2025-001 市委市政府分管领导 2025-02-01 甲某
                   2025-001 市委市政府主要领导 2025-03-01 乙某
                   2025-001 市委市政府主要领导 2025-03-02 丙某
                   2025-001 省级领导 2025-03-01 丁某
                   2025-001 省级领导 2025-03-01 戊某
                   2025-001 国家领导人 2026-03-01
                   2025-002 市委市政府分管领导 2025-03-01
                   2025-002 省级领导 2025-01-31""",
        "采用": "2025-002 省政协 2025-03-01",
    })  # fmt: skip
    # 001: city 10 (not 5, not twice), province 10 once. 002: city 5, 省政协 10; the instruction
    # of the day before the submission is none. 甲 = 10 + 10 + 5 + 10 = 35.
    # 张三 20 + 10 + 10 + 5/3 + 10/3 = 45; 李四 and 王五 20 + 5/3 + 10/3 = 25.
    book = expected(county, 2025)
    assert totals(book) == {"张三": "45", "李四": "25", "王五": "25", "甲": "35"}
    assert clauses(book, "甲") == [
        ("六(二)3", "10", "2025-001"), ("六(二)3", "5", "2025-002"),
        ("六(二)4", "10", "2025-002"), ("六(二)5", "10", "2025-001"),
    ]  # fmt: skip
    assert clauses(expected(county, 2026), "张三") == [("六(二)7", "20", "2025-001")]


def test_resident_members_earn_for_their_units_and_five_more() -> None:
    county = sheets({
        "单位": "甲 民主党派\n乙 其他",
        "人员": """驻一 甲 驻市政协委员 - 2025-06-30
                   驻二 乙 驻省政协委员 2025-03-01
                   张三 甲 委员
                   李四 甲 委员
                   李四 甲 驻市政协委员""",
        "报送": """2025-001 驻一 甲 2025-06-30
                   2025-002 驻一 甲 2025-07-01
                   2025-003 驻二、张三 甲、乙 2025-03-01
                   2025-004 李四 甲 2025-03-01
                   2025-005 驻一、驻二 甲、乙 2025-03-01 单位
                   2025-006 驻一 甲 2025-03-01""",
        "采用": """2025-001 市政协 2025-07-01
                   2025-001 省政协 2025-07-02
                   2025-002 市政协 2025-07-02
                   2025-003 省政协 2025-07-02
                   2025-004 市政协 2025-07-02
                   2025-005 市政协 2025-07-02
                   2025-005 市政协 2026-07-02
                   2025-006 县政协 2025-07-02""",
        "批示": "2025-006 省级领导 2025-07-02",
    })  # fmt: skip
    # 001 (last day of the role): 甲 5 + 10 + 5 once. 002 (a day later): 甲 5, the share lapses.
    # 003 (one of two is resident): 张三 5, 甲 5, 乙 5. 004 (both resident and local): 甲 5 + 5,
    # 李四 no share, but her year's quota is met. 005 (first day): 甲 and 乙 2.5 + 2.5.
    # 006 (县政协 is no scoring channel): 甲 10. 甲 = 20 + 5 + 5 + 10 + 5 + 10 = 55, 乙 = 5 + 5.
    assert totals(expected(county, 2025)) == {"张三": "25", "李四": "20", "甲": "55", "乙": "10"}
    assert totals(expected(county, 2026)) == {"张三": "0", "李四": "0", "甲": "5", "乙": "5"}
    assert clauses(expected(county, 2026), "乙") == [
        ("六(二)10", "5/2", "2025-005"), ("六(二)2", "5/2", "2025-005")
    ]  # fmt: skip


FOUR_QUARTERS = {
    "单位": "提案委 委室",
    "人员": "张三 提案委 特邀信息员\n李四 提案委 委员",
    "报送": """2025-001 张三 提案委 2025-03-31
               2025-002 张三 提案委 2025-06-30
               2025-003 张三 提案委 2025-07-01
               2025-004 张三 提案委 2025-12-31
               2025-005 李四 提案委 2025-12-31 单位
               2025-006 - 提案委 2025-01-02""",
    "采用": """2025-003 县政协 2025-12-01
               2025-003 县政协 2025-12-02
               2025-004 市政协 2025-12-31""",
}  # fmt: skip


@pytest.mark.parametrize(
    ("findings", "in_2025", "in_2026"),
    [
        # Every quarter is met: 20 + 5. 李四 wrote for the unit alone: nothing submitted.
        ("- 报刊抄袭 2025-05-01 张三", ("25", "0", "25"), ("0", "0", "0")),
        # Two findings next year: −10 once, and this year's 20 stand.
        ("2025-004 报刊抄袭 2026-01-01\n2025-004 弄虚作假 2026-02-01",
         ("25", "0", "25"), ("-10", "0", "-10")),
        # In the year: 张三 5 − 10, the fourth quarter is lost. The unit still has 005.
        ("2025-004 网上下载 2025-12-31", ("-5", "0", "15"), ("0", "0", "0")),
        # On an item signed by the unit: the unit alone, 20 + 5 − 10.
        ("2025-005 网上下载 2025-12-31", ("25", "0", "15"), ("0", "0", "0")),
    ],
)  # fmt: skip
def test_findings(
    findings: str, in_2025: tuple[str, str, str], in_2026: tuple[str, str, str]
) -> None:
    county = sheets(FOUR_QUARTERS | {"认定": findings})
    for year, (zhang, li, office) in ((2025, in_2025), (2026, in_2026)):
        points = {"张三": zhang, "李四": li, "提案委": office}
        assert totals(expected(county, year)) == points


def test_an_item_with_a_finding_counts_for_no_quota_of_that_year() -> None:
    # Adopted in 2025: 003 (twice, by 县政协) and 004, hence 2 of 2; with the finding 1 of 2.
    for findings, actual in (("", 2), ("2025-004 弄虚作假 2025-12-31", 1)):
        quotas = expected(sheets(FOUR_QUARTERS | {"认定": findings}), 2025)["quotas"]
        advisory = [row for row in quotas if row["metric"] == "adopted"]
        assert [(row["actual"], row["met"]) for row in advisory] == [(actual, actual == 2)]


@pytest.mark.parametrize(
    ("appointments", "due"),
    [
        ("张三 甲 常委 2025-06-30", "常委2025Q2 常委2025Q3 常委2025Q4"),
        ("张三 甲 常委 2025-07-01", "常委2025Q3 常委2025Q4"),
        ("张三 甲 特邀信息员 - 2025-06-30", "特邀信息员2025Q1 特邀信息员2025Q2"),
        ("张三 甲 特邀信息员 - 2025-06-29", "特邀信息员2025Q1"),
        ("张三 甲 委员 2025-12-31", "委员2025"),
        ("张三 甲 委员 - 2025-12-31", "委员2025"),
        ("张三 甲 委员 - 2025-12-30", ""),
        ("张三 甲 委员\n张三 甲 常委 2025-10-01", "委员2025 常委2025Q4"),
        ("张三 甲 常委 - 2025-03-31\n张三 甲 常委 2025-09-30", "常委2025Q1 常委2025Q3 常委2025Q4"),
        ("张三 甲 常委 - 2025-06-30\n张三 甲 驻市政协委员 2025-01-01", "常委2025Q1 常委2025Q2"),
    ],
)
def test_an_obligation_is_due_if_the_role_was_held_on_the_last_day(
    appointments: str, due: str
) -> None:
    # One submission in each quarter, so that all that is due is met: 20 points unless nothing is.
    days = ("2025-03-01", "2025-06-01", "2025-09-01", "2025-12-01")
    items = "\n".join(f"2025-00{number} 张三 甲 {day}" for number, day in enumerate(days))
    book = expected(sheets({"单位": "甲 其他", "人员": appointments, "报送": items}), 2025)
    assert sorted(row["role"] + row["period"] for row in book["quotas"]) == sorted(due.split())
    assert totals(book) == {"张三": "20" if due else "0", "甲": "0"}


def test_who_is_listed_and_in_which_order() -> None:
    county = sheets({
        "单位": """甲 其他 第一序列
                   乙 其他 第二序列
                   丙 其他 第一序列
                   丁 其他 第一序列
                   戊 其他 - - 2026-02-01
                   丙 其他 第一序列 否 2025-12-31
                   丁 委室 第二序列 是 2025-06-30
                   丁 其他 第一序列 否 2026-01-01
                   戊 委室 第一序列 否 2026-03-01
                   己 其他 第一序列 否
                   己 其他 第一序列 是 2025-12-31
                   己 其他 第一序列 否 2025-06-30
                   庚 其他 第一序列""",
        "人员": """现任 甲 委员
                   卸任 甲 常委 - 2025-01-01
                   离任 甲 委员 - 2024-12-31
                   无分 甲 委员 - 2024-12-31
                   未任 甲 委员 2026-01-01
                   驻市 甲 驻市政协委员
                   曾任 甲 驻市政协委员
                   曾任 甲 常委 2024-01-01 2024-06-30
                   同名 甲 委员
                   同名 乙 委员 - 2025-12-31""",
        "报送": """2025-001 离任、未任、驻市、同名（乙） 丙、乙 2025-02-01
                   2025-002 离任 庚 2025-02-02
                   2025-003 曾任、离任 丁 2025-02-03""",
        "采用": """2025-001 全国政协 2025-03-01
                   2025-002 省政协 2025-03-01
                   2025-003 市政协 2025-03-01""",
        "认定": "2025-003 弄虚作假 2025-03-02",
    })  # fmt: skip
    # 001: 20, a quarter to each author (未任 and 驻市 lapse), half to 乙 (丙's half lapses).
    # 002: 10 to 离任 and 庚. 003: 5 − 10 = −5, not resident, as one author is not: −2.5 each
    # (曾任 is out of local office, but has held one), 丁 −5.
    # 离任 5 + 10 − 2.5 = 12.5; 同名（乙） 5 + 20 for its one submission = 25; 丁 (now 委室) misses
    # three quarters. 戊 is taken as it will first be: assessed, no group.
    book = expected(county, 2025)
    standings = [(row["rank"], row["name"], row["unit"], row["exact"]) for row in book["members"]]
    assert standings == [
        (1, "同名", "乙", "25"), (2, "离任", "甲", "25/2"), (3, "现任", "甲", "0"),
        (3, "卸任", "甲", "0"), (3, "同名", "甲", "0"), (6, "曾任", "甲", "-5/2"),
    ]  # fmt: skip
    units = [(row["rank"], row["name"], row["peer_group"], row["exact"]) for row in book["units"]]
    assert units == [
        (1, "乙", "第二序列", "10"), (1, "戊", None, "0"), (1, "庚", "第一序列", "10"),
        (2, "甲", "第一序列", "0"), (2, "丁", "第二序列", "-5"), (2, "己", "第一序列", "0"),
    ]  # fmt: skip
    assert {row["holder"] for row in book["quotas"] if row["holder_type"] == "unit"} == {"丁"}
