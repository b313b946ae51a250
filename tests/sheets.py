"""Sheets as they come from a file, for tests of reading them."""

from collections.abc import Sequence

import packaged
from sqmy.intake.grid import Grid, Merged, Row, Source, Value
from sqmy.intake.settled import NOTHING, Settled
from sqmy.intake.words import Words
from sqmy.vocabulary import Vocabulary

VOCABULARY = packaged.rulebook().vocabulary()


def words(*attributes: str, settled: Settled = NOTHING) -> Words:
    """The packaged rulebook's words, with such attributes of submissions."""
    return Words(VOCABULARY._replace(attributes=attributes), settled)


def vocabulary(*attributes: str) -> Vocabulary:
    """The same as a vocabulary."""
    return VOCABULARY._replace(attributes=attributes)


def rows(*sheet: Sequence[Value | None]) -> list[Row]:
    """Such rows, from the top; an empty one is blank."""
    kept = [
        Row(number, {column: value for column, value in enumerate(row, 1) if value is not None})
        for number, row in enumerate(sheet, 1)
    ]
    return [row for row in kept if row.values]


def grid(*sheet: Sequence[Value | None], merged: Sequence[Merged] = (), name: str = "采用") -> Grid:
    """A sheet of such rows."""
    return Grid(Source(0, "账.xlsx", name), rows(*sheet), merged)
