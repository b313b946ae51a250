"""A correction of what was published: which lines would be others, and the facts that make them so.

Why a line is another is looked up, not computed: what was recorded since the seal about the item
that the line is about, or about the holder, or about the rulebook.
"""

from collections.abc import Container, Mapping

from sqmy import facts, terms
from sqmy.days import Period
from sqmy.errors import SqmyError
from sqmy.facts import FactId
from sqmy.ledger import history, reading, seals
from sqmy.ledger.database import Ledger
from sqmy.ledger.names import Names
from sqmy.reports.audience import View
from sqmy.reports.correction import Correction, Reason
from sqmy.reports.papers.bulletin_late import Late
from sqmy.reports.papers.periods import Rhythm, day_before
from sqmy.reports.scores import YearScores
from sqmy.reports.sealed import Sealed
from sqmy.reports.tally import Year
from sqmy.scoring.book import Key
from sqmy.scoring.differing import Differences
from sqmy.workspace import published
from sqmy.workspace.desk import HIDDEN, Desk
from sqmy.workspace.published import Told
from sqmy.workspace.sentences import sentence


def correct(desk: Desk, year: int, quarter: int | None) -> Correction:
    """What the facts of today make another of the sealed result, and why.

    Raises:
        SqmyError: the period is not sealed.
    """
    with desk.ledger.reading():
        scores = published.published(desk, year, quarter)
        if scores.sealed is None:
            told = published.told(published.period_of(desk, year, quarter))
            raise SqmyError(f"{told}得分还没有封存，不必更正：用 sqmy score 看到的就是最新的。")
        return corrected(desk, scores, scores.sealed)


def late(told: Told, span: Rhythm) -> Late | None:
    """What was recorded of an earlier part of the year after it was sealed; None for nothing.

    Args:
        told: what a bulletin is drafted from.
        span: the bulletin's period.
    """
    year = told.facts.year
    found = published.before(told.desk, year, span.period.last)
    if found is None or found.sealed is None:
        return None
    sealed = found.sealed
    part = Period(str(year), span.year.first, sealed.until)
    entries = seals.dated_since(told.desk.ledger, sealed.fact, part)
    hidden = _hidden(told.desk, sealed)
    made = Late(
        corrected(told.desk, found, sealed),
        tuple(_told(told.desk.ledger, entry, hidden) for entry in entries),
        Year(published.facts_up_to(told.desk, year, sealed.until).snapshot).span(part),
        Year(told.facts.snapshot).span(part),
        day_before(span.period.first) == sealed.until,
    )
    return made or None


def _hidden(desk: Desk, sealed: Sealed) -> frozenset[FactId]:
    """The items not told of to the desk's audience, marked when a result was sealed or since."""
    if desk.audience == "internal":
        return desk.hidden
    return desk.hidden | published.at(desk, sealed.year, sealed.until).hidden


def corrected(desk: Desk, scores: YearScores, sealed: Sealed) -> Correction:
    """What the facts of the desk make another of a sealed result, and why."""
    found = sealed.differences
    with desk.ledger.reading():
        cited = {line.line.item for change in found.holders for line in change.lines}
        view = View(desk.audience, len(_hidden(desk, sealed).intersection(cited)))
        now = published.as_of(desk, sealed.year, sealed.until)._replace(view=view)
        causes = _Causes(desk, sealed, found, now)
        return Correction(
            scores,
            now,
            sealed.what,
            causes.of_changes(),
            causes.of_standings(),
            causes.of_obligations(),
        )


class _Causes:
    """What was recorded since a seal, by what it is about."""

    def __init__(self, desk: Desk, sealed: Sealed, found: Differences, now: YearScores) -> None:
        self._ledger = desk.ledger
        self._hidden = _hidden(desk, sealed)
        self._since = since = sealed.fact
        self._found = found
        self._year = now.book.year
        self._others = seals.of_register_since(desk.ledger, since)
        self._touched = seals.touched_since(desk.ledger, since)

    def of_changes(self) -> Mapping[Key, tuple[tuple[Reason, ...], ...]]:
        """For each changed holder the reasons of each of its changed lines, in order."""
        return {
            change.holder.key: tuple(
                self._reasons(change.holder.key, line.line.item) for line in change.lines
            )
            for change in self._found.holders
        }

    def of_standings(self) -> Mapping[Key, tuple[Reason, ...]]:
        """For each holder of whom the standing alone is another what was recorded about it."""
        return {
            change.holder.key: tuple(
                _told(self._ledger, entry, self._hidden)
                for entry in self._others
                if change.holder.key[1] in self._concerned(change.holder.key[0], entry)
            )
            for change in self._found.holders
            if not change.lines
        }

    def of_obligations(self) -> Mapping[Key, tuple[Reason, ...]]:
        """For each holder of a changed obligation what was recorded about it."""
        keys = dict.fromkeys(one.key for pair in self._found.obligations for one in pair if one)
        return {key: self._reasons(key, None) for key in keys}

    def _reasons(self, key: Key, item: FactId | None) -> tuple[Reason, ...]:
        entries = seals.about_item_since(self._ledger, self._since, item) if item else []
        entries = entries or self._about(key)
        entries = entries or [entry for entry in self._others if entry.kind in _OF_RULES]
        return tuple(_told(self._ledger, entry, self._hidden, item) for entry in entries)

    def _about(self, key: Key) -> list[history.Entry]:
        """What was recorded about a holder, and about the year's items that it signed."""
        what, identity = key
        found = {entry for entry in self._others if identity in self._concerned(what, entry)}
        for item in seals.signed(self._ledger, what, identity, self._year, self._touched):
            found.update(seals.about_item_since(self._ledger, self._since, item))
        return sorted(found)

    def _concerned(self, what: str, entry: history.Entry) -> set[FactId | None]:
        """The members, or the units, that an entry of the register is about."""
        fact = _fact(self._ledger, entry.seq)
        if isinstance(fact, facts.Void):
            fact = _fact(self._ledger, fact.target)
        if isinstance(fact, facts.Departure):
            fact = _fact(self._ledger, fact.appointment)
        if isinstance(fact, facts.Merger) and what == "member":
            return {fact.member, fact.into}
        return {getattr(fact, what, None)}


def _fact(ledger: Ledger, seq: FactId) -> facts.Fact:
    return reading.fact_at(ledger, seq, reading.kind_at(ledger, seq))


def _told(
    ledger: Ledger,
    entry: history.Entry,
    hidden: Container[FactId],
    within: FactId | None = None,
) -> Reason:
    """An entry in words; beside the item that it is about, the item is not named again."""
    fact = _fact(ledger, entry.seq)
    meant = _fact(ledger, fact.target) if isinstance(fact, facts.Void) else fact
    if getattr(meant, "item", None) in hidden:
        words = f"{HIDDEN.title}：{terms.KINDS[entry.kind]}"
    else:
        words = sentence(fact, Names(ledger, within))
    return Reason(entry.seq, entry.recorded_at[:10], words)


_OF_RULES = {"edition", "ruling"}
