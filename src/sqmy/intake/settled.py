"""What whoever imports has settled where sheets leave it open. Nothing is settled by guessing."""

from collections.abc import Mapping
from typing import NamedTuple

from sqmy.days import Day


class Settled(NamedTuple):
    """The answers given beforehand.

    Attributes:
        year: of days that lack theirs (`3月1日`), and that a year of two digits must mean.
        undated_on: the day of adoptions and instructions that are only marked (`√`) and whose
            row has no day for them either.
        number_by_year: numbers begin anew each year: the year of submission goes before them.
        headings: what headings mean that are none of ours, the canonical heading by `bare`
            spelling; by the row of headings that they stand in (`Layout.context`), "" for any.
    """

    year: int | None = None
    undated_on: Day | None = None
    number_by_year: bool = False
    headings: Mapping[str, Mapping[str, str]] = {}

    def meant(self, context: str) -> Mapping[str, str]:
        """What the headings of a row mean that are none of ours."""
        return {**self.headings.get(context, {}), **self.headings.get("", {})}


NOTHING = Settled()
"""Whatever is left open is refused."""
