"""How an item's points pass to its authors and its units: step 4 of the rulebook."""

from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from sqmy import points
from sqmy.rules.parts import Parts
from sqmy.rules.rulebook import ItemRule

if TYPE_CHECKING:
    from sqmy.scoring.dimensions import Sight
    from sqmy.scoring.patterns import Named, Pattern


class Factors(NamedTuple):
    """Each author's and each unit's part of an item's points, in the order of signature."""

    members: tuple[Fraction, ...]
    units: tuple[Fraction, ...]


def factors(pattern: "Pattern", sight: "Sight", rule: ItemRule) -> Factors:
    """The parts of what a rule gives an item of this pattern; empty where nothing passes.

    A finding on a member, or on a unit, is that holder's alone.
    """
    if pattern.incident:
        return Factors((Fraction(1),) * pattern.authors, (Fraction(1),) * pattern.units)
    sharing = sight.rulebook.sharing
    to_members = not (pattern.by_unit and sharing.by_unit == "units_only")
    exception = sharing.exception
    if exception and pattern.fulfils[sight.conditions.index(exception.authors)]:
        to_members = to_members and exception.credit == "both"
    members, units = sharing.members, sharing.units
    if rule.sharing:
        members, units = rule.sharing.members or members, rule.sharing.units or units
    agreed = _agreed(sight, pattern.traits)
    return Factors(
        parts_of(members, pattern.authors, agreed) if to_members else (),
        parts_of(units, pattern.units, agreed),
    )


def parts_of(way: Parts, holders: int, agreed: tuple[Fraction, ...] = ()) -> tuple[Fraction, ...]:
    """The part of each of so many holders; () where nobody gets any.

    Args:
        way: of sharing.
        holders: how many signed.
        agreed: what they agreed on; without it, or where the numbers differ, equal parts.
    """
    if way.agreed:
        if len(agreed) == holders and sum(agreed, Fraction()):
            return tuple(part / sum(agreed, Fraction()) for part in agreed)
        way = Parts()
    if holders == 1 and way.places:
        return (Fraction(1),)
    own = way.places[:holders]
    others = holders - len(own)
    rest = way.rest
    if rest is None and others:
        rest = (1 - sum(own, Fraction())) / Fraction(others)
    found: tuple[Fraction, ...] = (*own, *(rest or Fraction(),) * others)
    return found if any(found) else ()


def _agreed(sight: "Sight", traits: "Named") -> tuple[Fraction, ...]:
    """The parts that the authors agreed on: `3:2`."""
    for name, value in traits:
        attribute = sight.rulebook.words.attribute(name)
        if attribute and attribute.kind == "shares":
            return tuple(points.read(part) or Fraction() for part in value.split(":"))
    return ()
