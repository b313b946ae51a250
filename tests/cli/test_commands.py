"""Every command of the table of contents: it exists, and its help is Chinese and fits."""

import importlib
import re
from collections.abc import Iterator

import pytest

from sqmy.cli import main
from sqmy.cli.commands import COMMANDS, Command, Group
from sqmy.terms import AUDIENCES
from sqmy.text import display_width

NAMES_OF_THINGS = {
    "SQMY_LEDGER",
    "SQMY_OPERATOR",
    "MB",
    "GB",
    "sqmy",
    "sqmy.db",
    "JSON",
    "Schema",
    "table",
    "json",
    "csv",
} | {
    *AUDIENCES,
    "txt",
    "docx",
    "xls",
    "xlsx",
    "html",
    "md",
    "yaml",
    "Tab",
    "bash",
    "zsh",
    "fish",
    "powershell",
}
"""What help may call by its Latin name, besides commands and options."""


def tree() -> Iterator[tuple[list[str], Command | Group]]:
    """Every command and noun, with the words that lead to it."""
    for part in COMMANDS.values():
        for name, entry in part.items():
            yield [name], entry
            if isinstance(entry, Group):
                yield from (([name, below], command) for below, command in entry.commands.items())


PAGES = {(): None} | {tuple(path): entry for path, entry in tree()}
NAMES = {word for path in PAGES for word in path}


@pytest.mark.parametrize("columns", ["80", "120"])
@pytest.mark.parametrize("path", list(PAGES), ids=lambda path: " ".join(["sqmy", *path]))
def test_help_fits_the_terminal_and_is_chinese(
    path: tuple[str, ...],
    columns: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    code = main([*path, "--help"])
    page, errors = capsys.readouterr()
    page, _, examples = page.partition("示例：")
    assert (code, errors) == (0, "")
    assert page.startswith(" ".join(["用法：sqmy", *path]))
    assert max(map(display_width, page.splitlines())) < int(columns)
    latin = set(re.findall(r"[A-Za-z_][A-Za-z_.]+", re.sub(r"--[a-z-]+", "", page)))
    assert latin <= NAMES_OF_THINGS | NAMES
    assert all(line.startswith("  sqmy ") for line in examples.split("\n") if line)


COMMANDS_WITH_A_FUNCTION = [entry for _, entry in tree() if isinstance(entry, Command)]


@pytest.mark.parametrize("command", COMMANDS_WITH_A_FUNCTION, ids=lambda entry: entry.function)
def test_a_docstring_goes_on_where_the_table_stops(command: Command) -> None:
    module, function = command.function.split(":")
    told = getattr(importlib.import_module(module), function).__doc__
    assert told
    assert not told.startswith(command.summary)
    assert not command.summary.endswith("。")
