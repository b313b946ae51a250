"""A year's points as they are kept when they are sealed, and read again.

What a `ScoreBook` computes for a holder on demand is computed for every holder, so that nothing is
left to a later version of the program. What it computes for any part of a year (tallies, what
items earned) is not published and not kept: a book that was read has it from another book.
"""

from collections.abc import Callable
from typing import Any

from sqmy.days import Period
from sqmy.plain import plain, restored
from sqmy.scoring.book import (
    Holder,
    Incident,
    Key,
    LeftOut,
    Obligation,
    Open,
    PointLine,
    ScoreBook,
    Tally,
)

_SETTLED: dict[str, Any] = {
    "year": Period,
    "members": tuple[Holder, ...],
    "units": tuple[Holder, ...],
    "obligations": tuple[Obligation, ...],
    "open": tuple[Open, ...],
}
"""The fields that are values."""

_LINES: Any = tuple[PointLine, ...]


def dump(book: ScoreBook) -> dict[str, Any]:
    """The book in plain values."""
    holders = (*book.members, *book.units)

    def of_each(compute: Callable[[Key], object]) -> dict[str, Any]:
        return {_name(holder.key): plain(compute(holder.key)) for holder in holders}

    return {
        **{field: plain(getattr(book, field)) for field in _SETTLED},
        "lines": of_each(book.lines_of),
        "accounts": {
            _name(holder.key): {
                account: plain(book.lines_in(holder.key, account)) for account in holder.accounts
            }
            for holder in holders
        },
        "tallies": of_each(book.tally_of),
        "incidents": of_each(book.incidents_of),
        "left_out": of_each(book.left_out),
    }


def load(kept: dict[str, Any], others: Callable[[], ScoreBook]) -> ScoreBook:
    """The book that `dump` wrote.

    Args:
        kept: what it wrote.
        others: makes a book of the same facts, for whoever asks for what was not kept.

    Raises:
        TypeError, ValueError, KeyError: it wrote none of this.
    """
    lines = _of_each(_LINES, kept["lines"])
    accounts = _of_each(dict[str, _LINES], kept["accounts"])
    tallies = _of_each(Tally, kept["tallies"])
    incidents: dict[Key, tuple[Incident, ...]] = _of_each(tuple[Incident, ...], kept["incidents"])
    left_out: dict[Key, tuple[LeftOut, ...]] = _of_each(tuple[LeftOut, ...], kept["left_out"])

    def tally_of(key: Key, period: Period | None = None, /) -> Tally:
        return tallies[key] if period is None else others().tally_of(key, period)

    return ScoreBook(
        **{field: restored(kind, kept[field]) for field, kind in _SETTLED.items()},
        lines_of=lambda key: lines[key],
        lines_in=lambda key, account: accounts[key].get(account, ()),
        tally_of=tally_of,
        incidents_of=lambda key: incidents[key],
        item_points=lambda period, clauses: others().item_points(period, clauses),
        left_out=lambda key: left_out[key],
    )


def _name(key: Key) -> str:
    return f"{key[0]}:{key[1]}"


def _of_each(kind: Any, kept: dict[str, Any]) -> dict[Key, Any]:  # noqa: ANN401 — an annotation
    found: dict[Key, Any] = {}
    for name, part in kept.items():
        what, _, identity = name.partition(":")
        key: Key = ("member" if what == "member" else "unit", int(identity))
        found[key] = restored(kind, part)
    return found
