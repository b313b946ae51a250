"""The schema of a ledger, laid by numbered migrations that are never edited once released."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

MIGRATIONS = tuple(sorted((Path(__file__).parent / "migrations").glob("[0-9]*.sql")))
"""In order; the number that a file's name is, is the version that it makes."""

SCHEMA_VERSION = int(MIGRATIONS[-1].stem)


def statements(since: int = 0, until: int = SCHEMA_VERSION) -> Iterator[str]:
    """The statements of every migration after one version and up to another, in order."""
    for migration in MIGRATIONS:
        if since < int(migration.stem) <= until:
            yield from split_statements(migration.read_text(encoding="utf-8"))


def split_statements(script: str) -> Iterator[str]:
    """The statements of an SQL script; a trigger is one."""
    statement = ""
    for line in re.sub(r"^--.*\n", "", script, flags=re.MULTILINE).splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement.strip()
            statement = ""
