"""Completion behind the TAB key: what a shell is told, and the script that makes it ask.

Typer knows the shells and their ways; what stands for a value is read from the ledger here. A
shell that asks gets suggestions or nothing, never an error: it would land amid the typed line.
"""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Final

import typer

from sqmy.cli.commands import PROGRAM, Contents
from sqmy.errors import SqmyError, UsageError
from sqmy.text import clean

if TYPE_CHECKING:
    from typer._click.core import Command
    from typer._click.shell_completion import CompletionItem

VARIABLE: Final = "_SQMY_COMPLETE"
"""The environment variable by which a shell asks: `complete_bash`."""

SHELLS: Final = ("bash", "zsh", "fish", "powershell")

Suggestions = list[tuple[str, str]]
"""Values with what is said of each."""

_WORD: Final = r"\w[\w（）、·.-]*"  # what no shell reads as more than one plain word
_ACTIVE: Final = str.maketrans({c: chr(ord(c) + 0xFEE0) for c in "\"'`$\\!:;[]{}()<>|&*?~#=%"})


def _from(source: str) -> Callable[[typer.Context, str], Suggestions]:
    """A callback for Typer that suggests the choices of a source.

    A value that a shell would read as more than one plain word is not suggested, and in what is
    said of it such characters are full-width: a title may come from anybody's spreadsheet.
    """

    def suggest(ctx: typer.Context, incomplete: str) -> Suggestions:
        from sqmy.workspace import choices
        from sqmy.workspace.desk import open_desk

        try:
            with open_desk(ctx.find_root().params.get("ledger"), PROGRAM) as desk:
                found = choices.complete(desk, source, incomplete)
        except SqmyError:
            return []
        return [
            (choice.value, clean(choice.about).translate(_ACTIVE))
            for choice in found
            if re.fullmatch(_WORD, choice.value)
        ]

    return suggest


items = _from("items")
references = _from("references")
targets = _from("targets")
attachments = _from("attachments")
members = _from("members")
units = _from("units")
peer_groups = _from("peer_groups")
channels = _from("channels")
ranks = _from("ranks")
roles = _from("roles")
unit_kinds = _from("unit_kinds")
finding_kinds = _from("finding_kinds")
stages = _from("stages")
verdicts = _from("verdicts")
forms = _from("forms")


def holders(ctx: typer.Context, incomplete: str) -> Suggestions:
    """Whoever earns points: members and units."""
    return [*members(ctx, incomplete), *units(ctx, incomplete)]


def commands(contents: Contents, incomplete: str) -> "list[CompletionItem]":
    """The commands that begin as typed; none of them is imported for that."""
    from typer._click.shell_completion import CompletionItem

    return [
        CompletionItem(name, help=entry.summary)
        for part in contents.values()
        for name, entry in part.items()
        if name.startswith(incomplete)
    ]


def shells() -> list[str]:
    """The shells that there is a script for."""
    return list(SHELLS)


def answer(program: "Command", instruction: str) -> int:
    """Answer a shell that asks what may be typed next; the exit code.

    Args:
        program: the whole command tree.
        instruction: what `VARIABLE` holds; the words typed so far stand in the environment too.
    """
    if instruction not in {f"complete_{shell}" for shell in SHELLS}:
        return 1
    from typer import _completion_classes as shells_of_typer
    from typer.completion import shell_complete

    shells_of_typer.completion_init()
    # Typer would read what is said of a value as Rich's markup, and import Rich for that.
    shells_of_typer._sanitize_help_text = lambda text: text  # noqa: SLF001
    try:
        return shell_complete(program, {}, PROGRAM, VARIABLE, instruction)
    except SystemExit as leaving:  # fish is told by the exit code whether there is anything
        return int(leaving.code or 0)
    except Exception:  # noqa: BLE001 — an unfinished line may be wrong in any way
        return 1


def completion(
    shell: Annotated[
        str,
        typer.Argument(metavar="外壳", help=f"{'、'.join(SHELLS)} 之一", autocompletion=shells),
    ],
) -> None:
    """把印出的脚本放进所用外壳的启动文件，重开终端后，按 Tab 键就能补全命令和选项。

    编号、姓名、单位取自所用的台账，渠道、级别、身份等取自它的计分办法。

    示例：
      sqmy completion bash >> ~/.bashrc
      sqmy completion zsh >> ~/.zshrc      # 写在 compinit 之后
      sqmy completion fish > ~/.config/fish/completions/sqmy.fish
      sqmy completion powershell >> $PROFILE
    """
    from typer._completion_shared import get_completion_script

    name = shell.strip().lower()
    if name not in SHELLS:
        raise UsageError(f"没有「{shell}」的补全脚本，可以是 {'、'.join(SHELLS)}。")
    typer.echo(get_completion_script(prog_name=PROGRAM, complete_var=VARIABLE, shell=name))
