"""Opening and making a ledger, wherever it is kept: in a file, or on a server."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from sqmy.errors import LedgerError
from sqmy.ledger import sqlite
from sqmy.ledger.database import Ledger
from sqmy.ledger.schema import SCHEMA_VERSION
from sqmy.settings import Place, Server


def open_ledger(place: Place) -> Ledger:
    """The ledger that is there; a file of an earlier schema is brought to today's.

    Raises:
        LedgerError: there is none, or none that this sqmy can read.
    """
    if isinstance(place, Path):
        ledger = sqlite.open_file(place)
        if ledger.version == SCHEMA_VERSION:
            return ledger
        from sqmy.ledger.upgrading import current  # noqa: PLC0415 — once in a ledger's version

        return current(ledger)
    return _postgresql().open_server(place)  # type: ignore[no-any-return]


def connect_to(server: Server) -> Ledger:
    """A connection to the office's schema, whatever stands there; nothing is changed.

    Raises:
        LedgerError: the server cannot be reached.
    """
    return _postgresql().connect(server)  # type: ignore[no-any-return]


def create_ledger(
    place: Place, begin: Callable[[Ledger], object], *, plain: bool = False
) -> Ledger:
    """A new ledger; all of it or nothing.

    Args:
        place: where there is none.
        begin: records the first facts, inside `writing`.
        plain: a file is not encrypted, though there is a key.

    Raises:
        SqmyError: something stands there already, or nothing can be made there.
    """
    ledger: Ledger
    if isinstance(place, Path):
        ledger, lay = sqlite.create_file(place, plain=plain), sqlite.lay_schema
    else:
        server = _postgresql()
        ledger, lay = server.create(place), server.lay_schema
    try:
        with ledger.writing():
            lay(ledger)
            begin(ledger)
    except BaseException:
        ledger.connection.close()
        if isinstance(place, Path):
            place.unlink(missing_ok=True)
        raise
    return ledger


def _postgresql() -> ModuleType:
    """What speaks with servers, which not every office has installed."""
    try:
        from sqmy.ledger import postgresql  # noqa: PLC0415 — files need none
    except ImportError as error:
        raise LedgerError(
            '没有装连接服务器的部件 psycopg。请执行 pip install "sqmy[pg]"，'
            "或用安装包里的 install 脚本重装。"
        ) from error
    return postgresql
