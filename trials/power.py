"""Power cuts: what may be on the disk if the power fails at any point of a command.

The command's system calls are traced once. A disk keeps what was synced; of what was written
since, it may keep any part, in any order and torn between sectors, and of files made and removed
since their folder was synced, any. So the possible contents after a cut are made, as many as are
wanted, and a ledger is opened from each.
"""

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from trials.offices import BrokenError, State, must_be
from trials.tracing import Call

SECTOR = 512


class Cut(NamedTuple):
    """A point in the sequence of calls; `done` if all of them were made."""

    calls: Sequence[Call]
    done: bool


def cuts(calls: Sequence[Call]) -> Iterator[Cut]:
    """Every point at which the power may fail, the last one after the command has ended."""
    for end in range(len(calls) + 1):
        yield Cut(calls[:end], end == len(calls))


class _Disk:
    """What is on the disk for certain, and what may be."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.synced = dict(files)
        self.pending: list[tuple[str, bytes, int]] = []
        self.names: list[tuple[str, str]] = []

    def make(self, call: Call) -> None:
        """One more call was made."""
        if call.name == "sync":
            if any(call.path == path.rpartition("/")[0] for path, _ in self.names):
                self._settle_names(call.path)
            self._settle(call.path)
        elif call.name in {"create", "unlink"}:
            self.names.append((call.path, call.name))
        elif call.name in {"pwrite64", "ftruncate"}:
            kind = call.data if call.name == "pwrite64" else b""
            self.pending.append((call.path, kind, call.offset))

    def _settle(self, path: str) -> None:
        """A file's content is on the disk, and with it, on usual file systems, its name."""
        own = [write for write in self.pending if write[0] == path]
        if own or path in self.synced:
            self.synced[path] = _written(self.synced.get(path, b""), own)
        self.pending = [write for write in self.pending if write[0] != path]
        self.names = [name for name in self.names if name != (path, "create")]

    def _settle_names(self, folder: str) -> None:
        """What was made and removed in a folder is on the disk."""
        for path, how in [name for name in self.names if name[0].rpartition("/")[0] == folder]:
            if how == "unlink":
                self.synced.pop(path, None)
                self.pending = [write for write in self.pending if write[0] != path]
            else:
                self.synced.setdefault(path, b"")
        self.names = [name for name in self.names if name[0].rpartition("/")[0] != folder]

    def after_cut(self, chance: random.Random) -> dict[str, bytes]:
        """One of the contents that may be there when the power is back."""
        kept = [write for write in self.pending if chance.random() < 0.5]  # noqa: PLR2004
        files = {
            path: _written(content, [_torn(w, chance) for w in kept if w[0] == path])
            for path, content in self.synced.items()
        }
        for path, how in self.names[: chance.randint(0, len(self.names))]:
            if how == "unlink":
                files.pop(path, None)
            else:
                own = [_torn(w, chance) for w in kept if w[0] == path]
                files[path] = _written(files.get(path, b""), own)
        return files


def _torn(write: tuple[str, bytes, int], chance: random.Random) -> tuple[str, bytes, int]:
    """A write of which only the first sectors may have reached the disk."""
    path, data, offset = write
    sectors = len(data) // SECTOR
    if sectors > 1 and chance.random() < 0.3:  # noqa: PLR2004
        return path, data[: SECTOR * chance.randint(1, sectors - 1)], offset
    return write


def _written(content: bytes, writes: Sequence[tuple[str, bytes, int]]) -> bytes:
    changed = bytearray(content)
    for _, data, offset in writes:
        if not data:
            del changed[offset:]
            continue
        if len(changed) < offset:
            changed.extend(bytes(offset - len(changed)))
        changed[offset : offset + len(data)] = data
    return bytes(changed)


class Tried(NamedTuple):
    """How many cuts were tried, and after how many the command's work was there."""

    cuts: int
    carried_out: int


def try_cuts(
    calls: Sequence[Call],
    before: Mapping[str, bytes],
    ledger: Path,
    *,
    allowed: tuple[State, State],
    chance: random.Random,
    each: int,
) -> Tried:
    """Open the ledger after every cut, several times each.

    Args:
        calls: of the command.
        before: the files as they were, by path.
        ledger: where the files are laid out; its folder is emptied each time.
        allowed: the states before and after the command.
        chance: which of the possible contents are tried.
        each: how many contents are tried for each point.

    Raises:
        BrokenError: something acknowledged is lost, or something is there half.
    """
    tried = carried_out = 0
    disk = _Disk(before)
    for place in range(len(calls) + 1):
        if place:
            disk.make(calls[place - 1])
        is_done = place == len(calls)
        for _ in range(each):
            _lay(disk.after_cut(chance), ledger.parent)
            try:
                found = must_be(ledger, allowed[1:] if is_done else allowed)
            except Exception as error:
                what = calls[place - 1] if place else None
                told = (what.name, what.path) if what else "the beginning"
                raise BrokenError(f"after call {place} of {len(calls)}, {told}: {error}") from error
            tried += 1
            carried_out += found == allowed[1]
    return Tried(tried, carried_out)


def _lay(files: Mapping[str, bytes], folder: Path) -> None:
    for left in folder.iterdir():
        left.unlink()
    for path, content in files.items():
        (folder / Path(path).name).write_bytes(content)
