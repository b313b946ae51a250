"""The year's points as tables and as the JSON that other programs rely on."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from sqmy import points
from sqmy.days import Day
from sqmy.facts import FactId, Ruling
from sqmy.reports.audience import View
from sqmy.reports.model import Basis, Column, Number, Report, Table
from sqmy.reports.sealed import Sealed
from sqmy.rules.rulebook import Rulebook
from sqmy.scoring.book import Holder, Obligation, PointLine, ScoreBook


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


def score_json(scores: YearScores) -> dict[str, Any]:
    """The year as JSON: totals, standings, every line, every obligation due."""
    book = scores.book
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
                **holder_json(scores, holder),
            }
            for holder in book.members
        ],
        "units": [
            {
                "name": holder.name,
                "kind": holder.kind,
                "peer_group": holder.peer_group,
                **holder_json(scores, holder),
            }
            for holder in book.units
        ],
        "quotas": [obligation_json(obligation) for obligation in book.obligations],
        **scores.view.value(),
        **({"until": scores.until} if scores.until else {}),
        **({"sealed": scores.sealed.value(scores.rulebook.decimals)} if scores.sealed else {}),
    }


def holder_json(scores: YearScores, holder: Holder) -> dict[str, Any]:
    """A holder's total, standing and lines."""
    return {
        "points": scores.shown(holder),
        "exact": points.exact(holder.total),
        "rank": holder.standing,
        "lines": [line_json(scores, line) for line in scores.book.lines_of(holder.key)],
        **_accounts_json(scores, holder),
    }


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
    return Basis((*found.told, *scores.sealed.told()), (*found.marks, *scores.sealed.marks()))


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
    marks = (
        ("sqmy.year", year),
        ("sqmy.ledger", f"{seq}:{head}"),
        ("sqmy.rulebooks", ",".join(s.sha256 for s in sources)),
    )
    return Basis((*told, *view.told()), (*marks, *view.marks()))


def score_report(scores: YearScores, today: Day) -> Report:
    """The year's totals: members, then units."""
    book = scores.book
    members = Table(
        f"个人（{len(book.members)} 人）",
        (
            Column("名次", "right"),
            Column("姓名"),
            Column("单位"),
            Column("得分", "right"),
        ),
        tuple((h.standing, h.name, h.unit, scores.number(h.total)) for h in book.members),
    )
    units = Table(
        f"单位（{len(book.units)} 个）",
        (
            Column("名次", "right"),
            Column("单位"),
            Column("类别"),
            Column("考评序列"),
            Column("得分", "right"),
        ),
        tuple(
            (h.standing, h.name, h.kind, h.peer_group or "", scores.number(h.total))
            for h in by_group(book.units)
        ),
        grouped_by="考评序列",
    )
    undecided = (
        (f"{len(book.open)} 项缺附加项，办法又要看它，暂不计分，见 sqmy explain。",)
        if book.open
        else ()
    )
    running = (
        (f"截至 {today}，本年度尚未结束：任务在期末才见分晓，任务得分随之变动。",)
        if today <= book.year.last and not scores.until and not scores.sealed
        else ()
    )
    notes = (*running, *undecided)
    return Report(scores.title, (members, units), notes=notes, basis=basis(scores))


def by_group(units: Sequence[Holder]) -> list[Holder]:
    """Groups in the order in which their first unit stands; within one by standing."""
    order: dict[str | None, int] = {}
    for holder in units:
        order.setdefault(holder.peer_group, len(order))
    return sorted(units, key=lambda holder: (order[holder.peer_group], holder.standing))


def score_table(scores: YearScores) -> Table:
    """All holders in one flat table, for CSV."""
    return Table(
        "",
        (
            Column("类别"),
            Column("名称"),
            Column("所在单位"),
            Column("考评序列"),
            Column("名次", "right"),
            Column("得分", "right"),
            Column("精确值", "right"),
        ),
        tuple(
            (
                "个人" if h.key[0] == "member" else "单位",
                h.name,
                h.unit,
                h.peer_group or "",
                h.standing,
                scores.number(h.total),
                points.exact(h.total),
            )
            for h in scores.holders()
        ),
    )
