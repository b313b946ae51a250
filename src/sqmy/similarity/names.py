"""Names that look or sound like another: who may be meant by a misspelt one.

Spellings are match keys (`text.match_key`). What is found is offered, never taken: 俊 and 骏 in
one name are as often two persons as one typing error.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Final, Generic, Literal, NamedTuple, TypeVar

from sqmy.similarity.sounds import readings, sound_alike

T = TypeVar("T")

Likeness = Literal["sound", "character", "order", "length", "within", "short"]
"""How two names are alike: they may be read the same; one character differs; they hold the same
characters in another order; one has a character more; the written one holds the other and
something besides; the written one is the other shortened."""

STRENGTH: Final[tuple[Likeness, ...]] = (
    "sound",
    "within",
    "short",
    "character",
    "order",
    "length",
)
"""The likenesses, the strongest first."""

_SHORT = 2
"""Characters of a name of which any half is shared by a good part of all people."""


class Near(NamedTuple, Generic[T]):
    """One whose name is alike."""

    one: T
    name: str
    likeness: Likeness


class NameIndex(Generic[T]):
    """Names of persons, to be searched for those that look or sound like another."""

    def __init__(self) -> None:
        self._names: list[tuple[str, T]] = []
        self._holding: defaultdict[str, set[int]] = defaultdict(set)

    def add(self, name: str, one: T) -> None:
        """Enter a name, as its match key."""
        self._names.append((name, one))
        for character in set(name):
            self._holding[character].add(len(self._names) - 1)

    def near(self, written: str) -> list[Near[T]]:
        """Those whose name is alike, the likeliest first, in the order of entry among equals."""
        found = []
        for place in sorted(self._sharing(written)):
            name, one = self._names[place]
            if likeness := person_likeness(written, name):
                found.append(Near(one, name, likeness))
        return sorted(found, key=lambda near: STRENGTH.index(near.likeness))

    def _sharing(self, written: str) -> Iterable[int]:
        """The names that share a character with it, or could share only sounds."""
        shared: set[int] = set()
        for character in set(written):
            shared |= self._holding.get(character, set())
        return shared | self._sounding(written)

    def _sounding(self, written: str) -> set[int]:
        """The names that hold a character which may be read as the first one of this."""
        sounds = readings(written[0]) if written else frozenset()
        return {
            place
            for character, places in self._holding.items()
            if not sounds.isdisjoint(readings(character))
            for place in places
        }


def person_likeness(written: str, name: str) -> Likeness | None:
    """How the written name of a person is like another one; None if it is not, or is the same."""
    if written == name or min(len(written), len(name)) < _SHORT:
        return None
    if sound_alike(written, name):
        return "sound"
    if name in written:  # 市政协委员张三, 张三同志
        return "within"
    if len(written) == len(name):
        if sum(a != b for a, b in zip(written, name, strict=True)) == 1:
            return "character"
        if len(name) > _SHORT and Counter(written) == Counter(name):
            return "order"
    longer, shorter = sorted((written, name), key=len, reverse=True)
    return "length" if len(longer) == len(shorter) + 1 and _within(shorter, longer) else None


def unit_likeness(written: str, name: str) -> Likeness | None:
    """How the written name of a unit is like another one; None if it is not, or is the same.

    Units are shortened (提案委 for 提案委员会) and lengthened (云汀县政协提案委员会) at will.
    """
    if written == name or min(len(written), len(name)) < _SHORT:
        return None
    if sound_alike(written, name):
        return "sound"
    longer, shorter = sorted((written, name), key=len, reverse=True)
    if _within(shorter, longer) and (len(shorter) > _SHORT or shorter[0] == longer[0]):
        return "short" if shorter is written else "within"
    shared = (Counter(written) & Counter(name)).total()
    if shared >= len(longer) - max(1, len(longer) // 4):
        return "order" if shared == len(longer) == len(shorter) else "character"
    return "short" if shared >= len(shorter) - len(shorter) // 4 and shared > _SHORT else None


def _within(shorter: str, longer: str) -> bool:
    """Whether the characters of the one stand in the other in the same order."""
    rest = iter(longer)
    return all(character in rest for character in shorter)
