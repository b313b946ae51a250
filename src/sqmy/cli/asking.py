"""Asking at the terminal for what a recording command lacks.

What may be asked for stands in the table of contents, whether it is needed in the command's own
declaration. The answers become the command's arguments. Before it runs it is rehearsed: the
clerk sees what it would record, and says yes. In a script nothing is asked.
"""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import typer

from sqmy.cli.commands import HELP
from sqmy.cli.desk import open_for, rehearsing, say
from sqmy.cli.questions import GROUPS
from sqmy.errors import SqmyError

if TYPE_CHECKING:
    from typer._click.core import Parameter


def somebody() -> bool:
    """Whether somebody sits at a terminal to be asked."""
    terminals = all(stream and stream.isatty() for stream in (sys.stdin, sys.stderr))
    able = os.environ.get("TERM") not in {"dumb", "unknown"}
    return terminals and able and not os.environ.get("CI")


@contextmanager
def lenient(
    params: Sequence["Parameter"], asks: Sequence[str], words: Sequence[str]
) -> Iterator[None]:
    """Within, what can be asked for may be missing from the command line.

    Args:
        params: the command's parameters.
        asks: what may be asked for.
        words: the command line; where it asks for help, all is as declared.
    """
    asked = asks if asks and HELP.flag not in words and somebody() else ()
    spared = [param for param in params if param.required and param.name in asked]
    for param in spared:
        param.required = False
    try:
        yield
    finally:
        for param in spared:
            param.required = True


def complete(ctx: typer.Context, asks: Sequence[str], rehearse: Callable[[], object]) -> None:
    """Ask for what the command lacks, show what it would record, and have that confirmed.

    Args:
        ctx: the command's context; its `params` take the answers.
        asks: what may be asked for, in this order.
        rehearse: carries the command out; nothing of it stays.

    Raises:
        SqmyError: what stands on the command line is refused.
        KeyboardInterrupt: the clerk breaks off, or does not want it recorded.
    """
    lacking = [name for name in asks if not is_given(ctx, name)]
    if not somebody() or not any(_is_needed(ctx, name) for name in lacking):
        return
    from sqmy.cli.conversation import Conversation, agreed

    with open_for(ctx) as desk:
        talk = Conversation(ctx, desk)
        talk.check_given([name for name in asks if name not in lacking])
        while True:
            for name in lacking:
                talk.answer(name)
            try:
                with rehearsing(ctx):
                    rehearse()
                break
            except SqmyError as refusal:
                if refusal.exit_code != SqmyError.exit_code:
                    raise  # it is not the answers that are wrong
                say(f"{refusal}\n请重新回答，或按 Ctrl-C 作罢。", err=True)
    if not agreed("写入台账吗", default="是"):
        raise KeyboardInterrupt


def is_given(ctx: typer.Context, name: str) -> bool:
    """Whether the command line has a parameter, or any of a group."""
    names = GROUPS[name].names if name in GROUPS else (name,)
    sources = (ctx.get_parameter_source(name) for name in names)
    return any(source and source.name == "COMMANDLINE" for source in sources)


def _is_needed(ctx: typer.Context, name: str) -> bool:
    """Whether the command cannot do without; what it can, is asked for only by the way."""
    return name in GROUPS or any(p.required for p in ctx.command.params if p.name == name)
