"""The year scored: snapshot, rulebook and titles brought together."""

import gc
from collections.abc import Container, Iterator, Mapping
from contextlib import contextmanager
from typing import Final, NamedTuple

from sqmy import text
from sqmy.days import periods, today
from sqmy.errors import AmbiguousError, NotFoundError, SqmyError
from sqmy.facts import Edition, FactId
from sqmy.ledger import reading
from sqmy.ledger.chain import sha256
from sqmy.ledger.circumstances import Only
from sqmy.ledger.names import Names
from sqmy.ledger.reading import fact_at
from sqmy.ledger.snapshot import snapshot
from sqmy.reports.audience import View
from sqmy.reports.explain import Explained, ItemExplained
from sqmy.reports.scores import Source, YearScores
from sqmy.rules import looking
from sqmy.rules.rulebook import Rulebook
from sqmy.scoring.book import Key, LeftOut, ScoreBook
from sqmy.scoring.engine import score
from sqmy.snapshot import Snapshot
from sqmy.workspace.desk import Desk
from sqmy.workspace.prospects import prospects
from sqmy.workspace.sentences import sentence


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


def holder_scores(desk: Desk, year: int, spelling: str) -> Explained:
    """The points of one holder, computed from its own items alone, without a standing.

    With what did not count, and what one more adoption would bring.

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
    own = signed(found, key)
    view = View(desk.audience, len(desk.hidden.intersection(own)))
    scores = _told(desk, book, facts, desk.titles(sorted(own)), view)
    ahead = prospects(found, rulebook, year, listed[0], today())
    return Explained(scores, listed[0], (*book.left_out(key), *voided(desk, own)), ahead)


def item_scores(desk: Desk, year: int, number: str) -> ItemExplained | None:
    """What one item brought in a year, to whom, and what of it did not count.

    Returns:
        None where no live item has that number.
    """
    item = reading.item_numbered(desk.ledger, text.name(number, "编号"))
    if item is None:
        return None
    rulebook = desk.rulebook_in(year)
    period = periods(year, "year", rulebook.year.start)[0]
    found = snapshot(
        desk.ledger,
        period,
        Only("item", item),
        reads=looking.reads(rulebook),
        people=desk.register,
    )
    book = score(found, rulebook, year)
    facts = YearFacts(year, desk.editions_of(year), rulebook, found)
    view = View(desk.audience, len(desk.hidden.intersection({item})))
    scores = _told(desk, book, facts, desk.titles([item]), view)
    left: dict[FactId, LeftOut] = {}
    counted: set[FactId | None] = set()
    for what, by in (("member", found.authors), ("unit", found.units)):
        for holder in by:
            key: Key = ("member", holder) if what == "member" else ("unit", holder)
            left.update({one.fact: one for one in book.left_out(key)})
            counted.update(line.fact for line in book.lines_of(key))
    kept = tuple(one for fact, one in sorted(left.items()) if fact not in counted)
    return ItemExplained(scores, item, (*kept, *voided(desk, {item})))


def signed(snapshot: Snapshot, key: Key) -> set[FactId]:
    """The items that a holder signed."""
    own = (snapshot.authors if key[0] == "member" else snapshot.units).get(key[1])
    return set(own.item if own else ())


def voided(desk: Desk, items: Container[FactId]) -> tuple[LeftOut, ...]:
    """The voided facts about these items."""

    def told(fact: FactId, kind: str, item: FactId) -> str:
        names = Names(desk.ledger, item if item in desk.hidden else None)
        return sentence(fact_at(desk.ledger, fact, kind), names)

    return tuple(
        LeftOut(item, fact, told(fact, kind, item), f"已撤销：{reason}")
        for fact, kind, item, reason in reading.voided_events(desk.ledger)
        if item in items
    )


def _told(
    desk: Desk,
    book: ScoreBook,
    facts: YearFacts,
    titles: Mapping[FactId, tuple[str, str]],
    view: View,
) -> YearScores:
    sources = tuple(map(source_of, facts.editions))
    rulings = reading.rulings(desk.ledger)
    return YearScores(book, facts.rulebook, sources, titles, *desk.anchor, view, rulings)


def source_of(edition: Edition) -> Source:
    """An edition as it is named beside figures."""
    return Source(edition.name, edition.edition, sha256(edition.text), edition.since)


@contextmanager
def undisturbed() -> Iterator[None]:
    """No search for reference cycles meanwhile, nor later among what was made: it holds none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if gc.get_count()[0] > _MANY:  # else the next search would go through all of them
            gc.freeze()
        if was:
            gc.enable()


_MANY: Final = 100_000
"""Of new values: a county's year has fewer."""


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
