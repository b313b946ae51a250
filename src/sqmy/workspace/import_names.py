"""Who is meant by the names in the cells of an import."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from sqmy.days import Day
from sqmy.errors import SqmyError
from sqmy.facts import FactId
from sqmy.intake.cells import split
from sqmy.register import Register
from sqmy.text import match_key
from sqmy.workspace.import_run import Run, WithheldError

T = TypeVar("T")

QUALIFIED = re.compile(r"(.+?)\s*[（(](.+)[）)]")
"""`姓名（单位）`."""


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
