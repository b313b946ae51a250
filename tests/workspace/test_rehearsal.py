"""Rehearsing: the answer is that of recording, and nothing stays."""

import re
from pathlib import Path

import pytest

from ledgers import content, found_office
from sqmy.errors import SqmyError
from sqmy.workspace.desk import Desk, open_desk
from sqmy.workspace.founding import found
from sqmy.workspace.recording import Draft, Recorder
from sqmy.workspace.registering import Registrar
from sqmy.workspace.rehearsal import rehearsed, would_void

DRAFT = Draft(title="关于停电的建议", on="2025-03-02", authors=["张三"])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger: the packaged rulebook is F1; then two units, two members, an item."""
    with found(tmp_path / "sqmy.db", "丙", None) as desk:
        found_office(desk.ledger)
    return tmp_path / "sqmy.db"


def desk(path: Path) -> Desk:
    return open_desk(str(path), "丙")


def test_a_rehearsal_says_what_recording_says_and_leaves_nothing(path: Path) -> None:
    with desk(path) as one:
        before = content(one.ledger)
    with rehearsed(desk(path)) as rehearsal:
        shown = [
            Recorder(rehearsal).submit(DRAFT),
            Recorder(rehearsal).adopt("2025-002", "市政协", "单篇", "2025-04-01", None, None),
            Registrar(rehearsal).move("张三", "经济委", "2025-05-01"),
        ]
        assert "张三（经济委）" in map(rehearsal.register.full_name, rehearsal.register.members)
    with desk(path) as one:
        assert content(one.ledger) == before
        assert [
            Recorder(one).submit(DRAFT),
            Recorder(one).adopt("2025-002", "市政协", "单篇", "2025-04-01", None, None),
            Registrar(one).move("张三", "经济委", "2025-05-01"),
        ] == shown


def test_a_refused_rehearsal_leaves_nothing(path: Path) -> None:
    with rehearsed(desk(path)) as rehearsal:
        before = content(rehearsal.ledger)
        with pytest.raises(SqmyError, match="早于"):
            Recorder(rehearsal).adopt("2025-001", "市政协", "单篇", "2025-02-01", None, None)
    with desk(path) as one:
        assert content(one.ledger) == before


def test_nobody_waits_for_a_rehearsal_that_is_over(path: Path) -> None:
    with rehearsed(desk(path)) as rehearsal:
        Recorder(rehearsal).submit(DRAFT)
    with desk(path) as one:
        Recorder(one).submit(DRAFT)


def test_what_a_void_would_do(path: Path) -> None:
    with desk(path) as one:
        before = content(one.ledger)
        item = re.search(r"F(\d+)", str(Recorder(one).submit(DRAFT)))
        assert item
        recorded = content(one.ledger)
        done = would_void(one, f"F{item[1]}", with_dependents=False)
        assert [fact for fact, _ in done.facts] == [int(item[1])]
        with pytest.raises(SqmyError, match="没有「2025-999」"):
            would_void(one, "2025-999", with_dependents=True)
        assert content(one.ledger) == recorded != before
        assert Recorder(one).submit(DRAFT._replace(title="另一件")).fact == done.voids[0]
