"""Voiding by reference: a fact, a batch, an item; never leaving anything in the air."""

from pathlib import Path

import pytest

from ledgers import content, found_office, revised, submission
from sqmy import facts
from sqmy.errors import SqmyError
from sqmy.ledger import audit, reading
from sqmy.ledger.records import Records
from sqmy.workspace.desk import Desk
from sqmy.workspace.founding import found
from sqmy.workspace.undoing import void


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The packaged rulebook is F1; then two units, two members, an item, and its adoption F11."""
    desk = found(tmp_path / "sqmy.db", "丙", None)
    office = found_office(desk.ledger)
    with desk.ledger.writing():
        adoption = facts.Adoption(office.item, "市政协", "whole", "2025-04-01")
        Records(desk.ledger, "乙").adopt(adoption)
    return desk


def refused(desk: Desk, reference: str, *, with_dependents: bool = False) -> str:
    before = content(desk.ledger)
    with pytest.raises(SqmyError) as refusal:
        void(desk, reference, "误录", with_dependents=with_dependents)
    assert content(desk.ledger) == before
    assert refusal.value.exit_code == 1
    return str(refusal.value)


@pytest.mark.parametrize("reference", ["2025-001", "F10", " 2025-001 "])
def test_a_void_of_what_carries_others_is_refused_with_their_list(
    reference: str, desk: Desk
) -> None:
    with desk:
        first, listed, last = refused(desk, reference).splitlines()
    assert first == f"{reference} 之上还有 1 项事实，没有撤销："
    assert listed == "  F11：2025-001《关于农村饮水的建议》2025-04-01 被市政协单篇采用"
    assert last == "请先逐项撤销，或加 --with-dependents 一并撤销。"


def test_with_dependents_they_are_voided_together(desk: Desk) -> None:
    with desk:
        voided = void(desk, "F4", "重复登记", with_dependents=True)
        assert [fact for fact, _ in voided.facts] == [4, 5, 6, 10, 11]
        assert voided.voids == (12, 13, 14, 15, 16)
        assert audit.examine(desk.ledger) == []
        desk.refresh()
        assert [member.name for member in desk.register.members.values()] == ["李四"]
        assert refused(desk, "F11") == "F11 已由 F16 撤销，不必再撤。"


def test_an_item_is_voided_with_all_its_revisions(desk: Desk) -> None:
    with desk:
        with desk.ledger.writing():
            records = Records(desk.ledger, "乙")
            for title in ("二稿", "三稿"):
                records.amend(revised(desk.ledger, 10, title=title))
        void(desk, "F11", "误录", with_dependents=False)
        voided = void(desk, "2025-001", "误录", with_dependents=False)
        assert [fact for fact, _ in voided.facts] == [10, 12, 13]
        assert reading.titles(desk.ledger) == {}


def test_a_void_of_a_batch_leaves_what_was_voided_already(desk: Desk) -> None:
    with desk:
        with desk.ledger.writing():
            records = Records(desk.ledger, "乙")
            records.begin_batch("报送.xlsx")
            items = [records.submit(submission(units=(2,))) for _ in range(3)]
        void(desk, f"F{items[0]}", "误录", with_dependents=False)
        assert [fact for fact, _ in void(desk, "b1", "误录", with_dependents=False).facts] == items[
            1:
        ]
        assert refused(desk, "B1") == "B1 这一批已经全部撤销。"


@pytest.mark.parametrize(
    ("reference", "told"),
    [
        ("F99", "台账里没有 F99。用 sqmy log 查看全部登记。"),
        ("F1", "F1 不能撤销：计分办法不能撤销。要换，请另行采用新的版本。"),
        ("F12", "F12 不能撤销：撤销不能再撤销。要恢复，请重新登记那项事实。"),
        ("F11", "F11 已由 F12 撤销，不必再撤。"),
        ("B9", "没有 B9 这一批导入。用 sqmy log 查看。"),
        (
            "2025-002",
            "没有「2025-002」：它不是登记号（F12）、导入批号（B3），也不是在册信息的编号。",
        ),
    ],
)
def test_what_cannot_be_voided(reference: str, told: str, desk: Desk) -> None:
    with desk:
        void(desk, "F11", "误录", with_dependents=False)
        assert refused(desk, reference) == told
        assert refused(desk, reference, with_dependents=True) == told


def test_a_void_needs_a_reason(desk: Desk) -> None:
    with desk:
        before = content(desk.ledger)
        with pytest.raises(SqmyError, match="请用 --because 写明撤销的理由。"):
            void(desk, "F11", " ", with_dependents=False)
        assert content(desk.ledger) == before
