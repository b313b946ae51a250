"""What the verbs refuse because of what was recorded before."""

import pytest

from attempts import NO_ITEM, TODAY, Attempt, amended, events, gone, refused
from ledgers import Office, content, found_office, submission
from sqmy import facts
from sqmy.errors import SqmyError
from sqmy.ledger.database import Ledger
from sqmy.ledger.records import Records
from sqmy.ledger.sqlite import in_memory


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
    "seal voided": (
        (lambda r, _: r.seal(facts.Seal(2025, "2025", "2025-12-31", "", "", "", "{}")),),
        lambda r, _: r.void([10], "误"),
        "F10 是封存的登记，不能撤销。",
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
