"""The year's points as tables and as the JSON that other programs rely on."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from sqmy import points, terms
from sqmy.days import Day, days_between
from sqmy.facts import FactId
from sqmy.reports.model import Column, Report, Table
from sqmy.rules.rulebook import Rulebook
from sqmy.scoring.book import Holder, Obligation, PointLine, ScoreBook

TITLE_WIDTH = 44
"""Columns of a title in a table on the terminal."""


class Source(NamedTuple):
    """An edition of the rulebook that scored, as it is named beside the figures."""

    name: str
    edition: str
    sha256: str
    since: Day | None


class YearScores(NamedTuple):
    """A year's points with all that a report tells beside them.

    Attributes:
        titles: number and title of each item.
        seq, head: the ledger's last place and its hash.
    """

    book: ScoreBook
    rulebook: Rulebook
    sources: tuple[Source, ...]
    titles: Mapping[FactId, tuple[str, str]]
    seq: int
    head: str

    def holders(self) -> tuple[Holder, ...]:
        """Members, then units."""
        return (*self.book.members, *self.book.units)

    def shown(self, holder: Holder) -> str:
        """The holder's total as printed."""
        return points.rounded(holder.total, self.rulebook.decimals)


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
    }


def holder_json(scores: YearScores, holder: Holder) -> dict[str, Any]:
    """A holder's total, standing and lines."""
    return {
        "points": scores.shown(holder),
        "exact": points.exact(holder.total),
        "rank": holder.standing,
        "lines": [line_json(scores, line) for line in scores.book.lines_of(holder.key)],
    }


def line_json(scores: YearScores, line: PointLine) -> dict[str, Any]:
    """One line of points."""
    return {
        "clause": line.clause,
        "points": points.rounded(line.points, scores.rulebook.decimals),
        "exact": points.exact(line.points),
        "submission": None if line.item is None else scores.titles[line.item][0],
        "fact": None if line.fact is None else f"F{line.fact}",
        "edition": scores.rulebook.edition,
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
        "required": obligation.required,
        "actual": obligation.actual,
        "met": obligation.met,
        "binding": obligation.binding,
        "clause": obligation.clause,
    }


def _basis(scores: YearScores) -> tuple[str, ...]:
    """What the figures rest on, for the foot of every report."""
    used = "；".join(f"《{s.name}》{s.edition}" for s in scores.sources)
    return (f"计分办法：{used}", f"台账：第 {scores.seq} 项登记，校验码 {scores.head[:16]}")


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
        tuple((str(h.standing), h.name, h.unit, scores.shown(h)) for h in book.members),
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
            (str(h.standing), h.name, h.kind, h.peer_group or "", scores.shown(h))
            for h in sorted(book.units, key=_by_group(book.units))
        ),
    )
    running = (
        (f"截至 {today}，本年度尚未结束：任务在期末才见分晓，任务得分随之变动。",)
        if today <= book.year.last
        else ()
    )
    title = f"{book.year.chinese}社情民意信息得分"
    return Report(title, (members, units), notes=(*running, *_basis(scores)))


def _by_group(units: Iterable[Holder]) -> Callable[[Holder], tuple[int, int]]:
    """Groups in the order in which their first unit stands; within one by standing."""
    order: dict[str | None, int] = {}
    for holder in units:
        order.setdefault(holder.peer_group, len(order))
    return lambda holder: (order[holder.peer_group], holder.standing)


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
                str(h.standing),
                scores.shown(h),
                points.exact(h.total),
            )
            for h in scores.holders()
        ),
    )


def explain_report(scores: YearScores, holder: Holder, today: Day) -> Report:
    """Every line of one holder's points, with clause and evidence, and the clauses' meaning."""
    decimals = scores.rulebook.decimals
    lines = scores.book.lines_of(holder.key)
    rows = []
    for line in lines:
        number, title = scores.titles[line.item] if line.item is not None else ("", "")
        rows.append(
            (
                line.clause,
                points.short(line.points, decimals),
                f"{number} {title}".strip(),
                f"F{line.fact}" if line.fact is not None else "",
                line.note,
            )
        )
    detail = Table(
        f"得分明细（{len(rows)} 项）",
        (
            Column("条款"),
            Column("得分", "right"),
            Column("信息", width=TITLE_WIDTH),
            Column("登记号"),
            Column("缘由"),
        ),
        tuple(rows),
        () if rows else ("本年度没有得分事项。",),
    )
    own = [o for o in scores.book.obligations if o.key == holder.key]
    cited = dict.fromkeys([line.clause for line in lines] + [o.clause for o in own])
    meanings = tuple(f"{c}　{scores.rulebook.clauses.get(c, '')}" for c in cited)
    tables = [detail]
    if own:
        tables.append(quota_table("任务", own, today))
    exact = points.exact(holder.total)
    place = f"第 {holder.standing} 名" + (f"（{holder.peer_group}）" if holder.peer_group else "")
    total = f"合计 {scores.shown(holder)} 分" + (f"（精确值 {exact}）" if "/" in exact else "")
    who = holder.name if holder.key[0] == "unit" else f"{holder.name}（{holder.unit}）"
    return Report(
        f"{scores.book.year.chinese} {who}",
        tuple(tables),
        lead=(f"{total}，{place}。",),
        notes=(*(("所引条款：", *meanings) if meanings else ()), *_basis(scores)),
    )


def quota_table(title: str, obligations: Iterable[Obligation], as_of: Day) -> Table:
    """Obligations with what was done and what is owed."""
    rows = []
    for o in obligations:
        state = o.state(as_of)
        left = days_between(as_of, o.period.last)
        rows.append(
            (
                o.name,
                o.unit if o.key[0] == "member" else "",
                o.role,
                o.period.chinese,
                terms.METRICS[o.metric],
                str(o.required),
                str(o.actual),
                f"{state}（还有 {left} 天）" if state == "未到期" else state,
                "" if o.binding else "原则上",
                o.clause,
            )
        )
    return Table(
        title,
        (
            Column("名称"),
            Column("单位"),
            Column("身份或类别"),
            Column("期间"),
            Column("指标"),
            Column("应完成", "right"),
            Column("已完成", "right"),
            Column("状态"),
            Column("约束"),
            Column("条款"),
        ),
        tuple(rows),
    )


def quota_report(scores: YearScores, as_of: Day, *, owing: bool) -> Report:
    """The year's obligations; with `owing`, only those not yet met."""
    chosen = [o for o in scores.book.obligations if not (owing and o.met)]
    title = f"{scores.book.year.chinese}任务{'欠交' if owing else '完成'}情况（截至 {as_of}）"
    table = quota_table("", chosen, as_of)
    met = sum(o.met for o in scores.book.obligations)
    lead = f"应完成 {len(scores.book.obligations)} 项，已完成 {met} 项。"
    return Report(title, (table,), lead=(lead,), notes=_basis(scores))
