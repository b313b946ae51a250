"""A year's points as they are kept when they are sealed, and read again.

What a `ScoreBook` computes on demand is computed for every holder, so that nothing is left to a
later version of the program.
"""

import typing
from collections.abc import Callable
from typing import Any

from sqmy.plain import plain, restored
from sqmy.scoring.book import Key, ScoreBook

_FUNCTION: Any = Callable
_ON_DEMAND: dict[str, tuple[Any, Any]] = {
    field: typing.get_args(kind)
    for field, kind in ScoreBook.__annotations__.items()
    if typing.get_origin(kind) is _FUNCTION
}
"""The fields that are functions: what each takes, and what it gives."""


def dump(book: ScoreBook) -> dict[str, Any]:
    """The whole book in plain values."""
    keys = [holder.key for holder in (*book.members, *book.units)]
    found = {
        field: plain(getattr(book, field)) for field in book._fields if field not in _ON_DEMAND
    }
    for field, (takes, _) in _ON_DEMAND.items():
        compute = getattr(book, field)
        found[field] = (
            {_name(key): plain(compute(key)) for key in keys} if takes else plain(compute())
        )
    return found


def load(kept: dict[str, Any]) -> ScoreBook:
    """The book that `dump` wrote.

    Raises:
        TypeError, ValueError, KeyError: it wrote none of this.
    """
    values: dict[str, Any] = {}
    for field, part in kept.items():
        if field in _ON_DEMAND:
            takes, gives = _ON_DEMAND[field]
            values[field] = _answering(takes, gives, part)
        else:
            values[field] = restored(ScoreBook.__annotations__[field], part)
    return ScoreBook(**values)


def _answering(takes: Any, gives: Any, part: Any) -> Callable[..., Any]:  # noqa: ANN401
    """A function that answers what was kept."""
    if not takes:
        value = restored(gives, part)
        return lambda: value
    return lambda key: restored(gives, part[_name(key)])


def _name(key: Key) -> str:
    return f"{key[0]}:{key[1]}"
