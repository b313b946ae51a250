"""The year scored: snapshot, rulebook and titles brought together."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from sqmy.days import Period, periods
from sqmy.errors import AmbiguousError, NotFoundError, SqmyError
from sqmy.facts import Edition
from sqmy.ledger import reading
from sqmy.ledger.chain import sha256
from sqmy.ledger.snapshot import snapshot
from sqmy.reports.scores import Source, YearScores
from sqmy.rules import compiled
from sqmy.scoring.book import Holder
from sqmy.scoring.engine import score
from sqmy.workspace.desk import Desk


def year_scores(desk: Desk, year: int, edition: Edition | None = None) -> YearScores:
    """The points of a year by the edition then in force, or by `edition` as a trial."""
    in_force = edition or desk.edition_on(f"{year}-12-31")
    rulebook = compiled.load(in_force.compiled)
    period: Period = periods(year, "year", rulebook.year.start)[0]
    seq, head = reading.head(desk.ledger)
    source = Source(rulebook.name, rulebook.edition, sha256(in_force.text), in_force.since)
    with _undisturbed():
        book = score(snapshot(desk.ledger, period, ordered=rulebook.ordered), rulebook, year)
    return YearScores(book, rulebook, (source,), reading.titles(desk.ledger), seq, head)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No search for reference cycles meanwhile: millions of new values hold none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def holder_called(desk: Desk, scores: YearScores, spelling: str) -> Holder:
    """The member or unit of that name among those scored.

    Raises:
        NotFoundError, AmbiguousError: nobody, or more than one, answers to it.
        SqmyError: known, but not listed in the year.
    """
    register = desk.register
    keys = [("member", member) for member in register.members_called(spelling)]
    keys += [("unit", unit) for unit in register.units_called(spelling)]
    if len(keys) > 1:
        names = (
            register.full_name(i) + f" F{i}"
            if kind == "member"
            else f"{register.units[i].name} F{i}"
            for kind, i in keys
        )
        raise AmbiguousError("名称", spelling, names)
    if not keys:
        raise NotFoundError("人员或单位", spelling, "用 sqmy member list 或 sqmy unit list 查看。")
    found = next((holder for holder in scores.holders() if holder.key == keys[0]), None)
    if found is None:
        raise SqmyError(
            f"「{spelling}」不在 {scores.book.year.chinese}的考评范围内：本年没有本地身份，"
            "或单位不参评，因此没有得分。"
        )
    return found
