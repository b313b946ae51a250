"""Statistics and rolling standings: the years they are of, read from the ledger."""

from collections.abc import Iterable, Mapping

from sqmy.days import Day, Period, periods, scoring_year, today
from sqmy.errors import SqmyError
from sqmy.facts import FactId
from sqmy.ledger import figures, reading
from sqmy.reports import stats as statistics
from sqmy.reports.audience import View
from sqmy.reports.scores import based_on
from sqmy.reports.standings import Material, Places, Standings, places, volumes
from sqmy.reports.stats import Stats
from sqmy.reports.tally import Year
from sqmy.reports.trends import Parts, lived
from sqmy.workspace import published
from sqmy.workspace.desk import Desk
from sqmy.workspace.late import since_seals
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
        sources = tuple(
            dict.fromkeys(source_of(edition) for facts in found for edition in facts.editions)
        )
        label = "—".join(dict.fromkeys((years[0][0].label, years[-1][0].label)))
        return Stats(
            statistics.Material(
                years,
                parts,
                found[-1].rulebook,
                desk.titles(),
                _attributes(desk, touched),
                {one.name: one.choices for one in desk.vocabulary.declared},
                based_on(label, sources, desk.anchor, view),
                view,
                min(today(), years[-1][0].last),
                since_seals(desk, labels),
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
    """By attribute that sorts items into kinds the values of these items, where any has one."""
    found: dict[str, Mapping[FactId, str]] = {}
    wanted = set(items)
    for one in desk.vocabulary.declared:
        if one.of == "item" and one.kind in {"text", "choice"}:
            values = reading.attribute(desk.ledger, one.name)
            if own := {item: value for item, value in values.items() if item in wanted}:
                found[one.name] = own
    return found


def standings(desk: Desk, year: int, as_of: Day | None) -> Standings:
    """The standings of a year, up to a day or as they are.

    Raises:
        SqmyError: the day is not within the year.
    """
    with desk.ledger.reading():
        whole = published.whole(desk, year)
        if as_of is not None and as_of not in whole:
            raise SqmyError(f"{as_of} 不在 {whole.chinese}（{whole.first} 至 {whole.last}）之内。")
        told = published.up_to(desk, year, as_of or whole.last)
        until = as_of or min(max(today(), whole.first), whole.last)
        months = periods(year, "month", whole.first[5:])
        nth = next(n for n, month in enumerate(months) if until in month)
        since = months[nth - 1].last if nth else ""
        return Standings(
            Material(
                told.scores,
                lived(Year(told.facts.snapshot), whole, told.facts.rulebook),
                _places(told, until),
                _places(published.up_to(desk, year, since, titled=False), since) if since else None,
                since,
                until,
                Parts(months),
            )
        )


def _places(told: published.Told, day: Day) -> Places:
    year, rulebook = Year(told.facts.snapshot), told.facts.rulebook
    so_far = _period(told.facts)._replace(last=day)
    submitted = (item for item, on in year.day_of.items() if on in so_far)
    return places(told.scores.book, rulebook, volumes(year, submitted))
