"""A year as it was published: every paper of a sealed period is made from what stands here.

What a seal keeps (points, places, lines, tasks) is read from it, whatever is recorded later. What
it does not keep is counted from the facts as they stood when it was recorded, so that all figures
of a paper are of one moment. What the facts of today would make another is told beside them.

A result is sealed up to a day: a paper of a period belongs to the seal that reaches its last day,
to the newest where there are several, and of those that reach beyond it to the nearest.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property
from typing import NamedTuple

from sqmy import terms
from sqmy.days import Day, Period, periods
from sqmy.errors import LedgerError, SqmyError
from sqmy.facts import Edition, FactId
from sqmy.ledger import reading, seals
from sqmy.ledger.chain import sha256
from sqmy.ledger.copying import as_it_stood
from sqmy.ledger.seals import Kept
from sqmy.reports.audience import View
from sqmy.reports.scores import Source, YearScores
from sqmy.reports.sealed import Sealed
from sqmy.scoring import kept
from sqmy.scoring.book import ScoreBook
from sqmy.scoring.differing import UNCHANGED, Differences, differences
from sqmy.scoring.engine import score
from sqmy.snapshot import until
from sqmy.workspace.desk import HIDDEN, Desk
from sqmy.workspace.scores import (
    YearFacts,
    scored,
    undisturbed,
    year_facts,
    year_scores,
)

QUARTERS = 4


class Past(Desk):
    """The desk as it stood when a result was sealed, for the audience of today.

    Args:
        desk: with an open ledger.
        kept: the seal.
    """

    def __init__(self, desk: Desk, kept: Kept) -> None:
        super().__init__(as_it_stood(desk.ledger, kept.fact), desk.operator, desk.audience)
        self.kept = kept
        self._today = desk

    @property
    def anchor(self) -> tuple[FactId, str]:
        """The last place of the ledger of today: that is where a paper is made."""
        return self._today.anchor

    @cached_property
    def hidden(self) -> frozenset[FactId]:
        """The items that the audience is not told of, marked then or since, voided or not."""
        if self.audience == "internal":
            return frozenset()
        gone = reading.attribute_of_voided(self._today.ledger, terms.CONFIDENTIALITY)
        voided = {item for item, mark in gone if terms.hidden_from(self.audience, mark)}
        return super().hidden | self._today.hidden | voided


def at(desk: Desk, year: int, day: Day | None = None) -> Desk:
    """The desk at which a year's papers up to a day are made: where it is sealed, as it stood then.

    Args:
        desk: with an open ledger.
        year: the scoring year.
        day: the last that counts; the year's, if None.
    """
    found = seals.covering(desk.ledger, year, day or whole(desk, year).last)
    return desk if found is None else when(desk, found)


def when(desk: Desk, found: Kept) -> Desk:
    """The desk as it stood when a result was sealed."""
    if reading.head(desk.ledger)[0] == found.fact:  # nothing was recorded since
        return desk
    if found.fact not in desk.past:
        desk.past[found.fact] = Past(desk, found)
    return desk.past[found.fact]


# -- periods -----------------------------------------------------------------------------------


def whole(desk: Desk, year: int) -> Period:
    """A scoring year."""
    return periods(year, "year", desk.rulebook_in(year).year.start)[0]


def period_of(desk: Desk, year: int, quarter: int | None) -> Period:
    """The scoring year, or the part of it that ends with a quarter.

    Raises:
        SqmyError: there is no such quarter.
    """
    first, start = whole(desk, year), desk.rulebook_in(year).year.start
    if quarter is None:
        return first
    if not 1 <= quarter <= QUARTERS:
        raise SqmyError(f"没有第 {quarter} 季度：只有 1 至 {QUARTERS}。")
    last = periods(year, "quarter", start)[quarter - 1]
    return last._replace(first=first.first)


def told(period: Period) -> str:
    """What a period is called where its result is meant."""
    return terms.sealed_period(int(period.label[:4]), period.label, period.last)


# -- results -----------------------------------------------------------------------------------


def current(desk: Desk, year: int, quarter: int | None = None) -> YearScores:
    """What the facts of today come to: of a year, or of what is dated up to a quarter's end."""
    if quarter is None:
        return year_scores(desk, year)
    return as_of(desk, year, period_of(desk, year, quarter).last)


def as_of(desk: Desk, year: int, day: Day, *, titled: bool = True) -> YearScores:
    """What the facts of the desk come to up to a day of the year, read with titles or without."""
    if day == whole(desk, year).last:
        return year_scores(desk, year, titled=titled)
    scores = scored(desk, _until(year_facts(desk, year), day), titled=titled)
    due = tuple(o for o in scores.book.obligations if o.period.last <= day)
    return scores._replace(book=scores.book._replace(obligations=due), until=day)


def _until(facts: YearFacts, day: Day) -> YearFacts:
    with undisturbed():
        return facts._replace(snapshot=until(facts.snapshot, day))


def published(desk: Desk, year: int, quarter: int | None = None) -> YearScores:
    """The sealed result, with what would be another today; where none is sealed, the current."""
    found = seals.latest(desk.ledger, year, period_of(desk, year, quarter).last)
    return current(desk, year, quarter) if found is None else told_by(desk, found)


def covering(desk: Desk, year: int, day: Day) -> YearScores:
    """The sealed result that reaches a day, though it may reach beyond; else the year's current.

    Of what came due up to that day it says what was published.
    """
    found = seals.covering(desk.ledger, year, day)
    return year_scores(desk, year) if found is None else told_by(desk, found)


def before(desk: Desk, year: int, day: Day) -> YearScores | None:
    """The sealed result of a year that ends nearest before a day, with its differences."""
    found = seals.before(desk.ledger, year, day)
    return None if found is None else told_by(desk, found)


class Told(NamedTuple):
    """What a paper of a year up to a day is made from, all as it was published.

    Attributes:
        desk: as it stood.
        facts: up to that day.
        scores: likewise; the sealed ones where that very day was sealed.
    """

    desk: Desk
    facts: YearFacts
    scores: YearScores


def up_to(desk: Desk, year: int, day: Day, *, ordered: bool = False, titled: bool = True) -> Told:
    """A year up to a day.

    Args:
        desk: with an open ledger.
        year: the scoring year.
        day: the last that counts.
        ordered: read the order of signature, even where no points hang on it.
        titled: read the items' titles too, which totals and places do without.
    """
    own = at(desk, year, day)
    facts = facts_up_to(desk, year, day, ordered=ordered)
    found = seals.covering(desk.ledger, year, day)
    if found is None:
        return Told(own, facts, scored(own, facts, titled=titled))
    if found.seal.until == day:
        scores = told_by(desk, found)
        if titled:
            items = own.hidden.intersection(facts.snapshot.items.item)
            view = View(desk.audience, len(items))
            scores = scores._replace(titles=own.titles(), view=view)
        return Told(own, facts, scores)
    return Told(
        own, facts, scored(own, facts, titled=titled)._replace(sealed=_compared(desk, found))
    )


def facts_up_to(desk: Desk, year: int, day: Day, *, ordered: bool = False) -> YearFacts:
    """The facts of a year up to a day, as they stood when that was sealed."""
    return _until(year_facts(at(desk, year, day), year, ordered=ordered), day)


# -- reading what was sealed -------------------------------------------------------------------


def told_by(desk: Desk, found: Kept) -> YearScores:
    """The result that a seal kept, told to the desk's audience.

    Raises:
        LedgerError: it cannot be read.
    """
    year = found.seal.year
    try:
        result = json.loads(found.seal.result)
        book = kept.load(result["book"], _counted_then(desk, found))
        sources = tuple(Source(**source) for source in result["rulebooks"])
        titles = {int(item): reading.Title(*title) for item, title in result["titles"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LedgerError(f"封存的结果 F{found.fact} 读不出来。请用 sqmy verify 检查。") from error
    # the office itself is told everything, so that nothing need be laid out for it
    hidden = desk.hidden if desk.audience == "internal" else when(desk, found).hidden
    shown: Mapping[FactId, reading.Title] = titles | {
        item: HIDDEN for item in hidden if item in titles
    }
    return YearScores(
        book,
        desk.rulebook_in(year, _editions(desk, sources)),
        sources,
        shown,
        *desk.anchor,
        View(desk.audience, len(hidden.intersection(titles))),
        tuple(one for one in reading.rulings(desk.ledger) if one[0] < found.fact),
        until=None if found.seal.until == book.year.last else found.seal.until,
        sealed=_compared(desk, found, book),
    )


def _counted_then(desk: Desk, found: Kept) -> Callable[[], ScoreBook]:
    """The book of the facts as they stood, which knows what was not kept; made when asked for."""

    @cache
    def made() -> ScoreBook:
        facts = _until(year_facts(when(desk, found), found.seal.year), found.seal.until)
        with undisturbed():
            return score(facts.snapshot, facts.rulebook, facts.year)

    return made


def _compared(desk: Desk, found: Kept, book: ScoreBook | None = None) -> Sealed:
    """A seal, with what the facts of today would make another."""
    if book is None:
        scores = told_by(desk, found)
        assert scores.sealed is not None  # noqa: S101 — it was sealed
        return scores.sealed
    now = as_of(desk, found.seal.year, found.seal.until, titled=False)
    sealed = seal_of(found, differences(book, now.book))
    return sealed._replace(operator="") if desk.audience == "public" else sealed


def seal_of(found: Kept, since: Differences = UNCHANGED) -> Sealed:
    """A seal as reports know it, with what the facts recorded since make another."""
    seal, day = found.seal, found.recorded_at[:10]
    who, last = found.operator, seal.until
    return Sealed(found.fact, day, who, seal.year, seal.period, last, seal.output, since)


def _editions(desk: Desk, sources: Iterable[Source]) -> list[Edition]:
    """The editions that scored, which the ledger still holds."""
    held = {sha256(edition.text): edition for _, edition in desk.editions}
    return [held[source.sha256] for source in sources if source.sha256 in held]
