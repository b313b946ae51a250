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

from sqmy import points
from sqmy.errors import LedgerError
from sqmy.rules.rulebook import Rulebook

LANGUAGE = 2
"""The version of the compiled form. An older one is read again from the text."""


_OPTIONAL = (types.UnionType, typing.Union)


class OutdatedError(ValueError):
    """The compiled form is of an earlier version of the language."""


def compile_(rulebook: Rulebook) -> str:
    """The rulebook as canonical JSON: English names, the rulebook's own order, exact points.

    What is not written in the rulebook is not written here either.
    """
    plain = {"language": LANGUAGE, "rulebook": _plain(rulebook)}
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


@lru_cache(maxsize=8)
def load(compiled: str) -> Rulebook:
    """The rulebook of a compiled form.

    Raises:
        OutdatedError: the text has to be read again.
        LedgerError: it is none that this or an earlier version has made.
    """
    try:
        return _restored(json.loads(compiled))
    except OutdatedError:
        raise
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise LedgerError(
            "台账里存的计分办法读不出来，像是被改动过。请用 sqmy verify 核对，用备份恢复。"
        ) from error


def _restored(plain: dict[str, Any]) -> Rulebook:
    if plain.get("language") != LANGUAGE:
        raise OutdatedError
    rulebook: Rulebook = _value(Rulebook, plain["rulebook"])
    return rulebook


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return str(value)
    if hasattr(value, "_asdict"):
        defaults = getattr(value, "_field_defaults", {})
        return {
            field: _plain(part)
            for field, part in value._asdict().items()
            if field not in defaults or part != defaults[field]
        }
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, dict):
        return {str(key): _plain(part) for key, part in value.items()}
    return value


def _value(annotation: Any, plain: object) -> Any:  # noqa: ANN401 — as its annotation says
    parts = typing.get_args(annotation)
    if typing.get_origin(annotation) in _OPTIONAL:
        return None if plain is None else _value(parts[0], plain)
    if annotation is Fraction:
        return points.restored(str(plain))
    if annotation is int:
        return int(str(plain))
    if isinstance(plain, list):
        return tuple(_value(parts[0], part) for part in plain)
    return _entry(annotation, plain) if isinstance(plain, dict) else plain


def _entry(annotation: Any, plain: dict[str, object]) -> Any:  # noqa: ANN401 — likewise
    if hasattr(annotation, "_fields"):
        types_of = annotation.__annotations__
        return annotation(**{field: _value(types_of[field], part) for field, part in plain.items()})
    keys, values = typing.get_args(annotation)
    return {_value(keys, key): _value(values, part) for key, part in plain.items()}
