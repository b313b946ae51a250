"""What a fact means for points, told when it is recorded.

The item is scored alone, before and after, by the same engine as the year: the difference is
what the fact changed. Quota points are a year's matter and are told as what counts towards them.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

from sqmy import points, terms
from sqmy.days import Day
from sqmy.facts import FactId
from sqmy.ledger import seals
from sqmy.ledger.circumstances import Only
from sqmy.ledger.snapshot import snapshot
from sqmy.rules import looking
from sqmy.rules.rulebook import Rulebook
from sqmy.scoring.book import Key, PointLine, ScoreBook
from sqmy.scoring.engine import score
from sqmy.terms import KINDS, METRICS
from sqmy.workspace.desk import Desk

SHOWN = 6
"""Holders named in one sentence, at the most."""


Shares = dict[tuple[Key, str, str], Fraction]
"""Points by holder, clause and account; "" is the points themselves."""


class Effect(NamedTuple):
    """What one item brings.

    Attributes:
        shares: what each holder gets.
        names: names of these holders.
        counts: obligations it counts towards, in words.
        decimals: how many are printed, by account.
        remark: what to say instead of figures.
        sealed: the published results that stay as they are, `2025 年`.
        closing: a last word, about these.
        missing: clauses that cannot tell yet, each with the attribute that is not recorded and
            the fact.
    """

    shares: Shares
    names: dict[Key, str]
    counts: tuple[str, ...]
    decimals: Mapping[str, int] = MappingProxyType({})
    remark: str = ""
    sealed: tuple[str, ...] = ()
    closing: str = ""
    missing: tuple[tuple[str, str, FactId], ...] = ()

    @classmethod
    def nothing(cls) -> "Effect":
        """No word about points."""
        return cls({}, {}, ())

    @classmethod
    def kept_only(cls) -> "Effect":
        """A fact that is kept and shown and earns nothing."""
        return cls({}, {}, (), remark="记录在案，不涉及得分。")

    def since(self, before: "Effect", unchanged: str) -> "Effect":
        """The difference to an earlier state; `unchanged` is what to say where there is none."""
        changed = {
            key: self.shares.get(key, Fraction()) - before.shares.get(key, Fraction())
            for key in (*before.shares, *self.shares)
        }
        changed = {key: value for key, value in changed.items() if value}
        new = tuple(word for word in self.counts if word not in before.counts)
        gone = tuple(f"不再计入{word}" for word in before.counts if word not in self.counts)
        told = "、".join(self.sealed)
        missing = [one for one in self.missing if one not in before.missing]
        if missing:
            lacking = "、".join(dict.fromkeys(name for _, name, _ in missing))
            clauses = "、".join(dict.fromkeys(clause for clause, _, _ in missing))
            unchanged = f"按{clauses}的得分待定：没有登记「{lacking}」。"
        return Effect(
            changed,
            before.names | self.names,
            new + gone,
            self.decimals,
            unchanged if missing or not changed else "",
            closing=f"{told}的得分已封存，公布的不变；要更正，用 sqmy correct。"
            if told and (changed or new or gone)
            else "",
        )

    def words(self) -> str:
        """In a sentence or two; "" where there is nothing to say."""
        told = []
        if self.shares:
            clauses = "、".join(dict.fromkeys(clause for _, clause, _ in self.shares))
            sums: dict[tuple[Key, str], Fraction] = {}
            for (key, _, account), value in self.shares.items():
                sums[key, account] = sums.get((key, account), Fraction()) + value
            parts = [
                f"{self.names[key]}{account} {points.short(value, self.decimals.get(account, 2))}"
                for (key, account), value in sorted(sums.items())  # by the register
            ]
            told.append(f"按{clauses}：{_listed(parts)}。")
        told.append(self.remark)
        if self.counts:
            told.append(f"任务：{_listed(self.counts)}。")
        told.append(self.closing)
        return "".join(told)


def _listed(parts: Iterable[str]) -> str:
    parts = list(parts)
    more = f"等 {len(parts)} 项" if len(parts) > SHOWN else ""
    return "，".join(parts[:SHOWN]) + more


def effect_of(desk: Desk, item: FactId, *on: Day) -> Effect:
    """What an item brings in the scoring years of these days, as the ledger stands now."""
    shares: Shares = {}
    names: dict[Key, str] = {}
    counts: list[str] = []
    missing: list[tuple[str, str, FactId]] = []
    decimals = _decimals(desk.rulebook)
    years = dict.fromkeys(desk.period_of(day) for day in on)
    for year in years:
        rulebook = desk.rulebook_in(int(year.label))
        facts = snapshot(
            desk.ledger,
            year,
            Only("item", item),
            reads=looking.reads(rulebook),
            people=desk.register,
        )
        book = score(facts, rulebook, int(year.label))
        for holder in (*book.members, *book.units):
            names[holder.key] = holder.name
            for line in _lines(book, holder.key, rulebook):
                if line.item is not None:
                    key = (holder.key, line.clause, line.account or "")
                    shares[key] = shares.get(key, Fraction()) + line.points
        counts += [
            f"{due.name} {due.period.chinese}{METRICS[due.metric]}"
            for due in book.obligations
            if due.actual
        ]
        missing += [(one.clause, one.missing, one.fact) for one in book.open if one.item == item]
        decimals = _decimals(rulebook)
    return Effect(
        shares,
        names,
        tuple(dict.fromkeys(counts)),
        decimals,
        sealed=sealed_on(desk, on),
        missing=tuple(dict.fromkeys(missing)),
    )


def sealed_on(desk: Desk, days: Iterable[Day]) -> tuple[str, ...]:
    """The published results that count what is dated on one of these days."""
    found = seals.sealed(desk.ledger)
    dated = {(int(desk.period_of(day).label), day) for day in days} if found else set()
    return tuple(
        terms.sealed_period(year, period, until).replace("年", " 年", 1)
        for year, period, until in found
        if any(own == year and day <= until for own, day in dated)
    )


def holder_effect(desk: Desk, key: Key, on: Day) -> Effect:
    """What one holder has in the scoring year of a day, as the ledger stands now."""
    year = desk.period_of(on)
    rulebook = desk.rulebook_in(int(year.label))
    reads = looking.reads(rulebook)
    facts = snapshot(desk.ledger, year, Only(*key), reads=reads, people=desk.register)
    book = score(facts, rulebook, int(year.label), key)
    shares: Shares = {}
    for line in _lines(book, key, rulebook):
        own = (key, line.clause, line.account or "")
        shares[own] = shares.get(own, Fraction()) + line.points
    names = {holder.key: holder.name for holder in (*book.members, *book.units)}
    listed = {own: value for own, value in shares.items() if key in names}
    return Effect(listed, names, (), _decimals(rulebook), sealed=sealed_on(desk, [on]))


def _lines(book: ScoreBook, key: Key, rulebook: Rulebook) -> Iterator[PointLine]:
    """A holder's lines, those of every account too."""
    yield from book.lines_of(key)
    for account in rulebook.words.accounts:
        yield from book.lines_in(key, account.label)


def _decimals(rulebook: Rulebook) -> dict[str, int]:
    accounts = rulebook.words.accounts
    return {"": rulebook.decimals} | {one.label: one.decimals for one in accounts}


def why_unchanged(desk: Desk, kind: str, label: str) -> str:
    """Why a fact about an item changed no points."""
    if any(rule.kind == kind and label in rule.table for rule in desk.rulebook.rules):
        return "得分不变：按“同篇”的规定不再另计，或得分人不在考评之列。"
    return f"得分不变：计分办法没有给{label}{KINDS[kind]}定分。"
