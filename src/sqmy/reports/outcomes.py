"""Which channels adopted how much and in which form, and whose instructions there were."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from sqmy.days import Period
from sqmy.facts import FactId
from sqmy.reports.detail import Detail, rate, totalled
from sqmy.reports.model import Cell, Column, Table
from sqmy.reports.shares import YEAR
from sqmy.reports.trends import Lived, levels_of
from sqmy.rules.rulebook import Rulebook
from sqmy.terms import FORMS

NAME: Final = "采用明细"


def adoptions(
    years: Sequence[Lived], rulebook: Rulebook, titles: Mapping[FactId, tuple[str, str]]
) -> Detail:
    """A row for each item and channel that adopted it in a year, by the first time."""
    levels = levels_of(rulebook)
    level_of = {channel.label: levels[channel.level] for channel in rulebook.words.channels}

    def rows() -> Iterator[tuple[Cell, ...]]:
        for one in years:
            firsts: dict[tuple[FactId, str], tuple[Cell, ...]] = {}
            for adopted in one.year.span(one.whole).adoptions:
                form = FORMS[adopted.form] if adopted.form else ""
                level = level_of.get(adopted.channel, "")
                told = (adopted.channel, level, form, adopted.day)
                row = (titles[adopted.item][0], one.whole.chinese, *told)
                firsts.setdefault((adopted.item, adopted.channel), row)
            yield from firsts.values()

    heads = ("编号", YEAR, "采用单位", "层级", "采用方式", "采用日期")
    return Detail(NAME, tuple(map(Column, heads)), tuple(rows()))


def channel_table(title: str, detail: Detail, rulebook: Rulebook, submitted: Cell) -> Table:
    """One row for each channel, from low to high: items, forms, and their rate.

    Args:
        title: of the table.
        detail: as `adoptions`.
        rulebook: which names the channels.
        submitted: what the rate is of: as bulletins have it, all that was submitted.
    """
    levels = levels_of(rulebook)
    named = {channel.label: levels[channel.level] for channel in rulebook.words.channels}
    others = {str(value): "" for value in detail.values("采用单位")}
    rows = []
    for channel, level in {**named, **{k: v for k, v in others.items() if k not in named}}.items():
        adopted = detail.figure(采用单位=channel)
        forms = (detail.figure(采用单位=channel, 采用方式=form) for form in FORMS.values())
        rows.append((channel, level, adopted, *forms, rate(adopted, submitted)))
    columns = (
        Column("采用单位"),
        Column("层级"),
        Column("采用", "right"),
        *(Column(form, "right", over="其中") for form in FORMS.values()),
        Column("占报送", "right"),
    )
    note = "一条被几个单位采用的，各计一条，同一单位一年内只计一条；占报送是与全部报送之比。"
    return Table(title, columns, tuple(rows), (note,))


def rank_table(title: str, detail: Detail, rulebook: Rulebook) -> Table:
    """One row for each leaders' rank, from low to high.

    Args:
        title: of the table.
        detail: a row for each instruction.
        rulebook: which names the ranks.
    """
    named = [rank.label for rank in rulebook.words.ranks]
    order = [*named, *(str(one) for one in detail.values("领导级别") if one not in named)]
    rows = tuple((rank, detail.figure(领导级别=rank)) for rank in order)
    columns = (Column("领导级别"), Column("批示（件次）", "right"))
    return totalled(Table(title, columns, rows), {})


def by_year(
    title: str, detail: Detail, column: str, years: Sequence[Period], order: Iterable[str]
) -> Table:
    """How many rows of each value of a column there are in each year."""
    there = [str(value) for value in detail.values(column)]
    known = [value for value in order if value in there]
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (value, *(detail.figure(**{column: value, YEAR: year.chinese}) for year in years))
        for value in (*known, *(value for value in there if value not in known))
    )
    columns = (Column(column), *(Column(year.chinese, "right") for year in years))
    return Table(title, columns, rows)
