"""Days and periods.

A day is ISO text (`2025-03-01`) everywhere inside: it sorts, compares and hashes as it stands,
and facts have no time zone. Only reading and calendar arithmetic turn it into a `date`.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from sqmy.errors import SqmyError

Day = str
"""An ISO day, `2025-03-01`."""

EARLIEST_YEAR, LATEST_YEAR = 1900, 2199

_HAN_DIGITS = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")}
_HAN_DIGITS |= {"○": "0", "零": "0", "O": "0", "o": "0", "Ο": "0"}
_HALF_WIDTH: dict[int, int | str | None] = {
    **{wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)},
    **dict.fromkeys((0x3000, 0xA0), " "),
    **dict.fromkeys((*range(0x200B, 0x2010), *range(0x202A, 0x202F), 0xFEFF)),  # invisible: gone
}
_LONGEST = 64
_HAN_YEAR = "([〇○零OoΟ一二三四五六七八九]{4})年"
_HAN_NUMBER = "[一二三四五六七八九]?十?[一二三四五六七八九]?"
_TIME = r"\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}(?:\.\d+)?)?[秒分]?"
# Kept as text, as in `text`: most days are written in ISO, which needs none of them.
_FORMS = (
    rf"(\d{{4}})年(\d{{1,2}})月(\d{{1,2}})[日号](?:T?{_TIME})?",
    rf"(\d{{4}})([-./])(\d{{1,2}})\2(\d{{1,2}})(?:(?:T|\s+){_TIME})?",  # `3.11:20` has two readings
    r"(\d{4})(\d{2})(\d{2})",
)
_SHORT = (
    (r"(\d{2})([-./])(\d{1,2})\2(\d{1,2})", "年份只有两位"),
    (r"(\d{2})年(\d{1,2})月(\d{1,2})[日号]?", "年份只有两位"),
    (r"(\d{1,2})月(\d{1,2})[日号]?", "缺年份"),
    (r"(\d{1,2})[-./](\d{1,2})", "缺年份"),
)
_REASONS = (
    (r"\d{1,2}([-./])\d{1,2}\1\d{4}", "年份写在最后，月和日分不清"),
    *_SHORT,
    (r"\d{4}年\d{1,2}月(份)?|\d{4}[-./]\d{1,2}", "缺日"),
    (r"\d{1,2}月(份)?", "缺年份，也缺日"),
)
_ADVICE = "请写成 2025-03-01 或 2025年3月1日。"


def _han_number(text: str) -> str:
    """`三十一` as `31`; text in Arabic digits stays."""
    if not text or not re.fullmatch(_HAN_NUMBER, text):
        return text
    tens, ten, ones = text.partition("十")
    if not ten:
        return _HAN_DIGITS.get(tens, text)
    return str(int(_HAN_DIGITS.get(tens, "1")) * 10 + int(_HAN_DIGITS.get(ones, "0")))


def _arabic(text: str) -> str:
    """Chinese numerals of a date as Arabic ones."""
    year = re.match(_HAN_YEAR, text)
    if year:
        text = "".join(_HAN_DIGITS[c] for c in year[1]) + text[4:]
    return re.sub(
        "([一二三四五六七八九十]+)(?=[月日号])", lambda match: _han_number(match[1]), text
    )


def _folded(text: str) -> str:
    """What is matched: half width, Arabic numerals, no blanks around the marks."""
    folded = text.translate(_HALF_WIDTH).strip()
    return _arabic(re.sub(r"\s*([-./年月日号])\s*", r"\1", folded))


def lacks_year(text: str) -> bool:
    """Whether it writes month and day, and of the year nothing or two digits."""
    return len(text) <= _LONGEST and any(_fits(form, _folded(text)) for form, _ in _SHORT)


def _fits(form: str, folded: str) -> re.Match[str] | None:
    return re.fullmatch(rf"(?:{form})(?:[T\s]*{_TIME})?", folded, re.ASCII)


def read_day(text: str, year: int | None = None) -> Day:
    """The ISO day that `text` writes, in ISO or one of the usual Chinese spellings.

    `2025-03-01`, `2025.3.1`, `2025/3/1`, `2025年3月1日`, `20250301`, `二〇二五年三月一日`, with
    full-width digits and blanks inside, and with a time of day, which is dropped.

    Args:
        text: as written.
        year: that of days which lack theirs (`3月1日`), and which a year of two digits must mean.

    Raises:
        SqmyError: saying why, for anything else: a day without its year, a year of two digits,
            the year at the end, a day that no calendar has. Nothing is guessed.
    """
    parts = text[:4], text[5:7], text[8:]
    iso = len(text) == len("2025-03-01") and text.isascii() and text == "-".join(parts)
    if iso and "".join(parts).isdecimal():
        return _checked(text, *map(int, parts))
    if len(text) > _LONGEST:
        raise SqmyError(f"日期「{text[:_LONGEST]}……」看不懂。{_ADVICE}")
    folded = _folded(text)
    for form in _FORMS:
        match = re.fullmatch(form, folded, re.ASCII)
        if match:
            return _checked(text, *_numbers(match))
    for form, reason in _REASONS:
        match = _fits(form, folded)
        if match and year and (form, reason) in _SHORT:
            return _checked(text, *_completed(text, _numbers(match), year))
        if match:
            raise SqmyError(f"日期「{text}」{reason}。{_ADVICE}")
    raise SqmyError(f"日期「{text}」看不懂。{_ADVICE}")


def _numbers(match: re.Match[str]) -> list[int]:
    return [int(group) for group in match.groups() if group and group.isdecimal()]


def _completed(text: str, numbers: list[int], year: int) -> list[int]:
    """Year, month and day, where the year was left out or has its last two digits alone."""
    *given, month, day = numbers
    if given and given[0] != year % 100:
        raise SqmyError(f"日期「{text}」的年份不是所说的 {year} 年。{_ADVICE}")
    return [year, month, day]


def _checked(text: str, year: int, month: int, day: int) -> Day:
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise SqmyError(f"日期「{text}」的年份不在 {EARLIEST_YEAR} 至 {LATEST_YEAR} 之间，请核对。")
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise SqmyError(
            f"日期「{text}」不存在：{year} 年 {month} 月没有 {day} 日，请核对。"
        ) from None


_ASSUMED: ContextVar[Day | None] = ContextVar("_ASSUMED", default=None)


def today() -> Day:
    """The day it is on this computer."""
    # facts carry the clerk's own calendar day, not that of UTC
    return _ASSUMED.get() or date.today().isoformat()  # noqa: DTZ011


@contextmanager
def assuming(day: Day) -> Iterator[None]:
    """Within, it is that day: what was made on it can be made again."""
    token = _ASSUMED.set(day)
    try:
        yield
    finally:
        _ASSUMED.reset(token)


def add_days(day: Day, days: int) -> Day:
    """The day that many days after (or before) `day`."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def days_between(first: Day, last: Day) -> int:
    """Days from `first` to `last`."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def in_chinese(day: Day) -> str:
    """`2025年3月1日`, as documents print it."""
    moment = date.fromisoformat(day)
    return f"{moment.year}年{moment.month}月{moment.day}日"


class Period(NamedTuple):
    """A span of days with its label; both ends belong to it.

    Attributes:
        label: `2025`, `2025H1`, `2025Q1`, `2025M01`, `2025W01`, or `2025` and a name.
        first: first day.
        last: last day.
    """

    label: str
    first: Day
    last: Day

    def __contains__(self, day: object) -> bool:
        return isinstance(day, str) and self.first <= day <= self.last

    @property
    def chinese(self) -> str:
        """`2025年`, `2025年上半年`, `2025年第一季度`, `2025年3月`.

        A month is named after the calendar month in which it ends, whenever the year begins.
        """
        year, kind, number = self.label[:4], self.label[4:5], self.label[5:]
        part = ""
        if kind == "H":
            part = ("上半年", "下半年")[int(number) - 1]
        elif kind == "Q":
            part = f"第{'一二三四'[int(number) - 1]}季度"
        elif kind == "M":
            year, part = self.last[:4], f"{int(self.last[5:7])}月"
        elif kind == "W":
            part = f"第{int(number)}周"
        elif kind:
            part = kind + number
        return f"{year}年{part}"


MONTHS_IN = {"year": 12, "half": 6, "quarter": 3, "month": 1}
"""Months in a period of each length."""

_LETTER = {"half": "H", "quarter": "Q", "month": "M"}


def _month_start(year: int, start: str, months: int) -> date:
    month, day = int(start[:2]), int(start[3:])
    years, month0 = divmod(month - 1 + months, 12)
    return date(year + years, month0 + 1, day)


def periods(year: int, length: str = "year", start: str = "01-01") -> tuple[Period, ...]:
    """The periods of that length in a scoring year which begins on month-day `start`.

    A year that begins in July or later is named after the calendar year in which it ends: the
    year from 2024-12-01 is 2025.
    """
    if length == "week":
        return _weeks(periods(year, "year", start)[0])
    months = MONTHS_IN[length]
    base = year - 1 if start >= "07-01" else year
    firsts = [_month_start(base, start, at) for at in range(0, 13, months)]
    return tuple(
        Period(
            label=str(year)
            if length == "year"
            else f"{year}{_LETTER[length]}{n:0{2 if length == 'month' else 1}}",
            first=first.isoformat(),
            last=(after - timedelta(days=1)).isoformat(),
        )
        for n, (first, after) in enumerate(pairwise(firsts), 1)
    )


def week_of(day: Day) -> Day:
    """The Monday of the week that a day lies in."""
    on = date.fromisoformat(day)
    return (on - timedelta(days=on.weekday())).isoformat()


def _weeks(year: Period) -> tuple[Period, ...]:
    """The weeks, Monday to Sunday, that end in the year; the first may begin before it."""
    monday = week_of(year.first)
    found: list[Period] = []
    while (last := add_days(monday, 6)) <= year.last:
        found.append(Period(f"{year.label}W{len(found) + 1:02}", monday, last))
        monday = add_days(monday, 7)
    return tuple(found)


def part_of(year: Period, name: str, first: str, last: str) -> Period:
    """A named part of a scoring year, from one month and day to another, both included."""
    begin, end = (
        next(
            day for at in (int(year.first[:4]), int(year.last[:4])) if (day := f"{at}-{mark}") >= no
        )
        for mark, no in ((first, year.first), (last, year.first))
    )
    return Period(f"{year.label}{name}", begin, end)


def scoring_year(day: Day, start: str = "01-01") -> int:
    """The scoring year that `day` falls in."""
    year = int(day[:4])
    return next(y for y in (year - 1, year, year + 1) if day in periods(y, "year", start)[0])
