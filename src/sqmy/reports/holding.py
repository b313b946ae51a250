"""What each unit and each member submitted, had adopted and earned: rows behind standings."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from sqmy.facts import FactId
from sqmy.reports.detail import Detail
from sqmy.reports.model import Cell, Column
from sqmy.reports.scores import YearScores
from sqmy.reports.trends import Life, Lived
from sqmy.scoring.book import HolderType

UNITS: Final = "单位明细"
MEMBERS: Final = "个人明细"
KEY: Final = "名册号"


def holdings(
    lived: Lived, levels: Mapping[str, str], titles: Mapping[FactId, tuple[str, str]]
) -> dict[HolderType, Detail]:
    """For units and for members a row for each of their items; a unit's own is nobody else's."""
    year = lived.year
    told = Counter(one.item for one in year.span(lived.whole).instructions)

    def counts(life: Life) -> tuple[Cell, ...]:
        at = (int(level in life.levels) for level in levels)
        return int(bool(life.submitted)), int(bool(life.adopted)), *at, told[life.item]

    def of_units() -> Iterator[tuple[Cell, ...]]:
        for life in lived.lives:
            for unit in year.units_of.get(life.item, ()):
                name = year.register.unit_name(unit, lived.whole.last)
                yield name, f"F{unit}", titles[life.item][0], *counts(life)

    def of_members() -> Iterator[tuple[Cell, ...]]:
        for life in lived.lives:
            if life.item not in year.by_unit:
                for member in year.authors_of.get(life.item, ()):
                    name = year.register.members[member].name
                    yield name, f"F{member}", titles[life.item][0], *counts(life)

    measures = [Column(name, "right") for name in ("报送", "采用", *levels.values(), "批示")]
    return {
        "unit": Detail(UNITS, (*map(Column, ("单位", KEY, "编号")), *measures), tuple(of_units())),
        "member": Detail(
            MEMBERS, (*map(Column, ("姓名", KEY, "编号")), *measures), tuple(of_members())
        ),
    }


def points_detail(name: str, scores: YearScores) -> Detail:
    """A row for every line of every holder's points."""
    rows: list[tuple[Cell, ...]] = [
        (
            holder.name,
            f"F{holder.key[1]}",
            line.clause,
            scores.titles[line.item][0] if line.item is not None else "",
            scores.number(line.points),
        )
        for holder in scores.holders()
        for line in scores.book.lines_of(holder.key)
    ]
    heads = map(Column, ("姓名/单位", KEY, "条款", "编号"))
    return Detail(name, (*heads, Column("得分", "right")), rows)
