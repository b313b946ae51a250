"""Rows written as XML: what openpyxl reads back is what was given, styles and heights too."""

from fractions import Fraction
from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from sqmy.reports.model import Formula, Number
from sqmy.reports.render.cells import BODY, HEADING, Cells
from sqmy.reports.render.sheet_rows import SheetRows


@pytest.fixture
def book() -> Workbook:
    return Workbook(write_only=True)


def saved(book: Workbook) -> Workbook:
    stream = BytesIO()
    book.save(stream)
    stream.seek(0)
    return load_workbook(stream)


def test_every_kind_of_cell_is_read_back(book: Workbook) -> None:
    target = book.create_sheet("表")
    cells, rows = Cells(target), SheetRows(target)
    texts = ['甲<乙 & 丙> ]]> "丁"', "=1+1", "  两边空格  ", "上\n下", "_x0041_", "007", "🦊𠀀"]
    for text in texts:
        assert rows.append([cells.text(0, BODY, text), cells.blank(1, BODY)]) == rows.count
    rows.append(
        [
            cells.number(0, BODY, 12),
            cells.number(1, BODY, Number(Fraction(1, 3), 2)),
            cells.number(27, BODY, Number(Fraction(5, 16), 1, percent=True)),
        ]
    )
    rows.append([cells.formula(2, BODY, Formula("…", 3), '=IF(A1<"甲",1,2)&""', 9)])
    sheet = saved(book)["表"]
    texts[4] = "_x005F_x0041_"  # as Excel stores it; openpyxl does not read it back
    assert [sheet.cell(n, 1).value for n in range(1, 8)] == texts
    assert (sheet["A8"].value, sheet["B8"].value, sheet["AB8"].value) == (12, 1 / 3, 0.3125)
    assert (sheet["B8"].number_format, sheet["AB8"].number_format) == ("0.00", "0.0%")
    assert (sheet["C9"].value, sheet["C9"].data_type) == ('=IF(A1<"甲",1,2)&""', "f")


def test_looks_are_shared_and_heights_kept(book: Workbook) -> None:
    target = book.create_sheet("表")
    cells, rows = Cells(target), SheetRows(target)
    rows.append([cells.text(0, HEADING, "标题")], 33.5)
    for _ in range(50):
        rows.append([cells.text(0, BODY, "内容")])
    rows.append([cells.text(0, BODY, "很高")], 5000)
    made = saved(book)
    sheet = made["表"]
    assert (sheet["A1"].font.name, sheet["A1"].border.left.style) == ("黑体", "thin")
    assert (sheet["A2"].font.name, sheet["A2"].fill.patternType) == ("宋体", None)
    assert len(made._cell_styles) == 3  # the plain one and these two
    heights = {number: row.height for number, row in sheet.row_dimensions.items() if row.height}
    assert heights == {1: 33.5, 52: 409}


def test_a_sheet_without_rows_and_one_of_plain_cells_are_sound(book: Workbook) -> None:
    SheetRows(book.create_sheet("空"))
    book.create_sheet("平常").append(["甲", 1])
    made = saved(book)
    assert made["空"].max_row == 1
    assert [cell.value for cell in made["平常"][1]] == ["甲", 1]
