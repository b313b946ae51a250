"""Transcripts: what a document says that a command prints is what it prints.

A document's blocks of the language `console` are carried out from top to bottom in an empty
folder of their own, where the spreadsheets of `examples/` lie as they do in the checkout:

    $ sqmy init
    已新建台账：…/sqmy.db

A block that has a file's name after its language lays that file into the folder. What differs
from run to run and from machine to machine is told by placeholders (`_placeheld`); a line that
is nothing but `…` stands for lines left out. A command that is refused shows its error: a line
that begins with `错误：` must stand under it, and under no other, so that writing the documents
anew never turns a command that works into one that does not.
"""

import contextlib
import io
import os
import re
import shlex
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from sqmy import settings
from sqmy.cli import main
from sqmy.days import today
from tools.parts import ROOT

OPERATOR: Final = "李文"
"""Who records in all transcripts."""

COLUMNS: Final = 100
"""How wide the terminal is in which the commands print."""

FENCED: Final = re.compile(
    r"^(?P<open>```(?P<language>\w+)(?: (?P<name>\S+))?\n)(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
PROMPT: Final = "$ "
LEFT_OUT: Final = "…"
REFUSED: Final = "错误："

HASH: Final = "〔校验码〕"
"""In a command, the last hash that was printed."""

MOMENT: Final = "〔 登记的时刻 〕"
"""As wide as what it stands for, so that tables stay straight."""

TODAY: Final = "〔今天〕"

_HASH = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{64}|[0-9a-f]{16})(?![0-9a-f])")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?: \d\d:\d\d|T\d\d:\d\d:\d\dZ)")


def renewed(text: str) -> str:
    """The document with what its commands print now.

    Raises:
        ValueError: a command went well that should be refused, or the other way round; or a
            line of a transcript is no command of ours.
    """
    with _office() as office:
        return FENCED.sub(office.played, text)


@contextlib.contextmanager
def _office() -> Iterator["_Office"]:
    """An empty folder to work in, as an operator who has set nothing but a name."""
    usual = dict(os.environ)
    stdin = sys.stdin
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place).resolve()
        shutil.copytree(ROOT / "examples" / "yunting", folder / "examples" / "yunting")
        os.environ.pop(settings.LEDGER_VARIABLE, None)
        os.environ |= {settings.OPERATOR_VARIABLE: OPERATOR, "COLUMNS": str(COLUMNS)}
        sys.stdin = io.StringIO()  # nobody is there to be asked
        try:
            with contextlib.chdir(folder):
                yield _Office(folder)
        finally:
            sys.stdin = stdin
            os.environ.clear()
            os.environ |= usual


class _Screen(io.StringIO):
    """A terminal as far as commands ask for one."""

    def isatty(self) -> bool:
        """It is one."""
        return True


class _Office:
    """The folder of one document, and the last hash that was printed there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.hash = ""

    def played(self, block: re.Match[str]) -> str:
        """A fenced block as it should stand; a named one is laid out as a file."""
        if block["name"]:
            (self.folder / block["name"]).write_text(block["body"], encoding="utf-8")
        if block["language"] != "console":
            return block[0]
        lines = [line for told in _parted(block["body"]) for line in self._answered(told)]
        return "".join([block["open"], *(f"{line}\n" for line in lines), "```"])

    def _answered(self, told: list[str]) -> Iterator[str]:
        """A command with what it prints, laid out as before."""
        command, *expected = told
        if not command.startswith(f"{PROMPT}sqmy"):
            raise ValueError(f"「{command}」不是 {PROMPT}sqmy 开头的命令，没有照着执行。")
        between = [""] if expected[-1:] == [""] else []
        printed = self._printed(command.removeprefix(PROMPT))
        if _is_refusal(expected) != _is_refusal(printed):
            shown = "\n".join(printed)
            raise ValueError(f"「{command}」办成与否，与文档里写的不同。它现在的回答是：\n{shown}")
        yield command
        yield from _left_out(printed, expected[: len(expected) - len(between)])
        yield from between

    def _printed(self, command: str) -> list[str]:
        """What a command prints, in lines, volatile parts replaced."""
        words = shlex.split(command.replace(HASH, self.hash))
        out, err = _Screen(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main(words[1:])
        lines = (out.getvalue() + err.getvalue()).rstrip("\n").split("\n")
        if (code != 0) != _is_refusal(lines):
            raise ValueError(f"「{command}」的退出码是 {code}，与它所说的不符。")
        return [self._placeheld(line) for line in lines]

    def _placeheld(self, line: str) -> str:
        """A line with what no two runs have in common replaced."""
        line = line.replace(f"{self.folder}{os.sep}", "…/").replace(os.sep, "/")
        for found in _HASH.findall(line):
            self.hash = found
        return _HASH.sub(HASH, _MOMENT.sub(MOMENT, line)).replace(today(), TODAY)


def _parted(body: str) -> list[list[str]]:
    """A block's lines, parted where a command begins."""
    parts: list[list[str]] = []
    for line in body.splitlines():
        if line.startswith(PROMPT) or not parts:
            parts.append([])
        parts[-1].append(line)
    return parts


def _is_refusal(lines: list[str]) -> bool:
    return any(line.startswith(REFUSED) for line in lines)


def _left_out(printed: list[str], expected: list[str]) -> list[str]:
    """The lines with as many shown before and behind each lone `…` as have been so far.

    What stands between two of them begins at the first line that begins alike.
    """
    first, *others = _split(expected)
    if not others or len(expected) - len(others) >= len(printed):
        return printed
    shown, place = printed[: len(first)], len(first)
    for part in others[:-1]:
        begun = (n for n, line in enumerate(printed) if n >= place and line.startswith(part[0][:3]))
        place = next(begun, place)
        shown += [LEFT_OUT, *printed[place : place + len(part)]]
        place += len(part)
    behind = max(place, len(printed) - len(others[-1]))
    return [*shown, LEFT_OUT, *printed[behind:]]


def _split(lines: list[str]) -> list[list[str]]:
    """The lines, parted at each lone `…`."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if line == LEFT_OUT:
            parts.append([])
        else:
            parts[-1].append(line)
    return parts
