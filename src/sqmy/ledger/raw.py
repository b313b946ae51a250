"""The tables of a ledger as they stand, whatever version made them: names, columns and rows."""

from collections.abc import Iterator, Sequence
from typing import Any

from sqmy.ledger.sqlite import SqliteLedger


def tables(ledger: SqliteLedger) -> list[str]:
    """Every table, in the order in which they were made."""
    rows = ledger.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY rowid")
    return [str(name) for (name,) in rows]


def columns(ledger: SqliteLedger, table: str) -> tuple[str, ...]:
    """The columns of a table."""
    return tuple(str(row[1]) for row in ledger.rows(f"PRAGMA table_info({_quoted(table)})"))


def longest(ledger: SqliteLedger, table: str) -> tuple[int, ...]:
    """The length of the longest value of each column, as text."""
    lengths = ", ".join(f"max(length({_quoted(name)}))" for name in columns(ledger, table))
    (row,) = ledger.rows(f"SELECT {lengths} FROM {_quoted(table)}")
    return tuple(length or 0 for length in row)


def rows(ledger: SqliteLedger, table: str, named: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The rows of a table."""
    selected = ", ".join(map(_quoted, named))
    yield from ledger.rows(f"SELECT {selected} FROM {_quoted(table)}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
