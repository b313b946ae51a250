"""An open ledger, and running statements on it, whatever it is kept in.

A statement is plain SQL with `:name` parameters, the same text for a file (`sqlite.py`) and for a
server (`postgresql.py`); what only one of the two knows by itself (`json_each`, `instr` …) the
other is taught when its schema is laid. Text is compared and ordered by code points in both.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, ClassVar, Self

from sqmy.errors import SqmyError

WAIT_SECONDS = 15
"""How long somebody who writes waits for another who does."""

Values = Mapping[str, Any]
"""The values of a statement's `:name` parameters."""

NONE: Values = {}


class Ledger(ABC):
    """An open ledger. Use it as a context manager, or close it.

    Attributes:
        connection: the driver's own.
        address: what the clerk calls it by: a path or a server's address, without a password.
        rehearsing: nothing is ever committed; it is gone when the connection is closed.
        notices: what whoever opened it should know, in sentences.
    """

    _READ: ClassVar[tuple[str, ...]]
    _WRITE: ClassVar[tuple[str, ...]]
    """The statements that begin reading and writing."""

    def __init__(self, connection: Any, address: str) -> None:  # noqa: ANN401 — either driver's
        self.connection = connection
        self.address = address
        self.rehearsing = False
        self.notices: tuple[str, ...] = ()
        self._spoken = _Spoken(self._told)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def rows(self, sql: str, values: Values = NONE) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._spoken:
            found: list[tuple[Any, ...]] = self._execute(sql, values).fetchall()
            return found

    def row(self, sql: str, values: Values = NONE) -> tuple[Any, ...] | None:
        """The first row of a query, or None."""
        with self._spoken:
            found: tuple[Any, ...] | None = self._execute(sql, values).fetchone()
            return found

    def grouped(
        self, key: str, names: Sequence[str], sql: str, values: Values = NONE
    ) -> list[tuple[Any, ...]]:
        """For each value of `key` in a query, in order, the named columns of its rows.

        The engine packs each column into one JSON text: a fraction of the time and memory that a
        tuple for every row takes.
        """
        packed = ", ".join(f"json_group_array({name})" for name in names)
        return self.rows(
            f"SELECT {key}, {packed} FROM ({sql}) AS found GROUP BY {key} ORDER BY {key}", values
        )

    def run(self, sql: str, values: Values = NONE) -> None:
        """One writing statement, inside `writing`."""
        with self._spoken:
            self._execute(sql, values)

    def run_many(self, sql: str, values: Iterable[Values]) -> None:
        """One writing statement for each set of values, inside `writing`."""
        with self._spoken:
            self._execute_many(sql, values)

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Several queries on one state of the ledger; inside `writing`, on that one."""
        if self.in_transaction:
            yield
            return
        try:
            self._begin(self._READ)
            yield
        finally:
            self.roll_back()

    @contextmanager
    def writing(self, *, dry_run: bool = False) -> Iterator[None]:
        """All or nothing; nobody else writes meanwhile. With `dry_run`, always nothing.

        In a rehearsal all is one transaction, so that what was rehearsed before can be read.
        """
        if self.rehearsing:
            if not self.in_transaction:
                self._begin(self._WRITE)
            yield
            return
        try:
            self._begin(self._WRITE)
            yield
            if not dry_run:
                self._commit()
        finally:
            if self.in_transaction:
                self.roll_back()

    def roll_back(self) -> None:
        """Undo what was written since the transaction began."""
        self.connection.rollback()

    def _begin(self, statements: Iterable[str]) -> None:
        for statement in statements:
            self.run(statement)

    def _commit(self) -> None:
        self.run("COMMIT")

    @property
    @abstractmethod
    def in_transaction(self) -> bool:
        """Whether a transaction has begun and not ended."""

    @abstractmethod
    def _execute(self, sql: str, values: Values) -> Any:  # noqa: ANN401 — either driver's cursor
        """One statement, by the driver."""

    @abstractmethod
    def _execute_many(self, sql: str, values: Iterable[Values]) -> None:
        """One statement many times, by the driver."""

    @abstractmethod
    def _told(self, error: Exception) -> SqmyError | None:
        """The clerk's words for what the engine reports, without values; None for our own fault."""


class _Spoken:
    """What the engine reports, in the clerk's words: around every statement, so made once."""

    def __init__(self, told: Callable[[Exception], SqmyError | None]) -> None:
        self._told = told

    def __enter__(self) -> None:
        """Nothing is to be done before."""

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, Exception) and (told := self._told(error)) is not None:
            raise told from (None if quotes(error) else error)
        # else, if anything, a fault of ours, not of the ledger or the disk


def quotes(error: Exception) -> bool:
    """Whether the error quotes a text that damage has made unreadable, so that it stays hidden."""
    return str(error).startswith("Could not decode to UTF-8")
