"""`python -m trials`: every trial in its full number, a line each; `--quick`: a few of each."""

import argparse
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from trials import clerks, disks, kills, offices, power, statements, tracing

SEED = 20250101


class Extent(NamedTuple):
    """How often each thing is tried.

    Attributes:
        kills: of clerks who record.
        imports: kills of imports.
        attaching: kills of those who attach files.
        every: of a disk's writes one in so many fails.
        statements: of an import that fail.
        recorded: items that each of several clerks records.
        margins: of room on a disk that becomes full.
        contents: of a disk, for each call at which the power is cut.
    """

    kills: int
    imports: int
    attaching: int
    every: int
    statements: int
    recorded: int
    margins: int
    contents: int


FULL = Extent(200, 60, 40, 7, 100, 100, 20, 2)
QUICK = Extent(6, 4, 3, 30, 4, 5, 2, 1)


@contextmanager
def _office() -> Iterator[tuple[Path, Path]]:
    """A new ledger, alone in its folder, and a workbook to import into it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "台账"
        folder.mkdir()
        yield offices.found(folder), offices.workbook(Path(name) / "报送.xlsx")


def _kills(extent: Extent, chance: random.Random) -> str:
    with _office() as (ledger, _):
        acknowledged = kills.clerks(ledger, extent.kills, chance)
    with _office() as (ledger, workbook):
        carried_out = kills.imports(ledger, workbook, extent.imports, chance)
    with _office() as (ledger, _):
        files = kills.attaching(ledger, extent.attaching, chance)
    number = extent.kills + extent.imports + extent.attaching
    return (
        f"{number} kills: {acknowledged} items and {files} attachments acknowledged,"
        f" {carried_out} imports there"
    )


def _calls(extent: Extent, _: random.Random) -> str:
    told = []
    for call, how, every in (
        ("fdatasync", "signal=KILL", 1),
        ("pwrite64", "error=EIO", extent.every),
        ("pwrite64", "error=ENOSPC", extent.every),
    ):
        with _office() as (ledger, workbook):
            tried, carried_out = kills.calls(ledger, workbook, call, how, every)
            told.append(f"{call} {how}: {tried}, {carried_out} there")
    return "; ".join(told)


def _statements(extent: Extent, _: random.Random) -> str:
    with _office() as (ledger, workbook):
        return f"{statements.failing(ledger, workbook, extent.statements)} statements failed"


def _at_once(extent: Extent, _: random.Random) -> str:
    told = []
    for number in (2, 8):
        with _office() as (ledger, _workbook):
            recorded = clerks.at_once(ledger, number, extent.recorded)
            told.append(f"{number} at once: {recorded} items")
    return "; ".join(told)


def _disks(extent: Extent, _: random.Random) -> str:
    told = []
    with tempfile.TemporaryDirectory() as name:
        workbook = offices.workbook(Path(name) / "报送.xlsx")
        for what, trial in (
            ("full", lambda disk: disks.full(disk, workbook, extent.margins)),
            ("read-only", disks.read_only),
        ):
            mount = Path(name) / what
            mount.mkdir()
            with disks.small_disk(mount) as disk:
                told.append(f"{what}: {trial(disk) if disk else 'nothing may be mounted here'}")
    return "; ".join(told)


def _power(extent: Extent, chance: random.Random) -> str:
    with _office() as (ledger, workbook):
        files = {str(ledger): ledger.read_bytes()}
        before = offices.state(ledger)
        command = offices.sqmy("--ledger", ledger, "import", workbook)
        calls = tracing.traced(command, ledger.parent)
        after = offices.state(ledger)
        shutil.rmtree(ledger.parent)
        ledger.parent.mkdir()
        tried = power.try_cuts(
            calls,
            files,
            ledger,
            allowed=(before, after),
            chance=chance,
            each=extent.contents,
        )
    return f"{tried.cuts} power cuts at {len(calls)} calls: {tried.carried_out} imports there"


TRIALS: dict[str, Callable[[Extent, random.Random], str]] = {
    "kills": _kills,
    "calls": _calls,
    "statements": _statements,
    "clerks": _at_once,
    "disks": _disks,
    "power": _power,
}


def main(words: list[str]) -> int:
    """Carry out the trials of these names, or all; 1 if one of them found a fault."""
    reader = argparse.ArgumentParser(prog="python -m trials", description=__doc__)
    reader.add_argument("names", nargs="*", choices=[*TRIALS, []], metavar="name", default=[])
    reader.add_argument("--quick", action="store_true", help="a few of each")
    options = reader.parse_args(words)
    broken = 0
    for name in options.names or TRIALS:
        if name in {"calls", "power"} and not tracing.available():
            sys.stdout.write(f"{name}: needs strace and the right to trace\n")
            continue
        try:
            told = TRIALS[name](QUICK if options.quick else FULL, random.Random(SEED))
        except offices.BrokenError as error:
            told, broken = f"BROKEN {error}", 1
        sys.stdout.write(f"{name}: {told}\n")
        sys.stdout.flush()
    return broken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
