"""Standings: places within a peer group, by exact points: step 7 of the rulebook."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from itertools import groupby
from math import lcm
from typing import NamedTuple

from sqmy.rules.awarding import Standings
from sqmy.scoring.book import Holder, Key, Tally


class Ties(NamedTuple):
    """How holders are grouped, and what decides between equal points.

    Attributes:
        tally_of: what each submitted and had adopted; asked only where that decides.
    """

    policy: Standings
    tally_of: Callable[[Key], Tally]

    def group_of(self, holder: Holder) -> str | None:
        """The group within which a holder is ranked."""
        if holder.key[0] == "member" or self.policy.units == "together":
            return None
        return holder.kind if self.policy.units == "kind" else holder.peer_group

    def then(self, holder: Holder) -> tuple[Fraction, ...]:
        """What decides between equal points: the lower, the better."""
        tally = self.tally_of(holder.key)
        return tuple(-Fraction(getattr(tally, metric)) for metric in self.policy.then)


def ranked(holders: Iterable[Holder], ties: Ties) -> tuple[Holder, ...]:
    """The holders with their places, in order of place and then as they came (the register)."""
    groups: dict[str | None, list[Holder]] = defaultdict(list)
    order: dict[Key, int] = {}
    for place, holder in enumerate(holders):
        order[holder.key] = place
        groups[ties.group_of(holder)].append(holder)
    placed = [
        holder._replace(standing=standing)
        for group in groups.values()
        for holder, standing in _placed(group, ties)
    ]
    return tuple(sorted(placed, key=lambda holder: (holder.standing, order[holder.key])))


def _placed(group: Sequence[Holder], ties: Ties) -> list[tuple[Holder, int]]:
    """Each of a group with its place: 1 2 2 4 (competition), 1 2 2 3 (dense), 1 2 3 4."""
    by: dict[Key, object] = {}
    ordered: list[Holder] = []
    scale = lcm(*(one.total.denominator for one in group))

    def total_of(one: Holder) -> int:
        # Over the common denominator, for fractions are slow to compare.
        return one.total.numerator * (scale // one.total.denominator)

    for total, equals in groupby(sorted(group, key=total_of, reverse=True), key=total_of):
        own = list(equals)
        undecided = len(own) > 1 and ties.policy.then
        decided = {one.key: ties.then(one) for one in own} if undecided else {}
        own.sort(key=lambda one: decided.get(one.key, ()))
        by.update((one.key, (total, decided.get(one.key))) for one in own)
        ordered += own
    placed: list[tuple[Holder, int]] = []
    standing, last = 0, object()
    for counter, holder in enumerate(ordered, 1):
        if ties.policy.ties == "sequential" or by[holder.key] != last:
            standing = standing + 1 if ties.policy.ties == "dense" else counter
        last = by[holder.key]
        placed.append((holder, standing))
    return placed
