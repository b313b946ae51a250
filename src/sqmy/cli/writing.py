"""How a command ends that shows a report or writes it to a file."""

import os
import secrets
from pathlib import Path
from typing import TYPE_CHECKING

from sqmy.cli.desk import say
from sqmy.cli.show import show_csv, show_json, show_report
from sqmy.errors import SqmyError

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

    files.suffix(path)
    _check_place(path)
    with progress() as step:
        content = files.content(path, publication, step)
    write(path, exports.stamp(content, path.suffix, words.own()))
    say(f"已写入 {path}。")


def _check_place(path: Path) -> None:
    if not path.absolute().parent.is_dir():
        raise SqmyError(f"没有这个文件夹：{path.absolute().parent}。请先建好再写入。")
    if path.is_dir():
        raise SqmyError(f"{path} 是文件夹，写不成文件。请换一个文件名。")


def write_new(path: Path, content: bytes) -> None:
    """As `write`, of a file that must not be there yet.

    Raises:
        SqmyError: it is there, or cannot stand there.
    """
    _check_place(path)
    if path.exists():
        raise SqmyError(f"{path} 已经存在，没有写入。请换一个文件名，或先移走原来的。")
    write(path, content)


def write(path: Path, content: bytes) -> None:
    """Write a whole file, or leave the old one as it was.

    Raises:
        OSError: it cannot be written; the error names the file itself, not the draft beside it.
    """
    draft = path.with_name(f".sqmy-{secrets.token_hex(4)}.part")
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise
    finally:
        draft.unlink(missing_ok=True)
