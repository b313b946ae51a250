"""What holds for any regulation, tried on every worked case of every rulebook that ships."""

import random
from fractions import Fraction
from pathlib import Path

import pytest

from sqmy.rules import cases, compiled, reader
from sqmy.rules.casebook import Case
from sqmy.scoring.book import ScoreBook
from sqmy.scoring.cases import snapshot_of
from sqmy.scoring.engine import score
from sqmy.snapshot import Events, Snapshot

RULES = Path(__file__).parents[2] / "rules"
BOOKS = sorted(
    path
    for path in (RULES / "scoring.yaml", *(RULES / "library").glob("*.yaml"))
    if not path.name.endswith(".cases.yaml")
)


def worked(path: Path) -> tuple[Case, ...]:
    return cases.read_file(path.with_name(f"{path.stem}.cases.yaml"), reader.read_file(path))


def totals(book: ScoreBook) -> dict[object, Fraction]:
    return {one.key: one.total for one in (*book.members, *book.units)}


def shuffled(facts: Snapshot, seed: int) -> Snapshot:
    """The same facts, read in another order."""
    order = list(range(len(facts.events.item)))
    random.Random(seed).shuffle(order)
    events = Events(*([column[at] for at in order] for column in facts.events))
    return facts._replace(events=events)


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_what_holds_for_any_regulation(path: Path) -> None:
    for case in worked(path):
        facts = snapshot_of(case)
        book = score(facts, case.rulebook, case.year)
        known = set(case.rulebook.clauses)
        for holder in (*book.members, *book.units):
            lines = book.lines_of(holder.key)
            assert sum((line.points for line in lines), Fraction()) == holder.total
            assert {line.clause for line in lines} <= known
            assert all(line.note for line in lines)
            for account, total in holder.accounts.items():
                own = book.lines_in(holder.key, account)
                assert sum((line.points for line in own), Fraction()) == total
            assert book.tally_of(holder.key).adopted >= 0
            assert all(left.why for left in book.left_out(holder.key))
        again = score(facts, case.rulebook, case.year)
        assert totals(again) == totals(book)
        assert totals(score(shuffled(facts, 7), case.rulebook, case.year)) == totals(book)


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_a_ceiling_never_raises_a_total_and_a_floor_never_lowers_it(path: Path) -> None:
    for case in worked(path):
        rulebook = case.rulebook
        if not rulebook.limits or rulebook.consequences:
            continue
        facts = snapshot_of(case)
        capped = [limit._replace(floor=None) for limit in rulebook.limits]
        free = totals(score(facts, rulebook._replace(limits=()), case.year))
        bound = totals(score(facts, rulebook._replace(limits=tuple(capped)), case.year))
        if all(limit.ceiling is not None for limit in capped):
            assert all(bound[key] <= free[key] for key in bound)
        floored = [limit._replace(ceiling=None) for limit in rulebook.limits]
        lifted = totals(score(facts, rulebook._replace(limits=tuple(floored)), case.year))
        assert all(lifted[key] >= free[key] for key in lifted)


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_the_compiled_form_is_the_rulebook(path: Path) -> None:
    rulebook = reader.read_file(path)
    assert compiled.load(compiled.compile_(rulebook)) == rulebook
