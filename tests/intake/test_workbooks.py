import contextlib
import random
import re
import tracemalloc
import zipfile
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

import workbooks
from sqmy.errors import SqmyError
from sqmy.intake import sheets
from sqmy.intake.grid import Flaw, Grid, Merged, Row, Value
from workbooks import data, raw, text


def only(path: Path) -> Grid:
    """The one sheet of a file."""
    (grid,) = sheets.read(path, path.name, 0)
    return grid


def values(path: Path) -> list[dict[int, Value]]:
    return [row.values for row in only(path).rows]


def test_texts_numbers_days_and_switches_are_what_they_are(tmp_path: Path) -> None:
    rows = [["编号", 7, 2.5, True, date(2025, 3, 1), None, "　", 13800138000]]
    path = workbooks.workbook(tmp_path / "a.xlsx", {"表": rows})
    assert values(path) == [{1: "编号", 2: 7, 3: 2.5, 4: True, 5: date(2025, 3, 1), 8: 13800138000}]


def test_a_cell_knows_its_place(tmp_path: Path) -> None:
    path = workbooks.workbook(tmp_path / "账.xlsx", {"报送": [[], [], [None, None, "标题"]]})
    grid = only(path)
    assert [row.number for row in grid.rows] == [3]
    assert grid.rows[0].cell(3).coordinate == "C3"
    assert grid.source.at(3, 3) == "账.xlsx 报送!C3"
    assert grid.rows[0].cell(4).value is None


def test_a_wrong_stated_size_loses_no_row(tmp_path: Path) -> None:
    """WPS writes such files, and openpyxl's read-only mode then stops at the second row."""
    rows = data(*(text(f"第{n}行") for n in range(1, 1001)))
    path = raw(tmp_path / "a.xlsx", f'<dimension ref="A1:B2"/>{rows}')
    assert len(values(path)) == 1000


def test_cells_and_rows_without_references_follow_one_another(tmp_path: Path) -> None:
    path = raw(
        tmp_path / "a.xlsx", data(text("甲") + text("乙"), "", text("丙", "C3") + text("丁"))
    )
    assert only(path).rows == [Row(1, {1: "甲", 2: "乙"}), Row(3, {3: "丙", 4: "丁"})]


def test_elements_may_have_the_prefix_of_their_namespace(tmp_path: Path) -> None:
    """As some programs other than Excel and WPS write them."""
    plain = raw(tmp_path / "a.xlsx", data(text("甲") + '<c r="C1" t="s"><v>0</v></c>'), strings="")
    path = tmp_path / "b.xlsx"
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            content = source.read(name).decode()
            if name.startswith("xl/") and not name.endswith(".rels"):
                content = re.sub(r"<(/?)(?=\w)", r"<\1x:", content).replace("xmlns=", "xmlns:x=")
            target.writestr(name, content)
        strings = f'<x:sst xmlns:x="{workbooks.MAIN}"><x:si><x:t>乙</x:t></x:si></x:sst>'
        target.writestr("xl/sharedStrings.xml", strings)
    assert values(path) == [{1: "甲", 3: "乙"}]


def test_the_strict_form_of_the_format_is_read_too(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    assert values(raw(tmp_path / "a.xlsx", data(text("甲")), main=strict)) == [{1: "甲"}]


def test_pinyin_above_a_text_is_no_part_of_it(tmp_path: Path) -> None:
    strings = "<si><r><t>老旧</t></r><r><t>小区</t></r><rPh><t>laojiu</t></rPh></si>"
    path = raw(tmp_path / "a.xlsx", data('<c t="s"><v>0</v></c>'), strings=strings)
    assert values(path) == [{1: "老旧小区"}]


def test_escaped_line_breaks_are_read(tmp_path: Path) -> None:
    assert values(raw(tmp_path / "a.xlsx", data(text("甲_x000D_\n乙")))) == [{1: "甲\r\n乙"}]


STYLES = (
    '<numFmts><numFmt numFmtId=\'176\' formatCode=\'yyyy"年"m"月"d"日"\'/></numFmts>'
    "<fills><fill><nonsense/></fill></fills><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/>"
    "<xf numFmtId='176'/><xf numFmtId='31'/><xf numFmtId='20'/></cellXfs>"
)


def test_days_are_known_by_their_format_even_by_the_chinese_built_in_ones(tmp_path: Path) -> None:
    """Nor do styles matter that openpyxl cannot load."""
    cells = "".join(f'<c s="{style}"><v>45717</v></c>' for style in range(4))
    path = raw(tmp_path / "a.xlsx", data(cells), styles=STYLES)
    day = date(2025, 3, 1)
    assert values(path) == [{1: 45717, 2: day, 3: day, 4: day}]


def test_days_count_from_the_workbooks_own_epoch(tmp_path: Path) -> None:
    settings = '<workbookPr date1904="1"/>'
    cells = data('<c s="1"><v>44255</v></c><c><v>44255</v></c>')
    grid = only(raw(tmp_path / "a.xlsx", cells, styles=STYLES, settings=settings))
    assert grid.rows[0].values == {1: date(2025, 3, 1), 2: 44255}
    assert grid.source.epoch is not None
    assert grid.source.epoch.year == 1904


def test_a_time_of_day_is_no_day(tmp_path: Path) -> None:
    path = raw(tmp_path / "a.xlsx", data('<c s="4"><v>0.5</v></c>'), styles=STYLES)
    assert values(path) == [{1: 0.5}]


def test_a_formula_whose_result_was_never_saved_is_a_flaw(tmp_path: Path) -> None:
    path = workbooks.workbook(tmp_path / "a.xlsx", {"表": [["=1+1"]]})
    (flaw,) = values(path)[0].values()
    assert isinstance(flaw, Flaw)
    assert "保存一次" in flaw.reason


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<c><f>1+1</f><v>2</v></c>", {1: 2}),
        ('<c t="str"><f>A2</f><v>甲</v></c>', {1: "甲"}),
        ('<c t="b"><v>0</v></c>', {1: False}),
        ('<c t="d"><v>2025-03-01T00:00:00</v></c>', {1: date(2025, 3, 1)}),
        ("<c><v>1.38E+10</v></c>", {1: 13800000000}),
    ],
)
def test_saved_results_are_values(tmp_path: Path, cell: str, value: dict[int, Value]) -> None:
    assert values(raw(tmp_path / "a.xlsx", data(cell))) == [value]


def test_a_formula_that_gives_an_empty_text_is_a_blank_cell(tmp_path: Path) -> None:
    cell = '<c t="str"><f>IF(A2="","",A2)</f><v></v></c>'
    assert values(raw(tmp_path / "a.xlsx", data(cell))) == []


@pytest.mark.parametrize("cell", ['<c t="e"><v>#REF!</v></c>', "<c><v>1e999</v></c>"])
def test_error_values_and_impossible_numbers_are_flaws(tmp_path: Path, cell: str) -> None:
    (flaw,) = values(raw(tmp_path / "a.xlsx", data(cell)))[0].values()
    assert isinstance(flaw, Flaw)


def test_merged_cells_are_known(tmp_path: Path) -> None:
    merge = '<mergeCells><mergeCell ref="A1:B3"/></mergeCells>'
    grid = only(raw(tmp_path / "a.xlsx", data(text("甲")) + merge))
    assert grid.merged == [Merged(1, 1, 3, 2)]
    assert grid.merged[0].name == "A1:B3"


def test_hidden_rows_and_hidden_sheets_are_read_and_the_latter_told(tmp_path: Path) -> None:
    path = raw(tmp_path / "a.xlsx", f'<sheetData><row hidden="1">{text("甲")}</row></sheetData>')
    assert values(path) == [{1: "甲"}]
    book = workbooks.Workbook()
    book.create_sheet("旧").append(["甲"])
    book["旧"].sheet_state = "hidden"
    book.save(tmp_path / "b.xlsx")
    _, hidden = sheets.read(tmp_path / "b.xlsx", "b.xlsx", 0)
    assert [row.values for row in hidden.rows] == [{1: "甲"}]
    assert hidden.notes == ("b.xlsx，工作表「旧」是隐藏的工作表。",)


def test_what_is_hidden_or_filtered_is_read_and_named(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{n}" hidden="{int(n > 2)}">{text(str(n))}{text("乙")}</row>' for n in range(1, 10)
    )
    columns = '<cols><col min="2" max="5" hidden="1"/></cols>'
    path = raw(tmp_path / "a.xlsx", f"{columns}<sheetData>{rows}</sheetData>")
    grid = only(path)
    assert len(grid.rows) == 9
    assert grid.notes == (
        "a.xlsx，工作表「表」：隐藏的 7 行也读了：第 3、4、5、6、7 等 行。",
        "a.xlsx，工作表「表」：隐藏的列也读了：B 列。",
    )
    path = raw(tmp_path / "a.xlsx", f'<sheetData>{rows}</sheetData><autoFilter ref="A1:B9"/>')
    assert "（有筛选，没有显示的也读）" in only(path).notes[0]


def test_blank_rows_cost_nothing(tmp_path: Path) -> None:
    blank = "".join(f'<row r="{n}" s="1" customFormat="1"/>' for n in range(2, 100_000))
    last = f'<row r="1048576">{text("乙", "A1048576")}</row>'
    sheet = f'<sheetData><row r="1">{text("甲", "A1")}</row>{blank}{last}</sheetData>'
    path = raw(tmp_path / "a.xlsx", sheet)
    tracemalloc.start()
    grid = only(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert grid.rows == [Row(1, {1: "甲"}), Row(1048576, {1: "乙"})]
    assert peak < 20_000_000


def test_a_million_blank_rows_are_refused(tmp_path: Path) -> None:
    path = raw(tmp_path / "a.xlsx", f"<sheetData>{'<row/>' * 1_000_000}</sheetData>")
    with pytest.raises(SqmyError, match="工作表「表」里有 50 万以上的空行"):
        only(path)


@pytest.mark.parametrize("cell", ["XFD1048576", "ALM1", "NTP7"])
def test_a_far_cell_is_refused_by_its_name(tmp_path: Path, cell: str) -> None:
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    sheet = f'<sheetData><row r="{row}">{text("甲", f"A{row}")}{text("远", cell)}</row></sheetData>'
    path = raw(tmp_path / "a.xlsx", sheet)
    with pytest.raises(SqmyError, match=f"工作表「表」的内容到了 {cell}，最多读 1000 列"):
        only(path)


def test_a_row_of_endless_cells_is_refused_as_it_comes(tmp_path: Path) -> None:
    with pytest.raises(SqmyError, match="分成几个文件"):
        only(raw(tmp_path / "a.xlsx", data("<c/>" * 16_385)))


def test_endless_rows_are_refused_as_they_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sqmy.intake.worksheet.MAX_ELEMENTS", 10)
    with pytest.raises(SqmyError, match="分成几个文件"):
        only(raw(tmp_path / "a.xlsx", data(*["<c/>"] * 11)))


def test_more_cells_than_any_office_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sqmy.intake.worksheet.MAX_CELLS", 10)
    with pytest.raises(SqmyError, match="分成几个文件"):
        only(raw(tmp_path / "a.xlsx", data(text("甲") * 6, text("乙") * 6)))


@pytest.mark.parametrize(
    "sheet",
    [
        "<sheetData><row><c",
        data('<c t="s"><v>99</v></c>'),
        data('<c r="甲1"><v>1</v></c>'),
        data(text("甲")) + '<mergeCells><mergeCell ref="A:B"/></mergeCells>',
        '<row r="x"/>',
    ],
)
def test_a_workbook_that_is_broken_inside_is_refused_in_chinese(tmp_path: Path, sheet: str) -> None:
    with pytest.raises(SqmyError, match="内部结构不正常"):
        only(raw(tmp_path / "a.xlsx", sheet))


def test_an_entity_bomb_is_refused(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "甲甲甲甲"><!ENTITY b "&a;&a;&a;&a;">]>'
    path = raw(tmp_path / "a.xlsx", data(text("&b;")))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, bomb.encode() + part if "sheet1.xml" in name else part)
    with pytest.raises(SqmyError, match="内部结构不正常"):
        only(path)


@pytest.mark.parametrize("name", ["register.xlsx", "2025.xlsx"])
def test_the_values_are_those_that_openpyxl_reads(name: str) -> None:
    path = Path(__file__).parents[2] / "examples" / "yunting" / name
    for grid, sheet in zip(sheets.read(path, name, 0), load_workbook(path), strict=True):
        mine = {(row.number, column): v for row in grid.rows for column, v in row.values.items()}
        theirs = {
            (cell.row, cell.column): cell.value.date() if cell.is_date else cell.value
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        assert (grid.source.sheet, mine) == (sheet.title, theirs)


PIECES = (b"<", b">", b'"', b"<f/>", b"9" * 30, b"-1", b"", b"&#0;", b"\xff", b"nan", b' t="d"')


@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    whole = workbooks.workbook(tmp_path / "a.xlsx", {"表": [["编号", date(2025, 3, 1), "=1+1"]]})
    with zipfile.ZipFile(whole) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    spoiled = tmp_path / "b.xlsx"
    for _ in range(20):
        with zipfile.ZipFile(spoiled, "w") as archive:
            for name, part in parts.items():
                at = rng.randrange(len(part))
                cut = part[:at] + rng.choice(PIECES) + part[at + rng.randrange(4) :]
                archive.writestr(name, cut if rng.random() < 0.3 else part)
        if rng.random() < 0.3:
            content = bytearray(spoiled.read_bytes())
            content[rng.randrange(len(content))] = rng.randrange(256)
            spoiled.write_bytes(content)
        with contextlib.suppress(SqmyError):
            sheets.read(spoiled, "b.xlsx", 0)
