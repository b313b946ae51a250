"""Which items fulfil a condition on their authors or on their units."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from itertools import chain, compress

from sqmy.days import Day
from sqmy.facts import FactId
from sqmy.facts import Unit as UnitState
from sqmy.rules.conditions import Authors, Units
from sqmy.snapshot import Signed, Snapshot, Table

Signatures = tuple[dict[FactId, Signed], Table]
"""What each holder signed, and how many signed each item."""


def fulfilling(
    snapshot: Snapshot,
    condition: Authors | Units,
    signatures: tuple[Signatures, Signatures],
    last: Day,
) -> Callable[[FactId], bool | tuple[int, ...]]:
    """Whether an item fulfils the condition; for `each`, the places of those who do.

    Args:
        snapshot: the facts.
        condition: on the authors or on the units.
        signatures: of the authors and of the units.
        last: the day by which a unit's state counts.
    """
    signed, signers = signatures[0 if isinstance(condition, Authors) else 1]
    if isinstance(condition, Authors):
        held = _held(snapshot, condition, signed)
    else:
        held = {
            unit: own.item
            for unit, own in signed.items()
            if _is_one_of(snapshot.register.units[unit].on(last), condition)
        }
    if condition.quantifier == "each":
        return _places(signed, held)
    counts = Counter(chain.from_iterable(held.values()))
    if condition.quantifier == "any":
        return set(counts).__contains__
    if condition.quantifier == "none":
        return lambda item: item not in counts
    return {item for item, count in counts.items() if count == signers[item]}.__contains__


def _places(
    signed: Mapping[FactId, Signed], held: Mapping[FactId, Collection[FactId]]
) -> Callable[[FactId], tuple[int, ...]]:
    """The places, among those who signed an item, of those who fulfil a condition there."""
    found: dict[FactId, list[int]] = defaultdict(list)
    for holder, items in held.items():
        own = set(items)
        for item, place in zip(*signed[holder], strict=True):
            if item in own:
                found[item].append(place)
    return lambda item: tuple(sorted(found.get(item, ())))


def _is_one_of(unit: UnitState, condition: Units) -> bool:
    return (
        unit.kind in condition.kinds
        or unit.peer_group in condition.peer_groups
        or unit.name in condition.names
    )


def _held(
    snapshot: Snapshot, condition: Authors, authors: Mapping[FactId, Signed]
) -> dict[FactId, list[FactId]]:
    """For each author the items on whose date it held one of the roles."""
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
    return {
        member: [item for item in items if any(term.held_on(day_of[item]) for term in terms)]
        for member, (items, terms) in signed.items()
    }
