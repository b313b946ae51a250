"""折算: totals as a part of a larger assessment, shown beside them."""

from collections import defaultdict
from fractions import Fraction

from sqmy.rules.rulebook import Rulebook
from sqmy.scoring.book import Holder, Key, ScoreBook


def converted(book: ScoreBook, rulebook: Rulebook) -> dict[Key, Fraction]:
    """Each holder's total converted; empty where the regulation converts nothing.

    A total below 0 counts as 0, and none comes to more than the full points.
    """
    rule = rulebook.conversion
    if rule is None:
        return {}
    own: list[Holder] = []
    if rule.holders != "units":
        own += book.members
    if rule.holders != "members":
        own += book.units
    best: dict[tuple[str, str | None], Fraction] = defaultdict(Fraction)
    grouped = rulebook.standings.units == "peer_group"
    for holder in own:
        group = (holder.key[0], holder.peer_group if grouped else None)
        best[group] = max(best[group], holder.total)
    found = {}
    for holder in own:
        group = (holder.key[0], holder.peer_group if grouped else None)
        base = rule.number if rule.base == "number" else best[group]
        part = max(holder.total, Fraction()) / base if base else Fraction()
        found[holder.key] = rule.full * min(part, Fraction(1))
    return found
