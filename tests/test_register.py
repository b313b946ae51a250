"""Who is meant by a name, and who held what when."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sqmy.days import Period
from sqmy.errors import AmbiguousError, NotFoundError
from sqmy.facts import Unit
from sqmy.register import BATCH, REFERENCE, MemberEntry, Register, Term, UnitEntry, find_label
from sqmy.text import match_key


def unit(number: int, *states: tuple[str | None, str], aliases: tuple[str, ...] = ()) -> UnitEntry:
    """A unit with its names from days on."""
    return UnitEntry(
        number,
        tuple(Unit(number, name, "委室", None, assessed=True, since=day) for day, name in states),
        aliases,
    )


def member(number: int, name: str, *homes: int, **more: Any) -> MemberEntry:  # noqa: ANN401
    """A member of the first unit from the beginning, of each other from a later New Year on."""
    since = [None, *(f"{year}-01-01" for year in range(2021, 2021 + len(homes)))]
    return MemberEntry(number, name, None, tuple(zip(since, homes, strict=False)), (), **more)


REGISTER = Register(
    units={
        u.id: u
        for u in (
            unit(1, (None, "提案委"), ("2022-03-01", "提案委员会"), aliases=("提案",)),
            unit(2, (None, "经济委")),
            unit(3, (None, "经济二组（城市建设）")),
            unit(4, (None, "东乡站"), aliases=("联络站",)),
            unit(5, (None, "西乡站"), aliases=("联络站",)),
            unit(6, (None, "提案")),
        )
    },
    members={
        m.id: m
        for m in (
            member(11, "张三", 1),
            member(12, "李四", 2, aliases=("老李",)),
            member(13, "王五", 1),
            member(14, "王五", 2, 3),
            member(15, "阿卜杜·外力", 3),
            member(16, "李娜（女）", 1),
            member(17, "李娜（女）", 2),
            member(18, "赵六", 3)._replace(aliases=("赵陆",), former=(member(19, "赵陆", 2),)),
            member(20, "老李", 3),
        )
    },
    merged={19: 18},
)


@pytest.mark.parametrize(
    ("spelling", "found"),
    [
        ("经济委", 2),
        (" 经 济 委 ", 2),
        ("提案委员会", 1),
        ("提案委", 1),
        ("提案", 6),  # its name goes before another's alias
        ("经济二组(城市建设)", 3),
        ("F3", 3),
        ("f3", 3),
        (" F3 ", 3),
    ],
)
def test_a_unit_is_found(spelling: str, found: int) -> None:
    assert REGISTER.find_unit(spelling) == found


@pytest.mark.parametrize(
    ("spelling", "found"),
    [
        ("张三", 11),
        ("张 三", 11),
        ("老李", 20),  # a name goes before an alias
        ("老李（经济委）", 12),
        ("阿卜杜・外力", 15),
        ("阿卜杜．外力", 15),
        ("王五（提案委）", 13),
        ("王五(提案委员会)", 13),
        ("王五 （提案委）", 13),
        ("王五（F1）", 13),
        ("王五（经济委）", 14),  # a former unit of his
        ("王五（经济二组（城市建设））", 14),
        ("李娜（女）（经济委）", 17),
        ("李娜(女)(提案委)", 16),
        ("赵六", 18),
        ("赵陆", 18),
        ("赵六（经济委）", 18),  # where he stood before the two entries were merged
        ("赵陆（经济委）", 18),
        ("F14", 14),
        ("f19", 18),
        ("F00018", 18),
    ],
)
def test_a_member_is_found(spelling: str, found: int) -> None:
    assert REGISTER.find_member(spelling) == found


@pytest.mark.parametrize(
    ("spelling", "told"),
    [
        ("提按委", "没有单位「提按委」。相近的有：提案委、提案委员会。用 sqmy unit list 查看"),
        ("联洛站", "没有单位「联洛站」。相近的有：联络站。"),
        ("Qzx", "没有单位「Qzx」。用 sqmy unit list 查看，或用 sqmy unit add 登记。"),
        ("F11", "没有单位「F11」。用 sqmy unit list 查看"),
        ("", "没有单位「」。"),
    ],
)
def test_an_unknown_unit_is_told_with_the_nearest(spelling: str, told: str) -> None:
    with pytest.raises(NotFoundError) as refused:
        REGISTER.find_unit(spelling)
    assert str(refused.value).startswith(told)


@pytest.mark.parametrize(
    ("spelling", "told"),
    [
        ("张珊三", "没有人员「张珊三」。相近的有：张三。用 sqmy member list 查看"),
        ("赵路", "没有人员「赵路」。相近的有：赵陆、赵六。"),
        ("孙八", "没有人员「孙八」。用 sqmy member list 查看，或用 sqmy member add 登记。"),
        ("张三（经济委）", "没有人员「张三（经济委）」。"),
        ("张三（无此单位）", "没有人员「张三（无此单位）」。"),
        ("（提案委）", "没有人员「（提案委）」。"),
        ("F1", "没有人员「F1」。"),
        ("F" + "9" * 19, "没有人员「F9999999999999999999」。"),
        ("", "没有人员「」。"),
    ],
)
def test_an_unknown_member_is_told_with_the_nearest(spelling: str, told: str) -> None:
    with pytest.raises(NotFoundError) as refused:
        REGISTER.find_member(spelling)
    assert str(refused.value).startswith(told)


def test_a_name_of_several_is_refused_with_all_of_them() -> None:
    with pytest.raises(AmbiguousError) as refused:
        REGISTER.find_member("王五")
    assert str(refused.value) == (
        "姓名「王五」不止一个：王五（提案委员会） F13、王五（经济二组（城市建设）） F14。"
        "请写成「姓名（单位）」，或用登记号（如 F12）。"
    )
    with pytest.raises(AmbiguousError, match=r"单位「联络站」不止一个：东乡站 F4、西乡站 F5。"):
        REGISTER.find_unit("联络站")


def test_every_candidate_that_is_told_is_found_as_it_is_told() -> None:
    for entry in REGISTER.members.values():
        assert REGISTER.find_member(REGISTER.full_name(entry.id)) == entry.id
        assert REGISTER.find_member(f"F{entry.id}") == entry.id


@given(st.text("张三王五李娜（）()提案委F1 \u200b", max_size=14))
def test_whoever_is_found_answers_to_the_name(spelling: str) -> None:
    for found in REGISTER.members_called(spelling):
        entry = REGISTER.members[found]
        own = (entry.name, *entry.aliases, f"F{found}", *(f"F{gone.id}" for gone in entry.former))
        assert any(match_key(spelling).startswith(match_key(name)) for name in own)


@pytest.mark.parametrize(
    ("text", "reference", "batch"),
    [("F12", "12", None), ("f1", "1", None), ("B7", None, "7"), ("b70", None, "70")]
    + [(text, None, None) for text in ("F", "12", "F1x", "FF1", "F１", "F-1", "F" + "1" * 19)],
)
def test_references(text: str, reference: str | None, batch: str | None) -> None:
    found, found_batch = REFERENCE.fullmatch(text), BATCH.fullmatch(text)
    assert (found and found[1], found_batch and found_batch[1]) == (reference, batch)


# -- on a day --------------------------------------------------------------------------------


def test_a_unit_on_a_day() -> None:
    entry = unit(1, ("2020-01-01", "甲"), ("2022-03-01", "乙"), ("2022-03-01", "丙"))
    days = ("2019-12-31", "2020-01-01", "2022-02-28", "2022-03-01", "2030-01-01")
    assert [entry.on(day).name for day in days] == ["甲", "甲", "甲", "丙", "丙"]
    assert entry.name == "丙"
    assert REGISTER.unit_name(1, "2022-02-28") == "提案委"


def test_a_members_unit_on_a_day() -> None:
    entry = member(1, "张三", 7, 8, 9)
    days = ("1999-01-01", "2020-12-31", "2021-01-01", "2021-12-31", "2022-01-01")
    assert [entry.unit_on(day) for day in days] == [7, 7, 8, 8, 9]
    assert entry.homes == {7, 8, 9}


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (None, None, "yyyy"),
        ("2025-03-01", None, "nyyy"),
        (None, "2025-03-31", "yyyn"),
        ("2025-03-01", "2025-03-31", "nyyn"),
    ],
)
def test_first_and_last_day_belong_to_a_term(
    since: str | None, until: str | None, held: str
) -> None:
    term = Term(1, "委员", since, until)
    days = ("2025-02-28", "2025-03-01", "2025-03-31", "2025-04-01")
    assert "".join("ny"[term.held_on(day)] for day in days) == held


@pytest.mark.parametrize(
    ("since", "until", "held"),
    [
        (None, None, True),
        ("2025-06-30", None, True),
        ("2025-07-01", None, False),
        (None, "2025-04-01", True),
        (None, "2025-03-31", False),
        ("2025-05-01", "2025-05-01", True),
        ("2024-01-01", "2026-01-01", True),
    ],
)
def test_a_term_within_a_period(since: str | None, until: str | None, *, held: bool) -> None:
    quarter = Period("2025Q2", "2025-04-01", "2025-06-30")
    assert Term(1, "委员", since, until).held_within(quarter) is held


def test_roles_on_a_day_each_once() -> None:
    terms = (
        Term(1, "委员", None, "2024-12-31"),
        Term(2, "常委", "2025-01-01", None),
        Term(3, "常委", "2025-06-01", None),
        Term(4, "特邀信息员", "2025-01-01", None),
    )
    entry = member(1, "张三", 7)._replace(terms=terms)
    assert entry.roles_on("2024-12-31") == ("委员",)
    assert entry.roles_on("2025-06-01") == ("常委", "特邀信息员")


# -- labels ----------------------------------------------------------------------------------

KNOWN = {match_key(word): "市政协" for word in ("市政协", "市政协办公室")} | {
    match_key("省政协"): "省政协"
}


@pytest.mark.parametrize("spelling", ["市政协", " 市 政 协", "市政协办公室", "市政协\u200b"])
def test_a_label_by_any_of_its_spellings(spelling: str) -> None:
    assert find_label("渠道", KNOWN, spelling) == "市政协"


@pytest.mark.parametrize(
    ("known", "spelling", "told"),
    [
        (
            KNOWN,
            "市政协会",
            "没有渠道「市政协会」。相近的有：市政协、省政协。计分办法里的渠道有：市政协、省政协。",
        ),
        (KNOWN, "中办", "没有渠道「中办」。计分办法里的渠道有：市政协、省政协。"),
        ({}, "中办", "没有渠道「中办」。计分办法没有设渠道。"),
    ],
)
def test_an_undeclared_label_is_told_with_the_declared(
    known: dict[str, str], spelling: str, told: str
) -> None:
    with pytest.raises(NotFoundError) as refused:
        find_label("渠道", known, spelling)
    assert str(refused.value) == told
