"""A ledger is copied row for row, with its chain, and as it stood at any of its places."""

import pytest

from ledgers import BODY, content, every_kind
from sqmy import facts
from sqmy.ledger import audit, copying, reading
from sqmy.ledger.copying import as_it_stood, copy
from sqmy.ledger.records import Records
from sqmy.ledger.sqlite import in_memory


@pytest.mark.parametrize("at_once", [1, 7, 10_000])
def test_everything_is_copied(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copying, "_AT_ONCE", at_once)
    with in_memory() as source, in_memory() as target:
        every_kind(source)
        with target.writing():
            copy(source, target)
        assert content(target) == content(source)
        assert audit.examine(target) == []


def test_tables_stand_after_those_they_refer_to() -> None:
    order = list(copying.tables())
    assert order[0] == "chain"
    assert set(order) > set(facts.KINDS)
    with in_memory() as ledger:
        for place, table in enumerate(order):
            for _, _, target, *_ in ledger.rows(f"PRAGMA foreign_key_list({table})"):
                assert order.index(target) <= place


def test_every_place_of_the_chain_can_be_looked_at_as_it_stood() -> None:
    with in_memory() as ledger, in_memory() as growing:
        every_kind(ledger)
        last, _ = reading.head(ledger)
        for seq in range(1, last + 1):
            with as_it_stood(ledger, seq) as past:
                assert reading.head(past) == (seq, reading.hash_at(ledger, seq))
                # what was erased since is gone for good, and its erasure not yet there
                assert all("而没有抹除的登记" in fault.message for fault in audit.examine(past))
        with as_it_stood(ledger, last) as now:
            assert content(now) == content(ledger)
            assert audit.examine(now) == []
        assert reading.head(growing) == (0, "")


def test_what_came_later_is_not_there() -> None:
    with in_memory() as ledger:
        office = every_kind(ledger)
        last, _ = reading.head(ledger)
        with ledger.writing():
            records = Records(ledger, "丙")
            records.void([office.item], "误录", with_dependents=True)
        assert reading.submission(ledger, office.item) is None
        with as_it_stood(ledger, last) as past:
            found = reading.submission(past, office.item)
            assert found
            assert found[1].body == BODY
            with past.writing():
                Records(past, "丙").amend(
                    found[1]._replace(supersedes=found[0], title="试", reason="试")
                )
        assert reading.submission(ledger, office.item) is None


def test_a_target_with_something_in_it_is_refused() -> None:
    with in_memory() as source, in_memory() as target:
        every_kind(source)
        every_kind(target)
        before = content(target)
        with pytest.raises(Exception, match="台账拒绝了这次写入"), target.writing():
            copy(source, target)
        assert content(target) == before
