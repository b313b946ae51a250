"""What the verbs refuse, in which words; and that a refused verb has written nothing."""

import pytest

from attempts import ABSENT, FUTURE, NO_ITEM, TODAY, Attempt, amended, events, gone, refused
from ledgers import found_office, submission
from sqmy import facts
from sqmy.ledger.sqlite import in_memory


def reference(what: str, given: str) -> str:
    return f"{what}不能是「{given}」：F 或 B 加数字是台账的登记号和批号。请换一个。"


OUT_OF_ORDER = "任职结束 2024-12-31 早于任职开始 2025-01-01。请核对日期。"
PEOPLE: dict[str, tuple[Attempt, str]] = {
    "unit without a day": (
        lambda r, o: r.change_unit(facts.Unit(o.unit, "提案委", "委室", None, True, None)),  # noqa: FBT003
        "单位「提案委」已经登记。要改，请写明生效日期。",
    ),
    "unit that is not there": (
        lambda r, _: r.change_unit(facts.Unit(ABSENT, "甲", "委室", None, True, "2025-01-01")),  # noqa: FBT003
        gone("单位"),
    ),
    "member of no unit": (
        lambda r, _: r.register_member(facts.Member("王五"), ABSENT, "委员", None, None),
        gone("单位"),
    ),
    "member of a member": (
        lambda r, o: r.register_member(facts.Member("王五"), o.member, "委员", None, None),
        gone("单位", 3),
    ),
    "member who ends first": (
        lambda r, o: r.register_member(
            facts.Member("王五"), o.unit, "委员", "2025-01-01", "2024-12-31"
        ),
        OUT_OF_ORDER,
    ),
    "appointment that ends first": (
        lambda r, o: r.appoint(facts.Appointment(o.member, "常委", "2025-01-01", "2024-12-31")),
        OUT_OF_ORDER,
    ),
    "appointment of nobody": (
        lambda r, _: r.appoint(facts.Appointment(ABSENT, "常委", None, None)),
        gone("人员"),
    ),
    "end before the beginning": (
        lambda r, _: r.end(5, "2025-01-01", "2024-12-31"),
        OUT_OF_ORDER,
    ),
    "end of nothing": (lambda r, _: r.end(ABSENT, None, "2025-01-01"), gone("任职")),
    "move of nobody": (lambda r, o: r.move(ABSENT, o.unit, "2025-01-01"), gone("人员")),
    "move to nowhere": (lambda r, o: r.move(o.member, ABSENT, "2025-01-01"), gone("单位")),
    "alias of no unit": (lambda r, _: r.add_alias(facts.Alias("甲", unit=ABSENT)), gone("单位")),
    "alias of nobody": (lambda r, _: r.add_alias(facts.Alias("甲", member=ABSENT)), gone("人员")),
    "unit that looks like a reference": (
        lambda r, _: r.register_unit("F12", "委室", None, assessed=True, since=None),
        reference("单位名称", "F12"),
    ),
    "unit renamed to a reference": (
        lambda r, o: r.change_unit(facts.Unit(o.unit, "b7", "委室", None, True, "2025-01-01")),  # noqa: FBT003
        reference("单位名称", "b7"),
    ),
    "member who looks like a reference": (
        lambda r, o: r.register_member(facts.Member("F1"), o.unit, "委员", None, None),
        reference("姓名", "F1"),
    ),
    "alias that looks like a reference": (
        lambda r, o: r.add_alias(facts.Alias("B1", unit=o.unit)),
        reference("简称", "B1"),
    ),
    "merger with oneself": (
        lambda r, o: r.merge(o.member, o.member),
        "同一个人不能与自己合并。",
    ),
    "merger with nobody": (lambda r, o: r.merge(o.member, ABSENT), gone("人员")),
}
SIGNED = "既没有作者也没有报送单位。请用 --author 或 --unit 写明。"
LATER = f"{FUTURE} 在今天（{TODAY}）之后。请核对；确要预先记录的，加 --future。"


EARLY = (
    " 2025-02-28 早于 2025-001 的报送日期 2025-03-01。请核对日期；"
    "报送日期有误的，用 sqmy amend 2025-001 --on 日期 更正。"
)


ITEMS: dict[str, tuple[Attempt, str]] = {
    "no title": (
        lambda r, o: r.submit(submission(o.member, units=(o.unit,), title="")),
        "标题不能为空。",
    ),
    "no unit": (lambda r, o: r.submit(submission(o.member, units=())), SIGNED),
    "nobody at all": (lambda r, _: r.submit(submission(units=())), SIGNED),
    "no author and not by the unit": (
        lambda r, o: r.submit(submission(units=(o.unit,), by_unit=False)),
        "署名为个人而没有作者。请写明作者，或署名为单位。",
    ),
    "author unknown": (lambda r, o: r.submit(submission(ABSENT, units=(o.unit,))), gone("人员")),
    "unit unknown": (lambda r, _: r.submit(submission(units=(ABSENT,))), gone("单位")),
    "number that looks like a reference": (
        lambda r, o: r.submit(submission(units=(o.unit,), number="f9")),
        reference("编号", "f9"),
    ),
    "number taken": (
        lambda r, o: r.submit(submission(units=(o.unit,), number="2025-001")),
        "编号「2025-001」已有一条。请换一个编号；要改那一条，请用 sqmy amend 2025-001。",
    ),
    "submitted tomorrow": (
        lambda r, o: r.submit(submission(units=(o.unit,), submitted_on=FUTURE)),
        f"报送日期 {LATER}",
    ),
    "amended to tomorrow": (
        lambda r, o: amended(r, o, submitted_on=FUTURE),
        f"报送日期 {LATER}",
    ),
    "amended to no title": (lambda r, o: amended(r, o, title=""), "标题不能为空。"),
    "amended to another number": (
        lambda r, o: amended(r, o, number="2025-002"),
        "编号 2025-001 不能更改。要换编号，请撤销后重新录入。",
    ),
    "amended over a stranger": (
        lambda r, o: amended(r, o, supersedes=3),
        "2025-001 刚被更正过（F9），没有写入。请查看后再更正。",
    ),
    "amended without an item": (
        lambda r, o: amended(r, o, item=ABSENT),
        "这一条已撤销或不存在，不能更正。",
    ),
    "finding about nobody": (
        lambda r, _: r.find(facts.Finding("弄虚作假", "2025-05-01", member=ABSENT)),
        gone("人员"),
    ),
    "finding about no unit": (
        lambda r, _: r.find(facts.Finding("弄虚作假", "2025-05-01", unit=ABSENT)),
        gone("单位"),
    ),
    "finding tomorrow": (
        lambda r, o: r.find(facts.Finding("弄虚作假", FUTURE, member=o.member)),
        f"认定日期 {LATER}",
    ),
    **{f"{what} too early": (e, what + EARLY) for what, e in events(9, "2025-02-28").items()},
    **{f"{what} tomorrow": (e, f"{what} {LATER}") for what, e in events(9, FUTURE).items()},
    **{f"{what} of no item": (e, NO_ITEM) for what, e in events(ABSENT, "2025-05-01").items()},
}
UNDOING: dict[str, tuple[Attempt, str]] = {
    "void without a reason": (
        lambda r, o: r.void([o.item], " \u200b"),
        "请用 --because 写明撤销的理由。",
    ),
    "void of nothing": (lambda r, _: r.void([ABSENT], "误"), "台账里没有 F99，没有撤销。"),
    "erasure without a reason": (lambda r, o: r.erase(o.item, "　"), "请写明抹除的依据。"),
    "erasure of nothing": (
        lambda r, o: r.erase(o.unit, "本人要求"),
        "F1 没有可以抹除的内容，没有写入。",
    ),
}
ATTEMPTS = PEOPLE | ITEMS | UNDOING


@pytest.mark.parametrize("what", ATTEMPTS)
def test_what_is_refused(what: str) -> None:
    attempt, told = ATTEMPTS[what]
    with in_memory() as ledger:
        assert refused(ledger, attempt, found_office(ledger)) == told
