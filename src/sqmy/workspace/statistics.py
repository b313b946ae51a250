"""Statistics and rolling standings: the years they are of, read from the ledger."""

from collections.abc import Iterable, Mapping

from sqmy import terms
from sqmy.days import Period, periods, scoring_year, today
from sqmy.errors import SqmyError
from sqmy.facts import FactId
from sqmy.ledger import figures, reading
from sqmy.reports.audience import View
from sqmy.reports.scores import based_on
from sqmy.reports.stats import Material, Stats
from sqmy.reports.tally import Year
from sqmy.workspace.desk import Desk
from sqmy.workspace.scores import YearFacts, source_of, year_facts


def stats(desk: Desk, year: int | None) -> Stats:
    """The statistics of a year by its months, or of every year.

    Raises:
        SqmyError: every year is asked for, and nothing was ever submitted.
    """
    with desk.ledger.reading():
        labels = [year] if year else _years(desk)
        found = [year_facts(desk, label) for label in labels]
        years = tuple((_period(facts), Year(facts.snapshot)) for facts in found)
        touched = {item for _, one in years for item in one.day_of}
        start = found[-1].rulebook.year.start
        parts = periods(labels[0], "month", start) if year else tuple(p for p, _ in years)
        view = View(desk.audience, len(desk.hidden & touched))
        sources = tuple(dict.fromkeys(source_of(facts.edition) for facts in found))
        label = "—".join(dict.fromkeys((years[0][0].label, years[-1][0].label)))
        return Stats(
            Material(
                years,
                parts,
                found[-1].rulebook,
                desk.titles(),
                _attributes(desk, touched),
                based_on(label, sources, reading.head(desk.ledger), view),
                view,
                min(today(), years[-1][0].last),
            )
        )


def _period(facts: YearFacts) -> Period:
    return periods(facts.year, "year", facts.rulebook.year.start)[0]


def _years(desk: Desk) -> list[int]:
    """The scoring years from the first submission to the last event."""
    first, last = figures.begins(desk.ledger), figures.last_day(desk.ledger)
    if first is None or last is None:
        raise SqmyError(
            "台账里还没有信息，没有可以统计的。请先用 sqmy submit 或 sqmy import 登记。"
        )
    start = desk.rulebook.year.start
    return list(range(scoring_year(first, start), scoring_year(last, start) + 1))


def _attributes(desk: Desk, items: Iterable[FactId]) -> dict[str, Mapping[FactId, str]]:
    """By attribute the values of these items, where any of them has one."""
    names = [name for name in desk.vocabulary.attributes if name != terms.CONFIDENTIALITY]
    found: dict[str, Mapping[FactId, str]] = {}
    wanted = set(items)
    for name in names:
        values = reading.attribute(desk.ledger, name)
        if own := {item: value for item, value in values.items() if item in wanted}:
            found[name] = own
    return found
