"""Chinese text as it is typed, kept, matched and shown.

Kept text is NFC; a match key is NFKC, so that full-width and half-width forms meet. What a
terminal must not obey (control and format characters) is refused on the way in by `plain` and
replaced on the way out by `clean`.
"""

import re
import unicodedata

from sqmy.errors import SqmyError

# Kept as text: compiling these classes takes longer than a whole command, so `re` compiles (and
# keeps) them when first needed, which for most names is never.
_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")  # Cc, Cs, no breaks
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
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text)).replace("\r\n", "\n").strip()


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
    folded = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).casefold()
    return _one_dot(_SPACES.sub("", folded))


def _one_dot(text: str) -> str:
    return text if _DOTS.isdisjoint(text) else re.sub(_DOT_IN_HAN, "\u00b7", text)


def clean(text: str) -> str:
    """`text` on one line, harmless on a terminal: controls and format characters replaced."""
    return "".join(
        " "
        if character in _LINE_BREAKS
        else "\ufffd"
        if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
        else character
        for character in text
    )


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WFA" and ord(character) > 0x7F else 1  # noqa: PLR2004


def display_width(text: str) -> int:
    """Columns `text` takes on a terminal (a Chinese character or mark takes two)."""
    return sum(map(_width, text))


def cut(text: str, width: int) -> str:
    """`text` on one line, at the most `width` columns wide; what is cut ends in `…`."""
    text = clean(text[: width + 1])  # no character is narrower than a column, bar combining ones
    if display_width(text) <= width:
        return text
    kept, used = [], display_width(CUT_MARK)
    for character in text:
        used += _width(character)
        if used > width:
            break
        kept.append(character)
    return "".join(kept) + CUT_MARK


_NOT_AT_LINE_START = set("，。；：、）」』》？！…”’,.;:)]}%")


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at the most `width` columns.

    Runs of letters and digits stay whole where they fit; a closing mark never begins a line.
    """
    lines: list[str] = []
    for paragraph in text.splitlines() or [""]:
        line = ""
        for piece in re.findall(r"[!-~]+|.", paragraph):
            if display_width(line + piece) <= width or not line:
                line += piece
            elif piece in _NOT_AT_LINE_START and len(line) > 1:
                lines.append(line[:-1].rstrip())
                line = line[-1] + piece
            else:
                lines.append(line.rstrip())
                line = piece.lstrip()
        lines.append(line.rstrip())
    return lines
