"""Sealing a published result, and what of it the facts recorded since would make another."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqmy import __version__, facts, text
from sqmy.days import Day, Period, periods, today
from sqmy.errors import LedgerError, SqmyError
from sqmy.facts import Edition, FactId
from sqmy.ledger import reading, seals
from sqmy.ledger.chain import sha256
from sqmy.ledger.records import Records
from sqmy.plain import plain
from sqmy.reports.audience import View
from sqmy.reports.explain import Explained
from sqmy.reports.scores import Source, YearScores
from sqmy.reports.sealed import Sealed
from sqmy.scoring import kept
from sqmy.scoring.book import ScoreBook
from sqmy.scoring.differing import Differences, differences
from sqmy.snapshot import until
from sqmy.workspace.desk import HIDDEN, Desk
from sqmy.workspace.scores import key_called, scored, undisturbed, year_facts, year_scores
from sqmy.workspace.sentences import sealed_period

QUARTERS = 4


def period_of(desk: Desk, year: int, quarter: int | None) -> Period:
    """The scoring year, or the part of it that ends with a quarter.

    Raises:
        SqmyError: there is no such quarter.
    """
    start = desk.rulebook_in(year).year.start
    whole = periods(year, "year", start)[0]
    if quarter is None:
        return whole
    if not 1 <= quarter <= QUARTERS:
        raise SqmyError(f"没有第 {quarter} 季度：只有 1 至 {QUARTERS}。")
    last = periods(year, "quarter", start)[quarter - 1]
    return last._replace(first=whole.first)


def told(period: Period) -> str:
    """What a period is called where its result is meant."""
    return sealed_period(int(period.label[:4]), period.label, period.last)


def current(desk: Desk, year: int, quarter: int | None = None) -> YearScores:
    """What the facts of today come to: of a year, or of what is dated up to a quarter's end."""
    if quarter is None:
        return year_scores(desk, year)
    period = period_of(desk, year, quarter)
    found = year_facts(desk, year)
    with undisturbed():
        at_end = until(found.snapshot, period.last)
    scores = scored(desk, found._replace(snapshot=at_end))
    due = tuple(o for o in scores.book.obligations if o.period.last <= period.last)
    return scores._replace(book=scores.book._replace(obligations=due), until=period.last)


def published(desk: Desk, year: int, quarter: int | None = None) -> YearScores:
    """The sealed result, with what would be another today; where none is sealed, the current."""
    now = current(desk, year, quarter)
    found = _kept(desk, period_of(desk, year, quarter), now.book)
    return now if found is None else _compared(found, differences(found.book, now.book))


def published_holder(desk: Desk, year: int, spelling: str) -> Explained | None:
    """The sealed points of one holder; None where the year is not sealed.

    Raises:
        NotFoundError, AmbiguousError: nobody, or more than one, answers to the name.
        SqmyError: known, but not listed in the year.
    """
    period = period_of(desk, year, None)
    if seals.latest(desk.ledger, period.label) is None:
        return None  # without scoring the whole year
    found = published(desk, year)
    key = key_called(desk, spelling)
    holder = next((one for one in found.holders() if one.key == key), None)
    if holder is None:
        raise SqmyError(f"「{spelling}」不在封存的 {year} 年得分里（F{_seal(found).fact}）。")
    own = tuple(o for o in found.book.obligations if o.key == key)
    scores = found._replace(book=found.book._replace(obligations=own))
    return Explained(scores, holder, found.book.left_out(key))


def _seal(scores: YearScores) -> Sealed:
    assert scores.sealed is not None  # noqa: S101 — it was kept
    return scores.sealed


def _compared(scores: YearScores, found: Differences) -> YearScores:
    return scores._replace(sealed=_seal(scores)._replace(differences=found))


# -- sealing -----------------------------------------------------------------------------------


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
        if earlier := _kept(desk, period, scores.book):
            _check_again(earlier, scores, reason, period)
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


def _check_again(
    earlier: YearScores, scores: YearScores, reason: str | None, period: Period
) -> None:
    own = _seal(earlier)
    if not differences(earlier.book, scores.book):
        raise SqmyError(
            f"{told(period)}得分已于 {own.day} 封存（F{own.fact}），现有事实算出的与它相同，"
            "不必再封。"
        )
    if not reason:
        raise SqmyError(
            f"{told(period)}得分已于 {own.day} 封存（F{own.fact}）。请先用 sqmy correct "
            "出更正通报；通报以后再封存一次的，用 --because 写明理由。"
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


def _kept(desk: Desk, period: Period, now: ScoreBook) -> YearScores | None:
    """The result of the last seal of a period, told to the desk's audience.

    Args:
        desk: with an open ledger.
        period: the year, or its part up to a quarter's end.
        now: the book of today, asked for what is not kept.

    Raises:
        LedgerError: it cannot be read.
    """
    found = seals.latest(desk.ledger, period.label)
    if found is None:
        return None
    try:
        result = json.loads(found.seal.result)
        book = kept.load(result["book"], now)
        sources = tuple(Source(**source) for source in result["rulebooks"])
        titles = {int(item): reading.Title(*title) for item, title in result["titles"].items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise LedgerError(f"封存的结果 F{found.fact} 读不出来。请用 sqmy verify 检查。") from error
    shown: Mapping[FactId, reading.Title] = titles | {
        item: HIDDEN for item in desk.hidden if item in titles
    }
    return YearScores(
        book,
        desk.rulebook_in(found.seal.year, _editions(desk, sources)),
        sources,
        shown,
        found.fact,
        reading.hash_at(desk.ledger, found.fact) or "",
        View(desk.audience, len(desk.hidden.intersection(titles))),
        until=None if found.seal.period == str(found.seal.year) else found.seal.until,
        sealed=Sealed(found.fact, found.recorded_at[:10], found.seal.output),
    )


def _editions(desk: Desk, sources: Iterable[Source]) -> list[Edition]:
    """The editions that scored, which the ledger still holds."""
    held = {sha256(edition.text): edition for _, edition in desk.editions}
    return [held[source.sha256] for source in sources if source.sha256 in held]
