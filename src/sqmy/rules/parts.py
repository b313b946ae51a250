"""How an item's points are parted among those who signed it: step 4 of the rulebook."""

from fractions import Fraction
from typing import NamedTuple


class Parts(NamedTuple):
    """How an item's points pass to those who signed it; a word in `WAYS`, or by place.

    Attributes:
        places: the parts of the first, the second …; whoever signs alone gets all.
        rest: what each later one gets; None shares what is left among them equally.
        agreed: the parts stand in the item's attribute of kind `shares`.
    """

    places: tuple[Fraction, ...] = ()
    rest: Fraction | None = None
    agreed: bool = False


WAYS: dict[str, Parts] = {
    "equal": Parts(),
    "full": Parts(rest=Fraction(1)),
    "first": Parts((Fraction(1),), Fraction(0)),
    "agreed": Parts(agreed=True),
    "none": Parts(rest=Fraction(0)),
}
"""Ways of sharing that have a word."""
