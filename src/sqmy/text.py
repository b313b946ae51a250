"""Chinese text as it is typed, kept, matched and shown.

Kept text is NFC; a match key is NFKC, so that full-width and half-width forms meet. What a
terminal must not obey (control and format characters) is refused on the way in by `plain` and
replaced on the way out by `clean`.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from sqmy.errors import SqmyError

# Kept as text: compiling these classes takes longer than a whole command, so `re` compiles (and
# keeps) them when first needed, which for most names is never.
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\U000e0001\U000e0020-\U000e007f]"
)
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # Cc, Cs, no breaks
_LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")
_SPACES = re.compile(r"[\s\u00a0\u3000]+")
_SPACE_IN_HAN = f"(?<=[{_HAN}])\\s+(?=[{_HAN}])"
_DOTS = frozenset("·・•‧∙⋅．")
_DOT_IN_HAN = f"(?<=[{_HAN}])\\s*[·・•‧∙⋅．]\\s*(?=[{_HAN}])"
_LINE_BREAKS = "\t\n\r"
CUT_MARK = "…"


def plain(text: str, what: str) -> str:
    """`text` in NFC without surrounding blanks, for keeping.

    Line breaks and tabs are ordinary; characters that only steer the direction or the joining
    of others are dropped; any other control character and a lone surrogate are refused, because
    no form on paper can hold them.

    Raises:
        SqmyError: with the place of the character, when one stands in `text`.
    """
    if control := _CONTROL.search(text):
        raise SqmyError(
            f"{what}的第 {control.start() + 1} 个字是看不见的控制字符"
            f"（U+{ord(control[0]):04X}）。请删去后再录。"
        )
    text = _LINE_ENDS.sub("\n", _INVISIBLE.sub("", text))
    return unicodedata.normalize("NFC", text).strip()


def name(text: str, what: str = "名称") -> str:
    """A person's, unit's or label's name in its one spelling.

    Blanks between Chinese characters go (`张 三` is `张三`), any other run of blanks becomes
    one, and the dot inside a name becomes U+00B7.
    """
    text = _SPACES.sub(" ", plain(text, what)).strip()
    if " " in text:
        text = re.sub(_SPACE_IN_HAN, "", text)
    return _one_dot(text)


def match_key(text: str) -> str:
    """What two spellings of one name have in common: NFKC, no blanks, case folded."""
    if text.isascii():
        return "".join(text.split()).casefold()
    if text.isalnum() and unicodedata.is_normalized("NFKC", text):
        return text.casefold()  # as nearly every name is, and a register has thousands
    text = _one_dot(_INVISIBLE.sub("", text))  # before NFKC, which makes `．` a full stop
    return _one_dot(_SPACES.sub("", unicodedata.normalize("NFKC", text).casefold()))


def _one_dot(text: str) -> str:
    return text if _DOTS.isdisjoint(text) else re.sub(_DOT_IN_HAN, "\u00b7", text)


def clean(text: str) -> str:
    """`text` on one line, harmless on a terminal: controls and format characters replaced."""
    return "".join(map(_shown, text))


def _shown(character: str) -> str:
    if character in _LINE_BREAKS:
        return " "
    harmful = unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return "\ufffd" if harmful else character


@lru_cache(maxsize=1 << 15)
def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def display_width(text: str) -> int:
    """Columns `text` takes on a terminal (a Chinese character or mark takes two)."""
    return sum(map(_width, text))


def cut(text: str, width: int) -> str:
    """`text` on one line, at the most `width` columns wide; what is cut ends in `…`.

    A `width` of less than the mark takes is taken for as much.
    """
    room, used, kept = width - display_width(CUT_MARK), 0, 0
    for place, character in enumerate(text, 1):
        used += _width(_shown(character))
        if used > width:
            return clean(text[:kept]) + CUT_MARK
        if used <= room:
            kept = place
    return clean(text)


_HAN_DIGITS = "零一二三四五六七八九"


def han_number(number: int) -> str:
    """A number from 1 to 99 as headings are numbered: `一`, `十`, `二十一`."""
    tens, ones = divmod(number, 10)
    leading = _HAN_DIGITS[tens] if tens > 1 else ""
    return f"{leading}{'十' if tens else ''}{_HAN_DIGITS[ones] if ones else ''}"


def file_size(count: int) -> str:
    """How large a file is: `812 字节`, `12 KB`, `3.4 MB`; never told as nothing."""
    for unit, name in ((2**30, "GB"), (2**20, "MB")):
        if count >= unit:
            return f"{count * 10 // unit / 10:,.1f} {name}"
    return f"{count // 2**10} KB" if count >= 2**10 else f"{count} 字节"


_CLOSING = "，。；：、）」』》？！…”’,.;:)\\]}%"
_UNIT = rf"\s|(?:[!-~]+|.)(?:\s*[{_CLOSING}])*"
"""A blank alone comes first: thousands of them are looked through once and not once each."""


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at the most `width` columns.

    Runs of letters and digits stay whole where a line holds them; a closing mark begins a line
    only where it and what it closes are wider than one.
    """
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for unit in re.findall(_UNIT, paragraph):
            for piece in _fitting(unit, width):
                if not line or display_width(line + piece) <= width:
                    line += piece
                else:
                    lines.append(line.rstrip())
                    line = piece.lstrip()
        lines.append(line.rstrip())
    return lines


def _fitting(unit: str, width: int) -> Iterator[str]:
    """What must not be broken, broken only where it is wider than a whole line."""
    part = ""
    for character in unit:
        if part and display_width(part + character) > width:
            yield part
            part = ""
        part += character
    yield part
