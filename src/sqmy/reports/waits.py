"""How long it took from submission to adoption, level by level."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from sqmy.days import days_between
from sqmy.facts import FactId
from sqmy.reports.detail import Detail, charted
from sqmy.reports.model import Cell, Chart, Column, Measure, Table
from sqmy.reports.trends import Lived

NAME: Final = "用时明细"
_FIRST: Final = "任何一级"
_SPANS: Final = ((7, "7天以内"), (30, "8—30天"), (90, "31—90天"), (180, "91—180天"))
_LONGER: Final = "180天以上"
_MEASURES: Final[tuple[Measure, ...]] = ("min", "median", "max")
_SPAN_NAMES: Final = (*(name for _, name in _SPANS), _LONGER)
_NOTE: Final = (
    "从报送到该级第一次采用的天数，只计本期第一次被该级采用的信息，包括往年报送的；"
    "“任何一级”按最早的一次。"
)


def waits(
    years: Sequence[Lived], levels: Mapping[str, str], titles: Mapping[FactId, tuple[str, str]]
) -> Detail:
    """A row for each item and level that adopted it for the first time ever."""

    def rows() -> Iterator[tuple[Cell, ...]]:
        for one in years:
            for life in one.lives:
                firsts = {"": life.adopted} if life.adopted else {}
                for level, day in {**firsts, **life.levels}.items():
                    if level in life.earlier or day is None:
                        continue
                    submitted = one.year.day_of[life.item]
                    days = days_between(submitted, day)
                    number, name = titles[life.item][0], levels[level] if level else _FIRST
                    yield number, one.whole.chinese, name, submitted, day, days, _span(days)

    heads = [Column(title) for title in ("编号", "年度", "层级", "报送日期", "采用日期")]
    return Detail(NAME, (*heads, Column("天数", "right"), Column("用时")), tuple(rows()))


def _span(days: int) -> str:
    return next((name for most, name in _SPANS if days <= most), _LONGER)


def _days(detail: Detail, **where: str) -> list[int]:
    return sorted(int(days) for days in detail.numbers("天数", **where))


def table(title: str, detail: Detail, levels: Mapping[str, str]) -> Table:
    """One row for each level: how many, the quickest, the middle one, the slowest, by span."""
    rows: list[tuple[Cell, ...]] = [
        (
            name,
            detail.figure(层级=name),
            *(detail.measured(measure, "天数", 层级=name) for measure in _MEASURES),
            *(detail.figure(层级=name, 用时=span) for span in _SPAN_NAMES),
        )
        for name in (*levels.values(), _FIRST)
        if detail.numbers("天数", 层级=name)
    ]
    columns = (
        Column("层级"),
        Column("条数", "right"),
        Column("最短（天）", "right"),
        Column("中位（天）", "right"),
        Column("最长（天）", "right"),
        *(Column(span, "right", over="其中") for span in _SPAN_NAMES),
    )
    return Table(title, columns, tuple(rows), (_NOTE,))


def chart(made: Table) -> Chart:
    """How many items took how long."""
    return charted(made, "从报送到采用的中位用时（天）", "bar", ("中位（天）",))


def by_year(title: str, detail: Detail, years: Sequence[Lived], levels: Mapping[str, str]) -> Table:
    """The middle one of each year and level."""
    names = (*levels.values(), _FIRST)
    rows = []
    for one in years:
        cells: list[Cell] = [one.whole.chinese]
        for name in names:
            where = {"层级": name, "年度": one.whole.chinese}
            some = detail.numbers("天数", **where)
            cells.append(detail.measured("median", "天数", **where) if some else "—")
        rows.append(tuple(cells))
    heads = (Column(name, "right", over="中位用时（天）") for name in names)
    return Table(title, (Column("年度"), *heads), tuple(rows), (_NOTE,))


def value(detail: Detail, levels: Mapping[str, str]) -> list[dict[str, Any]]:
    """As JSON has it: for each level, and for any (null), the days it took, from few to many."""
    return [
        {"level": level, "days": _days(detail, 层级=name)}
        for level, name in (*levels.items(), (None, _FIRST))
    ]
