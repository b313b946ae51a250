"""How an item's points pass to its authors and its units: step 4 of the rulebook."""

from collections.abc import Iterable
from fractions import Fraction
from math import prod
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


class Own(NamedTuple):
    """What multiplies the parts of some of those who signed, after sharing.

    Attributes:
        clause: of the coefficient.
        holder: whether members' parts or units'.
        places: of those whom it concerns, in the order of signature.
    """

    clause: str
    holder: str
    places: tuple[int, ...]
    factor: Fraction


def of_own(own: Iterable[Own], holder: str, place: int) -> tuple[Own, ...]:
    """Those that concern one who signed."""
    return tuple(one for one in own if one.holder == holder and place in one.places)


def times(own: Iterable[Own], holder: str, place: int) -> Fraction:
    """By what the part of one who signed is multiplied."""
    return prod((one.factor for one in of_own(own, holder, place)), start=Fraction(1))


def factors(pattern: "Pattern", sight: "Sight", rule: ItemRule) -> Factors:
    """The parts of what a rule gives an item of this pattern; empty where nothing passes.

    A finding on a member, or on a unit, is that holder's alone.
    """
    if pattern.incident:
        return Factors((Fraction(1),) * pattern.authors, (Fraction(1),) * pattern.units)
    ways, agreed = _ways(sight, rule), _agreed(sight, pattern.traits)
    return Factors(
        parts_of(ways[0], pattern.authors, agreed) if _to_members(pattern, sight) else (),
        parts_of(ways[1], pattern.units, agreed),
    )


def unagreed(pattern: "Pattern", sight: "Sight", rule: ItemRule) -> str | None:
    """The attribute that lacks the parts by which the rule's points are shared; None if none."""
    if pattern.incident:
        return None
    ways, agreed = _ways(sight, rule), _agreed(sight, pattern.traits)
    authors = pattern.authors if _to_members(pattern, sight) else 0
    for way, holders in zip(ways, (authors, pattern.units), strict=True):
        if way.agreed and holders > 1 and not parts_of(way, holders, agreed):
            attributes = sight.rulebook.words.attributes
            return next(one.label for one in attributes if one.kind == "shares")
    return None


def _to_members(pattern: "Pattern", sight: "Sight") -> bool:
    """Whether an item of this pattern is credited to its authors at all."""
    sharing = sight.rulebook.sharing
    if pattern.by_unit and sharing.by_unit == "units_only":
        return False
    exception = sharing.exception
    if exception and pattern.fulfils[sight.conditions.index(exception.authors)]:
        return exception.credit == "both"
    return True


def _ways(sight: "Sight", rule: ItemRule) -> tuple[Parts, Parts]:
    """How a rule's points are shared among the authors, and among the units."""
    sharing, own = sight.rulebook.sharing, rule.sharing
    if own is None:
        return sharing.members, sharing.units
    return own.members or sharing.members, own.units or sharing.units


def parts_of(way: Parts, holders: int, agreed: tuple[Fraction, ...] = ()) -> tuple[Fraction, ...]:
    """The part of each of so many holders; () where nobody gets any.

    Args:
        way: of sharing.
        holders: how many signed.
        agreed: what they agreed on; without it, or where the numbers differ, nobody gets any.
    """
    if way.agreed and holders > 1:
        whole = sum(agreed, Fraction()) if len(agreed) == holders else Fraction()
        return tuple(part / whole for part in agreed) if whole else ()
    if holders == 1 and (way.places or way.agreed):
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
