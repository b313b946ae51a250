"""Who is meant by a name in a sheet: exact, another name, qualified; else only a person says."""

import pytest

from bad_sheets import Sheets, added, cell, cells, good
from office import Office
from sqmy.ledger import reading
from sqmy.workspace.answers import Answer, Answers, Newcomer
from sqmy.workspace.import_run import Decisions


def decided(*answers: Answer) -> Decisions:
    """Decisions on these spellings."""
    return Decisions(Answers(answers))


def authors(office: Office, number: str) -> list[str]:
    """The authors of an item in full."""
    register = reading.register(office.ledger)
    return [register.full_name(member) for member in office.item(number).authors]


MISSPELT = good(cell("报送", 2, "作者", "张山、李斯"))


def test_a_misspelt_name_is_refused_with_who_may_be_meant(office: Office) -> None:
    advice = "请改正，或先登记；逐个指认的用 --map 文件。"
    assert office.refusals(MISSPELT) == [
        f"账.xlsx 报送!C2：没有人员「张山」。相近的有：张三（提案委员会）（差一个字）。{advice}",
        f"账.xlsx 报送!C2：没有人员「李斯」。相近的有：李四（文史委员会）（同音）。{advice}",
    ]


def test_half_of_a_short_name_is_a_likeness_only_in_the_same_unit(office: Office) -> None:
    (line,) = office.refusals(good(cell("报送", 3, "作者", "张山（文史委）")))
    assert "相近的有：" not in line
    (line,) = office.refusals(good(cell("报送", 3, "作者", "张山（提案委）")))
    assert "没有人员「张山（提案委）」。相近的有：张三（提案委员会）（差一个字）。" in line
    (line,) = office.refusals(good(cell("报送", 3, "作者", "张三（文史委）")))
    assert "相近的有：张三（提案委员会）（同名，在另一单位）。" in line


def test_a_decision_is_kept_as_another_name_and_not_asked_for_again(office: Office) -> None:
    office.put(
        MISSPELT,
        decisions=decided(
            Answer("member", "张山", "", "张三"), Answer("member", "李斯", "", "李四（文史委）")
        ),
    )
    assert authors(office, "2025-001") == ["张三（提案委员会）", "李四（文史委员会）"]
    register = reading.register(office.ledger)
    assert register.members[register.find_member("张三")].aliases == ("张山",)
    assert office.put(MISSPELT).new == 0
    more = good(added("报送", "2025-009", "关于路灯的建议", "张山", "", "2025-5-1", None))
    office.put(more)
    assert authors(office, "2025-009") == ["张三（提案委员会）"]


def test_a_decision_that_is_not_needed_leaves_no_trace(office: Office) -> None:
    office.put(good(), decisions=decided(Answer("member", "张山", "", "张三")))
    assert len(office.live("alias")) == len(good()["单位"]) - 1


def test_a_unit_is_decided_in_the_same_way(office: Office) -> None:
    sheets = good(cell("报送", 4, "报送单位", "文史为"))
    (line,) = office.refusals(sheets)
    assert line.startswith("账.xlsx 报送!D4：没有单位「文史为」。相近的有：文史委员会（同音）。")
    office.put(sheets, decisions=decided(Answer("unit", "文史为", "", "文史委")))
    assert office.put(sheets).new == 0


AMBIGUOUS: Sheets = good(
    cell("报送", 3, "作者", "王五"),
    cell("报送", 3, "报送单位", "文史委"),
    added("报送", "2025-004", "关于路灯的建议", "王五", "提案委", "2025-5-1", None),
)


def test_of_two_of_one_name_the_unit_beside_it_is_decided_on(office: Office) -> None:
    assert [line[:35] for line in office.refusals(AMBIGUOUS)] == [
        "账.xlsx 报送!C3：姓名「王五」不止一个：王五（提案委员会） F",
        "账.xlsx 报送!C5：姓名「王五」不止一个：王五（提案委员会） F",
    ]
    decisions = decided(
        Answer("member", "王五", "文史委", "王五（文史委）"),
        Answer("member", "王五", "提案委", "王五（提案委）"),
    )
    office.put(AMBIGUOUS, decisions=decisions)
    assert authors(office, "2025-002") == ["王五（文史委员会）"]
    assert authors(office, "2025-004") == ["王五（提案委员会）"]
    assert office.put(AMBIGUOUS).new == 0
    other = good(added("报送", "2025-005", "关于车站的建议", "王五", "", "2025-5-1", None))
    assert "不止一个" in office.refusals(other)[0]


def test_somebody_new_is_registered_on_the_way(office: Office) -> None:
    sheets = good(
        added("报送", "2025-007", "关于路灯的建议", "赵六", "工商联", "2025-5-1", None),
        added("报送", "2025-008", "关于桥的建议", "钱七（提案委）、赵六", "", "2025-5-2", None),
    )
    assert len(office.refusals(sheets)) == 4
    report = office.put(
        sheets,
        decisions=decided(
            Answer("unit", "工商联", "", "", Newcomer(label="其他")),
            Answer("member", "赵六", "", "", Newcomer(label="委员", since="2022-1-1")),
            Answer("member", "钱七（提案委）", "", "", Newcomer(label="常委")),
        ),
    )
    assert report.batch == 1
    assert authors(office, "2025-008") == ["钱七（提案委员会）", "赵六（工商联）"]
    register = reading.register(office.ledger)
    term = register.members[register.find_member("赵六")].terms[0]
    assert (term.role, term.since) == ("委员", "2022-01-01")
    assert office.put(sheets).new == 0
    batches = office.ledger.rows("SELECT DISTINCT batch FROM chain WHERE kind <> 'batch'")
    assert batches == [(1,)]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer("member", "赵六", "", "张飞"), "没有人员「张飞」"),
        (Answer("member", "赵六", "", "", Newcomer(label="主席")), "没有身份「主席」"),
        (Answer("member", "赵六", "", "", Newcomer("工商联", "委员")), "没有单位「工商联」"),
        (Answer("member", "赵六", "", "", Newcomer("", "委员", "昨天")), "日期「昨天」看不懂"),
    ],
)
def test_a_decision_that_cannot_be_carried_out_is_refused(
    office: Office, answer: Answer, words: str
) -> None:
    (line,) = office.refusals(good(cell("报送", 2, "作者", "赵六")), decisions=decided(answer))
    assert line.startswith("账.xlsx 报送!C2：")
    assert words in line


def test_what_rests_on_a_doubtful_row_is_not_told_again(office: Office) -> None:
    spoilt = cells(cell("报送", 2, "作者", "赵六"), cell("人员", 5, "单位", "经济委"))
    assert len(office.refusals(good(spoilt))) == 2
