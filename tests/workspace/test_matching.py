"""Items without numbers: known again by title, people and day; else only a person says."""

import pytest

from bad_sheets import Sheets, good
from office import Office
from sqmy.ledger import audit
from sqmy.workspace.answers import Answer, Answers
from sqmy.workspace.import_run import Decisions

REGISTER: Sheets = {name: rows for name, rows in good().items() if name in {"单位", "人员"}}
HEADINGS = ["标题", "作者", "报送单位", "报送日期"]
ROWS = [
    ["关于增设老年食堂的建议", "张三", "提案委", "2025-3-1"],
    ["关于整治河道的建议", "李四", "文史委", "2025-3-2"],
]


def listed(*rows: list[str], headings: list[str] | None = None) -> Sheets:
    """A unit's list without numbers."""
    return {"报送": [headings or HEADINGS, *rows]}


@pytest.fixture
def office(office: Office) -> Office:
    """With two units, their members, and two items."""
    office.put(REGISTER | listed(*ROWS))
    return office


def numbers(office: Office) -> list[tuple[str, str]]:
    """Numbers and titles of the live items."""
    return office.ledger.rows("SELECT number, title FROM live_submission ORDER BY fact")


def test_items_without_numbers_are_numbered_and_the_list_again_adds_none(office: Office) -> None:
    assert numbers(office) == [("2025-001", ROWS[0][0]), ("2025-002", ROWS[1][0])]
    assert office.put(listed(*ROWS)).new == 0
    assert office.put(listed(["《关于整治河道的建议》", "李四", "", "2025.3.2"])).new == 0


def test_true_twins_are_kept(office: Office) -> None:
    twins = listed(*ROWS, ROWS[0])
    assert office.put(twins).new == 1
    assert [number for number, _ in numbers(office)] == ["2025-001", "2025-002", "2025-003"]
    for again in (twins, listed(*ROWS), listed(ROWS[0], ROWS[0])):
        assert office.put(again).new == 0


def test_one_title_by_others_is_another_item(office: Office) -> None:
    assert office.put(listed([ROWS[0][0], "王五（文史委）", "文史委", "2025-9-1"])).new == 1


def test_one_title_by_the_same_on_another_day_is_a_change(office: Office) -> None:
    moved = listed([ROWS[0][0], "张三", "提案委", "2025-3-5"])
    (line,) = office.refusals(moved)
    assert line.startswith("账.xlsx 报送!A2：编号「2025-001」在台账里已有，这一行不同：报送日期：")
    office.put(moved, decisions=Decisions(because="看错"))
    assert office.item("2025-001").submitted_on == "2025-03-05"


ALIKE = listed(["关于增设老年人食堂的几点建议", "张三", "提案委", "2025-3-1"])


def test_a_like_title_is_a_doubt(office: Office) -> None:
    (line,) = office.refusals(ALIKE)
    assert line == (
        "账.xlsx 报送!A2：没有编号，不能断定是不是台账里已有的："
        "2025-001（标题相近，2025-03-01《关于增设老年食堂的建议》）。"
        "请填上编号；逐条指认的用 --map 文件。"
    )


@pytest.mark.parametrize(("meant", "new"), [("2025-001", 0), ("", 1)])
def test_a_person_says_which_it_is(office: Office, meant: str, new: int) -> None:
    answers = Answers([Answer("item", "关于增设老年人食堂的几点建议", "张三", meant)])
    report = office.put(ALIKE, decisions=Decisions(answers))
    assert (report.new, report.changed) == (new, 0)
    assert ("2025-001", "关于增设老年食堂的建议") in numbers(office)  # it is only told otherwise


def test_like_titles_in_one_list_are_of_different_items(office: Office) -> None:
    assert (
        office.put(
            listed(
                ["关于乡村道路养护的建议（一）", "张三", "提案委", "2025-5-1"],
                ["关于乡村道路养护的建议（二）", "张三", "提案委", "2025-5-1"],
            )
        ).new
        == 2
    )


NOTICE = ["标题", "采用单位", "采用方式", "采用日期"]


def test_a_notice_by_title_tells_of_items_that_are_there(office: Office) -> None:
    notice = listed(["增设老年食堂", "市政协", "综合", "2025-4-1"], headings=NOTICE)
    (line,) = office.refusals(notice)
    assert "2025-001（标题相近" in line
    decisions = Decisions(Answers([Answer("item", "增设老年食堂", "", "2025-001")]))
    assert office.put(notice, decisions=decisions).new == 1
    exact = listed([ROWS[1][0], "市政协", "单篇", "2025-4-2"], headings=NOTICE)
    assert office.put(exact).new == 1
    assert office.put(exact).new == 0
    assert office.ledger.rows("SELECT item, form FROM live_adoption ORDER BY fact") == [
        (item, form)
        for item, form in zip(
            [i for (i,) in office.ledger.rows("SELECT item FROM live_submission ORDER BY item")],
            ["compiled", "whole"],
            strict=True,
        )
    ]
    assert audit.examine(office.ledger) == []


def test_a_notice_of_what_nobody_submitted_is_refused(office: Office) -> None:
    notice = listed(["关于停车难的建议", "市政协", "单篇", "2025-4-1"], headings=NOTICE)
    (line,) = office.refusals(notice)
    assert line.startswith("账.xlsx 报送!A2：没有编号，台账里也没有标题相近的信息。")


def test_what_became_of_a_doubtful_row_waits_with_it(office: Office) -> None:
    headings = [*HEADINGS, "市政协采用"]
    sheet = listed(
        [*ROWS[0], "2025.4.1"], ["关于路灯的建议", "张山", "", "2025-5-1", "√"], headings=headings
    )
    assert len(office.refusals(sheet)) == 2  # nobody of that name, and a mark without a day
    sheet["报送"][2][-1] = "2025.6.1"
    (line,) = office.refusals(sheet)
    assert "没有人员「张山」" in line
    decisions = Decisions(Answers([Answer("member", "张山", "", "张三")]))
    assert office.put(sheet, decisions=decisions).new == 3
    assert office.put(sheet).new == 0
