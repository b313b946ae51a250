"""Examining a ledger: the schema, the file, the chain, every row against its hash.

What this proves: nothing in the file was changed, added or taken out since it was recorded,
short of rewriting the chain. A cut tail and a full rewrite are exposed only by an anchor, a
place and hash kept elsewhere.

The database compares, span by span; what comes back is the little that does not agree. Each
statement sees one state of the ledger and asks of facts only what holds in every state, so that
others may go on recording meanwhile.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain as one_after_another
from typing import NamedTuple

from sqmy.errors import Problem
from sqmy.facts import KINDS, SECRETS, FactId
from sqmy.ledger import chain, hashing
from sqmy.ledger.database import Ledger
from sqmy.ledger.reading import facts_at, links
from sqmy.ledger.schema import SCHEMA_VERSION
from sqmy.ledger.sqlite import SqliteLedger, migrated_copy
from sqmy.ledger.structure import file_faults_beside, gathered, schema_faults

MOST = 20
"""Faults told at the most; one broken link breaks every later one."""

SPAN = 20_000
"""Places of the chain looked at by one statement."""

_LAST = 2**62

Step = Callable[[str, int, int], None]
"""Told what is being examined, how much of it is done, and how much there is."""


class Span(NamedTuple):
    """Places of the chain, both ends included."""

    low: FactId
    high: FactId


def examine(ledger: Ledger, step: Step | None = None) -> list[Problem]:
    """Every fault found, the first `MOST`.

    Args:
        ledger: open, in whatever schema; the facts of an earlier one are examined in a copy.
        step: told how far it is.
    """
    if not isinstance(ledger, SqliteLedger):
        from sqmy.ledger import postgresql_structure as on_server  # noqa: PLC0415 — rarely

        contents = _contents(ledger, step)
        return gathered(one_after_another(on_server.schema_faults(ledger), contents), MOST)
    found = gathered(schema_faults(ledger), MOST)
    if found and found[-1].place == "文件":  # a table is not as it was
        return found
    with _legible(ledger), file_faults_beside(ledger, MOST) as in_file:
        if ledger.version == SCHEMA_VERSION:
            others = gathered(_contents(ledger, step), MOST)
        else:
            with migrated_copy(ledger) as copy, _legible(copy):
                others = gathered(_contents(copy, step), MOST)
        found += in_file() + others
    return found[:MOST]


def _contents(ledger: Ledger, step: Step | None) -> Iterator[Problem]:
    """What is wrong in the chain and in the facts."""
    hashing.prepare(ledger)
    # as many as there are links: where a link says what place it has, may stand anything
    spans = list(_spans(links(ledger)))
    done, total = 0, len(CHECKS) * len(spans)
    for check, what in CHECKS.items():
        for span in spans:
            yield from check(ledger, span)
            done += 1
            if step:
                step(what, done, total)


def _spans(last: FactId) -> Iterator[Span]:
    """Spans that together hold every place there is, also those that should not be there."""
    low = -_LAST
    for high in range(SPAN, last, SPAN):
        yield Span(low, high)
        low = high + 1
    yield Span(low, _LAST)


@contextmanager
def _legible(ledger: SqliteLedger) -> Iterator[None]:
    """A text that damage has made unreadable is read as another one, so that its fact is named."""
    usual = ledger.connection.text_factory
    ledger.connection.text_factory = lambda raw: raw.decode(errors="backslashreplace")
    try:
        yield
    finally:
        ledger.connection.text_factory = usual


# -- the chain -------------------------------------------------------------------------------


def _gaps(ledger: Ledger, span: Span) -> Iterator[Problem]:
    """The first place that is missing; whatever comes after it stands at the wrong one."""
    row = ledger.row(
        "SELECT c.seq FROM chain c LEFT JOIN chain p ON p.seq = c.seq - 1"
        " WHERE c.seq BETWEEN :low AND :high AND c.seq <> 1 AND p.seq IS NULL"
        " ORDER BY c.seq LIMIT 1",
        span._asdict(),
    )
    if row:
        before = ledger.row("SELECT max(seq) FROM chain WHERE seq < :seq", {"seq": row[0]})
        yield Problem(f"F{((before and before[0]) or 0) + 1}", "这一项登记不见了")


def _links(ledger: Ledger, span: Span) -> Iterator[Problem]:
    broken = ledger.rows(
        f"SELECT c.seq, c.previous <> coalesce(p.hash, '') FROM chain c"
        " LEFT JOIN chain p ON p.seq = c.seq - 1"
        " WHERE c.seq BETWEEN :low AND :high"
        f" AND (c.previous <> coalesce(p.hash, '') OR {hashing.link('c')} <> c.hash)"
        " ORDER BY c.seq LIMIT :most",
        {**span._asdict(), "most": MOST},
    )
    for seq, loose in broken:
        row = ledger.row("SELECT * FROM chain WHERE seq = :seq", {"seq": seq})
        if loose:
            yield Problem(f"F{seq}", "与前一项的校验码接不上")
        elif row and chain.Entry(*row[:-1]).hash != row[-1]:
            yield Problem(f"F{seq}", "登记的时间、经办人或内容的校验码被改动")


# -- the facts -------------------------------------------------------------------------------


def _missing(ledger: Ledger, span: Span) -> Iterator[Problem]:
    """Links without a fact, or with one of a kind or a form that nobody knows."""
    there = " ".join(
        f"WHEN '{kind}' THEN EXISTS (SELECT 1 FROM {kind} WHERE fact = seq)" for kind in KINDS
    )
    rows = ledger.rows(
        "SELECT seq, kind, form FROM chain WHERE seq BETWEEN :low AND :high"
        f" AND (form NOT BETWEEN 1 AND {chain.FORM} OR NOT coalesce(CASE kind {there} END, 1 = 0))"
        " ORDER BY seq LIMIT :most",
        {**span._asdict(), "most": MOST},
    )
    for seq, kind, form in rows:
        if kind not in KINDS:
            yield Problem(f"F{seq}", f"事实的种类「{kind}」不认识")
        elif not 1 <= form <= chain.FORM:
            yield Problem(f"F{seq}", f"校验码的算法第 {form} 版不认识")
        else:
            yield Problem(f"F{seq}", "事实本身不见了")


def _facts(ledger: Ledger, span: Span) -> Iterator[Problem]:
    for kind in KINDS:
        differing = " OR ".join(
            f"(c.form = {form} AND ({hashing.fact(kind, form)} <> c.sha256"
            f" OR {hashing.unhashed(kind, form)}))"
            for form in range(1, chain.FORM + 1)
        )
        rows = ledger.rows(
            f"SELECT f.fact, c.kind, c.form, c.sha256 FROM {kind} f"
            " LEFT JOIN chain c ON c.seq = f.fact WHERE f.fact BETWEEN :low AND :high"
            f" AND (c.kind IS NULL OR c.kind <> '{kind}' OR {differing})"
            " ORDER BY f.fact LIMIT :most",
            {**span._asdict(), "most": MOST},
        )
        for seq, linked, form, hashed in rows:
            if linked != kind:
                yield Problem(f"F{seq}", f"{kind} 表里有一项不在校验链上")
            elif not _agrees(ledger, seq, kind, form, hashed):
                yield Problem(f"F{seq}", "内容与登记时的校验码不符，被改动过")


def _agrees(ledger: Ledger, seq: FactId, kind: str, form: int, hashed: str) -> bool:
    """Whether a fact, looked at once more, has its hash and nothing that its form leaves out."""
    fact = facts_at(ledger, (seq,), kind)[seq]
    secrets = dict(
        ledger.rows("SELECT field, sha256 FROM secret WHERE fact = :fact", {"fact": seq})
    )
    later = set(fact._fields) - set(chain.fields_of(kind, form))
    return chain.sha256(chain.canonical(fact, secrets, form)) == hashed and not any(
        getattr(fact, field) for field in later
    )


# -- what stands beside the facts ------------------------------------------------------------


def _attributes(ledger: Ledger, span: Span) -> Iterator[Problem]:
    for (seq,) in ledger.rows(
        "SELECT DISTINCT a.fact FROM attribute a LEFT JOIN chain c ON c.seq = a.fact"
        " WHERE a.fact BETWEEN :low AND :high"
        f" AND NOT coalesce({_has_field('attributes')}, 1 = 0)"
        " ORDER BY a.fact LIMIT :most",
        {**span._asdict(), "most": MOST},
    ):
        yield Problem(f"F{seq}", "多出附加项")


def _places(ledger: Ledger, span: Span) -> Iterator[Problem]:
    """Lists whose places do not run from 1 without a gap; the hash knows only their order."""
    for table, _ in chain.LISTS.values():
        for (seq,) in ledger.rows(
            f"SELECT DISTINCT t.fact FROM {table} t WHERE t.fact BETWEEN :low AND :high"
            " AND t.position <> 1 AND NOT EXISTS"
            f" (SELECT 1 FROM {table} b WHERE b.fact = t.fact AND b.position = t.position - 1)"
            " ORDER BY t.fact LIMIT :most",
            {**span._asdict(), "most": MOST},
        ):
            yield Problem(f"F{seq}", f"{table} 里的次序被改动")


def _secrets(ledger: Ledger, span: Span) -> Iterator[Problem]:
    holders = " OR ".join(
        f"(s.field = '{field}' AND ({_has_field(field)}))" for field in sorted(SECRETS)
    )
    rows = ledger.rows(
        "SELECT * FROM ("
        f"SELECT s.fact, s.field, coalesce({holders}, 1 = 0) AS belongs,"
        " EXISTS (SELECT 1 FROM erasure WHERE target = s.fact) AS erased,"
        " s.salt IS NOT NULL OR s.value IS NOT NULL AS held,"
        f" coalesce({hashing.secret('s')} = s.sha256, 1 = 0) AS agrees"
        " FROM secret s LEFT JOIN chain c ON c.seq = s.fact"
        " WHERE s.fact BETWEEN :low AND :high) AS found"
        " WHERE NOT belongs OR erased = held OR (NOT erased AND NOT agrees)"
        " ORDER BY fact, field LIMIT :most",
        {**span._asdict(), "most": MOST},
    )
    for seq, field, belongs, erased, held, _ in rows:
        if not belongs:
            yield Problem(f"F{seq}", f"多出 {field}")
        elif erased:
            yield Problem(f"F{seq}", f"{field} 已经抹除，却又出现")
        elif held:
            yield Problem(f"F{seq}", f"{field} 被改动过")
        else:
            yield Problem(f"F{seq}", f"{field} 不见了，而没有抹除的登记")


def _seals(ledger: Ledger, span: Span) -> Iterator[Problem]:
    """Seals recorded with hashes that are not those of what they seal."""
    for (seq,) in ledger.rows(
        "SELECT f.fact FROM seal f JOIN chain c ON c.seq = f.fact"
        " WHERE f.fact BETWEEN :low AND :high"
        f" AND (f.facts <> c.previous OR f.output <> {hashing.sha256('f.result')})"
        " ORDER BY f.fact LIMIT :most",
        {**span._asdict(), "most": MOST},
    ):
        yield Problem(f"F{seq}", "封存的结果与它的校验码不符")


def _has_field(field: str) -> str:
    """The condition that the fact of a link `c` is of a kind and a form that has that field."""
    return " OR ".join(
        f"c.kind = '{kind}' AND c.form >= {chain.ADDED.get((kind, field), 1)}"
        for kind, known in KINDS.items()
        if field in known._fields
    )


CHECKS = {
    _gaps: "核对校验链",
    _links: "核对校验链",
    _missing: "核对事实",
    _facts: "核对事实",
    _attributes: "核对附加内容",
    _places: "核对附加内容",
    _secrets: "核对附加内容",
    _seals: "核对封存的结果",
}
"""What is examined span by span, in the order in which it makes sense, each with its name."""
