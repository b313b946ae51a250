"""A title as lists print it: with its number, marks and what is said of it behind."""

import re
from collections.abc import Sequence
from typing import Final

from sqmy.errors import SqmyError
from sqmy.intake.events import Event, Grammar

_COUNTED: Final = re.compile(
    r"\s*(?:\d{1,3}\s*[.、．)）](?!\d)|[(（]\d{1,3}[)）]|[①-⑳])\s*", re.ASCII
)
"""The number of a title in its list: `1.`, `1、`, `（1）`, `①`; `3.15` begins a title."""

_ORNAMENT: Final = re.compile(r"[\s★☆□■●○◎△▲▽▼◇◆◣*＊]+$")
_QUOTED: Final = re.compile("《([^《》]+)》")
_BEHIND: Final = re.compile("(.+)[（(]([^（）()]+)[)）]")


def listed_title(written: str, grammar: Grammar) -> tuple[str, Sequence[Event]]:
    """A title by itself, and the adoptions that are told in brackets behind it.

    Args:
        written: as it stands in the list: `2.《关于停车难的建议》（综合采用）★`.
        grammar: of adoptions; what it does not understand in brackets belongs to the title.
    """
    counted = _COUNTED.match(written)
    title = _ORNAMENT.sub("", written[counted.end() :] if counted else written)
    told: Sequence[Event] = ()
    if behind := _BEHIND.fullmatch(title):
        try:
            told = [event for event in grammar.read(behind[2], "") if any(event)]
        except SqmyError:
            told = ()
        title = behind[1].rstrip() if told else title
    quoted = _QUOTED.fullmatch(title.strip())
    return (quoted[1] if quoted else title.strip()) or written, told
