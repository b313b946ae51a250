"""The chain: what is hashed, and how a fact is laid into its tables and read back.

A fact's canonical JSON has its fields in alphabetical order, no blanks and no ASCII escapes.
`FORM` is its version: a later version may add fields, an old entry keeps the form it names.
Recording and `audit` both go through `canonical`, so that they cannot drift apart.
"""

import hashlib
import json
from typing import Any, NamedTuple

from sqmy.facts import KINDS, SECRETS, Fact, FactId, kind_of

FORM = 1

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


def canonical(fact: Fact, hashes: dict[str, str]) -> str:
    """The fact's canonical JSON; `hashes` has the hash of each secret field that has a value."""
    fields: dict[str, Any] = {"v": FORM, "fact": kind_of(fact)}  # units and findings have a `kind`
    for field, value in fact._asdict().items():
        if field in SECRETS:
            fields[field] = hashes.get(field)
        elif field == "attributes":
            fields[field] = sorted(value)  # they have no order of their own
        else:  # a yes and no is kept as the column holds it
            fields[field] = int(value) if isinstance(value, bool) else value
    return _dump(fields)


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
