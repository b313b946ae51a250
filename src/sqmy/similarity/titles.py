"""Titles that look like another: retyped, shortened, with a character more or less.

A title is compared by the pairs of characters that it holds, without the words that nearly every
title begins and ends with (关于 … 的建议): what is left is what it is about. A share is a whole
number of thousandths.
"""

import re
from collections import Counter, defaultdict
from functools import lru_cache
from itertools import chain, pairwise
from typing import Final, Generic, NamedTuple, TypeVar

from sqmy.text import match_key

T = TypeVar("T")

ALIKE: Final = 600
"""Thousandths of all pairs that two titles must share to be offered for one another."""

_OF_SHORTER: Final = 850
"""As `ALIKE`, of the pairs of the shorter title: notices shorten what they quote."""

_ENOUGH: Final = 4
"""Pairs that a title must hold to be known by a part of another."""

_MARKS = re.compile(r"[\W_]+")
_USUAL = re.compile(
    r"^(?:关于|对于|对)|的?(?:几点|若干|相关|有关)?(?:意见和建议|意见建议|对策建议|建议|意见|思考|对策|问题|情况|报告|提案)$"
)


@lru_cache(maxsize=200_000)
def title_key(title: str) -> str:
    """What two spellings of one title have in common: no marks, no blanks, half width."""
    return _MARKS.sub("", match_key(title))


class Near(NamedTuple, Generic[T]):
    """One whose title is alike; `share` in thousandths."""

    one: T
    share: int


class TitleIndex(Generic[T]):
    """Titles, to be searched for those that look like another."""

    def __init__(self) -> None:
        self._entered: list[tuple[T, int]] = []
        self._holding: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, title: str, one: T) -> None:
        """Enter a title."""
        pairs = _pairs(title_key(title))
        for pair in pairs:
            self._holding[pair].append(len(self._entered))
        self._entered.append((one, len(pairs)))

    def near(self, title: str) -> list[Near[T]]:
        """Those whose title is alike, the likeliest first, in the order of entry among equals."""
        pairs = _pairs(title_key(title))
        shared = Counter(chain.from_iterable(self._holding.get(pair, ()) for pair in pairs))
        found = []
        for place, count in sorted(shared.items()):
            one, own = self._entered[place]
            if share := _share(count, len(pairs), own):
                found.append(Near(one, share))
        return sorted(found, key=lambda near: -near.share)


def _pairs(key: str) -> frozenset[str]:
    """The pairs of neighbouring characters of what a title is about."""
    about = _USUAL.sub("", _USUAL.sub("", key)) or key
    return frozenset(map("".join, pairwise(about))) or frozenset((about,))


def _share(shared: int, own: int, others: int) -> int:
    share = 2000 * shared // (own + others)
    if share >= ALIKE:
        return share
    shorter = min(own, others)
    return ALIKE if shorter >= _ENOUGH and 1000 * shared >= _OF_SHORTER * shorter else 0
