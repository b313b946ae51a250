"""The words that sheets are read by: the rulebook's labels, and what was settled beforehand."""

from functools import partial
from typing import Final

from sqmy.intake.cells import written_day
from sqmy.intake.events import Fact, Grammar
from sqmy.intake.settled import NOTHING, Settled
from sqmy.vocabulary import Declared, Vocabulary

_FACTS: Final[tuple[Fact, ...]] = ("adoption", "instruction")


class Words:
    """What it takes to read sheets.

    Args:
        vocabulary: the labels of the rulebook in force.
        settled: what was answered beforehand where sheets leave it open.
    """

    def __init__(self, vocabulary: Vocabulary, settled: Settled = NOTHING) -> None:
        self.vocabulary = vocabulary
        self.settled = settled
        read_day = partial(written_day, year=settled.year)
        self.grammars = {fact: Grammar(fact, vocabulary, read_day) for fact in _FACTS}

    def declared(self, fact: str) -> tuple[Declared, ...]:
        """What the rulebook declares beyond the canonical headings of a kind."""
        return self.vocabulary.declared_of(fact)
