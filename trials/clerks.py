"""Several clerks at once on one ledger, each with commands of its own."""

import subprocess
import sys
from pathlib import Path

from trials.offices import ENVIRONMENT, BrokenError, state

CLERK = """
import sys
from sqmy.cli import main
sys.stdin.readline()
for place in range(int(sys.argv[2])):
    words = ["submit", f"{sys.argv[3]}号的第{place}条", "--unit", "提案委", "--signed-by-unit"]
    if main(["--ledger", sys.argv[1], *words, "--on", "2025-03-01"]):
        sys.exit(1)
"""


def at_once(ledger: Path, number: int, each: int) -> int:
    """So many processes record so many items each; how many items are new.

    Raises:
        BrokenError: an item is missing, an error was shown, or the ledger does not verify.
    """
    before = state(ledger)
    clerks = [
        subprocess.Popen(
            [sys.executable, "-c", CLERK, str(ledger), str(each), str(place)],
            env=ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )
        for place in range(number)
    ]
    told = [clerk.communicate("\n")[1] for clerk in _begun(clerks)]
    if any(told) or any(clerk.returncode for clerk in clerks):
        raise BrokenError("\n".join(told))
    after = state(ledger)
    if (after.seq - before.seq, after.items - before.items) != (number * each, number * each):
        raise BrokenError(f"{before} became {after}")
    return number * each


def _begun(clerks: list["subprocess.Popen[str]"]) -> list["subprocess.Popen[str]"]:
    """All of them, told to begin; each has imported what it needs by then or does so first."""
    for clerk in clerks:
        assert clerk.stdin is not None  # noqa: S101 — it is a pipe
        clerk.stdin.write("\n")
        clerk.stdin.flush()
    return clerks
