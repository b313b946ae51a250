"""How much memory sqmy may take under test, so that a runaway fails its test and not the machine.

Only sqmy is limited, in this process and in those of its own; browsers and office programs ask
for more addresses than there is memory.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEMORY = 2_000_000_000
"""Bytes of addresses; the largest ledger of the suite takes a tenth of it."""

_SIZES = Path("/proc/self/statm")


def python(*words: str | Path) -> list[str]:
    """The command that starts this very interpreter, within the limit where the system has one."""
    own = [sys.executable, *map(str, words)]
    if os.name != "posix":
        return own
    limit = f'ulimit -v {MEMORY // 1024} 2>/dev/null; exec "$@"'  # the process stays the same
    return ["/bin/sh", "-c", limit, "sh", *own]


@contextmanager
def limited() -> Iterator[None]:
    """Within, this process may take so much more than it has; on Linux, elsewhere no less."""
    if not _SIZES.exists():
        yield
        return
    import resource  # noqa: PLC0415 — not on Windows

    own, hard = resource.getrlimit(resource.RLIMIT_AS)
    taken = int(_SIZES.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (own, hard))
