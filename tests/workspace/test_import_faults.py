"""What is wrong with a row is told at once, so that it is mended at once."""

from openpyxl import load_workbook

import workbooks
from bad_sheets import Sheets, good
from office import Office

HEADINGS = ["编号", "标题", "作者", "报送单位", "报送日期", "市政协采用"]


def told(office: Office, sheets: Sheets) -> list[tuple[str, str]]:
    """The cells that are refused, each with the first words of why."""
    lines = [line.removeprefix("账.xlsx ") for line in office.refusals(sheets)]
    return [(cell, why[:14]) for cell, _, why in (line.partition("：") for line in lines)]


def test_everything_that_is_wrong_with_an_item(office: Office) -> None:
    rows = [
        HEADINGS,
        ["2025-011", "甲事", "无名氏", "提暗委", "3月1日", "国办2025-04-01"],
        ["2025-012", "乙事", "张山", "提案委", "2099-03-01", "2099-02-01"],
        ["2025-013", "", "张三", "无此单位", "2099-03-01", None],
        ["2025-014", "丁事", "无此人", "提案委", "2025-03-01", "2099-04-01"],
    ]
    assert told(office, {**good(), "台账": rows}) == [
        ("台账!C2", "没有人员「无名氏」。请改正，"),
        ("台账!D2", "没有单位「提暗委」。相近的有"),
        ("台账!E2", "日期「3月1日」缺年份。请写"),
        ("台账!F2", "「国办」看不懂。请写日期、√"),
        ("台账!C3", "没有人员「张山」。相近的有："),
        ("台账!E3", "报送日期 2099-03-0"),
        ("台账!F3", "采用日期 2099-02-0"),
        ("台账!B4", "标题没有填。请补上。"),
        ("台账!D4", "没有单位「无此单位」。请改正"),
        ("台账!E4", "报送日期 2099-03-0"),
        ("台账!C5", "没有人员「无此人」。请改正，"),
        ("台账!F5", "采用日期 2099-04-0"),
    ]


def test_everything_that_is_wrong_with_what_became_of_items(office: Office) -> None:
    rows = [
        ["编号", "采用单位", "采用日期"],
        ["2025-099", "国办", "2099-04-01"],
        ["2025-001", "国办", "2025-01-01"],
        ["2025-099", "市政协", "4月1日"],
    ]
    assert told(office, {**good(), "采用": rows}) == [
        ("采用!A2", "没有编号「2025-099」"),
        ("采用!B2", "没有渠道「国办」。计分办法里"),
        ("采用!C2", "采用日期 2099-04-0"),
        ("采用!B3", "没有渠道「国办」。计分办法里"),
        ("采用!C3", "采用日期 2025-01-0"),
        ("采用!A4", "没有编号「2025-099」"),
        ("采用!C4", "日期「4月1日」缺年份。请写"),
    ]


def test_everything_that_is_wrong_with_a_finding_and_with_a_person(office: Office) -> None:
    findings = [
        ["姓名", "单位名称", "认定类型", "认定日期"],
        ["无此人", None, "抄袭", "2025-06-01"],
        [None, "无此单位", "报刊抄袭", "6月1日"],
    ]
    members = [["姓名", "单位", "身份"], ["赵六", "无此单位", "主席"]]
    assert told(office, {**good(), "认定": findings, "新人": members}) == [
        ("认定!A2", "没有人员「无此人」。请改正，"),
        ("认定!C2", "没有认定类型「抄袭」。相近的"),
        ("认定!B3", "没有单位「无此单位」。请改正"),
        ("认定!D3", "日期「6月1日」缺年份。请写"),
        ("新人!B2", "没有单位「无此单位」。请改正"),
        ("新人!C2", "没有身份「主席」。计分办法里"),
    ]


def test_what_rests_on_a_row_at_fault_is_still_not_complained_of(office: Office) -> None:
    sheets = good()
    sheets["单位"][1][1] = "无此类别"
    lines = told(office, sheets)
    assert [cell for cell, _ in lines] == ["单位!B2"]


def test_a_row_that_merged_cells_make_unclear_is_told_of_that_alone(office: Office) -> None:
    rows = [HEADINGS, ["2025-011", "甲事", "无此人", None, "2025-03-01", None]]
    path = workbooks.workbook(office.folder / "账.xlsx", {**good(), "台账": rows})
    book = load_workbook(path)
    book["台账"].merge_cells("C2:D2")
    book.save(path)
    (problem,) = office.refused(path).problems
    assert problem.place == "账.xlsx 台账!C2"
    assert "合并单元格 C2:D2" in problem.message
