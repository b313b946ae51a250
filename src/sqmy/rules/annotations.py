"""What the annotations of the frozen classes say: what may be written, and how to ask for it."""

import types
import typing
from collections.abc import Container, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any, Literal, NamedTuple, TypeGuard

from sqmy.rules import choices, keywords
from sqmy.rules.amounts import Amount, Criterion
from sqmy.rules.faults import listed, quoted
from sqmy.rules.parts import Parts

Trail = tuple[str | int, ...]
"""Where a value stands: field names, places in a list (from 0) and labels, from the root."""

Found = tuple[Trail, object]


class Lines:
    """The line on which each value was written.

    Args:
        root: the line of whatever has none of its own.
    """

    def __init__(self, root: int = 1) -> None:
        self._root = root
        self._lines: dict[Trail, int] = {}

    def note(self, path: Trail, line: int) -> None:
        """Remember where a value was written."""
        self._lines[path] = line

    def of(self, *path: str | int) -> int:
        """The line of a value; of what it belongs to, if it was not written."""
        while path and path not in self._lines:
            path = path[:-1]
        return self._lines.get(path, self._root)


class At(NamedTuple):
    """What is being read.

    Attributes:
        path: where it stands.
        title: what messages call it.
        entry: the class whose field it belongs to.
        field: that field.
    """

    path: Trail
    title: str
    entry: type[Any]
    field: str

    def part(self, step: str | int) -> "At":
        """A part of a list or of a mapping of labels."""
        name = f"第 {step + 1} 项" if isinstance(step, int) else quoted(step)
        return self._replace(path=(*self.path, step), title=f"{self.title}的{name}")


def fields_named(value: object, names: Container[str], path: Trail = ()) -> Iterator[Found]:
    """Every field of one of these names within a value, with its path."""
    parts: Iterable[tuple[str | int, object]] = ()
    if hasattr(value, "_asdict"):
        parts = value._asdict().items()
        yield from (((*path, field), part) for field, part in parts if field in names)
    elif isinstance(value, dict):
        parts = value.items()
    elif isinstance(value, tuple):
        parts = enumerate(value)
    for step, part in parts:
        yield from fields_named(part, names, (*path, step))


def keys_of(cls: type[Any]) -> dict[str, str]:
    """Each keyword of an entry with its field; a field without a keyword is not written."""
    return {keywords.key_of(cls, field): field for field in cls._fields if field in keywords.KEYS}


def has_bare_label(cls: type[Any]) -> bool:
    """Whether an entry may be written as its label alone."""
    fields = cls._fields
    return bool(fields[0] == "label" and len(defaults(cls)) == len(fields) - 1)


WORDS_OF_WAYS = Literal["equal", "full", "first", "agreed", "none"]


def way(at: At) -> At:
    """Where a way of sharing is written: its words are those of `Parts`."""
    return at._replace(entry=Parts, field="agreed")


def is_optional(annotation: object) -> bool:
    """Whether an annotation is `T | None`."""
    return typing.get_origin(annotation) in {types.UnionType, typing.Union}


def is_entry(annotation: object) -> TypeGuard[type[Any]]:
    """Whether an annotation is one of the frozen classes."""
    return hasattr(annotation, "_fields")


def defaults(cls: type[Any]) -> Mapping[str, object]:
    """The fields of an entry that need not be written, with what they are then."""
    defaults: dict[str, object] = cls._field_defaults
    return defaults


def words_of(annotation: object, at: At) -> Iterator[tuple[str, str]]:
    """Each word of a choice with the choice."""
    for choice in typing.get_args(annotation):
        yield choices.word_of(at.entry, at.field, choice), choice


_SCALARS = {
    str: "写文字",
    int: "写整数，用半角数字，例如 2",
    bool: "写 是 或 否",
    Fraction: "写分数，用半角数字，例如 5、-10、2.5 或 1/3",
}


def expected(annotation: object, at: At) -> str:
    """What is to be written, in words."""
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    none = f"；没有就写 {choices.NONE}"
    if is_optional(annotation):
        said = expected(parts[0], at) + none
    elif origin is Literal:
        *words, last = (word for word, _ in words_of(annotation, at))
        said = f"写 {listed(words)} 或 {last}"
    elif origin is tuple:
        every = "，每项以“- ”开头" if is_entry(parts[0]) else "，例如 [甲, 乙]"
        said = f"写成列表{every}{none}" if parts[-1] is ... else f"写成 {len(parts)} 项的列表"
    elif origin is dict:
        said = "写成“名称: 值”的形式，至少一项"
    elif annotation is Amount:
        said = "写分数，例如 5、2.5 或 1/3；逐次不同的写列表，例如 [10, 5]"
    elif annotation is Criterion:
        said = "写允许的值，例如 [甲, 乙]，或写界限，例如 {不少于: 500}"
    elif annotation is Parts:
        *words, last = (word for word, _ in words_of(WORDS_OF_WAYS, way(at)))
        said = f"写 {listed(words)} 或 {last}，也可以写 {{名次: [3/5, 2/5], 其余: 0}}"
    elif is_entry(annotation):
        said = f"写成“键: 值”的形式，键有：{listed(keys_of(annotation))}"
    elif at.field == "clause":
        said = "写出自办法的哪一条，例如 六(二)2"
    else:
        said = next(words for scalar, words in _SCALARS.items() if scalar is annotation)
    return said
