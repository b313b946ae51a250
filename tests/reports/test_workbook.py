"""Any report as a workbook: values and formats, print set-up, and text that stays text."""

import html
import zipfile
from fractions import Fraction
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from sqmy.errors import SqmyError
from sqmy.reports.model import Basis, Cell, Column, Formula, Number, Report, Table
from sqmy.reports.render import layout
from sqmy.reports.render.workbook import workbook

BASIS = Basis(
    ("计分办法：《办法》A&B版", "台账：第 7 项登记，校验码 00ff"),
    (("sqmy.ledger", "7:00ff"), ("sqmy.year", "2025")),
)


def table(*rows: tuple[Cell, ...], title: str = "个人（3 人）", **more: Any) -> Table:  # noqa: ANN401 — the report's other parts
    columns = (Column("名次", "right"), Column("姓名"), Column("组"), Column("得分", "right"))
    return Table(title, columns, rows, **more)


def opened(*tables: Table, **more: Any) -> openpyxl.Workbook:  # noqa: ANN401 — the report's other parts
    report = Report("2025年得分", tables, basis=BASIS, **more)
    return openpyxl.load_workbook(BytesIO(workbook(report)))


def grid(sheet: Worksheet) -> list[tuple[Any, ...]]:
    return list(sheet.iter_rows(values_only=True))


ZHANG = (1, "张三", "甲", Number(Fraction(75, 2), 2))
LI = (2, "李四", "甲", Number(Fraction(10, 3), 2))
WANG = (1, "王五", "乙", Number(Fraction(-10), 2))


def test_title_headings_values_and_notes() -> None:
    book = opened(
        table(ZHANG, LI, notes=("附注",), lead=("共两人。",)), lead=("截至今日。",), notes=("说明",)
    )
    assert book.sheetnames == ["个人"]
    assert grid(book["个人"]) == [
        ("2025年得分", None, None, None),
        ("个人（3 人）", None, None, None),
        ("截至今日。", None, None, None),
        ("共两人。", None, None, None),
        ("名次", "姓名", "组", "得分"),
        (1, "张三", "甲", 37.5),
        (2, "李四", "甲", pytest.approx(10 / 3, abs=0, rel=1e-15)),
        ("附注", None, None, None),
        ("说明", None, None, None),
        ("计分办法：《办法》A&B版", None, None, None),
        ("台账：第 7 项登记，校验码 00ff", None, None, None),
    ]
    assert {str(area) for area in book["个人"].merged_cells.ranges} == {
        f"A{row}:D{row}" for row in (1, 2, 3, 4, 8, 9, 10, 11)
    }


@pytest.mark.parametrize(
    ("cell", "value", "shown"),
    [
        (7, 7, "0"),
        (Number(Fraction(5), 2), 5, "0.00"),
        (Number(Fraction(5, 2), 1), 2.5, "0.0"),
        (Number(Fraction(5), 0), 5, "0"),
        (Number(Fraction(-1, 3), 2), -1 / 3, "0.00"),
        (Number(Fraction(5, 2), 2, signed=True), 2.5, "+0.00;-0.00;0.00"),
        ("5", "5", "General"),
    ],
)
def test_a_number_is_a_number_with_its_decimals(cell: Cell, value: object, shown: str) -> None:
    made = opened(table((1, "张三", "甲", cell)))["个人"]["D4"]
    assert (made.value, made.number_format) == (value, shown)
    assert made.data_type == ("s" if isinstance(value, str) else "n")
    assert made.alignment.horizontal == "right"


DANGEROUS = [
    '=HYPERLINK("http://127.0.0.1","查看")', "=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "=", "#N/A",
    "'=1", "\t=1", "TRUE", "00123", "1e9", "2025-03-01", " 两端 ", "<a>&amp;</a>", "a\nb",
]  # fmt: skip


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_is_never_anything_else(text: str) -> None:
    book = opened(table((1, text, "甲", 1), title=f"{text}（表）", lead=(text,), notes=(text,)))
    (sheet,) = book.worksheets
    for place in ("A2", "A3", "B5", "A6"):
        assert sheet[place].data_type == "s", place
        assert text.replace("\t", " ") in str(sheet[place].value)


def test_what_xml_cannot_hold_is_replaced() -> None:
    text = "甲\x00\x1b[2J\x9f\u202e\ufffe\uffff\ud800𠮷乙"
    book = opened(table((1, text, "甲", 1)), lead=(text,))
    expected = "甲\ufffd\ufffd[2J\ufffd\ufffd\ufffd\ufffd\ufffd𠮷乙"
    assert (book["个人"]["A3"].value, book["个人"]["B5"].value) == (expected, expected)
    title = workbook(Report(text, (table(),)))
    assert openpyxl.load_workbook(BytesIO(title)).properties.title == expected


def test_what_excel_takes_for_the_number_of_a_character_is_escaped() -> None:
    """`_x0041_` would be shown as `A`; ECMA-376 has `_x005F_` for the first stroke."""
    assert opened(table((1, "_x0041_ _x", "甲", 1)))["个人"]["B4"].value == "_x005F_x0041_ _x"


@pytest.mark.parametrize("character", ["字", "𠮷"])
def test_a_text_too_long_for_a_cell_is_cut_with_a_mark_and_said(character: str) -> None:
    units = len(character.encode("utf-16-le")) // 2
    most = 32_767 // units
    book = opened(
        table((1, character * most, "甲", 1), (2, character * (most + 1), "乙", 1)), lead=("甲",)
    )
    whole, cut = (book["个人"][place].value for place in ("B5", "B6"))
    assert whole == character * most
    assert cut.endswith("字…（以下从略）" if units == 1 else "𠮷…（以下从略）")
    assert 32_760 < len(cut.encode("utf-16-le")) // 2 <= 32_767
    last = book["个人"].cell(book["个人"].max_row, 1).value
    assert last == "有 1 格文字超过 Excel 一格能存的 32767 字，已截短，末尾标有“…（以下从略）”。"
    assert book["个人"].row_dimensions[6].height == 409


def test_what_a_sheet_looks_like() -> None:
    sheet = opened(table(ZHANG, LI))["个人"]
    fonts = {
        place: (sheet[place].font.name, sheet[place].font.size) for place in ("A1", "A3", "B4")
    }
    assert fonts == {"A1": ("黑体", 16), "A3": ("黑体", 10.5), "B4": ("宋体", 10.5)}
    assert sheet["A1"].alignment.horizontal == sheet["A3"].alignment.horizontal == "center"
    assert sheet["B4"].border.left.style == "thin"
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:D5"


def test_how_a_sheet_is_printed() -> None:
    sheet = opened(table(ZHANG, LI))["个人"]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$3:$3"
    foot = sheet.oddFooter
    assert foot.center.text == "第 &P 页，共 &N 页"
    assert foot.left.text == "计分办法：《办法》A&&B版"
    assert foot.right.text == "台账：第 7 项登记，校验码 00ff"
    assert {part.font for part in (foot.left, foot.center, foot.right)} == {"宋体,Regular"}


def test_the_foot_of_a_page_is_no_longer_than_excel_takes() -> None:
    long = Basis(("办法" * 200, "台账" * 200))
    raw = workbook(Report("题", (table(ZHANG),), basis=long))
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        text = archive.read("xl/worksheets/sheet1.xml").decode()
    foot = text.partition("<oddFooter>")[2].partition("</oddFooter>")[0]
    assert 100 < len(html.unescape(foot)) <= 255


def test_columns_are_as_wide_as_what_stands_in_them_up_to_a_limit() -> None:
    title = "关于" * 40
    sheet = opened(table((1, title, "二十个字" * 5, Number(Fraction(1), 2))))["个人"]
    assert {key: d.width for key, d in sheet.column_dimensions.items()} == {
        "A": 8, "B": 48, "C": 42, "D": 8,
    }  # fmt: skip
    assert sheet["B4"].alignment.wrap_text
    assert not sheet["C4"].alignment.wrap_text
    assert sheet.row_dimensions[4].height == 18 + 3 * 14  # 160 columns of text in 48
    narrow = opened(table(ZHANG))["个人"].column_dimensions
    assert sum(d.width for d in narrow.values()) == pytest.approx(72, abs=0.5)


def test_groups_become_headings_in_place_of_their_column() -> None:
    sheet = opened(table(ZHANG, LI, WANG, grouped_by="组"))["个人"]
    assert grid(sheet)[2:8] == [
        ("名次", "姓名", "得分"),
        ("甲", None, None),
        (1, "张三", 37.5),
        (2, "李四", pytest.approx(10 / 3)),
        ("乙", None, None),
        (1, "王五", -10),
    ]
    assert sheet.auto_filter.ref == "A3:C8"


def test_some_without_a_group_and_all_without() -> None:
    nobody = (1, "赵六", "", 0)
    some = opened(table(ZHANG, nobody, grouped_by="组"))["个人"]
    assert [row[0] for row in grid(some)[3:7]] == ["甲", 1, "无组", 1]
    every = opened(table(nobody, grouped_by="组"))["个人"]
    assert grid(every)[2:4] == [("名次", "姓名", "得分"), (1, "赵六", 0)]


def test_a_table_without_rows_says_so() -> None:
    for empty in (table(), table(grouped_by="组")):
        assert grid(opened(empty)["个人"])[3][0] == "无"


def test_a_report_without_tables_is_its_paragraphs() -> None:
    book = opened(lead=("没有不同。",), notes=("附注",))
    assert [row[0] for row in grid(book["正文"])][:5] == [
        "2025年得分", "正文", "内容", "没有不同。", "附注",
    ]  # fmt: skip


def test_sheets_are_named_after_their_tables() -> None:
    names = ["个人（3 人）", "个人", "", "a/b:c[d]*?'e'", "长" * 40]
    book = opened(*(table(ZHANG, title=name) for name in names))
    assert book.sheetnames == ["个人", "表2", "表3", "a b c d    e", "长" * 31]


def test_formulas_find_their_columns() -> None:
    proof = Table(
        "核对",
        (Column("姓名"), Column("合计", "right"), Column("结果")),
        tuple(
            (
                name,
                Formula("SUMIFS(个人[得分],个人[姓名],[@姓名])", Number(Fraction(75, 2), 2)),
                Formula('IF([@合计]=1,"是","否")', "是"),
            )
            for name in ("张三", "李四")
        ),
        lead=(Formula('COUNTIF(核对[结果],"是")&" 项"', "2 项"),),
    )
    sheet = opened(table(ZHANG, WANG, LI), proof)["核对"]
    assert [[cell.value for cell in row] for row in sheet["A3:C6"]] == [
        ["""=COUNTIF('核对'!$C$5:$C$6,"是")&" 项\"""", None, None],
        ["姓名", "合计", "结果"],
        ["张三", "=SUMIFS('个人'!$D$4:$D$6,'个人'!$B$4:$B$6,$A5)", '=IF($B5=1,"是","否")'],
        ["李四", "=SUMIFS('个人'!$D$4:$D$6,'个人'!$B$4:$B$6,$A6)", '=IF($B6=1,"是","否")'],
    ]
    assert (sheet["B5"].data_type, sheet["B5"].number_format) == ("f", "0.00")
    (area,) = sheet.conditional_formatting
    (rule,) = area.rules
    assert (str(area.sqref), rule.operator, rule.formula) == ("C5:C6", "notEqual", ['"是"'])


def test_the_marks_stand_in_the_documents_properties() -> None:
    book = opened(table(ZHANG))
    marks = {one.name: one.value for one in book.custom_doc_props.props}
    assert marks == {"sqmy.ledger": "7:00ff", "sqmy.year": "2025"}
    assert (book.properties.title, book.properties.creator) == ("2025年得分", "sqmy")


def test_more_rows_than_a_sheet_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "_MOST_ROWS", 8)  # 3 above the rows, 2 rows, 3 of notes at most
    assert opened(table(ZHANG, LI)).sheetnames == ["个人"]
    with pytest.raises(SqmyError, match=r"^“个人”有 3 行，超过 Excel 一张表的 8 行。请改写 .csv"):
        opened(table(ZHANG, LI, WANG))


def test_progress_is_told_every_thousand_rows() -> None:
    told: list[tuple[str, int, int]] = []
    report = Report("题", (table(*[ZHANG] * 1500), table(*[LI] * 600, title="乙")))
    workbook(report, lambda *step: told.append(step))
    assert told == [("写入", 1000, 2100), ("写入", 2000, 2100)]
