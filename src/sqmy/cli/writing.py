"""How a command ends that shows a report or writes it to a file."""

from pathlib import Path
from typing import TYPE_CHECKING

from sqmy.cli.desk import say
from sqmy.cli.show import show_csv, show_json, show_report

if TYPE_CHECKING:
    from sqmy.reports.publication import Publication
    from sqmy.reports.sealed import Sealed


def deliver(
    publication: "Publication", shown: str, to: Path | None, sealed: "Sealed | None" = None
) -> None:
    """Write the file that `--to` names; without one, print what `--format` asks for.

    Args:
        publication: the report.
        shown: the format.
        to: the file.
        sealed: the seal that the figures rest on, of which the clerk is told; JSON says it itself.

    Raises:
        SqmyError: the file's suffix names no format, or the file cannot stand there.
    """
    if sealed and shown != "json":
        from sqmy.reports.sealed import words

        told = words(sealed)
    else:
        told = ()
    if to is not None:
        _write_report(to, publication)
    elif shown == "json":
        show_json(publication.value())
    elif shown == "csv":
        show_csv(publication.flat())
    else:
        show_report(publication.report())
    for line in told:
        say(line, err=to is not None or shown == "csv")


def _write_report(path: Path, publication: "Publication") -> None:
    from sqmy.cli import words
    from sqmy.reports.render import files
    from sqmy.reports.render.progress import progress
    from sqmy.workspace import exports
    from sqmy.workspace.new_file import check_place, replacing

    files.suffix(path)
    check_place(path)
    with progress() as step:
        content = files.content(path, publication, step)
        stamped = exports.stamp(content, path.suffix, words.own())
    with replacing(path) as file:
        file.write(stamped)
    say(f"已写入 {path}。")


def write_new(path: Path, content: bytes) -> None:
    """Write a file that must not be there yet.

    Raises:
        SqmyError: it is there, or cannot stand there.
    """
    from sqmy.workspace.new_file import new_file

    with new_file(path, (path.suffix.lower(),)) as file:
        file.write(content)
