"""Errors of the database at the first, second, third … statement of an import."""

import io
import sqlite3
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqmy.cli import main
from sqmy.ledger.sqlite import SqliteLedger
from trials import offices
from trials.offices import BrokenError, must_be, state

ERRORS = {
    "SQLITE_IOERR_WRITE": "disk I/O error",
    "SQLITE_FULL": "database or disk is full",
    "SQLITE_CORRUPT": "database disk image is malformed",
    "SQLITE_BUSY": "database is locked",
}


def failing(ledger: Path, workbook: Path, number: int) -> int:
    """Let so many statements of an import fail, one in each run, spread over all of them.

    Raises:
        BrokenError: something of the import is there, or it was not said.
    """
    before = state(ledger)
    whole = ledger.read_bytes()
    total = _count(ledger, workbook)
    ledger.write_bytes(whole)
    names = list(ERRORS)
    for step in range(number):
        when = 1 + step * (total - 1) // number
        code, told = _run(ledger, workbook, when, names[step % len(names)])
        if code not in {1, 3} or not told.startswith("错误："):
            raise BrokenError(f"statement {when} of {total}: {code}, {told}")
        must_be(ledger, [before])
    done = offices.carry_out("--ledger", ledger, "import", workbook)
    if done.returncode:
        raise BrokenError(done.stderr)
    return number


class _Fault:
    """Counts statements, and lets one of them fail."""

    def __init__(self, when: int | None, name: str = "") -> None:
        self.count = 0
        self._when = when
        self._name = name
        self._one = SqliteLedger._execute  # noqa: SLF001 — the door every statement goes through
        self._many = SqliteLedger._execute_many  # noqa: SLF001 — likewise

    def as_one(self) -> Callable[..., sqlite3.Cursor]:
        """The door of one statement, counted."""

        def execute(*given: Any) -> sqlite3.Cursor:  # noqa: ANN401 — whatever the door takes
            self._step()
            return self._one(*given)

        return execute

    def as_many(self) -> Callable[..., None]:
        """The door of one statement with many values, counted."""

        def execute(*given: Any) -> None:  # noqa: ANN401 — whatever the door takes
            self._step()
            self._many(*given)

        return execute

    def _step(self) -> None:
        self.count += 1
        if self.count == self._when:
            error = sqlite3.OperationalError(ERRORS[self._name])
            error.sqlite_errorname = self._name
            raise error


def _count(ledger: Path, workbook: Path) -> int:
    fault = _Fault(None)
    _carry_out(ledger, workbook, fault)
    return fault.count


def _run(ledger: Path, workbook: Path, when: int, name: str) -> tuple[int, str]:
    return _carry_out(ledger, workbook, _Fault(when, name))


def _carry_out(ledger: Path, workbook: Path, fault: _Fault) -> tuple[int, str]:
    told = io.StringIO()
    with (
        patch.object(SqliteLedger, "_execute", fault.as_one()),
        patch.object(SqliteLedger, "_execute_many", fault.as_many()),
        redirect_stdout(io.StringIO()),
        redirect_stderr(told),
    ):
        code = main(["--ledger", str(ledger), "--as", "试验", "import", str(workbook)])
    return code, told.getvalue()
