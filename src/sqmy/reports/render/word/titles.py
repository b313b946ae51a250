"""Titles in balanced lines: broken between words, no line much longer than the others.

The standard asks for whole words on a line and for the shape of a trapezium or a lozenge, not
of an hour-glass. Where Chinese words end is not marked; here they may not end within brackets
and quotes, numbers, or the words that titles of this field are made of.
"""

import re
from functools import cache
from typing import Final

from sqmy.reports.render.word.measures import characters

_WORDS: Final = re.compile(
    r"[A-Za-z0-9.〔〕]+(?:年度?|月份?|日|号|期|季度)?|第[一二三四五六七八九十\d]+(?:季度|届|次|期|号)"
    r"|社情民意信息|社情民意|政协信息|委员会|办公室|办公厅|人民政府|民主党派|工商联|联络站|信息中心|"
    r"上半年|下半年|季度|通报|通知|决定|采用|报送|反映|情况|完成|任务|工作|先进|单位|个人|集体|表扬|表彰|"
    r"关于|证明|名单|目录|统计表|委员|政协|建议|问题|信息"
)
_CLOSING: Final = "，。；：、）」』》”’？！…"
_OPENING: Final = "（「『《“‘"
_LONGEST: Final = 400


def lines(title: str, room: float) -> list[str]:
    """The title in lines of at the most `room` characters."""
    words = _split(title)
    if characters(title) <= room or len(title) > _LONGEST:
        return [title]
    width = [characters(word) for word in words]
    least = max(2, -int(-sum(width) // room))
    for count in range(least, len(words) + 1):
        if found := _broken(tuple(width), count, room):
            starts = [0, *found]
            ends = [*found, len(words)]
            return ["".join(words[a:b]) for a, b in zip(starts, ends, strict=True)]
    return [title]


def _split(title: str) -> list[str]:
    """What must stay together, in order."""
    words: list[str] = []
    at = 0
    while at < len(title):
        match = _WORDS.match(title, at)
        word = match[0] if match else title[at]
        at += len(word)
        if words and (word[0] in _CLOSING or words[-1][-1] in _OPENING or word in _PARTICLES):
            words[-1] += word
        else:
            words.append(word)
    return words


_PARTICLES: Final = frozenset("的和及与之")
"""Which end a line rather than begin one."""


def _broken(width: tuple[float, ...], count: int, room: float) -> list[int] | None:
    """Where the lines after the first begin, the lengths as equal as they can be."""
    wanted = sum(width) / count

    @cache
    def best(start: int, left: int) -> tuple[float, tuple[int, ...]] | None:
        if left == 1:
            length = sum(width[start:])
            return ((length - wanted) ** 2, ()) if 0 < length <= room else None
        found: tuple[float, tuple[int, ...]] | None = None
        length = 0.0
        for end in range(start, len(width) - left + 1):
            length += width[end]
            if length > room:
                break
            rest = best(end + 1, left - 1)
            if rest is None:
                continue
            badness = (length - wanted) ** 2 + rest[0]
            if found is None or badness < found[0]:
                found = (badness, (end + 1, *rest[1]))
        return found

    chosen = best(0, count)
    return list(chosen[1]) if chosen else None
