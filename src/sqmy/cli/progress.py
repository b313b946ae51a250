"""A progress bar on standard error, only on a terminal and only for what takes over a second."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqmy.text import display_width

Step = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done and how much there is."""

_WIDTH = 24


@contextmanager
def progress() -> Iterator[Step]:
    """A function to report progress to; the bar is gone at the end."""
    begun = time.monotonic()
    drawn = [0.0, 0.0]  # when last, how wide

    def step(what: str, done: int, total: int) -> None:
        now = time.monotonic()
        if not sys.stderr.isatty() or now - begun < 1 or now - drawn[0] < 0.1:  # noqa: PLR2004
            return
        filled = _WIDTH * done // max(total, 1)
        line = f"{what} [{'#' * filled}{'.' * (_WIDTH - filled)}] {done}/{total}"
        drawn[:] = [now, display_width(line)]
        sys.stderr.write(f"\r{line}")
        sys.stderr.flush()

    try:
        yield step
    finally:
        if drawn[1]:
            sys.stderr.write("\r" + " " * int(drawn[1]) + "\r")
            sys.stderr.flush()
