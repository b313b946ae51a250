"""小结: a person's or a unit's year on a page, clause by clause; one or a batch."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import groupby
from typing import Any

from sqmy import terms
from sqmy.days import Day
from sqmy.reports.explain import Explained, explain_json
from sqmy.reports.model import Cell, Column, Number, Report, Table
from sqmy.reports.papers.letters import Issue, common, letter
from sqmy.reports.papers.phrasing import said
from sqmy.reports.papers.profile import Profile
from sqmy.reports.quotas import count
from sqmy.reports.scores import YearScores, basis
from sqmy.scoring.book import Holder, PointLine


class Slips:
    """The slips of some holders.

    Args:
        scores: the year's points.
        holders: whose.
        profile: how the office words them.
        issue: the date.
        as_of: up to which day an obligation that is short counts as not yet due.
    """

    def __init__(
        self,
        scores: YearScores,
        holders: Sequence[Holder],
        profile: Profile,
        issue: Issue,
        as_of: Day,
    ) -> None:
        self.scores = scores
        self.holders = holders
        self.profile = profile
        self.issue = issue
        self.as_of = as_of

    def report(self) -> Report:
        """Each slip on a page of its own."""
        made = [self._slip(holder) for holder in self.holders]
        return made[0]._replace(following=tuple(made[1:]))

    def _slip(self, holder: Holder) -> Report:
        year = self.scores.book.year
        slots = {**common(self.profile, f"{year.chinese}度"), "姓名": holder.name}
        around = letter(self.profile, self.issue)
        bare = around._replace(masthead="", copies="", printer="", remark="", contact="")
        return Report(
            said(self.profile.slip.title, slots),
            tuple(table for table in (self._lines(holder), self._quotas(holder)) if table.rows)
            or ("本年度没有得分事项，也没有任务。",),
            lead=(self._told(holder),),
            basis=basis(self.scores),
            letter=bare._replace(paged=False),
        )

    def _told(self, holder: Holder) -> str:
        """Who it is, the total and the place."""
        book = self.scores.book
        unit = holder.key[0] == "unit"
        if unit:
            among = [one for one in book.units if one.peer_group == holder.peer_group]
            who = f"{holder.name}（{'，'.join(filter(None, (holder.kind, holder.peer_group)))}）"
            group = f"{holder.peer_group}的" if holder.peer_group else ""
            where = f"{group}{len(among)}个单位"
        else:
            who, where = f"{holder.name}（{holder.unit}）", f"{len(book.members)}人"
        return f"{who}本年度得{self._points(holder.total)}分，在{where}中列第{holder.standing}。"

    def _points(self, value: Fraction) -> Number:
        return Number(value, self.scores.rulebook.decimals, trimmed=True)

    def _lines(self, holder: Holder) -> Table:
        """The points, clause by clause, each with its subtotal."""
        lines = self.scores.book.lines_of(holder.key)
        order = list(self.scores.rulebook.clauses)
        told = sorted(lines, key=lambda line: _place(order, line.clause))
        rows: list[tuple[Cell, ...]] = []
        for clause, group in groupby(told, key=lambda line: line.clause):
            own = list(group)
            rows += [(f"{self._clause(clause, own)}", *self._line(line)) for line in own]
        columns = (
            Column("条款"),
            Column("信息"),
            Column("缘由"),
            Column("得分", "right"),
        )
        if rows:
            rows.append(("", "合计", "", self._points(holder.total)))
        return Table(
            f"得分（{len(lines)} 项）" if rows else "",
            columns,
            tuple(rows),
            grouped_by="条款",
            totals=1 if rows else 0,
        )

    def _clause(self, clause: str, lines: Sequence[PointLine]) -> str:
        total = sum((line.points for line in lines), Fraction())
        meaning = self.scores.rulebook.clauses.get(clause, "")
        return f"{clause}　{meaning}（{self._points(total)} 分）"

    def _line(self, line: PointLine) -> tuple[Cell, ...]:
        number, title = self.scores.titles[line.item] if line.item is not None else ("", "")
        return (f"{number} {title}".strip(), line.note, self._points(line.points))

    def _quotas(self, holder: Holder) -> Table:
        columns = (
            Column("任务"),
            Column("期间", "center"),
            Column("应完成", "right"),
            Column("已完成", "right"),
            Column("状态", "center"),
        )
        rows = tuple(
            (
                f"{one.role}{terms.METRICS[one.metric]}{'' if one.binding else '（原则上）'}",
                one.period.chinese[len("2025年") :] or "全年",
                count(one, one.required),
                count(one, one.actual),
                one.state(self.as_of),
            )
            for one in self.scores.book.obligations
            if one.key == holder.key
        )
        return Table(f"任务（{len(rows)} 项）", columns, rows)

    def value(self) -> list[dict[str, Any]]:
        """For programs."""
        return [
            {**explain_json(Explained(self.scores, holder)), "rank": holder.standing}
            for holder in self.holders
        ]

    def table(self) -> Table:
        """Every line of every holder, flat."""
        columns = (
            Column("名称"),
            Column("单位"),
            Column("条款"),
            Column("信息"),
            Column("缘由"),
            Column("得分", "right"),
        )
        rows = tuple(
            (holder.name, holder.unit, line.clause, *self._line(line))
            for holder in self.holders
            for line in self.scores.book.lines_of(holder.key)
        )
        return Table(f"得分明细（{len(rows)} 项）", columns, rows)

    def workbook(self) -> Report:
        """Every line of every holder."""
        title = f"{self.scores.book.year.chinese}度{self.profile.wording.what}得分明细"
        return Report(title, (self.table(),), basis=basis(self.scores))


def _place(order: Sequence[str], clause: str) -> int:
    return order.index(clause) if clause in order else len(order)
