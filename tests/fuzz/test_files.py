"""Any bytes as a clerk's file: a table, a workbook of any age, a document, a report's export."""

import csv
import zipfile
from functools import cache
from io import BytesIO, StringIO
from pathlib import Path

import docx
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

import packaged
from fuzzing import DAYS, NUMBERS, bent, bent_bytes, bent_zip, cases, promised, tokens, words
from sheets import VOCABULARY
from sqmy.errors import SqmyError
from sqmy.intake import exported, files, notices, returned, sheets
from sqmy.intake.documents import document_text
from sqmy.intake.grid import Grid, Merged, Row, Source
from sqmy.intake.headings import KINDS
from sqmy.intake.settled import Settled
from sqmy.intake.words import Words
from sqmy.workspace import answer_sheets, bodies

HEADINGS = tuple(heading.name for kind in KINDS for heading in kind.headings)
GROUPED = (
    "市政协采用",
    "省政协录用",
    "采用情况",
    "批示情况",
    "主要领导批示",
    "序号",
    "得分",
    "时间",
    "备注",
)
CELLS = (
    *("2025-001", "关于农村饮水的建议", "张三、李四", "张三（提案委）", "提案委", "个人"),
    *("市政协2025.3.1单篇采用；省政协2025年5月6日综合采用", "√", "2025.3.1综合", "通过", "合计"),
    *("2025-03-01", "小计", "委员", "委室", "2025年3月1日", "45717", "13900001111", "注："),
    *("填表人：张三", "2025年台账"),
)  # fmt: skip
LIBRARY = sorted((packaged.ROOT / "examples").glob("**/*.xlsx"))


def rows() -> st.SearchStrategy[list[list[str]]]:
    """A table that looks like an office's."""
    heading = st.one_of(st.sampled_from(HEADINGS), st.sampled_from(GROUPED), words(*HEADINGS))
    cell = st.one_of(st.sampled_from(("", *CELLS)), st.sampled_from((*DAYS, *NUMBERS)), tokens())
    return st.tuples(
        st.lists(st.lists(st.sampled_from(CELLS), max_size=3), max_size=2),
        st.lists(st.lists(heading, min_size=1, max_size=9), min_size=1, max_size=3),
        st.lists(st.lists(cell, max_size=9), max_size=6),
    ).map(lambda parts: [row for part in parts for row in part])


def read_all(path: Path) -> None:
    """Everything that a clerk's sheet may be read as."""
    settled = Settled(year=2025, undated_on="2025-12-31", number_by_year=True)
    for one in (Settled(), settled):
        found = promised(files.read, [path], VOCABULARY, None, one)
        assert found is not None
        for fault in found.faults:
            assert fault.problem.message
    promised(notices.read, path, VOCABULARY, "市政协", settled)
    promised(answer_sheets.read, path)


# -- grids ---------------------------------------------------------------------------------------


@given(
    rows(),
    st.lists(st.tuples(*[st.integers(1, 9)] * 2, *[st.integers(0, 5)] * 2), max_size=4),
)
@cases(150)
def test_a_grid(table: list[list[str]], ranges: list[tuple[int, int, int, int]]) -> None:
    """Headings and layout, cells merged anyhow."""
    from sqmy.intake import rows as drafting  # noqa: PLC0415 — `rows` is the strategy here
    from sqmy.intake import tables  # noqa: PLC0415

    merged = [Merged(top, left, top + tall, left + wide) for top, left, tall, wide in ranges]
    kept = [
        Row(number, {column: cell for column, cell in enumerate(row, 1) if cell.strip()})
        for number, row in enumerate(table, 1)
    ]
    grid = Grid(Source(0, "账.xlsx", "表"), [row for row in kept if row.values], merged)
    read = Words(VOCABULARY, Settled(year=2025))
    found = promised(tables.find, grid, read)
    assert found is not None
    for one in found.tables:
        promised(drafting.read, one, read)


# -- text ----------------------------------------------------------------------------------------


@st.composite
def delimited(draw: st.DrawFn) -> bytes:
    """A CSV in some encoding, maybe torn."""
    made = StringIO()
    csv.writer(made, delimiter=draw(st.sampled_from(",;\t"))).writerows(draw(rows()))
    encoding = draw(st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5", "utf-32"]))
    content = made.getvalue().encode(encoding, "replace")
    return draw(bent_bytes(content)) if draw(st.booleans()) else content


@given(content=delimited())
@cases(60)
def test_a_csv(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "账.csv"
    path.write_bytes(content)
    read_all(path)
    promised(bodies.read_body, path)


# -- workbooks -----------------------------------------------------------------------------------


@cache
def made() -> bytes:
    """A small workbook with all that a sheet may have: merged, hidden, formulas, days, links."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "报送"
    sheet.append(["2025年台账"])
    sheet.append(["编号", "标题", "作者", "报送单位", "报送日期", "市政协采用", "备注"])
    sheet.append(["2025-001", "关于饮水的建议", "张三", "提案委", "2025-03-01", "√", "=1+1"])
    sheet.append(["2025-002", "关于停车的建议", "李四", "提案委", 45717, "2025.3.1综合", None])
    sheet.merge_cells("A1:G1")
    sheet.merge_cells("D3:D4")
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["G"].hidden = True
    sheet["E4"].number_format = "yyyy-mm-dd"
    sheet["B3"].hyperlink = "http://127.0.0.1/"
    sheet.auto_filter.ref = "A2:G4"
    book.create_sheet("空").sheet_state = "hidden"
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def sound_workbooks() -> st.SearchStrategy[bytes]:
    """Mostly the small one."""
    return st.sampled_from([made()] * 4 + [LIBRARY[0].read_bytes()])


@given(content=sound_workbooks().flatmap(bent_zip))
@cases(60)
def test_a_bent_workbook(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "账.xlsx"
    path.write_bytes(content)
    read_all(path)


@given(content=st.builds(made).flatmap(bent_zip))
@cases(40)
def test_a_bent_workbook_is_written_back(content: bytes, tmp_path: Path) -> None:
    """As `--return` does, where it could be read at all."""
    path = tmp_path / "账.xlsx"
    path.write_bytes(content)
    try:
        grids = sheets.read(path, path.name, 1)
    except SqmyError:
        return
    if not grids:  # nothing to be read, nothing to be written back
        return
    marked = {
        grid.source.sheet: returned.Marked(
            [2], 7, [returned.Verdict(3, "wrong", "有误")], [returned.Mark(3, 4, "wrong", "请核对")]
        )
        for grid in grids
    }
    target = BytesIO()
    promised(returned.write, path, target, marked)
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None


@cache
def old() -> bytes:
    """A workbook of before 2007."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("报送")
    for number, row in enumerate(
        [HEADINGS[:5], ("2025-001", "关于饮水的建议", "张三", "提案委", "2025-03-01")]
    ):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    sheet.merge(2, 5, 0, 3)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


@given(content=st.builds(old).flatmap(bent_bytes))
@cases(6)
def test_a_bent_workbook_of_before_2007(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "账.xls"
    path.write_bytes(content)
    promised(files.read, [path], VOCABULARY)


# -- documents and reports -----------------------------------------------------------------------


@cache
def document() -> bytes:
    """A document as somebody writes it."""
    written = docx.Document()
    written.add_paragraph("村里的井水发黄，请水务部门检测。")
    written.add_paragraph("第二段\t有制表符").add_run().add_break()
    written.add_table(1, 2).cell(0, 0).text = "表"
    content = BytesIO()
    written.save(content)
    return content.getvalue()


@given(content=st.builds(document).flatmap(bent_zip))
@cases(40)
def test_a_bent_document(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "正文.docx"
    path.write_bytes(content)
    promised(document_text, path)


PAGE = (
    '<!doctype html><meta name="sqmy.ledger" content="3:aa"><p>甲</p>'
    "<table><tr><td>乙</td></tr></table>"
)
MARKDOWN = "<!-- sqmy.ledger: 3:aa -->\n\n# 得分\n\n| 甲 | 乙 |\n"


@given(st.data())
@cases(60)
def test_what_can_be_read_in_an_export(data: st.DataObject) -> None:
    suffix = data.draw(st.sampled_from(exported.SUFFIXES))
    if suffix in {".xlsx", ".docx"}:
        content = data.draw(bent_zip(made() if suffix == ".xlsx" else document()))
    else:
        written = data.draw(bent(PAGE if suffix == ".html" else MARKDOWN))
        content = data.draw(bent_bytes(written.encode("utf-8", "replace")))
    export = exported.Export(content, suffix)
    promised(export.marks, "sqmy.")
    promised(export.lines)
