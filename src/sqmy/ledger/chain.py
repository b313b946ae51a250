"""The chain: what is hashed, and how a fact is laid into its tables and read back.

A fact's canonical JSON has its fields in alphabetical order, no blanks and no ASCII escapes.
`FORM` is its version: a later version may add fields, an old entry keeps the form it names.
Recording goes through `canonical`; `hashing` has the database work out the same text, and what
does not agree there is worked out by `canonical` before it is called wrong.
"""

import hashlib
import json
from functools import cache
from typing import Any, NamedTuple

from sqmy.facts import KINDS, SECRETS, Fact, FactId, kind_of

FORM = 2
"""The version that is recorded with."""

ADDED: dict[tuple[str, str], int] = {
    ("instruction", "attributes"): 2,
    ("finding", "attributes"): 2,
}
"""Fields (kind, field) that a later version than the first has added, each with that version."""

LISTS = {
    "authors": ("submission_author", "member"),
    "units": ("submission_unit", "unit"),
}
"""Fields kept in a table of their own, one row a position."""


class Entry(NamedTuple):
    """One link of the chain, as it stands in its table."""

    seq: FactId
    recorded_at: str
    operator: str
    kind: str
    batch: int | None
    form: int
    sha256: str
    previous: str

    @property
    def hash(self) -> str:
        """The hash of this link, which the next one carries as `previous`."""
        return sha256(_dump(list(self)))


def sha256(text: str) -> str:
    """Hex SHA-256 of the text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def secret_hash(salt: str, value: str) -> str:
    """What the chain holds in place of a confidential value."""
    return sha256(f"{salt}\n{value}")


def columns_of(kind: str) -> tuple[str, ...]:
    """The fields of a kind of fact that stand in its own table, in order."""
    return _COLUMNS[kind]


_COLUMNS = {
    kind: tuple(
        field
        for field in fact_type._fields
        if field not in LISTS and field not in SECRETS and field != "attributes"
    )
    for kind, fact_type in KINDS.items()
}


@cache
def fields_of(kind: str, form: int) -> tuple[str, ...]:
    """The fields of a kind of fact that the canonical JSON of that version has."""
    return tuple(f for f in KINDS[kind]._fields if ADDED.get((kind, f), 1) <= form)


def canonical(fact: Fact, hashes: dict[str, str], form: int) -> str:
    """The fact's canonical JSON in that version.

    Args:
        fact: what is recorded.
        hashes: the hash of each confidential field that has a value.
        form: the version.
    """
    kind = kind_of(fact)
    fields: dict[str, Any] = {"v": form, "fact": kind}  # units and findings have a `kind`
    for field in fields_of(kind, form):
        value = getattr(fact, field)
        if field in SECRETS:
            fields[field] = hashes.get(field)
        elif field == "attributes":
            fields[field] = sorted(value)  # they have no order of their own
        else:  # a yes and no is kept as the column holds it
            fields[field] = int(value) if isinstance(value, bool) else value
    return _dump(fields)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
