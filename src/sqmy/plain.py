"""Values as JSON can hold them, and back: what a NamedTuple's annotations say, is what is read.

A field that has its default is not written, so that a later version may add fields to a value and
still read what an earlier one has kept.
"""

import types
import typing
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from sqmy import points


def plain(value: object) -> Any:  # noqa: ANN401 — whatever JSON can hold
    """The value in dictionaries, lists, texts and whole numbers; a fraction as `3/2`."""
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        defaults = getattr(value, "_field_defaults", {})
        return {
            field: plain(part)
            for field, part in value._asdict().items()
            if field not in defaults or part != defaults[field]
        }
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    return value


_UNIONS = (types.UnionType, typing.Union)
_MAPPINGS = (dict, Mapping)


def restored(annotation: Any, kept: Any) -> Any:  # noqa: ANN401 — as its annotation says
    """The value of that annotation that `plain` made this of.

    Whatever is common comes first: a rulebook is read so by every command, and has thousands of
    values.

    Raises:
        TypeError, ValueError, KeyError: it was made of another.
    """
    if annotation is str or annotation is bool:
        return kept
    if annotation is Fraction:
        return points.restored(str(kept))
    if hasattr(annotation, "_fields"):
        kinds = annotation.__annotations__
        return annotation(**{field: restored(kinds[field], part) for field, part in kept.items()})
    origin, parts = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in _UNIONS and kept is not None:
        some = [part for part in parts if part is not type(None)]
        kept = restored(int if int in some and isinstance(kept, int) else some[0], kept)
    elif origin is tuple:
        kinds = parts[:1] * len(kept) if parts[-1] is ... else parts
        kept = tuple([restored(kind, part) for kind, part in zip(kinds, kept, strict=True)])
    elif origin in _MAPPINGS:
        kept = {restored(parts[0], key): restored(parts[1], part) for key, part in kept.items()}
    return int(kept) if annotation is int else kept
