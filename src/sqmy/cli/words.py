"""The words of the command that is being carried out, for files that say how they were made."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

_CURRENT: ContextVar[tuple[str, ...]] = ContextVar("_CURRENT", default=())

_BEFORE: Final = ("--ledger", "--as")
"""Options before the command: whose ledger, and who."""

_TARGET: Final = "--to"


@contextmanager
def carrying_out(words: Sequence[str]) -> Iterator[None]:
    """Within, these are the words."""
    token = _CURRENT.set(tuple(words))
    try:
        yield
    finally:
        _CURRENT.reset(token)


def own() -> list[str]:
    """The command and what it was given, without ledger, operator and the file it writes."""
    words = list(_CURRENT.get())
    while words and words[0].partition("=")[0] in _BEFORE:
        del words[: 1 if "=" in words[0] else 2]
    kept = []
    left_out = False
    for word in words:
        if left_out:
            left_out = False
        elif word == _TARGET:
            left_out = True
        elif not word.startswith(f"{_TARGET}="):
            kept.append(word)
    return kept
