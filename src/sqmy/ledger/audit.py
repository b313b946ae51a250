"""Examining a ledger: the file, the schema, the chain, every row against its hash.

What this proves: nothing in the file was changed, added or taken out since it was recorded,
short of rewriting the chain. A cut tail and a full rewrite are exposed only by an anchor, a
place and hash kept elsewhere.
"""

from collections.abc import Iterator

from sqmy.errors import Problem
from sqmy.facts import KINDS, SECRETS
from sqmy.ledger import chain
from sqmy.ledger.database import Ledger, in_memory
from sqmy.ledger.reading import fact_at

MOST = 20
"""Faults told at the most; one broken link breaks every later one."""


def examine(ledger: Ledger) -> list[Problem]:
    """Every fault found, the first `MOST`."""
    found: list[Problem] = []
    for check in CHECKS:
        for problem in check(ledger):
            found.append(problem)
            if len(found) == MOST:
                return found
    return found


def _file(ledger: Ledger) -> Iterator[Problem]:
    for (words,) in ledger.rows("PRAGMA integrity_check"):
        if words != "ok":
            yield Problem("文件", f"数据库结构损坏：{words}")
    for table, row, *_ in ledger.rows("PRAGMA foreign_key_check"):
        yield Problem(f"F{row}", f"{table} 里的一项引用了不存在的事实")


def _schema(ledger: Ledger) -> Iterator[Problem]:
    query = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    with in_memory() as pristine:
        expected = dict(pristine.rows(query))
    actual = dict(ledger.rows(query))
    for name in expected.keys() - actual.keys():
        yield Problem("结构", f"缺少 {name}")
    for name in actual.keys() - expected.keys():
        yield Problem("结构", f"多出 {name}")
    for name in expected.keys() & actual.keys():
        if expected[name] != actual[name]:
            yield Problem("结构", f"{name} 被改动")


def _chain(ledger: Ledger) -> Iterator[Problem]:
    previous = ""
    rows = ledger.rows("SELECT * FROM chain ORDER BY seq")
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


def _facts(ledger: Ledger) -> Iterator[Problem]:
    secrets: dict[int, dict[str, str]] = {}
    for seq, field, hashed in ledger.rows("SELECT fact, field, sha256 FROM secret"):
        secrets.setdefault(seq, {})[field] = hashed
    for seq, kind, recorded in ledger.rows("SELECT seq, kind, sha256 FROM chain ORDER BY seq"):
        if kind not in KINDS:
            yield Problem(f"F{seq}", f"事实的种类「{kind}」不认识")
            continue
        try:
            fact = fact_at(ledger, seq, kind)
        except LookupError:
            yield Problem(f"F{seq}", "事实本身不见了")
            continue
        own = {f: h for f, h in secrets.get(seq, {}).items() if f in SECRETS}
        if chain.sha256(chain.canonical(fact, own)) != recorded:
            yield Problem(f"F{seq}", "内容与登记时的校验码不符，被改动过")


def _strays(ledger: Ledger) -> Iterator[Problem]:
    for kind in KINDS:
        for (seq,) in ledger.rows(
            f"SELECT fact FROM {kind} WHERE fact NOT IN (SELECT seq FROM chain WHERE kind = ?)",
            (kind,),
        ):
            yield Problem(f"F{seq}", f"{kind} 表里有一项不在校验链上")


def _secrets(ledger: Ledger) -> Iterator[Problem]:
    for seq, field, hashed, salt, value in ledger.rows(
        "SELECT fact, field, sha256, salt, value FROM secret"
    ):
        if value is None:
            if not ledger.rows("SELECT 1 FROM erasure WHERE target = ?", (seq,)):
                yield Problem(f"F{seq}", f"{field} 不见了，而没有抹除的登记")
        elif chain.secret_hash(salt, value) != hashed:
            yield Problem(f"F{seq}", f"{field} 被改动过")


CHECKS = (_file, _schema, _chain, _strays, _facts, _secrets)
"""In the order in which they make sense of one another."""
