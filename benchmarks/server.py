"""`python -m benchmarks.server ADDRESS`: what a PostgreSQL server does with sqmy's ledgers.

The figures of docs/deploy.md. The address names an empty database; offices are made in it and
stay. Everything goes through the ledger's own verbs, from this machine, one transaction a record.
"""

import argparse
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from statistics import median
from time import perf_counter

from benchmarks.ledgers import YEAR, People, fill, members_for, submission
from sqmy.ledger import audit, reading
from sqmy.ledger.database import Ledger
from sqmy.ledger.opening import connect_to, create_ledger, open_ledger
from sqmy.ledger.records import Records
from sqmy.settings import Server, server
from sqmy.workspace.desk import Desk
from sqmy.workspace.rollup import offices_years
from sqmy.workspace.scores import year_scores

Row = tuple[str, str]

CLERK = """
import sys
from benchmarks.server import record
record(sys.argv[1], int(sys.argv[2]), sys.argv[3])
"""


def timed(work: Callable[[], object], rounds: int = 1) -> float:
    """Seconds, the median of the rounds."""
    taken = []
    for _ in range(rounds):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return median(taken)


def new_office(place: Server, items: int) -> Ledger:
    """An office's ledger of one year."""
    return create_ledger(place, lambda made: fill(made, items, members_for(items)))


def record(address: str, count: int, prefix: str) -> None:
    """So many items, each in a transaction of its own, as a clerk records them."""
    chance = random.Random(prefix)
    with open_ledger(server(address)) as ledger:
        held = reading.register(ledger)
        people = People(list(held.units), list(held.members))
        for n in range(count):
            item = submission(n, n % 365, people, chance)._replace(number=f"{prefix}-{n}")
            with ledger.writing():
                Records(ledger, prefix, future=True).submit(item)


def at_once(addresses: list[str], count: int, mark: str) -> float:
    """Seconds until processes, one for each address, have each recorded so many."""
    start = perf_counter()
    clerks = [
        subprocess.Popen([sys.executable, "-c", CLERK, address, str(count), f"{mark}{n}"])
        for n, address in enumerate(addresses)
    ]
    assert [clerk.wait() for clerk in clerks] == [0] * len(clerks)  # noqa: S101
    return perf_counter() - start


def size(ledger: Ledger, office: str) -> int:
    """Bytes on the server's disk, indexes and all."""
    ((found,),) = ledger.rows(
        "SELECT CAST(sum(pg_total_relation_size(c.oid)) AS bigint) FROM pg_class c"
        " JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = :office AND c.relkind = 'r'",
        {"office": office},
    )
    return int(found)


def figures(address: str, *, counties: int, clerk_records: int) -> Iterator[Row]:
    """What was measured, and what it came to."""
    place = server(address)

    def at(office: str) -> Server:
        return place._replace(office=office)

    yield from _recording(address, at, clerk_records)
    for items in (1_000, 10_000, 100_000):
        with new_office(at(f"year{items}"), items) as ledger:
            yield from _year(ledger, items)
    yield from _rollup(address, at, counties)


def _recording(address: str, at: Callable[[str], Server], count: int) -> Iterator[Row]:
    with new_office(at("one"), 1_000):
        pass
    joined = f"{address}{'&' if '?' in address else '?'}office="
    alone = timed(lambda: record(f"{joined}one", count, "独"))
    yield "一人登记一条报送（一个事务，落盘才返回）", f"{1000 * alone / count:.1f} 毫秒"
    for n in range(8):
        with new_office(at(f"clerk{n}"), 1_000):
            pass
    together = at_once([f"{joined}one"] * 8, count, "合")
    yield "八人同时往一本台账登记", f"每秒 {8 * count / together:,.0f} 条"
    apart = at_once([f"{joined}clerk{n}" for n in range(8)], count, "分")
    yield "八人各往各县的台账登记", f"每秒 {8 * count / apart:,.0f} 条"


def _year(ledger: Ledger, items: int) -> Iterator[Row]:
    ledger.run("ANALYZE")
    seq, _ = reading.head(ledger)
    desk = Desk(ledger, "")
    scored = timed(lambda: year_scores(desk, YEAR, titled=False), 3)
    yield f"一县一年 {items:,} 条（{seq:,} 项登记）：算全年得分", f"{scored:.2f} 秒"
    yield "　　verify", f"{timed(lambda: audit.examine(ledger)):.1f} 秒"
    held = size(ledger, f"year{items}")
    yield "　　服务器磁盘", f"{held / 2**20:,.0f} MB，每项登记 {held / seq / 1024:.2f} KB"


def _rollup(address: str, at: Callable[[str], Server], counties: int) -> Iterator[Row]:
    with connect_to(at("one")) as ledger:
        for other in ("one", *(f"clerk{n}" for n in range(8)), "year10000", "year100000"):
            ledger.run(f"COMMENT ON SCHEMA {other} IS NULL")  # out of the way of the rollup
    for n in range(counties - 1):
        with new_office(at(f"county{n}"), 1_000):
            pass
    taken = timed(lambda: offices_years(address, [], YEAR), 3)
    yield f"{counties} 个县、每县一年 1,000 条：rollup", f"{taken:.1f} 秒"


def main() -> None:
    """Measure and print a table."""
    reader = argparse.ArgumentParser(prog="python -m benchmarks.server")
    reader.add_argument("address")
    reader.add_argument("--counties", type=int, default=12)
    reader.add_argument("--records", type=int, default=300)
    given = reader.parse_args()
    print("| 量什么 | 实测 |\n| --- | --- |")
    for what, told in figures(given.address, counties=given.counties, clerk_records=given.records):
        print(f"| {what} | {told} |", flush=True)


if __name__ == "__main__":
    main()
