"""500 random counties agree to the last fraction with the independent computation."""

import pytest

from build import Built
from counties import county
from oracle import Json, canonical, expected
from sqmy.days import periods
from sqmy.ledger import reading
from sqmy.ledger.database import Ledger
from sqmy.ledger.snapshot import snapshot
from sqmy.reports.scores import YearScores, score_json
from sqmy.rules.rulebook import Rulebook
from sqmy.scoring.engine import score
from sqmy.workspace.rulebooks import packaged_rulebook

COUNTIES = 500
AT_ONCE = 25
YEARS = (2024, 2025, 2026)


@pytest.fixture(scope="module")
def rulebook() -> Rulebook:
    """The packaged rulebook."""
    return packaged_rulebook()


def year_json(ledger: Ledger, rulebook: Rulebook, year: int) -> Json:
    """The year as `score --format json` gives it."""
    book = score(snapshot(ledger, periods(year)[0]), rulebook, year)
    return score_json(YearScores(book, rulebook, (), reading.titles(ledger), 0, ""))


@pytest.mark.parametrize("first", range(0, COUNTIES, AT_ONCE))
def test_points_standings_and_quotas_agree(first: int, rulebook: Rulebook) -> None:
    """Totals, standings, every line and every obligation, in three years of each county."""
    for seed in range(first, first + AT_ONCE):
        rows = county(seed)
        with Built(rows).ledger as ledger:
            for year in YEARS:
                actual = canonical(year_json(ledger, rulebook, year))
                assert actual == canonical(expected(rows, year)), f"county {seed}, {year}"
