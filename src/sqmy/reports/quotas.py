"""What every holder owed in a year, what was done of it, and what is owed still."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from fractions import Fraction

from sqmy import terms
from sqmy.days import Day, days_between
from sqmy.reports.model import Column, Number, Report, Table
from sqmy.reports.scores import YearScores, basis
from sqmy.scoring.book import Obligation, Quantity


def quota_table(obligations: Iterable[Obligation], as_of: Day) -> Table:
    """Obligations in one flat table, for CSV."""
    return Table(
        "",
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
        tuple(
            (
                o.name,
                o.unit,
                o.role,
                o.period.chinese,
                terms.METRICS[o.metric],
                count(o, o.required),
                count(o, o.actual),
                o.state(as_of),
                "是" if o.binding else "否",
                o.clause,
            )
            for o in obligations
        ),
    )


def count(one: Obligation, value: Quantity) -> int | Number:
    """How much was owed or done: whole where it is, a rate in percent."""
    if one.metric == "rate":
        return Number(Fraction(value), 1, percent=True, trimmed=True)
    return value.numerator if value.denominator == 1 else Number(Fraction(value), 2, trimmed=True)


def quota_report(scores: YearScores, as_of: Day, *, owing: bool) -> Report:
    """The year's obligations, members' and units'; with `owing`, only those not yet met."""
    due = scores.book.obligations
    chosen = [o for o in due if not (owing and o.met)]
    title = f"{scores.book.year.chinese}任务{'欠交' if owing else '完成'}情况（截至 {as_of}）"
    members = obligations_table(
        "个人", ("姓名", "单位", "身份"), [o for o in chosen if o.key[0] == "member"], as_of
    )
    units = obligations_table(
        "单位", ("单位", "类别"), [o for o in chosen if o.key[0] == "unit"], as_of
    )
    lead = f"应完成 {len(due)} 项，已完成 {sum(o.met for o in due)} 项。"
    return Report(title, (members, units), lead=(lead,), basis=basis(scores))


_WHO: Mapping[str, Callable[[Obligation], str]] = {
    "姓名": lambda o: o.name,
    "单位": lambda o: o.unit,
    "身份": lambda o: o.role,
    "类别": lambda o: o.role,
}
"""What tells whose obligation it is, by the heading of its column."""


def obligations_table(
    title: str, who: Sequence[str], obligations: Sequence[Obligation], as_of: Day
) -> Table:
    """Obligations with what was done and how long there is left."""
    columns = (
        *map(Column, who),
        Column("期间"),
        Column("完成"),
        Column("状态"),
        Column("还剩", "right"),
        Column("约束"),
        Column("条款"),
    )
    rows = tuple(
        (
            *(_WHO[heading](o) for heading in who),
            o.period.chinese[len("2025年") :] or "全年",
            f"{terms.METRICS[o.metric]} {count(o, o.actual)}/{count(o, o.required)}",
            o.state(as_of),
            f"{days_between(as_of, o.period.last)} 天" if o.state(as_of) == "未到期" else "",
            "" if o.binding else "原则上",
            o.clause,
        )
        for o in obligations
    )
    return Table(f"{title}（{len(rows)} 项）", columns, rows)
