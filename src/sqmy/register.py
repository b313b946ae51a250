"""The register: units and members as they stood on any day, and who is meant by a name.

A value, read once from the ledger; recording, intake and scoring all look names and roles up
here, so that a name means the same to each of them.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from sqmy import text
from sqmy.days import Day, Period
from sqmy.errors import AmbiguousError, NotFoundError
from sqmy.facts import FactId, Unit

REFERENCE = re.compile(r"[Ff](\d{1,18})", re.ASCII)
"""A fact, or who was registered by it: `F12`."""

BATCH = re.compile(r"[Bb](\d{1,18})", re.ASCII)
"""An import: `B7`."""


class Term(NamedTuple):
    """One appointment: a role held from `since` to `until`, both included, None is unbounded."""

    fact: FactId
    role: str
    since: Day | None
    until: Day | None

    def held_on(self, day: Day) -> bool:
        """Whether the role was held on that day."""
        return (self.since or "") <= day and (self.until is None or day <= self.until)

    def held_within(self, period: Period) -> bool:
        """Whether the role was held on some day of the period."""
        return (self.since or "") <= period.last and (
            self.until is None or period.first <= self.until
        )


class UnitEntry(NamedTuple):
    """单位: its states in the order in which they begin, and its other names."""

    id: FactId
    states: tuple[Unit, ...]
    aliases: tuple[str, ...] = ()

    def on(self, day: Day) -> Unit:
        """The state on that day; before the first state begins, the first."""
        return next((s for s in reversed(self.states) if (s.since or "") <= day), self.states[0])

    @property
    def name(self) -> str:
        """The latest name."""
        return self.states[-1].name

    @property
    def names(self) -> tuple[str, ...]:
        """Every name it answers to: former ones, the latest, aliases."""
        return (*(state.name for state in self.states), *self.aliases)


class MemberEntry(NamedTuple):
    """人员: name, units in the order in which they began, appointments, other names.

    Attributes:
        former: entries that were merged into this one; their appointments stand in `terms`,
            their names in `aliases`.
    """

    id: FactId
    name: str
    sector: str | None
    placements: tuple[tuple[Day | None, FactId], ...]
    terms: tuple[Term, ...]
    aliases: tuple[str, ...] = ()
    former: tuple["MemberEntry", ...] = ()

    @property
    def homes(self) -> set[FactId]:
        """Every unit the member ever belonged to, under any of the merged entries."""
        own = {unit for _, unit in self.placements}
        return own.union(*(entry.homes for entry in self.former))

    def unit_on(self, day: Day) -> FactId:
        """The unit the member belonged to on that day."""
        return next(
            (unit for since, unit in reversed(self.placements) if (since or "") <= day),
            self.placements[0][1],
        )

    def roles_on(self, day: Day) -> tuple[str, ...]:
        """The roles held on that day, each once."""
        return tuple(dict.fromkeys(term.role for term in self.terms if term.held_on(day)))


class Register(NamedTuple):
    """All live units and members, in the order of the register.

    Attributes:
        merged: members recorded twice, with the entry they count as.
    """

    units: dict[FactId, UnitEntry]
    members: dict[FactId, MemberEntry]
    merged: dict[FactId, FactId]

    def units_of(self, members: Iterable[FactId], day: Day) -> tuple[FactId, ...]:
        """The units that these members belonged to on that day, each once."""
        return tuple(dict.fromkeys(self.members[member].unit_on(day) for member in members))

    def headcount(self, unit: FactId, day: Day) -> int:
        """How many members the unit has on that day: those who belong to it and hold a role."""
        return sum(
            member.unit_on(day) == unit and any(term.held_on(day) for term in member.terms)
            for member in self.members.values()
        )

    def find_unit(self, spelling: str) -> FactId:
        """The unit named by its name, an alias, a former name or its number.

        Raises:
            NotFoundError: nobody answers to it; the nearest names are told.
            AmbiguousError: several do; they are told.
        """
        found = self.units_called(spelling)
        if len(found) > 1:
            raise AmbiguousError("单位", spelling, (f"{self.units[u].name} F{u}" for u in found))
        if not found:
            raise NotFoundError(
                "单位",
                spelling,
                "用 sqmy unit list 查看，或用 sqmy unit add 登记。",
                _near(spelling, (name for unit in self.units.values() for name in unit.names)),
            )
        return found[0]

    def find_member(self, spelling: str) -> FactId:
        """The member named by name, alias, `姓名（单位）` or number.

        Raises:
            NotFoundError: nobody answers to it; the nearest names are told.
            AmbiguousError: several do; they are told.
        """
        found = self.members_called(spelling)
        if len(found) > 1:
            raise AmbiguousError(
                "姓名", spelling, (f"{self.full_name(member)} F{member}" for member in found)
            )
        if not found:
            raise NotFoundError(
                "人员",
                spelling,
                "用 sqmy member list 查看，或用 sqmy member add 登记。",
                _near(spelling, (n for m in self.members.values() for n in (m.name, *m.aliases))),
            )
        return found[0]

    def units_called(self, spelling: str) -> list[FactId]:
        """Every unit that answers to the spelling; a present name goes before other names."""
        if match := REFERENCE.fullmatch(spelling.strip()):
            return [int(match[1])] if int(match[1]) in self.units else []
        key = text.match_key(spelling)
        named = [u.id for u in self.units.values() if text.match_key(u.name) == key]
        return named or [u.id for u in self.units.values() if key in map(text.match_key, u.names)]

    def members_called(self, spelling: str) -> list[FactId]:
        """Every member that answers to the spelling."""
        if match := REFERENCE.fullmatch(spelling.strip()):
            member = self.merged.get(int(match[1]), int(match[1]))
            return [member] if member in self.members else []
        if found := self._by_name(text.match_key(spelling)):
            return found
        for name, unit in _qualified(spelling):
            if found := self._by_name(text.match_key(name), self.units_called(unit)):
                return found
        return []

    def _by_name(self, key: str, homes: Collection[FactId] | None = None) -> list[FactId]:
        """Members of that name, else with that other name; of these units alone, if any."""
        members = [m for m in self.members.values() if homes is None or m.homes & set(homes)]
        named = [m.id for m in members if text.match_key(m.name) == key]
        return named or [m.id for m in members if key in map(text.match_key, m.aliases)]

    def unit_name(self, unit: FactId, day: Day) -> str:
        """The unit's name on that day."""
        return self.units[unit].on(day).name

    def full_name(self, member: FactId) -> str:
        """`姓名（单位）`, by the latest unit."""
        entry = self.members[member]
        return f"{entry.name}（{self.units[entry.placements[-1][1]].name}）"


def _qualified(spelling: str) -> Iterator[tuple[str, str]]:
    """Every way to read `姓名（单位）`; a name and a unit may have brackets of their own."""
    whole = spelling.strip()
    if whole.endswith(("）", ")")):
        for bracket in re.finditer("[（(]", whole):
            yield whole[: bracket.start()], whole[bracket.end() : -1]


def _near(spelling: str, names: Iterable[str]) -> list[str]:
    from difflib import get_close_matches  # noqa: PLC0415 — only a misspelt name pays for it

    return get_close_matches(text.name(spelling), dict.fromkeys(names), n=3, cutoff=0.5)


def find_label(what: str, known: Mapping[str, str], spelling: str) -> str:
    """The canonical label of a channel, rank, role, kind or stage.

    Args:
        what: what kind of label is looked for, as the message calls it.
        known: label by match key, from `Vocabulary`.
        spelling: as typed.

    Raises:
        NotFoundError: the rulebook does not declare it; what it declares is told.
    """
    label = known.get(text.match_key(spelling))
    if label is None:
        labels = list(dict.fromkeys(known.values()))
        declared = f"计分办法里的{what}有：{'、'.join(labels)}。"
        advice = declared if labels else f"计分办法没有设{what}。"
        raise NotFoundError(what, spelling, advice, _near(spelling, labels))
    return label
