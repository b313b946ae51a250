"""When something is due: the periods of a quota, and who held a role in them."""

from collections.abc import Iterable, Iterator, Sequence

from sqmy import days
from sqmy.days import Period
from sqmy.register import MemberEntry
from sqmy.rules.rulebook import Rulebook
from sqmy.rules.tasks import Quota, Span


def spans_of(
    rulebook: Rulebook, year: Period, per: Span, named: str | None = None
) -> tuple[Period, ...]:
    """The periods of a quota in a scoring year: calendar ones, or a declared one."""
    if named is None:
        return days.periods(int(year.label), per, rulebook.year.start)
    found = next(one for one in rulebook.words.periods if one.label == named)
    return (days.part_of(year, found.label, found.first, found.last),)


def in_force(quota: Quota, period: Period) -> bool:
    """Whether a quota is owed for a period: it is in force at its end."""
    return (quota.since or "") <= period.last <= (quota.until or "9999")


def due_spans(
    member: MemberEntry, roles: Iterable[str], due: str, spans: Sequence[tuple[int, Period]]
) -> Iterator[tuple[str, int, Period]]:
    """Each of the roles with the periods, numbered, at whose end or within which it was held."""
    for role in roles:
        terms = [term for term in member.terms if term.role == role]
        for nth, period in spans if terms else ():
            if any(
                term.held_on(period.last) if due == "held_at_end" else term.held_within(period)
                for term in terms
            ):
                yield role, nth, period
