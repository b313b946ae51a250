"""Where the items came from: shares of kinds of units, peer groups, authors, topics.

An item of several units, or of several authors, is shared out among them in equal parts, so that
the shares of a whole add up to it: half an item each.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from sqmy.days import Period
from sqmy.facts import FactId
from sqmy.reports.detail import Detail, charted, rate, totalled
from sqmy.reports.model import Block, Cell, Column, Number, Table
from sqmy.reports.trends import Life, Lived
from sqmy.rules.rulebook import Rulebook

UNITS: Final = "单位份额明细"
AUTHORS: Final = "作者份额明细"
YEAR: Final = "年度"
UNIT_ALONE: Final = "单位署名"
OTHERS: Final = "其他人员"
NONE: Final = "（未填）"
NO_GROUP: Final = "不分序列"

_MOST_YEARS: Final = 5
"""The last so many years stand beside each other."""

_SHARED: Final = "一条信息由几个单位报送、几个人联名的，按份平分计数，各类相加等于总数。"


def unit_shares(years: Sequence[Lived], titles: Mapping[FactId, tuple[str, str]]) -> Detail:
    """A row for each unit of each item, with its part of it."""

    def rows() -> Iterator[tuple[Cell, ...]]:
        for one in years:
            register = one.year.register
            for life in one.lives:
                units = one.year.units_of.get(life.item, ())
                for unit in units:
                    state = register.units[unit].on(one.whole.last)
                    kinds = (state.name, state.kind, state.peer_group or NO_GROUP)
                    number = titles[life.item][0]
                    yield (number, one.whole.chinese, *kinds, *_parts(life, len(units)))

    heads = map(Column, ("编号", YEAR, "单位", "单位类别", "考评序列"))
    return Detail(UNITS, (*heads, *_MEASURES), tuple(rows()))


def author_shares(
    years: Sequence[Lived], rulebook: Rulebook, titles: Mapping[FactId, tuple[str, str]]
) -> Detail:
    """A row for each author of each item, by the role held on the day of submission.

    Of several roles the one counts that the rulebook names first; an item signed by the unit, or
    without authors, is the unit's.
    """
    order = {role.label: place for place, role in enumerate(rulebook.words.roles)}

    def rows() -> Iterator[tuple[Cell, ...]]:
        for one in years:
            members = one.year.register.members
            for life in one.lives:
                number = titles[life.item][0]
                by_unit = life.item in one.year.by_unit
                authors = () if by_unit else one.year.authors_of.get(life.item, ())
                if not authors:
                    yield number, one.whole.chinese, "", UNIT_ALONE, *_parts(life, 1)
                for author in authors:
                    held = members[author].roles_on(one.year.day_of[life.item])
                    role = min(held, key=lambda r: order.get(r, len(order)), default=OTHERS)
                    parts = _parts(life, len(authors))
                    yield number, one.whole.chinese, members[author].name, role, *parts

    heads = map(Column, ("编号", YEAR, "姓名", "身份"))
    return Detail(AUTHORS, (*heads, *_MEASURES), tuple(rows()))


def value_shares(
    years: Sequence[Lived],
    name: str,
    values: Mapping[FactId, str],
    titles: Mapping[FactId, tuple[str, str]],
) -> Detail:
    """A row for each item with its value of an attribute, such as its topic."""

    def rows() -> Iterator[tuple[Cell, ...]]:
        for one in years:
            for life in one.lives:
                value = values.get(life.item, NONE)
                yield titles[life.item][0], one.whole.chinese, value, *_parts(life, 1)

    return Detail(f"{name}明细", (*map(Column, ("编号", YEAR, name)), *_MEASURES), tuple(rows()))


_MEASURES: Final = (Column("报送份额", "right"), Column("采用份额", "right"))


def _parts(life: Life, holders: int) -> tuple[Cell, Cell]:
    """A holder's part of an item as submitted, and as adopted, in the year."""
    part = Number(Fraction(1, holders), 2, trimmed=True) if holders > 1 else 1
    return part if life.submitted else 0, part if life.adopted else 0


def table(title: str, detail: Detail, column: str, order: Iterable[str] = ()) -> Table:
    """The shares by the values of a column, of one year: submitted, adopted, and the rate.

    Args:
        title: of the table.
        detail: the rows.
        column: by whose values.
        order: the values in their order; others follow as they come.
    """
    values = _ordered(detail, column, order)
    pairs = [
        tuple(detail.figure(measure, **{column: value}) for measure in ("报送份额", "采用份额"))
        for value in values
    ]
    whole = detail.figure("报送份额"), detail.figure("采用份额")
    rows = tuple(
        (
            value,
            *(submitted, rate(submitted, whole[0])),
            *(adopted, rate(adopted, whole[1])),
            rate(adopted, submitted),
        )
        for value, (submitted, adopted) in zip(values, pairs, strict=True)
    )
    columns = (
        Column(column),
        Column("报送", "right"),
        Column("占报送", "right"),
        Column("采用", "right"),
        Column("占采用", "right"),
        Column("采用率", "right"),
    )
    rates = {"占报送": ("报送", "报送"), "占采用": ("采用", "采用"), "采用率": ("采用", "报送")}
    divided = any(isinstance(figure.value, Number) for pair in pairs for figure in pair)
    notes = (_SHARED,) if divided else ()
    return totalled(Table(title, columns, rows, notes), rates)


def over_years(
    title: str, detail: Detail, column: str, years: Sequence[Period], order: Iterable[str] = ()
) -> Table:
    """The shares of what was submitted by the values of a column, the last years side by side."""
    names = [year.chinese for year in years[-_MOST_YEARS:]]
    values = _ordered(detail, column, order)
    rows = []
    for value in values:
        cells: list[Cell] = [value]
        for name in names:
            sent = detail.figure("报送份额", **{column: value, YEAR: name})
            cells += [sent, rate(sent, detail.figure("报送份额", **{YEAR: name}))]
        rows.append(tuple(cells))
    columns = [Column(column)]
    for name in names:
        columns += [Column(f"{name}报送", "right"), Column(f"{name}占比", "right")]
    left = len(years) - len(names)
    notes = (f"只列最近 {len(names)} 年。",) if left else ()
    rates = {f"{name}占比": (f"{name}报送", f"{name}报送") for name in names}
    return totalled(Table(title, tuple(columns), tuple(rows), notes), rates)


def blocks(made: Table, title: str) -> tuple[Block, ...]:
    """The table with a chart of its shares, where there is more than one to compare."""
    if len(made.rows) - made.totals <= 1:
        return (made,)
    rates = [c.title for c in made.columns if c.title in {"占报送", "占采用"}]
    shares = rates or [c.title for c in made.columns if c.title.endswith("占比")][-2:]
    return (made, charted(made, title, "bar", shares))


def _ordered(detail: Detail, column: str, order: Iterable[str]) -> list[str]:
    there = [str(value) for value in detail.values(column)]
    known = [value for value in order if value in there]
    return [*known, *(value for value in there if value not in known)]
