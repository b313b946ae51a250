"""What the events of a pattern earn: steps 2 and 3 of the rulebook.

Look-up in each rule's table, conditions, coefficients, how often an item earns, combining rules,
the effect of findings, limits for each item.
"""

from fractions import Fraction
from typing import NamedTuple

from sqmy import points
from sqmy.rules.amounts import Amount
from sqmy.rules.awarding import ALL
from sqmy.rules.rulebook import Coefficient, Combination, ItemRule
from sqmy.scoring.dimensions import At, Missing, Sight
from sqmy.scoring.patterns import Pattern
from sqmy.scoring.sharing import Factors, factors, unagreed


class Earned(NamedTuple):
    """Points of one rule for one event of a pattern, before sharing.

    Attributes:
        rule: the rule's place in the rulebook; -1 for a limit on the item.
        event: the event's place in the pattern.
        set_aside: other events that would have earned under this rule and did not.
        series: where the holder's second line of the rule earns otherwise than the first: what
            each earns. `points` is the first.
        told: what made the points what they are, in words.
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


class Undecided(NamedTuple):
    """An event whose points nobody can tell: an attribute is not recorded."""

    rule: int
    event: int
    attribute: str


class Hit(NamedTuple):
    """An event that a rule's table knows, with what it earns there.

    Attributes:
        numbers: for the first time, the second …; one number where all are alike.
    """

    event: int
    numbers: tuple[Fraction, ...]
    told: str = ""

    @property
    def points(self) -> Fraction:
        """For the first time."""
        return self.numbers[0]

    def weight(self) -> Fraction:
        """By how much it counts where the highest is sought."""
        return abs(self.points)


def earned(pattern: Pattern, sight: Sight) -> list[Earned]:
    """What an item of this pattern earns in the year, in the order of the rules."""
    found: list[Earned] = []
    for place, rule in enumerate(sight.rulebook.rules):
        found.extend(_by_rule(place, rule, pattern, sight))
    found = _combined(found, pattern, sight)
    return _limited(_after_findings(found, pattern, sight), sight)


def undecided(pattern: Pattern, sight: Sight) -> list[Undecided]:
    """The events of the year whose points, or whose parts, depend on what nobody has recorded."""
    found = []
    for place, rule in enumerate(sight.rulebook.rules):
        for at in range(len(pattern.events)):
            hit = hit_of(rule, At(sight, pattern, at))
            missing = hit.name if isinstance(hit, Missing) else None
            if isinstance(hit, Hit):
                missing = unagreed(pattern, sight, rule)
            if missing and pattern.events[at].within:
                found.append(Undecided(place, at, missing))
    return found


def _by_rule(place: int, rule: ItemRule, pattern: Pattern, sight: Sight) -> list[Earned]:
    """The events that earn under one rule, by how often an item may."""
    hits = [
        hit
        for at, event in enumerate(pattern.events)
        if event.kind == rule.kind and isinstance(hit := hit_of(rule, At(sight, pattern, at)), Hit)
    ]
    if not hits:
        return []
    first = _first_segment(rule, sight)
    chosen = (
        _each(rule, hits, pattern, first)
        if rule.once == "each"
        else _once(rule, hits, pattern, (sight, first))
    )
    own = factors(pattern, sight, rule)
    return [
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
        )
        for hit, aside in chosen
    ]


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


def hit_of(rule: ItemRule, at: At) -> Hit | Missing | str:
    """What an event earns by a rule's look-up; what is missing for that, or why nothing."""
    event = at.event
    if event.kind != rule.kind or event.label not in rule.table:
        return NO_POINTS
    for clause, decided in event.decided:
        if clause == rule.clause:
            return Hit(at.place, (Fraction(str(decided)),), "按口径裁定")
    if (barred := _barred(rule, at)) is not None:
        return barred
    numbers = at.amount(rule.table[event.label], rule.by)
    if isinstance(numbers, Missing) or not numbers:
        return numbers if isinstance(numbers, Missing) else NO_POINTS
    multiplied = _multiplied(rule, at)
    if isinstance(multiplied, Missing):
        return multiplied
    factor, told = multiplied
    return Hit(at.place, tuple(number * factor for number in numbers), told)


NO_POINTS = "办法没有给它定分"
"""Why an event earns nothing that no table knows."""


def _barred(rule: ItemRule, at: At) -> str | Missing | None:
    """Which condition of the rule the event does not fulfil; None if it fulfils all.

    An event before the rule came into force still counts as what the item has had.
    """
    segment = at.event.segment
    if rule.until is not None and segment >= 0 and at.sight.spans[segment] > rule.until:
        return f"这一项计到 {rule.until} 为止"
    earlier = at.pattern.events[: at.place]
    if rule.after_adoption and not any(event.kind == "adoption" for event in earlier):
        return "此前没有被采用"
    return at.fails(rule)


def _multiplied(rule: ItemRule, at: At) -> tuple[Fraction, str] | Missing:
    """What the form and the coefficients multiply an event's points by, and that in words."""
    factor, told = Fraction(1), ""
    form = at.value("方式")
    if rule.forms is not None and isinstance(form, str):
        factor = rule.forms.get(form, Fraction())
    for coefficient in at.sight.rulebook.coefficients:
        if rule.clause not in coefficient.rules or at.fails(coefficient) is not None:
            continue
        by = _factor(coefficient, at)
        if isinstance(by, Missing):
            return by
        if by is not None:
            factor *= by
            told += f"，按{coefficient.clause}乘 {points.exact(by)}"
    return factor, told


def _factor(coefficient: Coefficient, at: At) -> Fraction | Missing | None:
    """What a coefficient multiplies by; None where it has no value for this event."""
    if coefficient.scale is None:
        numbers = at.amount(coefficient.factor or Amount(), coefficient.by)
        return numbers if isinstance(numbers, Missing) else numbers[0] if numbers else None
    value = at.value(coefficient.scale.attribute)
    if value is None or isinstance(value, Missing):
        return value
    number = points.read(value)
    return Missing(coefficient.scale.attribute) if number is None else coefficient.scale.of(number)


def _combined(found: list[Earned], pattern: Pattern, sight: Sight) -> list[Earned]:
    """What stays of the lines of rules that do not add up."""
    for combination in sight.rulebook.combinations:
        if combination.method == "cumulative":
            continue
        own = [line for line in found if line.clause in combination.rules]
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


def _after_findings(found: list[Earned], pattern: Pattern, sight: Sight) -> list[Earned]:
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


def _limited(found: list[Earned], sight: Sight) -> list[Earned]:
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
