"""Attributes as patterns see them: only those that points depend on, numbers by their bounds.

A word count matters only by the side of each bound on which it lies, so that items of 812 and of
1,455 characters share a pattern; where the very number counts, it stays.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import repeat
from typing import NamedTuple

from sqmy import days, points
from sqmy.days import Day, Period
from sqmy.facts import FactId
from sqmy.rules import looking
from sqmy.rules.rulebook import Rulebook
from sqmy.rules.words import Attribute
from sqmy.snapshot import Events, Snapshot

Named = tuple[tuple[str, str], ...]


class _Column(NamedTuple):
    attribute: Attribute
    value_of: Mapping[FactId, str]


class Traits:
    """The values of attributes that points depend on."""

    def __init__(self, snapshot: Snapshot, rulebook: Rulebook) -> None:
        bounds = looking.bounds(rulebook)
        exact = looking.scaled(rulebook)
        self._asked = looking.asked_of(rulebook)
        self._columns = [
            _Column(
                one,
                values
                if one.kind not in {"number", "date"} or one.label in exact
                else _by_bounds(values, one.kind, bounds[one.label]),
            )
            for one in looking.attributes(rulebook)
            if (values := snapshot.attributes.get(one.label))
        ]

    def of_items(self, items: Sequence[FactId]) -> Iterable[Named]:
        """For each item its attributes."""
        own = [one for one in self._columns if one.attribute.of == "item"]
        return self._named(own, items) if own else repeat((), len(items))

    def of_events(self, events: Events) -> list[Named] | None:
        """For each event those attributes of its fact that its rules ask for; None for none."""
        own = [one for one in self._columns if one.attribute.of != "item"]
        if not own:
            return None
        whole, everywhere = self._named(own, events.fact), self._asked.get(("", ""), frozenset())
        kept: dict[tuple[str, str, Named], Named] = {}
        for key in set(zip(events.kind, events.label, whole, strict=True)):
            asked = self._asked.get(key[:2], frozenset()) | everywhere
            kept[key] = tuple(pair for pair in key[2] if pair[0] in asked)
        return [kept[key] for key in zip(events.kind, events.label, whole, strict=True)]

    @staticmethod
    def _named(columns: Sequence[_Column], facts: Sequence[FactId]) -> list[Named]:
        rows = list(zip(*(map(value_of.get, facts) for _, value_of in columns), strict=True))
        named = {
            row: tuple(
                (attribute.label, value)
                for (attribute, _), value in zip(columns, row, strict=True)
                if value is not None
            )
            for row in set(rows)
        }
        return [named[row] for row in rows]


def _by_bounds(values: Mapping[FactId, str], kind: str, bounds: Iterable[str]) -> dict[FactId, str]:
    """For each value the first one met on the same side of every bound."""
    marks = sorted(comparable(kind, bound) for bound in bounds)
    first: dict[int, str] = {}
    kept: dict[str, str] = {}
    for value in set(values.values()):
        at = comparable(kind, value)
        side = bisect_left(marks, at) + bisect_right(marks, at)
        kept[value] = first.setdefault(side, value)
    return {fact: kept[value] for fact, value in values.items()}


def comparable(kind: str, value: str) -> Fraction | str:
    """A value of an attribute of that kind, so that it can be compared."""
    if kind != "number":
        return value
    return points.read(value) or Fraction()


def segments(happened: Sequence[Day], rulebook: Rulebook, year: Period) -> list[int]:
    """For each day the span of the year that it lies in, as `starts` has them; -1 before it."""
    marks = starts(rulebook, year)
    if len(marks) == 1:
        first = marks[0]
        return [-1 if day < first else 0 for day in happened]
    return [bisect_right(marks, day) - 1 for day in happened]


def starts(rulebook: Rulebook, year: Period) -> list[Day]:
    """The first days of the spans into which rules that begin or end divide the year."""
    marks = {year.first}
    for looker in looking.lookers(rulebook):
        if looker.entry.since:
            marks.add(looker.entry.since)
        if looker.entry.until:
            marks.add(days.add_days(looker.entry.until, 1))
    return sorted(mark for mark in marks if year.first <= mark <= year.last)
