"""One holder's points, line by line, with what every line rests on."""

from typing import Any

from sqmy import points
from sqmy.days import Day
from sqmy.reports.model import Column, Number, Report, Table
from sqmy.reports.quotas import obligations_table
from sqmy.reports.scores import YearScores, basis, line_json, obligation_json
from sqmy.scoring.book import Holder

TITLE_WIDTH = 80
"""Columns of an item's number and title in a table on the terminal."""


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
                Number(line.points, decimals, signed=True),
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
        who = "身份" if holder.key[0] == "member" else "类别"
        tables.append(obligations_table("任务", (who,), own, today))
    exact = points.exact(holder.total)
    total = f"合计 {scores.shown(holder)} 分" + (f"（精确值 {exact}）" if "/" in exact else "")
    who = holder.name if holder.key[0] == "unit" else f"{holder.name}（{holder.unit}）"
    return Report(
        f"{scores.book.year.chinese} {who}",
        tuple(tables),
        lead=(f"{total}。",),
        notes=("所引条款：", *meanings) if meanings else (),
        basis=basis(scores),
    )


def explain_json(scores: YearScores, holder: Holder) -> dict[str, Any]:
    """As `explain_report`: the total, every line, every obligation."""
    return {
        "year": int(scores.book.year.label),
        "name": holder.name,
        "unit": holder.unit,
        "points": scores.shown(holder),
        "exact": points.exact(holder.total),
        "lines": [line_json(scores, line) for line in scores.book.lines_of(holder.key)],
        "quotas": [obligation_json(one) for one in scores.book.obligations],
        **scores.view.value(),
    }
