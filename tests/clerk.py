"""A clerk at the command line of a small county: runs commands, sees what they print.

The commands run in this process, through `sqmy.cli.main`, so that a thousand of them take
seconds; what only a process of its own can show is tested with `process`.
"""

import io
import os
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing, redirect_stderr, redirect_stdout
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import postgres
import sqmy
from limits import limited, python
from sqmy.cli import main

OPERATOR = "王五"
SCAN = b"%PDF-1.4 \xe6\x89\xb9\xe7\xa4\xba"
"""What a scanned paper holds."""


class Outcome(NamedTuple):
    """What a command came to."""

    code: int
    out: str
    err: str


class Clerk:
    """Runs commands on one ledger, a file or on a server, which need not be there yet."""

    def __init__(self, ledger: Path | str) -> None:
        self.ledger = ledger

    def run(self, line: str, *more: str | Path) -> Outcome:
        """Carry out `sqmy` with the words of a line, parted at blanks, and more words as given."""
        out, err = io.StringIO(), io.StringIO()
        with limited(), redirect_stdout(out), redirect_stderr(err):
            code = main(self.words(line, *more))
        return Outcome(code, out.getvalue(), err.getvalue())

    def process(self, line: str, *more: str | Path) -> Outcome:
        """As `run`, in a process of its own."""
        done = subprocess.run(
            python("-X", "utf8", "-m", "sqmy", *self.words(line, *more)),
            env=environment(),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    def words(self, line: str, *more: str | Path) -> list[str]:
        """The command line, on this ledger."""
        return ["--ledger", str(self.ledger), "--as", OPERATOR, *line.split(), *map(str, more)]

    def do(self, line: str, *more: str | Path) -> str:
        """What a command prints that must succeed."""
        outcome = self.run(line, *more)
        assert (outcome.code, outcome.err) == (0, ""), outcome
        return outcome.out

    def refused(self, line: str, *more: str | Path, code: int = 1) -> str:
        """What is said of a command that must be refused and leave the ledger as it is."""
        before = self.head()
        outcome = self.run(line, *more)
        assert (outcome.code, outcome.out) == (code, ""), outcome
        assert outcome.err.startswith("错误：")
        assert self.head() == before
        return outcome.err

    def head(self) -> tuple[int, str] | None:
        """The ledger's last place and hash, read past the program; None without a ledger."""
        if isinstance(self.ledger, str):
            return postgres.head(self.ledger)
        if not self.ledger.is_file():
            return None
        with closing(sqlite3.connect(self.ledger)) as connection:
            row: tuple[int, str] = connection.execute(
                "SELECT seq, hash FROM chain ORDER BY seq DESC LIMIT 1"
            ).fetchone()
            return row

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What a query finds in the ledger, read past the program."""
        with closing(sqlite3.connect(self.ledger)) as connection:
            return connection.execute(sql).fetchall()


def environment() -> dict[str, str]:
    """The environment of a process that runs these sources, and knows no ledger and no width."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("SQMY_") and name != "COLUMNS"
    }
    return kept | {"PYTHONPATH": str(Path(sqmy.__file__).parents[1])}


COUNTY = """
init
unit add 提案委员会 --kind 委室 --peer-group 第一序列
unit add 社法委 --kind 委室 --peer-group 第一序列
unit add 民盟支部 --kind 民主党派 --peer-group 第二序列
unit add 办公室 --kind 其他 --not-assessed
unit alias 提案委员会 提案委
member add 杜若 --unit 提案委 --role 委员 --since 2022-01-01
member add 白芷 --unit 民盟支部 --role 常委
member add 白芷 --unit 社法委 --role 委员
member add 苏叶 --unit 社法委 --role 驻市政协委员
submit 关于增设老年食堂的建议 --author 杜若 --on 2025-03-01
submit 关于整治河道的建议 --author 杜若 --author 白芷（民盟支部） --on 2025-05-08
submit 关于停车难的建议 --author 苏叶 --on 2025-06-02
"""
"""F1 the rulebook; units F2 F3 F4 F5, alias F6; members F7 F10 F13 F16; items F19 F20 F21."""


def found_county(ledger: Path | str) -> None:
    """Record the small county in a new ledger."""
    clerk = Clerk(ledger)
    for line in COUNTY.split("\n"):
        if line:
            clerk.do(line)


def county(template: Path, folder: Path) -> Clerk:
    """A clerk with a copy of the county's ledger."""
    ledger = folder / "云汀.db"
    shutil.copyfile(template, ledger)
    return Clerk(ledger)


def stories(path: Path) -> list[str]:
    """The transcripts of a file, which empty lines part."""
    return path.read_text(encoding="utf-8").strip().split("\n\n")


def refusals(path: Path) -> list[tuple[str, str]]:
    """Each command of the file with the words under it, which its refusal must say in order."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [(line[2:], words) for line, words in pairwise(lines) if line.startswith("$ ")]


def says(told: str, words: str) -> bool:
    """Whether a message says these words in order; ` … ` stands for anything between."""
    return bool(re.search(".*".join(map(re.escape, words.split(" … "))), told, re.DOTALL))


def answers(clerk: Clerk, transcript: str) -> str:
    """The transcript as it comes out: after each line `$ …` what that command prints.

    Words are split at blanks, as a shell does without quotes. What a line `+ …` prints is not
    shown, a line `# …` stays as it is, an empty line becomes a dot. Times and hashes, which no
    two runs have in common, are blotted out.
    """
    lines: list[str] = []
    for line in transcript.splitlines():
        if line.startswith(("$ ", "+ ", "# ")):
            lines.append(line)
        if line.startswith("+ "):
            clerk.do(line[2:])
        if line.startswith("$ "):
            lines += map(_blotted, clerk.do(line[2:]).splitlines())
    return "\n".join(lines).replace("\n\n", "\n.\n")


def _blotted(line: str) -> str:
    line = re.sub(r"\d{4}-\d\d-\d\d( |T)\d\d:\d\d", r"YYYY-MM-DD\1hh:mm", line)
    return re.sub(r":\d\dZ|[0-9a-f]{16,64}", lambda match: "-" * len(match[0]), line)
