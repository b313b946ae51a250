"""The command tree, and the way from a list of words to a finished command."""

import os
from collections.abc import Sequence
from typing import Annotated, Any

import typer

from sqmy import __version__
from sqmy.cli import commands, completing
from sqmy.cli.chinese import build_group, require_command
from sqmy.cli.commands import ABOUT, LEDGER, OPERATOR, PROGRAM, VERSION, GlobalOption
from sqmy.cli.options import Session
from sqmy.cli.words import carrying_out


def _option(option: GlobalOption) -> Any:  # noqa: ANN401 — what typer.Option returns
    """An option of the table of contents, as Typer takes it."""
    return typer.Option(option.flag, metavar=option.metavar, help=option.summary)


def root(
    ctx: typer.Context,
    ledger: Annotated[str | None, _option(LEDGER)] = None,
    operator: Annotated[str | None, _option(OPERATOR)] = None,
    version: Annotated[bool, _option(VERSION)] = False,
) -> None:
    """Takes what stands before the command; nothing is opened before the command has read its own.

    Raises:
        UsageError: when there is no command.
    """
    if version:
        typer.echo(f"{PROGRAM} {__version__}")
        raise typer.Exit
    require_command(ctx)
    ctx.obj = Session(ledger, operator)


def run(words: Sequence[str]) -> int:
    """Carries out a command line and returns its exit code.

    Typer's own `main` is left aside: it answers a broken pipe by leaving the process, and takes
    what a command returns for an exit code. A shell that asks what may be typed is answered here.

    Raises:
        SqmyError: what the operator did wrong, `UsageError` for the shape of the command line.
        KeyboardInterrupt: on Ctrl-C, and when a question is not answered.
    """
    program = build_group(PROGRAM, ABOUT, commands.COMMANDS, root)
    if instruction := os.environ.get(completing.VARIABLE):
        return completing.answer(program, instruction)
    try:
        with carrying_out(words), program.make_context(PROGRAM, list(words)) as ctx:
            program.invoke(ctx)
    except typer.Exit as leaving:
        return leaving.exit_code
    except typer.Abort:
        raise KeyboardInterrupt from None
    return 0
