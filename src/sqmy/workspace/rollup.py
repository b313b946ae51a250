"""Many offices' years looked at together: all on a server, or files that were sent in."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from sqmy import settings
from sqmy.errors import LedgerError, SqmyError
from sqmy.ledger.counts import counts
from sqmy.ledger.opening import connect_to, open_ledger
from sqmy.ledger.sqlite import is_ledger
from sqmy.reports.rollup import OfficeYear
from sqmy.settings import Place, Server
from sqmy.terms import Audience
from sqmy.workspace.desk import Desk
from sqmy.workspace.published import at, published


def offices_years(
    ledger: str | None, ledgers: Iterable[str], year: int, audience: Audience = "internal"
) -> list[OfficeYear]:
    """The year of each office, in the order of their names, or as they were given.

    Args:
        ledger: as given with `--ledger`: a server, every office of which is meant.
        ledgers: files or addresses instead.
        year: the scoring year.
        audience: whom they are told to.

    Raises:
        SqmyError: no server and no ledgers are named, or no office can be read.
    """
    places = [settings.ledger_place(one, is_ledger) for one in ledgers]
    if not places:
        server = settings.ledger_place(ledger, is_ledger)
        if isinstance(server, Path):
            raise SqmyError(
                "请写明各地的台账文件，如 sqmy rollup 甲县.db 乙县.db --year 2025；"
                "或用 --ledger 指明服务器，汇总上面的各地。"
            )
        places = list(_offices(server))
    return [_year_of(place, year, audience) for place in places]


def _offices(server: Server) -> Iterator[Place]:
    from sqmy.ledger.postgresql_schema import offices

    with connect_to(server) as ledger:
        found = offices(ledger)
    if not found:
        raise LedgerError(f"服务器上没有登录的用户能查看的台账：{server}")
    for office in found:
        yield server._replace(office=office)


def _year_of(place: Place, year: int, audience: Audience) -> OfficeYear:
    name = place.stem if isinstance(place, Path) else place.office
    with Desk(open_ledger(place), "", audience) as desk:
        scores = published(desk, year)
        counted = counts(at(desk, year).ledger, scores.book.year)
        words = desk.vocabulary
    return OfficeYear(
        name,
        scores,
        counted.submitted,
        _ordered(counted.adopted, words.channels.values()),
        counted.adopted_anywhere,
        _ordered(counted.instructed, words.ranks.values()),
    )


def _ordered(counted: dict[str, int], labels: Iterable[str]) -> dict[str, int]:
    """Each label of the rulebook with its count, in its order; then those it no longer knows."""
    known = dict.fromkeys(labels, 0)
    return known | counted
