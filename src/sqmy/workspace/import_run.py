"""The state of one import: what is written, what is refused, what each row came to."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import NamedTuple, ParamSpec, TypeVar

from sqmy.days import Day
from sqmy.errors import LedgerError, SqmyError, StorageError
from sqmy.facts import FactId, Recognition
from sqmy.intake.drafts import Draft, Place
from sqmy.intake.files import Intake, Progress
from sqmy.ledger.records import Records
from sqmy.text import match_key
from sqmy.vocabulary import Vocabulary
from sqmy.workspace.answers import Answers
from sqmy.workspace.outcomes import Change, Doubt, DoubtError, Mention, Outcome, State

P = ParamSpec("P")
T = TypeVar("T")

STEP = 500
"""Rows between two words about progress."""


class WithheldError(Exception):
    """What is missing may be in a row that is at fault itself: told there, not here again."""


class Decisions(NamedTuple):
    """What a person has decided beforehand.

    Attributes:
        answers: whom and what doubtful spellings mean.
        because: why rows that are otherwise in the ledger are right; None if they are not.
        new_term: 换届, the first day of the term whose register the sheets of members are.
    """

    answers: Answers = Answers()
    because: str | None = None
    new_term: Day | None = None

    def rehearsed(self) -> "Decisions":
        """The same, with a reason for a rehearsal where there is none yet."""
        return self._replace(because=self.because or REHEARSED)


REHEARSED = "预览"
"""The reason of changes that are only rehearsed; nobody ever reads it."""

UNDECIDED = Decisions()
"""Every doubt is refused, and so is every row that is otherwise in the ledger."""


class Run:
    """One import under way.

    Args:
        records: inside the transaction.
        vocabulary: the labels of the rulebook in force.
        intake: what the files hold.
        decisions: what was decided beforehand.
        progress: told from time to time how far it is.

    Attributes:
        decided: what came of the decisions, in sentences.
        recognised: titles that somebody said are an item's.
    """

    def __init__(
        self,
        records: Records,
        vocabulary: Vocabulary,
        intake: Intake,
        decisions: Decisions,
        progress: Progress | None,
    ) -> None:
        self.vocabulary = vocabulary
        self.decisions = decisions
        self.decided: list[str] = []
        self.recognised: list[Recognition] = []
        self._items: defaultdict[int, list[tuple[int, FactId | None]]] = defaultdict(list)
        self.records = records
        self.ledger = records.ledger
        self.intake = intake
        self.faults = list(intake.faults)
        self.notes = list(intake.notes)
        self.unread = set(intake.unread)
        self.outcomes: list[Outcome] = []
        self.doubts: defaultdict[Doubt, list[Mention]] = defaultdict(list)
        self.spoiled: defaultdict[str, set[str]] = defaultdict(set)
        self._doubted = 0
        self._held = records.seq
        self._progress = progress
        self._done = 0
        self._total = sum(map(len, intake.drafts.values()))
        for kind, drafts in intake.spoiled.items():
            for draft in drafts:
                self.spoil(kind, _own_names(draft))

    def spoil(self, kind: str, names: Iterable[str]) -> None:
        """A row is at fault: what rests on these names of it is not complained of again."""
        keys = {match_key(name) for name in names}
        self.spoiled[kind] |= keys
        if "" in keys:  # nobody knows what it would have been
            self.unread.add(kind)

    def may_be_spoiled(self, kind: str, name: str) -> bool:
        """Whether a name that nothing answers to may stand in a row that is at fault."""
        return kind in self.unread or match_key(name) in self.spoiled[kind]

    def is_new(self, fact: FactId) -> bool:
        """Whether a fact was recorded by this very import, and so may be gone again."""
        return fact > self._held

    def tell_item(self, place: Place, item: FactId | None) -> None:
        """Tell which item a row is about, row by row; None for one that was refused."""
        self._items[place.source.order].append((place.row, item))

    def item_at(self, place: Place) -> FactId | None:
        """The item of a row, or of the last row above it that tells one: it may take several."""
        told = self._items[place.source.order]
        above = bisect_right(told, place.row, key=itemgetter(0))
        return told[above - 1][1] if above else None

    @property
    def troubles(self) -> int:
        """How many cells were refused or are doubtful so far: has the row at hand added to it?"""
        return len(self.faults) + self._doubted

    def refuse(self, place: Place, heading: str, why: SqmyError | str) -> None:
        """Tell a fault of a cell, or a doubt about what it says."""
        if isinstance(why, DoubtError):
            for doubt in why.doubts:
                self.doubts[doubt].append(Mention(place, heading))
            self._doubted += 1
        else:
            self.faults.append(place.fault(heading, str(why)))

    def record(self, verb: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Record something new by a verb of `Records`, in this import's batch.

        Raises:
            SqmyError: the verb refuses it.
        """
        if self.records.batch is None:
            self.records.begin_batch("、".join(self.intake.files))
        return verb(*args, **kwargs)

    def write(
        self, place: Place, heading: str, verb: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """As `record`, for a row.

        Returns:
            What the verb returns; None once its refusal has been told, as of the heading's cell.
        """
        try:
            return self.record(verb, *args, **kwargs)
        except (LedgerError, StorageError):  # a full disk is no fault of the row
            raise
        except SqmyError as error:
            self.refuse(place, heading, error)
            return None

    def check_day(self, place: Place, heading: str, day: Day, item: FactId | None = None) -> None:
        """Tell what is wrong with a day, of a row that is refused for something else already."""
        if not day:
            return
        try:
            self.records.check_day(day, heading, item)
        except SqmyError as error:
            self.refuse(place, heading, error)

    def may_change(
        self, place: Place, heading: str, what: str, changes: Iterable[Change], otherwise: str
    ) -> bool:
        """Whether a row may be recorded that is otherwise in the ledger; else it is refused.

        Args:
            place: the row.
            heading: of the cell that is refused.
            what: what the ledger has otherwise, in words.
            changes: in which fields.
            otherwise: what to do where the row is about something else.
        """
        if self.decisions.because is not None:
            return True
        said = "；".join(map(str, changes))
        self.refuse(
            place,
            heading,
            f"{what}在台账里已有，这一行不同：{said}。"
            f"要照这一行更正，请加 --because 理由；{otherwise}",
        )
        return False

    def tell(
        self,
        kind: str,
        place: Place,
        state: State,
        about: str,
        changes: tuple[Change, ...] = (),
        remark: str = "",
    ) -> None:
        """Tell what a row, or one of the facts in it, came to."""
        self.outcomes.append(Outcome(kind, place, state, about, changes, remark))

    def step(self) -> None:
        """One row is done."""
        self._done += 1
        if self._progress and self._done % STEP == 0:
            self._progress("写入台账", self._done, self._total)


def _own_names(draft: Draft) -> list[str]:
    """What other rows call the row by."""
    number = getattr(draft, "number", None)
    if number is not None:
        return [number]
    name: str = getattr(draft, "name", "")
    return [name, *getattr(draft, "aliases", ())]


def different(had: Mapping[str, object], has: Mapping[str, object]) -> list[str]:
    """The headings whose values differ, in order."""
    return [heading for heading in has if had.get(heading) != has[heading]]
