"""A year's points are kept whole, and what differs between two years' books is told exactly."""

import json
import random
from fractions import Fraction

import pytest

from build import Built
from counties import county
from sqmy.days import periods
from sqmy.ledger.snapshot import snapshot
from sqmy.rules.rulebook import Rulebook
from sqmy.scoring import kept
from sqmy.scoring.book import ScoreBook
from sqmy.scoring.differing import differences
from sqmy.scoring.engine import score
from sqmy.workspace.rulebooks import packaged_rulebook

SEEDS = range(2000, 2020)
YEAR = 2025


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    return packaged_rulebook()


def book_of(built: Built, rulebook: Rulebook) -> ScoreBook:
    return score(snapshot(built.ledger, periods(YEAR)[0]), rulebook, YEAR)


def again(book: ScoreBook) -> ScoreBook:
    """The book after it was written and read."""
    return kept.load(json.loads(json.dumps(kept.dump(book), ensure_ascii=False)), lambda: book)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_kept_book_answers_as_the_computed_one(seed: int, rulebook: Rulebook) -> None:
    built = Built(county(seed))
    book = book_of(built, rulebook)
    read = again(book)
    for field in ("year", "members", "units", "obligations", "open"):
        assert getattr(read, field) == getattr(book, field)
    for holder in (*book.members, *book.units):
        assert read.lines_of(holder.key) == book.lines_of(holder.key)
        assert read.tally_of(holder.key) == book.tally_of(holder.key)
        assert read.incidents_of(holder.key) == book.incidents_of(holder.key)
        assert read.left_out(holder.key) == book.left_out(holder.key)
        for account in holder.accounts:
            assert read.lines_in(holder.key, account) == book.lines_in(holder.key, account)
    assert read.item_points(book.year, ()) == book.item_points(book.year, ())
    assert not differences(book, read)
    assert kept.dump(read) == kept.dump(book)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_differences_make_one_book_of_the_other(seed: int, rulebook: Rulebook) -> None:
    """Old total plus what is new in the lines, minus what is gone, is the new total."""
    built = Built(county(seed))
    before = again(book_of(built, rulebook))
    chance = random.Random(seed)
    events = [
        seq
        for (seq,) in built.ledger.rows(
            "SELECT seq FROM chain WHERE kind IN ('adoption', 'instruction', 'finding')"
            " AND seq NOT IN (SELECT target FROM void) ORDER BY seq"
        )
    ]
    with built.ledger.writing():
        built.records.void(chance.sample(events, len(events) // 3), "试")
    after = book_of(built, rulebook)
    found = differences(before, after)
    old = {h.key: h for h in (*before.members, *before.units)}
    new = {h.key: h for h in (*after.members, *after.units)}
    told = {change.holder.key for change in found.holders}
    for key in {*old, *new}:
        same = key in old and key in new and old[key].total == new[key].total
        assert key in told or (same and old[key].standing == new[key].standing)
    for change in found.holders:
        lines = sum(
            (
                (line.after.points if line.after else Fraction())
                - (line.before.points if line.before else Fraction())
                for line in change.lines
            ),
            Fraction(),
        )
        assert change.difference == lines
        assert all(line.before != line.after for line in change.lines)
    assert differences(after, after) == ((), ())
    turned = differences(after, before)
    assert {c.holder.key: c.difference for c in turned.holders} == {
        c.holder.key: -c.difference for c in found.holders
    }


def test_how_a_line_is_told_makes_no_difference(rulebook: Rulebook) -> None:
    built = Built(county(2001))
    book = book_of(built, rulebook)
    retold = book._replace(
        lines_of=lambda key: tuple(
            line._replace(note="换一种说法", fact=1) for line in book.lines_of(key)
        )
    )
    assert not differences(book, retold)
