"""Measuring in turn with a yardstick, each run in a process of its own.

Machines differ and are never quiet, so times are told but ratios count: the work and its
yardstick run one after the other, round after round, and the median of the rounds is the figure.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import NamedTuple

ROOT = Path(__file__).parent.parent


class Taken(NamedTuple):
    """What one run took.

    Attributes:
        seconds: by the wall clock.
        megabytes: most memory at any time, of 2**20 bytes; None where nobody can tell.
    """

    seconds: float
    megabytes: float | None = None


Work = Callable[[], Taken]
Prepare = Callable[..., Callable[[], object]]


class Limit(NamedTuple):
    """What is asked of a figure, at the most; None asks nothing.

    Attributes:
        times: of the yardstick's time.
        seconds: of its own time.
        megabytes: of its own memory.
    """

    times: float | None = None
    seconds: float | None = None
    megabytes: float | None = None


class Figure(NamedTuple):
    """One line of the table.

    Attributes:
        what: the work, as the clerk would call it.
        yardstick: what it is compared with.
        own, other: what work and yardstick took, round by round.
        limit: what is asked.
    """

    what: str
    yardstick: str
    own: tuple[Taken, ...]
    other: tuple[Taken, ...]
    limit: Limit

    @property
    def seconds(self) -> float:
        """The work's median time."""
        return median(taken.seconds for taken in self.own)

    @property
    def yardstick_seconds(self) -> float:
        """The yardstick's median time."""
        return median(taken.seconds for taken in self.other)

    @property
    def ratios(self) -> list[float]:
        """How many times the yardstick's time, round by round."""
        pairs = zip(self.own, self.other, strict=True)
        return [own.seconds / other.seconds for own, other in pairs]

    @property
    def times(self) -> float:
        """The median of these."""
        return median(self.ratios)

    @property
    def spread(self) -> tuple[float, float]:
        """The middle half of these."""
        if len(self.ratios) == 1:
            return self.times, self.times
        low, _, high = quantiles(self.ratios, n=4, method="inclusive")
        return low, high

    @property
    def megabytes(self) -> float | None:
        """The most memory that any round took; None where nobody can tell."""
        return max((t.megabytes for t in self.own if t.megabytes is not None), default=None)

    @property
    def met(self) -> bool | None:
        """Whether all that is asked is met; None if nothing is."""
        found = (self.times, self.seconds, self.megabytes)
        asked = [
            one is not None and one <= most
            for one, most in zip(found, self.limit, strict=True)
            if most is not None
        ]
        return all(asked) if asked else None


def compared(
    what: str, own: Work, yardstick: str, other: Work, *, limit: Limit, rounds: int
) -> Figure:
    """The work and its yardstick in turn, after one round that does not count.

    That first round brings files into the system's memory and compiles modules.
    """
    print(f"  {what} …", file=sys.stderr, flush=True)
    own()
    other()
    pairs = [(own(), other()) for _ in range(rounds)]
    ours, theirs = zip(*pairs, strict=True)
    return Figure(what, yardstick, ours, theirs, limit)


def process(command: Sequence[str | Path], folder: Path) -> Work:
    """A whole process, from its start to its end."""
    return lambda: Taken(_run(command, folder)[0])


def apart(prepare: Prepare, *words: str | Path | int) -> Work:
    """What `prepare` returns, timed alone, in a process of its own, with that process's memory.

    Args:
        prepare: a function at the top of one of our modules.
        words: what to call it with; it gets text.
    """
    name = f"{prepare.__module__}:{prepare.__qualname__}"
    command = [sys.executable, "-m", "benchmarks.apart", name, *map(str, words)]
    return lambda: Taken(**json.loads(_run(command, ROOT)[1].splitlines()[-1]))


def _run(command: Sequence[str | Path], folder: Path) -> tuple[float, str]:
    """Seconds and standard output of a process.

    Raises:
        RuntimeError: it failed; what it said is told.
    """
    # Somebody who has set nothing: Python may keep what it compiled, sqmy looks for no ledger.
    ours = ("PYTHON", "SQMY")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    begun = perf_counter()
    done = subprocess.run(
        command,
        cwd=folder,
        env=kept | {"PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    seconds = perf_counter() - begun
    if done.returncode:
        raise RuntimeError(f"{' '.join(map(str, command))}\n{done.stdout}{done.stderr}")
    return seconds, done.stdout
