"""姓氏笔画: the order in which lists of names are printed where no rank is meant.

By the number of strokes of each character, then by their kinds from the first on: 横 竖 撇 点 折.
Of one surname, the shorter name goes first. `strokes.txt` has the order, made by `tools.strokes`.
"""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).with_name("strokes.txt")

Place = tuple[int, int, tuple[int, ...], str]


def by_strokes(name: str) -> Place:
    """What names are sorted by; one with a character that is not known goes last."""
    order = _order()
    places = tuple(order.get(character, len(order)) for character in name)
    return (places[0] if places else 0, len(name), places, name)


def unknown(names: Iterable[str]) -> list[str]:
    """The characters whose strokes are not known: the names they stand in are to be looked at."""
    order = _order()
    found = dict.fromkeys(character for name in names for character in name)
    return [character for character in found if character not in order and character != "·"]


@cache
def _order() -> dict[str, int]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    characters = "".join(line.partition(" ")[2] for line in lines if not line.startswith("#"))
    return {character: place for place, character in enumerate(characters)}
