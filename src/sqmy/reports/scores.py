"""The year's points as the JSON that other programs rely on; tables are in `score_tables`."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from sqmy import points
from sqmy.days import Day
from sqmy.facts import FactId, Ruling
from sqmy.reports import marks
from sqmy.reports.audience import View
from sqmy.reports.model import Basis, Number
from sqmy.reports.sealed import Sealed
from sqmy.rules.rulebook import Rulebook
from sqmy.scoring.book import Holder, Key, Obligation, PointLine, ScoreBook
from sqmy.scoring.conversion import converted


class Source(NamedTuple):
    """An edition of the rulebook that scored, as it is named beside the figures."""

    name: str
    edition: str
    sha256: str
    since: Day | None


class YearScores(NamedTuple):
    """A year's points with all that a report tells beside them.

    Attributes:
        titles: number and title of each item, as far as the audience may know them.
        seq, head: the ledger's last place and its hash.
        view: for whom they are told.
        rulings: every ruling, with its place in the chain.
        until: the last day that counts, where the rest of the year is left out.
        sealed: the seal of a published result; None for what is computed now.
    """

    book: ScoreBook
    rulebook: Rulebook
    sources: tuple[Source, ...]
    titles: Mapping[FactId, tuple[str, str]]
    seq: int
    head: str
    view: View = View()
    rulings: tuple[tuple[FactId, Ruling], ...] = ()
    until: Day | None = None
    sealed: Sealed | None = None

    @property
    def title(self) -> str:
        """`2025年社情民意信息得分`, with the day up to which it counts, where there is one."""
        as_of = f"（截至 {self.until}）" if self.until else ""
        return f"{self.book.year.chinese}社情民意信息得分{as_of}"

    def holders(self) -> tuple[Holder, ...]:
        """Members, then units."""
        return (*self.book.members, *self.book.units)

    def shown(self, holder: Holder) -> str:
        """The holder's total as printed."""
        return points.rounded(holder.total, self.rulebook.decimals)

    def amount(self, account: str, value: Fraction) -> str:
        """A total of another account as printed, with what it is counted in."""
        own = next(one for one in self.rulebook.words.accounts if one.label == account)
        return f"{points.rounded(value, own.decimals)} {own.measure}"

    def number(self, value: Fraction) -> Number:
        """Points as a cell, with the rulebook's decimals."""
        return Number(value, self.rulebook.decimals)

    def converted(self) -> dict[Key, Fraction]:
        """What each holder's points come to in a larger assessment; empty where none is."""
        return converted(self.book, self.rulebook)


def score_json(scores: YearScores) -> dict[str, Any]:
    """The year as JSON: totals, standings, every line, every obligation due."""
    book, parts = scores.book, scores.converted()
    return {
        "year": int(book.year.label),
        "rulebooks": [
            {"name": s.name, "edition": s.edition, "sha256": s.sha256, "from": s.since}
            for s in scores.sources
        ],
        "ledger": {"seq": scores.seq, "head": scores.head},
        "members": [
            {
                "name": holder.name,
                "unit": holder.unit,
                "peer_group": holder.peer_group,
                **_holder_json(scores, holder, parts),
            }
            for holder in book.members
        ],
        "units": [
            {
                "name": holder.name,
                "kind": holder.kind,
                "peer_group": holder.peer_group,
                **_holder_json(scores, holder, parts),
            }
            for holder in book.units
        ],
        "quotas": [obligation_json(obligation) for obligation in book.obligations],
        **({"until": scores.until} if scores.until else {}),
        **beside(scores),
    }


def beside(scores: YearScores) -> dict[str, Any]:
    """What the JSON of a report says beside its figures: its audience, the seal they rest on."""
    if scores.sealed is None:
        return scores.view.value()
    return {**scores.view.value(), "sealed": scores.sealed.value(scores.rulebook.decimals)}


def _holder_json(
    scores: YearScores, holder: Holder, parts: Mapping[Key, Fraction]
) -> dict[str, Any]:
    """A holder's total, standing and lines; and what is converted, where anything is."""
    return {
        "points": scores.shown(holder),
        "exact": points.exact(holder.total),
        "rank": holder.standing,
        "lines": [line_json(scores, line) for line in scores.book.lines_of(holder.key)],
        **_accounts_json(scores, holder),
        **converted_json(scores, parts.get(holder.key)),
    }


def converted_json(scores: YearScores, part: Fraction | None) -> dict[str, Any]:
    """What a holder's points come to in a larger assessment, where there is one."""
    if part is None:
        return {}
    printed = points.rounded(part, scores.rulebook.decimals)
    return {"converted": {"points": printed, "exact": points.exact(part)}}


def _accounts_json(scores: YearScores, holder: Holder) -> dict[str, Any]:
    """The totals of other accounts, where the regulation has any."""
    if not holder.accounts:
        return {}
    return {
        "accounts": {
            account: {"points": scores.amount(account, total), "exact": points.exact(total)}
            for account, total in holder.accounts.items()
        }
    }


def line_json(scores: YearScores, line: PointLine) -> dict[str, Any]:
    """One line of points."""
    return {
        "clause": line.clause,
        "points": points.rounded(line.points, scores.rulebook.decimals),
        "exact": points.exact(line.points),
        "submission": None if line.item is None else scores.titles[line.item][0],
        "fact": None if line.fact is None else f"F{line.fact}",
        "edition": line.edition or scores.rulebook.edition,
        "note": line.note,
    }


def obligation_json(obligation: Obligation) -> dict[str, Any]:
    """One obligation."""
    return {
        "holder": obligation.name,
        "holder_type": obligation.key[0],
        "unit": obligation.unit,
        "role": obligation.role,
        "metric": obligation.metric,
        "period": obligation.period.label,
        "period_end": obligation.period.last,
        "required": _plain(obligation.required),
        "actual": _plain(obligation.actual),
        "met": obligation.met,
        "binding": obligation.binding,
        "clause": obligation.clause,
    }


def _plain(value: Fraction | int) -> int | str:
    """A count as JSON has it: a whole number, or an exact rational as text."""
    return value.numerator if value.denominator == 1 else points.exact(value)


def basis(scores: YearScores) -> Basis:
    """What the figures rest on: the editions that scored, and the ledger's last place."""
    anchor = scores.seq, scores.head
    found = based_on(scores.book.year.label, scores.sources, anchor, scores.view)
    if scores.sealed is None:
        return found
    told = scores.sealed.told()
    return Basis((*found.told, *told), (*found.marks, *scores.sealed.marks()), told)


def based_on(year: str, sources: Sequence[Source], anchor: tuple[int, str], view: View) -> Basis:
    """What figures rest on.

    Args:
        year: the label of the year, or years, that they are of.
        sources: the editions of the rulebook.
        anchor: the ledger's last place and its hash.
        view: for whom they are told.
    """
    used = "；".join(f"《{s.name}》{s.edition}" for s in sources)
    seq, head = anchor
    told = (f"计分办法：{used}", f"台账：第 {seq} 项登记，校验码 {head[:16]}")
    carried = (
        (marks.YEAR, year),
        (marks.LEDGER, f"{seq}:{head}"),
        (marks.RULEBOOKS, ",".join(s.sha256 for s in sources)),
    )
    return Basis((*told, *view.told()), (*carried, *view.marks()))
