"""The period of a bulletin: what it and those beside it are called."""

from typing import Final, NamedTuple

from sqmy.days import MONTHS_IN, Day, Period, add_days, in_chinese, periods

LENGTHS: Final = ("month", "quarter", "half", "year")

_OWN: Final = {"month": "本月", "quarter": "本季度", "half": "本半年", "year": "全年"}
_LAST: Final = {"month": "上月", "quarter": "上季度", "half": "上半年", "year": "上年"}
_SHORT: Final = len("2025年")


class Rhythm(NamedTuple):
    """A period of a scoring year, with those that it is compared with.

    Attributes:
        length: `month`, `quarter`, `half` or `year`.
        period: the bulletin's own.
        year: the scoring year it belongs to.
        before: the period of the same length before it.
        last_year: the same period of the last year.
    """

    length: str
    period: Period
    year: Period
    before: Period
    last_year: Period

    @property
    def label(self) -> str:
        """The period as a heading of a column: `本季度`; a half by its name, `上半年`."""
        return self.told[_SHORT:] if self.length == "half" else _OWN[self.length]

    @property
    def before_label(self) -> str:
        """How the period before is called: `上季度`."""
        first_half = self.length == "half" and self.period.first == self.year.first
        return "上年下半年" if first_half else _LAST[self.length]

    @property
    def told(self) -> str:
        """The period in a sentence: `2025年第一季度`, `2025年度`."""
        return f"{self.period.chinese}度" if self.length == "year" else self.period.chinese

    @property
    def so_far(self) -> Period:
        """From the first day of the year to the last of the period."""
        return Period(self.year.label, self.year.first, self.period.last)

    @property
    def quarters(self) -> tuple[Period, ...]:
        """The quarters of a half-year; of another period none."""
        if self.length != "half":
            return ()
        year, start = int(self.year.label), self.year.first[5:]
        return tuple(one for one in periods(year, "quarter", start) if one.first in self.period)


def rhythm(year: int, length: str, nth: int, start: str) -> Rhythm:
    """The nth period, from 1, of that length in a scoring year that begins on month-day `start`."""
    own = periods(year, length, start)
    last = periods(year - 1, length, start)
    return Rhythm(
        length,
        own[nth - 1],
        periods(year, "year", start)[0],
        own[nth - 2] if nth > 1 else last[-1],
        last[nth - 1],
    )


def count_of(length: str) -> int:
    """How many periods of that length a year has."""
    return MONTHS_IN["year"] // MONTHS_IN[length]


def short(day: Day) -> str:
    """`9月30日`."""
    return in_chinese(day).partition("年")[2]


def day_before(day: Day) -> Day:
    """The day before."""
    return add_days(day, -1)
