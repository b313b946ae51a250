"""Every row of one ledger laid into another, up to a place of the chain.

So a ledger moves between a file and a server with its chain as it is, and so it can be looked at
as it stood when something was recorded.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from sqmy.facts import KINDS, FactId
from sqmy.ledger import chain
from sqmy.ledger.database import Ledger
from sqmy.ledger.sqlite import in_memory

_AT_ONCE = 10_000
_LAST = 2**62


def copy(source: Ledger, target: Ledger, until: FactId | None = None) -> None:
    """Lay the rows of one ledger into another, inside its `writing`.

    Args:
        source: open, in today's schema.
        target: with today's schema and nothing in it.
        until: the last place of the chain that counts; all of them, if None.
    """
    last = until or _LAST
    with source.reading():
        for table, columns in tables().items():
            named = ", ".join(f'"{column}"' for column in columns)
            into = f"INSERT INTO {table} ({named}) VALUES ({', '.join(f':{c}' for c in columns)})"
            for rows in _rows(source, table, columns, last):
                target.run_many(into, [dict(zip(columns, row, strict=True)) for row in rows])


@cache
def tables() -> dict[str, tuple[str, ...]]:
    """The columns of every table, in an order in which nothing refers to what is not there yet."""
    with in_memory() as ledger:
        made = {
            table: tuple(row[1] for row in ledger.rows(f"PRAGMA table_info({table})"))
            for (table,) in ledger.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
    first = ("chain", *KINDS, *(table for table, _ in chain.LISTS.values()))
    return {table: made[table] for table in (*first, *sorted(made.keys() - set(first)))}


def _rows(
    source: Ledger, table: str, columns: Sequence[str], last: FactId
) -> Iterator[list[tuple[object, ...]]]:
    """The rows of a table, a few thousand facts at a time; a table without facts at once."""
    named = ", ".join(f'"{column}"' for column in columns)
    key = next((column for column in ("seq", "fact") if column in columns), None)
    if key is None:
        yield source.rows(f"SELECT {named} FROM {table}")
        return
    limits = source.row(
        f"SELECT min({key}), max({key}) FROM {table} WHERE {key} <= :last", {"last": last}
    )
    low, high = limits or (None, None)
    while low is not None and low <= high:
        end = min(low + _AT_ONCE - 1, high)
        yield source.rows(
            f"SELECT {named} FROM {table} WHERE {key} BETWEEN :low AND :high ORDER BY {key}",
            {"low": low, "high": end},
        )
        low = end + 1


def as_it_stood(ledger: Ledger, until: FactId) -> Ledger:
    """The ledger up to a place of its chain, in memory; what was erased since is not there."""
    past = in_memory()
    with past.writing():
        copy(ledger, past, until)
    return past
