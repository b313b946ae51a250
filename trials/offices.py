"""Ledgers to try faults on, the programs that work on them, and what must hold afterwards."""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from openpyxl import Workbook

from sqmy.ledger import audit, reading
from sqmy.ledger.opening import open_ledger

ROOT = Path(__file__).parent.parent
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("SQMY")},
    "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT))),
    "PYTHONUTF8": "1",
    "SQMY_OPERATOR": "试验",
}
ROWS = 60
"""Items of one import: one transaction of many pages."""


class State(NamedTuple):
    """What a ledger holds: its last place and hash, and how many items."""

    seq: int
    head: str
    items: int


class BrokenError(AssertionError):
    """A ledger that lost something, holds half of something, or does not verify."""


def sqmy(*words: str | Path) -> list[str]:
    """The command line of a process that carries out a command."""
    return [sys.executable, "-m", "sqmy", *map(str, words)]


def carry_out(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own."""
    return subprocess.run(
        sqmy(*words), env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False
    )


def found(folder: Path) -> Path:
    """A small office: a ledger with two units and a few items, closed."""
    ledger = folder / "sqmy.db"
    for words in (
        ["init"],
        ["unit", "add", "提案委", "--kind", "委室"],
        ["unit", "add", "民盟", "--kind", "民主党派"],
        ["submit", "第一条", "--unit", "提案委", "--signed-by-unit", "--on", "2025-03-01"],
    ):
        done = carry_out("--ledger", ledger, *words)
        if done.returncode:
            raise RuntimeError(done.stderr)
    return ledger


def workbook(path: Path, rows: int = ROWS) -> Path:
    """A workbook with so many new items, each with a text of some length."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101 — a new workbook has one
    sheet.append(["编号", "标题", "报送单位", "报送日期", "正文"])
    for n in range(rows):
        text = f"第{n}条的正文。" * 40
        sheet.append([f"入-{n + 1:03}", f"导入的第{n}条", "提案委", "2025-04-01", text])
    book.save(path)
    return path


def state(ledger: Path) -> State:
    """What a ledger holds.

    Raises:
        BrokenError: it does not verify.
    """
    with open_ledger(ledger) as opened:
        if problems := audit.examine(opened):
            raise BrokenError("\n".join(map(str, problems)))
        (count,) = opened.row("SELECT count(*) FROM live_submission") or (0,)
        return State(*reading.head(opened), count)


def must_be(ledger: Path, allowed: Sequence[State]) -> State:
    """What a ledger holds, which must be one of these states.

    Raises:
        BrokenError: it is none of them, or does not verify.
    """
    found_state = state(ledger)
    if found_state not in allowed:
        raise BrokenError(f"{found_state} is none of {allowed}")
    return found_state
