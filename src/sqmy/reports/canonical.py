"""The canonical workbook as values: sheets to be filled in or filled already, and pages of words.

Which sheets and headings there are is settled by whoever reads them in again; here they are
values, so that the file can be written without knowing the reader.
"""

from collections.abc import Iterable
from typing import Literal, NamedTuple

Row = tuple[str | None, ...]
"""A row of a sheet, a value for each field; days are ISO text, None is a blank cell."""


class Field(NamedTuple):
    """A column of a sheet.

    Attributes:
        heading: stands in the first row, letter by letter.
        required: shown with a star, which is no part of the heading.
        holds: `code` is text that looks like a number, `2025-001`, and must not become one.
        width: of the column, in characters.
        note: how it is filled in; shown where the pointer rests on the heading.
        choices: the words of its drop-down list; none for any text.
        several: a cell may hold several values, so that other words than the choices are allowed.
        further: headings of the columns in which a text goes on that no cell can hold.
    """

    heading: str
    required: bool = False
    holds: Literal["text", "code", "day"] = "text"
    width: int = 12
    note: str = ""
    choices: tuple[str, ...] = ()
    several: bool = False
    further: tuple[str, ...] = ()


class Sheet(NamedTuple):
    """A sheet of rows under headings; the rows are taken once, as they are written."""

    name: str
    fields: tuple[Field, ...]
    rows: Iterable[Row] = ()


class Page(NamedTuple):
    """A sheet of words for a person.

    Attributes:
        name: of the sheet.
        title: its first cell.
        paragraphs: below the title.
        columns: headings and widths of a table below them; none for no table.
        rows: of the table.
    """

    name: str
    title: str
    paragraphs: tuple[str, ...]
    columns: tuple[tuple[str, int], ...] = (("", 100),)
    rows: tuple[tuple[str, ...], ...] = ()
