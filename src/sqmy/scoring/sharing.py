"""How an item's points pass to its authors and its units: step 4 of the rulebook."""

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from sqmy.rules.rulebook import Authors, Rulebook
from sqmy.scoring.patterns import Pattern


class Factors(NamedTuple):
    """Each author's and each unit's part of an item's points, in the order of signature."""

    members: tuple[Fraction, ...]
    units: tuple[Fraction, ...]


def factors(pattern: Pattern, rulebook: Rulebook, conditions: Sequence[Authors]) -> Factors:
    """The parts for an item of this pattern; empty where nothing passes."""
    sharing = rulebook.sharing
    to_members = not (pattern.by_unit and sharing.by_unit == "units_only")
    exception = sharing.exception
    if exception and pattern.authored_by[conditions.index(exception.authors)]:
        to_members = to_members and exception.credit == "both"
    return Factors(
        _parts(sharing.members, pattern.authors) if to_members else (),
        _parts(sharing.units, pattern.units),
    )


def _parts(method: str, holders: int) -> tuple[Fraction, ...]:
    if method == "full":
        return (Fraction(1),) * holders
    if method == "first":
        return tuple(Fraction(int(place == 0)) for place in range(holders))
    return (Fraction(1, holders),) * holders if holders else ()
