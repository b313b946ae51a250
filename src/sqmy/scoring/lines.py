"""The lines of one item for one of those who signed it, with their reasons in words."""

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from sqmy import points, terms
from sqmy.facts import FactId
from sqmy.scoring.book import HolderType, PointLine
from sqmy.scoring.combining import Earned
from sqmy.scoring.dimensions import form_label
from sqmy.scoring.patterns import Eventful
from sqmy.scoring.sharing import Own, of_own, times
from sqmy.snapshot import Snapshot

Series = tuple[int, tuple[Fraction, ...]] | None
"""A rule, and what the first, the second … line of it earns; None where all earn alike."""


class _Part(NamedTuple):
    """What one of those who sign an item of a pattern has of a line of it."""

    line: Earned
    points: Fraction
    holders: int
    factor: Fraction
    series: Series
    own: tuple[Own, ...]


class ItemLines:
    """The lines of eventful items.

    Args:
        snapshot: the facts.
        found: the eventful items.
        worth: what an item of each pattern earns.
    """

    def __init__(
        self, snapshot: Snapshot, found: Eventful, worth: Sequence[Sequence[Earned]]
    ) -> None:
        self._snapshot = snapshot
        self._found = found
        self._worth = worth
        self._parts: dict[tuple[int, HolderType, int], list[_Part]] = {}

    def of(
        self, place: int, holder: HolderType, rank: int, *, told: bool
    ) -> Iterator[tuple[PointLine, Series]]:
        """The lines of an item for the member, or the unit, that signed it at that rank.

        Args:
            place: where the item stands in `found`.
            holder: what signed it.
            rank: its place among those who did.
            told: with the reasons in words, which totals do without.
        """
        found, pattern = self._found, self._found.pattern[place]
        own, happened = found.events[place], found.happened
        item = None if found.patterns[pattern].incident else found.item[place]
        for part in self._of_pattern(pattern, holder, rank):
            line, event = part.line, own[part.line.event]
            fact = happened.fact[event]
            made = PointLine(
                line.clause,
                part.points,
                item,
                fact,
                _note(found, own, part) if told else "",
                found.days[event],
                line.account,
                _ruling(self._snapshot, fact, line.clause) if told else None,
                line.edition,
            )
            yield made, part.series

    def _of_pattern(self, pattern: int, holder: HolderType, rank: int) -> list[_Part]:
        wanted = (pattern, holder, rank)
        if wanted not in self._parts:
            self._parts[wanted] = []
            for line in self._worth[pattern]:
                parts = line.factors.members if holder == "member" else line.factors.units
                factor = parts[rank] if parts else Fraction()
                if factor:
                    own = of_own(line.own, holder, rank)
                    whole = factor * times(own, holder, rank)
                    series = tuple(value * whole for value in line.series)
                    numbers = (line.rule, series) if series else None
                    part = _Part(line, line.points * whole, len(parts), factor, numbers, own)
                    self._parts[wanted].append(part)
        return self._parts[wanted]


def _ruling(snapshot: Snapshot, fact: FactId, clause: str) -> FactId | None:
    decided = snapshot.rulings.get(fact, ())
    return next((one.ruling for one in decided if one.clause == clause), None)


def _note(found: Eventful, own: tuple[int, ...], part: _Part) -> str:
    events, line = found.happened, part.line
    at = own[line.event]
    label, day, form = events.label[at], events.day[at], form_label(events.form[at]) or ""
    note = f"{label} {day} {terms.happening(events.kind[at], form)}".strip()
    if line.rule < 0:
        note = line.told
    elif line.told:
        note += line.told if line.told[0] == "，" else f"，{line.told}"
    if part.factor != 1:
        note += f"，{points.exact(line.points)} 分由 {part.holders} 方分摊"
    note += "".join(f"，这一份按{one.clause}乘 {points.exact(one.factor)}" for one in part.own)
    if line.set_aside:
        others = "、".join(f"F{events.fact[own[other]]}" for other in line.set_aside)
        note += f"，同篇不再另计 {others}"
    return note
