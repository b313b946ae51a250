from collections.abc import Sequence

from sqmy.intake.grid import Grid, Merged, Row, Source, Value
from sqmy.intake.tables import SEARCHED, Found, find

HEADINGS = ["编号", "采用单位", "采用日期"]
ADOPTED = ["2025-001", "市政协", "2025-03-01"]


def grid(*rows: Sequence[Value | None], merged: Sequence[Merged] = ()) -> Grid:
    """A sheet of such rows; an empty one is blank."""
    kept = [
        Row(number, {column: value for column, value in enumerate(row, 1) if value is not None})
        for number, row in enumerate(rows, 1)
    ]
    return Grid(Source(0, "账.xlsx", "采用"), [row for row in kept if row.values], merged)


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
        "账.xlsx，工作表「采用」：跳过重复的标题 1 行、没有内容的行 1 行、合计 2 行。",
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
    assert find(grid(*[["甲"]] * SEARCHED, HEADINGS, ADOPTED)).skipped


def test_a_missing_heading_is_an_error_of_the_row_of_headings() -> None:
    found = find(grid([], ["序号", "采用单位", "采用方式"], [1, "市政协", "单篇"]))
    (message,) = messages(found)
    assert message == (
        "账.xlsx 采用!B2：缺标题「编号」、「采用日期」。"
        "这一行认出了采用单位、采用方式，按采用表读。请补上缺的列。"
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


def test_merged_cells_matter_only_over_data_that_is_read() -> None:
    title, total = Merged(1, 1, 1, 4), Merged(8, 1, 8, 2)
    remarks = Merged(3, 4, 4, 4)
    over = Merged(4, 2, 6, 2)
    rows = [["采用表"], [*HEADINGS, "备注"], ADOPTED, ADOPTED, ADOPTED, ADOPTED, ADOPTED, ["合计"]]
    (table,) = find(grid(*rows, merged=[remarks, total, over, title])).tables
    assert table.merged == {4: over, 5: over, 6: over}


def test_a_merged_range_over_the_whole_sheet_costs_nothing() -> None:
    huge = [Merged(2, 1, 1_048_576, 16_384)] * 1000
    (table,) = find(grid(HEADINGS, *[ADOPTED] * 1000, merged=huge)).tables
    assert len(table.merged) == 1000


def test_a_sheet_that_says_it_is_no_data_is_not_read() -> None:
    found = find(grid(["填表说明（本页不导入）"], HEADINGS, ADOPTED))
    assert (found.tables, found.faults, found.unread, found.skipped) == ([], [], [], False)
    assert found.notes == ["账.xlsx，工作表「采用」是说明，没有读。"]
