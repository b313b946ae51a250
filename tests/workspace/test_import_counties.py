"""Whole random counties through spreadsheets, to the last fraction."""

import pytest

import packaged
import workbooks
from counties import county
from office import Office
from oracle import Json, canonical, expected
from sqmy.days import periods
from sqmy.ledger import reading
from sqmy.ledger.snapshot import snapshot
from sqmy.reports.scores import YearScores, score_json
from sqmy.scoring.engine import score

YEARS = (2024, 2025, 2026)
RULEBOOK = packaged.rulebook()


def year_json(office: Office, year: int) -> Json:
    """The year as `score --format json` gives it."""
    book = score(snapshot(office.ledger, periods(year)[0]), RULEBOOK, year)
    titles = reading.titles(office.ledger)
    return score_json(YearScores(book, RULEBOOK, (), titles, 0, ""))


@pytest.mark.parametrize("seed", range(25))
def test_a_random_county_comes_to_its_points_and_again_to_nothing(
    office: Office, seed: int
) -> None:
    rows = county(seed)
    path = workbooks.workbook(
        office.folder / "县.xlsx",
        {name: workbooks.table(sheet) for name, sheet in rows.items() if sheet},
    )
    report = office.take(path, future=True)
    assert report.new == sum(map(len, rows.values()))
    assert report.notes == ()
    for year in YEARS:
        assert canonical(year_json(office, year)) == canonical(expected(rows, year))
    assert office.take(path, future=True).new == 0


@pytest.mark.parametrize("seed", range(25, 30))
def test_a_county_of_csv_files_in_any_order_is_the_same(office: Office, seed: int) -> None:
    rows = county(seed)
    paths = []
    for name, sheet in rows.items():
        if sheet:
            lines = [",".join(cell or "" for cell in row) for row in workbooks.table(sheet)]
            paths.append(office.folder / f"{name}.csv")
            paths[-1].write_text("\n".join(lines), encoding="gb18030")
    assert office.take(*reversed(paths), future=True).new == sum(map(len, rows.values()))
    for year in YEARS:
        assert canonical(year_json(office, year)) == canonical(expected(rows, year))
    assert office.take(*paths, future=True).new == 0
