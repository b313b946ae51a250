"""Strict YAML: the part of it that a clerk can write without surprises.

A file is one document of mappings, lists and texts. Nothing is guessed from how a text looks:
`3.10`, `on`, `010` and `12:30` stay what was typed. Anchors, aliases, tags, duplicate keys and
everything invisible are refused, with their line. Built from the parser's events, so that a
hostile file is refused before it can grow.
"""

import codecs
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import yaml

from sqmy import text as texts
from sqmy.errors import SqmyError
from sqmy.rules.faults import Faults, quoted
from sqmy.rules.syntax import FULL_WIDTH_COLON, NO_ANCHOR, NO_BLANK, NO_TAG, in_chinese

LARGEST = 1_000_000
"""Bytes of a file, at the most; a rulebook has some ten thousand."""

DEEPEST = 20
"""Levels of nesting, at the most; a rulebook has six."""

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # the C parser is eight times as fast
_NEVER = re.compile("[^\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WIDE_BLANK = "\u3000\u00a0"
_TOO_LARGE = "超过 1 MB，不像是计分办法或算例。请核对文件。"


class Node(NamedTuple):
    """A piece of a file.

    Attributes:
        value: a text as written, a list, a mapping, or None where nothing was written.
        line: counted from 1; inside a mapping, the line of its key.
    """

    value: "str | list[Node] | dict[str, Node] | None"
    line: int


def read_text(path: Path) -> str:
    """The text of a file, which must be UTF-8 (a byte order mark is allowed).

    Raises:
        SqmyError: it is not there, cannot be read, is too large or is in another encoding.
    """
    try:
        with path.open("rb") as file:
            written = file.read(LARGEST + 1)
    except FileNotFoundError as error:
        raise SqmyError(f"找不到文件 {path}。请核对文件名和所在的文件夹。") from error
    except IsADirectoryError as error:
        raise SqmyError(f"{path} 是文件夹，请写到文件名。") from error
    except PermissionError as error:
        raise SqmyError(f"读不了文件 {path}：没有权限，或者正被别的程序占用。") from error
    except (OSError, ValueError) as error:
        raise SqmyError(f"读不了文件 {path}。请核对路径，检查磁盘或网络。") from error
    if len(written) > LARGEST:
        raise SqmyError(f"{path} {_TOO_LARGE}")
    try:
        return written.removeprefix(codecs.BOM_UTF8).decode("utf-8")
    except UnicodeDecodeError as error:
        line = written.count(b"\n", 0, error.start) + 1
        raise SqmyError(
            f"{path} 第 {line} 行不是 UTF-8 编码。请用记事本打开，“另存为”时编码选 UTF-8。"
        ) from error


def parse(text: str, source: str) -> Node:
    """The root of a text.

    Args:
        text: the file's text.
        source: the file as the clerk named it; every place in a message begins with it.

    Raises:
        ProblemsError: the text is not strict YAML; duplicate keys and full-width colons are told
            all at once, behind anything else the rest cannot be read.
    """
    faults = Faults(source)
    if len(text.encode("utf-8", "replace")) > LARGEST:
        faults.stop(1, _TOO_LARGE)
    text = text.removeprefix("\ufeff")
    if bad := _NEVER.search(text):
        _refuse_character(faults, text, bad.start())
    try:
        root = _Builder(text, faults).root()
    except yaml.YAMLError as error:
        faults.stop(*in_chinese(error, text))
    faults.refuse()
    return root


def _refuse_character(faults: Faults, text: str, at: int) -> None:
    line = len(f"{text[:at]}.".splitlines())
    if text[at] == "\t":
        faults.stop(line, "有制表符（Tab 键）。请全部改成空格，每层缩进两个空格。")
    code = f"U+{ord(text[at]):04X}"
    faults.stop(line, f"有看不见的控制字符（{code}）。请删去这一行后重新键入。")


class _Builder:
    """Makes nodes of the parser's events."""

    def __init__(self, text: str, faults: Faults) -> None:
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)
        self._faults = faults

    def root(self) -> Node:
        """The one document's root."""
        next(self._events)  # the stream's start
        event = next(self._events)
        if isinstance(event, yaml.StreamEndEvent):
            self._faults.stop(1, "文件是空的。")
        root = self._node(next(self._events), 1)
        next(self._events)  # the document's end
        event = next(self._events)
        if not isinstance(event, yaml.StreamEndEvent):
            self._faults.stop(_line(event), "文件被“---”分成了几份。一个文件只写一份，请删去。")
        return root

    def _node(self, event: yaml.Event, depth: int) -> Node:
        line = _line(event)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None:
            self._faults.stop(line, NO_ANCHOR)
        if getattr(event, "tag", None) is not None:
            self._faults.stop(line, NO_TAG)
        if isinstance(event, yaml.ScalarEvent):
            written = event.value or event.style  # quoted emptiness is a text
            return Node(_cleaned(event.value) if written else None, line)
        if depth > DEEPEST:
            self._faults.stop(line, f"嵌套超过 {DEEPEST} 层。请检查括号和缩进。")
        if isinstance(event, yaml.SequenceStartEvent):
            parts = []
            while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
                parts.append(self._node(event, depth + 1))
            return Node(parts, line)
        return Node(self._mapping(depth), line)

    def _mapping(self, depth: int) -> dict[str, Node]:
        found: dict[str, Node] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            line = _line(event)
            key = self._key(event, depth)
            value = self._node(next(self._events), depth + 1)._replace(line=line)
            if key in found:
                first = found[key].line
                self._faults.add(
                    line, f"{quoted(key)}写了两次（第 {first} 行和第 {line} 行），只能留一个。"
                )
            elif value.value is None and (advice := colon_advice(key)):
                self._faults.add(line, f"{quoted(key)}没有分成键和值：{advice}")
            elif "：" in key:
                self._faults.add(line, f"{quoted(key)}：{FULL_WIDTH_COLON}")
            found.setdefault(key, value)
        return found

    def _key(self, event: yaml.Event, depth: int) -> str:
        node = self._node(event, depth + 1)
        if not isinstance(node.value, str) or not node.value:
            self._faults.stop(node.line, "冒号前面要写键，而且只能是文字，不能是括号里的一组。")
        if isinstance(event, yaml.ScalarEvent) and event.value[0] in _WIDE_BLANK:
            self._faults.stop(node.line, "行首用了全角空格。请改成半角空格，每层缩进两个。")
        return node.value


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _cleaned(written: str) -> str:
    """NFC, without blanks around it and characters that nobody sees."""
    return texts.plain(written, "文字")


def colon_advice(written: str) -> str:
    """What to do about a colon that did not part a key from its value; "" without one."""
    if "：" in written:
        return FULL_WIDTH_COLON
    return NO_BLANK if ":" in written else ""
