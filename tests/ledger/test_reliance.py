"""What rests on what, and that a void leaves nothing in the air."""

from collections.abc import Callable

import pytest

from ledgers import Office, content, found_office, revised
from sqmy import facts
from sqmy.facts import FactId
from sqmy.ledger import audit, reading
from sqmy.ledger.database import Ledger
from sqmy.ledger.records import Records
from sqmy.ledger.reliance import RestingError, dependents, live, live_revisions
from sqmy.ledger.sqlite import in_memory

Verb = Callable[[Records, Office], FactId]


def recorded(ledger: Ledger, office: Office, *verbs: Verb) -> list[FactId]:
    with ledger.writing():
        return [verb(Records(ledger, "乙"), office) for verb in verbs]


def adopted(day: str = "2025-04-01") -> Verb:
    return lambda r, o: r.adopt(facts.Adoption(o.item, "市政协", "whole", day))


def amended(**changes: object) -> Verb:
    return lambda r, o: r.amend(revised(r.ledger, o.item, **changes))


def renamed(records: Records, office: Office) -> FactId:
    unit = facts.Unit(office.unit, "提案委员会", "委室", None, assessed=True, since="2025-01-01")
    return records.change_unit(unit)


def moved(since: str, to: str = "other_unit") -> Verb:
    return lambda r, o: r.move(o.member, getattr(o, to), since)


# F1, F2 units · F3 张三, F4 his unit, F5 his role · F6 李四, F7, F8 · F9 the item of both
@pytest.mark.parametrize(
    ("verbs", "target", "resting"),
    [
        ((), 1, {3, 4, 5, 9}),
        ((), 3, {4, 5, 9}),
        ((), 4, {3, 5, 9}),  # nobody is without a unit
        ((), 5, set()),  # but may be without a role
        ((), 9, set()),
        ((moved("2025-01-01"),), 4, set()),  # 张三 still has a unit
        ((moved("2025-01-01"),), 1, {4, 9}),
        ((moved("2025-01-01"),), 10, set()),
        ((renamed,), 1, {3, 4, 5, 9, 10}),
        ((renamed,), 10, set()),
        ((lambda r, o: r.add_alias(facts.Alias("提案", unit=o.unit)),), 1, {3, 4, 5, 9, 10}),
        ((lambda r, o: r.add_alias(facts.Alias("老张", member=o.member)),), 3, {4, 5, 9, 10}),
        ((lambda r, o: r.merge(o.member, o.other_member),), 3, {4, 5, 9, 10}),
        ((lambda r, o: r.merge(o.member, o.other_member),), 6, {7, 8, 9, 10}),
        ((lambda r, _: r.end(5, None, "2025-12-31"),), 5, {10}),
        ((lambda r, _: r.end(5, None, "2025-12-31"),), 3, {4, 5, 9, 10}),
        (
            (lambda r, o: r.find(facts.Finding("甲", "2025-05-01", unit=o.unit)),),
            1,
            {3, 4, 5, 9, 10},
        ),
        (
            (lambda r, o: r.find(facts.Finding("甲", "2025-05-01", member=o.member)),),
            3,
            {4, 5, 9, 10},
        ),
        ((adopted(),), 9, {10}),
        ((adopted(),), 10, set()),
        ((adopted(),), 3, {4, 5, 9, 10}),  # through the item
        ((amended(),), 9, {10}),
        ((amended(), amended()), 10, {11}),
        ((amended(), adopted()), 10, set()),  # the item's facts stay
        ((amended(authors=(6,)),), 3, {4, 5, 9, 10}),  # the former revision would come back
        (
            (
                lambda r, o: r.review(facts.Review(o.item, "中心筛选", "accepted", "2025-04-01")),
                lambda r, o: r.forward(facts.Forwarding(o.item, "市政协", "2025-04-01")),
                adopted(),
                lambda r, o: r.instruct(facts.Instruction(o.item, "省级领导", "2025-04-01")),
                lambda r, o: r.find(facts.Finding("甲", "2025-05-01", item=o.item)),
            ),
            9,
            {10, 11, 12, 13, 14},
        ),
    ],
)
def test_what_rests_on_a_fact(verbs: tuple[Verb, ...], target: int, resting: set[int]) -> None:
    with in_memory() as ledger:
        office = found_office(ledger)
        recorded(ledger, office, *verbs)
        assert dependents(ledger, {target}) == resting


def test_what_rests_on_several_facts_together() -> None:
    with in_memory() as ledger:
        office = found_office(ledger)
        recorded(ledger, office, moved("2025-01-01"), adopted())
        assert dependents(ledger, {4}) == dependents(ledger, {10}) == set()
        assert dependents(ledger, {4, 10}) == {3, 5, 9, 11}  # both his units
        assert dependents(ledger, {1, 2}) == {3, 4, 5, 6, 7, 8, 9, 10, 11}
        assert dependents(ledger, {1, 3, 4, 5, 9, 11}) == {10}
        assert dependents(ledger, set()) == set()


def test_what_is_voided_rests_on_nothing() -> None:
    with in_memory() as ledger:
        office = found_office(ledger)
        (adoption,) = recorded(ledger, office, adopted())
        with ledger.writing():
            Records(ledger, "乙").void([adoption], "误录")
        assert dependents(ledger, {office.item}) == set()
        assert live(ledger, [office.item, adoption]) == {office.item}


def test_the_live_revisions_of_an_item() -> None:
    with in_memory() as ledger:
        office = found_office(ledger)
        second, third = recorded(ledger, office, amended(), amended())
        assert live_revisions(ledger, office.item) == {office.item, second, third}
        with ledger.writing():
            Records(ledger, "乙").void([third], "误录")
        assert live_revisions(ledger, office.item) == {office.item, second}


# -- voiding ---------------------------------------------------------------------------------


def void_with_dependents(ledger: Ledger, *targets: FactId) -> list[FactId]:
    """What was voided: the targets and what rested on them, which the verb finds by itself."""
    everything = sorted({*targets} | dependents(ledger, {*targets}))
    with ledger.writing():
        voids = Records(ledger, "丙").void(targets, "误录", with_dependents=True)
    assert list(voids) == everything
    kept = [reading.fact_at(ledger, seq, "void") for seq in voids.values()]
    assert kept == [facts.Void(target, "误录") for target in everything]
    assert audit.examine(ledger) == []
    return everything


def test_a_void_that_would_leave_facts_in_the_air_is_refused_by_the_verb_itself() -> None:
    with in_memory() as ledger:
        office = found_office(ledger)
        recorded(ledger, office, moved("2025-01-01"), adopted(), amended())
        before = content(ledger)
        with ledger.writing(), pytest.raises(RestingError) as refused:
            Records(ledger, "丙").void([office.item], "误录")
        assert content(ledger) == before
        assert refused.value.facts == (11, 12)
        assert str(refused.value) == (
            "F9 之上还有 2 项事实（F11、F12），没有撤销。请先撤销它们，或一并撤销。"
        )
        with ledger.writing(), pytest.raises(RestingError, match="（F4、F5、F9、F10、F11、F12）"):
            Records(ledger, "丙").void([3], "误录")
        with ledger.writing(), pytest.raises(RestingError, match="F7、F8等"):
            Records(ledger, "丙").void([1, 2], "误录")


def test_a_void_with_dependents_leaves_nothing_in_the_air() -> None:
    with in_memory() as ledger:
        recorded(ledger, found_office(ledger), moved("2025-01-01"), adopted(), amended())
        assert void_with_dependents(ledger, 3) == [3, 4, 5, 9, 10, 11, 12]
        assert list(reading.register(ledger).members) == [6]
        assert reading.titles(ledger) == {}


def test_nobody_is_left_without_a_unit() -> None:
    """Both units of 张三 are voided: he cannot stay, or nothing could be read any more."""
    with in_memory() as ledger:
        recorded(ledger, found_office(ledger), moved("2025-01-01"))
        assert void_with_dependents(ledger, 1, 2) == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
        assert reading.register(ledger) == ({}, {}, {})
    with in_memory() as ledger:
        recorded(ledger, found_office(ledger), moved("2025-01-01"))
        assert void_with_dependents(ledger, 2) == [2, 6, 7, 8, 9, 10]
        assert void_with_dependents(ledger, 1) == [1, 3, 4, 5]
        assert reading.register(ledger) == ({}, {}, {})


def test_a_member_who_loses_one_unit_of_two_stays_in_the_other() -> None:
    with in_memory() as ledger:
        recorded(ledger, found_office(ledger), moved("2025-01-01"))
        void_with_dependents(ledger, 1)
        (entry, _) = reading.register(ledger).members.values()
        assert entry.unit_on("2024-01-01") == entry.unit_on("2025-01-01") == 2
