"""更正通报: what of a published result is another, line by line, and why. The rest stands."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from sqmy import points, terms
from sqmy.facts import FactId
from sqmy.reports.model import Cell, Column, Number, Report, Table
from sqmy.reports.scores import YearScores, basis
from sqmy.reports.sealed import Sealed, change_json, change_row
from sqmy.scoring.book import Key, Obligation, PointLine
from sqmy.scoring.differing import Change, Differences, LineChange

UNKNOWN = "封存以后没有与它有关的登记：由别人、别的信息的变动而来，或程序的算法有变。"
"""Why a line is another, where nothing was recorded about it."""


OTHERS = "别的得分人的得分或考评序列有变"
"""Why a standing alone is another, where nothing was recorded about the holder."""


class Reason(NamedTuple):
    """A fact recorded since the seal, in words.

    Attributes:
        day: when it was recorded, by the calendar of UTC.
    """

    fact: FactId
    day: str
    words: str

    def __str__(self) -> str:
        return f"{self.words}（{self.day} 登记，F{self.fact}）"


class Correction(NamedTuple):
    """A published result and what it would be now.

    Attributes:
        period: `2025年`, or the year up to a quarter's end.
        reasons: of each changed holder, why each of its changed lines is another, in order.
        moved: of each holder of whom the standing alone is another, what was recorded about it.
        owed: of each holder of a changed obligation, why.
    """

    published: YearScores
    current: YearScores
    period: str
    reasons: Mapping[Key, tuple[tuple[Reason, ...], ...]]
    moved: Mapping[Key, tuple[Reason, ...]]
    owed: Mapping[Key, tuple[Reason, ...]]

    @property
    def sealed(self) -> Sealed:
        """The seal of what was published."""
        assert self.published.sealed is not None  # noqa: S101 — nothing else is corrected
        return self.published.sealed

    @property
    def differences(self) -> Differences:
        """What is another."""
        return self.sealed.differences

    @property
    def decimals(self) -> int:
        """The places that points are printed with."""
        return self.current.rulebook.decimals


def correction_report(correction: Correction) -> Report:
    """The notice: whose points or standing is another, by which lines, for which reasons."""
    sealed, found = correction.sealed, correction.differences
    if not found:
        lead = (
            f"{correction.period}得分已于 {sealed.day} 封存（F{sealed.fact}），"
            "此后登记的事实没有使它不同，不必更正。"
        )
        title = f"{correction.period}社情民意信息得分没有更正"
        return Report(title, (), lead=(lead,), basis=basis(correction.current))
    lead = (
        f"{correction.period}社情民意信息得分已于 {sealed.day} 公布并封存"
        f"（台账第 {sealed.fact} 项登记，结果校验码 {sealed.output[:16]}）。"
        f"根据此后登记的情况，{_number(found)}，予以更正；本通报没有列出的，仍以公布的为准。"
    )
    tables = [_totals(correction), lines_table(correction)]
    if found.obligations:
        tables.append(obligations_table(correction))
    return Report(
        f"关于更正{correction.period}社情民意信息得分的通报",
        tuple(table for table in tables if table.rows),
        lead=(lead,),
        basis=basis(correction.current),
    )


def _number(found: Differences) -> str:
    members = sum(change.holder.key[0] == "member" for change in found.holders)
    units = len(found.holders) - members
    parts = [f"{number} {what}" for number, what in ((members, "人"), (units, "个单位")) if number]
    told = "、".join(parts) + "的得分或名次有变" if parts else ""
    owed = f"{len(found.obligations)} 项任务的完成情况有变" if found.obligations else ""
    return "，".join(filter(None, (told, owed)))


def _totals(correction: Correction) -> Table:
    columns = (
        Column("类别"),
        Column("名称"),
        Column("所在单位"),
        Column("原得分", "right"),
        Column("更正为", "right"),
        Column("差", "right"),
        Column("原名次", "right"),
        Column("更正为名次", "right"),
        Column("缘由", width=60),
    )
    found = correction.differences.holders
    rows = tuple(
        (
            *change_row(change, correction.decimals),
            "见明细"
            if change.lines
            else "；".join(map(str, correction.moved[change.holder.key])) or OTHERS,
        )
        for change in found
    )
    return Table(f"得分和名次（{len(rows)} 个）", columns, rows)


def lines_table(
    correction: Correction, told: Callable[[tuple[Reason, ...]], str] | None = None
) -> Table:
    """The lines that are others, each with its reasons.

    Args:
        correction: what is another.
        told: how the reasons are told that stand elsewhere; in words, if None.
    """
    columns = (
        Column("名称"),
        Column("条款", "center" if told else "left"),
        Column("信息", width=60),
        Column("原得分", "right"),
        Column("更正为", "right"),
        _reason(told),
    )
    rows = tuple(
        (
            change.holder.name,
            line.line.clause,
            " ".join(_item(correction, line.line)),
            _points(line.before, correction.decimals),
            _points(line.after, correction.decimals),
            (told or _told)(reasons),
        )
        for change in correction.differences.holders
        for line, reasons in _reasoned(correction, change)
    )
    return Table(f"更正的明细（{len(rows)} 笔）", columns, rows)


def _reason(told: Callable[[tuple[Reason, ...]], str] | None) -> Column:
    return Column("登记号", "center") if told else Column("缘由", width=80)


def _reasoned(
    correction: Correction, change: Change
) -> Iterator[tuple[LineChange, tuple[Reason, ...]]]:
    return zip(change.lines, correction.reasons[change.holder.key], strict=True)


def _item(correction: Correction, line: PointLine) -> tuple[str, ...]:
    """Number and title of the item that a line is about, if it is about one."""
    if line.item is None:
        return ()
    both = (correction.current.titles, correction.published.titles)
    return next((tuple(known[line.item]) for known in both if line.item in known), ())


def _points(line: PointLine | None, decimals: int) -> Cell:
    return Number(line.points, decimals) if line else "无"


def _told(reasons: tuple[Reason, ...]) -> str:
    return "；".join(map(str, reasons)) or UNKNOWN


def obligations_table(
    correction: Correction, told: Callable[[tuple[Reason, ...]], str] | None = None
) -> Table:
    """The obligations that are met or not met now as they were not before; as `lines_table`."""
    columns = (
        Column("名称"),
        Column("身份或类别"),
        Column("期间"),
        Column("指标"),
        Column("原为"),
        Column("更正为"),
        _reason(told),
    )
    rows = []
    for before, after in correction.differences.obligations:
        one = after or before
        if one is not None:
            rows.append(
                (
                    one.name,
                    one.role,
                    one.period.chinese,
                    terms.METRICS[one.metric],
                    _met(before),
                    _met(after),
                    (told or _told)(correction.owed.get(one.key, ())),
                )
            )
    return Table(f"任务完成情况（{len(rows)} 项）", columns, tuple(rows))


def _met(one: Obligation | None) -> str:
    return "没有这项任务" if one is None else "完成" if one.met else "未完成"


def correction_json(correction: Correction) -> dict[str, Any]:
    """As `correction_report`."""
    decimals = correction.decimals
    return {
        "year": int(correction.published.book.year.label),
        "until": correction.published.until,
        "sealed": {
            "fact": f"F{correction.sealed.fact}",
            "on": correction.sealed.day,
            "output": correction.sealed.output,
        },
        "ledger": {"seq": correction.current.seq, "head": correction.current.head},
        "changes": [
            {
                **change_json(change, decimals),
                "because": [_reason_json(r) for r in correction.moved.get(change.holder.key, ())],
                "lines": [
                    _line_json(correction, line, reasons)
                    for line, reasons in _reasoned(correction, change)
                ],
            }
            for change in correction.differences.holders
        ],
        "quotas": [
            {
                "holder": one.name,
                "role": one.role,
                "metric": one.metric,
                "period": one.period.label,
                "published": None if before is None else before.met,
                "current": None if after is None else after.met,
                "because": [_reason_json(r) for r in correction.owed.get(one.key, ())],
            }
            for before, after in correction.differences.obligations
            if (one := after or before) is not None
        ],
        **correction.current.view.value(),
    }


def _line_json(
    correction: Correction, line: LineChange, reasons: tuple[Reason, ...]
) -> dict[str, Any]:
    about = _item(correction, line.line)
    return {
        "clause": line.line.clause,
        "submission": about[0] if about else None,
        "published": points.exact(line.before.points) if line.before else None,
        "current": points.exact(line.after.points) if line.after else None,
        "because": [_reason_json(reason) for reason in reasons],
    }


def _reason_json(reason: Reason) -> dict[str, str]:
    return {"fact": f"F{reason.fact}", "recorded": reason.day, "what": reason.words}
