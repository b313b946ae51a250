"""How much a year of a ledger holds, counted by the database."""

from typing import NamedTuple

from sqmy.days import Period
from sqmy.ledger.database import Ledger


class Counts(NamedTuple):
    """What happened in a year.

    Attributes:
        submitted: items submitted.
        adopted: items adopted by each channel, an item once for each.
        adopted_anywhere: items adopted by any channel.
        instructed: leaders' instructions by rank.
    """

    submitted: int
    adopted: dict[str, int]
    adopted_anywhere: int
    instructed: dict[str, int]


def counts(ledger: Ledger, year: Period) -> Counts:
    """Count what is live, each by its own day."""
    span = {"first": year.first, "last": year.last}

    def grouped(kind: str, day: str, label: str, what: str) -> dict[str, int]:
        return dict(
            ledger.rows(
                f"SELECT {label}, count({what}) FROM live_{kind}"
                f" WHERE {day} BETWEEN :first AND :last GROUP BY {label}",
                span,
            )
        )

    def number(kind: str, day: str, what: str) -> int:
        ((found,),) = ledger.rows(
            f"SELECT count({what}) FROM live_{kind} WHERE {day} BETWEEN :first AND :last", span
        )
        return int(found)

    with ledger.reading():
        return Counts(
            number("submission", "submitted_on", "*"),
            grouped("adoption", "adopted_on", "channel", "DISTINCT item"),
            number("adoption", "adopted_on", "DISTINCT item"),
            grouped("instruction", "instructed_on", "rank", "*"),
        )
