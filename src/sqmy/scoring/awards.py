"""评先: who is on the lists of a year, who missed them, and by what."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from sqmy import points
from sqmy.facts import FactId, Unit
from sqmy.register import Register
from sqmy.rules.awarding import Award, Needs
from sqmy.rules.rulebook import Rulebook
from sqmy.scoring import holding
from sqmy.scoring.book import Holder, Key, Obligation, ScoreBook, Tally
from sqmy.scoring.choosing import Candidate, Choice, Missed, Placed, told


class AwardList(NamedTuple):
    """One award of a year.

    Attributes:
        listed: group by group, in order of place.
        to_decide: equals of whom not all have room, where the regulation leaves it to a meeting.
        missed: all others who came into question, best first.
    """

    award: Award
    listed: tuple[Placed, ...]
    to_decide: tuple[Candidate, ...]
    missed: tuple[Missed, ...]


class Years(NamedTuple):
    """The scored years that awards look at, the award's own year last.

    Attributes:
        named: number and title of an item, for awards of items.
    """

    books: tuple[ScoreBook, ...]
    rulebook: Rulebook
    register: Register
    named: Callable[[FactId], str]


def years_needed(rulebook: Rulebook) -> int:
    """How many years the rulebook's awards look back, the own year included."""
    return max((max(award.years, award.streak) for award in rulebook.awards), default=1)


def award_lists(years: Years) -> tuple[AwardList, ...]:
    """Every award of the rulebook."""
    return tuple(_list(award, years) for award in years.rulebook.awards)


def _list(award: Award, years: Years) -> AwardList:
    groups: dict[str, list[Candidate]] = defaultdict(list)
    lacking: list[Missed] = []
    for candidate in _candidates(award, years):
        if reasons := tuple(_lacks(award, candidate, years)):
            lacking.append(Missed(candidate, reasons))
        else:
            groups[candidate.group].append(candidate)
    listed: list[Placed] = []
    to_decide: list[Candidate] = []
    outrun: list[Missed] = []
    for own in groups.values():
        own.sort(key=lambda candidate: [-value for value in candidate.order])
        sizes = {c.group: sum(m.candidate.group == c.group for m in lacking) for c in own}
        standing = _standing(own[0].key, years) if award.by_standing else 0
        chosen = Choice(award, own, (len(own) + sizes[own[0].group], standing))
        listed += chosen.listed
        to_decide += chosen.to_decide
        outrun += chosen.missed
    lacking.sort(key=lambda one: [-value for value in one.candidate.order])
    return AwardList(award, tuple(listed), tuple(to_decide), (*outrun, *lacking))


# -- who comes into question -------------------------------------------------------------------


def _candidates(award: Award, years: Years) -> Iterator[Candidate]:
    book = years.books[-1]
    if award.kind == "item":
        for item, value in book.item_points().items():
            if value > 0:
                yield Candidate(None, item, years.named(item), "", "", (value,), Tally(0, 0))
        return
    needs = award.needs or Needs()
    for holder in book.members if award.kind == "member" else book.units:
        if needs.unit_kinds and _unit(holder.key, years).kind not in needs.unit_kinds:
            continue
        if award.kind == "member" and needs.roles and not _holds(holder, needs, years):
            continue
        tally = _summed(years.books[-award.years :], holder.key)
        values = {
            "points": _points(years.books[-award.years :], holder.key, award.account),
            "adopted": Fraction(tally.adopted),
            "submitted": Fraction(tally.submitted),
            "rate": tally.rate,
        }
        order = tuple(values[metric] for metric in award.sort)
        unit = holder.unit if award.kind == "member" else ""
        group = _group(award, holder.key, years)
        yield Candidate(holder.key, None, holder.name, unit, group, order, tally)


def _unit_of(key: Key, years: Years) -> FactId:
    """The unit itself, or the one that a member belongs to at the year's end."""
    last = years.books[-1].year.last
    return key[1] if key[0] == "unit" else years.register.members[key[1]].unit_on(last)


def _unit(key: Key, years: Years) -> Unit:
    """How that unit stands at the year's end."""
    return years.register.units[_unit_of(key, years)].on(years.books[-1].year.last)


def _group(award: Award, key: Key, years: Years) -> str:
    """The list that a holder competes in."""
    unit = _unit(key, years)
    groups = {"peer_group": unit.peer_group, "kind": unit.kind, "unit": unit.name}
    return groups.get(award.groups) or ""


def _standing(key: Key | None, years: Years) -> int:
    """The place of the candidate's unit; 0 for none."""
    unit = _holder(years.books[-1], ("unit", _unit_of(key, years))) if key else None
    return unit.standing if unit else 0


def _holds(holder: Holder, needs: Needs, years: Years) -> bool:
    member = years.register.members[holder.key[1]]
    period = years.books[-1].year
    return any(term.role in needs.roles and term.held_within(period) for term in member.terms)


def _holder(book: ScoreBook, key: Key) -> Holder | None:
    holders = book.members if key[0] == "member" else book.units
    return next((holder for holder in holders if holder.key == key), None)


def _points(books: Sequence[ScoreBook], key: Key, account: str | None) -> Fraction:
    found = [holder for book in books if (holder := _holder(book, key))]
    own = (h.total if account is None else h.accounts.get(account, Fraction()) for h in found)
    return sum(own, Fraction())


def _summed(books: Sequence[ScoreBook], key: Key) -> Tally:
    own = [book.tally_of(key) for book in books]
    return Tally(sum(one.submitted for one in own), sum(one.adopted for one in own))


# -- what a candidate lacks --------------------------------------------------------------------


def _lacks(award: Award, candidate: Candidate, years: Years) -> Iterator[str]:
    """What a candidate lacks, in each of the years that count, and what bars it."""
    key = candidate.key
    if key is None:
        return
    needs = award.needs or Needs()
    for book in years.books[-award.streak :]:
        yield from _lacks_in(book, key, needs, years)
    yield from _out_of_bounds(
        award, candidate, needs, _points(years.books[-award.years :], key, award.account)
    )
    last = years.books[-1]
    incidents = last.incidents_of(key)
    for consequence, period in holding.reached(years.rulebook, last.year, incidents):
        if consequence.effect == "barred":
            kinds = "、".join(consequence.kinds)
            times = f"{kinds}满 {consequence.times} 次"
            yield f"{period.chinese}{times}，按{consequence.clause}取消资格"
    if clause := holding.barred_for_good(years.rulebook, last.year.last, incidents):
        yield f"按{clause}永久取消资格"


def _lacks_in(book: ScoreBook, key: Key, needs: Needs, years: Years) -> Iterator[str]:
    if needs.quotas:
        yield from _owing(book.obligations, key, "")
    if needs.unit_quotas and key[0] == "member":
        unit = years.register.members[key[1]].unit_on(book.year.last)
        yield from _owing(book.obligations, ("unit", unit), "所在单位")
    for incident in book.incidents_of(key):
        if incident.kind in needs.no_findings and incident.day in book.year:
            yield f"{incident.day} {incident.kind}认定（F{incident.fact}）"


def _owing(obligations: Sequence[Obligation], key: Key, whose: str) -> Iterator[str]:
    for one in obligations:
        if one.key == key and one.binding and not one.met:
            done = f"应 {points.exact(one.required)}，实 {points.exact(one.actual)}"
            yield f"{whose}没有完成{one.period.chinese}任务（{done}）"


def _out_of_bounds(
    award: Award, candidate: Candidate, needs: Needs, total: Fraction
) -> Iterator[str]:
    tally = candidate.tally
    for value, least, most, word in (
        (total, needs.least_points, None, "得分"),
        (Fraction(tally.adopted), needs.least_adopted, needs.most_adopted, "采用"),
        (Fraction(tally.submitted), needs.least_submitted, needs.most_submitted, "报送"),
        (tally.rate, needs.least_rate, None, "采用率"),
    ):
        if least is not None and value < least:
            yield f"{word} {told(value)}，不足 {told(Fraction(least))}"
        if most is not None and value > most:
            yield f"{word} {told(value)}，超过 {told(Fraction(most))}"
    if award.marks and total < min(award.marks.values()):
        yield f"得分 {told(total)}，不足 {told(min(award.marks.values()))}"
