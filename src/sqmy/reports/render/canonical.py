"""The canonical workbook as an .xlsx file, written row by row, every text to the letter.

What a spreadsheet would take for a formula, a number or the code of a character is written so
that it is taken for text. A text longer than a cell goes on in the columns beside it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from math import ceil
from typing import IO, TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from sqmy.errors import SqmyError
from sqmy.reports.canonical import Field, Page, Sheet
from sqmy.reports.render.entry import (
    BOX,
    GREY,
    ROWS,
    Lists,
    dress,
    headings,
    serial,
    set_paper,
    set_up,
)
from sqmy.text import display_width

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

Step = Callable[[int], None]
"""Called now and then with how many rows are written."""

CELL: Final = 32_767
"""What a cell of Excel holds, in UTF-16 units."""

SURELY_FITS: Final = CELL // len("_xFFFE_")
"""Characters that a cell holds, whatever they are."""

_STEP: Final = 1000
_TITLE: Final = Font(name="黑体", size=14)
_HEAD: Final = Font(name="黑体", size=10.5)
_BODY: Final = Font(name="宋体", size=10.5)
_CODES: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\ufffe\uffff]")


@lru_cache(maxsize=50_000)
def _serial(text: str) -> int | None:
    """The day as Excel counts it; None for a text, which an older rulebook may have allowed."""
    try:
        return serial(text)
    except ValueError:
        return None


def write(target: IO[bytes], parts: Iterable[Sheet | Page], step: Step | None = None) -> None:
    """Write sheets and pages in order; each is asked for when those before it are written.

    Args:
        target: a file that is being made.
        parts: what stands in the workbook, at least one page among it.
        step: told now and then how far it is.

    Raises:
        SqmyError: a sheet has more rows than Excel takes, or a text that nowhere goes on is
            longer than a cell.
    """
    book = Workbook(write_only=True)
    book.properties.creator = "sqmy"
    try:
        _fill(book, parts, step)
        book.save(target)
    except BaseException:
        abandon(book)
        raise


def abandon(book: Workbook) -> None:
    """End what is half written of a book now, not noisily when it is collected."""
    for sheet in book.worksheets:
        with suppress(Exception):
            sheet.close()


def _fill(book: Workbook, parts: Iterable[Sheet | Page], step: Step | None) -> None:
    lists = Lists()
    done = 0
    for part in parts:
        if isinstance(part, Page):
            _write_page(book.create_sheet(part.name), part)
            lists.title = part.title
            continue
        for _ in _write_sheet(book.create_sheet(part.name), part, lists):
            done += 1
            if step and done % _STEP == 0:
                step(done)
    lists.write(book)


def pieces(text: str) -> list[str]:
    """The text in as many parts as cells are needed; a blank one could not be told from none.

    Raises:
        SqmyError: there is a run of blanks longer than a cell.
    """
    parts = []
    while 2 * len(text) > CELL and _units(_escaped(text)) > CELL:
        end = CELL
        while (beyond := _units(_escaped(text[:end])) - CELL) > 0:
            end -= ceil(beyond / len("_xFFFE_"))
        parts.append(text[:end])
        text = text[end:]
    parts.append(text)
    if len(parts) > 1 and not all(map(str.strip, parts)):
        raise SqmyError("有一段文字里连着三万多个空白，写不进表格。请先用 sqmy amend 更正。")
    return parts


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _escaped(text: str) -> str:
    """The text as a cell's XML holds it; `_x0041_` would be read as `A`."""
    if "_x" not in text and "\ufffe" not in text and "\uffff" not in text:
        return text
    return _CODES.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


def _write_sheet(target: "Worksheet", sheet: Sheet, lists: Lists) -> Iterable[None]:
    """Write a sheet; yields after each row."""
    set_up(target, sheet, lists)
    target.append(headings(target, sheet))
    fields = [_Cells(target, field) for field in sheet.fields]
    for number, row in enumerate(sheet.rows, 2):
        if number > ROWS:
            raise SqmyError(f"{sheet.name}超过 {ROWS - 1} 行，一张表装不下。请用 --year 分年导出。")
        cells: list[object] = []
        for field, value in zip(fields, row, strict=True):
            cells += field.of(value)
        target.append(cells)
        yield


class _Cells:
    """Makes the cells of one field, row after row: a cell is filled anew once it is written."""

    def __init__(self, target: "Worksheet", field: Field) -> None:
        self._target = target
        self._field = field
        self._blank: list[object] = [None] * (1 + len(field.further))
        self._cell = WriteOnlyCell(target)
        if field.holds != "text":
            dress(self._cell, field)

    def of(self, value: str | None) -> list[object]:
        """What stands in the field's columns.

        Raises:
            SqmyError: a text is longer than these hold.
        """
        if not value:
            return self._blank
        if self._field.holds == "day" and (day := _serial(value)) is not None:
            self._cell.value = day
            return [self._cell]
        if 2 * len(value) > CELL:
            return self._long(value)
        text = _escaped(value)
        if self._field.holds == "code" or text[0] in "=#":  # a formula or an error to openpyxl
            self._cell.value = text
            self._cell.data_type = "s"
            return [self._cell, *self._blank[1:]]
        return [text, *self._blank[1:]]

    def _long(self, value: str) -> list[object]:
        texts = pieces(value)
        if len(texts) > len(self._blank):
            raise SqmyError(
                f"{self._field.heading}有 {len(value)} 字，一格装不下（最多 {CELL} 字），没有导出："
                f"{value[:20]}……。请先更正。"
            )
        cells: list[object] = [_text(self._target, text) for text in texts]
        return cells + self._blank[len(cells) :]


def _text(target: "Worksheet", value: str) -> "Cell":
    """A cell of its own with a text."""
    cell = WriteOnlyCell(target, _escaped(value))
    cell.data_type = "s"
    return cell


def _write_page(target: "Worksheet", page: Page) -> None:
    """A page: its title, its paragraphs across the columns, its table."""
    widths = [width for _, width in page.columns]
    for place, width in enumerate(widths, 1):
        target.column_dimensions[get_column_letter(place)].width = width
    set_paper(target)
    across = get_column_letter(len(widths))
    for row, text in enumerate((page.title, *page.paragraphs), 1):
        target.row_dimensions[row].height = 30 if row == 1 else _height([text], [sum(widths)])
        if len(widths) > 1:
            target.merged_cells.add(f"A{row}:{across}{row}")
        target.append([_word(target, text, _TITLE if row == 1 else _BODY)])
    if page.rows:
        head = len(page.paragraphs) + 2
        target.print_title_rows = f"{head}:{head}"
        for row, texts in enumerate((tuple(name for name, _ in page.columns), *page.rows), head):
            target.row_dimensions[row].height = _height(texts, widths)
            font, fill = (_HEAD, GREY) if row == head else (_BODY, None)
            target.append([_boxed(_word(target, text, font), fill) for text in texts])


def _word(target: "Worksheet", text: str, font: Font) -> "Cell":
    cell = _text(target, text)
    cell.font = font
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    return cell


def _boxed(cell: "Cell", fill: PatternFill | None) -> "Cell":
    cell.border = BOX
    if fill:
        cell.fill = fill
    return cell


def _height(texts: Sequence[str], widths: Sequence[int]) -> int:
    """The height of a row whose texts go on in further lines, in points."""
    lines = [
        sum(max(1, ceil(display_width(line) / (width - 1))) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    ]
    return 6 + 15 * max(lines)
