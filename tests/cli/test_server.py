"""The same commands on a server: every transcript and every refusal, to the letter."""

from pathlib import Path

import pytest

import postgres
from clerk import Clerk, answers, found_county, refusals, says, stories

FOLDER = Path(__file__).parent
STORIES = [
    story
    for name in ("recording.txt", "reading.txt", "scoring.txt")
    for story in stories(FOLDER / name)
]


@pytest.fixture(scope="session")
def county_database(cluster: postgres.Cluster) -> str:
    """A database with the small county's ledger; nobody writes to it."""
    name = cluster.new_database()
    found_county(cluster.address(name))
    return name


@pytest.fixture
def clerk(cluster: postgres.Cluster, county_database: str) -> Clerk:
    """A clerk with the small county's ledger on a server."""
    return Clerk(cluster.address(cluster.new_database(county_database)))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.partition("\n")[0])
def test_answers(story: str, clerk: Clerk) -> None:
    assert answers(clerk, story) == story


def test_what_cannot_be_done(clerk: Clerk) -> None:
    for line, words in refusals(FOLDER / "refusals.txt"):
        told = clerk.refused(line)
        assert says(told, words), told
