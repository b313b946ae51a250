"""Sealing: keeping a result as the published one; `published` reads it again."""

import json
from typing import Any, NamedTuple

from sqmy import __version__, facts, text
from sqmy.days import Day, Period, today
from sqmy.errors import SqmyError
from sqmy.facts import FactId
from sqmy.ledger.chain import sha256
from sqmy.ledger.records import Records
from sqmy.plain import plain
from sqmy.reports.scores import YearScores
from sqmy.reports.sealed import Sealed
from sqmy.scoring import kept
from sqmy.workspace.desk import Desk
from sqmy.workspace.published import current, period_of, published, told


class NewSeal(NamedTuple):
    """What was sealed.

    Attributes:
        fact, head: the seal's place in the chain and its hash.
        is_early: the period is not over yet.
    """

    fact: FactId
    head: str
    output: str
    what: str
    last: Day
    members: int
    units: int
    is_early: bool

    def __str__(self) -> str:
        how_many = f"个人 {self.members} 人，单位 {self.units} 个"
        lines = [
            f"已封存{self.what}得分，为 F{self.fact}：{how_many}。此后登记的事实不会改变它。",
            f"结果校验码 {self.output}",
            f"校验码 {self.fact}:{self.head}",
            "请把校验码印在通报上，以后用 sqmy verify --anchor 对照。",
        ]
        if self.is_early:
            lines.append(f"注意：到 {self.last} 才满期；以后登记的事实要用 sqmy correct 更正。")
        return "\n".join(lines)


def seal(desk: Desk, year: int, quarter: int | None, because: str | None) -> NewSeal:
    """Keep the result of today as the published one.

    Raises:
        SqmyError: nobody is listed; or it is sealed already, and nothing is another since, or
            no reason is given for sealing it once more.
    """
    reason = text.plain(because or "", "理由") or None
    period = period_of(desk, year, quarter)
    with desk.ledger.writing():
        scores = current(desk, year, quarter)
        if not scores.holders():
            raise SqmyError(f"{told(period)}没有列入考评的个人和单位，没有可以封存的。")
        if earlier := published(desk, year, quarter).sealed:
            _check_again(earlier, reason, period)
        result = json.dumps(
            _result(desk, scores), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        )
        records = Records(desk.ledger, desk.operator)
        rulebooks = ",".join(source.sha256 for source in scores.sources)
        fact = records.seal(
            facts.Seal(year, period.label, period.last, "", rulebooks, "", result, reason)
        )
        return NewSeal(
            fact,
            records.hash,
            sha256(result),
            told(period),
            period.last,
            len(scores.book.members),
            len(scores.book.units),
            today() <= period.last,
        )


def _check_again(earlier: Sealed, reason: str | None, period: Period) -> None:
    was = f"{told(period)}得分已于 {earlier.day} 封存（F{earlier.fact}）"
    if not earlier.differences:
        raise SqmyError(f"{was}，现有事实算出的与它相同，不必再封。")
    if not reason:
        raise SqmyError(
            f"{was}。请先用 sqmy correct 出更正通报；通报以后再封存一次的，用 --because 写明理由。"
        )


def _result(desk: Desk, scores: YearScores) -> dict[str, Any]:
    """What is kept: the book, the titles it tells, the editions that scored."""
    book = kept.dump(scores.book)
    cited = {
        line.item
        for holder in scores.holders()
        for line in scores.book.lines_of(holder.key)
        if line.item is not None
    }
    return {
        "program": __version__,
        "book": book,
        "titles": {str(item): list(title) for item, title in desk.titles(sorted(cited)).items()},
        "rulebooks": [plain(source) for source in scores.sources],
    }
