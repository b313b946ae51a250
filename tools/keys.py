"""docs/rules-keys.md: every key of a rulebook, by the classes that read it."""

import types
import typing
from collections.abc import Iterator
from fractions import Fraction
from typing import Any, Literal

from sqmy.rules.amounts import Amount, Criterion
from sqmy.rules.annotations import At, defaults, is_entry, keys_of, words_of
from sqmy.rules.choices import word_of
from sqmy.rules.decisions import DECIDES
from sqmy.rules.parts import WAYS, Parts
from sqmy.rules.rulebook import Rulebook
from tools.parts import MADE, table

_LEAD = """\
怎样写，从头讲起的是[怎样写计分办法](rules.md)。这一页把能写的键一个不漏地列出来：键、写什么、必不必写。
编辑器里想要补全和检查，用 `sqmy rules schema`。"""


def page() -> str:
    """The page."""
    parts = ["# 计分办法的键", MADE, _LEAD]
    for cls, key in _entries(Rulebook, "整份办法", {}).items():
        parts += [f"## {key}", table(("键", "写什么", "必须写", "定什么"), list(_rows(cls)))]
    return "\n\n".join(parts) + "\n"


def _entries(cls: type[Any], key: str, found: dict[type[Any], str]) -> dict[type[Any], str]:
    """Each class of entry, with the key under which it is first met."""
    found[cls] = key
    for name, field in keys_of(cls).items():
        for inner in _classes(cls.__annotations__[field]):
            if inner not in found and inner is not Amount:
                _entries(inner, f"{key} › {name}" if cls is not Rulebook else name, found)
    return found


def _classes(annotation: object) -> Iterator[type[Any]]:
    if is_entry(annotation):
        yield annotation
    for part in typing.get_args(annotation):
        yield from _classes(part)


def _rows(cls: type[Any]) -> Iterator[tuple[str, str, str, str]]:
    for key, field in keys_of(cls).items():
        at = At((), key, cls, field)
        question = DECIDES.get((cls.__name__, field), "")
        must = "" if field in defaults(cls) else "是"
        yield f"`{key}`", _said(cls.__annotations__[field], at), must, question


def _said(annotation: object, at: At) -> str:
    """What is to be written, in words."""
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in {types.UnionType, typing.Union}:
        return f"{_said(parts[0], at)}，或 无"
    if origin is Literal:
        return "、".join(word for word, _ in words_of(annotation, at))
    if origin is tuple:
        return f"列表：{_said(parts[0], at)}" if parts[-1] is ... else "列表"
    if origin is dict:
        return f"名称: {_said(parts[1], at)}"
    plain = _OWN.get(annotation)
    return plain or "、".join(keys_of(typing.cast("type[Any]", annotation)))


_WAYS = "、".join(word_of(Parts, "agreed", way) for way in WAYS)
_OWN: dict[object, str] = {
    Parts: f"{_WAYS}，或 {{名次, 其余}}",
    Amount: "分值（数、列表，或按情况分）",
    Criterion: "允许的值，或 {不少于, 多于, 不多于, 少于}",
    str: "文字",
    int: "整数",
    bool: "是、否",
    Fraction: "数",
}
