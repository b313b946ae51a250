"""A year's awards: the years they look back on, scored, and who is on each list."""

from sqmy import days
from sqmy.facts import FactId
from sqmy.ledger import reading
from sqmy.reports.awards import YearAwards
from sqmy.reports.papers.awards import AwardList, Winner
from sqmy.scoring.awards import Years, award_lists, years_needed
from sqmy.scoring.choosing import Placed
from sqmy.workspace.desk import Desk
from sqmy.workspace.scores import scored, year_facts


def year_awards(desk: Desk, year: int) -> YearAwards:
    """Who is on each list of a year, who is not and why; of quarters, those that have begun.

    Args:
        desk: with an open ledger.
        year: the scoring year.
    """
    rulebook = desk.rulebook_in(year)
    facts = [year_facts(desk, one) for one in range(year - years_needed(rulebook) + 1, year)]
    own = year_facts(desk, year)
    scores = scored(desk, own)
    books = (*(scored(desk, one, titled=False).book for one in facts), scores.book)

    def named(item: FactId) -> str:
        return " ".join(scores.titles.get(item, ("", f"F{item}")))

    lists = award_lists(Years(books, rulebook, own.snapshot.register, named))
    today = days.today()
    begun = (one for one in lists if one.award.per == "year" or one.period.first <= today)
    return YearAwards(scores, tuple(begun))


def for_decision(desk: Desk, awards: YearAwards) -> tuple[AwardList, ...]:
    """The lists of honour as a decision publishes them: by award, grade and group."""
    found: dict[tuple[str, str, str], list[Winner]] = {}
    kinds = {}
    for one in awards.lists:
        for placed in one.listed if one.award.honours else ():
            key = (one.heading, placed.grade, placed.candidate.group)
            kinds[one.heading] = one.award.kind
            found.setdefault(key, []).append(_winner(desk, placed))
    return tuple(
        AwardList(label, kinds[label], tuple(winners), grade, group)
        for (label, grade, group), winners in found.items()
    )


def _winner(desk: Desk, placed: Placed) -> Winner:
    candidate = placed.candidate
    if candidate.item is None:
        return Winner(candidate.name, (candidate.unit,) if candidate.unit else ())
    found = reading.submission(desk.ledger, candidate.item)
    if found is None:
        return Winner(candidate.name)
    _, item = found
    register = desk.register
    return Winner(
        desk.titles([candidate.item])[candidate.item].title,
        tuple(register.units[unit].on(item.submitted_on).name for unit in item.units),
        tuple(register.members[register.merged.get(a, a)].name for a in item.authors),
    )
