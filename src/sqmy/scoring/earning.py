"""What the events of a pattern earn: steps 2 and 3 of the rulebook.

Look-up in each rule's table, conditions, coefficients, how often an item earns, combining rules,
the effect of findings, limits for each item.
"""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from sqmy import points
from sqmy.rules.amounts import Amount
from sqmy.rules.awarding import ALL
from sqmy.rules.rulebook import Coefficient, Combination, ItemRule
from sqmy.scoring.dimensions import At, Missing, Sight
from sqmy.scoring.patterns import Pattern
from sqmy.scoring.sharing import Factors, factors


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
    """The events of the year whose points depend on what nobody has recorded."""
    found = []
    for place, rule in enumerate(sight.rulebook.rules):
        for at in range(len(pattern.events)):
            hit = hit_of(rule, At(sight, pattern, at))
            if isinstance(hit, Missing) and pattern.events[at].within:
                found.append(Undecided(place, at, hit.name))
    return found


def _by_rule(place: int, rule: ItemRule, pattern: Pattern, sight: Sight) -> Iterator[Earned]:
    """The events that earn under one rule, by how often an item may."""
    hits = [
        hit
        for at, event in enumerate(pattern.events)
        if event.kind == rule.kind and isinstance(hit := hit_of(rule, At(sight, pattern, at)), Hit)
    ]
    if not hits:
        return
    events, first = pattern.events, _first_segment(rule, sight)
    current = [hit for hit in hits if events[hit.event].segment >= first]
    own = factors(pattern, sight, rule)

    def line(
        hit: Hit, nth: int = 0, less: Fraction = Fraction(), group: Sequence[Hit] = ()
    ) -> Earned:
        numbers = hit.numbers
        if rule.ordinal == "item":
            numbers = (numbers[min(nth, len(numbers) - 1)],)
        aside = tuple(other.event for other in group if other.event != hit.event)
        series = numbers if len(numbers) > 1 else ()
        return Earned(
            place,
            hit.event,
            numbers[0] - less,
            aside,
            rule.clause,
            rule.account,
            own,
            series,
            hit.told,
        )

    if rule.once == "each":
        before = 0 if rule.scope == "year" else len(hits) - len(current)
        yield from (line(hit, before + nth) for nth, hit in enumerate(current))
        return
    pool = [
        hit
        for hit in hits
        if events[hit.event].segment >= first
        or (rule.scope == "ever" and not events[hit.event].within)
        or (events[hit.event].within and _was_had(rule, events[hit.event].label, sight))
    ]
    groups: dict[str, list[Hit]] = {}
    for hit in pool:
        label = events[hit.event].label if rule.once == "per_label" else ""
        groups.setdefault(label, []).append(hit)
    for group in groups.values():
        best = _chosen(rule, group)
        had = [hit for hit in group if events[hit.event].segment < first]
        less = _chosen(rule, had).points if had else Fraction()
        if events[best.event].segment >= first and (best.points - less or len(best.numbers) > 1):
            yield line(best, 0, less, group)


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
        return "没有定分"
    for clause, decided in event.decided:
        if clause == rule.clause:
            return Hit(at.place, (Fraction(str(decided)),), "按口径裁定")
    if told := _out_of_force(rule, at):
        return told
    if rule.after_adoption and not any(e.kind == "adoption" for e in at.pattern.events[: at.place]):
        return "此前没有被采用"
    if (failed := at.fails(rule)) is not None:
        return failed
    numbers = at.amount(rule.table[event.label], rule.by)
    if isinstance(numbers, Missing):
        return numbers
    if not numbers:
        return "没有定分"
    factor, told = Fraction(1), ""
    if rule.forms is not None:
        form = at.value("方式")
        if isinstance(form, str):
            factor = rule.forms.get(form, Fraction())
    for coefficient in at.sight.rulebook.coefficients:
        if rule.clause in coefficient.rules and at.fails(coefficient) is None:
            by = _factor(coefficient, at)
            if isinstance(by, Missing):
                return by
            if by is not None:
                factor *= by
                told += f"，按{coefficient.clause}乘 {points.exact(by)}"
    return Hit(at.place, tuple(number * factor for number in numbers), told)


def _out_of_force(rule: ItemRule, at: At) -> str:
    """Whether the rule is not, or no longer, in force on the day; in words.

    An event before it came into force still counts as what the item has had.
    """
    segment = at.event.segment
    if rule.until is not None and segment >= 0:
        start = at.sight.spans[segment]
        if start > rule.until:
            return f"这一项计到 {rule.until} 为止"
    return ""


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
    cancels = effect.other_points == "cancelled" and any(
        event.kind == "finding"
        and event.within
        and (not effect.kinds or event.label in effect.kinds)
        for event in pattern.events
    )
    if not cancels or pattern.incident:
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
