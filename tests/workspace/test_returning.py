"""Sheets written back to their makers: what they had stays, what is wrong is marked and told."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from bad_sheets import good
from office import WORDS, Office
from programs import converted
from sqmy.errors import SqmyError
from sqmy.workspace.answers import Answers
from sqmy.workspace.import_report import ImportReport
from sqmy.workspace.import_run import Decisions
from sqmy.workspace.importing import Import
from sqmy.workspace.returning import write_back

HEADINGS = ["序号", "信息标题", "反映人", "报送单位", "报送时间", "市政协采用", "备 注"]
ROWS: list[list[Any]] = [
    [1, "关于路灯的建议", "张 三", "提案委", "2025.6.1", "2025.7.1综合", None],
    [2, "关于路牌的建议", "张山", "提案委", "2025.6.2", None, "急"],
    [3, "关于路面的建议", "李四", "文史委", "6月3日", "√", None],
    [4, "关于农村饮水安全的建议", None, "文史委", "2025.5.1", None, None],
    ["合计", 4, None, None, None, None, None],
]
BOX = Border(*[Side(style="thin")] * 4)


def made(path: Path, rows: list[list[Any]] = ROWS) -> Path:
    """A unit's own sheet, with a title, borders, a note of its own, and frozen rows."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "上半年"
    sheet.merge_cells("A1:G1")
    sheet["A1"] = "提案委员会上半年台账"
    for number, row in enumerate([HEADINGS, *rows], 2):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, value)
            cell.border, cell.font = BOX, Font(name="仿宋", size=12, bold=number == 2)
            cell.alignment = Alignment("center")
    sheet["G4"].comment = Comment("领导交办", "王某")
    sheet.freeze_panes = "A3"
    sheet.column_dimensions["B"].width = 33
    book.create_sheet("说明").append(["本表由提案委填写"])
    book.save(path)
    return path


@pytest.fixture
def office(office: Office) -> Office:
    """With the sound sheets imported."""
    office.put(good())
    return office


def brought_in(office: Office, *paths: Path, dry_run: bool = False) -> ImportReport:
    """What an import comes to, refused or not."""
    work = Import(office.ledger, "李书记员", WORDS, paths)
    work.read(Answers())
    return work.carry_out(Decisions(because="按来表"), dry_run=dry_run)


def looks(cell: Any) -> tuple[Any, ...]:  # noqa: ANN401 — as openpyxl has it
    """What a cell looks like, but for its background."""
    return (
        cell.font.name,
        cell.font.size,
        cell.font.bold,
        cell.border.left.style,
        cell.alignment.horizontal,
    )


def results(path: Path) -> list[Any]:
    """The column of results."""
    sheet = load_workbook(path).worksheets[0]
    return [cell.value for cell in sheet["H"]]


def test_the_makers_sheet_comes_back_with_results_and_marks(office: Office, tmp_path: Path) -> None:
    source, target = made(tmp_path / "来.xlsx"), tmp_path / "退.xlsx"
    (told,) = write_back(brought_in(office, source), [source], target)
    assert told == f"已写回 {target}：4 行的结果，标出 4 格。"
    assert results(target) == [
        None,
        "结果",
        "没有问题，待一并登记，编号 2025-004",
        "待定：没有登记人员「张山」。是不是：张三（提案委员会）？请写全称，或说明是新增的。",
        (
            "有误：日期「6月3日」缺年份。请写成 2025-03-01 或 2025年3月1日。"
            "记了市政协采用，没有日期。请写上日期，或填「采用日期」一列。"
        ),
        (
            "待定：没有编号，不能断定是不是已经报过的："
            "2025-003（标题相近，2025-05-01《关于农村饮水的建议》）。请填上编号。"
        ),
        None,
    ]
    sheet = load_workbook(target).worksheets[0]
    fills = {
        cell.coordinate: cell.fill.fgColor.rgb[2:]
        for row in sheet.iter_rows(max_col=7)
        for cell in row
        if cell.fill.fill_type
    }
    assert fills == {"C4": "FFEB9C", "E5": "FFC7CE", "F5": "FFC7CE", "B6": "FFEB9C"}
    assert sheet["E5"].comment.text.startswith("日期「6月3日」缺年份。")
    assert all("sqmy" not in str(cell.value) and "--" not in str(cell.value) for cell in sheet["H"])


def test_what_the_maker_had_is_kept(office: Office, tmp_path: Path) -> None:
    source, target = made(tmp_path / "来.xlsx"), tmp_path / "退.xlsx"
    write_back(brought_in(office, source), [source], target)
    before, after = (load_workbook(path).worksheets for path in (source, target))
    assert [sheet.title for sheet in after] == ["上半年", "说明"]
    was, now = before[0], after[0]
    for row in was.iter_rows():
        for cell in row:
            other = now[cell.coordinate]
            assert (cell.value, looks(cell)) == (other.value, looks(other))
    assert now["G4"].comment.text == "领导交办"
    assert (now.freeze_panes, now.column_dimensions["B"].width) == ("A3", 33)
    assert [str(merged) for merged in now.merged_cells.ranges] == ["A1:G1"]
    assert now["H2"].font.name == "仿宋"
    assert looks(now["H2"]) == looks(now["G2"])


def test_the_corrected_sheet_comes_back_once_more_without_the_old_marks(
    office: Office, tmp_path: Path
) -> None:
    source, first = made(tmp_path / "来.xlsx"), tmp_path / "退.xlsx"
    write_back(brought_in(office, source), [source], first)
    book = load_workbook(first)
    sheet = book.worksheets[0]
    for cell, value in {"C4": "张三", "E5": "2025.6.3", "F5": None, "B6": "关于村道的建议"}.items():
        sheet[cell] = value
    book.save(first)
    second = tmp_path / "再退.xlsx"
    report = brought_in(office, first)
    assert report.written
    write_back(report, [first], second)
    assert results(second)[1:] == [
        "结果",
        *(f"已登记，编号 2025-00{number}" for number in range(4, 8)),
        None,
    ]
    sheet = load_workbook(second).worksheets[0]
    assert sheet.max_column == 8
    assert [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment] == ["G4"]
    assert not any(cell.fill.fill_type for row in sheet.iter_rows() for cell in row)


def test_changes_are_told_in_a_rehearsal(office: Office, tmp_path: Path) -> None:
    source = tmp_path / "改.csv"
    source.write_text(
        "编号,标题,报送单位,报送日期\n2025-002,关于古树的建议,文史委,2025-04-01\n"
        "2025-003,关于农村饮水的建议,文史委,2025-5-1\n",
        encoding="utf-8",
    )
    target = tmp_path / "退.xlsx"
    (told,) = write_back(brought_in(office, source, dry_run=True), [source], target)
    assert told.endswith("（原表是 .csv，写回成 .xlsx，格式没有带过来）。")
    sheet = load_workbook(target).worksheets[0]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["编号", "标题", "报送单位", "报送日期", "结果"],
        [
            "2025-002",
            "关于古树的建议",
            "文史委",
            "2025-04-01",
            "与台账不同：标题：关于古树保护的建议 → 关于古树的建议",
        ],
        ["2025-003", "关于农村饮水的建议", "文史委", "2025-5-1", "已有，没有变化"],
    ]


def test_a_fault_of_a_merged_cell_is_marked_where_it_is_seen(
    office: Office, tmp_path: Path
) -> None:
    source = made(
        tmp_path / "来.xlsx", [ROWS[0], [2, "关于桥的建议", "钱七", "提案委", "2025.6.2"]]
    )
    book = load_workbook(source)
    book.worksheets[0].merge_cells("C4:C5")
    book.worksheets[0].cell(5, 2, "关于路的建议")
    book.worksheets[0].cell(5, 5, "2025.6.3")
    book.save(source)
    target = tmp_path / "退.xlsx"
    write_back(brought_in(office, source), [source], target)
    sheet = load_workbook(target).worksheets[0]
    assert "钱七" in sheet["C4"].comment.text


def test_several_files_go_into_a_folder(office: Office, tmp_path: Path) -> None:
    sources = [made(tmp_path / "一.xlsx"), made(tmp_path / "二.xlsx"), tmp_path / "坏.xlsx"]
    sources[2].write_bytes(b"PK\x03\x04")
    report = brought_in(office, *sources)
    with pytest.raises(SqmyError, match="请写一个已有的文件夹"):
        write_back(report, sources, tmp_path / "退.xlsx")
    folder = tmp_path / "退回"
    folder.mkdir()
    told = write_back(report, sources, folder)
    assert told[2] == "坏.xlsx 读不了，没有写回。"
    assert sorted(path.name for path in folder.iterdir()) == ["一（结果）.xlsx", "二（结果）.xlsx"]


def test_nothing_that_stands_there_is_overwritten(office: Office, tmp_path: Path) -> None:
    source = made(tmp_path / "来.xlsx")
    before = source.read_bytes()
    with pytest.raises(SqmyError, match="已经存在"):
        write_back(brought_in(office, source), [source], source)
    with pytest.raises(SqmyError, match="文件名要以"):
        write_back(brought_in(office, source), [source], tmp_path / "退.csv")
    assert source.read_bytes() == before


def test_styles_that_cannot_be_read_cost_the_looks_and_not_the_sheet(
    office: Office, tmp_path: Path
) -> None:
    source, broken = made(tmp_path / "来.xlsx"), tmp_path / "破.xlsx"
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(broken, "w") as copy:
        for name in whole.namelist():
            data = whole.read(name)
            if name == "xl/styles.xml":
                data = data.replace(b"<fonts", b'<fonts x="1"').replace(b"center", b"middle")
            copy.writestr(name, data)
    target = tmp_path / "退.xlsx"
    (told,) = write_back(brought_in(office, broken), [broken], target)
    assert told.endswith("（原表的格式读不出来，只写回了内容）。")
    assert results(target)[1] == "结果"
    assert load_workbook(target).worksheets[0]["E5"].fill == PatternFill("solid", fgColor="FFC7CE")


PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc0"
    "000003010100c9fe92ef0000000049454e44ae426082"
)
"""A red dot, as PNG."""
_ANCHOR = (
    b'<xdr:oneCellAnchor xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/'
    b'spreadsheetDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    b' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><xdr:from>'
    b"<xdr:col>8</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>9</xdr:row><xdr:rowOff>0</xdr:rowOff>"
    b'</xdr:from><xdr:ext cx="900000" cy="900000"/><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="9"'
    b' name="P"/><xdr:cNvPicPr/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rIdP"/><a:stretch>'
    b'<a:fillRect/></a:stretch></xdr:blipFill><xdr:spPr><a:prstGeom prst="rect"><a:avLst/>'
    b"</a:prstGeom></xdr:spPr></xdr:pic><xdr:clientData/></xdr:oneCellAnchor>"
)


def drawn(path: Path) -> Path:
    """The unit's sheet with a chart, and a picture beside it."""
    book = load_workbook(made(path))
    chart = BarChart()
    chart.add_data(Reference(book["上半年"], min_col=1, min_row=3, max_row=6))
    book["上半年"].add_chart(chart, "A10")
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    drawing, links = "xl/drawings/drawing1.xml", "xl/drawings/_rels/drawing1.xml.rels"
    end = parts[drawing].rfind(b"</")
    parts[drawing] = parts[drawing][:end] + _ANCHOR + parts[drawing][end:]
    link = (
        b'<Relationship Id="rIdP" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/image" Target="../media/image1.png"/></Relationships>'
    )
    parts[links] = parts[links].replace(b"</Relationships>", link)
    kind = b'<Default Extension="png" ContentType="image/png"/></Types>'
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", kind)
    parts["xl/media/image1.png"] = PICTURE
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_charts_and_pictures_are_carried_over_as_they_are(office: Office, tmp_path: Path) -> None:
    source, target = drawn(tmp_path / "来.xlsx"), tmp_path / "退.xlsx"
    (told,) = write_back(brought_in(office, source), [source], target)
    assert "图" not in told
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target) as after:
        assert len(set(after.namelist())) == len(after.namelist())
        for name in before.namelist():
            if name.startswith(
                ("xl/drawings/drawing", "xl/drawings/_rels", "xl/charts", "xl/media")
            ):
                assert after.read(name) == before.read(name)
        assert after.read("xl/media/image1.png") == PICTURE
        assert after.read("[Content_Types].xml").count(b'Extension="png"') == 1
    sheet = load_workbook(target)["上半年"]
    (chart,) = sheet._charts
    assert chart.anchor._from.row == 9
    assert results(target)[1:3] != []
    assert sheet["C4"].comment is not None  # the mark stands beside what is drawn
    second = tmp_path / "再退.xlsx"
    write_back(brought_in(office, target), [target], second)
    (chart,) = load_workbook(second)["上半年"]._charts
    (page,) = converted([second], "pdf", tmp_path)
    assert page.stat().st_size > 0
