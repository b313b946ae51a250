"""The canonical workbook as an .xlsx file, written row by row, every text to the letter.

What a spreadsheet would take for a formula, a number or the code of a character is written so
that it is taken for text. A text longer than a cell goes on in the columns beside it.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import zip_longest
from math import ceil
from typing import IO, TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from sqmy.days import EARLIEST_YEAR, LATEST_YEAR, Day
from sqmy.errors import SqmyError
from sqmy.reports.canonical import Field, Page, Row, Sheet
from sqmy.text import display_width

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Step = Callable[[int], None]
"""Called now and then with how many rows are written."""

CELL: Final = 32_767
"""What a cell of Excel holds, in UTF-16 units."""

ROWS: Final = 1_048_576
"""What a sheet of Excel holds, headings too."""

_LIST: Final = 255
"""What Excel takes for a drop-down list that stands in the rule itself, in characters."""

_STEP: Final = 1000
_A4: Final = 9
_TEXT, _DAY = "@", "yyyy-mm-dd"
_STARRED: Final = '@"*"'
"""A number format: the star is shown and is no part of the text."""

_LINE: Final = Side(style="thin", color="808080")
_BOX: Final = Border(_LINE, _LINE, _LINE, _LINE)
_FILLS: Final = {True: "FFE699", False: "EDEDED"}
_ODD: Final = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)|[\ufffe\uffff]")


def write(target: IO[bytes], parts: Iterable[Sheet | Page], step: Step | None = None) -> None:
    """Write sheets and pages in order; each is asked for when those before it are written.

    Args:
        target: a file that is being made.
        parts: what stands in the workbook.
        step: told now and then how far it is.

    Raises:
        SqmyError: a sheet has more rows than Excel takes, or a text that nowhere goes on is
            longer than a cell.
    """
    book = Workbook(write_only=True)
    book.properties.creator = "sqmy"
    lists = _Lists()
    done = 0
    for part in parts:
        if isinstance(part, Page):
            _write_page(book.create_sheet(part.name), part)
            lists.title = part.title
        else:
            done = _write_sheet(book.create_sheet(part.name), part, lists, step, done)
    lists.write(book)
    book.save(target)


def pieces(text: str) -> list[str]:
    """The text in as many parts as cells are needed; none begins or ends with a blank.

    Raises:
        SqmyError: there is a run of blanks longer than a cell.
    """
    parts = []
    while 2 * len(text) > CELL and _units(_escaped(text)) > CELL:
        end = min(len(text) - 1, CELL)
        while (beyond := _units(_escaped(text[:end])) - CELL) > 0:
            end -= ceil(beyond / 2)
        while end and (text[end - 1].isspace() or text[end].isspace()):
            end -= 1
        if not end:
            raise SqmyError("有一段文字里连着三万多个空白，写不进表格。请先用 sqmy amend 更正。")
        parts.append(text[:end])
        text = text[end:]
    return [*parts, text]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _escaped(text: str) -> str:
    """The text as a cell's XML holds it; `_x0041_` would be read as `A`."""
    if "_x" not in text and "\ufffe" not in text and "\uffff" not in text:
        return text
    return _ODD.sub(lambda match: f"_x{ord(match[0]):04X}_", text)


@lru_cache(maxsize=50_000)
def _serial(day: Day) -> int:
    """The day as Excel counts it."""
    return int(to_excel(date.fromisoformat(day)))


_FIRST_DAY, _LAST_DAY = f"{EARLIEST_YEAR}-01-01", f"{LATEST_YEAR}-12-31"


class _Lists:
    """Drop-down lists too long to stand in their rules: columns of a hidden sheet."""

    def __init__(self) -> None:
        self.name = "词表"
        self.title = ""
        self.columns: list[tuple[str, ...]] = []

    def source(self, choices: tuple[str, ...]) -> str:
        """Where a rule finds its choices."""
        inline = f'"{",".join(choices)}"'
        if len(inline) <= _LIST:
            return inline
        if choices not in self.columns:
            self.columns.append(choices)
        letter = get_column_letter(self.columns.index(choices) + 1)
        return f"{quote_sheetname(self.name)}!${letter}$2:${letter}${len(choices) + 1}"

    def write(self, book: Workbook) -> None:
        """The hidden sheet, if there must be one; its first cell is a page's."""
        if self.columns:
            sheet = book.create_sheet(self.name)
            sheet.sheet_state = "hidden"
            sheet.append([self.title])
            for row in zip_longest(*self.columns):
                sheet.append(row)


def _write_sheet(
    target: "Worksheet", sheet: Sheet, lists: _Lists, step: Step | None, done: int
) -> int:
    """Write a sheet; how many rows are written now in all."""
    _set_up(target, sheet, lists)
    target.append(
        [
            _heading(target, field, heading)
            for field in sheet.fields
            for heading in (field.heading, *field.further)
        ]
    )
    cells = [_Cells(target, field) for field in sheet.fields]
    for number, row in enumerate(sheet.rows, 2):
        if number > ROWS:
            raise SqmyError(f"{sheet.name}超过 {ROWS - 1} 行，一张表装不下。请用 --year 分年导出。")
        try:
            _append(target, cells, row)
        except SqmyError as error:
            raise SqmyError(f"{sheet.name}第 {number} 行：{error}") from None
        done += 1
        if step and done % _STEP == 0:
            step(done)
    return done


def _append(target: "Worksheet", cells: Sequence["_Cells"], row: Row) -> None:
    made: list[object] = []
    for field, value in zip(cells, row, strict=True):
        made += field.of(value)
    target.append(made)


class _Cells:
    """Makes the cells of one field, row after row: a cell is filled anew once it is written."""

    def __init__(self, target: "Worksheet", field: Field) -> None:
        self.field = field
        self.blank: list[object] = [None] * (1 + len(field.further))
        self.cell = WriteOnlyCell(target)
        if field.holds != "text":
            self.cell.number_format = _DAY if field.holds == "day" else _TEXT

    def of(self, value: str | None) -> list[object]:
        """What stands in the field's columns.

        Raises:
            SqmyError: a text is longer than these hold.
        """
        if not value:
            return self.blank
        if self.field.holds == "day":
            self.cell.value = _serial(value)
            return [self.cell]
        if 2 * len(value) > CELL:
            return self._long(value)
        return [self._text(value), *self.blank[1:]]

    def _long(self, value: str) -> list[object]:
        texts = pieces(value)
        if len(texts) > len(self.blank):
            raise SqmyError(
                f"{self.field.heading}有 {len(value)} 字，一格装不下（最多 {CELL} 字），没有导出。"
            )
        made: list[object] = [self._fresh(text) for text in texts]
        return made + self.blank[len(made) :]

    def _text(self, value: str) -> object:
        """A text as openpyxl takes it; a cell of its own where it would take it for more."""
        text = _escaped(value)
        if self.field.holds == "text" and text[0] not in "=#":
            return text
        self.cell.value = text
        self.cell.data_type = "s"
        return self.cell

    def _fresh(self, value: str) -> object:
        """As `_text`, in a cell that is not filled anew: several stand in one row."""
        cell = WriteOnlyCell(self.cell.parent, _escaped(value))
        cell.data_type = "s"
        return cell


def _heading(target: "Worksheet", field: Field, heading: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(target, heading)
    cell.data_type = "s"
    cell.font = Font(name="黑体", size=10.5)
    cell.alignment = Alignment("center", "center")
    cell.border = _BOX
    cell.fill = PatternFill("solid", fgColor=_FILLS[field.required])
    if field.required:
        cell.number_format = _STARRED
    if field.note and heading == field.heading:
        words = f"{'必填' if field.required else '选填'}。{field.note}"
        lines = sum(ceil(display_width(line) / 34) for line in words.split("\n"))
        cell.comment = Comment(words, "sqmy", height=18 * lines + 14, width=240)
    return cell


def _set_up(target: "Worksheet", sheet: Sheet, lists: _Lists) -> None:
    """Widths, formats and rules of the columns, the frozen head, the paper."""
    place = 0
    for field in sheet.fields:
        for _ in (field.heading, *field.further):
            place += 1
            column = target.column_dimensions[get_column_letter(place)]
            column.width = field.width
            if field.holds != "text":
                column.number_format = _DAY if field.holds == "day" else _TEXT
        if rule := _rule(field, lists):
            letter = get_column_letter(place)
            rule.add(f"{letter}2:{letter}{ROWS}")
            target.data_validations.append(rule)
    target.row_dimensions[1].height = 24
    target.freeze_panes = "A2"
    target.print_title_rows = "1:1"
    _paper(target)


def _paper(target: "Worksheet") -> None:
    """A4 across, as wide as the columns, as many pages as it takes."""
    target.page_setup.paperSize = _A4
    target.page_setup.orientation = "landscape"
    target.page_setup.fitToWidth, target.page_setup.fitToHeight = 1, 0
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _rule(field: Field, lists: _Lists) -> DataValidation | None:
    """What may be typed into the cells of a field; None for anything."""
    if field.holds == "day":
        return DataValidation(
            type="date",
            operator="between",
            formula1=str(_serial(_FIRST_DAY)),
            formula2=str(_serial(_LAST_DAY)),
            allow_blank=True,
            showErrorMessage=True,
            errorTitle="不是日期",
            error="请写年月日齐全的日期，如 2025-3-1。",
        )
    if not field.choices:
        return None
    loose = "几个的用顿号隔开；都是列表里的词，就选“是”。" if field.several else ""
    return DataValidation(
        type="list",
        formula1=lists.source(field.choices),
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning" if field.several else "stop",
        errorTitle="列表里没有这个词",
        error=f"请从下拉列表里选{field.heading}。{loose}",
    )


def _write_page(target: "Worksheet", page: Page) -> None:
    """A page: its title, its paragraphs across the columns, its table."""
    widths = [width for _, width in page.columns]
    for place, width in enumerate(widths, 1):
        target.column_dimensions[get_column_letter(place)].width = width
    _paper(target)
    row = 1
    for text in (page.title, *page.paragraphs):
        target.row_dimensions[row].height = 30 if row == 1 else _height([text], [sum(widths)])
        font = Font(name="黑体", size=14) if row == 1 else Font(name="宋体", size=10.5)
        target.merged_cells.add(f"A{row}:{get_column_letter(len(widths))}{row}")
        target.append([_word(target, text, font)])
        row += 1
    if page.rows:
        target.print_title_rows = f"{row}:{row}"
        for place, texts in enumerate((tuple(name for name, _ in page.columns), *page.rows)):
            target.row_dimensions[row + place].height = _height(texts, widths)
            font = Font(name="宋体" if place else "黑体", size=10.5)
            target.append([_word(target, text, font, _BOX) for text in texts])


def _word(
    target: "Worksheet", text: str, font: Font, border: Border | None = None
) -> WriteOnlyCell:
    cell = WriteOnlyCell(target, _escaped(text))
    cell.data_type = "s"
    cell.font = font
    cell.alignment = Alignment(vertical="center", wrap_text=True)
    if border:
        cell.border = border
    return cell


def _height(texts: Sequence[str], widths: Sequence[int]) -> int:
    """The height of a row whose texts go on in further lines, in points."""
    lines = [
        sum(max(1, ceil(display_width(line) / (width - 1))) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    ]
    return 6 + 15 * max(lines)
