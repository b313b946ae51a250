"""Processes killed while they write: at seeded moments, and at every call that reaches the disk."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from sqmy.ledger import attached
from sqmy.ledger.opening import open_ledger
from trials import offices
from trials.offices import ENVIRONMENT, BrokenError, must_be, state
from trials.tracing import counted, disturbed

CLERK = """
import sys
from pathlib import Path
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.records import Records
from sqmy import facts
print("ready", flush=True)
place = 0
while True:
    place += 1
    with open_ledger(Path(sys.argv[1])) as ledger:
        with ledger.writing():
            item = Records(ledger, "试验").submit(
                facts.Submission(0, None, "", f"第{place}条", "2025-03-01", True, (), (2,),
                                 body="正文" * 200)
            )
        print(item, flush=True)
"""
"""Records items one by one and says each that is recorded, until it is killed."""

ATTACHING = """
import os, sys
from pathlib import Path
from sqmy.workspace.attaching import attach
from sqmy.workspace.desk import open_desk
print("ready", flush=True)
paper = Path(sys.argv[2])
while True:
    paper.write_bytes(os.urandom(200_000))
    with open_desk(sys.argv[1], "试验") as desk:
        (receipt,) = attach(desk, "F1", [paper]).receipts
    print(receipt.fact, flush=True)
"""
"""Attaches files one by one and says each that is recorded, until it is killed."""

LONGEST = 0.25
"""Seconds until a kill, at the most, from when the work has begun."""


def clerks(ledger: Path, number: int, chance: random.Random) -> int:
    """Kill a clerk who records one item after another; how many were acknowledged in all.

    Raises:
        BrokenError: an item that was acknowledged is not there, or the ledger does not verify.
    """
    acknowledged = 0
    for _ in range(number):
        told = _killed(CLERK, chance, ledger)
        found = state(ledger)
        acknowledged += len(told)
        if told and found.seq < told[-1]:
            raise BrokenError(f"F{told[-1]} was acknowledged and is not there: {found}")
    return acknowledged


def attaching(ledger: Path, number: int, chance: random.Random) -> int:
    """Kill a clerk who attaches one file after another; how many were acknowledged in all.

    Raises:
        BrokenError: a fact's content is not there, or an attachment that was acknowledged.
    """
    acknowledged = 0
    for _ in range(number):
        told = _killed(ATTACHING, chance, ledger, ledger.with_name("来稿.txt"))
        found = state(ledger)
        acknowledged += len(told)
        if told and found.seq < told[-1]:
            raise BrokenError(f"F{told[-1]} was acknowledged and is not there: {found}")
        with open_ledger(ledger) as opened:
            examined = attached.examine(opened)
        if examined and examined.problems:
            raise BrokenError("\n".join(map(str, examined.problems)))
    return acknowledged


def _killed(script: str, chance: random.Random, *words: Path) -> list[int]:
    """Kill a clerk at a seeded moment of the work; the facts that were acknowledged."""
    with subprocess.Popen(
        [sys.executable, "-c", script, *map(str, words)],
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as clerk:
        assert clerk.stdout is not None  # noqa: S101 — it is a pipe
        clerk.stdout.readline()
        time.sleep(chance.random() * LONGEST)
        clerk.send_signal(signal.SIGKILL)
        return [int(line) for line in clerk.stdout.read().split("\n")[:-1]]


def imports(ledger: Path, workbook: Path, number: int, chance: random.Random) -> int:
    """Kill an import at seeded moments; how many had been carried out.

    Raises:
        BrokenError: half an import is there, or the ledger does not verify.
    """
    whole = ledger.read_bytes()
    before = state(ledger)
    seconds = _seconds(ledger, workbook)
    carried_out = 0
    for _ in range(number):
        _restore(ledger, whole)
        with subprocess.Popen(
            offices.sqmy("--ledger", ledger, "import", workbook),
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            encoding="utf-8",
        ) as importer:
            assert importer.stdout is not None  # noqa: S101 — it is a pipe
            time.sleep(seconds * (0.3 + 0.8 * chance.random()))  # mostly while it writes
            importer.kill()
            told = importer.stdout.read()
        found = state(ledger)
        if found != before and found.items != before.items + offices.ROWS:
            raise BrokenError(f"half an import: {found}")
        if told.startswith("已导入") and found == before:
            raise BrokenError("an import was acknowledged and is not there")
        carried_out += found != before
    _restore(ledger, whole)
    return carried_out


def calls(ledger: Path, workbook: Path, call: str, how: str, every: int = 1) -> tuple[int, int]:
    """Disturb an import at its first, second, third … call of that name, to its last.

    Args:
        ledger: where to.
        workbook: what is imported.
        call: such as `fdatasync`.
        how: `signal=KILL`, `error=EIO` …
        every: only every so many of them.

    Returns:
        How many calls were disturbed, and after how many the import was there.

    Raises:
        BrokenError: half an import is there, an error that was told is none or the ledger does not
            verify.
    """
    whole = ledger.read_bytes()
    before = state(ledger)
    tried = carried_out = 0
    command = offices.sqmy("--ledger", ledger, "import", workbook)
    total = counted(command, call)
    for when in range(1, total + 1, every):
        _restore(ledger, whole)
        done = disturbed(command, call, how, when)
        found = state(ledger)
        if found != before and found.items != before.items + offices.ROWS:
            raise BrokenError(f"{call} {when}: half an import: {found}")
        if done.returncode == 0 and found == before:
            raise BrokenError(f"{call} {when}: acknowledged and not there")
        failed = done.returncode and "error" in how  # 0: an error that takes nothing away
        if failed and (not done.stderr.startswith("错误：") or found != before):
            raise BrokenError(f"{call} {when}: {done.stderr}")
        tried += 1
        carried_out += found != before
    _restore(ledger, whole)
    must_be(ledger, [before])
    return tried, carried_out


def _seconds(ledger: Path, workbook: Path) -> float:
    """How long the import takes here."""
    begun = time.monotonic()
    done = offices.carry_out("--ledger", ledger, "import", workbook, "--dry-run")
    if done.returncode:
        raise RuntimeError(done.stderr)
    return time.monotonic() - begun


def _restore(ledger: Path, content: bytes) -> None:
    for left in ledger.parent.glob(f"{ledger.name}-*"):
        left.unlink()
    ledger.write_bytes(content)
