"""What the everyday commands do not import, because it takes longer than they do."""

import subprocess

import pytest

from clerk import Clerk, environment
from limits import python

SLOW = {"pydantic", "yaml", "sqlmodel", "sqlalchemy", "openpyxl", "defusedxml", "rich"}

WATCH = """
import sys
from sqmy.cli import main
code = main(sys.argv[1:])
print(code, *{name.partition(".")[0] for name in sys.modules}, file=sys.stderr)
"""


def loaded_by(clerk: Clerk, line: str) -> set[str]:
    """The packages that a process has imported after the command."""
    done = subprocess.run(
        python("-X", "utf8", "-c", WATCH, *clerk.words(line)),
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    code, *packages = done.stderr.split()
    assert code == "0"
    return set(packages)


@pytest.mark.parametrize(
    "line",
    [
        "adopt 2025-001 --channel 市政协 --on 2025-04-01",
        "submit 关于停电的建议 --author 杜若 --on 2025-03-01",
        "void F21 --because 撤稿",
        "score --year 2025",
        "explain 杜若 --year 2025",
        "quota --year 2025 --format csv",
        "show 2025-001",
        "list --format json",
        "unit list",
        "log",
        "rules show",
    ],
)
def test_everyday_commands_stay_light(line: str, clerk: Clerk) -> None:
    loaded = loaded_by(clerk, line)
    assert {"sqlite3", "typer"} <= loaded
    assert SLOW.isdisjoint(loaded)


def test_a_rulebook_is_read_with_yaml_and_nothing_slower(clerk: Clerk) -> None:
    assert SLOW & loaded_by(clerk, "rules check") == {"yaml"}
