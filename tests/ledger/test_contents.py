"""All that is live: the same facts as read one by one, of all items or of a year's."""

import pytest

from ledgers import BODY, PHONE, WORDS, every_kind
from sqmy import facts
from sqmy.days import periods
from sqmy.ledger import contents, reading
from sqmy.ledger.database import Ledger
from sqmy.ledger.sqlite import in_memory


@pytest.fixture(scope="module")
def ledger() -> Ledger:
    """A ledger with two facts of every kind; nobody writes to it."""
    made = in_memory()
    every_kind(made)
    return made


def one_by_one(ledger: Ledger, kind: str) -> list[facts.Fact]:
    """The live facts of a kind, each read for itself."""
    rows = ledger.rows(f"SELECT fact FROM live_{kind} ORDER BY fact")  # noqa: S608 — ours
    return [reading.fact_at(ledger, fact, kind) for (fact,) in rows]


@pytest.mark.parametrize("at_once", [1, 2, 2000])
def test_items_and_events_are_as_read_one_by_one(
    ledger: Ledger, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "_AT_ONCE", at_once)
    items = contents.items(ledger)
    assert len(items) == 3
    by_item = sorted(one_by_one(ledger, "submission"), key=lambda fact: fact.item)
    assert list(contents.submissions(ledger, items)) == by_item
    for kind in contents.EVENTS:
        found = contents.events_of(ledger, kind, items)
        assert list(contents.events(ledger, kind, found)) == one_by_one(ledger, kind)


def test_a_year_has_its_items_and_all_that_became_of_them(ledger: Ledger) -> None:
    (year,), (before,) = periods(2025), periods(2024)
    items = contents.items(ledger, year)
    assert items == contents.items(ledger)
    assert contents.items(ledger, before) == []
    assert contents.events_of(ledger, "adoption", frozenset(), year) == []
    about_people = contents.events_of(ledger, "finding", frozenset(), year)
    assert [fact.item for fact in contents.events(ledger, "finding", about_people)] == [None, None]
    assert contents.events_of(ledger, "finding", frozenset(), before) == []


def test_long_texts_are_found_where_they_stand(ledger: Ledger) -> None:
    items = frozenset(contents.items(ledger))
    assert list(contents.texts(ledger, "submission", "body", len(BODY) - 1, items)) == [BODY]
    assert list(contents.texts(ledger, "submission", "body", len(BODY), items)) == []
    assert list(contents.texts(ledger, "instruction", "content", 2, items)) == [WORDS, WORDS]
    assert list(contents.texts(ledger, "instruction", "content", 2, frozenset())) == []
    assert list(contents.texts(ledger, "review", "opinion", 1, items)) == ["可用", "可用"]
    assert set(contents.texts(ledger, "finding", "grounds", 1, frozenset())) == {"查实"}


def test_phones_attributes_and_what_there_is_besides(ledger: Ledger) -> None:
    assert set(contents.phones(ledger).values()) == {PHONE}
    assert contents.attribute_names(ledger, "submission") == ["体裁"]
    assert contents.attribute_names(ledger, "adoption") == ["字数"]
    assert contents.beside(ledger) == contents.Beside(
        mergers=2,
        moves=2,
        member_aliases=1,
        recognitions=2,
        attachments=2,
        amendments=2,
        voids=2,
        erased=2,
        editions=2,
        seals=2,
    )
