"""What happened month by month, or year by year, and level by level.

An item counts once for each level that adopted it in a year, in the month of its first adoption
there, and once as adopted, in the month of its first adoption of all: the months of a year add
up to the year.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, get_args

from sqmy.days import Day, Period
from sqmy.facts import FactId
from sqmy.reports.detail import Detail, amount, charted, rate, totalled
from sqmy.reports.model import Cell, Chart, Column, Table
from sqmy.reports.tally import Year
from sqmy.rules.choices import word_of
from sqmy.rules.rulebook import Rulebook
from sqmy.rules.words import Label

_NOTE: Final = (
    "采用率是同期采用与报送之比。一条被几级采用的，各级各计一条，“采用”只计一条，"
    "都按当年首次采用的日期；批示按件次。"
)
ITEMS: Final = "信息明细"
INSTRUCTIONS: Final = "批示明细"
_LEVELS: Final[tuple[str, ...]] = get_args(Label.__annotations__["level"])


def level_name(level: str) -> str:
    """`市级`."""
    return f"{word_of(Label, 'level', level)}级"


def levels_of(rulebook: Rulebook) -> dict[str, str]:
    """The levels that the rulebook has channels of, from low to high, with their names."""
    used = {channel.level for channel in rulebook.words.channels}
    return {level: level_name(level) for level in _LEVELS if level in used}


class Life(NamedTuple):
    """What became of an item within a year.

    Attributes:
        submitted: its day, if it was submitted within the year.
        adopted: the day of its first adoption in the year.
        levels: the same by level.
        earlier: the levels that had adopted it in another year already; "" for any.
    """

    item: FactId
    submitted: Day | None
    adopted: Day | None
    levels: Mapping[str, Day]
    earlier: frozenset[str]


def lives(year: Year, whole: Period, rulebook: Rulebook) -> Iterator[Life]:
    """Every item that something happened to in a year, in the order of submission."""
    level_of = {channel.label: channel.level for channel in rulebook.words.channels}
    span = year.span(whole)
    first: dict[FactId, Day] = {}
    at: dict[FactId, dict[str, Day]] = {}
    earlier: dict[FactId, set[str]] = {}
    for one in year.span(whole._replace(first="")).adoptions:
        level = level_of.get(one.channel, "")
        if one.day < whole.first:
            earlier.setdefault(one.item, set()).update((level, ""))
            continue
        first.setdefault(one.item, one.day)
        if level:
            at.setdefault(one.item, {}).setdefault(level, one.day)
    items = {*span.submitted, *first, *(one.item for one in span.instructions)}
    for item in sorted(items, key=lambda item: (year.day_of[item], item)):
        day = year.day_of[item]
        yield Life(
            item,
            day if day in whole else None,
            first.get(item),
            at.get(item, {}),
            frozenset(earlier.get(item, ())),
        )


class Parts:
    """The months of a year, or years, and the name of the one in which a day falls."""

    def __init__(self, periods: Sequence[Period]) -> None:
        self.periods = tuple(periods)
        years = {period.chinese[:4] for period in periods}
        alone = len(periods) > 1 and len(years) == 1
        self.names = tuple(period.chinese[len("2025年") if alone else 0 :] for period in periods)

    def named(self, day: Day | None) -> str:
        """The name of the part in which the day falls; "" for none."""
        if day is None:
            return ""
        pairs = zip(self.periods, self.names, strict=True)
        return next((name for period, name in pairs if day in period), "")


class Lived(NamedTuple):
    """A year with what became of its items."""

    whole: Period
    year: Year
    lives: tuple[Life, ...]


def lived(year: Year, whole: Period, rulebook: Rulebook) -> Lived:
    """The year with what became of its items."""
    return Lived(whole, year, tuple(lives(year, whole, rulebook)))


class Trend:
    """The rows behind a trend, and its table and charts.

    Attributes:
        items: the items, and when what happened to each.
        instructions: the instructions, without their words.
    """

    def __init__(
        self,
        years: Sequence[Lived],
        parts: Parts,
        rulebook: Rulebook,
        titles: Mapping[FactId, tuple[str, str]],
    ) -> None:
        self.what = "月份" if len(years) == 1 else "年度"
        self.parts = parts
        self.levels = levels_of(rulebook)
        columns = (
            *map(Column, ("编号", "标题", "报送日期", self._submitted, self._adopted)),
            *(Column(self._at(level)) for level in self.levels),
        )
        rows = (self._item(one, life, titles) for one in years for life in one.lives)
        self.items = Detail(ITEMS, columns, tuple(rows))
        told = tuple(
            (titles[one.item][0], one.rank, one.day, parts.named(one.day))
            for lived in years
            for one in lived.year.span(lived.whole).instructions
        )
        heads = map(Column, ("编号", "领导级别", "批示日期", self.what))
        self.instructions = Detail(INSTRUCTIONS, tuple(heads), told)

    def _item(
        self, lived: Lived, life: Life, titles: Mapping[FactId, tuple[str, str]]
    ) -> tuple[Cell, ...]:
        name = self.parts.named
        return (
            *titles[life.item],
            lived.year.day_of[life.item],
            name(life.submitted),
            name(life.adopted),
            *(name(life.levels.get(level)) for level in self.levels),
        )

    @property
    def _submitted(self) -> str:
        return f"报送{self.what}"

    @property
    def _adopted(self) -> str:
        return f"首次采用{self.what}"

    def _at(self, level: str) -> str:
        return f"{self.levels[level]}采用{self.what}"

    def table(self, title: str) -> Table:
        """One row for each part, and what they come to."""
        items, instructions = self.items, self.instructions
        columns = (
            Column(self.what),
            Column("报送", "right"),
            Column("采用", "right"),
            Column("采用率", "right"),
            *(Column(name, "right", over="其中") for name in self.levels.values()),
            Column("批示", "right"),
        )
        rows = []
        for name in self.parts.names:
            submitted = items.figure(**{self._submitted: name})
            adopted = items.figure(**{self._adopted: name})
            levels = (items.figure(**{self._at(level): name}) for level in self.levels)
            told = instructions.figure(**{self.what: name})
            rows.append((name, submitted, adopted, rate(adopted, submitted), *levels, told))
        made = Table(title, columns, tuple(rows), (_NOTE,))
        return totalled(made, {"采用率": ("采用", "报送")})

    def value(self) -> list[dict[str, Any]]:
        """The parts as JSON has them."""
        return [
            {
                "period": period.label,
                "first": period.first,
                "last": period.last,
                "submitted": self._count(self.items, self._submitted, name),
                "adopted": self._count(self.items, self._adopted, name),
                "levels": {
                    level: self._count(self.items, self._at(level), name) for level in self.levels
                },
                "instructions": self._count(self.instructions, self.what, name),
            }
            for period, name in zip(self.parts.periods, self.parts.names, strict=True)
        ]

    def _count(self, detail: Detail, column: str, name: str) -> int:
        return int(amount(detail.figure(**{column: name})))

    def charts(self, table: Table, what: str) -> tuple[Chart, ...]:
        """Submitted and adopted, and adopted by level.

        Args:
            table: as `table` has made it.
            what: begins their titles.
        """
        return (
            charted(table, f"{what}报送和采用（条）", "column", ("报送", "采用")),
            charted(table, f"{what}各级采用（条）", "stacked", tuple(self.levels.values())),
        )
