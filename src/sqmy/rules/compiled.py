"""The compiled form: a rulebook as canonical JSON, and back, by the standard library alone.

The ledger keeps it beside the YAML text, so that recording and scoring need no YAML reader;
`verify` compiles the text again and compares.
"""

import json
import types
import typing
from fractions import Fraction
from functools import lru_cache
from typing import Any

from sqmy.rules.rulebook import Rulebook


def compile_(rulebook: Rulebook) -> str:
    """The rulebook as canonical JSON: English names, the rulebook's own order, exact points."""
    return json.dumps(_plain(rulebook), ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=8)
def load(compiled: str) -> Rulebook:
    """The rulebook of a compiled form."""
    rulebook: Rulebook = _value(Rulebook, json.loads(compiled))
    return rulebook


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return str(value)
    if hasattr(value, "_asdict"):
        return {field: _plain(part) for field, part in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items()}
    return value


def _value(annotation: Any, plain: object) -> Any:  # noqa: ANN401 — as its annotation says
    parts = typing.get_args(annotation)
    if typing.get_origin(annotation) is types.UnionType:
        return None if plain is None else _value(parts[0], plain)
    if annotation is Fraction:
        return Fraction(str(plain))
    if isinstance(plain, list):
        return tuple(_value(parts[0], part) for part in plain)
    if isinstance(plain, dict) and hasattr(annotation, "_fields"):
        types_of = annotation.__annotations__
        return annotation(**{field: _value(types_of[field], part) for field, part in plain.items()})
    if isinstance(plain, dict):
        return {key: _value(parts[1], part) for key, part in plain.items()}
    return plain
