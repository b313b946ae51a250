"""How commands show what they found: a table for people, JSON or CSV for programs."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sqmy.cli.desk import say
from sqmy.errors import SqmyError

if TYPE_CHECKING:
    from sqmy.reports.model import Report, Table


def show_json(value: Any) -> None:  # noqa: ANN401 — whatever JSON can hold
    """Print a value as JSON."""
    from sqmy.reports.render.machine import json_text

    typer.echo(json_text(value))


def show_report(report: "Report") -> None:
    """Print a report as tables."""
    from sqmy.reports.render.terminal import show

    show(report)


def show_table(report: "Report", value: Any, shown: str) -> None:  # noqa: ANN401 — as above
    """Print a report as tables, or its value as JSON."""
    if shown == "json":
        show_json(value)
    else:
        show_report(report)


def show_csv(table: "Table") -> None:
    """Print a table as CSV."""
    from sqmy.reports.render.machine import csv_text

    typer.echo(csv_text(table), nl=False)


def write(path: Path, text: str, *, encoding: str = "utf-8", newline: str = "\n") -> None:
    """Write a whole file, or leave the old one as it was.

    Raises:
        SqmyError: the folder is not there, or a folder stands in the file's place.
    """
    if not path.absolute().parent.is_dir():
        raise SqmyError(f"没有这个文件夹：{path.absolute().parent}。请先建好再写入。")
    if path.is_dir():
        raise SqmyError(f"{path} 是文件夹，写不成文件。请换一个文件名。")
    draft = path.with_name(path.name + ".part")
    try:
        draft.write_text(text, encoding=encoding, newline=newline)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    say(f"已写入 {path}。")
