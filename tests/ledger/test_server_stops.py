"""A server that stops at once, as in a power cut: what was acknowledged is there, no half import.

`SQMY_STOPS=50 pytest tests/ledger/test_server_stops.py` stops it as often as is promised.
"""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import postgres
from clerk import environment
from limits import python
from sqmy.ledger import audit
from sqmy.ledger.opening import open_ledger
from sqmy.settings import Server

STOPS = int(os.environ.get("SQMY_STOPS", "4"))
ROWS = 40
"""Rows of an import, which is one transaction."""

WRITER = f"""
import sys
from pathlib import Path
import packaged
from ledgers import submission
from sqmy.errors import SqmyError
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.records import Records
from sqmy.settings import server
from sqmy.workspace.importing import import_files

words = packaged.rulebook().vocabulary()
sheet = Path(sys.argv[2])
start = int(sys.argv[3])
try:
    with open_ledger(server(sys.argv[1])) as ledger:
        for place in range(start, start + 10_000):
            if place % 3:
                with ledger.writing():
                    Records(ledger, "甲").submit(submission(units=(1,), title=f"第{{place}}条"))
            else:
                rows = ["编号,标题,报送单位,报送日期"]
                rows += [f"{{place}}-{{n}},第{{place}}条,提案委,2025-03-01" for n in range({ROWS})]
                sheet.write_text("\\n".join(rows), encoding="utf-8")
                import_files(ledger, "乙", words, [sheet])
            print(place, flush=True)
except SqmyError as error:
    print(error, file=sys.stderr)
    sys.exit(error.exit_code)
"""


@pytest.fixture
def own() -> Iterator[postgres.Cluster]:
    """A server of this test's own."""
    with postgres.cluster() as made:
        yield made


def written(place: Server) -> dict[int, int]:
    """How many items each write left, by its place."""
    with open_ledger(place) as ledger:
        assert audit.examine(ledger) == []
        return {
            int(title[1:-1]): count
            for title, count in ledger.rows(
                "SELECT title, count(*) FROM live_submission GROUP BY title"
            )
        }


def test_what_was_acknowledged_is_there_and_nothing_is_half_there(
    own: postgres.Cluster, tmp_path: Path
) -> None:
    chance = random.Random(7)
    database = own.new_database()
    with own.new_office(database) as ledger, ledger.writing():
        from sqmy.ledger.records import Records  # noqa: PLC0415 — once

        Records(ledger, "甲").register_unit("提案委", "委室", None, assessed=True, since=None)
    acknowledged: set[int] = set()
    for stop in range(STOPS):
        start = 10_000 * stop
        command = f"import sys; sys.path[:0] = {sys.path!r}\n{WRITER}"
        words = [own.address(database), str(tmp_path / "表.csv"), str(start)]
        with subprocess.Popen(
            python("-X", "utf8", "-c", command, *words),
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        ) as writer:
            assert writer.stdout
            for _ in range(chance.randrange(1, 30)):
                acknowledged.add(int(writer.stdout.readline()))
            own.stop("immediate")
            out, told = writer.communicate()
        acknowledged.update(map(int, out.split()))
        assert writer.returncode in {1, 3}
        assert "连接断了" in told or "连不上服务器" in told
        own.start()
        there = written(own.place(database))
        assert acknowledged <= there.keys()
        assert len(there.keys() - acknowledged) <= stop + 1  # written, and the answer lost
        assert {there[place] for place in there if place % 3 == 0} <= {ROWS}
        assert {there[place] for place in there if place % 3} <= {1}
