"""Eight clerks record at once, each in a process of its own, in a file and on a server."""

import subprocess
from contextlib import ExitStack
from pathlib import Path

import pytest

from clerk import Clerk, environment
from limits import python
from postgres import Cluster
from sqmy.ledger import audit, reading
from sqmy.ledger.opening import open_ledger
from sqmy.settings import ledger_place

CLERKS = "甲乙丙丁戊己庚辛"
EACH = 100
PROGRAM = f"""
import sys
from sqmy.cli import main
print("ready", flush=True)
sys.stdin.readline()
for place in range({EACH}):
    words = ["submit", f"第{{place}}条", "--unit", "提案委", "--on", "2025-03-01"]
    code = main(["--ledger", sys.argv[1], "--as", sys.argv[2], *words])
    assert code == 0, code
"""


@pytest.fixture(params=["file", "server"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where the ledger is to be."""
    if request.param == "file":
        return str(tmp_path / "sqmy.db")
    cluster: Cluster = request.getfixturevalue("cluster")
    return cluster.address(cluster.new_database())


def test_nothing_is_lost_and_nobody_is_refused(address: str) -> None:
    clerk = Clerk(address)
    clerk.do("init")
    clerk.do("unit add 提案委 --kind 委室")
    with ExitStack() as stack:
        clerks = [
            stack.enter_context(
                subprocess.Popen(
                    python("-X", "utf8", "-c", PROGRAM, address, name),
                    env=environment(),
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE,
                    encoding="utf-8",
                )
            )
            for name in CLERKS
        ]
        for each in clerks:
            assert each.stdout
            assert each.stdout.readline() == "ready\n"
        for each in clerks:
            assert each.stdin
            each.stdin.write("\n")
            each.stdin.flush()
        told = [each.communicate() for each in clerks]
    assert [err for _, err in told] == [""] * len(CLERKS)
    assert [each.returncode for each in clerks] == [0] * len(CLERKS)
    with open_ledger(ledger_place(address, lambda _: True)) as ledger:
        assert audit.examine(ledger) == []
        assert reading.head(ledger)[0] == 2 + EACH * len(CLERKS)
        written = ledger.rows(
            "SELECT operator, title, number FROM chain JOIN live_submission ON fact = seq"
            " ORDER BY seq"
        )
    for name in CLERKS:
        assert [title for who, title, _ in written if who == name] == [
            f"第{place}条" for place in range(EACH)
        ]
    assert [number for *_, number in written] == [
        f"2025-{place:03}" for place in range(1, EACH * len(CLERKS) + 1)
    ]
