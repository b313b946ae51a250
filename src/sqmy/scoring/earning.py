"""What the events of a pattern earn: steps 2 and 3 of the rulebook.

Look-up in each rule's table, conditions, coefficients, how often an item earns, combining rules,
the effect of findings, limits for each item.
"""

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from sqmy import points
from sqmy.rules.rulebook import ItemRule
from sqmy.scoring.combining import Earned, after_findings, combined, limited
from sqmy.scoring.dimensions import At, Missing, Sight
from sqmy.scoring.hits import Hit, hit_of
from sqmy.scoring.patterns import Pattern
from sqmy.scoring.sharing import factors, unagreed


class Lacking(NamedTuple):
    """An event of the year of which nobody can tell what it earns by a clause, or who gets it.

    Attributes:
        event: the event's place in the pattern.
        attribute: what is not recorded.
    """

    clause: str
    event: int
    attribute: str


def earned(pattern: Pattern, sight: Sight) -> tuple[tuple[Earned, ...], tuple[Lacking, ...]]:
    """What an item of this pattern earns in the year, in the order of the rules; what is open."""
    hits: dict[int, list[Hit]] = {}
    lacking: list[Lacking] = []
    for at, event in enumerate(pattern.events):
        for place, rule in sight.looking.get((event.kind, event.label), ()):
            hit = hit_of(rule, At(sight, pattern, at))
            missing = hit.name if isinstance(hit, Missing) else None
            if isinstance(hit, Hit):
                hits.setdefault(place, []).append(hit)
                missing = unagreed(pattern, sight, rule)
            if missing and event.within:
                lacking.append(Lacking(rule.clause, at, missing))
    found: list[Earned] = []
    for place in sorted(hits):
        found.extend(_by_rule(place, hits[place], pattern, sight))
    found = combined(found, pattern, sight)
    return tuple(limited(after_findings(found, pattern, sight), sight)), tuple(lacking)


def _by_rule(place: int, hits: list[Hit], pattern: Pattern, sight: Sight) -> list[Earned]:
    """The events that earn under one rule, by how often an item may."""
    rule = sight.rulebook.rules[place]
    first = _first_segment(rule, sight)
    chosen = (
        _each(rule, hits, pattern, first)
        if rule.once == "each"
        else _once(rule, hits, pattern, (sight, first))
    )
    own = factors(pattern, sight, rule)
    found = [
        Earned(
            place,
            hit.event,
            hit.points,
            aside,
            rule.clause,
            rule.account,
            own,
            hit.numbers if len(hit.numbers) > 1 else (),
            hit.told,
            rule.of_edition,
            hit.own,
        )
        for hit, aside in chosen
    ]
    return [line for one in found for line in (one, *_also(rule, one))]


def _also(rule: ItemRule, line: Earned) -> Iterator[Earned]:
    """The line once more in each further account."""
    for account, rate in (rule.also or {}).items():
        told = line.told if rate == 1 else f"{line.told}，每分记 {points.exact(rate)}"
        series = tuple(number * rate for number in line.series)
        yield line._replace(points=line.points * rate, account=account, series=series, told=told)


_Chosen = list[tuple[Hit, tuple[int, ...]]]
"""Events that earn, each with those that are set aside for it."""


def _each(rule: ItemRule, hits: list[Hit], pattern: Pattern, first: int) -> _Chosen:
    """Each event earns; by its how-manieth of the item, where that matters."""
    current = [hit for hit in hits if pattern.events[hit.event].segment >= first]
    if rule.ordinal != "item":
        return [(hit, ()) for hit in current]
    before = 0 if rule.scope == "year" else len(hits) - len(current)
    return [
        (hit._replace(numbers=(hit.numbers[min(nth, len(hit.numbers) - 1)],)), ())
        for nth, hit in enumerate(current, before)
    ]


def _once(rule: ItemRule, hits: list[Hit], pattern: Pattern, of: tuple[Sight, int]) -> _Chosen:
    """The earliest, or the highest, of each label or of all earns, less what the item has had."""
    (sight, first), events = of, pattern.events
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        event = events[hit.event]
        had = event.within and _was_had(rule, event.label, sight)
        if event.segment >= first or had or (rule.scope == "ever" and not event.within):
            groups.setdefault(event.label if rule.once == "per_label" else "", []).append(hit)
    chosen: _Chosen = []
    for group in groups.values():
        best = _chosen(rule, group)
        before = [hit for hit in group if events[hit.event].segment < first]
        less = _chosen(rule, before).points if before else Fraction()
        if events[best.event].segment >= first and best.points != less:
            numbers = (best.points - less, *best.numbers[1:])
            aside = tuple(other.event for other in group if other != best)
            chosen.append((best._replace(numbers=numbers), aside))
    return chosen


def _first_segment(rule: ItemRule, sight: Sight) -> int:
    """The first span of the year that the rule is for; beyond the last, if none."""
    return sum(span < rule.since for span in sight.spans) if rule.since else 0


def _was_had(rule: ItemRule, label: str, sight: Sight) -> bool:
    """Whether an earlier rule of the clause gave points for the label until this one began."""
    return any(
        other.clause == rule.clause
        and label in other.table
        and (other.since or "") < (rule.since or "")
        for other in sight.rulebook.rules
    )


def _chosen(rule: ItemRule, group: list[Hit]) -> Hit:
    """The earliest of a group, or for `highest` the weightiest (the earliest among equals)."""
    return max(group, key=Hit.weight) if rule.once == "highest" else group[0]
