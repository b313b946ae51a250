"""How a sheet looks on the screen and on paper: A4 across, headings on every page, page numbers."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

from openpyxl.formatting.rule import Rule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from sqmy.reports.model import Formula
from sqmy.reports.render.arranging import harmless
from sqmy.text import cut

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from sqmy.reports.render.layout import Sheet

A4: Final = 9
"""The number that paper of this size has in a workbook."""

ROW_HEIGHT: Final = 18
"""Of a row with one line of text, in points."""

_FOOT_WIDTH: Final = 90
"""Columns of text in a corner of a page's foot; Excel takes 255 characters for all of it."""


def set_up(target: "Worksheet", sheet: "Sheet", told: Sequence[str]) -> None:
    """Sets widths, frozen and repeated headings, the filter, the page and its foot.

    Args:
        target: a sheet on which nothing is written yet.
        sheet: what will stand on it.
        told: what the figures rest on: the first line stands left, the others right.
    """
    place, last = sheet.place, get_column_letter(len(sheet.widths))
    for number, width in enumerate(sheet.widths, 1):
        target.column_dimensions[get_column_letter(number)].width = width
    target.sheet_format.defaultRowHeight, target.sheet_format.customHeight = ROW_HEIGHT, True
    headings = place.first - 1
    target.freeze_panes = f"A{place.first}"
    target.print_title_rows = f"{headings - bool(sheet.upper)}:{headings}"
    target.auto_filter.ref = f"A{headings}:{last}{place.last}"
    target.page_setup.paperSize = A4
    target.page_setup.orientation = "landscape"
    target.page_setup.fitToWidth, target.page_setup.fitToHeight = 1, 0  # as many pages as it takes
    target.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    target.page_margins = PageMargins(left=0.6, right=0.6, top=0.7, bottom=0.8, footer=0.4)
    target.print_options.horizontalCentered = True
    target.HeaderFooter.oddFooter = HeaderFooterItem(
        left=_corner(_escaped("".join(told[:1]))),
        center=_corner("第 &P 页，共 &N 页"),
        right=_corner(_escaped("　".join(told[1:]))),
    )


def _corner(text: str) -> _HeaderFooterPart:
    return _HeaderFooterPart(text, "宋体,Regular", 9)


def _escaped(text: str) -> str:
    return cut(harmless(text), _FOOT_WIDTH).replace("&", "&&")


def mark_mismatches(target: "Worksheet", sheet: "Sheet") -> None:
    """Paints red, whenever it is computed, what does not come to what it must."""
    place = sheet.place
    for number in range(1, len(sheet.widths) + 1):
        words = {
            cell.result
            for cell in sheet.table.cells(number - 1)
            if isinstance(cell, Formula) and isinstance(cell.result, str)
        }
        if len(words) != 1:
            continue
        letter = get_column_letter(number)
        red = DifferentialStyle(font=Font(color="9C0006"), fill=PatternFill(bgColor="FFC7CE"))
        rule = Rule(type="cellIs", operator="notEqual", formula=[f'"{words.pop()}"'], dxf=red)
        target.conditional_formatting.add(f"{letter}{place.first}:{letter}{place.last}", rule)
