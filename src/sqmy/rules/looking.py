"""What a rulebook looks at: dimensions, attributes, and the conditions that it makes.

A dimension is what an amount is looked up by (按) and what a condition (条件) tests: one that the
program knows of every item or event, or an attribute that the rulebook declares.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from sqmy import terms
from sqmy.days import Day, Period, week_of
from sqmy.rules.amounts import Criterion
from sqmy.rules.conditions import Authors, Units
from sqmy.rules.rulebook import Coefficient, ItemRule, Rulebook
from sqmy.rules.words import Attribute
from sqmy.snapshot import Reads

BUILT_IN: dict[str, tuple[str, ...]] = {
    "方式": ("adoption",),
    "级": ("forwarding", "adoption", "instruction"),
    "渠道": ("forwarding", "adoption"),
    "批示级别": ("instruction",),
    "认定类型": ("finding",),
    "署名": (),
    "作者人数": (),
    "单位数": (),
}
"""Each dimension that needs no declaring, with the kinds of event that have it; () is all."""

NUMERIC = frozenset({"作者人数", "单位数"})
"""Those whose values are numbers."""


class Looker(NamedTuple):
    """An entry that looks at events: a rule, a coefficient or a quota.

    Attributes:
        entry: the entry itself.
        path: where it stands in the rulebook.
        kinds: the kinds of event that it may see.
    """

    entry: ItemRule | Coefficient
    path: tuple[str | int, ...]
    kinds: frozenset[str]


def lookers(rulebook: Rulebook) -> Iterator[Looker]:
    """Every rule and coefficient with the kinds of event it sees."""
    for place, rule in enumerate(rulebook.rules):
        yield Looker(rule, ("rules", place), frozenset({rule.kind}))
    for place, one in enumerate(rulebook.coefficients):
        kinds = frozenset(rule.kind for rule in rulebook.rules if rule.clause in one.rules)
        yield Looker(one, ("coefficients", place), kinds)


def tests(rulebook: Rulebook) -> Iterator[tuple[str, Criterion]]:
    """Every test of a dimension."""
    for looker in lookers(rulebook):
        yield from (looker.entry.when or {}).items()
    for when in (rulebook.counting.when, *(quota.when for quota in rulebook.quotas)):
        yield from (when or {}).items()


def looked_up(rulebook: Rulebook) -> Iterator[str]:
    """Every dimension by which something is looked up."""
    for looker in lookers(rulebook):
        yield from looker.entry.by
    for quota in rulebook.quotas:
        yield from quota.weights.by if quota.weights else ()
        yield from (quota.distinct,) if quota.distinct else ()


def bounds(rulebook: Rulebook) -> dict[str, list[str]]:
    """The bounds that tests and steps draw for each dimension that is compared."""
    found = defaultdict[str, list[str]](list)
    for name, test in tests(rulebook):
        found[name].extend(test.bounds)
    for one in rulebook.coefficients:
        if one.scale and one.scale.steps:
            found[one.scale.attribute].extend(map(str, one.scale.steps))
    return found


def asked_of(rulebook: Rulebook) -> dict[tuple[str, str], frozenset[str]]:
    """By kind and label of an event, the dimensions that the rules which know it ask for.

    What quotas ask for, they ask of every event, under the kind and label ("", "").
    """
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for rule in rulebook.rules:
        asked = {*rule.by, *(rule.when or {})}
        for one in rulebook.coefficients:
            if rule.clause in one.rules:
                asked |= {*one.by, *(one.when or {})}
                asked |= {one.scale.attribute} if one.scale else set()
        for label in rule.table:
            found[rule.kind, label] |= asked
    found["", ""] |= set(rulebook.counting.when or {})
    for quota in rulebook.quotas:
        found["", ""] |= set(quota.when or {}) | set(quota.weights.by if quota.weights else ())
    return {key: frozenset(names) for key, names in found.items()}


def scaled(rulebook: Rulebook) -> frozenset[str]:
    """The attributes whose very value matters, not only on which side of a bound it lies."""
    scales = (
        one.scale.attribute
        for one in rulebook.coefficients
        if one.scale and (one.scale.add is not None or not one.scale.steps)
    )
    agreed = (one.label for one in rulebook.words.attributes if one.kind == "shares")
    return frozenset({*scales, *agreed})


def attributes(rulebook: Rulebook) -> tuple[Attribute, ...]:
    """The declared attributes that points depend on, in the order of declaring."""
    used = {*bounds(rulebook), *looked_up(rulebook), *scaled(rulebook)}
    return tuple(one for one in rulebook.words.attributes if one.label in used)


def conditions(rulebook: Rulebook) -> tuple[Authors | Units, ...]:
    """The conditions on authors and units that the rulebook makes, each once."""
    made: list[Authors | Units | None] = []
    for looker in lookers(rulebook):
        made += [looker.entry.authors, looker.entry.units]
    made.append(rulebook.sharing.exception and rulebook.sharing.exception.authors)
    return tuple(dict.fromkeys(condition for condition in made if condition))


_BECAME = {
    "forwarding": "forwarded",
    "adoption": "adopted",
    "instruction": "instructed",
    "finding": "found",
}


def asks_for(rulebook: Rulebook, kind: str, label: str) -> bool:
    """Whether some entry asks if an item has had such an event, by 须先 or 另有."""
    field = _BECAME.get(kind, "")
    return any(
        label in getattr(condition, field, ())
        for one in lookers(rulebook)
        for condition in (one.entry.before, one.entry.besides)
        if condition
    )


def counts_otherwise(rulebook: Rulebook) -> bool:
    """Whether some quota counts other than whole items."""
    return not all(map(rulebook.counting.plainly, rulebook.quotas))


def by_line(rulebook: Rulebook) -> bool:
    """Whether a holder's total depends on its lines one by one, not on their sum alone."""
    return bool(
        rulebook.consequences
        or any(limit.per != "item" for limit in rulebook.limits)
        or any(rule.ordinal == "year" for rule in rulebook.rules)
        or any(quota.points is not None for quota in rulebook.quotas)
    )


def by_day(rulebook: Rulebook) -> bool:
    """Whether some entry asks what became of an item until the day of an event."""
    befores = (one.entry.before for one in lookers(rulebook))
    return any(one and (one.forwarded or one.adopted or one.instructed) for one in befores)


def first_day(rulebook: Rulebook, year: Period) -> Day:
    """The first day that matters to a year: its own, or that of its first week."""
    weekly = any(quota.per == "week" for quota in rulebook.quotas)
    return week_of(year.first) if weekly else year.first


def sees_submissions(rulebook: Rulebook) -> bool:
    """Whether a submission itself is an event."""
    return counts_otherwise(rulebook) or any(rule.kind == "submission" for rule in rulebook.rules)


def has_own_forms(rulebook: Rulebook) -> bool:
    """Whether it declares forms of adoption that the program does not know."""
    return not set(rulebook.words.forms).issubset(terms.FORMS.values())


def reads(rulebook: Rulebook) -> Reads:
    """What of the ledger the rulebook needs."""
    befores = [one.entry.before for one in lookers(rulebook) if one.entry.before]
    sharing = rulebook.sharing
    own = [rule.sharing for rule in rulebook.rules if rule.sharing]
    parts = [sharing.members, sharing.units, *(p for one in own for p in one if p)]
    return Reads(
        forwardings=any(rule.kind == "forwarding" for rule in rulebook.rules)
        or any(quota.forwarded is not None for quota in rulebook.quotas)
        or any(before.forwarded or before.not_forwarded for before in befores)
        or any(one.entry.besides and one.entry.besides.forwarded for one in lookers(rulebook)),
        incidents=any(kind.about != "item" for kind in rulebook.words.finding_kinds),
        attributes=frozenset(
            {one.label for one in attributes(rulebook)}
            | ({terms.OWN_FORM} if has_own_forms(rulebook) else set())
        ),
        ordered=rulebook.counting.joint == "first"
        or any(part.places or part.agreed for part in parts)
        or any(condition.quantifier == "each" for condition in conditions(rulebook)),
        lasting=frozenset(
            kind for one in rulebook.consequences if one.lasting for kind in one.kinds
        ),
        weeks=any(quota.per == "week" for quota in rulebook.quotas),
        crossing=any(reward.to == "unit_members" for reward in rulebook.quota_rewards)
        or any(award.needs and award.needs.unit_quotas for award in rulebook.awards),
    )
