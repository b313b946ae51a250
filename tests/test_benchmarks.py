"""The benchmarks run and tell what they measured. How long anything takes is not tested."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from benchmarks.__main__ import GROUPS
from benchmarks.commands import command
from benchmarks.measuring import Figure, Limit, Taken, apart, compared
from benchmarks.office import soffice
from benchmarks.page import COLUMNS
from benchmarks.startup import ENVIRONMENT
from packaged import ROOT

UNMEASURED = "没有量：这台机器上没有装对照用的程序。"
RATIO = re.compile(r"\d[\d.e+-]* 倍")
TIME = re.compile(r"\d[\d.e+-]* (毫秒|秒)")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page that the quick run writes."""
    path = tmp_path_factory.mktemp("benchmarks") / "docs" / "performance.md"
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "benchmarks", "--quick", "--to", path],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    text = path.read_text(encoding="utf-8")
    assert done.stdout == f"{text}\n"
    return text


def rows(page: str, title: str) -> list[list[str]]:
    """The table under a heading, its own headings left out."""
    part = page.partition(f"## {title}\n")[2].partition("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    table = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    if table:
        assert table[0] == list(COLUMNS)
        return table[2:]
    assert UNMEASURED in part
    return []


def missing() -> Iterator[str]:
    """The groups whose yardstick is not installed here."""
    if not ENVIRONMENT.exists():
        yield "start"
        yield "papers"
    if soffice() is None:
        yield "office"


def test_every_group_has_its_figures(page: str) -> None:
    counts = {name: len(rows(page, group.title)) for name, group in GROUPS.items()}
    expected = {"start": 4, "score": 4, "sheets": 3, "verify": 2, "papers": 1, "office": 1}
    assert counts == expected | dict.fromkeys(missing(), 0)


@pytest.mark.parametrize("name", GROUPS)
def test_a_figure_tells_what_was_compared_with_what(name: str, page: str) -> None:
    for what, yardstick, asked, measured, own, other, memory, met in rows(page, GROUPS[name].title):
        assert what
        assert yardstick
        assert asked == "—" or asked.startswith("≤ ")
        assert RATIO.match(measured)
        assert TIME.fullmatch(own)
        assert TIME.fullmatch(other)
        assert memory == "—" or re.fullmatch(r"\d+ MB", memory)
        assert met == "—" if asked == "—" else met in {"是", "**否**"}


@pytest.mark.skipif(os.name == "nt", reason="Windows tells no peak memory")
def test_memory_is_told_of_what_runs_apart(page: str) -> None:
    for name in ("score", "sheets", "verify"):
        assert all(row[-2] != "—" for row in rows(page, GROUPS[name].title))


def test_the_page_tells_where_and_how_it_was_made(page: str) -> None:
    assert re.search(r"^- 日期：\d{4}-\d{2}-\d{2}$", page, re.MULTILINE)
    assert "核" in page
    assert f"Python {sys.version_info.major}.{sys.version_info.minor}" in page
    assert "sqlite-utils 4.2.1" in page
    assert "make bench" in page


# What a figure says


def figure(limit: Limit) -> Figure:
    """Three rounds of 1, 2 and 9 seconds, beside 2, 2 and 3."""
    own = (Taken(1, 50), Taken(2, 70), Taken(9, 60))
    return Figure("甲", "乙", own, (Taken(2), Taken(2), Taken(3)), limit)


def test_a_figure_is_the_median_of_the_rounds_each_with_its_own_yardstick() -> None:
    found = figure(Limit())
    assert found.ratios == [0.5, 1, 3]
    assert (found.times, found.spread) == (1, (0.75, 2))
    assert (found.seconds, found.yardstick_seconds, found.megabytes) == (2, 2, 70)


@pytest.mark.parametrize(
    ("limit", "met"),
    [
        (Limit(), None),
        (Limit(times=1), True),
        (Limit(times=0.9), False),
        (Limit(seconds=2), True),
        (Limit(seconds=1.9), False),
        (Limit(megabytes=70), True),
        (Limit(megabytes=69), False),
        (Limit(times=1, seconds=2, megabytes=69), False),
    ],
)
def test_a_limit_is_met_by_what_is_not_above_it(limit: Limit, *, met: bool | None) -> None:
    assert figure(limit).met is met


def test_memory_that_nobody_can_tell_meets_no_limit() -> None:
    limit = Limit(megabytes=700)
    assert not Figure("甲", "乙", (Taken(1),), (Taken(1),), limit).met


def test_work_and_yardstick_take_turns_and_the_first_round_does_not_count() -> None:
    turns: list[str] = []

    def work(name: str, *seconds: float) -> Iterator[Taken]:
        for one in seconds:
            turns.append(name)
            yield Taken(one)

    own, other = work("own", 100, 1, 2), work("other", 1, 4, 4)
    found = compared("甲", lambda: next(own), "乙", lambda: next(other), limit=Limit(), rounds=2)
    assert turns == ["own", "other"] * 3
    assert found.ratios == [0.25, 0.5]


def test_a_command_that_fails_is_not_measured() -> None:
    with pytest.raises(RuntimeError, match="不是年份"):
        apart(command, "score", "--year", "去年")()
