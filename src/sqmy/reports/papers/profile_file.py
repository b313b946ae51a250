"""Reads 文书设定: the packaged file has every setting, an office's own those it wants otherwise."""

import typing
from collections.abc import Mapping
from typing import Any, Final, Literal

from sqmy.reports.papers import phrasing
from sqmy.reports.papers.profile import COMMON, KEYS, SLOTS, WORDS, Profile
from sqmy.rules.faults import Faults, listed, nearest, quoted
from sqmy.rules.strict_yaml import Node, parse

NONE: Final = "无"
"""What is written for a setting that is deliberately empty."""

_LARGEST: Final = 999
_TITLE: Final = "文书设定"

_Place = tuple[str, str]
"""Class and field."""


def read(packaged: str, own: str | None = None, source: str = _TITLE) -> Profile:
    """The profile that the packaged text and an office's own one make together.

    Args:
        packaged: the text with every setting.
        own: the text with those that are otherwise; None for none.
        source: the own file as the clerk named it.

    Raises:
        ProblemsError: all that is wrong, each place as `FILE 第 N 行`.
    """
    faults = Faults(source)
    node = parse(packaged, "documents.yaml")
    if own is not None:
        node = _merged(node, parse(own, source))
    profile: Profile = _Reader(faults).entry(Profile, node, _TITLE)
    faults.refuse()
    return profile


def _merged(under: Node, over: Node) -> Node:
    """One mapping laid over another."""
    if not isinstance(under.value, dict) or not isinstance(over.value, dict):
        return over
    merged = dict(under.value)
    for key, node in over.value.items():
        merged[key] = _merged(merged[key], node) if key in merged else node
    return Node(merged, over.line)


class _Reader:
    """Reads nodes by annotation; what is wrong goes to the faults and reads as empty."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def entry(self, cls: type[Any], node: Node, title: str) -> Any:  # noqa: ANN401 — of that class
        """An entry of a class."""
        fields = {key: field for field, key in KEYS[cls.__name__].items()}
        if not isinstance(node.value, dict):
            self._wrong(node, title, f"“键: 值”的形式，键有：{listed(fields)}")
            return None
        for key, own in node.value.items():
            if key not in fields:
                near = nearest(key, fields)
                told = f"{title}里没有{quoted(key)}这一项{near}可以写的有：{listed(fields)}。"
                self._faults.add(own.line, told)
        hints = typing.get_type_hints(cls)
        read = {
            field: self._value(hints[field], node.value[key], f"“{key}”", (cls.__name__, field))
            for key, field in fields.items()
        }
        return cls(**read)

    def _value(self, hint: Any, node: Node, title: str, at: _Place) -> object:  # noqa: ANN401
        if hasattr(hint, "_fields"):
            return self.entry(hint, node, title)
        origin = typing.get_origin(hint)
        if origin is tuple:
            return self._list(node, title, at)
        if origin is Mapping:
            return self._mapping(node, title, at)
        if not isinstance(node.value, str):
            self._wrong(node, title, f"一段文字；没有就写 {NONE}")
            return ""
        return (
            self._text(hint, node, node.value, title) if hint is not str else self._frame(node, at)
        )

    def _text(self, hint: object, node: Node, written: str, title: str) -> object:
        if hint is bool:
            return self._chosen(node, written, title, ("是", "否")) == "是"
        if typing.get_origin(hint) is Literal:
            return self._chosen(node, written, title, typing.get_args(hint))
        return self._count(node, written, title)

    def _chosen(self, node: Node, written: str, title: str, words: tuple[str, ...]) -> str:
        if written not in words:
            self._wrong(node._replace(value=written), title, listed(words))
        return written

    def _count(self, node: Node, written: str, title: str) -> int:
        short = len(written) <= len(str(_LARGEST))
        if short and written.isascii() and written.isdigit():
            return int(written)
        self._wrong(node, title, f"0 至 {_LARGEST} 的整数")
        return 0

    def _list(self, node: Node, title: str, at: _Place) -> tuple[str, ...]:
        if node.value == NONE:
            return ()
        found = []
        for part in node.value if isinstance(node.value, list) else [node]:
            if not isinstance(part.value, str):
                self._wrong(part, title, f"列表，例如 [甲, 乙]，每项是文字；没有就写 {NONE}")
            elif at in WORDS:
                found.append(self._chosen(part, part.value, title, WORDS[at]))
            else:
                found.append(self._frame(part, at))
        return tuple(found)

    def _mapping(self, node: Node, title: str, at: _Place) -> dict[str, str]:
        if node.value == NONE:
            return {}
        if not isinstance(node.value, dict):
            self._wrong(node, title, f"“名称: 值”的形式；没有就写 {NONE}")
            return {}
        found = {}
        for name, part in node.value.items():
            if at in WORDS:
                self._chosen(part, name, f"{title}的键", WORDS[at])
            if isinstance(part.value, str):
                found[name] = "" if part.value == NONE else part.value
            else:
                self._wrong(part, f"{title}的“{name}”", f"一段文字；没有就写 {NONE}")
        return found

    def _frame(self, node: Node, at: _Place) -> str:
        """A text; one with slots must have none that nothing can be filled into."""
        written = "" if node.value == NONE else str(node.value)
        if at not in SLOTS:
            return written
        known = sorted(SLOTS[at] | COMMON)
        try:
            unknown = phrasing.slots_of(written) - set(known)
        except phrasing.FrameError as error:
            self._faults.add(node.line, f"{error}。")
            return written
        for name in sorted(unknown):
            near = nearest(name, known)
            told = f"没有内容可以填进“{{{name}}}”{near}可以填的有：{listed(known)}。"
            self._faults.add(node.line, told)
        return written

    def _wrong(self, node: Node, title: str, expected: str) -> None:
        written = f"不能写{quoted(node.value)}。" if isinstance(node.value, str) else "的写法不对。"
        self._faults.add(node.line, f"{title}{written}请写{expected}。")
