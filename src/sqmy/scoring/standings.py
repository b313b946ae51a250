"""Standings: places within a peer group, by exact points: step 7 of the rulebook."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqmy.scoring.book import Holder


def ranked(holders: Iterable[Holder], ties: str, *, together: bool) -> tuple[Holder, ...]:
    """The holders with their places, in order of place and then as they came (the register)."""
    groups: dict[str | None, list[Holder]] = defaultdict(list)
    order: dict[tuple[str, int], int] = {}
    for place, holder in enumerate(holders):
        order[holder.key] = place
        groups[None if together else holder.peer_group].append(holder)
    placed = [
        holder._replace(standing=standing)
        for group in groups.values()
        for holder, standing in _placed(group, ties)
    ]
    return tuple(sorted(placed, key=lambda holder: (holder.standing, order[holder.key])))


def _placed(group: Sequence[Holder], ties: str) -> list[tuple[Holder, int]]:
    """Each of a group with its place: 1 2 2 4 (competition), 1 2 2 3 (dense), 1 2 3 4."""
    ordered = sorted(group, key=lambda holder: -holder.total)
    placed: list[tuple[Holder, int]] = []
    standing, last = 0, None
    for counter, holder in enumerate(ordered, 1):
        if ties == "sequential" or holder.total != last:
            standing = standing + 1 if ties == "dense" else counter
        last = holder.total
        placed.append((holder, standing))
    return placed
