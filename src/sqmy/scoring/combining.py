"""What stays of the lines of one item: rules that do not add up, findings, limits."""

from fractions import Fraction
from typing import NamedTuple

from sqmy import points
from sqmy.rules.awarding import ALL
from sqmy.rules.rulebook import Combination
from sqmy.scoring.dimensions import Sight
from sqmy.scoring.patterns import Pattern
from sqmy.scoring.sharing import Factors, Own


class Earned(NamedTuple):
    """Points of one rule for one event of a pattern, before sharing.

    Attributes:
        rule: the rule's place in the rulebook; -1 for a limit on the item.
        event: the event's place in the pattern.
        set_aside: other events that would have earned under this rule and did not.
        series: where the holder's second line of the rule earns otherwise than the first: what
            each earns. `points` is the first.
        told: what made the points what they are, in words.
        own: what multiplies the parts of some of those who signed.
    """

    rule: int
    event: int
    points: Fraction
    set_aside: tuple[int, ...]
    clause: str
    account: str | None
    factors: Factors
    series: tuple[Fraction, ...] = ()
    told: str = ""
    edition: str = ""
    own: tuple[Own, ...] = ()


def combined(found: list[Earned], pattern: Pattern, sight: Sight) -> list[Earned]:
    """What stays of the lines of rules that do not add up, in each account by itself."""
    for combination in sight.rulebook.combinations:
        if combination.method == "cumulative":
            continue
        for account in dict.fromkeys(line.account for line in found):
            own = [
                line
                for line in found
                if line.account == account and line.clause in combination.rules
            ]
            if len(own) > 1:
                kept = _best(own, combination, pattern, sight)
                found = [line for line in found if line not in own or line in kept]
    return found


def _best(
    own: list[Earned], combination: Combination, pattern: Pattern, sight: Sight
) -> list[Earned]:
    """The lines that a combination keeps."""
    if combination.method == "best":
        levels: set[str | None] = set()
        kept: list[Earned] = []
        for line in sorted(own, key=lambda line: -abs(line.points)):
            level = sight.rulebook.words.level_of(pattern.events[line.event].label)
            if len(kept) < (combination.keep or 1) and not (
                combination.per_level and level in levels
            ):
                kept.append(line)
                levels.add(level)
        return kept
    sums: dict[str, Fraction] = {}
    for line in own:
        sums[line.clause] = sums.get(line.clause, Fraction()) + line.points
    if combination.method == "highest":
        best = max(sums, key=lambda clause: sums[clause])
    else:
        best = max(sums, key=combination.rules.index)
    return [line for line in own if line.clause == best]


def after_findings(found: list[Earned], pattern: Pattern, sight: Sight) -> list[Earned]:
    """Where a finding cancels, the item's other points go; the penalty stays."""
    effect = sight.rulebook.findings
    if effect is None or effect.other_points == "stand" or pattern.incident:
        return found
    cancels = any(
        event.kind == "finding"
        and event.within
        and (not effect.kinds or event.label in effect.kinds)
        for event in pattern.events
    )
    if not cancels:
        return found
    return [line for line in found if sight.rulebook.rules[line.rule].kind == "finding"]


def limited(found: list[Earned], sight: Sight) -> list[Earned]:
    """The lines with those that limits on each item add."""
    for limit in sight.rulebook.limits:
        own = [
            line
            for line in found
            if limit.per == "item"
            and line.account == limit.account
            and (limit.rules == (ALL,) or line.clause in limit.rules)
        ]
        total = sum((line.points for line in own), Fraction())
        bounded = total
        if own and limit.ceiling is not None:
            bounded = min(bounded, limit.ceiling)
        if own and limit.floor is not None:
            bounded = max(bounded, limit.floor)
        if bounded != total:
            last = own[-1]
            told = f"同篇合计 {points.exact(total)}，按限额计 {points.exact(bounded)}"
            found = [
                *found,
                last._replace(
                    rule=-1,
                    points=bounded - total,
                    set_aside=(),
                    clause=limit.clause,
                    series=(),
                    told=told,
                ),
            ]
    return found
