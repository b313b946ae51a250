"""A progress bar on standard error, only on a terminal and only for what takes over a second."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from rich.progress import Progress

Step = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done and how much there is."""

_PATIENCE: Final = 1
"""Seconds without a bar."""


@contextmanager
def progress() -> Iterator[Step]:
    """A function to report progress to; the bar is gone at the end."""
    begun = time.monotonic()
    with ExitStack() as shown:
        bars: list[Progress] = []

        def step(what: str, done: int, total: int) -> None:
            if not sys.stderr.isatty() or time.monotonic() - begun < _PATIENCE:
                return
            if not bars:
                bars.append(shown.enter_context(_bar()))
                bars[0].add_task("")
            bars[0].update(bars[0].task_ids[0], description=what, completed=done, total=total)

        yield step


def _bar() -> "Progress":
    from rich.console import Console  # noqa: PLC0415 — most commands end within the second
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn  # noqa: PLC0415

    words = TextColumn("{task.description}", markup=False)
    return Progress(
        words, BarColumn(), MofNCompleteColumn(), console=Console(stderr=True), transient=True
    )
