"""Reading: registers, lists, an item's life and the log, to the letter and in a real terminal."""

import importlib
import json
import os
import subprocess
from pathlib import Path

import pytest

from clerk import Clerk, answers, environment, stories
from limits import python
from sqmy.text import display_width

STORIES = Path(__file__).parent / "reading.txt"


@pytest.mark.parametrize("story", stories(STORIES), ids=lambda story: story.partition("\n")[0])
def test_answers(story: str, clerk: Clerk) -> None:
    assert answers(clerk, story) == story


@pytest.mark.parametrize("line", ["list", "search 建议", "log", "log F19"])
def test_lists_are_json_arrays(line: str, clerk: Clerk) -> None:
    assert isinstance(json.loads(clerk.do(f"{line} --format json")), list)


def test_the_log_shows_the_last_fifty_or_as_many_as_asked(clerk: Clerk) -> None:
    for day in range(1, 32):
        clerk.do(f"forward 2025-003 --channel 市政协 --on 2025-07-{day:02}")
    facts = [entry["fact"] for entry in json.loads(clerk.do("log --format json"))]
    assert facts == [f"F{seq}" for seq in range(3, 53)]
    assert clerk.do("log --last 0").startswith("登记（52 项）\n")
    assert clerk.do("log --last ２").startswith("登记（2 项）\n")


@pytest.mark.parametrize("line", ["show 2025-001", "log", "member list"])
@pytest.mark.parametrize("shown", ["table", "json"])
def test_phones_and_leaders_words_are_not_shown(line: str, shown: str, clerk: Clerk) -> None:
    clerk.do("member add 丁香 --unit 社法委 --role 委员 --phone 13912345678")
    clerk.do("instruct 2025-001 --rank 省级领导 --on 2025-04-01 --leader 周某 --content 机密")
    told = clerk.do(f"{line} --format {shown}")
    assert "13912345678" not in told
    assert "机密" not in told


LONG = "关于进一步加强农村养老服务设施建设、完善“县乡村”三级养老网络并加大财政投入的若干建议"


@pytest.mark.skipif(os.name != "posix", reason="a terminal of our own needs a POSIX system")
@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize(
    "line",
    [
        "list",
        "show 2025-004",
        "log",
        "explain 社法委 --year 2025",
        "quota --year 2025 --as-of 2025-05-01",
        "rules show",
    ],
)
def test_a_terminal_of_usual_width_holds_every_line(line: str, columns: int, clerk: Clerk) -> None:
    clerk.do(f"submit {LONG} --author 杜若 --author 苏叶 --on 2025-05-08")
    clerk.do("adopt 2025-004 --channel 省政协 --on 2025-06-01")
    clerk.do("instruct 2025-004 --rank 市委市政府主要领导 --on 2025-07-01")
    assert 60 < max(map(display_width, on_terminal(clerk, columns, line))) < columns


def on_terminal(clerk: Clerk, columns: int, line: str) -> list[str]:
    """The lines that a command writes to a terminal of that many columns."""
    ours, theirs = os.openpty()
    termios = importlib.import_module("termios")  # which Windows does not have
    termios.tcsetwinsize(theirs, (24, columns))
    command = python("-X", "utf8", "-m", "sqmy", *clerk.words(line))
    with subprocess.Popen(command, env=environment(), stdin=theirs, stdout=theirs) as process:
        os.close(theirs)
        written = b"".join(iter(lambda: _read(ours), b""))
        assert process.wait() == 0
    os.close(ours)
    return written.decode().split("\r\n")


def _read(terminal: int) -> bytes:
    """What the terminal got; nothing once the other side is closed."""
    try:
        return os.read(terminal, 65536)
    except OSError:
        return b""
