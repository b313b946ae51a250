"""Which ledger and which operator: option, then environment, then what is usual here."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from sqmy import text
from sqmy.errors import LedgerError, SqmyError

LEDGER_VARIABLE = "SQMY_LEDGER"
OPERATOR_VARIABLE = "SQMY_OPERATOR"
FILE_NAME = "sqmy.db"


def user_data_folder() -> Path:
    """The folder where this system keeps a user's data of ours."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(base) / "sqmy"


def ledger_path(given: str | None, is_ledger: Callable[[Path], bool]) -> Path:
    """The ledger's file: as given, from the environment, here if it is one, else the user's own.

    Raises:
        LedgerError: for the address of a server, which this edition does not open.
        SqmyError: where nobody knows the user's folder.
    """
    named = given or os.environ.get(LEDGER_VARIABLE)
    if named:
        if "://" in named:
            raise LedgerError(
                f"台账「{named.split('://')[0]}://…」：本版只能打开本机的台账文件，请写文件路径。"
            )
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
