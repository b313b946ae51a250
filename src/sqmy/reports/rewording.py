"""What two rulebooks say differently, entry by entry, in the words of the tables of each."""

from collections import defaultdict
from itertools import zip_longest
from typing import NamedTuple

from sqmy.reports.rules import rules_report
from sqmy.rules.rulebook import Rulebook


class Rewording(NamedTuple):
    """An entry that only one of two rulebooks has, beside what stands in its place.

    Attributes:
        before, after: the entry of each; "" where there is none.
    """

    section: str
    clause: str
    before: str
    after: str


def rewordings(old: Rulebook, new: Rulebook) -> tuple[Rewording, ...]:
    """Every entry that only one of two rulebooks has, by section and clause.

    Nothing where either is the joint one of a year with several editions: that is no text that
    anybody has written.
    """
    if any(rule.of_edition for one in (old, new) for rule in one.rules):
        return ()
    entries = [_entries(old), _entries(new)]
    found: dict[tuple[str, str], tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, own in enumerate(entries):
        others = set(entries[1 - side])
        for section, clause, said in own:
            if (section, clause, said) not in others:
                found[section, clause][side].append(said)
    return tuple(
        Rewording(*place, before, after)
        for place, sides in found.items()
        for before, after in zip_longest(*sides, fillvalue="")
    )


def _entries(rulebook: Rulebook) -> list[tuple[str, str, str]]:
    """Every row of the rulebook's tables: section, clause, and the rest in words."""
    return [
        (table.title, str(clause), "，".join(str(cell) for cell in cells if cell))
        for table in rules_report(rulebook).tables
        for clause, *cells in table.rows
    ]
