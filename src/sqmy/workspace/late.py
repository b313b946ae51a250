"""Facts recorded after a result was sealed: said wherever today's facts are told, or grow."""

from collections.abc import Iterable

from sqmy.days import Period
from sqmy.facts import FactId
from sqmy.ledger import seals
from sqmy.workspace.desk import Desk
from sqmy.workspace.published import seal_of, whole


def since_seals(desk: Desk, years: Iterable[int]) -> tuple[str, ...]:
    """For what is told by today's facts: of which years a result is sealed that differs from them.

    Args:
        desk: with an open ledger.
        years: that it is about.
    """
    told = []
    for year in years:
        found = seals.before(desk.ledger, year, "9999-12-31")  # which reaches farthest
        if found is None:
            continue
        part = Period(str(year), whole(desk, year).first, found.seal.until)
        if late := len(seals.dated_since(desk.ledger, found.fact, part)):
            sealed = seal_of(found)
            told.append(
                f"{sealed.what}得分已封存（F{found.fact}），此后登记、撤销的有 {late} 项："
                f"这里按现有的事实，公布的结果用 sqmy score {sealed.options} 查看。"
            )
    return tuple(told)


def late_since(desk: Desk, since: FactId) -> tuple[str, ...]:
    """Which sealed results would count what was recorded after a place, and how much of it."""
    told = []
    for year, until in dict.fromkeys((year, day) for year, _, day in seals.sealed(desk.ledger)):
        found = seals.latest(desk.ledger, year, until)
        part = Period(str(year), whole(desk, year).first, until)
        late = len(seals.dated_since(desk.ledger, since, part))
        if found and found.fact <= since and late:
            sealed = seal_of(found)
            told.append(
                f"{late} 项的日期在{sealed.what}以内，那时的得分已封存（F{found.fact}），"
                f"公布的不变；要更正，用 sqmy correct {sealed.options}。"
            )
    return tuple(told)
