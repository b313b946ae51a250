"""Who may be meant by a name that nothing answers to: it looks or sounds like theirs."""

from collections import Counter
from collections.abc import Collection
from functools import cached_property

from sqmy.facts import FactId
from sqmy.register import Register
from sqmy.similarity.names import STRENGTH, Likeness, NameIndex, unit_likeness
from sqmy.text import match_key
from sqmy.workspace.outcomes import Candidate, Subject

MOST = 5
"""Candidates offered, at the most."""

_SHORT = 2
"""Characters of a name that a good part of all people share half of."""

_WHY: dict[Likeness, str] = {
    "sound": "同音",
    "within": "写法里含有这个名称",
    "short": "像是简称",
    "character": "差一个字",
    "order": "字序不同",
    "length": "多一个字或少一个字",
}


class Suggestions:
    """Finds candidates in a register; what it needs for that is made when it is first asked."""

    def __init__(self, register: Register) -> None:
        self.register = register

    @cached_property
    def _people(self) -> NameIndex[FactId]:
        index = NameIndex[FactId]()
        for member in self.register.members.values():
            for name in dict.fromkeys(map(match_key, (member.name, *member.aliases))):
                index.add(name, member.id)
        return index

    @cached_property
    def _said(self) -> Counter[str]:
        return Counter(map(self.register.full_name, self.register.members))

    def members(self, name: str, homes: Collection[FactId]) -> tuple[Candidate, ...]:
        """Who may be meant by a person's name.

        Half of a name of two characters is shared by too many: so little is a likeness only in
        the same unit.

        Args:
            name: without a unit behind it.
            homes: the units written beside it; who belongs to one of them goes before others.
        """
        key, home = match_key(name), set(homes)
        same = "同名，在另一单位" if home else _WHY["within"]
        found: dict[FactId, str] = {
            member.id: same
            for member in self.register.members.values()
            if match_key(member.name) == key
        }
        for near in self._people.near(key):
            own = self.register.members[near.one].homes
            loose = near.likeness in {"character", "length"} and len(near.name) <= _SHORT
            if own & home or not loose:
                found.setdefault(near.one, _WHY[near.likeness])
        ranked = sorted(found, key=lambda one: not self.register.members[one].homes & home)
        return tuple(Candidate(self.value(one), found[one]) for one in ranked[:MOST])

    def within(self, subject: Subject, written: str) -> tuple[str, ...]:
        """The names of several of the register that stand in a spelling, in their order."""
        own = (
            [(name, unit.id) for unit in self.register.units.values() for name in unit.names]
            if subject == "unit"
            else [(member.name, member.name) for member in self.register.members.values()]
        )
        key = match_key(written)
        found: dict[int, tuple[object, str]] = {}
        for name, one in sorted(own, key=lambda pair: len(pair[0]), reverse=True):
            place = key.find(match_key(name))
            if place >= 0:
                found[place] = (one, name)
                key = key.replace(match_key(name), "\0" * len(match_key(name)))
        named = {one: name for _, (one, name) in sorted(found.items())}
        return tuple(named.values())

    def value(self, member: FactId) -> str:
        """What names a member and nobody else: `姓名（单位）`, the number where even that fails."""
        full = self.register.full_name(member)
        return full if self._said[full] == 1 else f"F{member}"

    def units(self, name: str) -> tuple[Candidate, ...]:
        """Which unit may be meant by a name."""
        key = match_key(name)
        found: dict[FactId, Likeness] = {}
        for unit in self.register.units.values():
            likenesses = [unit_likeness(key, match_key(known)) for known in unit.names]
            alike = [likeness for likeness in likenesses if likeness]
            if alike:
                found[unit.id] = min(alike, key=STRENGTH.index)
        ranked = sorted(found, key=lambda one: STRENGTH.index(found[one]))
        return tuple(
            Candidate(self.register.units[one].name, _WHY[found[one]]) for one in ranked[:MOST]
        )
