"""Disks that are full or take nothing: small ones in memory, mounted for the trial."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from trials import offices
from trials.offices import BrokenError, must_be, state

SIZE = 2_000_000
"""Bytes of a small disk."""

FULL = ("磁盘已满", "磁盘空间不足", "没有写完")


@contextmanager
def small_disk(folder: Path) -> Iterator[Path | None]:
    """A disk of that size in memory; None where nobody may mount one."""
    if not sys.platform.startswith("linux"):
        yield None
        return
    size = f"size={SIZE},mode=700"
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def full(disk: Path, workbook: Path, number: int) -> int:
    """Import onto a disk with less and less room; how many imports found no room.

    Raises:
        BrokenError: half an import is there, it was not said, or it does not work with room.
    """
    ledger = offices.found(disk)
    before = state(ledger)
    filling = disk / "filling"
    refused = 0
    for step in range(number):
        free = 4096 * (1 + step)  # a page more each time; the import takes some thirty
        _fill(filling, free)
        done = offices.carry_out("--ledger", ledger, "import", workbook)
        if done.returncode == 0:
            raise BrokenError(f"{free} bytes were enough: the trial is too mild")
        if done.returncode != 1 or not any(words in done.stderr for words in FULL):
            raise BrokenError(f"{free} bytes free: {done}")
        must_be(ledger, [before])
        refused += 1
        filling.unlink()
    done = offices.carry_out("--ledger", ledger, "import", workbook)
    if done.returncode or state(ledger).items != before.items + offices.ROWS:
        raise BrokenError(f"with room again: {done.stderr}")
    return refused


def _fill(path: Path, free: int) -> None:
    """Write until there is no more room than that."""
    with path.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
        file.truncate(max(0, file.seek(0, 2) - free))


def read_only(disk: Path) -> int:
    """Work on a disk that takes nothing; how many commands were tried.

    Raises:
        BrokenError: what only reads is refused, or what writes is not.
    """
    ledger = offices.found(disk)
    before = ledger.read_bytes()
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
    reading = (["list"], ["score", "--year", "2025"], ["verify"], ["log"])
    writing = (
        ["unit", "add", "新", "--kind", "其他"],
        ["void", "F4", "--because", "误录"],
        ["backup", str(disk / "备份.db")],
    )
    try:
        for words in reading:
            done = offices.carry_out("--ledger", ledger, *words)
            if done.returncode:
                raise BrokenError(done.stderr)
        for words in writing:
            done = offices.carry_out("--ledger", ledger, *words)
            if done.returncode != 1 or "Traceback" in done.stderr:
                raise BrokenError(f"{words}: {done.stderr}")
        if ledger.read_bytes() != before:
            raise BrokenError("a disk that takes nothing took something")
    finally:
        subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)
    return len(reading) + len(writing)
