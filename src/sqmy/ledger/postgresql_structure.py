"""Whether an office's schema on a server is still what the migrations make of it.

The same schema is laid once more among the session's temporary objects, in a transaction that is
rolled back; then the server describes both, and what differs is told. Any user may do so who may
create temporary tables, which is everybody unless forbidden.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqmy.errors import Problem
from sqmy.ledger import postgresql_schema as schema
from sqmy.ledger.database import Ledger

_PARTS = {
    "1 table": "表",
    "2 constraint": "约束",
    "3 index": "索引",
    "4 view": "视图",
    "5 function": "函数",
    "6 trigger": "触发器",
}

_DESCRIBED = """
SELECT '1 table', c.relname, string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, NULL),
  l.collname, a.attnotnull), ', ' ORDER BY a.attnum)
FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_collation l ON l.oid = a.attcollation
WHERE c.relnamespace = :place AND c.relkind = 'r' GROUP BY c.relname
UNION ALL
SELECT '2 constraint', concat(c.relname, ' ', k.conname),
  concat(pg_get_constraintdef(k.oid), k.convalidated)
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid WHERE c.relnamespace = :place
UNION ALL
SELECT '3 index', c.relname, concat(pg_get_indexdef(c.oid, 0, true), i.indisvalid)
FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid WHERE c.relnamespace = :place
UNION ALL
SELECT '4 view', c.relname, pg_get_viewdef(c.oid)
FROM pg_class c WHERE c.relnamespace = :place AND c.relkind = 'v'
UNION ALL
SELECT '5 function', p.proname, concat_ws(' ', pg_get_function_identity_arguments(p.oid),
  p.prorettype, p.provolatile, p.proisstrict, p.prosecdef, p.proconfig, p.prosrc,
  g.aggtransfn, g.aggfinalfn, g.aggtranstype, g.agginitval)
FROM pg_proc p LEFT JOIN pg_aggregate g ON g.aggfnoid = p.oid WHERE p.pronamespace = :place
UNION ALL
SELECT '6 trigger', t.tgname, concat(pg_get_triggerdef(t.oid, true), t.tgenabled)
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
WHERE c.relnamespace = :place AND NOT t.tgisinternal
"""


def schema_faults(ledger: Ledger) -> Iterator[Problem]:
    """Tables, constraints, indexes, views, functions and triggers that are not as they were."""
    ((office,),) = ledger.rows("SELECT current_schema()")
    own = schema.quoted(office)
    with _on_trial(ledger):
        actual = _described(ledger, f"{own}, pg_temp", f"CAST(to_regnamespace('{own}') AS oid)")
        ledger.run(f"SET LOCAL search_path = pg_temp, {own}")
        for statement in schema.laying_pristine(office):
            ledger.run(statement)
        expected = _described(ledger, f"pg_temp, {own}", "pg_my_temp_schema()")
    differing = {part for part, _ in expected.items() ^ actual.items()}
    for kind, name in sorted(differing):
        part = (kind, name)
        what = "多出" if part not in expected else "缺少" if part not in actual else "改动了"
        yield Problem("结构", f"{what}{_PARTS[kind]} {name}")


def _described(ledger: Ledger, path: str, place: str) -> dict[tuple[str, str], str]:
    """What stands in a schema, by kind and name, in words that do not name the schema."""
    ledger.run(f"SET LOCAL search_path = {path}")
    rows = ledger.rows(re.sub(":place", place, _DESCRIBED))
    return {(kind, name): told for kind, name, told in rows}


@contextmanager
def _on_trial(ledger: Ledger) -> Iterator[None]:
    """Whatever is done is undone; what was begun before goes on."""
    if not ledger.in_transaction:
        with ledger.writing(dry_run=True):
            yield
        return
    ledger.run("SAVEPOINT trial")
    try:
        yield
    finally:
        ledger.run("ROLLBACK TO SAVEPOINT trial")
