"""What a year's points are computed from."""

from collections.abc import Iterator

import pytest

from ledgers import found_office, revised, submission
from sqmy import facts
from sqmy.days import Period, periods
from sqmy.facts import FactId
from sqmy.ledger.circumstances import Only
from sqmy.ledger.database import Ledger
from sqmy.ledger.records import Records
from sqmy.ledger.snapshot import snapshot
from sqmy.ledger.sqlite import in_memory
from sqmy.snapshot import Signed, Snapshot

YEAR, BEFORE, AFTER = (periods(year)[0] for year in (2025, 2024, 2026))


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    """F9 of 2025-03-01 by 张三 F3 and 李四 F6 for 提案委 F1 and 经济委 F2; nothing came of it."""
    with in_memory() as ledger:
        found_office(ledger)
        yield ledger


def records(ledger: Ledger) -> Records:
    return Records(ledger, "乙", future=True)


def adopt(ledger: Ledger, item: FactId, day: str, channel: str = "市政协") -> FactId:
    with ledger.writing():
        return records(ledger).adopt(facts.Adoption(item, channel, "whole", day))


def void(ledger: Ledger, *targets: FactId) -> None:
    with ledger.writing():
        records(ledger).void(targets, "误录")


def items(found: Snapshot) -> list[tuple[FactId, str, int]]:
    return sorted(zip(*found.items, strict=True))


def events(found: Snapshot) -> list[tuple[FactId, FactId, str, str, str, str | None]]:
    """Fact, item, day, kind, label, form; in order."""
    e = found.events
    return sorted(zip(e.fact, e.item, e.day, e.kind, e.label, e.form, strict=True))


def signed(held: dict[FactId, Signed], found: Snapshot) -> list[tuple[FactId, int, FactId]]:
    """Item, place and holder, of the snapshot's items."""
    return sorted(
        (item, place, holder)
        for holder, own in held.items()
        for item, place in zip(own.item, own.place, strict=True)
        if item in found.items.item
    )


def test_an_empty_year(ledger: Ledger) -> None:
    found = snapshot(ledger, BEFORE)
    assert (items(found), events(found), signed(found.authors, found)) == ([], [], [])
    assert list(found.register.members) == [3, 6]


def test_an_item_with_those_who_signed_it_in_order(ledger: Ledger) -> None:
    with ledger.writing():
        records(ledger).submit(submission(6, 3, units=(2, 1)))
        records(ledger).submit(submission(units=(2,)))
    found = snapshot(ledger, YEAR)
    day = "2025-03-01"
    assert items(found) == [(9, day, 0), (10, day, 0), (11, day, 1)]
    assert signed(found.authors, found) == [(9, 0, 3), (9, 1, 6), (10, 0, 6), (10, 1, 3)]
    assert signed(found.units, found) == [(9, 0, 1), (9, 1, 2), (10, 0, 2), (10, 1, 1), (11, 0, 2)]


def test_what_became_of_an_item_in_any_year(ledger: Ledger) -> None:
    with ledger.writing():
        verbs = records(ledger)
        verbs.adopt(facts.Adoption(9, "省政协", "compiled", "2026-02-01"))
        verbs.instruct(facts.Instruction(9, "省级领导", "2025-04-01", "赵六", "阅"))
        verbs.find(facts.Finding("弄虚作假", "2025-05-01", item=9))
        verbs.find(facts.Finding("弄虚作假", "2025-05-01", member=3))
        verbs.review(facts.Review(9, "中心筛选", "accepted", "2025-03-02"))
        verbs.forward(facts.Forwarding(9, "市政协", "2025-03-03"))
    expected = [
        (10, 9, "2026-02-01", "adoption", "省政协", "compiled"),
        (11, 9, "2025-04-01", "instruction", "省级领导", None),
        (12, 9, "2025-05-01", "finding", "弄虚作假", None),
    ]
    assert events(snapshot(ledger, YEAR)) == expected
    later = snapshot(ledger, AFTER)  # the item is of 2025, its adoption of 2026
    assert items(later) == [(9, "2025-03-01", 0)]
    assert events(later) == expected
    assert signed(later.authors, later) == [(9, 0, 3), (9, 1, 6)]
    assert items(snapshot(ledger, BEFORE)) == []


@pytest.mark.parametrize(
    ("day", "year"),
    [
        ("2024-12-31", BEFORE),
        ("2025-01-01", YEAR),
        ("2025-12-31", YEAR),
        ("2026-01-01", AFTER),
        ("2024-12-01", periods(2025, "year", "12-01")[0]),
        ("2025-11-30", periods(2025, "year", "12-01")[0]),
    ],
)
def test_the_first_and_the_last_day_of_a_year(day: str, year: Period, ledger: Ledger) -> None:
    with ledger.writing():
        item = records(ledger).submit(submission(units=(1,), submitted_on=day))
    assert item in snapshot(ledger, year).items.item
    others = [other for other in (BEFORE, YEAR, AFTER) if day not in other]
    assert all(item not in snapshot(ledger, other).items.item for other in others)


def test_what_is_voided_is_not_there(ledger: Ledger) -> None:
    adoption = adopt(ledger, 9, "2025-04-01")
    void(ledger, adoption)
    assert events(snapshot(ledger, YEAR)) == []
    void(ledger, 9)
    assert items(snapshot(ledger, YEAR)) == []


def test_an_amended_item_stands_there_once_as_it_is_now(ledger: Ledger) -> None:
    adopt(ledger, 9, "2025-04-01")
    with ledger.writing():
        amended = revised(ledger, 9, authors=(6,), units=(2,), submitted_on="2024-12-31")
        revision = records(ledger).amend(amended)
    for year in (BEFORE, YEAR):
        found = snapshot(ledger, year)
        assert items(found) == [(9, "2024-12-31", 0)]
        assert signed(found.authors, found) == [(9, 0, 6)]
        assert signed(found.units, found) == [(9, 0, 2)]
        assert [event[:3] for event in events(found)] == [(10, 9, "2025-04-01")]
    void(ledger, revision)
    found = snapshot(ledger, YEAR)
    assert items(found) == [(9, "2025-03-01", 0)]
    assert signed(found.authors, found) == [(9, 0, 3), (9, 1, 6)]
    assert items(snapshot(ledger, BEFORE)) == []


def test_a_merged_author_counts_as_whom_he_was_merged_into_and_once(ledger: Ledger) -> None:
    with ledger.writing():
        verbs = records(ledger)
        twin = verbs.register_member(facts.Member("张山"), 2, "委员", None, None)
        verbs.submit(submission(6, twin, 3, units=(1,)))
        verbs.submit(submission(twin, units=(1,)))
        merger = verbs.merge(twin, 3)
    found = snapshot(ledger, YEAR)
    assert signed(found.authors, found) == [
        (9, 0, 3),
        (9, 1, 6),
        (13, 0, 6),
        (13, 1, 3),
        (14, 0, 3),
    ]
    only = snapshot(ledger, YEAR, Only("member", 3))
    assert [item for item, *_ in items(only)] == [9, 13, 14]
    void(ledger, merger)
    found = snapshot(ledger, YEAR)
    assert signed(found.authors, found)[2:] == [(13, 0, 6), (13, 1, 10), (13, 2, 3), (14, 0, 10)]


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (None, [9, 10, 11]),
        (Only("item", 10), [10]),
        (Only("item", 99), []),
        (Only("member", 3), [9, 10]),
        (Only("member", 6), [9]),
        (Only("unit", 2), [9, 11]),
    ],
)
def test_only_what_one_item_or_holder_contributes(
    only: Only | None, expected: list[int], ledger: Ledger
) -> None:
    with ledger.writing():
        records(ledger).submit(submission(3, units=(1,)))
        records(ledger).submit(submission(units=(2,)))
    adoptions = {item: adopt(ledger, item, "2025-04-01") for item in (9, 10, 11)}
    found = snapshot(ledger, YEAR, only)
    assert [item for item, *_ in items(found)] == expected
    assert [event[:2] for event in events(found)] == [(adoptions[item], item) for item in expected]
    whole = snapshot(ledger, YEAR)
    for mine, everybodys in ((found.authors, whole.authors), (found.units, whole.units)):
        assert signed(mine, found) == signed(everybodys, found)
    concerned = {holder for _, _, holder in signed(found.authors, found)} if only else {3, 6}
    asked = {only.id} if only and only.what == "member" else set()
    assert found.register.members.keys() == concerned | asked
    assert found.register._replace(members=whole.register.members) == whole.register
