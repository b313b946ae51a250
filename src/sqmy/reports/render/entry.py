"""What a sheet has that is filled in by hand: headings with notes, drop-down lists, date checks."""

from math import ceil
from typing import TYPE_CHECKING, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties

from sqmy.days import EARLIEST_YEAR, LATEST_YEAR, Day, days_between
from sqmy.reports.canonical import Field, Sheet
from sqmy.text import display_width

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell
    from openpyxl.styles.styleable import StyleableObject
    from openpyxl.worksheet.worksheet import Worksheet

ROWS: Final = 1_048_576
"""What a sheet of Excel holds, headings too."""

_FORMATS: Final = {"text": "General", "code": "@", "day": "yyyy-mm-dd"}
"""The number format of what a field holds."""

_STARRED: Final = '@"*"'
"""A number format: the star is shown and is no part of the text."""

_LONGEST_LIST: Final = 255
"""Characters of a drop-down list that Excel takes in the rule itself."""

_A4: Final = 9
_LINE: Final = Side(style="thin", color="808080")
BOX: Final = Border(_LINE, _LINE, _LINE, _LINE)
_MUST: Final = PatternFill("solid", fgColor="FFE699")
GREY: Final = PatternFill("solid", fgColor="EDEDED")
_NOTE_WIDTH: Final = 34
"""Columns of text in a line of a note."""


class Lists:
    """Drop-down lists; those too long to stand in their rules are columns of a hidden sheet.

    Attributes:
        title: the first cell of that sheet.
    """

    NAME = "词表"

    def __init__(self) -> None:
        self.title = ""
        self._columns: list[tuple[str, ...]] = []

    def source(self, choices: tuple[str, ...]) -> str:
        """Where a rule finds its choices."""
        inline = f'"{",".join(choices)}"'
        if len(inline) <= _LONGEST_LIST:
            return inline
        if choices not in self._columns:
            self._columns.append(choices)
        letter = get_column_letter(self._columns.index(choices) + 1)
        return f"{quote_sheetname(self.NAME)}!${letter}$2:${letter}${len(choices) + 1}"

    def write(self, book: Workbook) -> None:
        """The hidden sheet, if one is needed."""
        if not self._columns:
            return
        sheet = book.create_sheet(self.NAME)
        sheet.sheet_state = "hidden"
        sheet.append([self.title])
        for place in range(max(map(len, self._columns))):
            sheet.append([words[place] if place < len(words) else None for words in self._columns])


def set_up(target: "Worksheet", sheet: Sheet, lists: Lists) -> None:
    """Widths, formats and rules of the columns, the frozen head, the paper."""
    place = 0
    for field in sheet.fields:
        for _ in (field.heading, *field.further):
            place += 1
            column = target.column_dimensions[get_column_letter(place)]
            column.width = field.width
            dress(column, field)
        if rule := _rule(field, lists):
            letter = get_column_letter(place)
            rule.add(f"{letter}2:{letter}{ROWS}")
            target.data_validations.append(rule)
    target.row_dimensions[1].height = 24
    target.freeze_panes = "A2"
    target.print_title_rows = "1:1"
    set_paper(target)


def dress(cells: "StyleableObject", field: Field) -> None:
    """Give a column, or a cell in it, the format of what the field holds."""
    cells.number_format = _FORMATS[field.holds]
    if field.holds == "day":
        cells.alignment = Alignment("center")


def set_paper(target: "Worksheet") -> None:
    """A4 across, as wide as the columns, as many pages as it takes."""
    target.page_setup.paperSize = _A4
    target.page_setup.orientation = "landscape"
    target.page_setup.fitToWidth, target.page_setup.fitToHeight = 1, 0
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def headings(target: "Worksheet", sheet: Sheet) -> list["Cell"]:
    """The cells of the first row."""
    return [
        _heading(target, field, heading)
        for field in sheet.fields
        for heading in (field.heading, *field.further)
    ]


def _heading(target: "Worksheet", field: Field, heading: str) -> "Cell":
    cell = WriteOnlyCell(target, heading)
    cell.data_type = "s"
    cell.font = Font(name="黑体", size=10.5)
    cell.alignment = Alignment("center", "center")
    cell.border = BOX
    cell.fill = _MUST if field.required else GREY
    if field.required:
        cell.number_format = _STARRED
    if field.note and heading == field.heading:
        lines = ceil(display_width(field.note) / _NOTE_WIDTH)
        cell.comment = Comment(field.note, "sqmy", height=18 * lines + 14, width=240)
    return cell


def serial(day: Day) -> int:
    """The day as Excel counts it: from 1900-01-01, with a 29 February that 1900 did not have."""
    number = days_between("1899-12-30", day)
    return number if number > 60 else number - 1  # noqa: PLR2004 — that very day


def _rule(field: Field, lists: Lists) -> DataValidation | None:
    """What may be typed into the cells of a field; None for anything."""
    if field.holds == "day":
        return DataValidation(
            type="date",
            operator="between",
            formula1=str(serial(f"{EARLIEST_YEAR}-01-01")),
            formula2=str(serial(f"{LATEST_YEAR}-12-31")),
            allow_blank=True,
            showErrorMessage=True,
            errorTitle="不是日期",
            error="请写年月日齐全的日期，如 2025-3-1。",
        )
    if not field.choices:
        return None
    loose = "几个的用顿号隔开；每个都在列表里的，选“是”。" if field.several else ""
    return DataValidation(
        type="list",
        formula1=lists.source(field.choices),
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning" if field.several else "stop",
        errorTitle="列表里没有这个写法",
        error=f"请从下拉列表里选{field.heading}。{loose}",
    )
