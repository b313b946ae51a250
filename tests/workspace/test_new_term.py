"""换届: one sheet ends the old term and begins the new one; undone as one batch."""

import pytest

from bad_sheets import Sheets
from office import Office
from sqmy.errors import SqmyError
from sqmy.ledger import audit, reading
from sqmy.register import MemberEntry
from sqmy.workspace.answers import Answer, Answers
from sqmy.workspace.import_run import Decisions
from sqmy.workspace.undoing import void

FIRST = "2027-01-10"
HEADINGS = ["姓名", "单位", "身份", "任职开始"]
OLD: Sheets = {
    "单位": [["单位名称", "单位类别"], ["提案委", "委室"], ["文史委", "委室"]],
    "人员": [
        HEADINGS,
        ["张三", "提案委", "常委", "2022-01-12"],
        ["张三", "提案委", "特邀信息员", None],
        ["李四", "提案委", "委员", "2022-01-12"],
        ["王五", "文史委", "委员", None],
        ["赵六", "文史委", "驻市政协委员", "2022-01-05"],
    ],
}
NEW: Sheets = {
    "名册": [
        HEADINGS,
        ["张三", "提案委", "常委", None],
        ["王五", "文史委", "常委", "2027-03-01"],
        ["钱七", "文史委", "委员", None],
    ]
}
TERM = Decisions(new_term=FIRST)


@pytest.fixture
def office(office: Office) -> Office:
    """With the old term."""
    office.put(OLD)
    return office


def entry(office: Office, name: str) -> MemberEntry:
    register = reading.register(office.ledger)
    return register.members[register.find_member(name)]


def terms(office: Office, name: str) -> list[tuple[str, str | None, str | None]]:
    """Roles with their days."""
    return [(term.role, term.since, term.until) for term in entry(office, name).terms]


def test_the_old_term_ends_and_the_new_one_begins(office: Office) -> None:
    report = office.put(NEW, decisions=TERM)
    assert report.batch == 2
    assert report.decided == ("换届：上一届的任职到 2027-01-09 为止，常委 1 项、委员 2 项",)
    assert report.notes == (
        "名册里没有的身份照旧：特邀信息员 1 项、驻市政协委员 1 项。",
        "不在新名册里的：李四（提案委）。",
    )
    assert terms(office, "张三") == [
        ("常委", "2022-01-12", "2027-01-09"),
        ("特邀信息员", None, None),
        ("常委", "2027-01-10", None),
    ]
    assert terms(office, "李四") == [("委员", "2022-01-12", "2027-01-09")]
    assert terms(office, "王五") == [
        ("委员", None, "2027-01-09"),
        ("常委", "2027-03-01", None),
    ]
    assert terms(office, "钱七") == [("委员", "2027-01-10", None)]
    assert terms(office, "赵六") == [("驻市政协委员", "2022-01-05", None)]
    assert audit.examine(office.ledger) == []


def test_the_same_again_changes_nothing(office: Office) -> None:
    office.put(NEW, decisions=TERM)
    before = reading.head(office.ledger)
    report = office.put(NEW, decisions=TERM)
    assert (report.new, report.decided, report.batch) == (0, (), None)
    assert reading.head(office.ledger) == before


def test_with_the_batch_the_old_term_goes_on(office: Office) -> None:
    before = {name: terms(office, name) for name in ("张三", "李四", "王五", "赵六")}
    office.put(NEW, decisions=TERM)
    void(office.desk(), "B2", "日期错了", with_dependents=False)
    assert {name: terms(office, name) for name in before} == before


def test_an_earlier_beginning_is_refused(office: Office) -> None:
    rows = [*NEW["名册"], ["李四", "提案委", "委员", "2022-01-12"]]
    (line,) = office.refusals({"名册": rows}, decisions=TERM)
    assert line == (
        "账.xlsx 名册!D5：任职开始 2022-01-12 早于换届的 2027-01-10。"
        "连任的也从换届起算，请改成换届后的日期或空着。"
    )


def test_a_term_that_ends_later_is_told_and_left(office: Office) -> None:
    office.put(
        {"人员": [[*HEADINGS, "任职结束"], ["孙八", "文史委", "委员", "2022-1-12", "2027-6-30"]]}
    )
    report = office.put(NEW, decisions=TERM)
    assert "孙八（文史委）的委员已登记到 2027-06-30，没有改。" in report.notes


def test_a_new_term_needs_a_register(office: Office) -> None:
    with pytest.raises(SqmyError, match="没有人员表"):
        office.put({"单位": [["单位名称"], ["办公室"]]}, decisions=TERM)
    assert "办公室" not in {u.name for u in reading.register(office.ledger).units.values()}


ELSEWHERE: Sheets = {"名册": [HEADINGS, ["李四", "文史委", "委员", None]]}


def test_the_same_name_elsewhere_is_asked_about(office: Office) -> None:
    (line,) = office.refusals(ELSEWHERE, decisions=TERM)
    assert line == (
        "账.xlsx 名册!A2：「李四」写在文史委，是不是：李四（提案委）（同名，在另一单位）？"
        "是同一个人还是另一个人，请用 --map 文件指明。"
    )
    office.put(ELSEWHERE)  # outside 换届 another unit is another person


def test_whoever_moved_is_moved_with_the_term(office: Office) -> None:
    answers = Answers([Answer("member", "李四", "文史委", "李四")])
    report = office.put(ELSEWHERE, decisions=TERM._replace(answers=answers))
    assert "李四（提案委）调到文史委" in report.decided
    register = reading.register(office.ledger)
    moved = entry(office, "李四")
    assert register.units[moved.unit_on("2027-01-09")].name == "提案委"
    assert register.units[moved.unit_on(FIRST)].name == "文史委"
    assert moved.roles_on(FIRST) == ("委员",)
    assert office.put(ELSEWHERE, decisions=TERM).new == 0


def test_or_it_is_somebody_else(office: Office) -> None:
    answers = Answers([Answer("member", "李四", "文史委", "")])
    office.put(ELSEWHERE, decisions=TERM._replace(answers=answers))
    register = reading.register(office.ledger)
    assert len(register.members_called("李四")) == 2
    assert office.put(ELSEWHERE, decisions=TERM).new == 0


def test_a_name_that_sounds_the_same_in_the_unit_is_asked_about(office: Office) -> None:
    sheet: Sheets = {"名册": [HEADINGS, ["李斯", "提案委", "委员", None]]}
    (line,) = office.refusals(sheet, decisions=TERM)
    assert "李四（提案委）（同一单位，同音）" in line
    answers = Answers([Answer("member", "李斯", "提案委", "李四")])
    office.put(sheet, decisions=TERM._replace(answers=answers))
    assert entry(office, "李斯").name == "李四"
    assert office.put(sheet, decisions=TERM).new == 0
