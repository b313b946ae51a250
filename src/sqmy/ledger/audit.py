"""Examining a ledger: the schema, the file, the chain, every row against its hash.

What this proves: nothing in the file was changed, added or taken out since it was recorded,
short of rewriting the chain. A cut tail and a full rewrite are exposed only by an anchor, a
place and hash kept elsewhere.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqmy.errors import LedgerError, Problem
from sqmy.facts import KINDS, SECRETS, Fact, FactId
from sqmy.ledger import chain
from sqmy.ledger.database import Ledger
from sqmy.ledger.reading import facts_at
from sqmy.ledger.sqlite import in_memory

MOST = 20
"""Faults told at the most; one broken link breaks every later one."""

SPAN = 2_000
"""Links read at a time."""


def examine(ledger: Ledger) -> list[Problem]:
    """Every fault found, the first `MOST`."""
    found: list[Problem] = []
    usual = ledger.connection.text_factory
    ledger.connection.text_factory = _readable
    try:
        for check in CHECKS:
            for problem in check(ledger):
                found.append(problem)
                if len(found) == MOST:
                    return found
    except LedgerError as error:  # too damaged to read on
        found.append(Problem("文件", str(error).splitlines()[0]))
    finally:
        ledger.connection.text_factory = usual
    return found


def _readable(raw: bytes) -> str:
    """A text that damage has made unreadable is read as another one, so that its fact is named."""
    return raw.decode(errors="backslashreplace")


_PARTS = {"table": "表", "index": "索引", "view": "视图", "trigger": "触发器"}


def _file(ledger: Ledger) -> Iterator[Problem]:
    for (words,) in ledger.rows("PRAGMA integrity_check"):
        if words != "ok":
            yield Problem("文件", f"数据库结构损坏：{words}")
    for table, row, *_ in ledger.rows("PRAGMA foreign_key_check"):
        place = f"F{row}" if table in KINDS else table  # elsewhere the row has no such number
        yield Problem(place, f"{table} 里的一项引用了不存在的事实")


def _schema(ledger: Ledger) -> Iterator[Problem]:
    query = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    with in_memory() as pristine:
        expected = {(kind, name): sql for kind, name, sql in pristine.rows(query)}
    actual = {(kind, name): sql for kind, name, sql in ledger.rows(query)}
    differing = {part for part, _ in expected.items() ^ actual.items()}
    for kind, name in sorted(differing):
        part = (kind, name)
        what = "多出" if part not in expected else "缺少" if part not in actual else "改动了"
        yield Problem("结构", f"{what}{_PARTS[kind]} {name}")
    if any(kind == "table" for kind, _ in differing & expected.keys()):
        raise LedgerError("表的结构与原来的不同，内容没有再核对")


def _chain(ledger: Ledger) -> Iterator[Problem]:
    previous = ""
    rows = (row for span in _spans(ledger) for row in span)
    for place, (*fields, own_hash) in enumerate(rows, 1):
        entry = chain.Entry(*fields)
        if entry.seq != place:
            yield Problem(f"F{place}", "这一项登记不见了")
            return
        if entry.previous != previous:
            yield Problem(f"F{place}", "与前一项的校验码接不上")
        elif entry.hash != own_hash:
            yield Problem(f"F{place}", "登记的时间、经办人或内容的校验码被改动")
        previous = own_hash


def _spans(ledger: Ledger) -> Iterator[list[tuple[Any, ...]]]:
    """The rows of the chain in order, a span at a time: a long chain takes little memory."""
    rows = ledger.rows("SELECT * FROM chain ORDER BY seq LIMIT :span", {"span": SPAN})
    while rows:
        yield rows
        rows = ledger.rows(
            "SELECT * FROM chain WHERE seq > :last ORDER BY seq LIMIT :span",
            {"last": rows[-1][0], "span": SPAN},
        )


def _facts(ledger: Ledger) -> Iterator[Problem]:
    for span in _spans(ledger):
        entries = [chain.Entry(*fields) for *fields, _ in span]
        kinds: defaultdict[str, list[FactId]] = defaultdict(list)
        for entry in entries:
            kinds[entry.kind].append(entry.seq)
        held: dict[FactId, Fact] = {}
        for kind in kinds.keys() & KINDS:
            held |= facts_at(ledger, kinds[kind], kind)
        hashes: defaultdict[FactId, dict[str, str]] = defaultdict(dict)
        for seq, field, hashed in ledger.rows(
            "SELECT fact, field, sha256 FROM secret WHERE fact BETWEEN :first AND :last",
            {"first": entries[0].seq, "last": entries[-1].seq},
        ):
            if field in SECRETS:
                hashes[seq][field] = hashed
        for entry in entries:
            if problem := _compared(entry, held.get(entry.seq), hashes[entry.seq]):
                yield problem


def _compared(entry: chain.Entry, fact: Fact | None, hashes: dict[str, str]) -> Problem | None:
    """What is wrong with the fact of a link, if anything."""
    place = f"F{entry.seq}"
    if entry.kind not in KINDS:
        return Problem(place, f"事实的种类「{entry.kind}」不认识")
    if fact is None:
        return Problem(place, "事实本身不见了")
    if chain.sha256(chain.canonical(fact, hashes)) != entry.sha256:
        return Problem(place, "内容与登记时的校验码不符，被改动过")
    return None


def _strays(ledger: Ledger) -> Iterator[Problem]:
    for kind in KINDS:
        for (seq,) in ledger.rows(
            f"SELECT fact FROM {kind} WHERE fact NOT IN (SELECT seq FROM chain WHERE kind = :kind)",
            {"kind": kind},
        ):
            yield Problem(f"F{seq}", f"{kind} 表里有一项不在校验链上")


def _extras(ledger: Ledger) -> Iterator[Problem]:
    """What stands beside a fact and is no part of it."""
    fields: dict[int, tuple[str, ...]] = {
        seq: KINDS[kind]._fields if kind in KINDS else ()
        for seq, kind in ledger.rows("SELECT seq, kind FROM chain")
    }
    for (seq,) in ledger.rows("SELECT DISTINCT fact FROM attribute"):
        if "attributes" not in fields.get(seq, ()):
            yield Problem(f"F{seq}", "多出附加项")
    for seq, field in ledger.rows("SELECT fact, field FROM secret"):
        if field not in SECRETS.intersection(fields.get(seq, ())):
            yield Problem(f"F{seq}", f"多出 {field}")
    for table, _ in chain.LISTS.values():
        for (seq,) in ledger.rows(
            f"SELECT fact FROM {table} GROUP BY fact"
            " HAVING min(position) <> 1 OR max(position) <> count(*)"
        ):
            yield Problem(f"F{seq}", f"{table} 里的次序被改动")


def _secrets(ledger: Ledger) -> Iterator[Problem]:
    erased = {target for (target,) in ledger.rows("SELECT target FROM erasure")}
    for seq, field, hashed, salt, value in ledger.rows(
        "SELECT fact, field, sha256, salt, value FROM secret"
    ):
        if seq in erased:
            if (salt, value) != (None, None):
                yield Problem(f"F{seq}", f"{field} 已经抹除，却又出现")
        elif salt is None or value is None:
            yield Problem(f"F{seq}", f"{field} 不见了，而没有抹除的登记")
        elif chain.secret_hash(salt, value) != hashed:
            yield Problem(f"F{seq}", f"{field} 被改动过")


CHECKS = (_schema, _file, _chain, _strays, _facts, _extras, _secrets)
"""In the order in which they make sense of one another."""
