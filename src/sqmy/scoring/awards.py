"""评先: who is on the lists of a year, who missed them, and by what."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from typing import NamedTuple

from sqmy import points
from sqmy.days import Period
from sqmy.facts import FactId, Unit
from sqmy.register import Register
from sqmy.rules.awarding import Award, Needs
from sqmy.rules.rulebook import Consequence, Rulebook
from sqmy.scoring import holding
from sqmy.scoring.book import Holder, Key, Obligation, ScoreBook, Tally
from sqmy.scoring.choosing import Candidate, Choice, Missed, Placed, told


class AwardList(NamedTuple):
    """One award of a year, or of one period of it.

    Attributes:
        title: what the list is called, as `Award.lists` has it.
        period: the year, or the part of it.
        listed: group by group, in order of place.
        to_decide: equals of whom not all have room, where the regulation leaves it to a meeting.
        missed: all others who came into question, best first.
    """

    award: Award
    title: str
    period: Period
    listed: tuple[Placed, ...]
    to_decide: tuple[Candidate, ...]
    missed: tuple[Missed, ...]

    @property
    def heading(self) -> str:
        """As documents call the list: `先进单位`, `2025年第一季度达标单位`."""
        when = "" if self.award.per == "year" else self.period.chinese
        return when + self.award.label


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
    """Every award of the rulebook, in each of its periods."""
    year, start = int(years.books[-1].year.label), years.rulebook.year.start
    looked_at = [_Year(book) for book in years.books]
    return tuple(
        _list(_Race(award, years, looked_at, period), title)
        for award in years.rulebook.awards
        for title, period in award.lists(year, start).items()
    )


class _Year:
    """A scored year, with holders and what they owe found by key."""

    def __init__(self, book: ScoreBook) -> None:
        self.book = book
        self.holders = {holder.key: holder for holder in (*book.members, *book.units)}
        self.owing: dict[Key, list[Obligation]] = defaultdict(list)
        for one in book.obligations:
            if one.binding and not one.met:
                self.owing[one.key].append(one)


class _Race(NamedTuple):
    """One award in one period."""

    award: Award
    years: Years
    looked_at: Sequence[_Year]
    period: Period

    @property
    def whole_year(self) -> bool:
        """Whether the list is for a year, or for several."""
        return self.award.per == "year"

    @property
    def counted(self) -> Sequence[_Year]:
        """The years whose points and counts are put together."""
        return self.looked_at[-self.award.years :]

    def total(self, key: Key) -> Fraction:
        """The points that the award looks at."""
        return sum((self._total_in(one, key) for one in self.counted), Fraction())

    def _total_in(self, one: _Year, key: Key) -> Fraction:
        account, rules = self.award.account, self.award.rules
        holder = one.holders.get(key)
        if holder is None:
            return Fraction()
        if self.whole_year and not rules:
            return holder.total if account is None else holder.accounts.get(account, Fraction())
        lines = one.book.lines_of(key) if account is None else one.book.lines_in(key, account)
        own = (
            line.points
            for line in lines
            if (not rules or line.clause in rules) and (self.whole_year or line.day in self.period)
        )
        return sum(own, Fraction())

    def tally(self, key: Key) -> Tally:
        """What a holder submitted and had adopted."""
        span = None if self.whole_year else self.period
        own = [one.book.tally_of(key, span) for one in self.counted]
        return Tally(sum(one.submitted for one in own), sum(one.adopted for one in own))

    def unit_of(self, key: Key) -> FactId:
        """The unit itself, or the one that a member belongs to at the year's end."""
        last = self.years.books[-1].year.last
        return key[1] if key[0] == "unit" else self.years.register.members[key[1]].unit_on(last)

    def unit(self, key: Key) -> Unit:
        """How that unit stands at the year's end."""
        last = self.years.books[-1].year.last
        return self.years.register.units[self.unit_of(key)].on(last)

    def group(self, key: Key) -> str:
        """The list that a holder competes in."""
        unit = self.unit(key)
        groups = {"peer_group": unit.peer_group, "kind": unit.kind, "unit": unit.name}
        return groups.get(self.award.groups) or ""

    def standing(self, key: Key | None) -> int:
        """The place of the holder's unit in the year; 0 for none."""
        unit = self.looked_at[-1].holders.get(("unit", self.unit_of(key))) if key else None
        return unit.standing if unit else 0


def _list(race: _Race, title: str) -> AwardList:
    groups: dict[str, list[Candidate]] = defaultdict(list)
    lacking: list[Missed] = []
    for candidate in _candidates(race):
        if reasons := tuple(_lacks(race, candidate)):
            lacking.append(Missed(candidate, reasons))
        else:
            groups[candidate.group].append(candidate)
    listed: list[Placed] = []
    to_decide: list[Candidate] = []
    outrun: list[Missed] = []
    for own in groups.values():
        own.sort(key=lambda candidate: [-value for value in candidate.rank])
        sizes = {c.group: sum(m.candidate.group == c.group for m in lacking) for c in own}
        standing = race.standing(own[0].key) if race.award.by_standing else 0
        chosen = Choice(race.award, own, (len(own) + sizes[own[0].group], standing))
        listed += chosen.listed
        to_decide += chosen.to_decide
        outrun += chosen.missed
    lacking.sort(key=lambda one: [-value for value in one.candidate.rank])
    missed = (*outrun, *lacking)
    return AwardList(race.award, title, race.period, tuple(listed), tuple(to_decide), missed)


# -- who comes into question -------------------------------------------------------------------


def _candidates(race: _Race) -> Iterator[Candidate]:
    award, book = race.award, race.years.books[-1]
    if award.kind == "item":
        for item, value in book.item_points(race.period, award.rules).items():
            if value > 0:
                name = race.years.named(item)
                own = Tally(0, 0)
                yield Candidate(None, item, name, "", "", (value,), own, award.from_last)
        return
    needs = award.needs or Needs()
    for holder in book.members if award.kind == "member" else book.units:
        if needs.unit_kinds and race.unit(holder.key).kind not in needs.unit_kinds:
            continue
        if award.kind == "member" and needs.roles and not _holds(holder, needs, race):
            continue
        tally = race.tally(holder.key)
        values = {
            "points": race.total(holder.key),
            "adopted": Fraction(tally.adopted),
            "submitted": Fraction(tally.submitted),
            "rate": tally.rate,
        }
        order = tuple(values[metric] for metric in award.sort)
        unit = holder.unit if award.kind == "member" else ""
        group = race.group(holder.key)
        yield Candidate(holder.key, None, holder.name, unit, group, order, tally, award.from_last)


def _holds(holder: Holder, needs: Needs, race: _Race) -> bool:
    member = race.years.register.members[holder.key[1]]
    return any(term.role in needs.roles and term.held_within(race.period) for term in member.terms)


# -- what a candidate lacks --------------------------------------------------------------------


def _lacks(race: _Race, candidate: Candidate) -> Iterator[str]:
    """What a candidate lacks, in each of the years that count, and what bars it."""
    key, award, years = candidate.key, race.award, race.years
    if key is None:
        return
    needs = award.needs or Needs()
    for one in race.looked_at[-award.streak :]:
        span = one.book.year if race.whole_year else race.period
        yield from _lacks_in(race, one, key, span)
    yield from _out_of_bounds(award, candidate, needs, race.total(key))
    last = years.books[-1]
    incidents = last.incidents_of(key)
    for consequence, period in holding.reached(years.rulebook, last.year, incidents):
        if consequence.effect == "barred" and _concerns(consequence, award):
            kinds = "、".join(consequence.kinds)
            times = f"{kinds}满 {consequence.times} 次"
            yield f"{period.chinese}{times}，按{consequence.clause}取消资格"
    for consequence in holding.barring_for_good(years.rulebook, last.year.last, incidents):
        if _concerns(consequence, award):
            yield f"按{consequence.clause}永久取消资格"


def _concerns(consequence: Consequence, award: Award) -> bool:
    """Whether a consequence bars from this award."""
    return not consequence.awards or award.label in consequence.awards


def _lacks_in(race: _Race, one: _Year, key: Key, span: Period) -> Iterator[str]:
    needs = race.award.needs or Needs()
    if needs.quotas:
        yield from _owing(one.owing.get(key, ()), span, "")
    if needs.unit_quotas and key[0] == "member":
        unit = race.years.register.members[key[1]].unit_on(span.last)
        yield from _owing(one.owing.get(("unit", unit), ()), span, "所在单位")
    for incident in one.book.incidents_of(key):
        if incident.kind in needs.no_findings and incident.day in span:
            yield f"{incident.day} {incident.kind}认定（F{incident.fact}）"


def _owing(owing: Sequence[Obligation], span: Period, whose: str) -> Iterator[str]:
    for one in owing:
        if one.period.last in span:
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
