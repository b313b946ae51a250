"""What the fuzz tests share: how many cases, within what bounds, what is promised, how to bend.

What is promised of anything that reads: it gives a value, or refuses with an error of the
program's own, in Chinese, in bounded time and memory. Never another exception, never English.
"""

import os
import re
import signal
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from limits import limited
from sqmy.errors import SqmyError

TIMES = int(os.environ.get("SQMY_FUZZ", "1"))
"""How many times as many cases as in the suite; `make fuzz` sets it."""

SECONDS = 30
"""Of one case, at the most; the longest takes less than one."""

Value = TypeVar("Value")


def cases(count: int) -> settings:
    """So many cases in the suite, and `TIMES` as many when it is asked for."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.function_scoped_fixture]
    return settings(max_examples=count * TIMES, suppress_health_check=slow)


# -- the promise ---------------------------------------------------------------------------------

_ENGLISH = re.compile(r"\b(?!sqmy )(?:[a-z]{2,} ){2,}[a-z]{2,}|Traceback|Error\b|Exception\b")
_QUOTED = re.compile(r"「.*?」|“.*?”", re.DOTALL)


def promised(read: Callable[..., Value], *given: object, quoted: str = "") -> Value | None:
    """What is read; None where it is refused as it should be.

    Args:
        read: what reads.
        given: to it.
        quoted: what messages may quote of the input, English or not.
    """
    try:
        with bounded():
            return read(*given)
    except SqmyError as error:
        assert_told(str(error), quoted)
        return None


def assert_told(said: str, quoted: str = "") -> None:
    """Hold a message against the rules: Chinese, but for what it quotes."""
    assert re.search(r"[\u4e00-\u9fff]", said), said
    bare = _QUOTED.sub("", said)
    english = _ENGLISH.search(bare)
    assert not english or english[0] in quoted, said


@contextmanager
def bounded() -> Iterator[None]:
    """Within, time and memory are bounded, where the system can see to it."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def stop(*_: object) -> None:
        raise TimeoutError(f"{SECONDS} seconds")

    handler = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        with limited():
            yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, handler)


# -- bending what is sound -----------------------------------------------------------------------

NUMBERS = (
    "0", "-0", "1", "-1", "00", "1e999999999", "1E+400", "-1e999", "0.0000000000000000001",
    "99999999", "999999999999999999", "9" * 400, "9" * 5000, "1/0", "1/999999999999999989",
    "0.1234567890123456789", "１２", "²", "①", "٣", "NaN", "-Infinity", "0x1F", "1_000", "+5",
    "1048576", "1048577", "2147483648", "4294967296", "9223372036854775808", "18446744073709551616",
)  # fmt: skip
DAYS = (
    "9999-12-31", "0000-00-00", "1899-12-31", "2199-12-31", "2200-01-01", "2025-02-29",
    "2024-02-29", "99999999", "二〇二五年十二月三十一日", "2025年3月1日", "3月1日", "25.3.1",
    "2025-13-01",
)  # fmt: skip
CHARACTERS = (
    "\x00", "\x07", "\x1b[31m", "\x9b", "\u202e", "\u200b", "\ufeff", "\ud800", "\U0010ffff",
    "\u2028", "\x85", "\r", "\t", "\n", "\u3000", "\u0301", "ﷺ", "𠮷", "👨‍👩‍👧", "ﬁ", "İ", "ß",
)  # fmt: skip
MARKUP = (
    "[/red]", "<b>", "&amp;", "&", "</w:t>", "{0}", "%s", "{{x}}", "=1+1", "'", '"', "\\", "*",
    "&a", "*a", "!!python/object", "---", "...", ": ", "- ", "#", "|", ">", "[", "]", "{", "}",
    "：", "，", "、", "；", "（", "）", "(", ")", "/", "√", "是", "否", "无", "其余", "合计",
)  # fmt: skip
TOKENS = (*NUMBERS, *DAYS, *CHARACTERS, *MARKUP, "甲" * 5000, "(" * 3000, "[" * 300, "a: " * 300)
"""What somebody has typed somewhere, or will."""


def tokens() -> st.SearchStrategy[str]:
    """One of them."""
    return st.sampled_from(TOKENS)


def words(*known: str) -> st.SearchStrategy[str]:
    """Text put together from known words, tokens and anything."""
    part = st.one_of(st.sampled_from(known), st.sampled_from(known), tokens(), st.text(max_size=5))
    return st.lists(part, max_size=12).map("".join)


_NUMBER = re.compile(r"\d+(?:[./]\d+)?")


@st.composite
def bent(draw: st.DrawFn, sound: str, most: int = 4) -> str:
    """A sound text with some places changed: numbers, lines and pieces."""
    written = sound
    for _ in range(draw(st.integers(1, most))):
        how = draw(st.integers(0, 6))
        numbers = list(_NUMBER.finditer(written)) if how in {0, 1} else []
        if numbers:
            match = draw(st.sampled_from(numbers))
            other = draw(st.sampled_from((*NUMBERS, *DAYS)))
            written = written[: match.start()] + other + written[match.end() :]
            continue
        lines = written.splitlines(keepends=True) if how in {2, 3, 4} else []
        if lines:
            at, other_at = (draw(st.integers(0, len(lines) - 1)) for _ in range(2))
            if how == 2:
                del lines[at]
            elif how == 3:
                lines.insert(other_at, lines[at])
            else:
                lines[at], lines[other_at] = lines[other_at], lines[at]
            written = "".join(lines)
            continue
        start = draw(st.integers(0, len(written)))
        end = min(len(written), start + draw(st.integers(0, 8)))
        written = written[:start] + draw(tokens()) + written[end:]
    return written


@st.composite
def bent_bytes(draw: st.DrawFn, sound: bytes, most: int = 6) -> bytes:
    """Sound bytes with some of them changed, cut out, or put in twice."""
    content = bytearray(sound)
    for _ in range(draw(st.integers(1, most))):
        start = draw(st.integers(0, len(content)))
        end = min(len(content), start + draw(st.sampled_from((1, 1, 2, 4, 16, 512))))
        how = draw(st.integers(0, 4))
        if how == 0:
            content[start:end] = draw(st.binary(max_size=8))
        elif how == 1:
            content[start:end] = bytes([draw(st.sampled_from((0, 1, 0x7F, 0x80, 0xFF)))]) * (
                end - start
            )
        elif how == 2:
            content[start:start] = content[start:end]
        elif how == 3:
            del content[start:end]
        else:
            del content[start:]
    return bytes(content)


_VALUE = re.compile(r'="([^"]*)"|>([^<>]+)<')
_ELEMENT = re.compile(r"<(\w[\w:]*)\b[^<>]*/>|<(\w[\w:]*)\b[^<>]*>[^<>]*</\2>")


@st.composite
def bent_xml(draw: st.DrawFn, sound: str) -> str:
    """Sound XML with values, attributes and elements changed."""
    written = sound
    for _ in range(draw(st.integers(1, 4))):
        how = draw(st.integers(0, 5))
        pattern = _VALUE if how < 4 else _ELEMENT
        found = list(pattern.finditer(written))
        if not found:
            break
        match = draw(st.sampled_from(found))
        if pattern is _VALUE:
            group = 1 if match[1] is not None else 2
            start, end = match.span(group)
            put = draw(st.one_of(st.sampled_from(NUMBERS), st.sampled_from(REFERENCES), tokens()))
            put = put.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
        elif how == 4:
            start, end, put = *match.span(), ""
        else:
            start, end, put = *match.span(), match[0] * draw(st.integers(2, 50))
        written = written[:start] + put + written[end:]
    return written


REFERENCES = (
    "A1", "XFD1048576", "A1:XFD1048576", "ZZZ1", "A0", "A-1", "1", "A", "A:A", "1:1", "$A$1",
    "B2:A1", "A1048577", "AAAA1", "s", "str", "inlineStr", "b", "d", "e", "n", "true", "hidden",
)  # fmt: skip


@st.composite
def bent_zip(draw: st.DrawFn, sound: bytes) -> bytes:
    """A sound zip of XML with parts changed, dropped, renamed, swapped; or with changed bytes."""
    if draw(st.integers(0, 4)) == 0:
        return draw(bent_bytes(sound))
    with zipfile.ZipFile(BytesIO(sound)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    for _ in range(draw(st.integers(1, 3))):
        if not parts:
            break
        name = draw(st.sampled_from(sorted(parts)))
        how = draw(st.integers(0, 9))
        if how == 0:
            del parts[name]
        elif how == 1:
            parts[draw(st.sampled_from(sorted(parts)))] = parts[name]
        elif how == 2:
            parts[draw(st.sampled_from((f"{name}x", name.upper(), f"../{name}", "x" * 300)))] = (
                parts.pop(name)
            )
        elif how == 3:
            parts[name] = draw(bent_bytes(parts[name]))
        else:
            written = parts[name].decode("utf-8", "replace")
            parts[name] = draw(bent_xml(written)).encode("utf-8", "replace")
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()
