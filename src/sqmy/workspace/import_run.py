"""The state of one import: what is written, what is refused, and who is meant by a name."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Generic, ParamSpec, TypeVar

from sqmy.days import Day
from sqmy.errors import LedgerError, SqmyError, StorageError
from sqmy.facts import FactId
from sqmy.intake.cells import split
from sqmy.intake.drafts import Draft, Place
from sqmy.intake.files import Intake, Progress
from sqmy.ledger.records import Records
from sqmy.register import Register
from sqmy.text import match_key

P = ParamSpec("P")
T = TypeVar("T")

STEP = 500
"""Rows between two words about progress."""

QUALIFIED = re.compile(r"(.+?)\s*[（(](.+)[）)]")
"""`姓名（单位）`."""


class WithheldError(Exception):
    """What is missing may be in a row that is at fault itself: told there, not here again."""


class Run:
    """One import under way.

    Args:
        records: inside the transaction.
        intake: what the files hold.
        progress: told from time to time how far it is.
    """

    def __init__(self, records: Records, intake: Intake, progress: Progress | None) -> None:
        self.records = records
        self.ledger = records.ledger
        self.intake = intake
        self.faults = list(intake.faults)
        self.counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
        self.spoiled: defaultdict[str, set[str]] = defaultdict(set)
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
            self.intake.unread.add(kind)

    def may_be_spoiled(self, kind: str, name: str) -> bool:
        """Whether a name that nothing answers to may stand in a row that is at fault."""
        return kind in self.intake.unread or match_key(name) in self.spoiled[kind]

    def is_new(self, fact: FactId) -> bool:
        """Whether a fact was recorded by this very import, and so may be gone again."""
        return fact > self._held

    def refuse(self, place: Place, heading: str, message: str) -> None:
        """Tell a fault of a cell."""
        self.faults.append(place.fault(heading, message))

    def write(
        self, place: Place, heading: str, verb: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T | None:
        """Record something new by a verb of `Records`, in this import's batch.

        Returns:
            What the verb returns; None once its refusal has been told, as of the heading's cell.
        """
        if self.records.batch is None:
            self.records.begin_batch("、".join(self.intake.files))
        try:
            return verb(*args, **kwargs)
        except (LedgerError, StorageError):  # a full disk is no fault of the row
            raise
        except SqmyError as error:
            self.refuse(place, heading, str(error))
            return None

    def count(self, kind: str, *, new: bool) -> None:
        """Count a row, or one of the facts in it."""
        self.counts[kind][0 if new else 1] += 1

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


class Index(Generic[T]):
    """Who answers to a name: those of that name, else those with such another name."""

    def __init__(self) -> None:
        self.named: defaultdict[str, list[T]] = defaultdict(list)
        self.others: defaultdict[str, list[T]] = defaultdict(list)

    def add(self, one: T, name: str, others: Iterable[str] = ()) -> None:
        """Enter one with its name and its other names."""
        self.named[match_key(name)].append(one)
        for other in others:
            self.add_other(one, other)

    def add_other(self, one: T, name: str) -> None:
        """Enter another name."""
        answers = self.others[match_key(name)]
        if one not in answers:
            answers.append(one)

    def find(self, name: str) -> list[T]:
        """All who answer to the name."""
        key = match_key(name)
        return self.named.get(key) or self.others.get(key) or []


def units_of(register: Register) -> Index[FactId]:
    """The units by name, former name and alias."""
    index = Index[FactId]()
    for unit in register.units.values():
        index.add(unit.id, unit.name, (*unit.aliases, *(state.name for state in unit.states)))
    return index


def members_of(register: Register) -> Index[FactId]:
    """The members by name and alias."""
    index = Index[FactId]()
    for member in register.members.values():
        index.add(member.id, member.name, member.aliases)
    return index


class Names:
    """Looks up cells with names in the register, each spelling once.

    Args:
        run: for what rows at fault would have registered.
        register: of the moment.
    """

    def __init__(self, run: Run, register: Register) -> None:
        self.run = run
        self.register = register
        self._units = units_of(register)
        self._members = members_of(register)
        self._known: dict[tuple[str, str], FactId | Exception] = {}

    def unit(self, name: str) -> FactId:
        """The unit of that name.

        Raises:
            SqmyError: there is none, or more than one.
            WithheldError: there is none, and a row at fault may be why.
        """
        return self._one("unit", name, self._units, self.register.find_unit)

    def member(self, name: str) -> FactId:
        """The person of that name; raises as `unit`."""
        return self._one("member", name, self._members, self.register.find_member)

    def units(self, written: str) -> tuple[FactId, ...]:
        """The units in a cell; raises as `unit`, and for one that stands there twice."""
        return self._several(written, self._units, self.unit)

    def members(self, written: str) -> tuple[FactId, ...]:
        """The persons in a cell; raises as `unit`, and for one that stands there twice."""
        return self._several(written, self._members, self.member)

    def units_on(self, members: Iterable[FactId], day: Day) -> tuple[FactId, ...]:
        """The units that the members belonged to on that day, each once."""
        entries = self.register.members
        return tuple(dict.fromkeys(entries[member].unit_on(day) for member in members))

    def _one(
        self, kind: str, name: str, index: Index[FactId], find: Callable[[str], FactId]
    ) -> FactId:
        known = self._known.get((kind, name))
        if known is None:
            try:
                answers = index.find(name)
                known = answers[0] if len(answers) == 1 else find(name)
            except SqmyError as error:
                known = (
                    WithheldError()
                    if self._is_withheld(kind, name)
                    else self._hinted(kind, name, error)
                )
            self._known[kind, name] = known
        if isinstance(known, Exception):
            raise known
        return known

    def _is_withheld(self, kind: str, name: str) -> bool:
        if self.run.may_be_spoiled(kind, name):
            return True
        qualified = QUALIFIED.fullmatch(name)
        return qualified is not None and (
            self.run.may_be_spoiled(kind, qualified[1])
            or self.run.may_be_spoiled("unit", qualified[2])
        )

    def _hinted(self, kind: str, name: str, error: SqmyError) -> SqmyError:
        if kind == "member" and self._units.find(name):
            return SqmyError(
                f"「{name}」是单位，不是人。以单位名义报送的，作者留空，署名填「单位」。"
            )
        return error

    @staticmethod
    def _several(
        written: str, index: Index[FactId], find: Callable[[str], FactId]
    ) -> tuple[FactId, ...]:
        whole = index.find(written)
        if len(whole) == 1:  # a name may hold what separates names elsewhere
            return (whole[0],)
        found: dict[FactId, str] = {}
        for part in split(written):
            one = find(part)
            if one in found:
                raise SqmyError(f"「{part}」与「{found[one]}」是同一个，写了两次。请去掉一个。")
            found[one] = part
        return tuple(found)


def different(had: Mapping[str, object], has: Mapping[str, object]) -> list[str]:
    """The headings whose values differ, in order."""
    return [heading for heading in has if had.get(heading) != has[heading]]
