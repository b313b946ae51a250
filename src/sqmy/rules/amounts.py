"""Values of a rulebook that are not one number: look-ups by dimension, ordinals, tests, scales."""

from fractions import Fraction
from typing import NamedTuple

Numbers = tuple[Fraction, ...]


class Amount(NamedTuple):
    """分值: what a look-up gives.

    Written as a number; as a list, for the first, the second … time, whose last goes on; or as a
    mapping by the next dimension of 按. Exactly one of the two fields is filled.

    Attributes:
        points: one number, or one for each time.
        by: an amount for each value of the dimension; `REST` stands for all others.
    """

    points: Numbers = ()
    by: "dict[str, Amount] | None" = None

    @property
    def numbers(self) -> Numbers:
        """Every number that it holds."""
        if self.by is None:
            return self.points
        return tuple(number for part in self.by.values() for number in part.numbers)

    def at(self, word: str) -> "Amount":
        """What it gives for a value of the next dimension; nothing where it knows no such value."""
        found = self.by or {}
        return found.get(word) or found.get(REST) or Amount()

    @property
    def by_ordinal(self) -> bool:
        """Whether the second time may give another number than the first."""
        if self.by is None:
            return len(self.points) > 1
        return any(part.by_ordinal for part in self.by.values())

    @property
    def depth(self) -> int:
        """How many dimensions it is looked up by, at the most."""
        return 0 if self.by is None else 1 + max(part.depth for part in self.by.values())


Amount.__annotations__["by"] = dict[str, Amount] | None  # what walks annotations needs no names
REST = "其余"
"""The value of a dimension that stands for every other one."""


class Criterion(NamedTuple):
    """What a value must be: one of some words, or within bounds. All that is given must hold.

    Numbers and days are compared as such. `at_least` includes the bound, `more_than` does not:
    “N 以上” is to be decided when it is written down.
    """

    words: tuple[str, ...] = ()
    at_least: str | None = None
    more_than: str | None = None
    at_most: str | None = None
    less_than: str | None = None

    @property
    def bounds(self) -> tuple[str, ...]:
        """The bounds that are given."""
        bounds = (self.at_least, self.more_than, self.at_most, self.less_than)
        return tuple(bound for bound in bounds if bound is not None)


class Scale(NamedTuple):
    """数值: a factor that a recorded number gives.

    Without steps, the number itself, `per` of which count as one. With steps, the value of the
    last step that the number reaches (0 below the first), and `add` for every full `per` beyond
    the last.

    Attributes:
        attribute: the attribute that holds the number.
        steps: value by lower bound, bound included.
        per: how much counts as one, or gives one `add`.
        add: what every full `per` beyond the last step adds.
        least, most: bounds of the result.
    """

    attribute: str
    steps: dict[Fraction, Fraction] | None = None
    per: Fraction | None = None
    add: Fraction | None = None
    least: Fraction | None = None
    most: Fraction | None = None

    def of(self, number: Fraction) -> Fraction:
        """The factor for a number."""
        if not self.steps:
            found = number / (self.per or 1)
        else:
            reached = [bound for bound in self.steps if number >= bound]
            found = self.steps[max(reached)] if reached else Fraction()
            last = max(self.steps)
            if self.add and self.per and number >= last:
                found += (number - last) // self.per * self.add
        if self.least is not None:
            found = max(found, self.least)
        return found if self.most is None else min(found, self.most)
