"""The command line: parse, call, show. This module turns every outcome into an exit code.

What a start does not always need is imported where it is needed: `sqmy --help` runs without
Typer, and a command that goes well without the words for one that does not.
"""

import errno
import gc
import io
import os
import sys
import warnings
from collections.abc import Sequence
from contextlib import suppress
from typing import Final

from sqmy.errors import INTERRUPTED, SqmyError

YOUNG: Final = 100_000
"""How many new values the process may hold before it looks for reference cycles among them."""

DEBUG: Final = "SQMY_DEBUG"
"""The environment variable that, set to 1, lets a fault of the program show its traceback."""


def main(argv: Sequence[str] | None = None) -> int:
    """Carries out a command line and returns the exit code.

    Args:
        argv: the words after `sqmy`; None, as the installed program calls it, for the process's
            own words, and then the process is settled too.
    """
    if argv is not None:
        return _outcome(argv)
    _settle_process()
    code = _outcome(sys.argv[1:])
    gc.freeze()  # leaving would look for reference cycles again, an eighth of a short command
    return code


def _outcome(words: Sequence[str]) -> int:
    """The exit code of a command line that has been carried out."""
    try:
        code = _run(words)
        _flush()
    except SqmyError as error:
        return _fail(error.exit_code, f"错误：{error}", *getattr(error, "__notes__", ()))
    except KeyboardInterrupt:
        return _fail(INTERRUPTED, "已中断，没有写入")
    except Exception as error:
        if _reader_gone(error):  # as in `sqmy list | head`: whoever read has seen enough
            _drop_output()
            return 0
        if _debugging():
            raise
        from sqmy.cli.failures import told

        return _fail(1, told(error, words))
    return code


def _run(words: Sequence[str]) -> int:
    if list(words) == ["--help"]:
        from sqmy.cli import commands
        from sqmy.cli import help as pages

        print(pages.of_program(commands.COMMANDS))  # noqa: T201
        return 0
    from sqmy.cli.app import run

    return run(words)


def _settle_process() -> None:
    """Prepares the process: output that any console can take, no English warnings, little delay.

    A GBK console lacks some characters of names; libraries warn in English about spreadsheets
    that are perfectly readable; and short commands would spend time on looking for reference
    cycles in what was just imported.
    """
    gc.set_threshold(YOUNG)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if not sys.warnoptions and not _debugging():
        warnings.simplefilter("ignore")


def _debugging() -> bool:
    return os.environ.get(DEBUG) == "1"


def _reader_gone(error: Exception) -> bool:
    """Whether the pipe under our output was closed; Windows says so as an invalid argument."""
    if os.name == "nt" and isinstance(error, OSError) and not error.filename:
        return error.errno in {errno.EPIPE, errno.EINVAL}
    return isinstance(error, BrokenPipeError)


def _flush() -> None:
    """Writes out what was printed; there is no standard output after `>&-`."""
    if sys.stdout:
        sys.stdout.flush()


def _fail(code: int, *texts: str) -> int:
    """Tells why on standard error, if there is anybody to tell, and returns the exit code.

    What an error quotes may hold anything; no character of it reaches the terminal as a command.
    """
    from sqmy.text import clean

    lines = [clean(line) for text in texts for line in text.split("\n")]
    try:
        _flush()
    except OSError:
        _drop_output()
    with suppress(OSError):
        print(*lines, sep="\n", file=sys.stderr, flush=True)  # noqa: T201
    return code


def _drop_output() -> None:
    """Sends what is still to be printed nowhere; else Python fails once more on leaving."""
    with suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
