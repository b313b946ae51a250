"""The year scored: snapshot, rulebook and titles brought together."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from sqmy.days import periods
from sqmy.errors import AmbiguousError, NotFoundError, SqmyError
from sqmy.facts import Edition, FactId
from sqmy.ledger import reading
from sqmy.ledger.chain import sha256
from sqmy.ledger.circumstances import Only
from sqmy.ledger.snapshot import snapshot
from sqmy.reports.audience import View
from sqmy.reports.scores import Source, YearScores
from sqmy.rules import looking
from sqmy.rules.rulebook import Rulebook
from sqmy.scoring.book import Holder, Key, ScoreBook
from sqmy.scoring.engine import score
from sqmy.snapshot import Snapshot
from sqmy.workspace.desk import Desk


def year_scores(
    desk: Desk, year: int, edition: Edition | None = None, *, titled: bool = True
) -> YearScores:
    """The points of a year by the edition then in force, or by `edition` as a trial.

    Args:
        desk: with an open ledger.
        year: the scoring year.
        edition: a rulebook that is not the ledger's.
        titled: read the items' titles too, which obligations do without.
    """
    return scored(desk, year_facts(desk, year, edition), titled=titled)


class YearFacts(NamedTuple):
    """What a year is scored and counted from; its editions in the order of coming into force."""

    year: int
    editions: tuple[Edition, ...]
    rulebook: Rulebook
    snapshot: Snapshot


def year_facts(
    desk: Desk, year: int, edition: Edition | None = None, *, ordered: bool = False
) -> YearFacts:
    """The facts of a year, with the edition then in force or another one.

    Args:
        desk: with an open ledger.
        year: the scoring year.
        edition: a rulebook that is not the ledger's.
        ordered: read the order of signature, even where no points hang on it.
    """
    in_force = (edition,) if edition else desk.editions_of(year)
    rulebook = desk.rulebook_of(edition) if edition else desk.rulebook_in(year)
    period = periods(year, "year", rulebook.year.start)[0]
    reads = looking.reads(rulebook)
    needed = reads._replace(ordered=ordered or reads.ordered)
    with undisturbed():
        found = snapshot(desk.ledger, period, reads=needed)
    return YearFacts(year, in_force, rulebook, found)


def scored(desk: Desk, facts: YearFacts, *, titled: bool = True) -> YearScores:
    """The points of a year's facts, told to the desk's audience."""
    with undisturbed():
        book = score(facts.snapshot, facts.rulebook, facts.year)
    items = facts.snapshot.items.item
    view = View(desk.audience, len(desk.hidden.intersection(items)) if titled else 0)
    return _told(desk, book, facts, desk.titles() if titled else {}, view)


def holder_scores(desk: Desk, year: int, spelling: str) -> tuple[YearScores, Holder]:
    """The points of one holder, computed from its own items alone, without a standing.

    Raises:
        NotFoundError, AmbiguousError: nobody, or more than one, answers to the name.
        SqmyError: known, but not listed in the year.
    """
    key = key_called(desk, spelling)
    rulebook = desk.rulebook_in(year)
    period = periods(year, "year", rulebook.year.start)[0]
    reads = looking.reads(rulebook)
    only = None if reads.crossing else Only(*key)
    found = snapshot(desk.ledger, period, only, reads=reads, people=desk.register)
    facts = YearFacts(year, desk.editions_of(year), rulebook, found)
    book = score(found, rulebook, year, key)
    listed = (*book.members, *book.units)
    if not listed:
        raise SqmyError(
            f"「{spelling}」不在 {period.chinese}的考评范围内：本年没有本地身份，"
            "或单位不参评，因此没有得分。"
        )
    told = [line.item for line in book.lines_of(key) if line.item is not None]
    view = View(desk.audience, len(desk.hidden.intersection(told)))
    return _told(desk, book, facts, desk.titles(told), view), listed[0]


def _told(
    desk: Desk,
    book: ScoreBook,
    facts: YearFacts,
    titles: Mapping[FactId, tuple[str, str]],
    view: View,
) -> YearScores:
    sources = tuple(
        Source(edition.name, edition.edition, sha256(edition.text), edition.since)
        for edition in facts.editions
    )
    seq, head = reading.head(desk.ledger)
    return YearScores(book, facts.rulebook, sources, titles, seq, head, view)


@contextmanager
def undisturbed() -> Iterator[None]:
    """No search for reference cycles meanwhile: millions of new values hold none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def key_called(desk: Desk, spelling: str) -> Key:
    """The member or unit of that name."""
    register = desk.register
    keys: list[Key] = [("member", member) for member in register.members_called(spelling)]
    keys += [("unit", unit) for unit in register.units_called(spelling)]
    if len(keys) > 1:
        names = (
            f"{register.full_name(i) if kind == 'member' else register.units[i].name} F{i}"
            for kind, i in keys
        )
        raise AmbiguousError("名称", spelling, names)
    if not keys:
        raise NotFoundError("人员或单位", spelling, "用 sqmy member list 或 sqmy unit list 查看。")
    return keys[0]
