"""An old entry keeps the form it names, whatever a later version hashes; spans change nothing."""

from collections.abc import Iterator

import pytest

from ledgers import every_kind, found_office, tampering
from sqmy import facts
from sqmy.errors import Problem
from sqmy.ledger import audit, chain, hashing
from sqmy.ledger.database import Ledger
from sqmy.ledger.records import Records
from sqmy.ledger.sqlite import in_memory

CHANGED = "内容与登记时的校验码不符，被改动过"


def forget() -> None:
    chain.fields_of.cache_clear()
    hashing.fact.cache_clear()


@pytest.fixture
def two_forms(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Ledger, int, int]]:
    """A review of the first form, which knows no opinions, and one of the second, which does."""
    monkeypatch.setattr(chain, "ADDED", {**chain.ADDED, ("review", "opinion"): 2})
    monkeypatch.setattr(chain, "FORM", 1)
    forget()
    with in_memory() as ledger:
        item = found_office(ledger).item
        review = facts.Review(item, "中心筛选", "accepted", "2025-04-01")
        with ledger.writing():
            old = Records(ledger, "甲").review(review)
        monkeypatch.setattr(chain, "FORM", 2)
        with ledger.writing():
            new = Records(ledger, "甲").review(review._replace(opinion="可用"))
        yield ledger, old, new
    monkeypatch.undo()
    forget()


def tampered(ledger: Ledger, statement: str) -> list[Problem]:
    with tampering(ledger) as connection:
        connection.execute(statement)
    return audit.examine(ledger)


def test_each_entry_is_examined_by_the_form_it_names(two_forms: tuple[Ledger, int, int]) -> None:
    ledger, old, new = two_forms
    forms = dict(ledger.rows("SELECT seq, form FROM chain WHERE kind = 'review'"))
    assert forms == {old: 1, new: 2}
    assert audit.examine(ledger) == []


def test_what_the_form_hashes_is_guarded(two_forms: tuple[Ledger, int, int]) -> None:
    ledger, _, new = two_forms
    found = tampered(ledger, f"UPDATE review SET opinion = '不可用' WHERE fact = {new}")  # noqa: S608
    assert found == [Problem(f"F{new}", CHANGED)]


def test_what_the_form_does_not_know_must_not_be_there(two_forms: tuple[Ledger, int, int]) -> None:
    ledger, old, _ = two_forms
    found = tampered(ledger, f"UPDATE review SET opinion = '可用' WHERE fact = {old}")  # noqa: S608
    assert found == [Problem(f"F{old}", CHANGED)]


def test_a_form_that_nobody_knows_is_told(two_forms: tuple[Ledger, int, int]) -> None:
    ledger, old, _ = two_forms
    found = tampered(ledger, f"UPDATE chain SET form = 9 WHERE seq = {old}")  # noqa: S608
    assert Problem(f"F{old}", "校验码的算法第 9 版不认识") in found


# -- spans -----------------------------------------------------------------------------------

TAMPERINGS = (
    "UPDATE chain SET operator = '别人' WHERE seq IN (1, 30)",
    "DELETE FROM chain WHERE seq = 20",
    "UPDATE chain SET seq = 900 WHERE seq = (SELECT max(seq) FROM chain)",
    "UPDATE unit SET fact = -5 WHERE fact = 1",
    "UPDATE secret SET value = '改过' WHERE fact = 9",
    "UPDATE submission_author SET position = position + 7 WHERE fact = 9 AND position = 2",
    "INSERT INTO attribute VALUES (900, '字数', '9')",
    "UPDATE adoption SET fact = 900 WHERE fact = (SELECT max(fact) FROM adoption)",
)


@pytest.mark.parametrize("statement", TAMPERINGS)
@pytest.mark.parametrize("span", [1, 7, 20, 10_000])
def test_however_it_is_divided_the_same_is_found(
    statement: str, span: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_memory() as ledger:
        every_kind(ledger)
        ledger.connection.execute("PRAGMA foreign_keys = OFF")
        whole = tampered(ledger, statement)
        monkeypatch.setattr(audit, "SPAN", span)
        assert sorted(audit.examine(ledger)) == sorted(whole) != []


def test_whoever_waits_is_told_how_far_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "SPAN", 10)
    told: list[tuple[str, int, int]] = []
    with in_memory() as ledger:
        every_kind(ledger)
        assert audit.examine(ledger, lambda *step: told.append(step)) == []
    assert [done for _, done, _ in told] == list(range(1, told[-1][2] + 1))
    assert {what for what, *_ in told} == {
        "核对校验链",
        "核对事实",
        "核对附加内容",
        "核对封存的结果",
    }


def test_an_attribute_that_the_form_does_not_know_must_not_be_there(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Instructions have had attributes since the second form."""
    with in_memory() as ledger:
        item = found_office(ledger).item
        note = facts.Instruction(item, "省级领导", "2025-04-01")
        monkeypatch.setattr(chain, "FORM", 1)
        with ledger.writing():
            old = Records(ledger, "甲").instruct(note)
        monkeypatch.undo()
        with ledger.writing():
            new = Records(ledger, "甲").instruct(note._replace(attributes=(("类别", "圈阅"),)))
        assert audit.examine(ledger) == []
        slip = f"INSERT INTO attribute VALUES ({old}, '类别', '圈阅')"  # noqa: S608
        assert tampered(ledger, slip) == [Problem(f"F{old}", "多出附加项")]
        assert new == old + 1
