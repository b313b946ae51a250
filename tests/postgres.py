"""A PostgreSQL server of the tests' own, in a temporary folder, for as long as they run.

Debian's `postgresql` is enough; no service need run. Where CI is set it must be there; elsewhere
tests that need it are skipped. A server refuses to be root's: root starts it as another user.
"""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from sqmy.ledger.database import Ledger
from sqmy.ledger.opening import create_ledger
from sqmy.settings import Server, server

OWNER = "zhang"
"""Who makes ledgers: a user like any other, who may make roles."""

_SETTINGS = {"max_connections": "60", "shared_buffers": "64MB", "fsync": "on"}
_numbers = count(1)


def _program(name: str) -> str:
    """A program of PostgreSQL's; without it, the test is skipped."""
    folders = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"))[::-1]]
    found = shutil.which(name, path=os.pathsep.join([*folders, os.environ.get("PATH", "")]))
    if found is None:
        reason = "PostgreSQL is not installed (Debian: apt-get install postgresql)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def _user() -> dict[str, str]:
    """Who runs the server, as `subprocess` takes it: root may not."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return {}
    import pwd  # noqa: PLC0415 — Windows has none

    names = {entry.pw_name for entry in pwd.getpwall()}
    return {"user": "postgres" if "postgres" in names else "nobody", "group": "nogroup"}


class Cluster:
    """A server with its folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.port = 0

    def make(self) -> None:
        """Lay the folder out; texts are sorted by the rules of Chinese, which ledgers must not."""
        user = _user()
        if user:
            shutil.chown(self.folder, **user)
        locale = ["--locale=C.UTF-8", "--encoding=UTF8"]
        if "--icu-locale" in self._run("initdb", "--help"):
            locale += ["--locale-provider=icu", "--icu-locale=zh"]
        self._run(
            *("initdb", "--pgdata", str(self.data), "--auth=trust", "--username=postgres"),
            *("--no-sync", *locale),
        )

    def start(self) -> None:
        """Start, or start again after a stop, on the same port."""
        if not self.port:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
        settings = _SETTINGS | {
            "port": str(self.port),
            "listen_addresses": "127.0.0.1",
            "unix_socket_directories": str(self.folder) if os.name == "posix" else "",
        }
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        log = str(self.folder / "log")
        self._control("start", "--options", options, "--log", log)

    def stop(self, mode: str = "fast") -> None:
        """Stop; `immediate` leaves everything as a crash would."""
        self._control("stop", "--mode", mode)

    def _control(self, what: str, *more: str) -> None:
        self._run("pg_ctl", what, "--pgdata", str(self.data), "--wait", "--silent", *more)

    def _run(self, program: str, *words: str) -> str:
        done = subprocess.run(
            [_program(program), *words],
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if "--help" in words else subprocess.DEVNULL,
            stderr=subprocess.PIPE if program == "initdb" else subprocess.DEVNULL,
            encoding="utf-8",
            check=False,
            **_user(),  # type: ignore[call-overload]
        )
        assert done.returncode == 0, (program, words, done.stderr)
        return str(done.stdout or "")

    def address(self, database: str, user: str = OWNER, office: str | None = None) -> str:
        """A ledger's address there."""
        of = f"?office={office}" if office else ""
        return f"postgresql+psycopg://{user}@127.0.0.1:{self.port}/{database}{of}"

    @contextmanager
    def admin(self, database: str = "postgres") -> Iterator["psycopg.Connection[Any]"]:
        """A connection as the server's administrator."""
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user="postgres", dbname=database, autocommit=True
        ) as connection:
            yield connection

    def new_database(self, template: str = "template1") -> str:
        """A new database of the owner's, like another; its name."""
        name = f"d{next(_numbers)}"
        with self.admin() as admin:
            admin.execute(f"CREATE DATABASE {name} OWNER {OWNER} TEMPLATE {template}".encode())
        return name

    def new_office(self, database: str | None = None, office: str = "sqmy") -> Ledger:
        """A new, empty ledger, in a new database."""
        return create_ledger(self.place(database or self.new_database(), office), lambda _: None)

    def place(self, database: str, office: str = "sqmy", user: str = OWNER) -> Server:
        """As `address`, read."""
        return server(self.address(database, user, office))

    def as_user(self, name: str, roles: Sequence[str]) -> str:
        """A user who holds these roles and no more; the name."""
        with self.admin() as admin:
            admin.execute(f"DROP ROLE IF EXISTS {name}".encode())
            admin.execute(f"CREATE ROLE {name} LOGIN".encode())
            for role in roles:
                admin.execute(f'GRANT "{role}" TO {name}'.encode())
        return name


@contextmanager
def cluster() -> Iterator[Cluster]:
    """A new server that runs, and is gone afterwards."""
    _program("initdb")
    folder = Path(tempfile.mkdtemp(prefix="sqmy-pg-"))
    made = Cluster(folder)
    try:
        made.make()
        made.start()
        with made.admin() as admin:
            admin.execute(f"CREATE ROLE {OWNER} LOGIN CREATEROLE".encode())
        yield made
    finally:
        if made.port:
            made.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


def head(address: str) -> tuple[int, str] | None:
    """The last place and hash of a ledger, read past the program; None without a ledger."""
    place = server(address)
    with psycopg.connect(place.url) as connection:
        table = psycopg.sql.Identifier(place.office, "chain")
        query = psycopg.sql.SQL("SELECT seq, hash FROM {} ORDER BY seq DESC LIMIT 1").format(table)
        try:
            return connection.execute(query).fetchone()
        except psycopg.errors.UndefinedTable:
            return None
