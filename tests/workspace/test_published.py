"""Bulletins follow from one another: what was published, what came late, what came since."""

import random
import sqlite3
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from build import Built
from counties import county
from drafted import ISSUE, profile
from sqmy import facts
from sqmy.ledger.records import Records
from sqmy.reports.papers.bulletin import Bulletin
from sqmy.reports.tally import total
from sqmy.scoring import engine
from sqmy.scoring.book import Key
from sqmy.workspace import papers, published, sealing
from sqmy.workspace.desk import Desk
from sqmy.workspace.rulebooks import edition_of
from sqmy.workspace.undoing import void

YEAR = 2025
MEASURES = ("submitted", "adopted", "instructions")


class Office:
    """A random county whose quarters are sealed one after the other, with late facts between."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.built = Built(county(seed))
        with self.built.ledger.writing():
            Records(self.built.ledger, "李文").adopt_rulebook(edition_of(None))

    @property
    def desk(self) -> Desk:
        return Desk(self.built.ledger, "李文")

    def bulletin(self, nth: int, length: str = "quarter") -> Bulletin:
        at = self.desk
        return Bulletin(
            papers.material(at, papers.rhythm_of(at, YEAR, length, nth)), profile(), ISSUE
        )

    def late(self, last: str) -> None:
        """Facts of every kind, dated up to a day of the year, and voids of some."""
        for (seq,) in self.chance.sample(self._live(last), min(3, len(self._live(last)))):
            if (seq,) in self._live(last):
                void(self.desk, f"F{seq}", "误录", with_dependents=True)
        items = self.built.ledger.rows(
            "SELECT item FROM live_submission WHERE submitted_on <= :last", {"last": last}
        )
        for (item,) in self.chance.sample(items, min(4, len(items))):
            with self.built.ledger.writing():
                records = Records(self.built.ledger, "李文")
                records.adopt(facts.Adoption(item, "省政协", "whole", last))
                records.instruct(facts.Instruction(item, "省级领导", last, None))
                records.find(facts.Finding("报刊抄袭", last, "查实", item=item))

    def _live(self, last: str) -> list[tuple[int]]:
        return [
            (seq,)
            for (seq,) in self.built.ledger.rows(
                "SELECT fact FROM live_adoption WHERE adopted_on <= :last"
                " UNION SELECT item FROM live_submission WHERE submitted_on <= :last"
                " AND submitted_on >= '2025-01-01'",
                {"last": last},
            )
        ]


def points(bulletin: Bulletin) -> dict[Key, Fraction]:
    return {one.key: one.total for one in bulletin.material.scores.holders()}


def told(bulletin: Bulletin) -> dict[str, Any]:
    value = bulletin.value()
    value.pop("sealed", None)
    return value


@pytest.mark.parametrize("seed", range(3100, 3106))
def test_each_bulletin_follows_from_the_last(seed: int) -> None:
    office = Office(seed)
    ends = ["2025-03-31", "2025-06-30", "2025-09-30", "2025-12-31"]
    earlier: Bulletin | None = None
    issued = []
    for nth, last in enumerate(ends, 1):
        bulletin = office.bulletin(nth)
        late = bulletin.material.late
        if earlier:
            assert bulletin.material.earned_before == points(earlier)
            was, now = total(earlier.counted.so_far), total(bulletin.counted.so_far)
            since = total(late.published), total(late.now)
            assert [getattr(since[0], m) for m in MEASURES] == [getattr(was, m) for m in MEASURES]
            enclosed = late.section(bulletin.counted.so_far, "累计").body[0]
            for row, measure in zip(enclosed.rows, MEASURES, strict=True):
                assert sum(int(str(cell)) for cell in row[1:4]) == int(str(row[4]))
                assert row[4] == getattr(now, measure)
            changed = sum(
                (change.difference for change in late.correction.differences.holders), Fraction()
            )
            in_late = sum(
                (
                    Fraction(line.after.points if line.after else 0)
                    - (line.before.points if line.before else 0)
                    for change in late.correction.differences.holders
                    for line in change.lines
                ),
                Fraction(),
            )
            assert changed == in_late
        assert bulletin.faults() == []
        sealing.seal(office.desk, YEAR, nth, None)
        issued.append((nth, told(office.bulletin(nth))))
        earlier = office.bulletin(nth)
        assert told(earlier) == told(bulletin)
        office.late(last)
    for nth, then in issued:
        assert told(office.bulletin(nth)) == then, nth
    assert told(office.bulletin(1, "year"))["units"]


def test_another_way_of_computing_rewrites_no_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """A later version of the program that gives other points."""
    office = Office(3101)
    sealing.seal(office.desk, YEAR, None, None)
    before = told(office.bulletin(1, "year"))
    usual: Callable[..., Any] = engine.score

    def generous(*args: Any, **more: Any) -> Any:  # noqa: ANN401 — as the engine's own
        book = usual(*args, **more)
        return book._replace(
            units=tuple(one._replace(total=one.total + 1) for one in book.units),
            members=tuple(one._replace(total=one.total + 1) for one in book.members),
        )

    monkeypatch.setattr("sqmy.workspace.scores.score", generous)
    monkeypatch.setattr("sqmy.workspace.published.score", generous)
    assert told(office.bulletin(1, "year")) == before


def test_what_nothing_came_after_is_not_laid_out_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    office = Office(3102)
    sealing.seal(office.desk, YEAR, None, None)
    monkeypatch.setattr(published, "as_it_stood", None)
    desk = office.desk
    assert published.at(desk, YEAR) is desk
    assert office.bulletin(1, "year").material.scores.sealed


def test_the_ledger_as_it_stood_is_closed_with_the_desk() -> None:
    office = Office(3103)
    sealing.seal(office.desk, YEAR, None, None)
    office.late("2025-12-31")
    desk = office.desk
    past = published.at(desk, YEAR)
    assert published.at(desk, YEAR, "2025-06-30") is past
    assert past.anchor == desk.anchor
    with desk:
        assert past.ledger.row("SELECT 1")
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        past.ledger.row("SELECT 1")
