"""A ledger on a PostgreSQL server: one schema an office, opened and made by its address.

The statements are those of a ledger in a file. What differs stands here: how parameters are
written, that writers queue for a lock of the office's own, and what the server reports, in the
clerk's words. Nothing that a server says of its own accord is shown but the reason why it cannot
be reached; the password never is.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any

import psycopg
from psycopg.abc import Buffer
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.pq import TransactionStatus
from psycopg.types.numeric import Int8Dumper
from psycopg.types.string import TextLoader

from sqmy.errors import LedgerError, SqmyError, StorageError
from sqmy.ledger import postgresql_schema as schema
from sqmy.ledger.database import WAIT_SECONDS, Ledger, Values
from sqmy.settings import Server
from sqmy.text import clean

_CONNECT_SECONDS = 10


class PostgresqlLedger(Ledger):
    """A ledger on a server."""

    connection: psycopg.Connection[tuple[Any, ...]]
    _READ = ("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",)
    _WRITE = (
        "BEGIN",  # each later statement sees what was committed before the lock was had
        "SELECT pg_advisory_xact_lock(CAST(CAST(to_regclass('chain') AS oid) AS bigint))",
    )

    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]], server: Server) -> None:
        super().__init__(connection, str(server))
        self.server = server

    @property
    def in_transaction(self) -> bool:
        """Whether a transaction has begun and not ended; with the connection it has ended too."""
        return self.connection.info.transaction_status not in {
            TransactionStatus.IDLE,
            TransactionStatus.UNKNOWN,
        }

    def roll_back(self) -> None:
        """Undo what was written since the transaction began; a lost connection has done so."""
        with suppress(psycopg.OperationalError):
            self.connection.rollback()

    def _commit(self) -> None:
        try:
            done = self.connection.execute("COMMIT").statusmessage
        except psycopg.OperationalError as error:
            raise StorageError(
                "写入时与服务器的连接断了，不知道写成没有。请用 sqmy log 核对，没有的再登记一次。"
                f"\n台账：{self.address}"
            ) from error
        if done != "COMMIT":  # a failed transaction: the server rolls back without an error
            raise StorageError(f"服务器没有接受这次写入，没有写入。请重做。\n台账：{self.address}")

    def _execute(self, sql: str, values: Values) -> psycopg.Cursor[tuple[Any, ...]]:
        return self.connection.execute(translated(sql), values)

    def _execute_many(self, sql: str, values: Iterable[Values]) -> None:
        self.connection.cursor().executemany(translated(sql), values)

    def _told(self, error: Exception) -> SqmyError | None:
        if not isinstance(error, psycopg.Error):
            return None
        code = error.sqlstate or ("08" if isinstance(error, psycopg.OperationalError) else "")
        for prefix, (kind, words) in _TOLD.items():
            if code.startswith(prefix):
                return kind(f"{words}\n台账：{self.address}")
        return None


_BUSY = (StorageError, f"台账正被别人占用，等了 {WAIT_SECONDS} 秒，没有写入。请稍后重做。")
_GONE = (StorageError, "与服务器的连接断了，没有写入。请检查网络和服务器后重做。")
_TOLD: dict[str, tuple[type[SqmyError], str]] = {
    "08": _GONE,
    "57P": _GONE,
    "55P03": _BUSY,
    "40": _BUSY,
    "57014": _BUSY,
    "53100": (StorageError, "服务器的磁盘已满，没有写入。请服务器管理员腾出空间后重做。"),
    "53": (StorageError, "服务器一时应付不过来，没有写入。请稍后重做。"),
    "25006": (StorageError, "这台服务器是只读的（如备用机），没有写入。请连到主服务器。"),
    "42501": (
        SqmyError,
        "登录服务器的用户没有这项权限，没有写入。请服务器管理员授予读写或只读的角色。",
    ),
    "XX001": (LedgerError, "服务器上的台账已损坏。请勿再写，请服务器管理员用备份恢复。"),
    "XX002": (LedgerError, "服务器上的索引已损坏。请勿再写，请服务器管理员检查。"),
    "23": (LedgerError, "台账拒绝了这次写入：与已有的事实不符。请用 sqmy verify 检查。"),
    "P0001": (LedgerError, "台账拒绝了这次写入：事实只许增加。请用 sqmy verify 检查。"),
    "42P01": (LedgerError, "服务器上的台账缺少表。请用 sqmy verify 检查。"),
    "42703": (LedgerError, "服务器上的台账缺少列。请用 sqmy verify 检查。"),
}
"""What the server's conditions (SQLSTATE, or its first characters) mean for the clerk."""

_PARTS = re.compile(r"'[^']*'|::|:(?P<name>[a-z]\w*)|%", re.ASCII)


@lru_cache(maxsize=1024)
def translated(sql: str) -> str:
    """A statement with `:name` parameters as psycopg takes it: `%(name)s`, a plain % doubled."""

    def part(match: re.Match[str]) -> str:
        name = match["name"]
        return f"%({name})s" if name else match[0].replace("%", "%%")

    return _PARTS.sub(part, sql)


class _YesNo(Int8Dumper):
    """A yes and no is held as 1 and 0, as in a file."""

    def dump(self, obj: bool) -> Buffer | None:  # noqa: FBT001 — the driver's signature
        """The digit."""
        return super().dump(int(obj))


def connect(server: Server) -> PostgresqlLedger:
    """A connection to the office's schema, which need not be there yet.

    Raises:
        LedgerError: the address is no good, or the server cannot be reached.
    """
    try:
        given: dict[str, Any] = {
            "connect_timeout": _CONNECT_SECONDS,
            **conninfo_to_dict(server.url),
        }
        connection = psycopg.connect(
            make_conninfo(**given, client_encoding="utf8", application_name="sqmy"),
            autocommit=True,
        )
    except psycopg.ProgrammingError:  # it quotes what it could not read, which may be a password
        raise LedgerError(f"服务器的地址写法不对：{server}") from None
    except psycopg.OperationalError as error:
        raise LedgerError(
            f"连不上服务器：{server}\n请检查网络、地址、用户名和密码。原话：{_reason(error)}"
        ) from error
    for kind, dumper in ((int, Int8Dumper), (bool, _YesNo)):
        connection.adapters.register_dumper(kind, dumper)
    connection.adapters.register_loader("json", TextLoader)  # columns come packed: see `grouped`
    ledger = PostgresqlLedger(connection, server)
    ledger.row(
        "SELECT set_config('search_path', :path, false), set_config('lock_timeout', :wait, false),"
        " set_config('client_min_messages', 'error', false)",
        {"path": f"{schema.quoted(server.office)}, pg_temp", "wait": f"{WAIT_SECONDS}s"},
    )
    return ledger


def _reason(error: psycopg.Error) -> str:
    """The last line of what the driver says."""
    lines = [line for line in str(error).splitlines() if line.strip()]
    return clean(lines[-1].strip()) if lines else "没有说明"


@contextmanager
def _closed_on_error(ledger: Ledger) -> Iterator[None]:
    try:
        yield
    except BaseException:
        ledger.connection.close()
        raise


def open_server(server: Server) -> PostgresqlLedger:
    """The office's ledger on a server; of an older version, its owner brings it to ours.

    Raises:
        LedgerError: it cannot be reached, is not there, not a ledger, or made by a newer sqmy.
    """
    ledger = connect(server)
    with _closed_on_error(ledger):
        found = schema.state(ledger, server.office)
        _require(found, server)
        if found and found.version < schema.SCHEMA_VERSION:
            with ledger.writing():
                lay_schema(ledger, found.version)
    return ledger


def _require(found: schema.State | None, server: Server) -> None:
    """The office has a ledger that we may open and know how to read.

    Raises:
        LedgerError: it is not so.
    """
    latest = schema.SCHEMA_VERSION
    if found is None:
        why = f"服务器上没有「{server.office}」的台账。请用 sqmy init 新建，或改地址里的 office=。"
    elif not found.version:
        why = f"服务器上的模式「{server.office}」不是 sqmy 的台账。"
    elif not found.may_enter:
        why = "登录服务器的用户不能打开这本台账。请服务器管理员授予读写或只读的角色。"
    elif found.version > latest:
        why = f"台账的版本是 {found.version}，本程序只认到 {latest}。请升级 sqmy 后再打开。"
    elif found.version < latest and not found.is_owner:
        why = (
            f"台账的版本是 {found.version}，要升到 {latest} 才能用。"
            f"请服务器管理员备份后，用建账的用户「{found.owner}」打开一次。"
        )
    else:
        return
    raise LedgerError(f"{why}\n台账：{server}")


def lay_schema(ledger: PostgresqlLedger, since: int = 0) -> None:
    """Bring the office's schema from that version to ours, inside `writing`."""
    for statement in schema.laying(ledger.server.office, since):
        ledger.run(statement)


def create(server: Server) -> PostgresqlLedger:
    """A connection on which a new ledger can be laid for the office.

    Raises:
        SqmyError: there is one already, or something else of that name; we may not make one.
        LedgerError: the server cannot be reached, or does not keep texts in UTF-8.
    """
    ledger = connect(server)
    with _closed_on_error(ledger):
        if why := schema.why_not_here(ledger, server.office):
            raise SqmyError(f"{why}\n台账：{server}")
    return ledger
