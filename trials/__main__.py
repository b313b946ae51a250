"""`python -m trials`: every trial in its full number, a line each."""

import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from trials import clerks, disks, kills, offices, power, statements, tracing

SEED = 20250101


@contextmanager
def _office() -> Iterator[tuple[Path, Path]]:
    """A new ledger, alone in its folder, and a workbook to import into it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "台账"
        folder.mkdir()
        yield offices.found(folder), offices.workbook(Path(name) / "报送.xlsx")


def _kills(chance: random.Random) -> str:
    with _office() as (ledger, _):
        acknowledged = kills.clerks(ledger, 200, chance)
    with _office() as (ledger, workbook):
        carried_out = kills.imports(ledger, workbook, 60, chance)
    with _office() as (ledger, _):
        files = kills.attaching(ledger, 40, chance)
    return (
        f"300 kills: {acknowledged} items and {files} attachments acknowledged,"
        f" {carried_out} imports there"
    )


def _calls(_: random.Random) -> str:
    told = []
    for call, how, every in (
        ("fdatasync", "signal=KILL", 1),
        ("pwrite64", "error=EIO", 7),
        ("pwrite64", "error=ENOSPC", 7),
    ):
        with _office() as (ledger, workbook):
            tried, carried_out = kills.calls(ledger, workbook, call, how, every)
            told.append(f"{call} {how}: {tried}, {carried_out} there")
    return "; ".join(told)


def _statements(_: random.Random) -> str:
    with _office() as (ledger, workbook):
        return f"{statements.failing(ledger, workbook, 100)} statements failed"


def _at_once(_: random.Random) -> str:
    told = []
    for number in (2, 8):
        with _office() as (ledger, _workbook):
            told.append(f"{number} at once: {clerks.at_once(ledger, number, 100)} items")
    return "; ".join(told)


def _disks(_: random.Random) -> str:
    told = []
    with tempfile.TemporaryDirectory() as name:
        workbook = offices.workbook(Path(name) / "报送.xlsx")
        for what, trial in (
            ("full", lambda disk: disks.full(disk, workbook, 20)),
            ("read-only", disks.read_only),
        ):
            mount = Path(name) / what
            mount.mkdir()
            with disks.small_disk(mount) as disk:
                told.append(f"{what}: {trial(disk) if disk else 'nothing may be mounted here'}")
    return "; ".join(told)


def _power(chance: random.Random) -> str:
    with _office() as (ledger, workbook):
        files = {str(ledger): ledger.read_bytes()}
        before = offices.state(ledger)
        command = offices.sqmy("--ledger", ledger, "import", workbook)
        calls = tracing.traced(command, ledger.parent)
        after = offices.state(ledger)
        shutil.rmtree(ledger.parent)
        ledger.parent.mkdir()
        tried = power.try_cuts(calls, files, ledger, allowed=(before, after), chance=chance, each=2)
    return f"{tried.cuts} power cuts at {len(calls)} calls: {tried.carried_out} imports there"


TRIALS: dict[str, Callable[[random.Random], str]] = {
    "kills": _kills,
    "calls": _calls,
    "statements": _statements,
    "clerks": _at_once,
    "disks": _disks,
    "power": _power,
}


def main(names: list[str]) -> int:
    """Carry out the trials of these names, or all; 1 if one of them found a fault."""
    broken = 0
    for name in names or TRIALS:
        if name in {"calls", "power"} and not tracing.available():
            sys.stdout.write(f"{name}: needs strace and the right to trace\n")
            continue
        try:
            told = TRIALS[name](random.Random(SEED))
        except offices.BrokenError as error:
            told, broken = f"BROKEN {error}", 1
        sys.stdout.write(f"{name}: {told}\n")
        sys.stdout.flush()
    return broken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
