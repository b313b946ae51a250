"""Which ledger and which operator: option, then environment, then what is usual here."""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from sqmy import text
from sqmy.errors import LedgerError, SqmyError

LEDGER_VARIABLE = "SQMY_LEDGER"
OPERATOR_VARIABLE = "SQMY_OPERATOR"
FILES_VARIABLE = "SQMY_FILES"
"""Names the folder in which the attachments of ledgers on servers lie, one folder an office."""

FILE_NAME = "sqmy.db"
SCHEMES = ("postgresql+psycopg", "postgresql")
"""What the address of a server begins with; the first is the usual one."""

OFFICE = "sqmy"
"""The schema of an address that names no office."""

_OFFICE = re.compile(r"(?!pg_)[^\W\d]\w*")
_OFFICE_BYTES = 40


class Server(NamedTuple):
    """A ledger's place on a PostgreSQL server.

    Attributes:
        url: for libpq, without the office; it may hold a password, and is never shown.
        office: the schema, one for each office.
    """

    url: str
    office: str

    def __str__(self) -> str:
        """The address without what is secret."""
        from urllib.parse import urlsplit  # noqa: PLC0415 — files need none

        parts = urlsplit(self.url)
        user, at, host = parts.netloc.rpartition("@")
        shown = f"{user.partition(':')[0]}{at}{host}"
        return f"{SCHEMES[0]}://{shown}{parts.path}?office={self.office}"

    @property
    def has_password(self) -> bool:
        """Whether the address itself holds a password."""
        return bool(re.search(r"^[^/]*//[^/@]*:[^/@]+@|[?&]password=", self.url))

    def __repr__(self) -> str:
        """As a text: a traceback shows it, and the password stays out of it."""
        return f"Server({str(self)!r})"


Place = Path | Server
"""Where a ledger is kept."""


def user_data_folder() -> Path:
    """The folder where this system keeps a user's data of ours."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "sqmy"


def ledger_place(given: str | None, is_ledger: Callable[[Path], bool]) -> Place:
    """The ledger's place: as given, from the environment, here if it is one, else the user's own.

    Raises:
        LedgerError: for the address of a server that is none of ours.
        SqmyError: where nobody knows the user's folder.
    """
    named = given or os.environ.get(LEDGER_VARIABLE)
    if named:
        if "://" in named:
            return server(named)
        try:
            return Path(named).expanduser()
        except RuntimeError as error:
            raise SqmyError(f"台账「{named}」：没有这个用户的文件夹。请写完整路径。") from error
    here = Path(FILE_NAME)
    if is_ledger(here):
        return here
    try:
        return user_data_folder() / FILE_NAME
    except RuntimeError as error:
        raise SqmyError("不知道您的文件夹在哪里。请用 --ledger 指明台账文件。") from error


def server(address: str) -> Server:
    """The server and the office that an address names, `postgresql+psycopg://…?office=…`.

    Raises:
        LedgerError: another kind of server, or no name for an office.
    """
    from urllib.parse import parse_qsl, quote, urlencode, urlsplit  # noqa: PLC0415 — files need none

    scheme = address.partition("://")[0]
    if scheme not in SCHEMES:
        raise LedgerError(
            f"台账「{scheme}://…」：服务器的地址以 {SCHEMES[0]}:// 开头；本机的台账请写文件路径。"
        )
    try:
        parts = urlsplit(address)
    except ValueError:
        raise LedgerError(f"台账「{scheme}://…」：服务器的地址写法不对。") from None
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    office = options.pop("office", OFFICE)
    if not _OFFICE.fullmatch(office) or len(office.encode()) > _OFFICE_BYTES:
        raise LedgerError(
            f"地址里的 office=「{office}」不能用：请用文字、数字和下划线，不以数字或 pg_ 开头，"
            f"不超过 {_OFFICE_BYTES // 3} 个汉字或 {_OFFICE_BYTES} 个字母。"
        )
    query = f"?{urlencode(options, quote_via=quote)}" if options else ""
    return Server(f"postgresql://{parts.netloc}{parts.path}{query}", office.lower())


def files_folder() -> Path | None:
    """The folder that the environment names for the attachments of ledgers on servers."""
    named = os.environ.get(FILES_VARIABLE)
    return Path(named).expanduser() if named else None


def operator(given: str | None) -> str:
    """Who records: as given, from the environment, or the login name.

    Raises:
        SqmyError: nobody is named, or a name holds what cannot be written down.
    """
    for named in (given, os.environ.get(OPERATOR_VARIABLE)):
        if name := text.name(named or "", "经办人姓名"):
            return name
    import getpass  # noqa: PLC0415 — not needed where the name is given

    try:
        return text.name(getpass.getuser(), "登录名")
    except (OSError, KeyError, ImportError) as error:
        raise SqmyError("不知道经办人是谁。请加 --as 姓名，或设环境变量 SQMY_OPERATOR。") from error
