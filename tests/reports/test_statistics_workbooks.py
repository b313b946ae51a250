"""Workbooks of statistics and standings: their charts, and that LibreOffice comes to the same."""

import zipfile
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from counties import county
from drafted import desk
from programs import converted
from scored import small
from sqmy.reports.model import Chart, Column, Figure, Number, Report, Rows, Series, Table
from sqmy.reports.render.workbook import workbook
from sqmy.workspace.statistics import standings, stats

CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def opened(raw: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(raw))


def reports() -> dict[str, Report]:
    """The small county, and random ones, each with its statistics and its standings."""
    made = {"empty": stats(desk({"单位": []}), 2025).workbook()}
    for name, one in {
        "small": small(),
        **{f"c{seed}": county(seed) for seed in (1, 6, 11)},
    }.items():
        at = desk(one)
        made[f"{name}-year"] = stats(at, 2025).workbook()
        made[f"{name}-years"] = stats(at, None).workbook()
        made[f"{name}-places"] = standings(at, 2025, None).workbook()
    return made


@pytest.fixture(scope="module")
def written() -> dict[str, tuple[Report, bytes]]:
    """Each report with its workbook."""
    return {name: (report, workbook(report)) for name, report in reports().items()}


def test_libreoffice_opens_them_and_comes_to_the_same_figures(
    written: dict[str, tuple[Report, bytes]], tmp_path: Path
) -> None:
    for name, (_, raw) in written.items():
        (tmp_path / f"{name}.xlsx").write_bytes(raw)
    for path in converted([tmp_path / f"{name}.xlsx" for name in written], "xlsx", tmp_path):
        ours = opened(written[path.stem][1])
        theirs = openpyxl.load_workbook(path, data_only=True)
        assert theirs.sheetnames == ours.sheetnames
        for sheet in ours:
            for row in sheet:
                for cell in row:
                    found = theirs[sheet.title][cell.coordinate].value
                    if cell.data_type == "n" and cell.value is not None:
                        assert found == pytest.approx(cell.value, rel=1e-12), cell
                    elif cell.data_type == "s":
                        assert found == cell.value, cell
        verdicts = [row[3] for row in theirs["核对"].iter_rows(values_only=True) if row[3]]
        heading, *proof = verdicts
        assert (heading, {*proof}) == ("结果", {"一致"})
        assert len(proof) >= 10
        told = f"共 {len(proof)} 个数，{len(proof)} 个一致，0 个不一致。"
        assert told in [cell.value for cell in theirs["核对"]["A"]]


def drawn(raw: bytes) -> list[ET.Element]:
    """The charts of a workbook."""
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        names = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
        return [
            ET.fromstring(archive.read(name))  # noqa: S314 — we have written it
            for name in sorted(names, key=lambda name: int("".join(filter(str.isdigit, name))))
        ]


def cells(book: openpyxl.Workbook, where: str) -> list[object]:
    """What stands in `'各月情况'!$B$6:$B$17`."""
    name, _, area = where.rpartition("!")
    left, top, right, bottom = range_boundaries(area.replace("$", ""))
    sheet = book[name.strip("'")]
    return [sheet.cell(row, column).value for row in range(top, bottom + 1)
            for column in range(left, right + 1)]  # fmt: skip


def cached(source: ET.Element) -> list[str]:
    """The values that stand in the chart itself."""
    return [point.findtext(f"{CHART}v") or "" for point in source.iter(f"{CHART}pt")]


def test_charts_stand_on_a_sheet_of_their_own_and_are_drawn_from_cells(
    written: dict[str, tuple[Report, bytes]],
) -> None:
    for report, raw in written.values():
        book, charts = opened(raw), drawn(raw)
        expected = [chart for chart in report.charts if chart.categories]
        assert len(charts) == len(expected)
        assert ("图表" in book.sheetnames) == bool(charts)
        for made, chart in zip(charts, expected, strict=True):
            title = "".join(text.text or "" for text in made.iter() if text.tag.endswith("}t"))
            assert title.startswith(chart.title)
            for own, series in zip(made.iter(f"{CHART}ser"), chart.series, strict=True):
                name, categories, values = (
                    own.find(f"{CHART}{tag}") for tag in ("tx", "cat", "val")
                )
                assert name is not None
                assert categories is not None
                assert values is not None
                where = [part.findtext(f".//{CHART}f") or "" for part in (name, categories, values)]
                assert cells(book, where[0]) == cached(name) == [series.name]
                assert [str(cell) for cell in cells(book, where[1])] == cached(categories)
                assert cached(categories) == list(chart.categories)
                numbers = [cell for cell in cells(book, where[2]) if isinstance(cell, int | float)]
                assert numbers == pytest.approx([float(value) for value in cached(values)])


def test_the_charts_stand_before_the_rows_that_were_counted(
    written: dict[str, tuple[Report, bytes]],
) -> None:
    names = opened(written["small-places"][1]).sheetnames
    assert names == [
        "单位得分排名", "单位报送量排名", "个人得分排名", "个人报送量排名", "各月情况", "图表",
        "单位明细", "个人明细", "信息明细", "批示明细", "得分明细", "核对",
    ]  # fmt: skip


def test_totals_stay_out_of_the_filter_and_of_what_formulas_add_up() -> None:
    rows = tuple((f"{n}月", n) for n in (1, 2, 3))
    total = ("合计", Figure(6, Rows("各月", (), "报送")))
    table = Table("各月", (Column("月份"), Column("报送", "right")), (*rows, total), totals=1)
    sheet = opened(workbook(Report("题", (table,))))["各月"]
    assert sheet.auto_filter.ref == "A3:B6"
    assert (sheet["A7"].value, sheet["B7"].value) == ("合计", 6)
    assert sheet["A7"].font.name == "黑体"


def test_headings_in_two_rows() -> None:
    columns = (
        Column("单位"),
        Column("单篇", "right", over="市政协采用"),
        Column("综合", "right", over="市政协采用"),
        Column("得分", "right"),
    )
    sheet = opened(workbook(Report("题", (Table("表", columns, (("甲", 1, 2, 3),)),))))["表"]
    assert [[cell.value for cell in row] for row in sheet["A3:D5"]] == [
        [None, "市政协采用", None, None],
        ["单位", "单篇", "综合", "得分"],
        ["甲", 1, 2, 3],
    ]
    assert "B3:C3" in {str(area) for area in sheet.merged_cells.ranges}
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A5", "$3:$4")
    assert sheet.auto_filter.ref == "A4:D5"


def test_a_chart_of_what_stands_nowhere_else_brings_its_values() -> None:
    chart = Chart("只有图", "column", ("甲", "乙"), (Series("数", (3, None)), Series("率", (1, 2))))
    raw = workbook(Report("题", (Table("表", (Column("名"),), ()), chart)))
    sheet = opened(raw)["图表"]
    block = [row for row in sheet.iter_rows(values_only=True, max_col=3) if any(row)]
    assert block[1:] == [(None, "数", "率"), ("甲", 3, 1), ("乙", None, 2)]
    (made,) = drawn(raw)
    first = next(made.iter(f"{CHART}val"))
    assert cells(opened(raw), first.findtext(f".//{CHART}f") or "") == [3, None]


def test_charts_are_not_cut_by_the_end_of_a_page() -> None:
    share = Number(Fraction(1), 1, percent=True)
    charts = tuple(
        Chart(f"图{n}", "bar", tuple("甲乙丙丁戊己庚辛"), (Series("率", (share,) * 8),))
        for n in range(5)
    )
    raw = workbook(Report("题", (Table("表", (Column("名"),), ()), *charts)))
    sheet = opened(raw)["图表"]
    tops = [chart.anchor._from.row + 1 for chart in sheet._charts]
    tall = [12] * 5
    breaks = [one.id for one in sheet.row_breaks.brk]
    begins = [1, *(row + 1 for row in breaks)]
    for top, rows in zip(tops, tall, strict=True):
        page = max(start for start in begins if start <= top)
        assert top + rows - page <= 40
    assert len(begins) > 1
