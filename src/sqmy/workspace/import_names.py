"""Who is meant by the names in the cells of an import."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

from sqmy import text
from sqmy.days import Day, read_day
from sqmy.errors import AmbiguousError, SqmyError
from sqmy.facts import Alias, FactId, Member, Unit
from sqmy.intake.cells import split
from sqmy.register import REFERENCE, MemberEntry, Register, Term, UnitEntry, find_label
from sqmy.text import match_key
from sqmy.workspace.answers import Answer, Newcomer
from sqmy.workspace.import_run import Run, WithheldError
from sqmy.workspace.outcomes import Candidate, Doubt, DoubtError, Subject
from sqmy.workspace.suggesting import Suggestions

T = TypeVar("T")

_AND_OTHERS = re.compile(r"等\s*(?:[\d一二三四五六七八九十两几多]+\s*)?(?:[人位名]|同志|委员)*$")
"""`张三等`, `张三等3人`."""

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

    What nothing answers to, or more than one, is a doubt: put to a person, never guessed. What a
    person has decided is kept as another name, so that it need not be asked again.

    Args:
        run: for what rows at fault would have registered, and for what has been decided.
        register: of the moment.
    """

    def __init__(self, run: Run, register: Register) -> None:
        self.run = run
        self.register = register
        self._units = units_of(register)
        self._members = members_of(register)
        self._suggestions = Suggestions(register)
        self._known: dict[tuple[Subject, str, str], FactId | Exception] = {}

    def unit(self, name: str) -> FactId:
        """The unit of that name.

        Raises:
            SqmyError: there is none, or more than one.
            WithheldError: there is none, and a row at fault may be why.
        """
        return self._one("unit", name, "")

    def member(self, name: str, beside: str = "") -> FactId:
        """The person of that name; raises as `unit`.

        Args:
            name: as written.
            beside: the cell with the units of the same row.
        """
        return self._one("member", name, beside)

    def units(self, written: str) -> tuple[FactId, ...]:
        """The units in a cell; raises as `unit`, and for one that stands there twice."""
        return self._each(written, self._units, self.unit)

    def members(self, written: str, beside: str = "") -> tuple[FactId, ...]:
        """The persons in a cell; raises as `member`, and for one that stands there twice."""
        return self._each(written, self._members, lambda name: self.member(name, beside))

    def units_on(self, members: Iterable[FactId], day: Day) -> tuple[FactId, ...]:
        """The units that the members belonged to on that day, each once."""
        entries = self.register.members
        return tuple(dict.fromkeys(entries[member].unit_on(day) for member in members))

    def _one(self, subject: Subject, name: str, beside: str) -> FactId:
        known = self._known.get((subject, name, "")) or self._known.get((subject, name, beside))
        if known is None:
            context = ""
            try:
                known = self._named(subject, name)
            except AmbiguousError as error:
                context, known = (
                    beside,
                    self._decided(self._ambiguous(subject, name, beside, error)),
                )
            except SqmyError as error:
                known = self._unknown(subject, name, beside, error)
            self._known[subject, name, context] = known
        if isinstance(known, Exception):
            raise known
        return known

    def _named(self, subject: Subject, name: str) -> FactId:
        index, find = (
            (self._units, self.register.find_unit)
            if subject == "unit"
            else (self._members, self.register.find_member)
        )
        answers = index.find(name)
        return answers[0] if len(answers) == 1 else find(name)

    # -- doubts ------------------------------------------------------------------------------

    def _ambiguous(self, subject: Subject, name: str, beside: str, error: SqmyError) -> Doubt:
        """More than one of that name: decided anew for each unit that is written beside it."""
        found = self.register.members_called(name) if subject == "member" else ()
        homes = self._beside(beside)
        ranked = sorted(found, key=lambda one: not self.register.members[one].homes & homes)
        candidates = [Candidate(self._suggestions.value(member), "同名") for member in ranked]
        return Doubt(subject, name, text.name(beside), tuple(candidates), str(error))

    def _unknown(
        self, subject: Subject, name: str, beside: str, error: SqmyError
    ) -> FactId | Exception:
        if self._is_withheld(subject, name):
            return WithheldError()
        if subject == "member" and self._units.find(name):
            return SqmyError(
                f"「{name}」是单位，不是人。以单位名义报送的，作者留空，署名填「单位」。"
            )
        if REFERENCE.fullmatch(name):  # no spelling of a name
            return error
        qualified = QUALIFIED.fullmatch(name)
        home = qualified[2] if qualified else beside
        if told := self._several(subject, name):
            return SqmyError(told)
        candidates = (
            self._suggestions.units(name)
            if subject == "unit"
            else self._suggestions.members(qualified[1] if qualified else name, self._beside(home))
        )
        what = "单位" if subject == "unit" else "人员"
        said = "、".join(f"{one.value}（{one.why}）" for one in candidates)
        near = f"相近的有：{said}。" if said else ""
        message = f"没有{what}「{name}」。{near}请改正，或先登记；逐个指认的用 --map 文件。"
        return self._decided(Doubt(subject, name, "", candidates, message, home))

    def _several(self, subject: Subject, name: str) -> str:
        """What to say of a spelling that can be no one's alone; "" where it may be one's."""
        what = "单位" if subject == "unit" else "人"
        if subject == "member" and _AND_OTHERS.search(name):
            return f"「{name}」没有把人写全。请把每一位都写上，用顿号隔开。"
        found = self._suggestions.within(subject, name)
        if len(found) > 1:
            return f"「{name}」里像是有几个{what}：{'、'.join(found)}。请用顿号隔开。"
        return ""

    def _beside(self, written: str) -> set[FactId]:
        parts = (written, *split(written))
        return {unit for part in parts for unit in self.register.units_called(part)}

    def _decided(self, doubt: Doubt) -> FactId | Exception:
        """Whom a doubtful spelling means, where that is decided; else the doubt."""
        kept = self._members.others.get(match_key(f"{doubt.written}（{doubt.context}）"), ())
        if doubt.context and len(kept) == 1:
            return kept[0]
        answer = self.run.decisions.answers.to(doubt)
        if answer is None:
            return DoubtError(doubt)
        try:
            return self._settle(doubt, answer)
        except SqmyError as error:
            return error

    def _settle(self, doubt: Doubt, answer: Answer) -> FactId:
        """Record what was decided: another name, or somebody new.

        Raises:
            SqmyError: the answer names nobody, or somebody new cannot be registered so.
        """
        if not answer.meant:
            return self._register(doubt, answer.newcomer)
        one = self._named(doubt.subject, answer.meant)
        other = f"{doubt.written}（{doubt.context}）" if doubt.context else doubt.written
        if doubt.subject == "unit":
            self.run.record(self.run.records.add_alias, Alias(other, unit=one))
            self._units.add_other(one, other)
            name = self.register.units[one].name
        else:
            self.run.record(self.run.records.add_alias, Alias(other, member=one))
            self._members.add_other(one, other)
            name = self.register.full_name(one)
        self.run.decided.append(f"「{other}」记作{name}的别名")
        return one

    def _register(self, doubt: Doubt, new: Newcomer) -> FactId:
        if not new.label:
            what = "单位类别" if doubt.subject == "unit" else "身份"
            raise SqmyError(f"新增「{doubt.written}」要写明{what}。请在对照表里填上。")
        words, since = self.run.vocabulary, read_day(new.since) if new.since else None
        if doubt.subject == "unit":
            kind = find_label("单位类别", words.unit_kinds, new.label)
            state = Unit(0, doubt.written, kind, None, assessed=True, since=since)
            unit = self.run.record(
                self.run.records.register_unit, state.name, kind, None, assessed=True, since=since
            )
            self.register.units[unit] = UnitEntry(unit, (state._replace(unit=unit),))
            self._units.add(unit, doubt.written)
            self.run.decided.append(f"新增单位「{doubt.written}」，{kind}")
            return unit
        qualified = QUALIFIED.fullmatch(doubt.written)
        name = qualified[1] if qualified else doubt.written
        role, home = find_label("身份", words.roles, new.label), self.unit(new.unit or doubt.home)
        member = self.run.record(
            self.run.records.register_member, Member(name), home, role, since, None
        )
        term = Term(self.run.records.seq, role, since, None)
        self.register.members[member] = MemberEntry(member, name, None, ((None, home),), (term,))
        self._members.add(member, name)
        self.run.decided.append(f"新增人员 {self.register.full_name(member)}，{role}")
        return member

    def _is_withheld(self, kind: str, name: str) -> bool:
        if self.run.may_be_spoiled(kind, name):
            return True
        qualified = QUALIFIED.fullmatch(name)
        return qualified is not None and (
            self.run.may_be_spoiled(kind, qualified[1])
            or self.run.may_be_spoiled("unit", qualified[2])
        )

    @staticmethod
    def _each(
        written: str, index: Index[FactId], find: Callable[[str], FactId]
    ) -> tuple[FactId, ...]:
        whole = index.find(written)
        if len(whole) == 1:  # a name may hold what separates names elsewhere
            return (whole[0],)
        found: dict[FactId, str] = {}
        doubts: list[Doubt] = []
        for part in split(written):
            try:
                one = find(part)
            except DoubtError as error:
                doubts.extend(error.doubts)
                continue
            if one in found:
                raise SqmyError(f"「{part}」与「{found[one]}」是同一个，写了两次。请去掉一个。")
            found[one] = part
        if doubts:
            raise DoubtError(*doubts)
        return tuple(found)
