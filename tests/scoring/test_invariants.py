"""What holds for any county and any year, whatever the rulebook says."""

import random
from fractions import Fraction

import pytest

from build import Built
from counties import County, county
from oracle import Json, canonical
from sqmy.days import periods
from sqmy.ledger.database import Ledger
from sqmy.ledger.reading import titles
from sqmy.ledger.reliance import dependents
from sqmy.ledger.snapshot import snapshot
from sqmy.reports.scores import YearScores, score_json
from sqmy.rules.rulebook import Rulebook
from sqmy.scoring.book import ScoreBook
from sqmy.scoring.engine import score
from sqmy.workspace.rulebooks import packaged_rulebook

SEEDS = range(1000, 1040)
YEAR = 2025


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    """The packaged rulebook."""
    return packaged_rulebook()


def book_of(ledger: Ledger, rulebook: Rulebook) -> ScoreBook:
    """The year scored."""
    return score(snapshot(ledger, periods(YEAR)[0]), rulebook, YEAR)


def json_of(ledger: Ledger, rulebook: Rulebook) -> Json:
    """The year without the references, which depend on the order of recording."""
    scores = YearScores(book_of(ledger, rulebook), rulebook, (), titles(ledger), 0, "")
    return canonical(score_json(scores))


@pytest.mark.parametrize("seed", SEEDS)
def test_a_total_is_the_sum_of_its_lines(seed: int, rulebook: Rulebook) -> None:
    with Built(county(seed)).ledger as ledger:
        book = book_of(ledger, rulebook)
        for holder in (*book.members, *book.units):
            lines = book.lines_of(holder.key)
            assert holder.total == sum((line.points for line in lines), Fraction())
            assert all(line.clause in rulebook.clauses for line in lines)
            assert all(line.points for line in lines)
            assert all((line.item is None) == (line.fact is None) for line in lines)


@pytest.mark.parametrize("seed", SEEDS)
def test_scoring_twice_gives_the_same_book(seed: int, rulebook: Rulebook) -> None:
    with Built(county(seed)).ledger as ledger:
        assert json_of(ledger, rulebook) == json_of(ledger, rulebook)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_order_of_recording_does_not_matter(seed: int, rulebook: Rulebook) -> None:
    rows = county(seed)
    shuffled = {sheet: list(own) for sheet, own in rows.items()}
    chance = random.Random(seed)
    for sheet in ("报送", "采用", "批示", "认定"):
        chance.shuffle(shuffled.get(sheet, []))
    with Built(rows).ledger as ledger, Built(shuffled).ledger as other:
        assert json_of(ledger, rulebook) == json_of(other, rulebook)


@pytest.mark.parametrize("seed", SEEDS)
def test_voiding_equals_never_recorded(seed: int, rulebook: Rulebook) -> None:
    rows = county(seed)
    chance = random.Random(seed)
    fewer: County = {sheet: list(own) for sheet, own in rows.items()}
    built = Built({**rows, "采用": [], "批示": [], "认定": []})
    with built.ledger as ledger, ledger.writing():
        for sheet, record in (
            ("采用", built._adoption),
            ("批示", built._instruction),
            ("认定", built._finding),
        ):
            for row in rows.get(sheet, []):
                record(row)
                if chance.random() < 0.3:
                    built.records.void([built.records.seq], "试")
                    fewer[sheet].remove(row)
        for number, item in built.items.items():
            if chance.random() < 0.2:
                targets = {item} | dependents(ledger, {item})
                built.records.void(targets, "试")
                for sheet in ("报送", "审核", "上报", "采用", "批示", "认定"):
                    fewer[sheet] = [r for r in fewer.get(sheet, []) if r.get("编号") != number]
        with Built(fewer).ledger as other:
            assert json_of(ledger, rulebook) == json_of(other, rulebook)


@pytest.mark.parametrize("seed", SEEDS)
def test_shares_of_an_item_add_up_to_the_item(seed: int, rulebook: Rulebook) -> None:
    """All units' lines of a fact add up to what the rule gives, and so do all members' lines."""
    with Built(county(seed)).ledger as ledger:
        book = book_of(ledger, rulebook)
        sums: dict[tuple[str, str, int], Fraction] = {}
        holders = [("member", m) for m in snapshot(ledger, periods(YEAR)[0]).register.members]
        holders += [("unit", u) for u in snapshot(ledger, periods(YEAR)[0]).register.units]
        for key in holders:
            for line in book.lines_of(key):
                if line.fact is not None:
                    of = (key[0], line.clause, line.fact)
                    sums[of] = sums.get(of, Fraction()) + line.points
        given = {
            rule.clause: {n for amount in rule.table.values() for n in amount.numbers}
            for rule in rulebook.rules
        }
        assert all(total in given[clause] for (_, clause, _), total in sums.items())


@pytest.mark.parametrize("seed", SEEDS)
def test_a_floor_never_lowers_and_lifts_to_itself_only(seed: int, rulebook: Rulebook) -> None:
    limited = rulebook._replace(total=rulebook.total._replace(floor=Fraction(3)))
    with Built(county(seed)).ledger as ledger:
        free = {h.key: h.total for h in book_of(ledger, rulebook).members}
        for holder in book_of(ledger, limited).members:
            assert holder.total == max(free[holder.key], Fraction(3))
