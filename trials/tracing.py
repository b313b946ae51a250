"""System calls seen and disturbed by strace: every point at which a disk could fail.

The trials need strace and the right to trace a child; `available` says whether both are there.
"""

import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from trials.offices import ENVIRONMENT

CALLS = ("openat", "pwrite64", "ftruncate", "fdatasync", "fsync", "unlink")


class Call(NamedTuple):
    """One call that changes a file, or makes sure that it is on the disk.

    Attributes:
        name: `pwrite64`, `fdatasync` …
        path: of the file, or of the folder.
        data, offset: what was written where; the new length of a file that was cut.
    """

    name: str
    path: str
    data: bytes = b""
    offset: int = 0


def available() -> bool:
    """Whether programs can be traced here."""
    program = shutil.which("strace")
    if program is None:
        return False
    done = subprocess.run([program, "-e", "trace=none", "true"], capture_output=True, check=False)
    return done.returncode == 0


def disturbed(
    command: Sequence[str], call: str, how: str, when: int
) -> subprocess.CompletedProcess[str]:
    """Carry out a command, and let its nth call of that name fail (`error=EIO`, `signal=KILL`)."""
    return subprocess.run(
        [
            *("strace", "-f", "-qq", "-e", f"trace={call}"),
            *("-e", f"inject={call}:{how}:when={when}", "-o", "/dev/null"),
            *command,
        ],
        env=ENVIRONMENT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def counted(command: Sequence[str], call: str) -> int:
    """How many calls of that name a command makes.

    Raises:
        RuntimeError: the command failed.
    """
    return sum(f" {call}(" in line for line in _logged(command, "-qq", "-e", f"trace={call}"))


def traced(command: Sequence[str], folder: Path) -> list[Call]:
    """The calls of a command on the files of a folder, in order.

    Raises:
        RuntimeError: the command failed.
    """
    whole = ("-y", "-xx", "-s", "20000000", "-e", f"trace={','.join(CALLS)}")
    calls = map(_call, _logged(command, *whole))
    return [call for call in calls if call and call.path.startswith(str(folder))]


def _logged(command: Sequence[str], *options: str) -> list[str]:
    """What strace wrote about a command and its children."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as log:
        done = subprocess.run(
            ["strace", "-f", *options, "-o", log.name, *command],
            env=ENVIRONMENT,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return log.read().splitlines()


_LINE = re.compile(r"\d+ +(?P<name>\w+)\((?P<rest>.*)\) += (?P<result>-?\d+)")
_FILE = re.compile(r"\d+<([^>]*)>")
_BYTES = re.compile(r"(?:\\x[0-9a-f]{2})+")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


def _call(line: str) -> Call | None:
    match = _LINE.match(line)
    if not match or match["result"].startswith("-"):
        return None
    name, rest = match["name"], match["rest"]
    texts = [bytes.fromhex(text.replace("\\x", "")) for text in _TEXT.findall(rest)]
    opened = _FILE.match(rest)
    file = _unescaped(opened[1]) if opened else ""
    if name == "pwrite64":
        return Call(name, file, texts[0], int(rest.rpartition(",")[2]))
    if name == "ftruncate":
        return Call(name, file, offset=int(rest.rpartition(",")[2]))
    if name in {"fdatasync", "fsync"}:
        return Call("sync", file)
    path = texts[0].decode()
    if name == "openat":
        return Call("create", path) if "O_CREAT" in rest else None
    return Call(name, path)


def _unescaped(path: str) -> str:
    """A path that strace has written as its bytes."""
    return _BYTES.sub(lambda match: bytes.fromhex(match[0].replace("\\x", "")).decode(), path)
