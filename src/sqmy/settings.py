"""Which ledger and which operator: option, then environment, then what is usual here."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from sqmy.errors import SqmyError

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
        SqmyError: for the address of a server, which this edition does not open.
    """
    named = given or os.environ.get(LEDGER_VARIABLE)
    if named:
        if "://" in named:
            raise SqmyError(
                f"台账「{named.split('://')[0]}://…」：本版只能打开本机的台账文件，请写文件路径。"
            )
        return Path(named).expanduser()
    here = Path(FILE_NAME)
    return here if is_ledger(here) else user_data_folder() / FILE_NAME


def operator(given: str | None) -> str:
    """Who records: as given, from the environment, or the login name."""
    for name in (given, os.environ.get(OPERATOR_VARIABLE)):
        if name and name.strip():
            return name.strip()
    import getpass  # noqa: PLC0415 — not needed where the name is given

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise SqmyError("不知道经办人是谁。请加 --as 姓名，或设环境变量 SQMY_OPERATOR。") from error
