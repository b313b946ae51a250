"""The writing of the canonical workbook: its texts, and that other programs open it."""

import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

import packaged
import programs
from copies import contents, new_desk, take
from sqmy.errors import SqmyError
from sqmy.intake.headings import KINDS
from sqmy.reports.canonical import Field, Page, Sheet
from sqmy.reports.render.canonical import CELL, pieces, write
from sqmy.reports.render.entry import serial
from sqmy.workspace.data import shipped
from sqmy.workspace.exporting import export
from sqmy.workspace.template import write_template

ABOUT = Page(
    "说明", "说明（本页不导入）", ("第一段", "第二段"), (("甲", 20), ("乙", 30)), (("a", "b"),)
)


@given(
    st.lists(
        st.sampled_from(["字", "𠀀", " ", "\n", "_x0041_", "\ufffe", "e\u0301"]).flatmap(
            lambda one: st.integers(1, 20_000).map(lambda count: one * count)
        ),
        max_size=8,
    )
)
def test_pieces_fit_and_add_up(parts: list[str]) -> None:
    text = "".join(parts).strip()
    try:
        found = pieces(text)
    except SqmyError:
        assert max(map(len, re.findall(r"\s+", text))) > CELL
        return
    assert "".join(found) == text
    assert all(piece.strip() for piece in found) or found == [""]
    assert all(len(piece.encode("utf-16-le")) // 2 <= CELL for piece in found)


def test_a_text_that_fits_is_one_piece() -> None:
    for text in ("字" * CELL, "𠀀" * (CELL // 2), ""):
        assert pieces(text) == [text]
    assert list(map(len, pieces("字" * (CELL + 1)))) == [CELL, 1]


def test_blanks_longer_than_a_cell_are_refused() -> None:
    with pytest.raises(SqmyError, match="连着三万多个空白"):
        pieces("上" + " " * 70_000 + "下")


def test_days_are_counted_as_spreadsheets_do() -> None:
    days = {"1900-01-01": 1, "1900-02-28": 59, "1900-03-01": 61, "2025-03-01": 45717}
    assert {day: serial(day) for day in days} == days


def test_cells_are_texts_and_days() -> None:
    fields = (
        Field("编号", holds="code"),
        Field("日期", holds="day"),
        Field("文", further=("文续1",)),
    )
    rows = [("007", "2025-03-01", "=1+1"), (None, None, None), ("1", "1900-01-01", "甲" * 40_000)]
    stream = io.BytesIO()
    write(stream, [Sheet("表", fields, rows), ABOUT])
    sheet = load_workbook(stream)["表"]
    found = [[(cell.value, cell.data_type, cell.number_format) for cell in row] for row in sheet]
    assert found[1][0] == ("007", "s", "@")
    assert [str(value) for value, kind, _ in found[1][1:2] if kind == "d"] == [
        "2025-03-01 00:00:00"
    ]
    assert found[1][2] == ("=1+1", "s", "General")
    assert [value for value, *_ in found[2]] == [None] * 4
    assert "".join(str(value) for value, *_ in found[3][2:]) == "甲" * 40_000


def test_a_page_stands_above_its_table() -> None:
    stream = io.BytesIO()
    write(stream, [ABOUT])
    sheet = load_workbook(stream)["说明"]
    rows = [[cell for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    assert rows == [["说明（本页不导入）"], ["第一段"], ["第二段"], ["甲", "乙"], ["a", "b"]]
    assert sheet.print_title_rows == "$4:$4"


def test_libreoffice_opens_both_workbooks_and_keeps_what_they_hold(tmp_path: Path) -> None:
    desk = new_desk()
    folder = shipped("examples", "yunting")
    take(desk, folder / "register.xlsx", folder / "2025.xlsx")
    export(desk, tmp_path / "导出.xlsx")
    write_template(tmp_path / "空表.xlsx", packaged.rulebook())
    sources = [tmp_path / "导出.xlsx", tmp_path / "空表.xlsx"]
    exported, template = programs.converted(sources, "xlsx", tmp_path)
    copy = new_desk()
    assert take(copy, template).new == 0
    take(copy, exported)
    assert contents(copy.ledger) == contents(desk.ledger)
    lists = [
        rule.formula1
        for sheet in load_workbook(template).worksheets
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
    ]
    assert '"单篇,综合,转送"' in lists
    assert len(lists) == 11
    notes = [cell.comment for sheet in load_workbook(template).worksheets for cell in sheet[1]]
    assert sum(note is not None for note in notes) == sum(len(kind.headings) for kind in KINDS)
