"""What quotas count event by event: conditions, weights, weeks, points and rates."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import NamedTuple

from sqmy.days import Day, Period
from sqmy.facts import FactId
from sqmy.rules.tasks import Quota
from sqmy.scoring.book import Key, PointLine, Quantity
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
        self._weights: dict[tuple[int, str], list[dict[int, Quantity]]] = {}
        self._dated: dict[tuple[Key, int, str], list[_Dated]] = {}

    def __call__(self, key: Key, quota: Quota, period: Period) -> Quantity:
        """How much of the quota the holder did in the period."""
        if quota.points is not None:
            points = (line.points for line in self._lines_of(key) if line.day in period)
            return sum(points, Fraction())
        if quota.rate is None:
            return self.events(key, quota, quota.metric, period)
        submitted = self.events(key, quota, "submitted", period)
        if not submitted:
            return quota.rate if quota.nothing_submitted == "met" else Fraction()
        return Fraction(self.events(key, quota, "adopted", period)) / submitted

    def events(self, key: Key, quota: Quota, metric: str, period: Period) -> Quantity:
        """The holder's items with such an event in the period, each once, by their weight.

        Where a quota counts distinct values of an attribute, each of these once.
        """
        dated = self._dated_of(key, quota, metric)
        first = bisect_left(dated, period.first, key=_Dated.on)
        last = bisect_right(dated, period.last, key=_Dated.on)
        best: dict[FactId | str, Quantity] = {}
        for one, _, weight in dated[first:last]:
            best[one] = max(best.get(one, weight), weight)
        return sum(best.values())

    def _dated_of(self, key: Key, quota: Quota, metric: str) -> list["_Dated"]:
        """Each event of the holder that counts, with its day and how much, by day."""
        wanted = (key, id(quota), metric)
        if wanted not in self._dated:
            self._dated[wanted] = sorted(self._read(key, quota, metric), key=_Dated.on)
        return self._dated[wanted]

    def _read(self, key: Key, quota: Quota, metric: str) -> Iterable["_Dated"]:
        found, joint = self._found, self._sight.rulebook.counting.joint
        own = (found.authors if key[0] == "member" else found.units).get(key[1])
        weights = self._of_patterns(quota, metric, key[0])
        for item, rank in zip(*own, strict=True) if own else ():
            place = self._place_of(item)
            pattern = found.pattern[place]
            if key[0] == "member" and joint == "first" and rank:
                continue
            authors = found.patterns[pattern].authors
            shared = key[0] == "member" and joint == "part" and authors > 1
            one: FactId | str = item
            if quota.distinct:
                one = dict(found.patterns[pattern].traits).get(quota.distinct, "")
            for at, weight in weights[pattern].items():
                day = found.days[found.events[place][at]]
                yield _Dated(one, day, Fraction(weight) / authors if shared else weight)

    def _of_patterns(self, quota: Quota, metric: str, holder: str) -> list[dict[int, Quantity]]:
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
    ) -> Iterable[tuple[int, Quantity]]:
        for place, weight in self._looked_at(pattern, quota, metric):
            if not isinstance(weight, Missing):
                yield place, weight

    def _looked_at(
        self, pattern: Pattern, quota: Quota, metric: str
    ) -> Iterable[tuple[int, Quantity | Missing]]:
        """The events of the metric that pass the conditions, with how much each counts."""
        if quota.distinct and quota.distinct not in dict(pattern.traits):
            return
        for place, event in enumerate(pattern.events):
            if event.kind != _EVENT[metric] or not (event.within or quota.per == "week"):
                continue  # the year's first week may begin before the year
            if metric == "adopted" and quota.channels and event.label not in quota.channels:
                continue
            at = At(self._sight, pattern, place)
            failed = at.fails_tests(self._sight.rulebook.counting.when or {}, quota.when or {})
            if isinstance(failed, Missing):
                yield place, failed
            elif failed is None:
                yield place, _weight(quota, at)

    def undecided(self, quota: Quota) -> list[tuple[tuple[int, str], ...]]:
        """For each pattern the events that nobody can tell whether they count, or how much.

        Each with the attribute that is not recorded.
        """
        metrics = {"rate": ("submitted", "adopted"), "points": ()}
        return [
            tuple(
                (at, weight.name)
                for metric in metrics.get(quota.metric, (quota.metric,))
                for at, weight in self._looked_at(pattern, quota, metric)
                if isinstance(weight, Missing) and pattern.events[at].within
            )
            for pattern in self._found.patterns
        ]


def _weight(quota: Quota, at: At) -> Quantity | Missing:
    """How much an event counts for a quota."""
    if quota.weights is None:
        return 1
    weight = at.amount(quota.weights.amounts, quota.weights.by)
    return weight if isinstance(weight, Missing) else (weight or (Fraction(),))[0]


class _Dated(NamedTuple):
    """An event that counts.

    Attributes:
        one: the item, or the value, that counts once.
    """

    one: FactId | str
    day: Day
    weight: Quantity

    def on(self) -> Day:
        """The day, to sort by."""
        return self.day


def places(found: Eventful) -> dict[FactId, int]:
    """Where each item stands among the eventful ones."""
    return {item: place for place, item in enumerate(found.item)}
