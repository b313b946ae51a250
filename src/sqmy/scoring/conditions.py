"""Which items fulfil a condition on their authors or on their units."""

from collections import Counter
from collections.abc import Callable, Iterable
from itertools import chain, compress

from sqmy.days import Day
from sqmy.facts import FactId
from sqmy.facts import Unit as UnitState
from sqmy.rules.rulebook import Authors, Units
from sqmy.snapshot import Signed, Snapshot

Signatures = tuple[dict[FactId, Signed], Counter[FactId]]
"""What each holder signed, and how many signed each item."""


def fulfilling(
    snapshot: Snapshot,
    condition: Authors | Units,
    signatures: tuple[Signatures, Signatures],
    last: Day,
) -> Callable[[FactId], bool]:
    """Whether an item fulfils the condition.

    Args:
        snapshot: the facts.
        condition: on the authors or on the units.
        signatures: of the authors and of the units.
        last: the day by which a unit's state counts.
    """
    if isinstance(condition, Authors):
        (signed, signers), held = signatures[0], _held(snapshot, condition, signatures[0][0])
    else:
        (signed, signers) = signatures[1]
        held = Counter(
            chain.from_iterable(
                own.item
                for unit, own in signed.items()
                if _is_one_of(snapshot.register.units[unit].on(last), condition)
            )
        )
    if condition.quantifier == "any":
        return set(held).__contains__
    if condition.quantifier == "none":
        return lambda item: item not in held
    return {item for item, count in held.items() if count == signers[item]}.__contains__


def _is_one_of(unit: UnitState, condition: Units) -> bool:
    return (
        unit.kind in condition.kinds
        or unit.peer_group in condition.peer_groups
        or unit.name in condition.names
    )


def _held(snapshot: Snapshot, condition: Authors, authors: dict[FactId, Signed]) -> Counter[FactId]:
    """How many authors of each item held one of the roles on its date."""
    signed = {
        member: (own.item, terms)
        for member, own in authors.items()
        if (
            terms := [
                term
                for term in snapshot.register.members[member].terms
                if term.role in condition.roles
            ]
        )
    }
    concerned = set(chain.from_iterable([items for items, _ in signed.values()]))
    columns, about = snapshot.items, snapshot.incidents
    dated: Iterable[tuple[FactId, Day]] = chain(
        zip(columns.item, columns.day, strict=True), zip(about.fact, about.day, strict=True)
    )
    if about.fact:
        day_of = {item: day for item, day in dated if item in concerned}
    else:
        day_of = dict(compress(dated, map(concerned.__contains__, columns.item)))
    held: Counter[FactId] = Counter()
    for items, terms in signed.values():
        held.update(item for item in items if any(term.held_on(day_of[item]) for term in terms))
    return held
