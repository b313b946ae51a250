"""What is wrong with a file of ours: collected with its lines, and told all at once."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from operator import eq
from typing import NamedTuple, NoReturn

from sqmy import text
from sqmy.errors import Problem, ProblemsError

MOST = 100
"""Faults told of one file, at the most: no file can make the search for near words long."""

_LONGEST_WORD = 30
_ALIKE = 0.5
_MOST_KNOWN = 300
_SHOWN_WIDTH = 40
_MOST_WORDS = 40


class Fault(NamedTuple):
    """One fault: its line, counted from 1, and what is wrong and what to do."""

    line: int
    message: str


class Faults:
    """The faults of one file.

    Args:
        source: the file as the clerk named it.
    """

    def __init__(self, source: str) -> None:
        self.source = source
        self._found: list[Fault] = []

    def __len__(self) -> int:
        return len(self._found)

    def add(self, line: int, message: str) -> None:
        """Note a fault.

        Raises:
            ProblemsError: it was the last that is told of one file.
        """
        self._found.append(Fault(line, message))
        if len(self._found) == MOST:
            self.refuse()

    def stop(self, line: int, message: str) -> NoReturn:
        """Note a fault behind which nothing can be read, and raise all of them."""
        self._found.append(Fault(line, message))
        raise self._error()

    def refuse(self) -> None:
        """Raise all faults, in order of line, if there is one.

        Raises:
            ProblemsError: each problem's place is `FILE 第 N 行`.
        """
        if self._found:
            raise self._error()

    def _error(self) -> ProblemsError:
        count = len(self._found)
        more = "，先列这些" if count == MOST else ""
        return ProblemsError(
            f"{self.source} 有 {count} 处要改{more}：", problems(self.source, self._found)
        )


def problems(source: str, faults: Iterable[Fault]) -> list[Problem]:
    """Faults of one file as problems with their place, in order of line, each told once."""
    return [
        Problem(f"{source} 第 {fault.line} 行", fault.message)
        for fault in dict.fromkeys(sorted(faults, key=lambda fault: fault.line))
    ]


def quoted(word: str) -> str:
    """A word of the file as messages show it: `「同篇」`, cut where it is long."""
    return f"「{text.cut(word, _SHOWN_WIDTH)}」"


def listed(words: Iterable[str]) -> str:
    """Words side by side: `每次、就高`; of very many, the first."""
    words = list(words)
    more = f"等 {len(words)} 个" if len(words) > _MOST_WORDS else ""
    return "、".join(text.cut(word, _SHOWN_WIDTH) for word in words[:_MOST_WORDS]) + more


def nearest(word: str, known: Iterable[str]) -> str:
    """`，是不是「同篇」？` for the known word that is written most alike, or `。`."""
    known = [other for other in known if len(other) <= _LONGEST_WORD]
    if not 0 < len(known) <= _MOST_KNOWN or len(word) > _LONGEST_WORD:
        return "。"
    key = text.match_key(word)

    def likeness(other: str) -> tuple[float, int]:
        other = text.match_key(other)
        same_places = sum(map(eq, key, other))  # of two-character words, one is often right
        return SequenceMatcher(None, key, other).ratio(), same_places

    best = max(known, key=likeness)
    return f"，是不是{quoted(best)}？" if likeness(best)[0] >= _ALIKE else "。"
