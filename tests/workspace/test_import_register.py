"""Units and members from sheets."""

from typing import Any

from office import Office
from sqmy.ledger import reading

UNITS = ["单位名称", "单位类别", "考评序列", "参评", "简称", "生效日期"]


def states(office: Office) -> list[tuple[str, str | None, bool, str | None]]:
    (unit,) = reading.register(office.ledger).units.values()
    return [(s.kind, s.peer_group, s.assessed, s.since) for s in unit.states]


def test_a_later_row_changes_a_unit_from_its_day_in_whatever_order_they_stand(
    office: Office,
) -> None:
    rows = [
        UNITS,
        ["提案委", None, "第二序列", None, None, "2026-01-01"],
        ["提案委", "其他", None, "否", None, "2025-07-01"],
        ["提案委", "委室", "第一序列", None, None, None],
    ]
    assert office.put({"单位": rows}).new == 3
    assert states(office) == [
        ("委室", "第一序列", True, None),
        ("其他", None, False, "2025-07-01"),  # a change row says all there is
        ("其他", "第二序列", True, "2026-01-01"),
    ]
    assert office.put({"单位": rows}).new == 0


def test_a_row_that_changes_nothing_is_nothing_new(office: Office) -> None:
    office.put({"单位": [UNITS, ["提案委", "委室", None, None, None, None]]})
    again = [UNITS, ["提案委", "委室", None, "是", None, "2025-01-01"], ["提案委"]]
    assert office.put({"单位": again}).new == 0


def test_a_new_alias_of_a_known_unit_is_entered(office: Office) -> None:
    office.put({"单位": [UNITS, ["提案委员会", "委室", None, None, None, None]]})
    rows = [UNITS, ["提案委员会", None, None, None, "提案委、提委", None]]
    assert [office.put({"单位": rows}).new, office.put({"单位": rows}).new] == [1, 0]
    assert reading.register(office.ledger).find_unit("提委") == office.live("unit")[0]


# -- members ---------------------------------------------------------------------------------

MEMBERS = ["姓名", "单位", "身份", "界别", "联系电话", "任职开始", "任职结束"]
TWO_UNITS = {"单位": [["单位名称"], ["提案委"], ["文史委"]]}


def member(name: str, unit: str, role: str, since: str | None, until: str | None) -> list[Any]:
    return [name, unit, role, None, None, since, until]


def terms(office: Office) -> list[tuple[str, str, str | None, str | None]]:
    register = reading.register(office.ledger)
    return [
        (register.full_name(m.id), term.role, term.since, term.until)
        for m in register.members.values()
        for term in m.terms
    ]


def test_another_row_of_a_person_adds_an_appointment_and_another_unit_another_person(
    office: Office,
) -> None:
    rows = [
        MEMBERS,
        member("张三", "提案委", "委员", None, "2025-06-30"),
        member("张 三", "提案委", "常委", "2025-07-01", None),
        member("张三", "文史委", "委员", None, None),
        member("张三（文史委）", "文史委", "特邀信息员", None, None),
        member("张三", "提案委", "委员", None, "2025-06-30"),
    ]
    assert office.put({**TWO_UNITS, "人员": rows}).counts[1] == ("member", 4, 1, 0)
    assert terms(office) == [
        ("张三（提案委）", "委员", None, "2025-06-30"),
        ("张三（提案委）", "常委", "2025-07-01", None),
        ("张三（文史委）", "委员", None, None),
        ("张三（文史委）", "特邀信息员", None, None),
    ]
    assert office.put({"人员": rows}).new == 0


def test_an_end_that_was_open_is_filled_and_not_opened_again(office: Office) -> None:
    opened = {**TWO_UNITS, "人员": [MEMBERS, member("张三", "提案委", "委员", "2022-01-01", None)]}
    ended = {"人员": [MEMBERS, member("张三", "提案委", "委员", "2022-01-01", "2025-06-30")]}
    assert office.put(opened).counts[1] == ("member", 1, 0, 0)
    assert [office.put(ended).new for _ in range(2)] == [1, 0]
    assert office.put(opened).new == 0
    otherwise = {"人员": [MEMBERS, member("张三", "提案委", "委员", "2022-01-01", "2025-12-31")]}
    (line,) = office.refusals(otherwise)
    assert "请先用 sqmy void F" in line
    assert terms(office) == [("张三（提案委）", "委员", "2022-01-01", "2025-06-30")]


def test_someone_who_moved_is_the_same_in_the_old_sheet_and_in_a_new_one(office: Office) -> None:
    old = {**TWO_UNITS, "人员": [MEMBERS, member("张三", "提案委", "委员", None, None)]}
    office.put(old)
    register = reading.register(office.ledger)
    with office.ledger.writing():
        office.records().move(
            register.find_member("张三"), register.find_unit("文史委"), "2025-07-01"
        )
    new = {"人员": [MEMBERS, member("张三", "文史委", "委员", None, None)]}
    assert [office.put(old).new, office.put(new).new] == [0, 0]


def test_what_is_said_of_a_person_in_any_row_is_kept_and_never_changed(office: Office) -> None:
    rows = [
        MEMBERS,
        ["张三", "提案委", "委员", None, None, None, "2025-06-30"],
        ["张三", "提案委", "常委", "教育界", 13800138000, "2025-07-01", None],
    ]
    assert office.put({**TWO_UNITS, "人员": rows}).notes == ()
    assert office.ledger.rows("SELECT sector FROM member") == [("教育界",)]
    assert office.ledger.rows("SELECT value FROM secret") == [("13800138000",)]
    rows[1][4] = "13900139000"
    report = office.put({"人员": rows})
    assert report.new == 0
    assert report.notes == (
        "文件 账.xlsx，工作表「人员」，第 2 行：张三的界别或联系电话与登记的不同，没有改。",
    )


def test_two_of_one_name_in_one_unit_are_ambiguous(office: Office) -> None:
    sheets = {**TWO_UNITS, "人员": [MEMBERS, member("张三", "提案委", "委员", None, None)]}
    sheets["人员"].append(member("张三", "文史委", "委员", None, None))
    office.put(sheets)
    register = reading.register(office.ledger)
    first = register.members_called("张三（提案委）")[0]
    with office.ledger.writing():
        office.records().move(first, register.find_unit("文史委"), "2025-07-01")
    (line,) = office.refusals({"人员": [MEMBERS, member("张三", "文史委", "常委", None, None)]})
    assert line.startswith("账.xlsx 人员!A2：姓名「张三」不止一个")
