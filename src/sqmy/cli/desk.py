"""What every command does first and last: open the ledger it was given, and say a line.

A command that asked for what it lacked is rehearsed before it is carried out: the same function
runs at a desk where nothing stays, and says what it would record.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import typer

from sqmy.terms import Audience
from sqmy.text import clean

if TYPE_CHECKING:
    from sqmy.workspace.desk import Desk
    from sqmy.workspace.recording import Receipt
    from sqmy.workspace.undoing import Voided

_REHEARSING: Final = "sqmy.rehearsing"
_SHOWN: Final = 20


def open_for(
    ctx: typer.Context, file: Path | None = None, audience: Audience = "internal"
) -> "Desk":
    """The desk of the ledger and operator that stand before the command; or of another `file`."""
    from sqmy.workspace.desk import open_desk

    desk = open_desk(str(file) if file else ctx.obj.ledger, ctx.obj.operator, audience)
    ctx.call_on_close(lambda: _say_notices(desk))
    if _REHEARSING in ctx.meta:
        from sqmy.workspace.rehearsal import rehearsed

        return rehearsed(desk)
    return desk


def _say_notices(desk: "Desk") -> None:
    """Say what came up about the ledger itself, from its opening to its last fact."""
    for notice in desk.ledger.notices:
        say(f"注意：{notice}", err=True)


@contextmanager
def rehearsing(ctx: typer.Context) -> Iterator[None]:
    """Within, nothing that a command of this context records stays."""
    ctx.meta[_REHEARSING] = True
    try:
        yield
    finally:
        del ctx.meta[_REHEARSING]


def say(text: object, *, err: bool = False) -> None:
    """Print lines for a person, harmless on any terminal."""
    for line in str(text).split("\n"):
        typer.echo(clean(line), err=err)


def say_recorded(ctx: typer.Context, receipt: "Receipt") -> None:
    """Say what was recorded; in a rehearsal, what would be."""
    if _REHEARSING not in ctx.meta:
        say(receipt)
        return
    say(f"将记录：{receipt.sentence}。", err=True)
    if receipt.effect:
        say(f"  {receipt.effect}", err=True)


def say_voided(ctx: typer.Context, done: "Voided") -> None:
    """Say what was voided; in a rehearsal, what would be, at the most so many facts."""
    rehearsed = _REHEARSING in ctx.meta
    if rehearsed:
        for fact, words in done.facts[:_SHOWN]:
            say(f"将撤销 F{fact}（{words}）。", err=True)
        if len(done.facts) > _SHOWN:
            say(f"……共 {len(done.facts)} 项。", err=True)
    else:
        for (fact, words), mark in zip(done.facts, done.voids, strict=True):
            say(f"已撤销 F{fact}（{words}），记为 F{mark}。")
    for fact, words, again in done.restored[: _SHOWN if rehearsed else None]:
        if rehearsed:
            say(f"将恢复 F{fact}（{words}）。", err=True)
        else:
            say(f"已恢复 F{fact}（{words}），重新记为 F{again}。")
    if done.effect:
        say(f"  {done.effect}", err=rehearsed)
