"""The register as rows, and what everybody is called in the other sheets.

A row names a member by name and unit, and an import takes another unit for another person: who
moved stands under one unit only, of a day that is given.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice

from sqmy.days import Day
from sqmy.facts import FactId, Unit
from sqmy.intake.cells import split
from sqmy.register import MemberEntry, Register, UnitEntry
from sqmy.reports.canonical import Row
from sqmy.text import match_key
from sqmy.vocabulary import Vocabulary
from sqmy.workspace.import_names import QUALIFIED

_SHOWN = 5


class Doubts:
    """What an import of the workbook would not read as it stands in the ledger."""

    def __init__(self) -> None:
        self._found: defaultdict[str, dict[str, None]] = defaultdict(dict)

    def add(self, what: str, example: str) -> None:
        """One more: what would become of it, and where."""
        self._found[what][example] = None

    def told(self) -> Iterator[str]:
        """One sentence for each kind."""
        for what, found in self._found.items():
            more = f"等 {len(found)} 处" if len(found) > _SHOWN else ""
            yield f"{'、'.join(islice(found, _SHOWN))}{more}：{what}。"


class Words:
    """The words that an import would know.

    Args:
        vocabulary: of the rulebook in force.
        doubts: told of others, which an earlier edition knew.
    """

    def __init__(self, vocabulary: Vocabulary, doubts: Doubts) -> None:
        self._doubts = doubts
        self._known: dict[str, Collection[str]] = {
            "单位类别": {*vocabulary.unit_kinds.values(), ""},
            "身份": set(vocabulary.roles.values()),
            "审核环节": set(vocabulary.stages.values()),
            "渠道": set(vocabulary.channels.values()),
            "领导级别": set(vocabulary.ranks.values()),
            "认定类型": set(vocabulary.finding_kinds.values()),
        }

    def label(self, what: str, label: str) -> str:
        """The label itself."""
        if label not in self._known[what]:
            self._doubts.add("计分办法里没有这个词，再导入会被拒绝", f"{what}“{label}”")
        return label


class Called:
    """What units and members are called.

    Args:
        register: of the ledger.
        day: of the names of units, and of the units of members.
        doubts: told of people who cannot be told apart.
    """

    def __init__(self, register: Register, day: Day, doubts: Doubts) -> None:
        self.register = register
        self.doubts = doubts
        self.units = {unit.id: unit.on(day).name for unit in register.units.values()}
        self.homes = _homes(register, day, doubts)
        shared = Counter(match_key(member.name) for member in register.members.values())
        self.members = {
            member.id: f"{member.name}（{self.units[self.homes[member.id]]}）"
            if shared[match_key(member.name)] > 1
            else member.name
            for member in register.members.values()
        }
        self._cells: dict[tuple[str, ...], str] = {}

    def member(self, member: FactId) -> str:
        """A member, told from namesakes by the unit."""
        return self.members[self.register.merged.get(member, member)]

    def authors(self, members: Sequence[FactId], where: str) -> str:
        """A cell of members, each once, in order."""
        return self._cell(tuple(dict.fromkeys(map(self.member, members))), where)

    def units_of(self, units: Sequence[FactId], where: str) -> str:
        """A cell of units."""
        return self._cell(tuple(self.units[unit] for unit in units), where)

    def _cell(self, names: tuple[str, ...], where: str) -> str:
        cell = self._cells.get(names)
        if cell is None:
            cell = "、".join(names)
            alone = len(names) == 1 and not QUALIFIED.fullmatch(names[0])
            if not alone and split(cell) != names:
                self.doubts.add("名称里有顿号、斜线等，再导入时会被拆开而读不出", where)
                return cell
            self._cells[names] = cell
        return cell


def _homes(register: Register, day: Day, doubts: Doubts) -> dict[FactId, FactId]:
    """Each member's unit of that day, or another of the member's where a namesake has that one."""
    homes: dict[FactId, FactId] = {}
    taken: set[tuple[str, FactId]] = set()
    for member in sorted(register.members.values(), key=lambda member: len(member.homes)):
        own = (member.unit_on(day), *sorted(member.homes))
        key = match_key(member.name)
        home = next((unit for unit in own if (key, unit) not in taken), None)
        if home is None:
            home = own[0]
            doubts.add("同名同单位的人分不开，再导入会并成一人", register.full_name(member.id))
        taken.add((key, home))
        homes[member.id] = home
    return homes


def unit_rows(called: Called, words: Words) -> Iterator[Row]:
    """单位: a row for each state, in the order in which they begin."""
    for unit in called.register.units.values():
        name = called.units[unit.id]
        aliases = "、".join(_aliases(unit, name, called.doubts)) or None
        states = _states(unit)
        if len(states) < len(unit.states):
            called.doubts.add("从同一天起改过两次的，只写后一次", name)
        before = ""
        for state in states:
            if before and not state.kind:
                called.doubts.add("单位类别由有变无，再导入会照旧", f"{name} {state.since}")
            kind = words.label("单位类别", state.kind) or None
            assessed = "是" if state.assessed else "否"
            yield name, kind, state.peer_group, assessed, aliases, state.since
            aliases, before = None, state.kind


def _states(unit: UnitEntry) -> list[Unit]:
    """The states that ever count: of two from the same day, the later recorded."""
    return list({state.since or "": state for state in unit.states}.values())


def _aliases(unit: UnitEntry, name: str, doubts: Doubts) -> Iterator[str]:
    """The other names, former ones too, that a cell of several can hold."""
    for other in dict.fromkeys(unit.names):
        if match_key(other) == match_key(name):
            continue
        if split(other) == (other,):
            yield other
        else:
            doubts.add("简称里有顿号、斜线等，没有写进表格", f"{name}的“{other}”")


def member_rows(called: Called, words: Words, phones: Mapping[FactId, str]) -> Iterator[Row]:
    """人员: a row for each appointment; sector and phone in the first."""
    gone: defaultdict[FactId, list[FactId]] = defaultdict(list)
    for merged, into in called.register.merged.items():
        gone[into].append(merged)
    for member in called.register.members.values():
        told = called.register.full_name(member.id)
        if QUALIFIED.fullmatch(member.name):
            called.doubts.add("姓名带括号，再导入会被拒绝", told)
        sector = _first(entry.sector for entry in (member, *member.former))
        phone = _first(phones.get(entry) for entry in (member.id, *gone[member.id]))
        unit = called.units[called.homes[member.id]]
        for role, since, until in _terms(member, called.doubts, told):
            label = words.label("身份", role) if role else None
            yield member.name, unit, label, sector, phone, since, until
            sector = phone = None


def _first(values: Iterable[str | None]) -> str | None:
    return next(filter(None, values), None)


def _terms(
    member: MemberEntry, doubts: Doubts, told: str
) -> list[tuple[str | None, Day | None, Day | None]]:
    """Role, first and last day of each appointment; of two to a role from one day, the longer."""
    found: dict[tuple[str, Day | None], Day | None] = {}
    for term in member.terms:
        key = (term.role, term.since)
        if key in found:
            doubts.add("同一天起的同一身份登记了两次，只写较长的一次", told)
            ends = (found[key], term.until)
            found[key] = None if None in ends else max(filter(None, ends))
        else:
            found[key] = term.until
    if not found:
        doubts.add("没有身份，补上身份才能再导入", told)
        return [(None, None, None)]
    return [(role, since, until) for (role, since), until in found.items()]
