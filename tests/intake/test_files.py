from pathlib import Path

import pytest

import workbooks
from sqmy.intake import files
from sqmy.intake.drafts import AdoptionRow, FindingRow, MemberRow, SubmissionRow, UnitRow
from sqmy.vocabulary import Vocabulary
from workbooks import Rows

WORDS = Vocabulary(
    channels={"市政协": "市政协", "省政协": "省政协", "省": "省政协"},
    ranks={"省级领导": "省级领导"},
    roles={"委员": "委员", "常委": "常委"},
    unit_kinds={"委室": "委室"},
    finding_kinds={"报刊抄袭": "报刊抄袭", "网上下载": "网上下载"},
    stages={"单位审核": "单位审核"},
    attributes=("体裁",),
)
ADOPTIONS = ["编号", "采用单位", "采用方式", "采用日期", "刊物", "期号"]


def read(tmp_path: Path, **sheets: Rows) -> files.Intake:
    """One workbook「账.xlsx」with these sheets."""
    return files.read([workbooks.workbook(tmp_path / "账.xlsx", sheets)], WORDS)


def problems(intake: files.Intake) -> list[str]:
    return [str(fault.problem) for fault in sorted(intake.faults)]


def test_a_row_becomes_a_draft_that_knows_its_place(tmp_path: Path) -> None:
    rows = [
        ["采用情况"],
        ADOPTIONS,
        ["2025-001", "市政协、省", "综合采用", "2025.3.1", "社情民意", 12],
    ]
    (draft,) = read(tmp_path, 采用=rows).drafts["adoption"]
    assert isinstance(draft, AdoptionRow)
    assert draft[1:] == (
        "2025-001",
        ("市政协", "省政协"),
        "compiled",
        "2025-03-01",
        "社情民意",
        "12",
        (),
    )
    assert str(draft.place) == "文件 账.xlsx，工作表「采用」，第 3 行"
    assert draft.place.cell("采用日期") == "账.xlsx 采用!D3"
    assert draft.place.cell("没有的标题") == "账.xlsx 采用!A3"


def test_what_is_left_out_has_its_meaning(tmp_path: Path) -> None:
    intake = read(
        tmp_path,
        单位=[["单位名称"], ["提案委"]],
        采用=[["编号", "采用单位", "采用日期"], [1, "市政协", 20250301]],
    )
    assert intake.drafts["unit"] == [
        UnitRow(intake.drafts["unit"][0].place, "提案委", None, None, None, (), None)
    ]
    (adoption,) = intake.drafts["adoption"]
    assert adoption[1:] == ("1", ("市政协",), None, "2025-03-01", None, None, ())


def test_a_member_may_take_several_roles_and_numbers_may_be_phones(tmp_path: Path) -> None:
    rows = [["姓名", "单位", "身份", "联系电话"], ["张 三", "提案委", "常委/委员", 13800138000]]
    (draft,) = read(tmp_path, 人员=rows).drafts["member"]
    assert isinstance(draft, MemberRow)
    assert (draft.name, draft.roles, draft.phone) == ("张三", ("常委", "委员"), "13800138000")


def test_a_submission_keeps_its_attributes_and_what_is_written_of_authors(tmp_path: Path) -> None:
    headings = ["编号", "标题", "作者", "报送单位", "报送日期", "署名", "正文", "体裁"]
    rows = [
        headings,
        ["2025-001", "甲", "张三、李四", "提案委", "2025-3-1", "单位", "乙\n丙", "建议"],
    ]
    (draft,) = read(tmp_path, 报送=rows).drafts["submission"]
    assert isinstance(draft, SubmissionRow)
    assert (draft.authors, draft.by_unit, draft.body) == ("张三、李四", True, "乙\n丙")
    assert draft.attributes == (("体裁", "建议"),)


def test_a_finding_is_about_one_thing(tmp_path: Path) -> None:
    headings = ["编号", "姓名", "单位名称", "认定类型", "认定日期"]
    rows = [
        headings,
        ["2025-001", None, None, "报刊抄袭", "2025-3-1"],
        [None, "张三（提案委）", None, "报刊抄袭、网上下载", "2025-3-1"],
        [None, None, "提案委", "报刊抄袭", "2025-3-1"],
        ["2025-001", "张三", None, "报刊抄袭", "2025-3-1"],
        [None, None, None, "报刊抄袭", "2025-3-1"],
    ]
    intake = read(tmp_path, 认定=rows)
    drafts = [d for d in intake.drafts["finding"] if isinstance(d, FindingRow)]
    assert [(d.number, d.member, d.unit) for d in drafts] == [
        ("2025-001", "", ""),
        ("", "张三（提案委）", ""),
        ("", "", "提案委"),
    ]
    assert drafts[1].kinds == ("报刊抄袭", "网上下载")
    both, none = problems(intake)
    assert both.startswith("账.xlsx 认定!B5：编号、姓名同时填了")
    assert none.startswith("账.xlsx 认定!A6：编号、姓名、单位名称都没有填")


def test_every_fault_of_every_cell_is_told_at_once_and_the_row_is_spoiled(tmp_path: Path) -> None:
    rows = [ADOPTIONS, ["2025-001", "市政斜", "节选", "3月1日"], [None, "市政协", None, None]]
    intake = read(tmp_path, 采用=rows)
    assert intake.drafts["adoption"] == []
    assert len(intake.spoiled["adoption"]) == 2
    channel, form, day, number, no_day = problems(intake)
    assert channel.startswith("账.xlsx 采用!B2：没有渠道「市政斜」。相近的有：市政协。")
    assert form == "账.xlsx 采用!C2：没有采用方式「节选」。采用方式有：单篇、综合、转送。"
    assert day.startswith("账.xlsx 采用!D2：日期「3月1日」缺年份。")
    assert number == "账.xlsx 采用!A3：编号没有填。请补上。"
    assert no_day == "账.xlsx 采用!D3：采用日期没有填。请补上。"


def merged(tmp_path: Path, rows: Rows, *areas: str, name: str = "采用") -> files.Intake:
    """One workbook with one sheet and merged cells."""
    book = workbooks.Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    for area in areas:
        sheet.merge_cells(area)
    book.save(tmp_path / "账.xlsx")
    return files.read([tmp_path / "账.xlsx"], WORDS)


def test_merged_cells_over_several_columns_spoil_their_rows_and_are_told_once(
    tmp_path: Path,
) -> None:
    rows = [ADOPTIONS, *(["2025-001", "市政协", None, "2025-3-1"] for _ in range(4))]
    intake = merged(tmp_path, rows, "B3:C5")
    (problem,) = problems(intake)
    assert problem == (
        "账.xlsx 采用!B3：合并单元格 B3:C5 在数据里，说的是哪一格、哪一条，分不清。"
        "请取消合并并逐行填写。"
    )
    assert (len(intake.drafts["adoption"]), len(intake.spoiled["adoption"])) == (1, 3)


def test_a_cell_merged_over_several_lines_says_the_same_of_each(tmp_path: Path) -> None:
    rows = [
        ADOPTIONS,
        ["2025-001", "市政协", None, "2025-3-1"],
        ["2025-002", None, None, "2025-3-2"],
        ["2025-003", "省政协", None, "2025-3-3"],
    ]
    drafts = merged(tmp_path, rows, "B2:B3").drafts["adoption"]
    assert [draft[1:3] for draft in drafts] == [
        ("2025-001", ("市政协",)),
        ("2025-002", ("市政协",)),
        ("2025-003", ("省政协",)),
    ]


def test_files_are_told_apart_and_none_is_read_twice(tmp_path: Path) -> None:
    (tmp_path / "旧").mkdir()
    rows = {"采用": [ADOPTIONS, ["2025-001", "市政协", None, "2025-3-1"]]}
    here = workbooks.workbook(tmp_path / "账.xlsx", rows)
    there = workbooks.workbook(tmp_path / "旧" / "账.xlsx", rows)
    intake = files.read([here, there, here], WORDS)
    assert intake.files == (str(here), str(there))
    assert len(intake.drafts["adoption"]) == 2
    assert intake.notes == ["同一个文件写了不止一次，只读一次。"]


def test_a_bad_file_does_not_hide_the_faults_of_the_next(tmp_path: Path) -> None:
    bad = tmp_path / "旧账.xls"
    bad.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99))
    good = workbooks.workbook(tmp_path / "账.xlsx", {"采用": [ADOPTIONS, [None, "市政协"]]})
    intake = files.read([bad, good], WORDS)
    first, *others = problems(intake)
    assert first.startswith("旧账.xls：不是电子表格，或者已经损坏")
    assert len(others) == 2
    assert "submission" in intake.unread


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("空.csv", b",,\n,,\n", "没有内容"),
        ("空.xlsx", None, "没有内容"),
        ("别.csv", "甲,乙\n".encode(), "没有一张表的标题认得出。报送表的标题是编号、标题"),
        ("乱.csv", "編號,標題".encode("big5"), "文字如果是乱码"),
    ],
)
def test_a_file_with_nothing_of_ours_is_an_error(
    tmp_path: Path, name: str, content: bytes | None, words: str
) -> None:
    path = tmp_path / name
    if content is None:
        workbooks.workbook(path, {"表": []})
    else:
        path.write_bytes(content)
    (problem,) = problems(files.read([path], WORDS))
    assert problem.startswith(f"{name}：")
    assert words in problem


def test_a_sheet_of_something_else_beside_a_table_is_only_told(tmp_path: Path) -> None:
    intake = read(tmp_path, 说明=[["填表说明"]], 采用=[ADOPTIONS], 空=[])
    assert problems(intake) == []
    assert intake.skipped == ["账.xlsx，工作表「说明」"]
    assert intake.notes == ["账.xlsx，工作表「说明」：没有认出标题行，跳过未读。"]


def test_progress_is_told_for_each_file(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    path = workbooks.workbook(tmp_path / "账.xlsx", {"采用": [ADOPTIONS] * 2000, "甲": [["乙"]]})
    files.read([path], WORDS, lambda *words: told.append(words))
    assert {what for what, _, _ in told} == {"读取 账.xlsx"}
    assert told[0][1] == 0
    done = [one[1] for one in told]
    assert done == sorted(done)
    assert len(done) > 3
    assert all(one[1] <= one[2] for one in told)
