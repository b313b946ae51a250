"""Several editions of a regulation in one scoring year: one rulebook, each rule with its days.

A fact earns by the edition in force on its day; a quota is owed by the edition in force on the
last day of its period. What concerns the year as a whole (total, standings, limits, awards, and
what the obligations of a clause bring together) is as the last edition of the year says.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, TypeVar

from sqmy import days
from sqmy.days import Day, Period
from sqmy.rules.rulebook import Coefficient, Combination, ItemRule, OwnSharing, Rulebook
from sqmy.rules.tasks import Quota
from sqmy.rules.words import Words


class Dated(NamedTuple):
    """An edition with the days of the year on which it is in force; None is unbounded."""

    rulebook: Rulebook
    since: Day | None
    until: Day | None


def in_year(editions: Iterable[tuple[Day | None, Rulebook]], year: Period) -> tuple[Dated, ...]:
    """The editions in force at some time of the year, in order.

    Args:
        editions: each with its first day; of two from the same day, the later takes its place.
        year: the scoring year.
    """
    ordered = sorted(enumerate(editions), key=lambda one: (one[1][0] or "", one[0]))
    by_day = {since or "": rulebook for _, (since, rulebook) in ordered}
    begun = [since for since in by_day if since <= year.last]
    found = []
    for since, following in zip(begun, [*begun[1:], None], strict=True):
        if following is None or following > year.first:
            until = days.add_days(following, -1) if following else None
            found.append(Dated(by_day[since], since or None, until))
    return tuple(found)


def joined(dated: Sequence[Dated]) -> Rulebook:
    """The year's rulebook.

    Args:
        dated: the year's editions in order, one at least.
    """
    last = dated[-1].rulebook
    if len(dated) == 1:
        return last
    return last._replace(
        clauses={clause: text for one in dated for clause, text in one.rulebook.clauses.items()},
        words=_words([one.rulebook.words for one in reversed(dated)]),
        rules=tuple(rule for at, one in enumerate(dated) for rule in _rules(one, at)),
        coefficients=tuple(
            _within(rule, one, at)
            for at, one in enumerate(dated)
            for rule in one.rulebook.coefficients
        ),
        quotas=tuple(
            _within(quota, one, at) for at, one in enumerate(dated) for quota in one.rulebook.quotas
        ),
        combinations=_combinations([one.rulebook for one in dated]),
    )


Dateable = TypeVar("Dateable", ItemRule, Coefficient, Quota)


def _within(entry: Dateable, edition: Dated, at: int) -> Dateable:
    """An entry for no other days than those of its edition; the first's has none before it."""
    since = [day for day in (entry.since, edition.since if at else None) if day]
    until = [day for day in (entry.until, edition.until) if day]
    return entry._replace(since=max(since) if since else None, until=min(until) if until else None)


def _rules(edition: Dated, at: int) -> Iterable[ItemRule]:
    sharing = edition.rulebook.sharing
    for rule in edition.rulebook.rules:
        own = rule.sharing or OwnSharing()
        shared = OwnSharing(own.members or sharing.members, own.units or sharing.units)
        dated = _within(rule, edition, at)
        yield dated._replace(sharing=shared, of_edition=edition.rulebook.edition)


def _combinations(rulebooks: Sequence[Rulebook]) -> tuple[Combination, ...]:
    """Those of the last edition, and those of earlier ones for clauses it does not combine."""
    found: list[Combination] = []
    told: set[str] = set()
    for rulebook in reversed(rulebooks):
        for one in rulebook.combinations:
            rules = tuple(clause for clause in one.rules if clause not in told)
            if rules:
                found.append(one._replace(rules=rules))
        told.update(clause for one in rulebook.combinations for clause in one.rules)
    return tuple(found)


def _words(words: Sequence[Words]) -> Words:
    """Every word of the editions; of two with one label, the one that comes first."""
    fields: dict[str, Any] = {
        field: _union(getattr(one, field) for one in words) for field in Words._fields
    }
    return Words(**fields)


def _union(lists: Iterable[Iterable[object]]) -> tuple[object, ...]:
    name: Callable[[object], object] = lambda word: getattr(word, "label", word)  # noqa: E731
    found: dict[object, object] = {}
    for words in lists:
        for word in words:
            found.setdefault(name(word), word)
    return tuple(found.values())
