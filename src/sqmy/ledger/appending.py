"""Appending to the chain: a fact laid into its tables, and the link that holds it."""

import os
from datetime import UTC, datetime, timedelta

from sqmy import facts
from sqmy.errors import LedgerError
from sqmy.facts import Fact, FactId
from sqmy.ledger import chain
from sqmy.ledger.database import Ledger


def _into(table: str, *columns: str) -> str:
    """The statement that lays a row into a table, all its columns named."""
    return f"INSERT INTO {table} VALUES ({', '.join(f':{column}' for column in columns)})"


_CHAIN = _into("chain", *chain.Entry._fields, "hash")
_FACTS = {kind: _into(kind, "fact", *chain.columns_of(kind)) for kind in facts.KINDS}
_SECRET = _into("secret", "fact", "field", "sha256", "salt", "value")
_ATTRIBUTE = _into("attribute", "fact", "name", "value")
_LISTS = {
    field: _into(table, "fact", "position", "value") for field, (table, _) in chain.LISTS.items()
}


CLOCKS_DIFFER = timedelta(minutes=5)
"""Of several who record on one server, the clocks are never quite the same."""


def _moment(ahead: timedelta = timedelta()) -> str:
    """The moment of recording, in UTC, or one that is so far ahead."""
    now = (datetime.now(UTC) + ahead).replace(tzinfo=None)
    return f"{now.isoformat(timespec='seconds')}Z"


class Chain:
    """The end of a ledger's chain, and whose name it grows in.

    Args:
        ledger: open, inside `writing`.
        operator: who records; enters the chain.

    Attributes:
        seq: the last place.
        hash: of the last link.
        batch: the import that what is recorded belongs to.

    Raises:
        LedgerError: the last link does not follow on another.
    """

    def __init__(self, ledger: Ledger, operator: str) -> None:
        self.ledger = ledger
        self.operator = operator
        self.batch: int | None = None
        head = ledger.row(
            "SELECT c.seq, c.hash, c.recorded_at, p.seq FROM chain c"
            " LEFT JOIN chain p ON p.seq = c.seq - 1 ORDER BY c.seq DESC LIMIT 1"
        )
        if head and head[3] is None and head[0] != 1:
            raise LedgerError(
                f"校验链末尾的第 {head[0]} 项前面缺了一项：台账被改动过，没有写入。"
                "请用 sqmy verify 核对，用备份恢复。"
            )
        self.seq: FactId = head[0] if head else 0
        self.hash: str = head[1] if head else ""
        self._mind_the_clock(head[2] if head else "")

    def _mind_the_clock(self, last: str) -> None:
        """Note it where our clock is behind that of the last fact; recording goes on by ours."""
        if last > _moment(CLOCKS_DIFFER):
            told = (
                f"电脑的时钟是 {_moment()[:16]}（世界时），比上一项登记的时刻 {last[:16]} 还早。"
                "登记照常，时刻照电脑的时钟记；请校准时钟。"
            )
            self.ledger.notices += (told,)

    def append(self, fact: Fact) -> FactId:
        """Lay the fact into its tables and append it to the chain; its place there."""
        kind, seq = facts.kind_of(fact), self.seq + 1
        sealed = {
            field: (salt := os.urandom(16).hex(), chain.secret_hash(salt, value), value)
            for field in sorted(facts.SECRETS.intersection(fact._fields))
            if (value := getattr(fact, field)) is not None
        }
        hashes = {field: hashed for field, (_, hashed, _) in sealed.items()}
        entry = chain.Entry(
            seq,
            _moment(),
            self.operator,
            kind,
            self.batch,
            chain.FORM,
            chain.sha256(chain.canonical(fact, hashes, chain.FORM)),
            self.hash,
        )
        own_hash = entry.hash
        self.ledger.run(_CHAIN, {**entry._asdict(), "hash": own_hash})
        own = {column: getattr(fact, column) for column in chain.columns_of(kind)}
        self.ledger.run(_FACTS[kind], {"fact": seq, **own})
        for field, (salt, hashed, value) in sealed.items():
            row = {"fact": seq, "field": field, "sha256": hashed, "salt": salt, "value": value}
            self.ledger.run(_SECRET, row)
        self._append_lists(seq, fact)
        self.seq, self.hash = seq, own_hash
        return seq

    def _append_lists(self, seq: FactId, fact: Fact) -> None:
        for field, statement in _LISTS.items():
            if held := getattr(fact, field, ()):
                rows = enumerate(held, 1)
                self.ledger.run_many(
                    statement, [{"fact": seq, "position": at, "value": value} for at, value in rows]
                )
        for name, value in getattr(fact, "attributes", ()):
            self.ledger.run(_ATTRIBUTE, {"fact": seq, "name": name, "value": value})
