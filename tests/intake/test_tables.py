"""Finding the tables of a sheet; what is no data is left aside and told."""

import pytest

import sheets
from sheets import grid, words
from sqmy.intake import tables
from sqmy.intake.grid import Merged
from sqmy.intake.heads import DEEPEST
from sqmy.intake.tables import SEARCHED, Found

HEADINGS = ["编号", "采用单位", "采用日期"]
ADOPTED = ["2025-001", "市政协", "2025-03-01"]


def find(sheet: sheets.Grid) -> Found:
    return tables.find(sheet, words())


def rows_of(found: Found) -> list[list[int]]:
    return [[row.number for row in table.rows] for table in found.tables]


def messages(found: Found) -> list[str]:
    return [str(fault.problem) for fault in found.faults]


def test_headings_are_found_under_a_title_and_blank_rows() -> None:
    found = find(grid(["采用情况统计表"], [], ["制表：办公室"], [], HEADINGS, ADOPTED))
    assert rows_of(found) == [[6]]
    assert (found.faults, found.notes, found.skipped) == ([], [], False)


def test_totals_repeated_headings_and_rows_of_other_columns_alone_are_left_aside_and_told() -> None:
    with_number = ["序号", *HEADINGS]
    rows = [
        [1, *ADOPTED],
        with_number,
        [2, *ADOPTED],
        [3],
        ["合 计", None, "2 条"],
        ["总计：2条", "x"],
    ]
    found = find(grid(with_number, *rows))
    assert rows_of(found) == [[2, 4]]
    assert found.notes == [
        "账.xlsx，工作表「采用」：没有读的列：序号。",
        (
            "账.xlsx，工作表「采用」：跳过重复的标题 1 行（第 3 行）；没有内容的行 1 行（第 5 行）"
            "；合计 2 行（第 6、7 行）。"
        ),
    ]


def test_another_row_of_headings_begins_another_table() -> None:
    found = find(grid(HEADINGS, ADOPTED, [], ["编号", "领导级别", "批示日期"], ADOPTED, ADOPTED))
    assert rows_of(found) == [[2], [5, 6]]
    assert [table.layout.kind.fact for table in found.tables] == ["adoption", "instruction"]


def test_a_column_without_a_heading_is_told_by_its_first_cell() -> None:
    found = find(grid(HEADINGS, ADOPTED, [*ADOPTED, None, "市级"], [*ADOPTED, None, "省级"]))
    assert found.notes == ["账.xlsx，工作表「采用」：E3 所在的列没有标题，没有读。"]


def test_a_sheet_of_something_else_is_skipped_and_told() -> None:
    found = find(grid(["填表说明"], ["一、请勿改动标题"]))
    assert found.skipped
    assert found.notes == ["账.xlsx，工作表「采用」：没有认出标题行，跳过未读。"]
    assert not find(grid()).skipped


def test_headings_are_not_looked_for_in_all_of_a_long_sheet() -> None:
    assert find(grid(*[["甲"]] * (SEARCHED + DEEPEST), HEADINGS, ADOPTED)).skipped


def test_a_missing_heading_is_an_error_of_the_row_of_headings() -> None:
    found = find(grid([], ["序号", "采用单位", "采用方式"], [1, "市政协", "单篇"]))
    (message,) = messages(found)
    assert message == (
        "账.xlsx 采用!B2：缺标题「编号」、「采用日期」。"
        "这一行认出了采用单位、采用方式，按采用表读。请补上缺的列。"
        "列名不同的，用 --map 文件指明。"
    )
    assert (found.tables, found.unread) == ([], ["adoption"])


def test_a_list_of_adoptions_that_shows_the_titles_is_told_how_to_be_one() -> None:
    found = find(grid(["编号", "标题", "采用单位", "采用日期"], ADOPTED))
    assert "如果这其实是采用表，请删去标题、作者等" in messages(found)[0]


def test_a_heading_twice_is_an_error_of_the_second() -> None:
    found = find(grid([*HEADINGS, "采用单位"], ADOPTED))
    assert messages(found) == [
        "账.xlsx 采用!D1：标题「采用单位」重复，账.xlsx 采用!B1 已经有一列。请只留一列。"
    ]


def test_a_sheet_that_says_it_is_no_data_is_not_read() -> None:
    found = find(grid(["填表说明（本页不导入）"], HEADINGS, ADOPTED))
    assert (found.tables, found.faults, found.unread, found.skipped) == ([], [], [], False)
    assert found.notes == ["账.xlsx，工作表「采用」是说明，没有读。"]


@pytest.mark.parametrize(
    "row",
    [
        ["制表人：张三", None, "2025年12月31日"],
        ["审核：李四"],
        [None, "填报单位（盖章）：县政协办公室"],
        ["注：本表只统计市以上采用的"],
        ["（以下空白）"],
    ],
)
def test_signatures_and_remarks_below_are_left_aside(row: list[str | None]) -> None:
    found = find(grid(HEADINGS, ADOPTED, row))
    assert rows_of(found) == [[2]]
    assert found.notes == ["账.xlsx，工作表「采用」：跳过落款和附注 1 行（第 3 行）。"]


def test_an_office_and_a_day_alone_at_the_end_are_a_signature() -> None:
    found = find(grid(HEADINGS, ADOPTED, [None, "县政协办公室"], [None, None, "2025年12月31日"]))
    assert rows_of(found) == [[2]]
    assert found.notes == ["账.xlsx，工作表「采用」：跳过落款和附注 2 行（第 3、4 行）。"]


def test_a_row_that_is_not_filled_in_is_no_signature() -> None:
    assert rows_of(find(grid(HEADINGS, ADOPTED, ["2025-002"]))) == [[2, 3]]
    assert rows_of(find(grid(HEADINGS, ADOPTED, [None, "市政协"]))) == [[2, 3]]


def test_titles_and_headings_printed_again_are_left_aside() -> None:
    title = ["2025年采用情况"]
    found = find(grid(title, HEADINGS, ADOPTED, title, HEADINGS, ADOPTED))
    assert rows_of(found) == [[3, 6]]
    assert found.notes == ["账.xlsx，工作表「采用」：跳过重复的标题 2 行（第 4、5 行）。"]


def test_headings_over_several_rows_printed_again_are_left_aside() -> None:
    first = ["编号", "标题", "报送单位", "报送日期", "采用情况", None]
    second = [None, None, None, None, "市政协", "省政协"]
    item = ["2025-001", "甲", "提案委", "2025-01-01", "2025-03-01"]
    found = find(grid(["台账"], first, second, item, first, second, item))
    assert rows_of(found) == [[4, 7]]
    assert found.notes == ["账.xlsx，工作表「采用」：跳过重复的标题 2 行（第 5、6 行）。"]


def test_a_subtitle_merged_over_the_columns_is_left_aside() -> None:
    found = find(grid(HEADINGS, ["一季度"], ADOPTED, merged=[Merged(2, 1, 2, 3)]))
    assert rows_of(found) == [[3]]
    assert found.notes == ["账.xlsx，工作表「采用」：跳过小标题 1 行（第 2 行）。"]
