"""A clerk at a terminal: in this process, with answers typed ahead, or at a real one.

What is drawn is drawn piece by piece: a terminal is told only what has changed since.
"""

import io
import os
import re
import select
import struct
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from typing import Self

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from clerk import Clerk, Outcome, environment
from limits import python
from sqmy.cli import main, prompting

if sys.platform != "win32":
    import fcntl
    import pty
    import termios

INTERRUPT, END, DOWN = "\x03", "\x04", "\x1b[B"
PATIENCE = 30
"""Seconds that a process may take to draw what is waited for."""


class Stream(io.StringIO):
    """A stream that says of itself that it is a terminal."""

    def isatty(self) -> bool:
        return True


class Seated:
    """A clerk at a terminal of 80 columns in this process, who types answers ahead."""

    def __init__(self, clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.clerk = clerk
        monkeypatch.setattr(sys, "stdin", Stream())
        monkeypatch.setattr(
            prompting, "create_output", lambda stream: Vt100_Output(stream, lambda: Size(24, 80))
        )
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.delenv("CI", raising=False)

    def run(self, line: str, *answers: str, keys: str = INTERRUPT) -> Outcome:
        """Carry out a command; type the answers, each with Enter, and then these keys."""
        out, err = io.StringIO(), Stream()
        with (
            create_pipe_input() as typed,
            create_app_session(input=typed),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            typed.send_text("".join(f"{answer}\r" for answer in answers) + keys)
            code = main(self.clerk.words(line))
        return Outcome(code, out.getvalue(), seen(err.getvalue()))

    def done(self, line: str, *answers: str) -> Outcome:
        """As `run`, of a command that must succeed."""
        outcome = self.run(line, *answers)
        assert outcome.code == 0, outcome
        return outcome

    def broken_off(self, line: str, *answers: str, keys: str = INTERRUPT) -> str:
        """What is said when nothing must have been written, for the clerk broke off."""
        before = self.clerk.head()
        outcome = self.run(line, *answers, keys=keys)
        assert (outcome.code, outcome.out) == (130, ""), outcome
        assert outcome.err.endswith("已中断，没有写入\n")
        assert self.clerk.head() == before
        return outcome.err


def seen(drawn: str) -> str:
    """What of the characters that a terminal gets is to be seen."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", drawn).replace("\r", "")


class AtTerminal:
    """A process at a pseudo-terminal of 24 lines and 80 columns; POSIX only.

    Attributes:
        drawn: all that the terminal got so far.
    """

    def __init__(self, words: list[str]) -> None:
        self.screen, inside = pty.openpty()
        fcntl.ioctl(inside, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.process = subprocess.Popen(
            python("-X", "utf8", "-m", "sqmy", *words),
            env=environment() | {"TERM": "xterm-256color", "CI": ""},
            stdin=inside,
            stdout=inside,
            stderr=inside,
        )
        os.close(inside)
        self.drawn = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        if failure[0]:
            self.process.kill()
        self.process.wait(PATIENCE)
        os.close(self.screen)

    @property
    def code(self) -> int:
        """The exit code."""
        return self.process.returncode

    def sees(self, *words: str) -> Self:
        """Wait until the words are drawn, one after another."""
        found, before = ".*".join(map(re.escape, words)), len(self.drawn)
        while not re.search(found, seen(self.drawn[before:].decode(errors="ignore")), re.DOTALL):
            ready, _, _ = select.select([self.screen], [], [], PATIENCE)
            assert ready, (words, self.drawn.decode(errors="ignore"))
            self.drawn += os.read(self.screen, 65536)
        return self

    def types(self, keys: str) -> None:
        """Type at the terminal."""
        os.write(self.screen, keys.encode())
