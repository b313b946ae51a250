"""What the verbs refuse, in which words; and that a refused verb has written nothing."""

from collections.abc import Callable

import pytest

from ledgers import Office, content, found_office, revised, submission
from sqmy import days, facts
from sqmy.errors import SqmyError
from sqmy.ledger.database import Ledger, in_memory
from sqmy.ledger.records import Records

Attempt = Callable[[Records, Office], object]
ABSENT = 99


def refused(ledger: Ledger, attempt: Attempt, office: Office) -> str:
    """What a verb says against an attempt, with nothing written even before the rollback."""
    before = content(ledger)
    with ledger.writing():
        with pytest.raises(SqmyError) as refusal:
            attempt(Records(ledger, "丙"), office)
        assert content(ledger) == before
    assert refusal.value.exit_code == 1
    return str(refusal.value)


def gone(kind: str, fact: int = ABSENT) -> str:
    return f"{kind} F{fact} 已撤销或不存在，没有写入。请重新查对后再录。"


def amended(records: Records, office: Office, **changes: object) -> object:
    return records.amend(revised(records.ledger, office.item, **changes))


def twice(first: Attempt, second: Attempt) -> Attempt:
    """The second of two verbs is the refused one."""

    def attempt(records: Records, office: Office) -> None:
        first(records, office)
        second(records, office)

    return attempt


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
    "merger with oneself": (
        lambda r, o: r.merge(o.member, o.member),
        "同一个人不能与自己合并。",
    ),
    "merger with nobody": (lambda r, o: r.merge(o.member, ABSENT), gone("人员")),
}
SIGNED = "既没有作者也没有报送单位。请用 --author 或 --unit 写明。"
TODAY, FUTURE = "2025-12-31", "2026-01-01"
LATER = f"{FUTURE} 在今天（{TODAY}）之后。请核对；确要预先记录的，加 --future。"


@pytest.fixture(autouse=True)
def _new_years_eve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "today", lambda: TODAY)


EARLY = (
    " 2025-02-28 早于 2025-001 的报送日期 2025-03-01。请核对日期；"
    "报送日期有误的，用 sqmy amend 2025-001 --on 日期 更正。"
)
NO_ITEM = "这一条已撤销或不存在，不能再记录。"


def events(item: int, day: str) -> dict[str, Attempt]:
    """Everything that can become of an item, by what its day is called."""
    return {
        "审核日期": lambda r, _: r.review(facts.Review(item, "中心筛选", "accepted", day)),
        "上报日期": lambda r, _: r.forward(facts.Forwarding(item, "市政协", day)),
        "采用日期": lambda r, _: r.adopt(facts.Adoption(item, "市政协", "whole", day)),
        "批示日期": lambda r, _: r.instruct(facts.Instruction(item, "省级领导", day)),
        "认定日期": lambda r, _: r.find(facts.Finding("弄虚作假", day, item=item)),
    }


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


# -- refused because of what was recorded before ---------------------------------------------


def done(*verbs: Attempt) -> tuple[Ledger, Office]:
    """A ledger after these verbs."""
    ledger = in_memory()
    office = found_office(ledger)
    with ledger.writing():
        for verb in verbs:
            verb(Records(ledger, "乙"), office)
    return ledger, office


def void(*targets: int) -> Attempt:
    return lambda records, _: records.void(targets, "误录")


def appointed(records: Records, office: Office) -> None:
    term = records.appoint(facts.Appointment(office.other_member, "常委", "2024-01-01", None))
    records.end(term, "2024-01-01", "2024-12-31")


BEFORE: dict[str, tuple[tuple[Attempt, ...], Attempt, str]] = {
    "ended twice": (
        (appointed,),
        lambda r, _: r.end(10, None, "2025-12-31"),
        "这项任职（F10）已登记到 2024-12-31。有误的请先撤销那一项，再重新登记。",
    ),
    "ended, which had an end": (
        (lambda r, o: r.appoint(facts.Appointment(o.member, "常委", None, "2024-06-30")),),
        lambda r, _: r.end(10, None, "2025-12-31"),
        "这项任职（F10）已登记到 2024-06-30。有误的请先撤销那一项，再重新登记。",
    ),
    "ended, which is voided": (
        (void(5),),
        lambda r, _: r.end(5, None, "2025-12-31"),
        gone("任职", 5),
    ),
    "merged twice": (
        (lambda r, o: r.merge(o.other_member, o.member),),
        lambda r, o: r.merge(o.other_member, o.member),
        "人员 F6 已并入 F3（F10），没有写入。",
    ),
    "merged in a circle": (
        (lambda r, o: r.merge(o.other_member, o.member),),
        lambda r, o: r.merge(o.member, o.other_member),
        "人员 F6 已并入 F3（F10），没有写入。",
    ),
    "amended over a revision that is not in force": (
        (amended,),
        lambda r, o: amended(r, o, supersedes=o.item),
        "2025-001 刚被更正过（F10），没有写入。请查看后再更正。",
    ),
    "amended, which is voided": (
        (void(9),),
        lambda r, o: r.amend(submission(units=(o.unit,), item=9, supersedes=9, number="2025-001")),
        "这一条已撤销或不存在，不能更正。",
    ),
    "adopted, which is voided": (
        (void(9),),
        lambda r, o: r.adopt(facts.Adoption(o.item, "市政协", "whole", "2025-04-01")),
        NO_ITEM,
    ),
    "submitted by one who is voided": (
        (void(9), void(6, 7, 8)),
        lambda r, o: r.submit(submission(o.member, o.other_member, units=(o.unit,))),
        gone("人员", 6),
    ),
    "voided twice": ((void(9),), void(9), "F9 已经撤销，不必再撤。"),
    "void voided": ((void(9),), void(10), "F10 是撤销的登记，不能撤销。"),
    "batch voided": (
        (lambda r, _: r.begin_batch("一.xlsx"),),
        void(10),
        "F10 是导入的登记，不能撤销。",
    ),
    "rulebook voided": (
        (lambda r, _: r.adopt_rulebook(facts.Edition("办法", "", None, "", "")),),
        void(10),
        "F10 是计分办法的登记，不能撤销。",
    ),
    "erasure voided": (
        (lambda r, o: r.erase(o.item, "本人要求"),),
        void(10),
        "F10 是抹除的登记，不能撤销。",
    ),
    "erased twice": (
        (lambda r, o: r.erase(o.item, "本人要求"),),
        lambda r, o: r.erase(o.item, "本人要求"),
        "F9 没有可以抹除的内容，没有写入。",
    ),
    "one of several cannot be voided": ((void(9),), void(5, 10), "F10 是撤销的登记，不能撤销。"),
}


@pytest.mark.parametrize("what", BEFORE)
def test_what_is_refused_after_what_was_recorded(what: str) -> None:
    verbs, attempt, told = BEFORE[what]
    ledger, office = done(*verbs)
    with ledger:
        assert refused(ledger, attempt, office) == told


@pytest.mark.parametrize("event", events(9, "2025-02-20"))
def test_an_item_is_not_submitted_after_what_became_of_it(event: str) -> None:
    def to_february(records: Records, office: Office) -> object:
        return amended(records, office, submitted_on="2025-02-15")

    ledger, office = done(to_february, events(9, "2025-02-20")[event])
    kind = event.removesuffix("日期")
    with ledger:
        told = f"报送日期 2025-02-21 晚于已记录的{kind}（2025-02-20）。请核对日期。"
        late = lambda r, o: amended(r, o, submitted_on="2025-02-21")  # noqa: E731
        assert refused(ledger, late, office) == told
        with ledger.writing():
            amended(Records(ledger, "丙"), office, submitted_on="2025-02-20")


def test_a_void_does_not_bring_back_a_day_that_is_too_late() -> None:
    """2025-03-01, amended to February, adopted in February: the amendment now carries it."""

    def to_february(records: Records, office: Office) -> object:
        return amended(records, office, submitted_on="2025-02-15")

    ledger, office = done(to_february, events(9, "2025-02-20")["采用日期"])
    with ledger:
        before = content(ledger)
        with pytest.raises(SqmyError) as refusal:
            voided_in_a_transaction(ledger, 10)
        told = "报送日期 2025-03-01 晚于已记录的采用（2025-02-20）。请核对日期。"
        assert str(refusal.value) == told
        assert content(ledger) == before
        voided_in_a_transaction(ledger, 10, 11)
        assert ledger.row("SELECT submitted_on FROM live_submission") == ("2025-03-01",)
    assert office.item == 9


def voided_in_a_transaction(ledger: Ledger, *targets: int) -> None:
    with ledger.writing():
        Records(ledger, "丙").void(targets, "误录")


def test_the_future_is_recorded_when_asked_for() -> None:
    ledger, office = done()
    with ledger, ledger.writing():
        records = Records(ledger, "丙", future=True)
        item = records.submit(submission(units=(office.unit,), submitted_on="2199-12-31"))
        records.adopt(facts.Adoption(item, "市政协", "whole", "2199-12-31"))
    assert item == 10


def test_today_and_the_day_itself_are_neither_late_nor_early() -> None:
    ledger, office = done()
    with ledger, ledger.writing():
        for event in events(office.item, "2025-03-01").values():
            event(Records(ledger, "丙"), office)
        for event in events(office.item, TODAY).values():
            event(Records(ledger, "丙"), office)
        Records(ledger, "丙").submit(submission(units=(office.unit,), submitted_on=TODAY))
