"""One holder's points, line by line, with what every line rests on, and what did not count."""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, NamedTuple

from sqmy import points
from sqmy.days import Day
from sqmy.facts import FactId
from sqmy.reports.evidence import Evidence, evidence_json, evidence_table
from sqmy.reports.model import Column, Number, Report, Table
from sqmy.reports.quotas import obligations_table
from sqmy.reports.scores import (
    YearScores,
    basis,
    beside,
    converted_json,
    line_json,
    obligation_json,
)
from sqmy.scoring.book import Holder, LeftOut, PointLine

TITLE_WIDTH = 80
"""Columns of an item's number and title in a table on the terminal."""


class Prospect(NamedTuple):
    """What one more item, adopted by a channel, would bring.

    Attributes:
        gain: what the total would rise by; None where it depends on what is not said of it.
    """

    channel: str
    gain: Fraction | None


class Explained(NamedTuple):
    """One holder's year.

    Attributes:
        left_out: what did not count, and why.
        prospects: what one more adoption would bring, by channel.
        evidence: the files that are kept of what counted.
    """

    scores: YearScores
    holder: Holder
    left_out: tuple[LeftOut, ...] = ()
    prospects: tuple[Prospect, ...] = ()
    evidence: tuple[Evidence, ...] = ()


class ItemExplained(NamedTuple):
    """What one item brought in a year.

    Attributes:
        left_out: what of it did not count, and why.
        remark: what else there is to know; "" for nothing.
        evidence: the files that are kept of it.
    """

    scores: YearScores
    item: FactId
    left_out: tuple[LeftOut, ...] = ()
    remark: str = ""
    evidence: tuple[Evidence, ...] = ()

    def lines(self) -> Iterator[tuple[Holder, PointLine]]:
        """Every line that the item gives to anybody, in points and in other accounts."""
        book, accounts = self.scores.book, self.scores.rulebook.words.accounts
        for holder in self.scores.holders():
            own = list(book.lines_of(holder.key))
            own += [x for one in accounts for x in book.lines_in(holder.key, one.label)]
            yield from ((holder, line) for line in own if line.item == self.item)


def item_report(told: ItemExplained) -> Report:
    """To whom an item brought what, by which clause, and what of it did not count."""
    scores, decimals = told.scores, told.scores.rulebook.decimals
    rows = tuple(
        (
            holder.name,
            line.clause,
            Number(line.points, decimals, signed=True),
            line.account or "得分",
            f"F{line.fact}",
            line.note + (f"（口径 F{line.ruling}）" if line.ruling is not None else ""),
        )
        for holder, line in told.lines()
    )
    columns = (
        Column("得分人"),
        Column("条款"),
        Column("得分", "right"),
        Column("记入"),
        Column("登记号"),
        Column("缘由"),
    )
    notes = () if rows else ("这一条本年度没有得分。",)
    tables = [Table(f"得分明细（{len(rows)} 项）", columns, rows, notes)]
    if told.left_out:
        tables.append(_left_out(scores, told.left_out))
    tables += evidence_table(told.evidence)
    cited = dict.fromkeys(line.clause for _, line in told.lines())
    remarks = (told.remark,) if told.remark else ()
    return Report(
        f"{scores.book.year.chinese} {_item(scores, told.item)}",
        tuple(tables),
        notes=(*remarks, *_meanings(scores, cited), *_rulings(scores, cited)),
        basis=basis(scores),
    )


def item_json(told: ItemExplained) -> dict[str, Any]:
    """As `item_report`."""
    return {
        "year": int(told.scores.book.year.label),
        "submission": told.scores.titles[told.item][0],
        "lines": [
            {"name": holder.name, **line_json(told.scores, line)} for holder, line in told.lines()
        ],
        "left_out": _left_out_json(told.scores, told.left_out),
        **evidence_json(told.evidence),
        **beside(told.scores),
    }


def _left_out_json(scores: YearScores, left_out: Iterable[LeftOut]) -> list[dict[str, Any]]:
    return [
        {
            "submission": None if one.item is None else scores.titles[one.item][0],
            "fact": f"F{one.fact}",
            "what": one.what,
            "why": one.why,
        }
        for one in left_out
    ]


def explain_report(told: Explained, today: Day) -> Report:
    """Every line of one holder's points, with clause and evidence, and the clauses' meaning."""
    scores, holder = told.scores, told.holder
    lines = scores.book.lines_of(holder.key)
    own = [o for o in scores.book.obligations if o.key == holder.key]
    tables = [_lines(scores, lines, "得分明细")]
    for account in scores.rulebook.words.accounts:
        if entered := scores.book.lines_in(holder.key, account.label):
            tables.append(_lines(scores, entered, f"{account.label}明细", account.decimals))
            lines = (*lines, *entered)
    if own:
        who = "身份" if holder.key[0] == "member" else "类别"
        tables.append(obligations_table("任务", (who,), own, today))
    if told.left_out:
        tables.append(_left_out(scores, told.left_out))
    tables += evidence_table(told.evidence)
    if told.prospects:
        tables.append(_prospects(scores, told.prospects))
    cited = dict.fromkeys([line.clause for line in lines] + [o.clause for o in own])
    exact = points.exact(holder.total)
    total = f"合计 {scores.shown(holder)} 分" + (f"（精确值 {exact}）" if "/" in exact else "")
    others = "".join(f"，{name} {scores.amount(name, n)}" for name, n in holder.accounts.items())
    if (part := _converted(told)) is not None:
        others += f"，折算 {points.rounded(part, scores.rulebook.decimals)} 分"
    who = holder.name if holder.key[0] == "unit" else f"{holder.name}（{holder.unit}）"
    return Report(
        f"{scores.book.year.chinese} {who}",
        tuple(tables),
        lead=(f"{total}{others}。",),
        notes=(*_meanings(scores, cited), *_rulings(scores, cited)),
        basis=basis(scores),
    )


def _lines(
    scores: YearScores, lines: Iterable[PointLine], title: str, decimals: int | None = None
) -> Table:
    shown = scores.rulebook.decimals if decimals is None else decimals
    rows = tuple(
        (
            line.clause,
            Number(line.points, shown, signed=True),
            _item(scores, line.item),
            f"F{line.fact}" if line.fact is not None else "",
            line.note + (f"（口径 F{line.ruling}）" if line.ruling is not None else ""),
        )
        for line in lines
    )
    columns = (
        Column("条款"),
        Column("得分", "right"),
        Column("信息", width=TITLE_WIDTH),
        Column("登记号"),
        Column("缘由"),
    )
    notes = () if rows else ("本年度没有得分事项。",)
    return Table(f"{title}（{len(rows)} 项）", columns, rows, notes)


def _item(scores: YearScores, item: FactId | None) -> str:
    number, title = scores.titles.get(item, ("", "")) if item is not None else ("", "")
    return f"{number} {title}".strip()


def _left_out(scores: YearScores, left_out: Iterable[LeftOut]) -> Table:
    rows = tuple((one.what, _item(scores, one.item), f"F{one.fact}", one.why) for one in left_out)
    columns = (
        Column("事项"),
        Column("信息", width=TITLE_WIDTH),
        Column("登记号"),
        Column("为什么不计"),
    )
    return Table(f"没有计分的（{len(rows)} 项）", columns, rows)


def _prospects(scores: YearScores, prospects: Iterable[Prospect]) -> Table:
    rows = tuple(
        (
            one.channel,
            "要看附加项"
            if one.gain is None
            else Number(one.gain, scores.rulebook.decimals, signed=True),
        )
        for one in prospects
    )
    columns = (Column("采用单位"), Column("总分变化", "right"))
    return Table("再报一条，独自署名，被采用以后", columns, rows)


def _meanings(scores: YearScores, cited: Iterable[str]) -> tuple[str, ...]:
    told = tuple(f"{clause}　{scores.rulebook.clauses.get(clause, '')}" for clause in cited)
    return ("所引条款：", *told) if told else ()


def _rulings(scores: YearScores, cited: Iterable[str]) -> tuple[str, ...]:
    """The rulings on the clauses that are cited."""
    clauses = set(cited)
    told = tuple(
        f"F{seq}　{one.clause}　{one.decided_on} {one.decider}：{one.wording}"
        for seq, one in scores.rulings
        if one.clause in clauses
    )
    return ("口径裁定：", *told) if told else ()


def _converted(told: Explained) -> Fraction | None:
    """What the holder's points come to in a larger assessment.

    None where nothing is converted, or by the best of all, whom one holder's year does not know.
    """
    scores = told.scores
    if any(one.base == "best" for one in scores.rulebook.conversions):
        return None
    return scores.converted().get(told.holder.key)


def explain_json(told: Explained) -> dict[str, Any]:
    """As `explain_report`: the total, every line, every obligation, what did not count."""
    scores, holder = told.scores, told.holder
    lines = scores.book.lines_of(holder.key)
    return {
        "year": int(scores.book.year.label),
        "name": holder.name,
        "unit": holder.unit,
        "points": scores.shown(holder),
        "exact": points.exact(holder.total),
        "lines": [line_json(scores, line) for line in lines],
        **_accounts_json(scores, holder),
        **converted_json(scores, _converted(told)),
        "quotas": [obligation_json(one) for one in scores.book.obligations],
        "left_out": _left_out_json(scores, told.left_out),
        "prospects": [
            {"channel": one.channel, "exact": None if one.gain is None else points.exact(one.gain)}
            for one in told.prospects
        ],
        **evidence_json(told.evidence),
        **beside(scores),
    }


def _accounts_json(scores: YearScores, holder: Holder) -> dict[str, Any]:
    """Other accounts with their lines, where the regulation has any."""
    if not holder.accounts:
        return {}
    return {
        "accounts": {
            account: {
                "exact": points.exact(total),
                "lines": [
                    line_json(scores, line) for line in scores.book.lines_in(holder.key, account)
                ],
            }
            for account, total in holder.accounts.items()
        }
    }
