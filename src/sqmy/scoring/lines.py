"""The lines of one item for one of those who signed it, with their reasons in words."""

from collections.abc import Iterator, Sequence
from fractions import Fraction

from sqmy import points, terms
from sqmy.facts import FactId
from sqmy.scoring.book import HolderType, PointLine
from sqmy.scoring.combining import Earned
from sqmy.scoring.dimensions import form_label
from sqmy.scoring.patterns import Eventful
from sqmy.snapshot import Snapshot

Series = tuple[int, tuple[Fraction, ...]] | None
"""A rule, and what the first, the second … line of it earns; None where all earn alike."""


def lines_of_item(
    snapshot: Snapshot,
    found: Eventful,
    worth: Sequence[Earned],
    at: tuple[int, HolderType, int],
) -> Iterator[tuple[PointLine, Series]]:
    """The lines of one eventful item for the member, or the unit, that signed it at that rank.

    Args:
        snapshot: the facts.
        found: the eventful items.
        worth: what the item earns.
        at: where the item stands in `found`, the kind of holder, and its rank.
    """
    place, holder, rank = at
    own, item = found.events[place], found.item[place]
    pattern = found.patterns[found.pattern[place]]
    for line in worth:
        parts = line.factors.members if holder == "member" else line.factors.units
        factor = parts[rank] if parts else Fraction()
        if not factor:
            continue
        event = own[line.event]
        fact = found.happened.fact[event]
        made = PointLine(
            line.clause,
            line.points * factor,
            None if pattern.incident else item,
            fact,
            _note(found, own, line, (len(parts), factor)),
            found.days[event],
            line.account,
            _ruling(snapshot, fact, line.clause),
            line.edition,
        )
        series = tuple(value * factor for value in line.series)
        yield made, (line.rule, series) if series else None


def _ruling(snapshot: Snapshot, fact: FactId, clause: str) -> FactId | None:
    decided = snapshot.rulings.get(fact, ())
    return next((one.ruling for one in decided if one.clause == clause), None)


def _note(found: Eventful, own: tuple[int, ...], line: Earned, share: tuple[int, Fraction]) -> str:
    events, (holders, factor) = found.happened, share
    at = own[line.event]
    label, day, form = events.label[at], events.day[at], form_label(events.form[at]) or ""
    note = f"{label} {day} {form}{terms.KINDS[events.kind[at]]}".strip()
    if line.rule < 0:
        note = line.told
    elif line.told:
        note += line.told if line.told[0] == "，" else f"，{line.told}"
    if factor != 1:
        note += f"，{points.exact(line.points)} 分由 {holders} 方分摊"
    if line.set_aside:
        others = "、".join(f"F{events.fact[own[other]]}" for other in line.set_aside)
        note += f"，同篇不再另计 {others}"
    return note
