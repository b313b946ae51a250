"""A year's awards: the years they look back on, scored, and who is on each list."""

from sqmy import days
from sqmy.days import Day
from sqmy.facts import FactId
from sqmy.ledger import reading
from sqmy.reports.awards import YearAwards
from sqmy.reports.papers.awards import AwardList as Published
from sqmy.reports.papers.awards import Winner
from sqmy.reports.scores import YearScores
from sqmy.reports.sealed import Sealed
from sqmy.scoring.awards import AwardList, Years, award_lists, years_needed
from sqmy.scoring.choosing import Placed
from sqmy.workspace.desk import Desk
from sqmy.workspace.published import at, covering, published, whole


def year_awards(desk: Desk, year: int) -> YearAwards:
    """Who is on each list of a year, who is not and why; of quarters, those that have begun.

    Every list is made from the year as it was published when the list's own period was sealed.

    Args:
        desk: with an open ledger.
        year: the scoring year.
    """
    scores, lists = _lists(desk, year, whole(desk, year).last)
    today = days.today()
    begun = [one for one in lists if one.award.per == "year" or one.period.first <= today]
    sealed: dict[str, Sealed] = {}
    for place, one in enumerate(begun):
        day = one.period.last
        if at(desk, year, day) is at(desk, year):
            continue  # sealed with the year, or not at all
        then, others = _lists(desk, year, day)
        begun[place] = next((each for each in others if each.title == one.title), one)
        if then.sealed:
            sealed[one.title] = then.sealed
    return YearAwards(scores, tuple(begun), sealed)


def _lists(desk: Desk, year: int, day: Day) -> tuple[YearScores, tuple[AwardList, ...]]:
    """The year's points by the result that reaches a day, and every list by them."""
    own = at(desk, year, day)
    scores = covering(desk, year, day)
    rulebook, titles = scores.rulebook, own.titles()
    earlier = range(year - years_needed(rulebook) + 1, year)
    books = (*(published(desk, one).book for one in earlier), scores.book)

    def named(item: FactId) -> str:
        return " ".join(titles.get(item, ("", f"F{item}")))

    return scores, award_lists(Years(books, rulebook, own.register, named))


def for_decision(desk: Desk, awards: YearAwards) -> tuple[Published, ...]:
    """The lists of honour as a decision publishes them: by award, grade and group."""
    found: dict[tuple[str, str, str], list[Winner]] = {}
    kinds = {}
    for one in awards.lists:
        for placed in one.listed if one.award.honours else ():
            key = (one.heading, placed.grade, placed.candidate.group)
            kinds[one.heading] = one.award.kind
            then = at(desk, int(one.period.label[:4]), one.period.last)
            found.setdefault(key, []).append(_winner(then, placed))
    return tuple(
        Published(label, kinds[label], tuple(winners), grade, group)
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
