"""Rolling standings: by points and by volume, how places moved, and what was adopted when.

Places by points are the rulebook's; by volume who submitted more stands higher, ties and groups
as the rulebook has them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple

from sqmy import points
from sqmy.days import Day, in_chinese
from sqmy.facts import FactId
from sqmy.reports.checking import recounted
from sqmy.reports.detail import amount, rate
from sqmy.reports.holding import KEY, holdings, points_detail
from sqmy.reports.model import (
    Block,
    Cell,
    Chart,
    Column,
    Figure,
    Report,
    Rows,
    Section,
    Sentence,
    Series,
    Table,
)
from sqmy.reports.proving import proof
from sqmy.reports.score_tables import by_group
from sqmy.reports.scores import YearScores, basis, beside
from sqmy.reports.tally import Year
from sqmy.reports.trends import Lived, Parts, Trend
from sqmy.rules.rulebook import Rulebook
from sqmy.scoring.book import Holder, Key, ScoreBook
from sqmy.scoring.standings import Ties, ranked

POINTS: Final = "得分明细"
_MOST_BARS: Final = 20
"""Units beyond which a chart has no more of them."""


class Places(NamedTuple):
    """The holders in order of their places, by points and by volume."""

    by_points: tuple[Holder, ...]
    by_volume: tuple[Holder, ...]

    def of(self) -> tuple[dict[Key, int], dict[Key, int]]:
        """The place of each holder, by points and by volume."""
        return (
            {holder.key: holder.standing for holder in self.by_points},
            {holder.key: holder.standing for holder in self.by_volume},
        )


def places(book: ScoreBook, rulebook: Rulebook, volume: Mapping[Key, int]) -> Places:
    """The holders of a book by points, as scored, and by how many items each submitted."""
    ties = Ties(rulebook.standings._replace(then=()), book.tally_of)

    def by_volume(holders: Iterable[Holder]) -> tuple[Holder, ...]:
        counted = (
            holder._replace(total=Fraction(volume.get(holder.key, 0)))
            for holder in sorted(holders, key=lambda holder: holder.key)
        )
        return ranked(counted, ties)

    return Places(
        (*book.members, *book.units),
        (*by_volume(book.members), *by_volume(book.units)),
    )


def volumes(year: Year, submitted: Iterable[FactId]) -> dict[Key, int]:
    """How many items each holder submitted; what the unit signed is the unit's alone."""
    found: dict[Key, int] = {}
    for item in submitted:
        authors = () if item in year.by_unit else year.authors_of.get(item, ())
        keys: list[Key] = [("unit", unit) for unit in year.units_of.get(item, ())]
        keys += [("member", author) for author in authors]
        for key in keys:
            found[key] = found.get(key, 0) + 1
    return found


class Material(NamedTuple):
    """What standings are made of.

    Attributes:
        scores: the year's points so far.
        lived: what became of the year's items so far.
        now: everybody's place.
        before: everybody's place at the end of `since`; None in the first month of a year.
        since: the last day of the month before.
        until: the day up to which all this is told.
        months: of the year.
    """

    scores: YearScores
    lived: Lived
    now: Places
    before: Places | None
    since: Day
    until: Day
    months: Parts


class Standings:
    """Standings worked out once, for every format; `scores` are the points they rest on."""

    def __init__(self, material: Material) -> None:
        self._material = material
        scores = self.scores = material.scores
        self.trend = Trend([material.lived], material.months, scores.rulebook, scores.titles)
        self._details = holdings(material.lived, self.trend.levels, scores.titles)
        self._before = material.before.of() if material.before else ({}, {})
        self._points = {holder.key: holder.total for holder in material.now.by_points}

    def report(self) -> Report:
        """The standings for people."""
        year = self.scores.book.year.chinese
        trend = self.trend.table("各月情况")
        body = (
            Section("单位", tuple(self._of_units())),
            Section("个人", tuple(self._of_members())),
            Section("按月和层级", (trend, *self.trend.charts(trend, "各月"))),
        )
        return Report(
            f"{year}社情民意信息滚动排名",
            body,
            (self._lead(trend),),
            (_NOTE,),
            basis(self.scores),
        )

    def workbook(self) -> Report:
        """The same with the rows behind every figure, and the proof of it."""
        report = self.report()
        details = [*self._details.values(), self.trend.items, self.trend.instructions]
        tables = [detail.table() for detail in details]
        tables.append(points_detail(POINTS, self.scores).table())
        counted = recounted(report, tables)
        return report._replace(body=(*report.body, *tables, proof(counted)))

    def _lead(self, trend: Table) -> Sentence:
        submitted, adopted = (_figure(trend.rows[-1][place]) for place in (1, 2))
        words = f"截至{in_chinese(self._material.until)}，本年报送 "
        tail = f" 条，采用率 {rate(adopted, submitted)}。"
        if self._material.before:
            tail += f"“变化”是与{in_chinese(self._material.since)}相比名次的升降。"
        return Sentence((words, submitted, " 条，被采用 ", adopted, tail))

    # Units

    def _of_units(self) -> Iterator[Block]:
        now = self._material.now
        by_points = [holder for holder in now.by_points if holder.key[0] == "unit"]
        by_volume = [holder for holder in now.by_volume if holder.key[0] == "unit"]
        levels = tuple(self.trend.levels.values())
        counts = ("报送", "采用", *levels, "批示")
        over = dict.fromkeys(levels, "其中")
        yield self._table("单位得分排名", by_group(by_points), 0, ("得分", *counts, "采用率"), over)
        shown = ("报送", "采用", "采用率", "得分")
        yield self._table("单位报送量排名", by_group(by_volume), 1, shown)
        yield self._chart("单位得分（分）", by_points, ("得分",))
        yield self._chart("单位报送和采用（条）", by_volume, ("报送", "采用"))

    def _chart(self, title: str, holders: Sequence[Holder], measures: Sequence[str]) -> Chart:
        name, _, unit = title.rstrip("）").partition("（")
        shown = sorted(holders, key=lambda holder: -holder.total)[:_MOST_BARS]
        series = tuple(
            Series(measure, tuple(_figure(self._cell(holder, measure)) for holder in shown))
            for measure in measures
        )
        return Chart(name, "bar", tuple(holder.name for holder in shown), series, unit)

    # Members

    def _of_members(self) -> Iterator[Block]:
        now = self._material.now
        by_points = [holder for holder in now.by_points if holder.key[0] == "member"]
        by_volume = [holder for holder in now.by_volume if holder.key[0] == "member"]
        yield self._table("个人得分排名", by_points, 0, ("得分", "报送", "采用", "批示", "采用率"))
        yield self._table("个人报送量排名", by_volume, 1, ("报送", "采用", "采用率", "得分"))

    # Both

    def _table(
        self,
        title: str,
        holders: Sequence[Holder],
        which: int,
        measures: Sequence[str],
        over: Mapping[str, str] | None = None,
    ) -> Table:
        """The holders with their places, how these moved, and some measures.

        Args:
            title: of the table.
            holders: in order.
            which: 0 for places by points, 1 for those by volume.
            measures: the columns of figures.
            over: what stands above some of them.
        """
        of_units = bool(holders) and holders[0].key[0] == "unit"
        who = ("单位", "考评序列") if of_units else ("姓名", "单位")
        columns = (
            Column("名次", "center"),
            *((Column("变化", "center"),) if self._material.before else ()),
            *map(Column, who),
            *(Column(measure, "right", over=(over or {}).get(measure, "")) for measure in measures),
        )
        rows = tuple(
            (
                holder.standing,
                *((self._moved(holder, which),) if self._material.before else ()),
                holder.name,
                (holder.peer_group or "") if of_units else holder.unit,
                *(self._cell(holder, measure) for measure in measures),
            )
            for holder in holders
        )
        count = f"{title}（{len(rows)} {'个' if of_units else '人'}）"
        return Table(count, columns, rows, grouped_by="考评序列" if of_units else None)

    def _moved(self, holder: Holder, which: int) -> str:
        before = self._before[which].get(holder.key)
        if before is None:
            return "新列"
        up = before - holder.standing
        return f"升{up}" if up > 0 else f"降{-up}" if up else "—"

    def _cell(self, holder: Holder, measure: str) -> Cell:
        key = f"F{holder.key[1]}"
        if measure == "得分":
            shown = self.scores.number(self._points[holder.key])
            return Figure(shown, Rows(POINTS, ((KEY, key),), "得分"))
        detail = self._details[holder.key[0]]
        if measure == "采用率":
            submitted, adopted = (detail.figure(part, **{KEY: key}) for part in ("报送", "采用"))
            return rate(adopted, submitted)
        return detail.figure(measure, **{KEY: key})

    # For programs

    def value(self) -> dict[str, Any]:
        """As JSON has it."""
        material = self._material
        volume = material.now.of()[1]
        return {
            "year": int(self.scores.book.year.label),
            "until": material.until,
            "compared_with": material.since if material.before else None,
            "units": [self._holder(one, volume) for one in material.now.by_points if one.kind],
            "members": [
                self._holder(one, volume)
                for one in material.now.by_points
                if one.key[0] == "member"
            ],
            "months": self.trend.value(),
            **beside(self.scores),
        }

    def _holder(self, holder: Holder, volume: Mapping[Key, int]) -> dict[str, Any]:
        def count(measure: str) -> int:
            return int(amount(self._cell(holder, measure)))

        before = self._before
        return {
            "name": holder.name,
            "unit": holder.unit,
            "peer_group": holder.peer_group,
            "points": self.scores.shown(holder),
            "exact": points.exact(holder.total),
            "rank": holder.standing,
            "rank_before": before[0].get(holder.key),
            "submitted": count("报送"),
            "volume_rank": volume[holder.key],
            "volume_rank_before": before[1].get(holder.key),
            "adopted": count("采用"),
            "levels": {level: count(name) for level, name in self.trend.levels.items()},
            "instructions": count("批示"),
        }


_NOTE: Final = (
    "报送量按报送条数，单位署名的只计单位；采用率是本年采用与报送之比；"
    "名次在考评序列之内，办法规定合并排名的除外。"
)


def _figure(cell: Cell) -> Figure:
    assert isinstance(cell, Figure)  # noqa: S101 — as these cells are made
    return cell
