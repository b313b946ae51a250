"""Reports checked against themselves: by the program, and by a spreadsheet that knows only rows."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from counties import county
from drafted import bulletin
from programs import converted
from scored import FORMULA, small
from sqmy.reports.checking import recounted
from sqmy.reports.model import Column, Figure, Report, Rows, Section, Sentence, Table
from sqmy.reports.papers.bulletin import Bulletin
from sqmy.reports.proving import formula, proof
from sqmy.reports.render.workbook import workbook

WHOLE = "通报: {附表: [单位, 个人, 目录]}"


def rows_of(made: Table) -> Rows:
    return Rows(made.name, (("单位", "甲"),), "数")


DETAIL = Table(
    "明细（3 行）",
    (Column("单位"), Column("数", "right")),
    (("甲", 2), ("乙", 3), ("甲", 4), ("合计", 9)),
    totals=1,
)


def test_a_figure_is_counted_or_added_up_from_its_rows() -> None:
    report = Report(
        "题",
        (
            Section("总体", (Sentence(("甲共", Figure(6, rows_of(DETAIL)), "条。")),)),
            Table("表", (Column("单位"), Column("数", "right", over="报送")),
                  (("甲", Figure(2, Rows("明细", (("单位", "甲"),)))),
                   ("乙", Figure(9, Rows("明细", (), "数"))))),
        ),
        lead=(Sentence(("有", Figure(4, Rows("无此表")), "处")),),
    )  # fmt: skip
    found = recounted(report, [DETAIL])
    assert [(one.place, str(one.found), one.agrees) for one in found] == [
        ("题 有", "None", False),
        ("总体 甲共", "6", True),
        ("表 甲 报送/数", "2", True),
        ("表 乙 报送/数", "9", True),
    ]


def test_a_figure_as_a_formula() -> None:
    assert formula(rows_of(DETAIL), {}) == 'SUMIFS(明细[数],明细[单位],"甲")'
    both = Rows("明细", (("数", 1), ("单位", '甲"乙')))
    assert formula(both, {}) == 'COUNTIFS(明细[数],1,明细[单位],"甲""乙")'
    assert formula(Rows("明细", (), "数"), {"明细": "表3"}) == "SUM(表3[数])"


def computed(made: dict[str, Bulletin], folder: Path) -> dict[str, openpyxl.Workbook]:
    """The workbooks of bulletins as LibreOffice computes them."""
    sources = []
    for name, one in made.items():
        sources.append(folder / f"{name}.xlsx")
        sources[-1].write_bytes(workbook(one.workbook()))
    return {
        path.stem: openpyxl.load_workbook(path, data_only=True)
        for path in converted(sources, "xlsx", folder)
    }


def proof_of(book: openpyxl.Workbook) -> list[dict[str, Any]]:
    """The rows of the sheet 核对 by heading."""
    sheet = book["核对"]
    lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    start = next(n for n, line in enumerate(lines) if line[0] == "何处")
    stop = next((n for n in range(start + 1, len(lines)) if lines[n][1] is None), len(lines))
    return [dict(zip(lines[start], line, strict=True)) for line in lines[start + 1 : stop]]


def test_a_spreadsheet_comes_to_every_figure(tmp_path: Path) -> None:
    made = {"small": bulletin(small(), nth=2, own=WHOLE)}
    periods = {2: ("quarter", 4), 5: ("half", 2), 8: ("month", 6), 13: ("year", 1)}
    for seed, (length, nth) in periods.items():
        made[f"county{seed}"] = bulletin(county(seed), length, nth, own=WHOLE)
    books = computed(made, tmp_path)
    for name, one in made.items():
        told = proof_of(books[name])
        assert len(told) == len(one.recounted) > 40, name
        assert {row["结果"] for row in told} == {"一致"}, name
        for row, figure in zip(told, one.recounted, strict=True):
            assert figure.found is not None
            assert row["由明细重算"] == pytest.approx(float(figure.found), abs=1e-9)
            assert row["文中数字"] == pytest.approx(float(figure.found), abs=1e-9)
        text = f"共 {len(told)} 个数，{len(told)} 个一致，0 个不一致。"
        assert any(text == cell.value for row in books[name]["核对"].iter_rows() for cell in row)


def test_a_changed_row_is_found_by_the_spreadsheet(tmp_path: Path) -> None:
    one = bulletin(small(FORMULA), nth=3)
    book = openpyxl.load_workbook(BytesIO(workbook(one.workbook())))
    sheet = book["信息明细"]
    headings = {cell.value: cell.column for row in sheet.iter_rows() for cell in row}
    last = max(cell.row for row in sheet.iter_rows() for cell in row if cell.value == "2025-004")
    sheet.cell(last, headings["本季度报送"]).value = 5
    path = tmp_path / "改.xlsx"
    book.save(path)
    (made,) = converted([path], "xlsx", tmp_path)
    told = proof_of(openpyxl.load_workbook(made, data_only=True))
    assert [row["何处"] for row in told if row["结果"] != "一致"] == [
        "总体情况 县政协共收到社情民意信息",
        "总体情况 第一序列",
        "总体情况 采用率",
        "第一序列 提案委 报送（条）/本季度",
        "第一序列 提案委 采用率",
        "第一序列 合计 报送（条）/本季度",
        "第一序列 合计 采用率",
    ]


def test_the_proof_is_a_table() -> None:
    shown = proof(recounted(Report("题", (Sentence((Figure(6, rows_of(DETAIL)),)),)), [DETAIL]))
    assert [str(cell) for cell in shown.rows[0]] == ["题", "6", "6", "一致"]
