"""Scoring years of growing size, beside reading the rows that a year is computed from."""

import sqlite3
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from benchmarks.ledgers import YEAR, ledger, members_for
from benchmarks.measuring import Figure, Limit, apart, compared
from sqmy.ledger.opening import open_ledger
from sqmy.workspace.data import shipped
from sqmy.workspace.desk import Desk
from sqmy.workspace.scores import holder_scores, year_scores

NEEDED = (
    "SELECT item, submitted_on, by_unit FROM submission",
    "SELECT fact, member FROM submission_author",
    "SELECT fact, unit FROM submission_unit",
    "SELECT item, channel, form, adopted_on, fact FROM adoption",
    "SELECT item, rank, instructed_on, fact FROM instruction",
)
"""All that a year's points depend on, besides the register and the rulebook."""

YEAR_LIMIT = Limit(times=2.5, megabytes=700)
"""Of years of `LARGE` and more: in a small one the register and the standings take longest."""
LARGE = 100_000
HEAVIEST = "31-livestock-bureau-top2.yaml"
HEAVY_LIMIT = Limit(times=6, megabytes=700)
LINES_LIMIT = Limit(seconds=0.020)
"""Of a member; a unit of so large a ledger has thousands of items."""


def figures(folder: Path, years: Mapping[int, int], explained: int) -> Iterator[Figure]:
    """Years of so many items, each in so many rounds; in one of them single holders too."""
    for items, rounds in years.items():
        path = folder / f"{items}.db"
        apart(ledger, path, items, members_for(items))()
        year, rows = apart(score, path), apart(scan, path)
        told = f"{items:,} 条信息的一年"
        limit = YEAR_LIMIT if items >= LARGE else Limit(megabytes=700)
        yield compared(told, year, "逐行读出所需的列", rows, limit=limit, rounds=rounds)
        if items == explained:
            for who, name, limit in (
                ("一名委员", "第1人", LINES_LIMIT),
                ("一个单位", "第1单位", Limit()),
            ):
                lines = apart(explain, path, name)
                what = f"{told}：{who}的明细"
                yield compared(what, lines, "全年计分", year, limit=limit, rounds=rounds)
        path.unlink()
    yield _heavy(folder / "heavy.db", years)


def _heavy(path: Path, years: Mapping[int, int]) -> Figure:
    """A year by the heaviest rulebook of the library."""
    items = max(size for size in years if size <= LARGE)
    rules = str(shipped("rules", "library", HEAVIEST))
    apart(ledger, path, items, members_for(items), rules)()
    figure = compared(
        f"{items:,} 条信息的一年，自带的办法里最重的一份（{HEAVIEST.partition('-')[0]}）",
        apart(score, path),
        "逐行读出所需的列",
        apart(scan_heavily, path),
        limit=HEAVY_LIMIT if items >= LARGE else Limit(),
        rounds=years[items],
    )
    path.unlink()
    return figure


def scan_heavily(path: str) -> Callable[[], object]:
    """Iterating the needed rows, the attributes among them."""
    connection = sqlite3.connect(path)
    needed = (*NEEDED, "SELECT fact, name, value FROM attribute")
    return lambda: [deque(connection.execute(rows), maxlen=0) for rows in needed]


def scan(path: str) -> Callable[[], object]:
    """Iterating the needed rows with `sqlite3`."""
    connection = sqlite3.connect(path)
    return lambda: [deque(connection.execute(rows), maxlen=0) for rows in NEEDED]


def score(path: str) -> Callable[[], object]:
    """The year's totals, standings and quotas."""
    desk = Desk(open_ledger(Path(path)), "基准")
    return lambda: year_scores(desk, YEAR, titled=False)


def explain(path: str, name: str) -> Callable[[], object]:
    """One holder's lines, from finding the name to the last line."""
    desk = Desk(open_ledger(Path(path)), "基准")

    def lines() -> object:
        told = holder_scores(desk, YEAR, name)
        return told.scores.book.lines_of(told.holder.key)

    return lines
