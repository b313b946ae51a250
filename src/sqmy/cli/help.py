"""Help pages in Chinese: plain text, laid out by display width.

This module knows nothing of Typer, so that `sqmy --help` need not import it: Typer alone takes
longer than all the rest of that page.
"""

import shutil
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from sqmy import text
from sqmy.cli.commands import ABOUT, HELP, LEDGER, OPERATOR, PROGRAM, VERSION, Contents

Row = tuple[str, str]
"""A term and what it means."""

EXAMPLES: Final = "示例："
"""The line of a docstring after which every line is printed as it stands."""

_WIDEST, _NARROWEST = 120, 40
_WIDEST_TERM = 24
_INDENT = "  "


class Page(NamedTuple):
    """A help page before it is laid out.

    Attributes:
        usage: the pieces of the usage line, each of which stays whole.
        about: the description, as `docstring` splits it.
        examples: lines printed as they stand.
        sections: headings and rows.
    """

    usage: Sequence[str]
    about: Sequence[str]
    examples: Sequence[str]
    sections: Sequence[tuple[str, Sequence[Row]]]


def terminal_width() -> int:
    """Columns to print in: the terminal's, 80 where there is none, 120 at the most.

    The last column stays empty: some Windows consoles break a line that reaches it.
    """
    return max(_NARROWEST, min(_WIDEST, shutil.get_terminal_size((80, 24)).columns)) - 1


def docstring(docstring: str) -> tuple[list[str], list[str]]:
    """The paragraphs of a docstring, each on one line, and the lines of its examples."""
    before, _, after = f"{docstring}\n".partition(f"{EXAMPLES}\n")
    paragraphs = [_one_line(block.split("\n")) for block in before.split("\n\n") if block.strip()]
    return paragraphs, after.rstrip().split("\n") if after.strip() else []


def _one_line(lines: Iterable[str]) -> str:
    """Lines joined as Chinese is: with a blank between two words of ASCII only."""
    joined = ""
    for line in map(str.strip, lines):
        blank = " " if joined[-1:].isascii() and line[:1].isascii() and joined else ""
        joined += blank + line
    return joined


def of_group(path: str, about: str, options: Sequence[Row], contents: Contents) -> str:
    """The page of a command that has commands of its own."""
    sections = [("选项", options)]
    for heading, commands in contents.items():
        rows = [(name, entry.summary) for name, entry in commands.items()]
        sections.append((f"命令（{heading}）" if heading else "命令", rows))
    page = Page([path, "[选项]", "命令", "…"], [about], [], sections)
    return render(page, terminal_width())


def of_program(contents: Contents) -> str:
    """The page of `sqmy --help`, the same as Typer's tree gives, without Typer."""
    options = [
        (f"{option.flag} {option.metavar}" if option.metavar else option.flag, option.summary)
        for option in (LEDGER, OPERATOR, VERSION, HELP)
    ]
    return of_group(PROGRAM, ABOUT, options, contents)


def render(page: Page, width: int) -> str:
    """The page in lines of at the most `width` columns, examples apart."""
    blocks = [_usage(page.usage, width)]
    if page.about:
        blocks.append(["说明：", *_paragraphs(page.about, width)])
    terms = [text.display_width(term) for _, rows in page.sections for term, _ in rows]
    column = max((term for term in terms if term <= _WIDEST_TERM), default=0)
    for heading, rows in page.sections:
        lines = [line for row in rows for line in _row(row, column, width)]
        blocks.append([f"{heading}：", *lines])
    if page.examples:
        blocks.append([EXAMPLES, *page.examples])
    return "\n\n".join("\n".join(block) for block in blocks)


def _usage(pieces: Sequence[str], width: int) -> list[str]:
    """The usage line; what does not fit goes on under it, no piece is broken."""
    lines = ["用法："]
    for piece in pieces:
        blank = "" if lines[-1] == "用法：" else " "
        if text.display_width(lines[-1] + blank + piece) > width:
            lines.append(_INDENT * 3 + piece)
        else:
            lines[-1] += blank + piece
    return lines


def _paragraphs(paragraphs: Sequence[str], width: int) -> list[str]:
    return [
        _INDENT + line
        for paragraph in paragraphs
        for line in text.wrap(paragraph, width - len(_INDENT))
    ]


def _row(row: Row, column: int, width: int) -> list[str]:
    """A term and, beside it, its meaning; under it where the term is too wide."""
    term, meaning = row
    margin = len(_INDENT) + column + len(_INDENT)
    lines = text.wrap(meaning, width - margin)
    beside = text.display_width(term) <= column
    first = _INDENT + term + " " * (margin - len(_INDENT) - text.display_width(term))
    rest = [" " * margin + line for line in (lines[1:] if beside else lines)]
    return [(first + lines[0]).rstrip() if beside else _INDENT + term, *rest]
