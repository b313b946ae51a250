"""A year under two rulebooks side by side: who rises and falls, what changes hands, and why."""

from collections import defaultdict
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, NamedTuple

from sqmy import points
from sqmy.days import Day
from sqmy.reports.model import Cell, Column, Number, Report, Table
from sqmy.reports.quotas import count
from sqmy.reports.rewording import rewordings
from sqmy.reports.scores import YearScores, basis
from sqmy.rules.rulebook import Rulebook
from sqmy.scoring.book import Holder, Key, Obligation
from sqmy.terms import METRICS

_SHOWN = 30
"""So many holders whose points change are shown; all of them in JSON and in a workbook."""


class Changed(NamedTuple):
    """A holder whose points or place change.

    Attributes:
        before, after: as each rulebook has it; None where it does not list the holder.
        causes: by how much each clause changes the points.
    """

    before: Holder | None
    after: Holder | None
    causes: tuple[tuple[str, Fraction], ...]

    @property
    def holder(self) -> Holder:
        """Whoever it is."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 — one of the two lists it
        return found

    @property
    def gain(self) -> Fraction:
        """What the points rise by."""
        before = self.before.total if self.before else Fraction()
        return (self.after.total if self.after else Fraction()) - before


class Comparison(NamedTuple):
    """The year as it is scored, and as another rulebook would score it."""

    now: YearScores
    trial: YearScores

    def changed(self) -> tuple[Changed, ...]:
        """Everybody whose points or place change: the largest gains first, losses last."""
        before = {holder.key: holder for holder in self.now.holders()}
        after = {holder.key: holder for holder in self.trial.holders()}
        found = [
            Changed(old, new, self._causes(key))
            for key in dict.fromkeys((*after, *before))
            if _differ(old := before.get(key), new := after.get(key))
        ]
        return tuple(sorted(found, key=lambda one: -one.gain))

    def _causes(self, key: Key) -> tuple[tuple[str, Fraction], ...]:
        sums: dict[str, Fraction] = defaultdict(Fraction)
        for scores, sign in ((self.now, -1), (self.trial, 1)):
            for line in scores.book.lines_of(key):
                sums[line.clause] += sign * line.points
        return tuple((clause, value) for clause, value in sums.items() if value)

    def quotas(self) -> tuple[tuple[Obligation | None, Obligation | None], ...]:
        """Obligations that only one of them has, or that are met under one of them only."""
        before, after = (_obligations(one.book.obligations) for one in (self.now, self.trial))
        pairs = ((before.get(key), after.get(key)) for key in dict.fromkeys((*after, *before)))
        return tuple(
            (old, new) for old, new in pairs if old is None or new is None or old.met != new.met
        )

    def clauses(self) -> tuple[tuple[str, Fraction], ...]:
        """By how much each clause changes all points together."""
        sums: dict[str, Fraction] = defaultdict(Fraction)
        for one in self.changed():
            for clause, value in one.causes:
                sums[clause] += value
        return tuple(sums.items())


def _differ(old: Holder | None, new: Holder | None) -> bool:
    return old is None or new is None or (old.total, old.standing) != (new.total, new.standing)


def _obligations(due: Iterable[Obligation]) -> dict[tuple[object, ...], Obligation]:
    return {(one.key, one.role, one.metric, one.period.label, one.clause): one for one in due}


def comparison_report(found: Comparison, today: Day, *, whole: bool = False) -> Report:
    """The comparison as tables that a meeting can read.

    Args:
        found: the comparison.
        today: by which obligations of a running year are told.
        whole: show every holder whose points change.
    """
    changed = found.changed()
    up, down = (
        sum((one.gain > 0) == rises for one in changed if one.gain) for rises in (True, False)
    )
    names = [f"《{one.rulebook.name}》{one.rulebook.edition}" for one in (found.now, found.trial)]
    return Report(
        f"{found.now.book.year.chinese}两份办法对照",
        tuple(
            table
            for table in (
                _holders("member", found, changed, whole=whole),
                _holders("unit", found, changed, whole=whole),
                _quotas(found, today),
                _clauses(found),
                _rewordings(found),
            )
            if table.rows
        ),
        lead=(
            f"现行：{names[0]}。对照：{names[1]}。事实相同，只换办法。",
            f"得分上升 {up} 个，下降 {down} 个，得分不变而名次变动 {len(changed) - up - down} 个。",
        ),
        basis=basis(found.now),
    )


def _holders(kind: str, found: Comparison, changed: Iterable[Changed], *, whole: bool) -> Table:
    own = [one for one in changed if one.holder.key[0] == kind]
    shown = own if whole or len(own) <= _SHOWN else [*own[: _SHOWN // 2], *own[-_SHOWN // 2 :]]
    decimals = max(found.now.rulebook.decimals, found.trial.rulebook.decimals)

    def number(value: Fraction, *, signed: bool = False) -> Number:
        return Number(value, decimals, signed=signed)

    def side(holder: Holder | None) -> tuple[Cell, Cell]:
        return (number(holder.total), holder.standing) if holder else ("不列", "")

    rows = tuple(
        (
            one.holder.name,
            one.holder.unit if kind == "member" else (one.holder.peer_group or ""),
            *side(one.before),
            *side(one.after),
            number(one.gain, signed=True),
            "，".join(f"{clause} {points.short(value, decimals)}" for clause, value in one.causes),
        )
        for one in shown
    )
    who = ("个人", "姓名", "单位") if kind == "member" else ("单位", "单位", "考评序列")
    columns = (
        Column(who[1]),
        Column(who[2]),
        Column("得分", "right", over="现行"),
        Column("名次", "right", over="现行"),
        Column("得分", "right", over="对照"),
        Column("名次", "right", over="对照"),
        Column("变化", "right"),
        Column("由哪几条引起"),
    )
    left = len(own) - len(shown)
    notes = (f"中间还有 {left} 个没有列出；--to 写成 .xlsx 或 .json 可看全部。",) if left else ()
    return Table(f"{who[0]}（{len(own)} 个有变化）", columns, rows, notes)


def _quotas(found: Comparison, today: Day) -> Table:
    rows = []
    for old, new in found.quotas():
        one = new or old
        if one is None:
            continue
        states = [
            f"{each.state(today)}（{count(each, each.actual)}/{count(each, each.required)}）"
            if each
            else "没有"
            for each in (old, new)
        ]
        rows.append((one.name, one.role, one.period.chinese, METRICS[one.metric], *states))
    columns = tuple(map(Column, ("名称", "身份或类别", "期间", "指标", "现行", "对照")))
    return Table(f"任务（{len(rows)} 项有变化）", columns, tuple(rows))


def _clauses(found: Comparison) -> Table:
    books: tuple[Rulebook, Rulebook] = (found.now.rulebook, found.trial.rulebook)
    decimals = max(book.decimals for book in books)
    rows = tuple(
        (
            clause,
            Number(value, decimals, signed=True),
            books[0].clauses.get(clause, "没有这一条"),
            books[1].clauses.get(clause, "没有这一条"),
        )
        for clause, value in found.clauses()
    )
    columns = (Column("条款"), Column("得分合计变化", "right"), Column("现行"), Column("对照"))
    return Table("由哪几条引起", columns, rows)


def _rewordings(found: Comparison) -> Table:
    rows = tuple(
        (one.section, one.clause, one.before or "没有", one.after or "没有")
        for one in rewordings(found.now.rulebook, found.trial.rulebook)
    )
    columns = tuple(map(Column, ("部分", "条款", "现行", "对照")))
    return Table("两份办法写法不同的地方", columns, rows)


def comparison_json(found: Comparison) -> dict[str, Any]:
    """For programs: every change."""
    return {
        "year": int(found.now.book.year.label),
        "rulebooks": [
            {"name": one.rulebook.name, "edition": one.rulebook.edition}
            for one in (found.now, found.trial)
        ],
        "holders": [
            {
                "name": one.holder.name,
                "type": one.holder.key[0],
                "unit": one.holder.unit,
                "before": _side(one.before),
                "after": _side(one.after),
                "gain": points.exact(one.gain),
                "causes": {clause: points.exact(value) for clause, value in one.causes},
            }
            for one in found.changed()
        ],
        "quotas": [
            {
                "holder": one.name,
                "role": one.role,
                "metric": one.metric,
                "period": one.period.label,
                "before": old.met if old else None,
                "after": new.met if new else None,
            }
            for old, new in found.quotas()
            if (one := new or old)
        ],
        "clauses": {clause: points.exact(value) for clause, value in found.clauses()},
        "rewordings": [
            one._asdict() for one in rewordings(found.now.rulebook, found.trial.rulebook)
        ],
        **found.now.view.value(),
    }


def _side(holder: Holder | None) -> dict[str, Any] | None:
    return {"exact": points.exact(holder.total), "rank": holder.standing} if holder else None
