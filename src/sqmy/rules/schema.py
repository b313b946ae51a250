"""JSON Schema of a rulebook, from the very classes that read it: editors complete and underline.

Written YAML has Chinese keys and words; what the schema cannot say (undeclared names, silent
settings) `rules check` does.
"""

import typing
from fractions import Fraction
from typing import Any, Literal

from sqmy.rules import choices
from sqmy.rules.amounts import Amount, Criterion
from sqmy.rules.annotations import (
    At,
    defaults,
    has_bare_label,
    is_entry,
    is_optional,
    keys_of,
    words_of,
)
from sqmy.rules.decisions import DECIDES
from sqmy.rules.parts import WAYS, Parts
from sqmy.rules.rulebook import Rulebook

_NUMBER = {"type": ["number", "string"], "description": "分数：5、-10、2.5 或 1/3"}
_NONE = {"const": choices.NONE}
_NUMBERS = {"anyOf": [_NUMBER, {"type": "array", "items": _NUMBER, "minItems": 1}]}


def schema() -> dict[str, Any]:
    """The schema of a rulebook file."""
    made = _Schema()
    root = made.entry(Rulebook)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "计分办法",
        **root,
        "$defs": made.shared,
    }


class _Schema:
    """Entries become definitions, each once."""

    def __init__(self) -> None:
        self.shared: dict[str, Any] = {}

    def entry(self, cls: type[Any]) -> dict[str, Any]:
        """The mapping of an entry."""
        keys = keys_of(cls)
        properties = {}
        for key, field in keys.items():
            at = At((), key, cls, field)
            said = self.value(cls.__annotations__[field], at)
            question = DECIDES.get((cls.__name__, field))
            properties[key] = said | ({"description": question} if question else {})
        return {
            "type": "object",
            "properties": properties,
            "required": [key for key, field in keys.items() if field not in defaults(cls)],
            "additionalProperties": False,
        }

    def value(self, annotation: object, at: At) -> dict[str, Any]:
        """What may be written for an annotation."""
        if is_optional(annotation):
            return {"anyOf": [self.value(typing.get_args(annotation)[0], at), _NONE]}
        origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
        if origin is Literal:
            return {"enum": [word for word, _ in words_of(annotation, at)]}
        if origin is tuple:
            return self._tuple(parts, at)
        if origin is dict:
            return {"type": "object", "additionalProperties": self.value(parts[1], at)}
        if is_entry(annotation):
            return self._shared(annotation)
        return _SCALARS[annotation]

    def _tuple(self, parts: tuple[Any, ...], at: At) -> dict[str, Any]:
        inner = self.value(parts[0], at)
        if parts[-1] is not ...:
            items = [self.value(part, at) for part in parts]
            return {"type": "array", "prefixItems": items, "minItems": len(items)}
        return {"anyOf": [{"type": "array", "items": inner}, inner, _NONE]}

    def _shared(self, cls: type[Any]) -> dict[str, Any]:
        if cls.__name__ not in self.shared:
            self.shared[cls.__name__] = {}  # it may contain itself
            self.shared[cls.__name__] = self._own(cls)
        return {"$ref": f"#/$defs/{cls.__name__}"}

    def _own(self, cls: type[Any]) -> dict[str, Any]:
        if cls is Amount:
            nested = {"type": "object", "additionalProperties": {"$ref": "#/$defs/Amount"}}
            return {"anyOf": [*_NUMBERS["anyOf"], nested]}
        if cls is Criterion:
            words = {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
            return {"anyOf": [words, self.entry(cls)]}
        if cls is Parts:
            ways = [choices.word_of(Parts, "agreed", way) for way in WAYS]
            return {"anyOf": [{"enum": ways}, self.entry(cls)]}
        if has_bare_label(cls):
            return {"anyOf": [{"type": "string"}, self.entry(cls)]}
        return self.entry(cls)


_SCALARS: dict[object, dict[str, Any]] = {
    str: {"type": ["string", "number"]},  # a clause 2.10 is a text, whatever an editor takes it for
    int: {"type": "integer"},
    bool: {"enum": list(choices.YES_NO)},
    Fraction: _NUMBER,
}
