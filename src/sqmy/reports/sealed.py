"""What a report says of a published result that is sealed, and of what would be another today."""

from typing import Any, NamedTuple

from sqmy import points, terms
from sqmy.days import Day
from sqmy.facts import FactId
from sqmy.reports import marks
from sqmy.reports.model import Cell, Column, Number, Report, Table
from sqmy.scoring.differing import Change, Differences


class Sealed(NamedTuple):
    """The seal of a published result.

    Attributes:
        fact: its place in the chain.
        day: when it was recorded, by the calendar of UTC.
        operator: who recorded it; "" where the audience is not told.
        year: the scoring year.
        period: what was sealed: `2025`, or `2025Q1` for the year up to a quarter's end.
        until: the last day that counts.
        output: SHA-256 of the result.
        differences: what the facts of today would make another.
    """

    fact: FactId
    day: Day
    operator: str
    year: int
    period: str
    until: Day
    output: str
    differences: Differences

    @property
    def what(self) -> str:
        """`2025年`, or `2025年（截至 2025-06-30）` at a quarter's end."""
        return terms.sealed_period(self.year, self.period, self.until)

    @property
    def options(self) -> str:
        """The options of commands that name the period: `--year 2025 --quarter 1`."""
        _, _, quarter = self.period.partition("Q")
        return f"--year {self.year}" + (f" --quarter {quarter}" if quarter else "")

    def told(self) -> tuple[str, ...]:
        """The lines among those that a report rests on."""
        return (f"封存：{self.identified()}", f"封存以后登记的{self.since()}")

    def identified(self) -> str:
        """Which seal it is, when and by whom it was set, and what it is known by."""
        who = f"由{self.operator}" if self.operator else ""
        when = f"{self.day} {who}封存"
        return f"F{self.fact}，结果校验码 {self.output[:16]}，{self.what}得分，{when}"

    def since(self) -> str:
        """What has come of the facts recorded since, for whoever holds the paper."""
        if not self.differences:
            return "没有使它不同"
        return f"会使{number_of(self.differences)}不同，公布的不变，以更正通报为准"

    def marks(self) -> tuple[tuple[str, str], ...]:
        """The same for programs, as `Basis.marks`."""
        return ((marks.SEAL, f"F{self.fact}:{self.output}"),)

    def value(self, decimals: int) -> dict[str, Any]:
        """The same in JSON, with the holders that would have other points or standings."""
        found: dict[str, Any] = {
            "fact": f"F{self.fact}",
            "on": self.day,
            "by": self.operator or None,
            "period": self.period,
            "until": self.until,
            "output": self.output,
        }
        found["differences"] = [change_json(one, decimals) for one in self.differences.holders]
        return found


def number_of(found: Differences) -> str:
    """How much is another: `2 个得分或名次（3 笔明细）、1 项任务`."""
    lines = sum(len(change.lines) for change in found.holders)
    parts = []
    if found.holders:
        parts.append(f" {len(found.holders)} 个得分或名次" + (f"（{lines} 笔）" if lines else ""))
    if found.obligations:
        parts.append(f" {len(found.obligations)} 项任务的完成情况")
    return "、".join(parts)


def change_json(change: Change, decimals: int) -> dict[str, Any]:
    """A holder as published and as it would be; null where it is not listed."""
    holder = change.holder
    return {
        "name": holder.name,
        "unit": holder.unit,
        **{
            side: None
            if one is None
            else {
                "points": points.rounded(one.total, decimals),
                "exact": points.exact(one.total),
                "rank": one.standing,
            }
            for side, one in (("published", change.before), ("current", change.after))
        },
    }


def words(sealed: Sealed) -> tuple[str, ...]:
    """What whoever asks for a sealed result should know of it, and do."""
    told = f"{sealed.what}得分已于 {sealed.day} 封存（F{sealed.fact}），这里是封存的结果。"
    if not sealed.differences:
        return (f"{told}现有事实算出的与它相同。",)
    return (
        f"{told}此后登记的会使{number_of(sealed.differences)}不同，公布的结果不变。",
        f"用 sqmy correct {sealed.options} 查看哪几笔、为什么，并出更正通报。",
    )


def with_differences(report: Report, sealed: Sealed, decimals: int) -> Report:
    """The report with what would be another today, for whoever keeps the ledger."""
    body = report.body
    if sealed.differences and sealed.differences.holders:
        body = (*body, differences_table(sealed.differences, decimals))
    return report._replace(body=body)


def differences_table(differences: Differences, decimals: int) -> Table:
    """The holders whose points or standings would be others, both beside one another."""
    return Table(
        f"封存以后的变动（{len(differences.holders)} 个，公布的得分不变）",
        (
            Column("类别"),
            Column("名称"),
            Column("所在单位"),
            Column("封存得分", "right"),
            Column("按现有事实", "right"),
            Column("差", "right"),
            Column("封存名次", "right"),
            Column("按现有事实的名次", "right"),
        ),
        tuple(change_row(change, decimals) for change in differences.holders),
    )


def change_row(change: Change, decimals: int) -> tuple[Cell, ...]:
    """A holder's points and standing as published, and as they would be today."""
    before, after = change.before, change.after
    holder = change.holder
    return (
        "个人" if holder.key[0] == "member" else "单位",
        holder.name,
        holder.unit if holder.key[0] == "member" else "",
        Number(before.total, decimals) if before else "未列",
        Number(after.total, decimals) if after else "不列",
        Number(change.difference, decimals, signed=True) if change.difference else "",
        before.standing if before else "",
        after.standing if after else "",
    )
