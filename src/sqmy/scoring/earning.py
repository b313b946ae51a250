"""What the events of a pattern earn: steps 2 and 3 of the rulebook.

Look-up in each rule's table, how often an item earns, combining rules, the effect of findings.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from sqmy.rules.rulebook import Authors, ItemRule, Rulebook
from sqmy.scoring.patterns import Pattern, Seen


class Earned(NamedTuple):
    """Points of one rule for one event of a pattern, before sharing.

    Attributes:
        rule: the rule's place in the rulebook.
        event: the event's place in the pattern.
        set_aside: other events that would have earned under this rule and did not.
    """

    rule: int
    event: int
    points: Fraction
    set_aside: tuple[int, ...]


def earned(pattern: Pattern, rulebook: Rulebook, conditions: Sequence[Authors]) -> list[Earned]:
    """What an item of this pattern earns in the year, in the order of the rules."""
    found: list[Earned] = []
    for place, rule in enumerate(rulebook.rules):
        if rule.authors and not pattern.authored_by[conditions.index(rule.authors)]:
            continue
        found.extend(_by_rule(place, rule, pattern.events))
    return _after_findings(_combined(found, rulebook), pattern, rulebook)


def _by_rule(place: int, rule: ItemRule, events: tuple[Seen, ...]) -> list[Earned]:
    """The events that earn under one rule, by how often an item may."""
    hits = _hits(rule, events)
    within = [hit for hit in hits if events[hit[0]].when == "within"]
    if rule.once == "each":
        return [Earned(place, at, points, ()) for at, points in within]
    pool = within if rule.scope == "year" else hits
    groups: dict[str, list[tuple[int, Fraction]]] = {}
    for at, points in pool:
        groups.setdefault(events[at].label if rule.once == "per_label" else "", []).append(
            (at, points)
        )
    found = []
    for group in groups.values():
        at, points = _chosen(rule, group)
        had = [hit for hit in group if events[hit[0]].when == "before"]
        points -= _chosen(rule, had)[1] if had else 0
        if events[at].when == "within" and points:
            found.append(Earned(place, at, points, tuple(o for o, _ in group if o != at)))
    return found


def _chosen(rule: ItemRule, group: list[tuple[int, Fraction]]) -> tuple[int, Fraction]:
    """The earliest of a group, or for `highest` the weightiest (the earliest among equals)."""
    return max(group, key=lambda hit: abs(hit[1])) if rule.once == "highest" else group[0]


def _hits(rule: ItemRule, events: tuple[Seen, ...]) -> list[tuple[int, Fraction]]:
    """Places and points of the events that the rule's table knows."""
    found, adopted = [], False
    for at, event in enumerate(events):
        adopted = adopted or event.kind == "adoption"
        if event.kind != rule.kind or event.label not in rule.table:
            continue
        if rule.after_adoption and not adopted:
            continue
        points = rule.table[event.label]
        if rule.forms is not None and event.form is not None:
            points *= rule.forms[event.form]
        found.append((at, points))
    return found


def _combined(found: list[Earned], rulebook: Rulebook) -> list[Earned]:
    """Where rules combine by `highest`, only the clause that earns most stays."""
    for combination in rulebook.combinations:
        if combination.method != "highest":
            continue
        sums: dict[str, Fraction] = {}
        for line in found:
            clause = rulebook.rules[line.rule].clause
            if clause in combination.rules:
                sums[clause] = sums.get(clause, Fraction()) + line.points
        if len(sums) > 1:
            best = max(sums, key=lambda clause: sums[clause])
            losers = set(sums) - {best}
            found = [line for line in found if rulebook.rules[line.rule].clause not in losers]
    return found


def _after_findings(found: list[Earned], pattern: Pattern, rulebook: Rulebook) -> list[Earned]:
    """Where a finding cancels, the item's other points go; the penalty stays."""
    cancels = rulebook.findings.other_points == "cancelled" and any(
        event.kind == "finding" and event.when == "within" for event in pattern.events
    )
    if not cancels:
        return found
    return [line for line in found if rulebook.rules[line.rule].kind == "finding"]
