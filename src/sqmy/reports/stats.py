"""Statistics: what was submitted and adopted, where it came from, how long it took.

Of one year, month by month; or of every year that the ledger holds, year by year.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from sqmy.days import Day, Period
from sqmy.facts import FactId
from sqmy.reports import outcomes, shares, waits
from sqmy.reports.audience import View
from sqmy.reports.checking import recounted
from sqmy.reports.detail import Detail, charted
from sqmy.reports.model import Basis, Block, Figure, Report, Section, Sentence
from sqmy.reports.proving import proof
from sqmy.reports.tally import Year
from sqmy.reports.trends import Parts, Trend, lived
from sqmy.rules.rulebook import Rulebook

_MOST_VALUES: Final = 20
"""Values of an attribute beyond which it does not sort items into kinds."""


class Material(NamedTuple):
    """What statistics are made of.

    Attributes:
        years: each scoring year with its items and events, in order; one, or all.
        parts: the months of the one year, or the years.
        rulebook: whose channels have levels and whose roles have an order.
        titles: number and title of each item, as far as the audience may know them.
        attributes: by name, the value that each item has of it.
        choices: by name of an attribute, its values in their order, where they are fixed.
        basis: what the figures rest on.
        view: for whom they are told.
        until: the day up to which they are told.
        remarks: what else there is to know, in sentences.
    """

    years: tuple[tuple[Period, Year], ...]
    parts: tuple[Period, ...]
    rulebook: Rulebook
    titles: Mapping[FactId, tuple[str, str]]
    attributes: Mapping[str, Mapping[FactId, str]]
    choices: Mapping[str, tuple[str, ...]]
    basis: Basis
    view: View
    until: Day
    remarks: tuple[str, ...] = ()


class Stats:
    """Statistics worked out once, for every format.

    Attributes:
        view: for whom they are told.
        remarks: what else there is to know, in sentences.
        years: what became of the items of each.
        trend: by month or year; `by_time` is its table.
        channels, units, authors, topics, waits: the rows behind the other tables.
        details: all rows behind the figures.
    """

    def __init__(self, material: Material) -> None:
        self._material = material
        self.view = material.view
        self.remarks = material.remarks
        rulebook, titles = material.rulebook, material.titles
        years = self.years = [lived(year, whole, rulebook) for whole, year in material.years]
        self.trend = Trend(years, Parts(material.parts), rulebook, titles)
        self.by_time = self.trend.table("各月情况" if self._alone else "各年情况")
        self.channels = outcomes.adoptions(years, rulebook, titles)
        self.units = shares.unit_shares(years, titles)
        self.authors = shares.author_shares(years, rulebook, titles)
        self.topics = {
            name: shares.value_shares(years, name, values, titles)
            for name, values in material.attributes.items()
            if len(set(values.values())) <= _MOST_VALUES
        }
        self.waits = waits.waits(years, self.trend.levels, titles)
        self.details: list[Detail] = [
            *(self.trend.items, self.trend.instructions),
            *(self.channels, self.units, self.authors, *self.topics.values(), self.waits),
        ]

    @property
    def what(self) -> str:
        """`2025年`, or the years from the first to the last."""
        first, last = self._material.years[0][0], self._material.years[-1][0]
        return first.chinese if first == last else f"{first.label}—{last.chinese}"

    def report(self) -> Report:
        """The statistics for people."""
        sections = (
            ("按月" if self._alone else "按年", self._in_time()),
            ("按层级和渠道", self._by_channel()),
            ("按来源", self._by_source()),
            ("按考评序列", self._by_group()),
            ("按附加项", self._by_topic()),
            ("从报送到采用的用时", self._by_wait()),
        )
        made = ((heading, tuple(blocks)) for heading, blocks in sections)
        body = tuple(Section(heading, blocks) for heading, blocks in made if blocks)
        title = f"{self.what}社情民意信息统计"
        material = self._material
        return Report(title, body, (self._lead(),), material.remarks, material.basis)

    def workbook(self) -> Report:
        """The same with the rows behind every figure, and the proof of it."""
        report = self.report()
        details = tuple(detail.table() for detail in self.details)
        counted = recounted(report, details)
        return report._replace(body=(*report.body, *details, proof(counted)))

    @property
    def _alone(self) -> bool:
        return len(self.years) == 1

    @property
    def _wholes(self) -> list[Period]:
        return [one.whole for one in self.years]

    def _lead(self) -> Sentence:
        _, submitted, adopted, told, *_ = self.by_time.rows[-1]
        assert isinstance(submitted, Figure)  # noqa: S101 — as `totalled` has made them
        assert isinstance(adopted, Figure)  # noqa: S101
        words = f"截至 {self._material.until}，{self.what}报送 "
        return Sentence((words, submitted, " 条，被采用 ", adopted, f" 条，采用率 {told}。"))

    def _in_time(self) -> Iterator[Block]:
        yield self.by_time
        yield from self.trend.charts(self.by_time, "各月" if self._alone else "各年")

    def _by_channel(self) -> Iterator[Block]:
        rulebook = self._material.rulebook
        if len(self.channels) and self._alone:
            submitted = self.by_time.rows[-1][1]
            made = outcomes.channel_table("各渠道采用", self.channels, rulebook, submitted)
            yield made
            yield charted(made, "各渠道采用（条）", "bar", ("采用",))
        elif len(self.channels):
            order = [channel.label for channel in rulebook.words.channels]
            yield outcomes.by_year("各渠道采用", self.channels, "采用单位", self._wholes, order)
        if len(self.trend.instructions):
            yield outcomes.rank_table("领导批示", self.trend.instructions, rulebook)

    def _by_source(self) -> Iterator[Block]:
        words = self._material.rulebook.words
        yield from self._shared("报送单位类别", self.units, "单位类别", words.unit_kinds)
        roles = [*(role.label for role in words.roles), shares.OTHERS, shares.UNIT_ALONE]
        yield from self._shared("作者身份", self.authors, "身份", roles)

    def _by_group(self) -> Iterator[Block]:
        if set(self.units.values("考评序列")) - {shares.NO_GROUP}:
            yield from self._shared("考评序列", self.units, "考评序列")

    def _by_topic(self) -> Iterator[Block]:
        for name, detail in self.topics.items():
            yield from self._shared(name, detail, name, self._material.choices.get(name, ()))

    def _by_wait(self) -> Iterator[Block]:
        if len(self.waits):
            levels = self.trend.levels
            made = waits.table("从报送到采用的用时", self.waits, levels)
            yield made
            if not self._alone:
                yield waits.by_year("各年用时", self.waits, self.years, levels)
            yield waits.chart(made)

    def _shared(
        self, title: str, detail: Detail, column: str, order: Sequence[str] = ()
    ) -> Iterator[Block]:
        if not len(detail):
            return
        if self._alone:
            made = shares.table(title, detail, column, order)
        else:
            made = shares.over_years(title, detail, column, self._wholes, order)
        yield from shares.blocks(made, f"{title}占比")
