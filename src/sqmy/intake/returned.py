"""A maker's own workbook written back: its cells and looks, with a column of results and marks.

What openpyxl can load is kept as it is; a file that it cannot (text, an old .xls, broken styles)
is laid out anew from its values. Nothing of the maker's is changed but the cells that are marked.
"""

import re
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from io import BytesIO
from math import ceil
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final, NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from sqmy.intake import expanse, sheets
from sqmy.intake.drawn import carried_over, is_drawn
from sqmy.intake.grid import Flaw, Grid
from sqmy.intake.guard import kind_of_file
from sqmy.text import display_width

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

RESULT: Final = "结果"
"""The heading of the column."""

AUTHOR: Final = "sqmy"
"""Whose the comments are; a sheet that comes back again loses them first."""

_COLOURS: Final[Mapping[str, tuple[str, str]]] = {
    "wrong": ("FFC7CE", "9C0006"),
    "doubtful": ("FFEB9C", "7F6000"),
    "changed": ("DDEBF7", "1F4E78"),
}
"""Background and letters, by what a row comes to; others stay as they are."""

_WIDTH: Final = 44
_LINE: Final = 16
_HIGHEST: Final = 409
"""Points of a line, and of the highest row that Excel takes."""

_NOTE_WIDTH: Final = 36
"""Columns of text in a line of a comment."""

_LONGEST: Final = 32_767
"""Characters of a cell, in Excel."""

_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What no XML can hold."""

_ONLY_CONTENT: Final = "原表的格式读不出来，只写回了内容"


class Mark(NamedTuple):
    """A cell to be marked: its row and column, how bad it is, and what is said of it."""

    row: int
    column: int
    state: str
    message: str


class Verdict(NamedTuple):
    """What a row came to, for the column of results."""

    row: int
    state: str
    text: str


class Marked(NamedTuple):
    """What is written into one sheet.

    Attributes:
        headings: the numbers of the last rows of headings, a table each.
        last: the last column that the tables use.
        verdicts: by row.
        marks: by cell.
    """

    headings: Sequence[int]
    last: int
    verdicts: Sequence[Verdict]
    marks: Sequence[Mark]


def write(source: Path, target: IO[bytes], marked: Mapping[str | None, Marked]) -> list[str]:
    """Write a maker's file back.

    Args:
        source: the file as it came.
        target: a file that is being made.
        marked: by the name of the sheet, None in a file without names.

    Returns:
        What of the original could not be kept, in sentences.
    """
    book, lost, drawn = _opened(source)
    try:
        content = _filled(book, marked)
        if drawn:
            with zipfile.ZipFile(source) as original:
                content = carried_over(original, content)
    except Exception:  # noqa: BLE001 — likewise on what it has loaded and cannot write
        content, lost = _filled(_laid_out(source), marked), [_ONLY_CONTENT]
    target.write(content)
    return lost


def _filled(book: Workbook, marked: Mapping[str | None, Marked]) -> bytes:
    """The workbook's file, with what is to be written into it."""
    for place, sheet in enumerate(book.worksheets):
        own = marked.get(sheet.title) or (marked.get(None) if place == 0 else None)
        _forget(sheet)
        if own:
            _mark(sheet, own)
    if all(sheet.sheet_state != "visible" for sheet in book.worksheets):
        book.worksheets[0].sheet_state = "visible"  # a workbook shows one at the least
    content = _Draft()
    book.save(content)
    return content.getvalue()


class _Draft(BytesIO):
    """A file in memory that stays open, because a zip that was given up writes to it once more."""

    def close(self) -> None:
        """Is closed when nobody has it any more."""


def _opened(source: Path) -> tuple[Workbook, list[str], bool]:
    """The workbook, what it has lost already, and whether what is drawn must be carried over."""
    if kind_of_file(source) == "workbook":
        if not expanse.is_bearable(source):
            told = "原表铺得太开（格式、合并或链接设到了很远），只写回了内容"
            return _laid_out(source), [told], False
        try:
            with source.open("rb") as file:  # openpyxl leaves open what it cannot load
                book = load_workbook(file, keep_vba=source.suffix.lower() == ".xlsm")
        except Exception:  # noqa: BLE001 — openpyxl raises anything on styles that it does not know
            return _laid_out(source), [_ONLY_CONTENT], False
        with zipfile.ZipFile(source) as archive:
            drawn = is_drawn(archive)
        for sheet in book.worksheets:  # as far as openpyxl knows them; they come whole
            sheet._charts, sheet._images = [], []  # type: ignore[attr-defined]  # noqa: SLF001
        return book, [], drawn
    told = f"原表是 {source.suffix.lower()}，写回成 .xlsx，格式没有带过来"
    return _laid_out(source), [told], False


def _laid_out(source: Path) -> Workbook:
    """The values of a file in a new workbook, each where it stood."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for grid in sheets.read(source, source.name, 1):
        _lay_out(book, grid)
    return book


def _lay_out(book: Workbook, grid: Grid) -> None:
    sheet = book.create_sheet(grid.source.sheet or "表")
    for row in grid.rows:
        for column, value in row.values.items():
            cell = sheet.cell(row.number, column)
            if isinstance(value, str):
                cell.value, cell.data_type = _CONTROL.sub("", value)[:_LONGEST], "s"
            elif not isinstance(value, Flaw):
                cell.value = value
    room = expanse.MAX_CELLS
    for merged in grid.merged:
        room -= expanse.area(merged.name)
        if room >= 0:
            sheet.merge_cells(merged.name)


def _cells(sheet: "Worksheet") -> list[Cell]:
    """The cells that are there. openpyxl's own ways to ask make all that are not, up to the last
    column and the last row.
    """  # noqa: D205
    there = sheet._cells.values()  # noqa: SLF001
    return [cell for cell in there if isinstance(cell, Cell)]


def _forget(sheet: "Worksheet") -> None:
    """Take away what an earlier return had marked."""
    for cell in _cells(sheet):
        if cell.comment and cell.comment.author == AUTHOR:
            cell.comment = None
            cell.fill = PatternFill()


def _mark(sheet: "Worksheet", marked: Marked) -> None:
    column = _result_column(sheet, marked)
    letter = get_column_letter(column)
    sheet.column_dimensions[letter].width = _WIDTH
    for row in marked.headings:
        _put(sheet, row, column, RESULT)
    for verdict in marked.verdicts:
        cell = _put(sheet, verdict.row, column, verdict.text)
        if cell:
            cell.alignment = Alignment(wrap_text=True, vertical="center")
            _paint(cell, verdict.state)
            _heighten(sheet, verdict)
    for mark in marked.marks:
        _note(sheet, mark)


def _heighten(sheet: "Worksheet", verdict: Verdict) -> None:
    """Make room for a result of several lines; a row that is higher already stays."""
    lines = ceil(display_width(verdict.text) / (_WIDTH - 2))
    row = sheet.row_dimensions[verdict.row]
    if lines > 1 and _LINE * lines > (row.height or _LINE):
        row.height = min(_LINE * lines, _HIGHEST)


def _result_column(sheet: "Worksheet", marked: Marked) -> int:
    """Behind the last column in use; the column of an earlier return again."""
    cells, headings = _cells(sheet), set(marked.headings)
    own = [cell for cell in cells if cell.row in headings and cell.value == RESULT]
    if not own:
        return marked.last + 1
    column = min(own, key=lambda cell: (cell.row, cell.column)).column
    for cell in cells:
        if cell.column == column:
            cell.value, cell.fill, cell.font = None, PatternFill(), Font()
    return column


def _put(sheet: "Worksheet", row: int, column: int, text: str) -> Cell | None:
    """Write a text, in the looks of the cell to the left; None where cells are merged over it."""
    cell, beside = sheet.cell(row, column), sheet.cell(row, max(column - 1, 1))
    if isinstance(cell, MergedCell):
        return None
    cell.value, cell.data_type = text[:_LONGEST], "s"
    if isinstance(beside, Cell) and beside.has_style:
        # openpyxl's own way to take over looks, of which its types know nothing
        cell._style = copy(beside._style)  # type: ignore[attr-defined]  # noqa: SLF001
    return cell


def _paint(cell: Cell, state: str) -> None:
    if state in _COLOURS:
        back, letters = _COLOURS[state]
        cell.fill = PatternFill("solid", fgColor=back)
        font = copy(cell.font)
        cell.font = Font(name=font.name, size=font.size, bold=font.bold, color=letters)


def _note(sheet: "Worksheet", mark: Mark) -> None:
    """Mark a cell, or the range that it is merged into, and say why in a comment."""
    cell = _shown(sheet, mark.row, mark.column)
    back, _ = _COLOURS[mark.state]
    cell.fill = PatternFill("solid", fgColor=back)
    said = [cell.comment.text] if cell.comment else []
    text = "\n".join([*said, mark.message])
    lines = sum(ceil(display_width(line) / _NOTE_WIDTH) or 1 for line in text.splitlines())
    cell.comment = Comment(text, AUTHOR, height=18 * lines + 14, width=260)


def _shown(sheet: "Worksheet", row: int, column: int) -> Cell:
    """The cell that is to be seen there."""
    cell = sheet.cell(row, column)
    if isinstance(cell, Cell):
        return cell
    merged = next(r for r in sheet.merged_cells.ranges if cell.coordinate in r)
    shown = sheet.cell(merged.min_row, merged.min_col)
    assert isinstance(shown, Cell)  # noqa: S101 — the first of a range is
    return shown


def suffix_of(source: Path) -> str:
    """The suffix of a file written back."""
    return ".xlsm" if source.suffix.lower() == ".xlsm" else ".xlsx"
