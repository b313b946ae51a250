"""From nodes to values: one walk over the annotations of the frozen classes.

The classes of `rulebook.py` and `casebook.py` are the only declaration of what may be written;
`keywords.py` has the word of each field and choice. Every value is read by its annotation:

    str, int, bool, Fraction, Literal[…]      one written text
    tuple[T, ...]                             a list; a single text is a list of one; 无 is empty
    tuple[A, B]                               a list of exactly these
    dict[K, T]                                a mapping of labels
    a NamedTuple                              a mapping of its keywords; no default: must be
                                              written; or its label, if nothing else must be
    Amount, Criterion, Parts                       as `amounts.py` and `WAYS` tell
    T | None                                  T, or 无
"""

import re
import typing
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Literal, TypeVar

from sqmy import points
from sqmy.rules import choices
from sqmy.rules.amounts import Amount, Criterion
from sqmy.rules.annotations import (
    WORDS_OF_WAYS,
    At,
    Lines,
    defaults,
    expected,
    has_bare_label,
    is_entry,
    is_optional,
    keys_of,
    way,
    words_of,
)
from sqmy.rules.decisions import DECIDES
from sqmy.rules.faults import Faults, listed, nearest, quoted
from sqmy.rules.parts import WAYS, Parts
from sqmy.rules.strict_yaml import Node, colon_advice

Entry = TypeVar("Entry")

_INTEGER = re.compile(r"-?(0|[1-9]\d{0,8})", re.ASCII)
_LONGEST_NUMBER = 30


_SHORT = frozenset({Amount, Criterion, Parts})


class Walker:
    """Reads nodes by annotation; what is wrong goes to the faults, and None stands in its place.

    Args:
        faults: of the file that the nodes are from.
    """

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.lines = Lines()

    def entry(
        self, cls: type[Entry], node: Node, at: At, given: Mapping[str, object] | None = None
    ) -> Entry:
        """An entry of class `cls`; useless if there are faults.

        Args:
            cls: a NamedTuple.
            node: what was written.
            at: where.
            given: fields that are not read but known already.
        """
        self.lines.note(at.path, node.line)
        keys = keys_of(cls)
        values: dict[str, Any] = dict.fromkeys(keys.values()) | dict(given or {})
        if not isinstance(node.value, dict):
            self._wrong(node, at, cls)
            return cls(**values)
        self._unknown(node.value, at, keys)
        for key, field in keys.items():
            if given and field in given:
                continue
            annotation = cls.__annotations__[field]
            own = At((*at.path, field), quoted(key), cls, field)
            if key in node.value:
                values[field] = self.value(annotation, node.value[key], own)
            elif field in defaults(cls):
                values[field] = defaults(cls)[field]
            else:
                self._missing(node, at, own, annotation)
        return cls(**values)

    def value(self, annotation: object, node: Node, at: At) -> object:
        """The value of a node, by its annotation."""
        self.lines.note(at.path, node.line)
        if node.value is None or node.value == "":
            self.faults.add(node.line, f"{at.title}空着。请{expected(annotation, at)}。")
            return None
        if is_optional(annotation):
            inner = typing.get_args(annotation)[0]
            return None if node.value == choices.NONE else self._written(inner, node, at)
        return self._written(annotation, node, at)

    def _written(self, annotation: object, node: Node, at: At) -> object:
        origin = typing.get_origin(annotation)
        if isinstance(annotation, type) and annotation in _SHORT:
            return self._short(annotation, node, at)
        if is_entry(annotation):
            if isinstance(node.value, str) and has_bare_label(annotation):
                return annotation(node.value)
            return self.entry(annotation, node, at)
        if origin in {tuple, dict}:
            read = self._tuple if origin is tuple else self._mapping
            return read(annotation, node, at)
        if not isinstance(node.value, str):
            self._wrong(node, at, annotation)
            return None
        return self._text(annotation, node.value, node.line, at)

    def _short(self, cls: type[Any], node: Node, at: At) -> object:
        """An entry that has a writing of its own, beside its keywords."""
        if cls is Amount:
            return self._amount(node, at)
        if cls is Criterion and not isinstance(node.value, dict):
            words = self._tuple(tuple[str, ...], node, at)
            return Criterion(typing.cast("tuple[str, ...]", words)) if words else None
        if cls is Parts and isinstance(node.value, str):
            word = self._choice(WORDS_OF_WAYS, node.value, node.line, way(at))
            return WAYS[word] if word else None
        return self.entry(cls, node, at)

    def _tuple(self, annotation: object, node: Node, at: At) -> tuple[object, ...] | None:
        first, *others = typing.get_args(annotation)
        if node.value == choices.NONE and others == [...]:
            return ()
        bare = not is_entry(first) or has_bare_label(first)
        if isinstance(node.value, str) and others == [...] and bare:
            node = node._replace(value=[node])
        if not isinstance(node.value, list):
            self._wrong(node, at, annotation)
            return None
        wanted = [first] * len(node.value) if others == [...] else [first, *others]
        if len(wanted) != len(node.value):
            self._wrong(node, at, annotation)
            return None
        return tuple(
            self.value(part, item, at.part(place))
            for place, (part, item) in enumerate(zip(wanted, node.value, strict=True))
        )

    def _mapping(self, annotation: object, node: Node, at: At) -> dict[Any, object] | None:
        if node.value == choices.NONE:
            return {}
        if not isinstance(node.value, dict) or not node.value:
            self._wrong(node, at, annotation)
            return None
        keys, values = typing.get_args(annotation)
        found: dict[Any, object] = {}
        for written, item in node.value.items():
            label: Any = self._label(keys, written, item.line, at)
            if label is not None:
                part = at.part(written)._replace(path=(*at.path, label))
                found[label] = self.value(values, item, part)
        return found

    def _label(self, keys: object, written: str, line: int, at: At) -> object:
        """A key of a mapping of labels: a text, a choice or a number."""
        if keys is str:
            return written
        return self._text(keys, written, line, at)

    def _amount(self, node: Node, at: At) -> Amount | None:
        """A number, a list of numbers, or an amount for each value of a dimension."""
        if isinstance(node.value, dict) and node.value:
            parts: dict[str, Amount] = {}
            for word, item in node.value.items():
                found = self.value(Amount, item, at.part(word))
                if isinstance(found, Amount):
                    parts[word] = found
            return Amount(by=parts)
        if isinstance(node.value, str):
            number = self._text(Fraction, node.value, node.line, at)
            return Amount((number,)) if isinstance(number, Fraction) else None
        numbers = self._tuple(tuple[Fraction, ...], node, at)
        return Amount(typing.cast("tuple[Fraction, ...]", numbers)) if numbers else None

    def _text(self, annotation: object, written: str, line: int, at: At) -> object:
        if annotation is str:
            return written
        if typing.get_origin(annotation) is Literal:
            return self._choice(annotation, written, line, at)
        found: object = None
        if annotation is bool:
            found = choices.YES_NO.get(written)
        elif annotation is int:
            found = int(written) if _INTEGER.fullmatch(written) else None
        elif len(written) <= _LONGEST_NUMBER:
            found = points.read(written)
        if found is None:
            said = expected(annotation, at)
            self.faults.add(line, f"{at.title}不能写{quoted(written)}。请{said}。")
        return found

    def _choice(self, annotation: object, written: str, line: int, at: At) -> str | None:
        """The choice that a word means."""
        words = dict(words_of(annotation, at))
        if written not in words:
            near = nearest(written, words)
            allowed = f"只能写：{listed(words)}。"
            self.faults.add(line, f"{at.title}不能写{quoted(written)}{near}{allowed}")
        return words.get(written)

    def _unknown(self, written: Mapping[str, Node], at: At, keys: Mapping[str, str]) -> None:
        for key, node in written.items():
            if key not in keys:
                near = nearest(key, keys)
                allowed = f"可以写的有：{listed(keys)}。"
                self.faults.add(node.line, f"{at.title}里没有{quoted(key)}这一项{near}{allowed}")

    def _missing(self, node: Node, at: At, own: At, annotation: object) -> None:
        question = DECIDES.get((own.entry.__name__, own.field))
        decide = f"这一项要定下来：{question}。" if question else ""
        said = expected(annotation, own)
        self.faults.add(node.line, f"{at.title}没有写{own.title}。{decide}请{said}。")

    def _wrong(self, node: Node, at: At, annotation: object) -> None:
        """Note a node of the wrong shape."""
        advice = colon_advice(node.value) if isinstance(node.value, str) else ""
        self.faults.add(
            node.line, f"{at.title}的写法不对：{advice or f'请{expected(annotation, at)}。'}"
        )
