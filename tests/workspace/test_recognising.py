"""Headings and titles of others' sheets: explained once, known from then on."""

import pytest

from bad_sheets import Sheets, good
from office import Office
from sqmy.errors import ProblemsError
from sqmy.ledger import audit, reading
from sqmy.ledger.reliance import RestingError
from sqmy.workspace.answers import Answer, Answers
from sqmy.workspace.import_run import Decisions
from sqmy.workspace.undoing import void

STRANGE: Sheets = {
    "报送": [
        ["编号", "题目", "谁写的", "哪 报的", "日子", "备注"],
        ["2025-101", "关于路灯的建议", "张三", "提案委", "2025-6-1", "急"],
    ]
}
EXPLAINED = Decisions(
    Answers(
        [
            Answer("heading", "谁写的", "", "作者"),
            Answer("heading", "哪报的", "", "报送单位"),
            Answer("heading", "日子", "", "报送日期"),
        ]
    )
)


@pytest.fixture
def office(office: Office) -> Office:
    """With the sound sheets imported as B1."""
    office.put(good())
    return office


def test_what_a_table_lacks_may_be_under_another_heading(office: Office) -> None:
    path = office.folder / "账.xlsx"
    with pytest.raises(ProblemsError, match="缺标题「报送单位」、「报送日期」"):
        office.put(STRANGE)
    assert path.exists()


def test_an_explained_heading_is_read_and_remembered(office: Office) -> None:
    report = office.put(STRANGE, decisions=EXPLAINED)
    assert (report.new, report.batch) == (1, 2)
    assert "标题行里的「谁写的」认作“作者”" in report.decided
    item = office.item("2025-101")
    assert (item.submitted_on, len(item.authors)) == ("2025-06-01", 1)
    STRANGE["报送"].append(["2025-102", "关于路牌的建议", "张三", "提案委", "2025-6-2", None])
    again = office.put(STRANGE, "二.xlsx")
    STRANGE["报送"].pop()
    assert (again.new, again.decided) == (1, ())
    assert again.notes[-1] == (
        "二.xlsx，工作表「报送」：按以前认定的，「谁写的」读作作者、"
        "「哪报的」读作报送单位、「日子」读作报送日期。"
    )
    assert audit.examine(office.ledger) == []


def test_it_holds_for_the_very_row_of_headings_alone(office: Office) -> None:
    office.put(STRANGE, decisions=EXPLAINED)
    other: Sheets = {"报送": [row[:5] for row in STRANGE["报送"]]}
    with pytest.raises(ProblemsError, match="缺标题"):
        office.put(other)


def test_with_the_batch_it_is_forgotten(office: Office) -> None:
    office.put(STRANGE, decisions=EXPLAINED)
    void(office.desk(), "B2", "读错了", with_dependents=False)
    assert reading.recognitions(office.ledger) == []
    with pytest.raises(ProblemsError, match="缺标题"):
        office.put(STRANGE)


def test_a_title_that_was_explained_is_known_from_then_on(office: Office) -> None:
    notice: Sheets = {
        "报送": [["标题", "采用单位", "采用日期"], ["古树保护", "省政协", "2025-5-10"]]
    }
    (line,) = office.refusals(notice)
    assert "2025-002（标题相近" in line
    decisions = Decisions(Answers([Answer("item", "古树保护", "", "2025-002")]))
    report = office.put(notice, decisions=decisions)
    assert report.decided == ("标题「古树保护」认作 2025-002《关于古树保护的建议》",)
    assert office.put(notice).new == 0
    notice["报送"][1][2] = "2025-6-10"
    assert office.put(notice).new == 1
    item = office.item("2025-002").item
    with office.ledger.writing(), pytest.raises(RestingError):  # an item does not go without it
        office.records().void([item], "误录")
