"""What a cell says: text, a name, a day, several values. Each reader refuses what it cannot read.

The refusals go on from nothing: they stand behind the cell's place. Nothing is guessed.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

from openpyxl.utils.datetime import from_excel

from sqmy import text
from sqmy.days import EARLIEST_YEAR, LATEST_YEAR, Day, lacks_year, read_day
from sqmy.errors import SqmyError
from sqmy.intake.grid import Flaw, Value

EARLIEST = "1980-01-01"
"""A bare number in a column of days is a serial day from here on; 2025 is none (1905-07-17)."""

_SEPARATORS = "、，,；;/\n"
_DAY_SEPARATOR = re.compile("[、，,；;\n]+")
_SEPARATOR = re.compile(f"[{_SEPARATORS}]+")
_DEPTH = {"（": 1, "(": 1, "）": -1, ")": -1}

_YYYYMMDD = 8


def as_text(value: Value | None, what: str) -> str:
    """The cell as text for keeping; "" for a blank one.

    Args:
        value: of the cell.
        what: the heading, for the message.

    Raises:
        SqmyError: a day, an error value, an unsaved formula, a control character.
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return text.plain(value, what)
    if isinstance(value, Flaw):
        raise SqmyError(f"这一格{value.reason}")
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        raise SqmyError(
            f"{what}这一格是日期 {value.isoformat()}，不是文字"
            "（Excel 会把「3-1」这样的内容自动改成日期）。"
            "请把这一列设为“文本”格式，重新填写。"
        )
    return str(value) if isinstance(value, int) else format(value, ".15g")


def as_part(value: Value | None, what: str) -> str:
    """The cell as a part of a text that stands in several: blanks at its ends are inside it.

    Raises:
        SqmyError: as `as_text`, for anything but text.
    """
    return value if isinstance(value, str) else as_text(value, what)


@lru_cache(maxsize=50_000, typed=True)
def as_name(value: Value | None, what: str) -> str:
    """The cell as a name, label or number in its one spelling (`张 三` is `张三`).

    Raises:
        SqmyError: as `as_text`.
    """
    return text.name(as_text(value, what), what)


def as_title(value: Value | None, what: str) -> str:
    """The cell as text on one line.

    Raises:
        SqmyError: as `as_text`.
    """
    written = as_text(value, what)
    return text.name(written, what) if "\n" in written or "\t" in written else written


@lru_cache(maxsize=50_000, typed=True)
def as_day(
    value: Value | None, epoch: datetime | None, what: str, year: int | None = None
) -> Day | None:
    """The cell as a day; None for a blank one.

    A day that the spreadsheet knows as one, any spelling that `days.read_day` takes, or, in a
    workbook, a bare serial number counted from its own epoch.

    Args:
        value: of the cell.
        epoch: day 0 of the workbook's serial numbers; None where there are none.
        what: the heading, for the message.
        year: of days that lack theirs; None to refuse them.

    Raises:
        SqmyError: anything else, saying why.
    """
    if value is None:
        return None
    if isinstance(value, bool | Flaw):
        return read_day(as_text(value, what))
    if isinstance(value, int | float):
        return _serial(value, epoch) or read_day(as_text(value, what))
    if isinstance(value, str):
        return written_day(text.plain(value, what), year)
    if not EARLIEST_YEAR <= value.year <= LATEST_YEAR:
        raise SqmyError(f"日期 {value.isoformat()} 的年份不对，请核对。")
    return value.isoformat()


def as_days(
    value: Value | None, as_day: Callable[[Value | None, str], Day | None], what: str
) -> tuple[Day, ...]:
    """The days of a cell that may hold several; `/` `.` and `-` part none.

    Raises:
        SqmyError: as `as_day`.
    """
    parts = _DAY_SEPARATOR.split(value) if isinstance(value, str) else [value]
    given = [part for part in parts if not isinstance(part, str) or part.strip()]
    return tuple(day for part in given if (day := as_day(part, what)))


def written_day(written: str, year: int | None) -> Day:
    """The day that a text writes; `year` as in `as_day`.

    Raises:
        SqmyError: saying why, and how to settle the year of a whole import.
    """
    try:
        return read_day(written, year)
    except SqmyError as error:
        if year is None and lacks_year(written):
            raise SqmyError(f"{error}整份表都是同一年的，可以加 --year-of 年份。") from None
        raise


def _serial(value: float, epoch: datetime | None) -> Day | None:
    """The day of a bare serial number; None if it can hardly be one."""
    if epoch is None or len(str(int(value))) >= _YYYYMMDD:
        return None
    try:
        day = from_excel(value, epoch)
    except (OverflowError, ValueError):
        return None
    if not isinstance(day, datetime) or day.year > LATEST_YEAR:
        return None
    iso = day.date().isoformat()  # `%Y` leaves the zeros of early years out
    return iso if iso >= EARLIEST else None


@lru_cache(maxsize=50_000)
def split(written: str) -> tuple[str, ...]:
    """The values of a cell that may hold several, in order, blank ones left out.

    What stands in brackets stays whole: `张三（甲、乙联合组）` is one.
    """
    pieces = [""]
    if _DEPTH.keys().isdisjoint(written):
        pieces = _SEPARATOR.split(written)
    else:
        depth = 0
        for character in written:
            depth = max(0, depth + _DEPTH.get(character, 0))
            if character in _SEPARATORS and not depth:
                pieces.append("")
            else:
                pieces[-1] += character
    return tuple(part for piece in pieces if (part := piece.strip()))
