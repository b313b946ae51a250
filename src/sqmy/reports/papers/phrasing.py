"""Sentences drafted from figures: a frame with slots, `{采用}条`, and parts that may be left out.

A part in brackets, `[，采用率{采用率}]`, is left out as a whole when one of its slots is empty.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from sqmy.reports.model import Figure, Number, Sentence

Piece = str | int | Number | Figure
"""What stands in a sentence."""

Slots = Mapping[str, Piece | Sentence | None]
"""What there is to say, by name; None and "" are nothing to be said."""

_TOKEN = re.compile(r"\{([^{}\[\]]*)\}|([\[\]])|([{}])")


class FrameError(ValueError):
    """A frame that cannot be filled; the text says why, in Chinese."""


def slots_of(frame: str) -> set[str]:
    """The names of a frame's slots.

    Raises:
        FrameError: its brackets do not pair.
    """
    return {name for name, _ in _tokens(frame) if name is not None}


def filled(frame: str, slots: Slots) -> Sentence | None:
    """The frame as a sentence; None when nothing is left of it.

    Raises:
        FrameError: its brackets do not pair.
        KeyError: it has a slot that is not among `slots`.
    """
    levels: list[list[Piece]] = [[]]
    whole = [True]
    for name, text in _tokens(frame):
        if name is not None:
            value = slots[name]
            if value is None or value == "":
                whole[-1] = False
            else:
                levels[-1].extend(value.parts if isinstance(value, Sentence) else [value])
        elif text == "[":
            levels.append([])
            whole.append(True)
        elif text == "]":
            part = levels.pop()
            if whole.pop():
                levels[-1].extend(part)
        else:
            levels[-1].append(text)
    return Sentence(tuple(_joined(levels[0]))) if any(levels[0]) else None


def said(frame: str, slots: Slots) -> str:
    """As `filled`, as text; "" when nothing is left."""
    return str(filled(frame, slots) or "")


def listed(parts: Sequence[Sequence[Piece]], mark: str = "、") -> Sentence | None:
    """Pieces side by side with a mark between them; None for none."""
    joined: list[Piece] = []
    for place, part in enumerate(parts):
        joined += [*([mark] if place else []), *part]
    return Sentence(tuple(joined)) if joined else None


def _tokens(frame: str) -> Iterator[tuple[str | None, str]]:
    """Each slot as its name, each bracket and each text between them."""
    at, depth = 0, 0
    for token in _TOKEN.finditer(frame):
        if token.start() > at:
            yield None, frame[at : token.start()]
        at = token.end()
        name, bracket, stray = token.groups()
        if stray:
            raise FrameError("花括号“{}”没有配对")
        if bracket:
            depth += 1 if bracket == "[" else -1
            if depth < 0:
                raise FrameError("方括号“[]”没有配对")
        yield (name.strip(), "") if name is not None else (None, bracket)
    if depth:
        raise FrameError("方括号“[]”没有配对")
    if at < len(frame):
        yield None, frame[at:]


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Neighbouring texts as one."""
    text = ""
    for piece in pieces:
        if isinstance(piece, str):
            text += piece
            continue
        if text:
            yield text
            text = ""
        yield piece
    if text:
        yield text
