"""What every command does first and last: open the ledger it was given, and say a line."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sqmy.text import clean

if TYPE_CHECKING:
    from sqmy.workspace.desk import Desk


def open_for(ctx: typer.Context, file: Path | None = None) -> "Desk":
    """The desk of the ledger and operator that stand before the command; or of another `file`."""
    from sqmy.workspace.desk import open_desk

    return open_desk(str(file) if file else ctx.obj.ledger, ctx.obj.operator)


def say(text: object) -> None:
    """Print lines for a person, harmless on any terminal."""
    for line in str(text).split("\n"):
        typer.echo(clean(line))
