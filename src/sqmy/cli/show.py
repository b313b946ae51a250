"""How commands show what they found: a table for people, JSON or CSV for programs."""

from typing import TYPE_CHECKING, Any

import typer

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
