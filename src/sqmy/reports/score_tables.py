"""The year's points as tables: members, units, and all in one for CSV."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from sqmy import points
from sqmy.days import Day
from sqmy.reports.model import Cell, Column, Number, Report, Table
from sqmy.reports.scores import YearScores, basis
from sqmy.scoring.book import Holder


class _Beside:
    """What stands beside the totals of some holders: other accounts, and what is converted."""

    def __init__(self, scores: YearScores, holders: Iterable[Holder]) -> None:
        self._accounts = scores.rulebook.words.accounts
        self._number = scores.number
        found = scores.converted()
        self._converted = {one.key: found[one.key] for one in holders if one.key in found}
        named = (Column(f"{one.label}（{one.measure}）", "right") for one in self._accounts)
        self.columns = (*named, *((Column("折算", "right"),) if self._converted else ()))

    def cells(self, holder: Holder) -> tuple[Cell, ...]:
        """Those of one holder."""
        own = (
            Number(holder.accounts.get(one.label, Fraction()), one.decimals)
            for one in self._accounts
        )
        part = self._converted.get(holder.key, Fraction())
        return (*own, *((self._number(part),) if self._converted else ()))


def _members(scores: YearScores) -> Table:
    book = scores.book
    beside = _Beside(scores, book.members)
    return Table(
        f"个人（{len(book.members)} 人）",
        (
            Column("名次", "right"),
            Column("姓名"),
            Column("单位"),
            Column("得分", "right"),
            *beside.columns,
        ),
        tuple(
            (h.standing, h.name, h.unit, scores.number(h.total), *beside.cells(h))
            for h in book.members
        ),
    )


def _units(scores: YearScores) -> Table:
    book = scores.book
    beside = _Beside(scores, book.units)
    return Table(
        f"单位（{len(book.units)} 个）",
        (
            Column("名次", "right"),
            Column("单位"),
            Column("类别"),
            Column("考评序列"),
            Column("得分", "right"),
            *beside.columns,
        ),
        tuple(
            (
                h.standing,
                h.name,
                h.kind,
                h.peer_group or "",
                scores.number(h.total),
                *beside.cells(h),
            )
            for h in by_group(book.units)
        ),
        grouped_by="考评序列",
    )


def score_report(scores: YearScores, today: Day) -> Report:
    """The year's totals: members, then units."""
    book = scores.book
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
    return Report(
        scores.title, (_members(scores), _units(scores)), notes=notes, basis=basis(scores)
    )


def by_group(units: Sequence[Holder]) -> list[Holder]:
    """Groups in the order in which their first unit stands; within one by standing."""
    order: dict[str | None, int] = {}
    for holder in units:
        order.setdefault(holder.peer_group, len(order))
    return sorted(units, key=lambda holder: (order[holder.peer_group], holder.standing))


def score_table(scores: YearScores) -> Table:
    """All holders in one flat table, for CSV."""
    beside = _Beside(scores, scores.holders())
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
            *beside.columns,
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
                *beside.cells(h),
            )
            for h in scores.holders()
        ),
    )
