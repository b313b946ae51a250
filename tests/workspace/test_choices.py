"""What is offered for a value, and what typed words mean."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from clerk import county, found_county
from sqmy import facts
from sqmy.errors import AmbiguousError, NotFoundError, SqmyError
from sqmy.ledger.records import Records
from sqmy.workspace import choices
from sqmy.workspace.choices import LISTED, Choice
from sqmy.workspace.desk import Desk, open_desk


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small county's ledger, recorded once; nobody writes to it."""
    ledger = tmp_path_factory.mktemp("county") / "template.db"
    found_county(ledger)
    return ledger


@pytest.fixture
def desk(template: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk with the small county's ledger."""
    with open_desk(str(county(template, tmp_path).ledger), "王五") as desk:
        yield desk


def values(desk: Desk, source: str, typed: str) -> list[str]:
    return [choice.value for choice in choices.search(desk, source, typed)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", ["2025-003", "2025-002", "2025-001"]),
        ("建议 002", ["2025-002"]),
        ("食堂 老年", ["2025-001"]),
        ("２０２５－００３", ["2025-003"]),
        ("养老", []),
        ("%", []),
    ],
)
def test_items_are_found_by_words_of_number_and_title(
    typed: str, found: list[str], desk: Desk
) -> None:
    assert values(desk, "items", typed) == found


def test_latin_letters_are_found_in_either_case(desk: Desk) -> None:
    with desk.ledger.writing():
        item = Records(desk.ledger, "甲").submit(
            facts.Submission(
                item=0,
                supersedes=None,
                number="A-7",
                title="关于ETC通道的建议",
                submitted_on="2025-03-01",
                by_unit=True,
                authors=(),
                units=(2,),
            )
        )
    assert values(desk, "items", "etc a-7") == ["A-7"]
    with desk.ledger.writing():
        Records(desk.ledger, "甲").void([item], "重复")
    assert values(desk, "items", "etc") == []


def test_members_are_told_by_unit_and_role(desk: Desk) -> None:
    assert choices.search(desk, "members", "白") == [
        Choice("白芷（民盟支部）", "常委"),
        Choice("白芷（社法委）", "委员"),
    ]
    assert values(desk, "members", "社法") == ["白芷（社法委）", "苏叶（社法委）"]


def test_two_of_one_name_in_one_unit_are_told_by_number(desk: Desk) -> None:
    with desk.ledger.writing():
        Records(desk.ledger, "甲").move(13, 4, "2025-01-01")  # into the unit of her namesake
    desk.refresh()
    assert choices.search(desk, "members", "白") == [
        Choice("F10", "白芷（民盟支部） 常委"),
        Choice("F13", "白芷（民盟支部） 委员"),
    ]
    assert desk.register.find_member("F13") == 13


def test_who_begins_as_typed_goes_first(desk: Desk) -> None:
    with desk.ledger.writing():
        Records(desk.ledger, "甲").add_alias(facts.Alias("社会", unit=2))
    desk.refresh()
    assert choices.search(desk, "units", "社") == [
        Choice("社法委", "委室"),
        Choice("提案委员会", "委室，又名 提案委、社会"),
    ]


def test_labels_come_from_the_rulebook_in_its_order(desk: Desk) -> None:
    assert values(desk, "finding_kinds", "") == ["弄虚作假", "报刊抄袭", "网上下载"]
    assert values(desk, "channels", "本级") == ["县政协"]
    assert values(desk, "peer_groups", "二") == ["第二序列"]


def test_what_may_be_voided(desk: Desk) -> None:
    with desk.ledger.writing():
        records = Records(desk.ledger, "甲")
        records.begin_batch("三月.xlsx")
        records.void([21], "重复")
    assert values(desk, "references", "停车") == []
    assert values(desk, "references", "三月") == ["B1"]
    assert values(desk, "references", "河道") == ["F20", "2025-002"]


def test_a_list_is_never_longer_than_a_list_may_be(desk: Desk) -> None:
    with desk.ledger.writing():
        records = Records(desk.ledger, "甲")
        for n in range(2 * LISTED):
            records.register_unit(f"第{n}联络站", "联络站", None, assessed=True, since=None)
    desk.refresh()
    assert len(choices.search(desk, "units", "")) == LISTED
    assert len(choices.complete(desk, "units", "")) == 2 * LISTED + 4


@pytest.mark.parametrize(
    ("source", "typed", "meant"),
    [
        ("items", "2025-001", "2025-001"),
        ("items", "停车", "2025-003"),
        ("members", "杜若", "杜若"),
        ("members", "F13", "F13"),
        ("members", "苏", "苏叶（社法委）"),
        ("units", "提案委", "提案委"),
        ("units", "民盟", "民盟支部"),
        ("ranks", "省级", "省级领导"),
        ("verdicts", "退", "退回"),
        ("forms", "单篇采用", "单篇采用"),
        ("peer_groups", "第三序列", "第三序列"),
        ("references", "F20", "F20"),
    ],
)
def test_what_typed_words_mean(source: str, typed: str, meant: str, desk: Desk) -> None:
    assert choices.meant(desk, source, typed) == meant


@pytest.mark.parametrize(
    ("source", "typed", "error", "told"),
    [
        ("items", "2025-9", SqmyError, "没有编号「2025-9」的信息"),
        ("items", "建议", SqmyError, "对得上「建议」的不止一个：2025-003、2025-002、2025-001。"),
        ("members", "白芷", AmbiguousError, "白芷（民盟支部） F10、白芷（社法委） F13"),
        ("members", "F99", NotFoundError, "没有人员「F99」"),
        ("units", "委", SqmyError, "对得上「委」的不止一个：提案委员会、社法委。"),
        ("verdicts", "好", NotFoundError, "没有审核结论「好」。审核结论有：通过、退回、不采用。"),
        ("roles", "委员？", NotFoundError, "没有身份「委员？」"),
        ("references", "F1", SqmyError, "计分办法不能撤销"),
        ("peer_groups", "甲\x07", SqmyError, "考评序列的第 2 个字是看不见的控制字符"),
    ],
)
def test_what_typed_words_do_not_mean(
    source: str, typed: str, error: type[SqmyError], told: str, desk: Desk
) -> None:
    with pytest.raises(error, match=re.escape(told)):
        choices.meant(desk, source, typed)


def test_looking_up_what_may_be_voided_voids_nothing(desk: Desk) -> None:
    before = desk.ledger.rows("SELECT * FROM chain")
    choices.check(desk, "references", "F3")
    choices.check(desk, "references", "2025-001")
    assert desk.ledger.rows("SELECT * FROM chain") == before
