"""Worked cases as frozen values: a small county, what happened in it, and the points it must give.

Each class is one kind of entry of a cases file, with its Chinese key in `keywords.py`; a case
reads like the regulation's own example. Annotations are evaluated here, because the reader walks
them. Days are ISO text; labels are those of the rulebook.
"""

from fractions import Fraction
from typing import Literal, NamedTuple, get_args

from sqmy import days
from sqmy.days import Day
from sqmy.rules.rulebook import Clause, Rulebook
from sqmy.rules.tasks import Span

MOST_COPIES = 1000
"""How many items may be alike."""

MOST_ITEMS = 20_000
"""How many items a case may have, each as often as it is there."""


class CaseFinding(NamedTuple):
    """认定, on an item, a member or a unit."""

    kind: str
    on: Day
    attributes: dict[str, str] | None = None


class CaseUnit(NamedTuple):
    """单位: a unit, the same throughout."""

    kind: str
    peer_group: str | None = None
    assessed: bool = True
    findings: tuple[CaseFinding, ...] = ()


class CaseAppointment(NamedTuple):
    """另任: one more role, with its first and last day; None is unbounded."""

    role: str
    since: Day | None = None
    until: Day | None = None


class CaseMember(NamedTuple):
    """人员: unit and roles; the first and last day hold for all of `roles`."""

    unit: str
    roles: tuple[str, ...]
    since: Day | None = None
    until: Day | None = None
    further: tuple[CaseAppointment, ...] = ()
    findings: tuple[CaseFinding, ...] = ()

    @property
    def appointments(self) -> tuple[CaseAppointment, ...]:
        """All roles, each with its days."""
        own = (CaseAppointment(role, self.since, self.until) for role in self.roles)
        return (*own, *self.further)


class CaseForwarding(NamedTuple):
    """上报."""

    channel: str
    on: Day


class CaseAdoption(NamedTuple):
    """采用; by the first declared form unless it says otherwise."""

    channel: str
    on: Day
    form: str = ""
    attributes: dict[str, str] | None = None


class CaseInstruction(NamedTuple):
    """批示."""

    rank: str
    on: Day
    attributes: dict[str, str] | None = None


class CaseItem(NamedTuple):
    """信息: a submission and what became of it.

    Attributes:
        copies: how many submissions are exactly so, for what is only seen in numbers.
    """

    number: str
    submitted_on: Day
    units: tuple[str, ...]
    authors: tuple[str, ...] = ()
    signed: Literal["members", "unit"] = "members"
    attributes: dict[str, str] | None = None
    forwardings: tuple[CaseForwarding, ...] = ()
    adoptions: tuple[CaseAdoption, ...] = ()
    instructions: tuple[CaseInstruction, ...] = ()
    findings: tuple[CaseFinding, ...] = ()
    copies: int = 1

    @property
    def by_unit(self) -> bool:
        """Signed by the unit alone; an item without authors always is."""
        return self.signed == "unit" or not self.authors


class Case(NamedTuple):
    """算例.

    Attributes:
        explanation: its name and the arithmetic, in words; unique in its file.
        clauses: the clauses it shows.
        readings: the numbers of the readings (口径) it shows.
        same: year, units, members and items are those of the case above, where it does not write
            its own.
        year: the scoring year that is computed.
        items: in the order of recording.
        points: exact total of each holder; whoever is not named, or not listed, has 0.
        lines: for each holder named, all lines of points as clause and points, in any order; those
            of other accounts are not among them.
        quotas: for each holder named, every period in which something is due, and nothing else;
            where several obligations fall in one period, `met` means all of them.
        standings: places, of the holders named.
        accounts: exact totals of other accounts, of the holders named, by account.
        converted: exact totals as converted into a larger assessment, of the holders named.
        awards: who is on each list named, as `Award.lists` has it, in its order; members and
            units by name, items by number.
        missing: the attributes for want of which facts are left open.
        place: file and line, for messages.
        rulebook: the one to score by, with what the case changes (改) already changed.
    """

    explanation: str
    clauses: tuple[Clause, ...]
    year: int
    units: dict[str, CaseUnit]
    members: dict[str, CaseMember]
    items: tuple[CaseItem, ...]
    points: dict[str, Fraction]
    place: str
    rulebook: Rulebook
    same: bool = False
    readings: tuple[int, ...] = ()
    changes: tuple[str, ...] = ()
    lines: dict[str, tuple[tuple[Clause, Fraction], ...]] | None = None
    quotas: dict[str, dict[str, Literal["met", "unmet"]]] | None = None
    standings: dict[str, int] | None = None
    accounts: dict[str, dict[str, Fraction]] | None = None
    converted: dict[str, Fraction] | None = None
    awards: dict[str, tuple[str, ...]] | None = None
    missing: tuple[str, ...] | None = None

    def periods(self) -> list[str]:
        """The labels of every period of the year: calendar ones, and those that are declared."""
        if not days.EARLIEST_YEAR <= self.year <= days.LATEST_YEAR:
            return []
        start, named = self.rulebook.year.start, self.rulebook.words.periods
        spans = [days.periods(self.year, per, start) for per in get_args(Span)]
        own = [one.label for span in spans for one in span]
        return [*own, *(f"{self.year}{one.label}" for one in named)]

    def award_lists(self) -> list[str]:
        """What the lists of awards of the year are called."""
        if not days.EARLIEST_YEAR <= self.year <= days.LATEST_YEAR:
            return []
        start = self.rulebook.year.start
        return [name for one in self.rulebook.awards for name in one.lists(self.year, start)]
