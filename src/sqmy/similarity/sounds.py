"""Same sound: characters compared by how they may be read, whatever the tone.

The readings are pypinyin's, of single characters: a person's name is no phrase of a dictionary,
and a character with several readings may have any of them in it.
"""

import os
from functools import lru_cache


@lru_cache(maxsize=20_000)
def readings(character: str) -> frozenset[str]:
    """Every way to read a character, without tones; of anything but a Chinese one, itself."""
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # five sixths of its import
    from pypinyin import Style, pinyin  # noqa: PLC0415 — only an unknown name pays for it

    (found,) = pinyin(character, style=Style.NORMAL, heteronym=True) or [[character]]
    return frozenset(found)


def sound_alike(one: str, other: str) -> bool:
    """Whether two spellings of as many characters may be read the same."""
    return len(one) == len(other) and all(
        a == b or not readings(a).isdisjoint(readings(b)) for a, b in zip(one, other, strict=True)
    )
