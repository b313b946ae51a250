"""The hashes of links and facts worked out by the database itself, where the rows are.

Fetching a row, making its JSON and comparing the hash in Python takes five times as long. The
texts made here are those of `chain`, letter for letter; `audit` looks again, by `chain` itself, at
whatever does not agree. The functions that these expressions call are `sqmy_sha256`, which
`prepared` brings, and the JSON functions that the engine has or was taught.
"""

import hashlib
from functools import cache

from sqmy.facts import SECRETS
from sqmy.ledger import chain
from sqmy.ledger.database import Ledger
from sqmy.ledger.sqlite import SqliteLedger

FUNCTION = "sqmy_sha256"


def prepare(ledger: Ledger) -> None:
    """Have the database know `sqmy_sha256`: hex SHA-256 of a text in UTF-8, of any bytes in it."""
    if isinstance(ledger, SqliteLedger):
        ledger.connection.create_function(FUNCTION, 1, _sha256, deterministic=True)


def _sha256(raw: bytes | None) -> str | None:
    return None if raw is None else hashlib.sha256(raw).hexdigest()


def sha256(text: str) -> str:
    """The expression for the hash of a text; as bytes, so that damage cannot stop it."""
    return f"{FUNCTION}(CAST({text} AS BLOB))"


def link(row: str) -> str:
    """The expression for the hash of a link, a row of `chain` under that name."""
    fields = "||','||".join(f"json_quote({row}.{name})" for name in chain.Entry._fields)
    return sha256(f"'['||{fields}||']'")


@cache
def fact(kind: str, form: int) -> str:
    """The expression for the hash of a fact, a row `f` of its kind's table, by that form."""
    texts = {"v": str(form), "fact": f"'\"{kind}\"'"}
    texts |= {field: _field(kind, field) for field in chain.fields_of(kind, form)}
    pairs = "||','||".join(f"'\"{name}\":'||{texts[name]}" for name in sorted(texts))
    return sha256(f"'{{'||{pairs}||'}}'")


def unhashed(kind: str, form: int) -> str:
    """The condition that a row `f` holds something in a column that its form does not hash."""
    hashed = chain.fields_of(kind, form)
    later = [column for column in chain.columns_of(kind) if column not in hashed]
    return " OR ".join(f'f."{column}" IS NOT NULL' for column in later) or "1 = 0"


def secret(row: str) -> str:
    """The expression for the hash of a confidential value, a row of `secret` under that name."""
    return sha256(f"{row}.salt||'\n'||{row}.value")


def _field(kind: str, field: str) -> str:
    """The expression for the JSON of one field."""
    if field in SECRETS:
        held = f"SELECT json_quote(sha256) FROM secret WHERE fact = f.fact AND field = '{field}'"
        return f"coalesce(({held}), 'null')"
    if field in chain.LISTS:
        table, column = chain.LISTS[field]
        rows = f"{column} FROM {table} WHERE fact = f.fact ORDER BY position"
        return f"(SELECT json_group_array({column}) FROM (SELECT {rows}) AS part)"
    if field == "attributes":
        pair = "'['||json_quote(name)||','||json_quote(value)||']'"
        rows = f"{pair} AS pair FROM attribute WHERE fact = f.fact ORDER BY name"
        return f"(SELECT '['||coalesce(group_concat(pair), '')||']' FROM (SELECT {rows}) AS part)"
    assert field in chain.columns_of(kind)  # noqa: S101 — there is no other kind of field
    return f'json_quote(f."{field}")'
