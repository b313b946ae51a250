"""The log, an item's whole life, and lists of items."""

from collections.abc import Iterator
from typing import Any

import pytest

from ledgers import found_office, revised, submission
from sqmy import facts
from sqmy.ledger import history
from sqmy.ledger.database import Ledger
from sqmy.ledger.records import Records
from sqmy.ledger.sqlite import in_memory


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    """Two units, two members, four items; 养老 F12 is amended, 改水 F15 voided.

    F9 饮水, by both members and units, adopted and instructed · F10 养老, by 李四 alone ·
    F11 停车, of 2024, signed by 经济委 · F12 the amendment of F10 · F15 改水
    """
    with in_memory() as ledger:
        lay_out(ledger)
        yield ledger


def lay_out(ledger: Ledger) -> None:
    office = found_office(ledger)
    with ledger.writing():
        records = Records(ledger, "乙")
        old = submission(office.other_member, units=(2,), title="关于社区养老", body="护理员不足")
        second = records.submit(old)
        day = "2024-05-01"
        records.submit(submission(units=(2,), title="关于校园周边停车", submitted_on=day))
        records.amend(revised(ledger, second, submitted_on="2025-02-01"))
        records.adopt(facts.Adoption(9, "省政协", "compiled", "2025-05-01"))
        records.adopt(facts.Adoption(9, "市政协", "whole", "2025-04-01"))
        third = records.submit(submission(office.member, units=(1,), title="关于农村改水"))
        records.instruct(facts.Instruction(9, "省级领导", "2025-04-02"))
        records.void([third], "重复")
        records.adopt(facts.Adoption(11, "市政协", "whole", "2025-04-03"))
        records.void([18], "误录")


def test_the_log_in_the_order_of_recording(ledger: Ledger) -> None:
    assert [entry.seq for entry in history.latest(ledger, None)] == list(range(1, 20))
    assert [entry.seq for entry in history.latest(ledger, 3)] == [17, 18, 19]
    assert history.latest(ledger, 0) == []
    assert [(e.seq, e.kind, e.operator) for e in history.of_fact(ledger, 9)] == [
        (9, "submission", "甲")
    ]
    assert history.of_fact(ledger, 99) == []
    assert history.of_batch(ledger, 1) == []
    assert history.voids(ledger) == {15: 17, 18: 19}


def test_an_items_life_holds_what_was_voided_too(ledger: Ledger) -> None:
    assert [entry.seq for entry in history.of_item(ledger, 9)] == [9, 13, 14, 16]
    assert [entry.seq for entry in history.of_item(ledger, 10)] == [10, 12]
    assert [entry.seq for entry in history.of_item(ledger, 11)] == [11, 18]
    assert history.of_item(ledger, 3) == []


@pytest.mark.parametrize(
    ("wanted", "items"),
    [
        ({}, [11, 10, 9]),
        ({"unit": 1}, [9]),
        ({"unit": 2}, [11, 10, 9]),
        ({"author": 3}, [9]),
        ({"author": 6}, [10, 9]),
        ({"first": "2025-01-01"}, [10, 9]),
        ({"first": "2025-02-01", "last": "2025-02-01"}, [10]),
        ({"last": "2024-12-31"}, [11]),
        ({"channel": "市政协"}, [9]),
        ({"channel": "县政协"}, []),
        ({"adopted": 1}, [9]),
        ({"adopted": 0}, [11, 10]),
        ({"text": "养老"}, [10]),
        ({"text": "护理"}, [10]),
        ({"text": "关于"}, [11, 10, 9]),
        ({"text": "改水"}, []),
        ({"text": "%"}, []),
        ({"author": 6, "adopted": 0, "text": "养老"}, [10]),
    ],
)
def test_lists_by_conditions(wanted: dict[str, Any], items: list[int], ledger: Ledger) -> None:
    assert [one.item for one in history.listed(ledger, wanted)] == items


def test_a_listed_item_is_its_revision_in_force(ledger: Ledger) -> None:
    _, second, _ = history.listed(ledger, {})
    assert second == (12, 10, "2025-002", "关于社区养老", "2025-02-01", False)
    assert history.listed(ledger, {"last": "2024-12-31"})[0].by_unit is True


def test_the_items_of_a_merged_member_are_those_of_every_entry(ledger: Ledger) -> None:
    with ledger.writing():
        records = Records(ledger, "乙")
        twin = records.register_member(facts.Member("李思"), 2, "委员", None, None)
        item = records.submit(submission(twin, units=(2,), title="关于秸秆"))
        other = records.register_member(facts.Member("李斯"), 2, "委员", None, None)
        records.merge(twin, other)
        records.merge(other, 6)
    assert [one.item for one in history.listed(ledger, {"author": 6})] == [10, 9, item]


def test_signers_in_their_order_and_outcomes_by_day(ledger: Ledger) -> None:
    members = history.signers(ledger, "member")
    assert members == {9: (3, 6), 10: (6,), 12: (6,), 15: (3,)}
    assert history.signers(ledger, "unit")[9] == (1, 2)
    assert history.outcomes(ledger, "adoption") == {
        9: (("市政协", "whole"), ("省政协", "compiled"))
    }
    assert history.outcomes(ledger, "instruction") == {9: (("省级领导", None),)}
