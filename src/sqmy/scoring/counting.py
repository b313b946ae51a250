"""What quotas count event by event: conditions, weights, weeks, points and rates."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import NamedTuple

from sqmy.days import Day, Period
from sqmy.facts import FactId
from sqmy.rules.tasks import Quota
from sqmy.scoring.book import Key, PointLine
from sqmy.scoring.dimensions import At, Missing, Sight
from sqmy.scoring.patterns import Eventful, Pattern
from sqmy.scoring.quotas import counts_for

_EVENT = {"submitted": "submission", "forwarded": "forwarding", "adopted": "adoption"}


class Counting:
    """Counts for one holder, one quota and one period.

    Args:
        found: the eventful items of the year.
        sight: the rulebook's eyes.
        place_of: where each item stands in `found`.
        lines_of: a holder's lines from items, in points.
    """

    def __init__(
        self,
        found: Eventful,
        sight: Sight,
        place_of: Callable[[FactId], int],
        lines_of: Callable[[Key], Iterable[PointLine]],
    ) -> None:
        self._found = found
        self._sight = sight
        self._place_of = place_of
        self._lines_of = lines_of
        # by the quota's identity: it holds mappings, and there is one of each
        self._weights: dict[tuple[int, str], list[dict[int, Fraction]]] = {}
        self._dated: dict[tuple[Key, int, str], list[_Dated]] = {}

    def __call__(self, key: Key, quota: Quota, period: Period) -> Fraction:
        """How much of the quota the holder did in the period."""
        if quota.points is not None:
            points = (line.points for line in self._lines_of(key) if line.day in period)
            return sum(points, Fraction())
        if quota.rate is None:
            return self.events(key, quota, quota.metric, period)
        submitted = self.events(key, quota, "submitted", period)
        if not submitted:
            return quota.rate if quota.nothing_submitted == "met" else Fraction()
        return self.events(key, quota, "adopted", period) / submitted

    def events(self, key: Key, quota: Quota, metric: str, period: Period) -> Fraction:
        """The holder's items with such an event in the period, each once, by their weight."""
        best: dict[FactId, Fraction] = {}
        for item, day, weight in self._dated_of(key, quota, metric):
            if day in period:
                best[item] = max(best.get(item, Fraction()), weight)
        return sum(best.values(), Fraction())

    def _dated_of(self, key: Key, quota: Quota, metric: str) -> list["_Dated"]:
        """Each event of the holder that counts, with its day and how much."""
        wanted = (key, id(quota), metric)
        if wanted not in self._dated:
            self._dated[wanted] = list(self._read(key, quota, metric))
        return self._dated[wanted]

    def _read(self, key: Key, quota: Quota, metric: str) -> Iterable["_Dated"]:
        found, joint = self._found, self._sight.rulebook.counting.joint
        own = (found.authors if key[0] == "member" else found.units).get(key[1])
        weights = self._of_patterns(quota, metric, key[0])
        for item, rank in zip(*own, strict=True) if own else ():
            place = self._place_of(item)
            pattern = found.pattern[place]
            part = Fraction(1)
            if key[0] == "member" and joint == "first":
                part = Fraction(int(rank == 0))
            elif key[0] == "member" and joint == "part":
                part = Fraction(1, found.patterns[pattern].authors)
            for at, weight in weights[pattern].items():
                yield _Dated(item, found.days[found.events[place][at]], weight * part)

    def _of_patterns(self, quota: Quota, metric: str, holder: str) -> list[dict[int, Fraction]]:
        """For each pattern the events that count, each with its weight."""
        wanted = (id(quota), f"{metric} {holder}")
        if wanted not in self._weights:
            count = self._sight.rulebook.counting
            self._weights[wanted] = [
                dict(self._matching(pattern, quota, metric))
                if counts_for(pattern, "member" if holder == "member" else "unit", count)
                else {}
                for pattern in self._found.patterns
            ]
        return self._weights[wanted]

    def _matching(
        self, pattern: Pattern, quota: Quota, metric: str
    ) -> Iterable[tuple[int, Fraction]]:
        for place, event in enumerate(pattern.events):
            if event.kind != _EVENT[metric] or not event.within:
                continue
            if metric == "adopted" and quota.channels and event.label not in quota.channels:
                continue
            at = At(self._sight, pattern, place)
            if at.fails_tests(quota.when or {}) is not None:
                continue
            weight = at.amount(quota.weights.amounts, quota.weights.by) if quota.weights else None
            if isinstance(weight, Missing):
                continue
            yield place, Fraction(1) if weight is None else (weight or (Fraction(),))[0]


class _Dated(NamedTuple):
    """An event that counts."""

    item: FactId
    day: Day
    weight: Fraction


def places(found: Eventful) -> dict[FactId, int]:
    """Where each item stands among the eventful ones."""
    return {item: place for place, item in enumerate(found.item)}


def sums_by(lines: Iterable[PointLine], periods: Iterable[Period]) -> dict[str, Fraction]:
    """The points of lines by the period that they count in."""
    spans = list(periods)
    found: dict[str, Fraction] = defaultdict(Fraction)
    for line in lines:
        for span in spans:
            if line.day in span:
                found[span.label] += line.points
    return found
