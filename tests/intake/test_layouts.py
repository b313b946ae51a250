"""Which kind of sheet headings make, and which column says what."""

import pytest

from sheets import rows, words
from sqmy.intake import heads
from sqmy.intake.events import Event
from sqmy.intake.fitting import layout_of
from sqmy.intake.grid import Merged
from sqmy.intake.headings import KINDS
from sqmy.intake.layouts import Layout
from sqmy.intake.settled import Settled
from sqmy.intake.words import Words

WORDS = words()


def layout(*headings: str | None, by: Words = WORDS) -> Layout | None:
    return layout_of(heads.over(rows(headings), {}), by)


def under(*sheet: tuple[str | None, ...], merged: tuple[Merged, ...] = ()) -> Layout:
    """The layout of several rows of headings."""
    tops = heads.tops(merged)
    *_, block = heads.blocks(rows(*sheet), 0, tops)
    found = layout_of(heads.over(block, tops), WORDS)
    assert found is not None
    return found


def kind(*headings: str) -> str | None:
    found = layout(*headings)
    return found and found.kind.fact


@pytest.mark.parametrize("known", KINDS, ids=lambda kind: kind.fact)
def test_the_canonical_headings_are_known_for_their_kind(known: object) -> None:
    assert known in KINDS
    for one in KINDS:
        names = [heading.name for heading in one.headings]
        found = layout(*names)
        assert found is not None
        assert (found.kind, found.missing, found.twice, found.unread) == (one, (), (), ())
        required = [heading.name for heading in one.headings if heading.required]
        if one.fact == "finding":
            required.insert(0, "单位名称")
        assert kind(*required) == one.fact


@pytest.mark.parametrize(
    "spelling",
    [
        "标 题",
        "标　题",
        "标\n题",
        "*标题",
        "标题（必填）",
        "标题(100字以内)*",
        "【标题】",
        "标题：",
        "信息标题",
        "题目",
    ],
)
def test_spellings_of_one_heading(spelling: str) -> None:
    found = layout("编号", spelling, "报送单位", "报送日期")
    assert found is not None
    assert found.columns == {"编号": 1, "标题": 2, "报送单位": 3, "报送日期": 4}


def test_beside_a_title_what_was_sent_up_was_submitted() -> None:
    found = layout("编号", "标题", "上报单位", "上报日期")
    assert found is not None
    assert found.kind.fact == "submission"
    assert (found.columns["报送单位"], found.columns["报送日期"]) == (3, 4)
    assert kind("编号", "上报单位", "上报日期") == "forwarding"


def test_a_sheet_with_titles_is_of_submissions_whatever_else_it_has() -> None:
    assert kind("编号", "标题", "采用单位", "采用方式", "采用日期") == "submission"


@pytest.mark.parametrize(
    ("headings", "missing"),
    [
        (["编号", "作者", "报送单位", "报送日期"], ("标题",)),
        (["编号", "作者", "上报单位", "上报日期"], ("标题",)),
        (["标题", "作者", "报送单位"], ("编号", "报送日期")),
        (["采用单位", "采用日期"], ("编号",)),
        (["姓名", "单位", "联系电话"], ("身份",)),
        (["认定类型", "认定日期"], ("编号（或姓名、单位名称）",)),
    ],
)
def test_a_missing_heading_is_told(headings: list[str], missing: tuple[str, ...]) -> None:
    found = layout(*headings)
    assert found is not None
    assert found.missing == missing


def test_a_heading_twice_is_told() -> None:
    found = layout("编号", "标题", "作者", "报送单位", "报送日期", "作者")
    assert found is not None
    assert found.twice == (("作者", 6, 3),)
    found = layout("编号", "标题", "反映人", "报送单位", "报送日期", "撰稿人")
    assert found is not None
    assert found.twice == (("作者", 6, 3),)


def test_the_canonical_spelling_goes_before_others() -> None:
    found = layout("编号", "标题", "单位", "报送单位", "报送日期")
    assert found is not None
    assert (found.columns["报送单位"], found.twice, found.unread) == (4, (), ("单位",))


def test_other_columns_are_told() -> None:
    found = layout("序号", "编号", "采用单位", "采用日期", "得 分", None, "备注")
    assert found is not None
    assert found.unread == ("序号", "得 分", "备注")
    assert found.first == 2


def test_what_a_rulebook_declares_is_a_heading_of_submissions() -> None:
    headings = ("编号", "标题", "报送单位", "报送日期", "体裁")
    found = layout(*headings, by=words("体裁", "字数"))
    assert found is not None
    assert found.columns["体裁"] == 5
    without = layout(*headings)
    assert without is not None
    assert without.unread == ("体裁",)


@pytest.mark.parametrize(
    "row",
    [
        ["2025年社情民意信息台账"],
        ["姓名", "单位", "得分", "名次"],  # standings, no register
        ["单位名称", "报送数", "采用数", "得分"],
        ["编号", "姓名"],
        ["标题", "说明"],
        ["2025-001", "关于老旧小区的建议", "张三"],
        ["编号"],
    ],
)
def test_other_rows_are_no_headings(row: list[str]) -> None:
    assert kind(*row) is None


def test_a_list_of_unit_names_is_a_register() -> None:
    assert kind("序号", "单位名称", "备注") == "unit"
    assert kind("单位名称") == "unit"


def test_a_long_text_may_go_on_in_further_columns() -> None:
    found = layout("编号", "标题", "报送单位", "报送日期", "信息正文", "信息正文续2", "正文续1")
    assert found is not None
    assert [found.columns[name] for name in ("正文", "正文续1", "正文续2")] == [5, 7, 6]
    assert (found.twice, found.unread) == ((), ())
    other = layout("编号", "标题", "报送单位", "报送日期", "标题续1", "正文续0")
    assert other is not None
    assert other.unread == ("标题续1", "正文续0")


# -- columns of what became of an item -------------------------------------------------------

FULL = ("编号", "标题", "作者", "报送单位", "报送日期")


def events(found: Layout | None) -> list[tuple[int, str, str]]:
    assert found is not None
    return [(one.column, one.fact, one.heading.label) for one in found.events]


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("市政协", "市政协"),
        ("市政协采用", "市政协"),
        ("市政协录用情况", "市政协"),
        ("省政协刊用时间", "省政协"),
        ("全国政协 采纳", "全国政协"),
        ("县级政协采用", "县政协"),
        ("被省政协采用", "省政协"),
        ("市政协\n采用（日期）", "市政协"),
    ],
)
def test_a_channel_is_a_heading_of_adoptions(heading: str, label: str) -> None:
    assert events(layout(*FULL, heading)) == [(6, "adoption", label)]


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("省级领导批示", "省级领导"),
        ("省领导批示情况", "省级领导"),
        ("市主要领导批示", "市委市政府主要领导"),
        ("市委市政府分管领导", "市委市政府分管领导"),
    ],
)
def test_a_rank_is_a_heading_of_instructions(heading: str, label: str) -> None:
    assert events(layout(*FULL, heading)) == [(6, "instruction", label)]


def test_a_heading_may_tell_the_form() -> None:
    found = layout(*FULL, "市政协单篇采用", "市政协综合采用")
    assert found is not None
    assert [one.heading for one in found.events] == [
        Event("市政协", form="whole"),
        Event("市政协", form="compiled"),
    ]


def test_free_text_and_what_stands_beside_it_is_known_beside_a_title_alone() -> None:
    found = layout(*FULL, "采用情况", "领导批示", "采用日期", "采用方式", "联名人")
    assert events(found) == [(6, "adoption", ""), (7, "instruction", "")]
    assert found is not None
    assert [found.columns[name] for name in ("采用日期", "采用方式", "联名人")] == [8, 9, 10]
    assert events(layout("编号", "采用单位", "采用日期", "市政协")) == []


@pytest.mark.parametrize(
    "heading", ["国办采用", "市委办录用", "中央领导批示", "其他渠道采用", "国办采用情况"]
)
def test_a_channel_or_rank_that_is_not_declared_is_told_apart(heading: str) -> None:
    found = layout(*FULL, heading)
    assert found is not None
    assert (found.undeclared, found.unread, found.events) == ({6: heading}, (), ())


@pytest.mark.parametrize("heading", ["采用得分", "采用率", "采用篇数", "批示加分", "得分", "排名"])
def test_points_and_counts_are_only_not_read(heading: str) -> None:
    found = layout(*FULL, heading)
    assert found is not None
    assert (found.undeclared, found.unread) == ({}, (heading,))


def test_weak_spellings_count_where_no_other_does() -> None:
    found = layout("编号", "内容", "姓名", "单位", "日期", "报送时间")
    assert found is not None
    assert found.columns == {"编号": 1, "标题": 2, "作者": 3, "报送单位": 4, "报送日期": 6}
    assert found.unread == ("日期",)
    found = layout("编号", "标题", "内容", "反映人", "报送人", "单位", "报送单位", "时间")
    assert found is not None
    assert found.columns == {
        "编号": 1,
        "标题": 2,
        "正文": 3,
        "作者": 4,
        "报送单位": 7,
        "报送日期": 8,
    }
    assert (found.twice, found.unread) == ((), ("报送人", "单位"))


def test_where_numbers_begin_anew_each_year_a_counter_may_be_the_number() -> None:
    by_year = words(settled=Settled(number_by_year=True))
    found = layout("序号", "标题", "报送单位", "报送日期", by=by_year)
    assert found is not None
    assert (found.columns["编号"], found.missing) == (1, ())
    found = layout("序号", "编号", "标题", "报送单位", "报送日期", by=by_year)
    assert found is not None
    assert found.columns["编号"] == 2
    found = layout("序号", "标题", "报送单位", "报送日期")
    assert found is not None
    assert "编号" not in found.columns


def test_items_may_be_known_by_their_titles() -> None:
    for headings in (["标题", "报送单位", "报送日期"], ["标题", "采用单位", "采用日期"]):
        found = layout(*headings)
        assert found is not None
        assert found.missing == ()


# -- headings over several rows --------------------------------------------------------------

TWO_ROWS = (
    (*FULL, "采用情况", None, None, "批示情况", None, "得分"),
    (*[None] * 5, "市政协", "省政协", "国办", "市主要领导", "省级领导"),
)


@pytest.mark.parametrize(
    "merged",
    [
        (),
        (
            *(Merged(1, column, 2, column) for column in (*range(1, 6), 11)),
            Merged(1, 6, 1, 8),
            Merged(1, 9, 1, 10),
        ),
    ],
    ids=["as in a CSV", "merged"],
)
def test_headings_under_headings(merged: tuple[Merged, ...]) -> None:
    found = under(*TWO_ROWS, merged=merged)
    assert events(found) == [
        (6, "adoption", "市政协"),
        (7, "adoption", "省政协"),
        (9, "instruction", "市委市政府主要领导"),
        (10, "instruction", "省级领导"),
    ]
    assert (found.undeclared, found.unread) == ({8: "采用情况/国办"}, ("得分",))
    assert (found.row, found.places[1], found.places[6]) == (2, 1, 2)


def test_a_heading_is_read_with_what_stands_above_it() -> None:
    found = under(
        ("编号", "标题", "反映人", None, "报送", None, "采用", None, None),
        (None, None, "姓名", "工作单位", "单位", "时间", "单位", "时间", "方式"),
    )
    assert found.columns == {
        "编号": 1,
        "标题": 2,
        "作者": 3,
        "报送单位": 5,
        "报送日期": 6,
        "采用单位": 7,
        "采用日期": 8,
        "采用方式": 9,
    }


def test_headings_over_three_rows() -> None:
    found = under(
        ("基本情况", None, None, None, "采用情况", None, None),
        ("编号", "标题", "报送单位", "报送日期", "市政协", None, "省政协"),
        (None, None, None, None, "单篇", "综合", None),
        merged=(
            Merged(1, 1, 1, 4),
            Merged(1, 5, 1, 7),
            *(Merged(2, column, 3, column) for column in (1, 2, 3, 4, 7)),
            Merged(2, 5, 2, 6),
        ),
    )
    assert [(one.column, one.heading.label, one.heading.form) for one in found.events] == [
        (5, "市政协", "whole"),
        (6, "市政协", "compiled"),
        (7, "省政协", None),
    ]
    assert found.missing == ()
