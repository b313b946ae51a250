"""What a holder or an item brought in a year: as it was published, else by the facts of today."""

from sqmy.errors import SqmyError
from sqmy.ledger import seals
from sqmy.ledger.seals import Kept
from sqmy.reports.explain import Explained, ItemExplained
from sqmy.workspace.desk import Desk
from sqmy.workspace.published import told_by, when, whole
from sqmy.workspace.scores import holder_scores, item_scores, key_called, signed, voided, year_facts


def holder(desk: Desk, year: int, spelling: str) -> Explained:
    """The points of one holder.

    Raises:
        NotFoundError, AmbiguousError: nobody, or more than one, answers to the name.
        SqmyError: known, but not listed in the year.
    """
    seal = _seal(desk, year)
    if seal is None:
        return holder_scores(desk, year, spelling)  # without scoring the whole year
    key = key_called(desk, spelling)
    found = told_by(desk, seal)
    listed = next((one for one in found.holders() if one.key == key), None)
    if listed is None:
        raise SqmyError(f"「{spelling}」不在封存的 {year} 年得分里（F{seal.fact}）。")
    own = tuple(o for o in found.book.obligations if o.key == key)
    scores = found._replace(book=found.book._replace(obligations=own))
    then = when(desk, seal)
    gone = voided(then, signed(year_facts(then, year).snapshot, key))
    return Explained(scores, listed, (*found.book.left_out(key), *gone))


def item(desk: Desk, year: int, number: str) -> ItemExplained | None:
    """What one item brought; one that was recorded after the seal is told by today's facts.

    Returns:
        None where no live item has that number.
    """
    seal = _seal(desk, year)
    then = item_scores(when(desk, seal), year, number) if seal else None
    if seal is None:
        return item_scores(desk, year, number)
    if then is None:
        late = item_scores(desk, year, number)
        return late and late._replace(remark=_LATE.format(year=year, seal=seal.fact))
    scores = told_by(desk, seal)
    return then._replace(scores=scores._replace(titles=then.scores.titles, view=then.scores.view))


_LATE = "这一条在 {year} 年得分封存（F{seal}）以后登记，公布的得分里没有它；这里按现有的事实。"


def _seal(desk: Desk, year: int) -> Kept | None:
    return seals.latest(desk.ledger, year, whole(desk, year).last)
