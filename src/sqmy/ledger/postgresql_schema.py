"""The schema of a ledger on a server, made from the same migrations as a file's.

The migrations are written for SQLite; the few forms of statement that they consist of are put
into PostgreSQL's words here, and any other is refused, so that both engines hold the same tables,
views and triggers. Beside them stand what only a server needs: triggers against TRUNCATE, two
roles for an office (one that reads, one that records too), and the functions of SQLite that our
statements use. The schema's comment says that it is a ledger, and of which version.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from sqmy.ledger import schema
from sqmy.ledger.database import Ledger

SCHEMA_VERSION = schema.SCHEMA_VERSION
_MARK = "sqmy 社情民意信息台账，第 {} 版"

_TAUGHT = Path(__file__).parent / "migrations" / "postgresql.sql"


class State(NamedTuple):
    """What stands in an office's schema.

    Attributes:
        version: of the ledger; 0 where it is none.
        is_empty: nothing stands there.
        owner: the user who made it.
        is_owner: we are that user, or may act as it.
        may_enter: we may use what is in it.
    """

    version: int
    is_empty: bool
    owner: str
    is_owner: bool
    may_enter: bool


def state(ledger: Ledger, office: str) -> State | None:
    """What the office's schema holds; None if there is no such schema."""
    row = ledger.row(
        "SELECT obj_description(n.oid, 'pg_namespace'),"
        " NOT EXISTS (SELECT 1 FROM pg_class c WHERE c.relnamespace = n.oid),"
        " pg_get_userbyid(n.nspowner), pg_has_role(n.nspowner, 'USAGE'),"
        " has_schema_privilege(n.oid, 'USAGE')"
        " FROM pg_namespace n WHERE n.nspname = :office",
        {"office": office},
    )
    return State(version_in(row[0]), *row[1:]) if row else None


def why_not_here(ledger: Ledger, office: str) -> str | None:
    """Why no ledger can be made for the office; None if it can."""
    found = state(ledger, office)
    if found and not found.is_empty:
        what = "已经存在" if found.version else "里是别的东西"
        return f"服务器上的「{office}」{what}，没有新建。要另建，请在 --ledger 里换一个 office=。"
    encoding, may_create, may_make_roles, existing = ledger.rows(
        "SELECT current_setting('server_encoding'),"
        " has_database_privilege(current_database(), 'CREATE'), r.rolcreaterole OR r.rolsuper,"
        " (SELECT count(*) FROM pg_roles WHERE rolname IN (:writer, :reader))"
        " FROM pg_roles r WHERE r.rolname = current_user",
        dict(zip(("writer", "reader"), roles(office), strict=True)),
    )[0]
    if encoding != "UTF8":
        return "服务器上的这个库不是 UTF-8 编码，不能放台账。请另建一个库。"
    needed = []
    if not found and not may_create:
        needed.append(f"CREATE SCHEMA {quoted(office)} AUTHORIZATION 建账的用户;")
    if existing < len(roles(office)) and not may_make_roles:
        needed += [f"CREATE ROLE {quoted(role)} NOLOGIN;" for role in roles(office)]
    if needed or (found and not found.is_owner):
        told = "\n  ".join(needed) or f"ALTER SCHEMA {quoted(office)} OWNER TO 建账的用户;"
        return f"登录服务器的用户没有权限新建。请服务器管理员先执行：\n  {told}"
    return None


def offices(ledger: Ledger) -> list[str]:
    """The offices of this database whose ledgers we may read, in the order of their names.

    What was moved away, and set aside under another name, is none.
    """
    rows = ledger.rows(
        "SELECT nspname, obj_description(oid, 'pg_namespace') FROM pg_namespace"
        " WHERE has_schema_privilege(oid, 'USAGE')"
    )
    return sorted(name for name, comment in rows if version_in(comment) and not _ASIDE.search(name))


_ASIDE = re.compile(r"_moved_\d{14}$")


def version_in(comment: str | None) -> int:
    """The ledger's version that a schema's comment tells; 0 for any other comment."""
    found = re.fullmatch(_MARK.format(r"(\d+)"), comment or "")
    return int(found[1]) if found else 0


def quoted(name: str) -> str:
    """A name as it stands in a statement."""
    return '"' + name.replace('"', '""') + '"'


def roles(office: str) -> tuple[str, str]:
    """The office's role that records, and the one that only reads."""
    return f"sqmy_{office}_writer", f"sqmy_{office}_reader"


def laying(office: str, since: int = 0, until: int = SCHEMA_VERSION) -> Iterator[str]:
    """The statements that bring an office's schema from one version to another."""
    own = quoted(office)
    writer, reader = map(quoted, roles(office))
    views = _views(until)
    if not since:
        yield _IF_ABSENT.format("pg_namespace", "nspname", office, f"CREATE SCHEMA {own}")
        yield "CREATE DOMAIN blob AS text"  # what statements call a text of any bytes
        for role in roles(office):
            yield _IF_ABSENT.format("pg_roles", "rolname", role, f'CREATE ROLE "{role}" NOLOGIN')
        yield f"GRANT USAGE ON SCHEMA {own} TO {writer}, {reader}"
    else:  # a view does not follow a table that grows
        yield f"DROP VIEW IF EXISTS {', '.join(reversed(_views(since)))}"
    yield from taught()
    for statement in schema.statements(since, until):
        yield from translated(statement, office)
    yield from views.values()
    yield f"GRANT SELECT ON ALL TABLES IN SCHEMA {own} TO {writer}, {reader}"
    yield f"GRANT INSERT ON ALL TABLES IN SCHEMA {own} TO {writer}"
    yield f"GRANT UPDATE (salt, value) ON secret TO {writer}"  # a trigger lets them be erased only
    yield f"COMMENT ON SCHEMA {own} IS '{_MARK.format(until)}'"


def laying_pristine(office: str) -> Iterator[str]:
    """The same tables, views, functions and triggers as temporary objects, to compare with.

    The session's search path is `pg_temp` and then the office's schema.
    """
    for statement in taught():
        yield _temporary(statement)
    for statement in schema.statements():
        for made in translated(statement, office):
            yield _temporary(made)
    yield from _views(SCHEMA_VERSION).values()


def _temporary(statement: str) -> str:
    """A function must be told to be temporary; whatever else is made becomes so by itself."""
    return re.sub(r"^(CREATE (?:OR REPLACE )?(?:FUNCTION|AGGREGATE)) ", r"\1 pg_temp.", statement)


def taught() -> Iterator[str]:
    """The functions that a server is taught."""
    return schema.split_statements(_TAUGHT.read_text(encoding="utf-8"))


_IF_ABSENT = (
    """DO $$BEGIN IF NOT EXISTS (SELECT 1 FROM {} WHERE {} = '{}') THEN {}; END IF; END$$"""
)
"""A schema may have been made for us by the administrator; roles belong to the whole server, and
another of its databases may have an office of the name. Names hold letters and digits only."""


# -- SQLite's words and PostgreSQL's -----------------------------------------------------------

_VIEW = re.compile(r"(?:CREATE|DROP) VIEW (\w+)")
_TABLE = re.compile(r"(CREATE TABLE (\w+) \(.*\))\s*STRICT(?:, WITHOUT ROWID)?;", re.DOTALL)
_TRIGGER = re.compile(
    r"CREATE TRIGGER (?P<name>\w+) BEFORE (?P<event>INSERT|UPDATE|DELETE) ON (?P<table>\w+)"
    r"(?:\s+WHEN (?P<when>.*?))?\s+BEGIN SELECT RAISE\(ABORT, (?P<words>'[^']*')\); END;",
    re.DOTALL,
)
_PLAIN = ("CREATE INDEX", "CREATE UNIQUE INDEX", "ALTER TABLE", "DROP INDEX")


def translated(statement: str, office: str) -> Iterator[str]:
    """A statement of a migration as PostgreSQL takes it; views stand apart, in `_views`.

    Raises:
        ValueError: it has none of the forms that migrations are written in.
    """
    if _VIEW.match(statement):
        return
    if table := _TABLE.fullmatch(statement):
        yield _columns(table[1])
        yield (
            f"CREATE TRIGGER {table[2]}_no_truncate BEFORE TRUNCATE ON {table[2]}"
            " FOR EACH STATEMENT EXECUTE FUNCTION refuse('sqmy: facts cannot be deleted')"
        )
    elif trigger := _TRIGGER.fullmatch(statement):
        yield from _trigger(trigger, office)
    elif statement.startswith(_PLAIN):
        yield _columns(statement)
    else:
        raise ValueError(f"no form of a migration: {statement}")


def _views(until: int) -> dict[str, str]:
    """Every view as that version last lays it, in the order in which they rest on one another."""
    found: dict[str, str] = {}
    for statement in schema.statements(0, until):
        if view := _VIEW.match(statement):
            found.pop(view[1], None)
            if statement.startswith("CREATE"):
                found[view[1]] = statement
    return found


def _columns(declared: str) -> str:
    """Columns with PostgreSQL's types: whole numbers of 8 bytes, texts compared by code points."""
    declared = re.sub(r"--.*", "", declared)
    declared = re.sub(r"\bINTEGER\b", "BIGINT", declared)
    declared = re.sub(r"\bTEXT\b", 'TEXT COLLATE "C"', declared)
    return re.sub(r"(\(\w+ IS NOT NULL\))(?= [+=])", r"CAST(\1 AS INTEGER)", declared)


def _trigger(declared: re.Match[str], office: str) -> Iterator[str]:
    """A trigger that refuses, always or on a condition that reads other tables too."""
    name, event, table, when, words = declared.groups()
    head = f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW EXECUTE FUNCTION"
    if when is None:
        yield f"{head} refuse({words})"
        return
    yield (
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql"
        f" SET search_path = {quoted(office)}, pg_temp AS $$BEGIN"
        f" IF {when} THEN RAISE EXCEPTION USING MESSAGE = {words}; END IF;"
        f" RETURN {'OLD' if event == 'DELETE' else 'NEW'}; END$$"
    )
    yield f"{head} {name}()"
