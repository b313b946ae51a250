"""Random counties, kept in messy ledgers, come to the points of an independent computation."""

from collections import Counter
from pathlib import Path

import pytest

import packaged
import workbooks
from counties import county
from messy import instructions, ledger_sheet
from office import Office
from oracle import canonical, expected
from sqmy.days import periods
from sqmy.ledger import reading
from sqmy.ledger.snapshot import snapshot
from sqmy.reports.scores import YearScores, score_json
from sqmy.scoring.engine import score

YEARS = (2024, 2025, 2026)
RULEBOOK = packaged.rulebook()


def register(office: Office, rows: dict[str, list[dict[str, str]]]) -> Path:
    """What a ledger sheet does not hold: who is who, reviews, forwardings, findings."""
    return workbooks.workbook(
        office.folder / "其余.xlsx",
        {
            name: workbooks.table(sheet)
            for name, sheet in rows.items()
            if sheet and name not in {"报送", "采用", "批示"}
        },
    )


@pytest.mark.parametrize("seed", range(40))
def test_a_messy_ledger_comes_to_its_points_and_again_to_nothing(office: Office, seed: int) -> None:
    rows = county(seed)
    paths = [ledger_sheet(office.folder, rows, seed), register(office, rows)]
    report = office.take(*paths, future=True)
    told = Counter({counted.kind: counted.new for counted in report.counts})
    assert told["submission"] == len(rows["报送"])
    assert told["adoption"] == len(rows["采用"])
    assert told["instruction"] == len(instructions(rows))
    for year in YEARS:
        book = score(snapshot(office.ledger, periods(year)[0]), RULEBOOK, year)
        titles = reading.titles(office.ledger)
        mine = score_json(YearScores(book, RULEBOOK, (), titles, 0, ""))
        assert canonical(mine) == canonical(expected(rows, year))
    assert office.take(*paths, future=True).new == 0
