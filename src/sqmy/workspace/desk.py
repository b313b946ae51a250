"""The desk a command works at: an open ledger, its register and the rulebook in force."""

from collections.abc import Sequence
from functools import cached_property
from typing import Self

from sqmy import settings, terms
from sqmy.days import Day, Period, periods, scoring_year
from sqmy.errors import LedgerError, Problem, SqmyError
from sqmy.facts import Edition, FactId
from sqmy.ledger import contents, reading
from sqmy.ledger.database import Ledger
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.sqlite import is_ledger
from sqmy.register import Register
from sqmy.rules import compiled
from sqmy.rules.rulebook import Rulebook
from sqmy.vocabulary import Vocabulary

HIDDEN = reading.Title("（不列）", "（标有密级，题目不列）")
"""What stands in place of the number and title of an item that the audience is not told of."""


_TOLD = (SqmyError, OSError, MemoryError)
"""What says by itself what is wrong."""

_AFTER_DAMAGE = "请不要再写入，保留原文件，并用最近的备份核对。"


class Desk:
    """An open ledger with what is read from it, each once.

    What reports tell of items and people is read here and not from the ledger, so that no report
    can tell more than its audience may know.

    Args:
        ledger: open.
        operator: who records.
        audience: whom the reports made at this desk are for.
    """

    def __init__(
        self, ledger: Ledger, operator: str, audience: terms.Audience = "internal"
    ) -> None:
        self.ledger = ledger
        self.operator = operator
        self.audience = audience
        self.past: dict[FactId, Desk] = {}
        """The desk as it stood at places of the chain that somebody has asked for."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind and issubclass(kind, Exception) and not issubclass(kind, _TOLD):
                self._blame()
        finally:
            for one in self.past.values():
                one.__exit__(None)
            self.ledger.connection.close()

    def _blame(self) -> None:
        """Where nobody expected what came up, see whether it came of the ledger.

        Raises:
            LedgerError: the ledger does not hold; every fault is named.
        """
        from sqmy.ledger import audit

        try:
            problems = audit.examine(self.ledger)
        except SqmyError as error:
            problems = [Problem("文件", str(error))]
        if problems:
            told = "\n".join(f"  {problem}" for problem in problems)
            raise LedgerError(f"台账里的内容对不上，这一步做不下去：\n{told}\n{_AFTER_DAMAGE}")

    @property
    def anchor(self) -> tuple[FactId, str]:
        """The ledger's last place and its hash, which a paper made here carries."""
        return reading.head(self.ledger)

    @cached_property
    def register(self) -> Register:
        """The units and members as first read; `refresh` reads them again."""
        return reading.register(self.ledger)

    def refresh(self) -> None:
        """Forget what was read, after something was written."""
        self.__dict__.pop("register", None)

    @cached_property
    def editions(self) -> tuple[tuple[FactId, Edition], ...]:
        """Every edition of the rulebook that the ledger holds, in the order of recording."""
        return reading.editions(self.ledger)

    def edition_on(self, day: Day) -> Edition:
        """The edition in force on that day.

        Raises:
            LedgerError: there is none.
        """
        in_force = [e for _, e in self.editions if (e.since or "") <= day]
        if not in_force:
            raise LedgerError(f"台账里没有 {day} 施行的计分办法。请用 sqmy verify 检查。")
        # of two from the same day, the one recorded later
        return max(reversed(in_force), key=lambda edition: edition.since or "")

    @cached_property
    def rulebook(self) -> Rulebook:
        """The rulebook that recording goes by: the latest adopted."""
        return self.rulebook_of(self.edition_on("9999-12-31"))

    def editions_of(self, year: int) -> tuple[Edition, ...]:
        """The editions in force at some time of a scoring year, in order; one at least."""
        last = self.edition_on(f"{year}-12-31")
        period = periods(year, "year", self.rulebook_of(last).year.start)[0]
        in_force = [edition for _, edition in self.editions]
        first = self.edition_on(max(period.first, min(e.since or "" for e in in_force)))
        begun = {
            e.since or "": e for e in in_force if period.first < (e.since or "") <= period.last
        }
        return tuple(dict.fromkeys((first, *(begun[day] for day in sorted(begun)))))

    def rulebook_in(self, year: int, editions_of: Sequence[Edition] = ()) -> Rulebook:
        """The rulebook of a scoring year: its edition, or its editions in one; or of these."""
        chosen = editions_of or self.editions_of(year)
        own = [(edition.since, self.rulebook_of(edition)) for edition in chosen]
        if len(own) == 1:
            return own[0][1]
        from sqmy.rules import editions

        period = periods(year, "year", own[-1][1].year.start)[0]
        return editions.joined(editions.in_year(own, period))

    def rulebook_of(self, edition: Edition) -> Rulebook:
        """The rulebook of an edition that the ledger holds.

        Raises:
            LedgerError: its compiled form is damaged.
        """
        try:
            return compiled.load(edition.compiled)
        except compiled.OutdatedError:  # of an earlier sqmy: the text tells the same
            from sqmy.rules import reader

            return reader.read(edition.text, f"《{edition.name}》{edition.edition}")

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The labels that may be recorded: the rulebook's, and the mark 密级."""
        declared = self.rulebook.vocabulary()
        named = dict.fromkeys((*declared.attributes, terms.CONFIDENTIALITY))
        return declared._replace(attributes=tuple(named))

    @cached_property
    def hidden(self) -> frozenset[FactId]:
        """The items that the audience is not told of by number and title."""
        if self.audience == "internal":
            return frozenset()
        return frozenset(
            item
            for item, mark in reading.attribute(self.ledger, terms.CONFIDENTIALITY).items()
            if terms.hidden_from(self.audience, mark)
        )

    def titles(self, items: Sequence[FactId] | None = None) -> dict[FactId, reading.Title]:
        """Number and title of these live items, or of every one; of a hidden one, that it is."""
        found = reading.titles(self.ledger, items)
        found.update((item, HIDDEN) for item in self.hidden if item in found)
        return found

    def phones(self) -> dict[FactId, str]:
        """The phone of each member that has one, for the office itself."""
        return contents.phones(self.ledger) if self.audience == "internal" else {}

    def period_of(self, day: Day) -> Period:
        """The scoring year that a day falls in."""
        start = self.rulebook.year.start
        return periods(scoring_year(day, start), "year", start)[0]


def open_desk(
    ledger: str | None, operator: str | None, audience: terms.Audience = "internal"
) -> Desk:
    """The desk of the ledger that option, environment or custom name.

    Raises:
        LedgerError: it cannot be opened or is not a ledger.
    """
    place = settings.ledger_place(ledger, is_ledger)
    return Desk(open_ledger(place), settings.operator(operator), audience)
