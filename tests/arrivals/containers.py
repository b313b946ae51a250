"""What files are: workbooks as Excel, WPS and other programs write them, and texts."""

import csv
import io
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import xlwt

import workbooks
from arrivals.common import (
    CITY,
    FIRST,
    HEAD,
    ITEMS,
    LEADER,
    PROVINCE,
    SECOND,
    THIRD,
    THREE,
    USUAL,
    Arrival,
    Facts,
    Rows,
    sheet,
    with_events,
)
from workbooks import text

ROWS: list[list[Any]] = [
    [*HEAD, CITY, PROVINCE, f"{LEADER}批示"],
    *with_events(["2025-03-10", "2025.5.6综合", None], [None, None, "2025-04-20"], []),
]
TITLED = [["2025年社情民意信息台账"], [], *ROWS, ["合计", "3条"]]
ANSI = "不是 UTF-8，按 GB18030（国标码）读"


def delimited(encoding: str, delimiter: str = ",", rows: Rows = TITLED) -> Callable[[Path], Path]:
    """A text of these rows."""

    def make(folder: Path) -> Path:
        out = io.StringIO(newline="")
        csv.writer(out, delimiter=delimiter).writerows(rows)
        path = folder / "台账.csv"
        path.write_bytes(out.getvalue().encode(encoding))
        return path

    return make


def old(folder: Path) -> Path:
    """An .xls with a merged title, merged headings, real days and a hidden row."""
    book = xlwt.Workbook(encoding="utf-8")
    made = book.add_sheet("台账")
    day = xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"')
    made.write_merge(0, 0, 0, 7, "台账")
    for column, heading in enumerate(HEAD):
        made.write_merge(1, 2, column, column, heading)
    made.write_merge(1, 1, 5, 6, "采用情况")
    made.write(1, 7, "批示情况")
    for column, label in enumerate((CITY, PROVINCE, LEADER), 5):
        made.write(2, column, label)
    for number, row in enumerate(ROWS[1:], 3):
        for column, value in enumerate(row):
            if column == 4:
                made.write(number, column, date.fromisoformat(value), day)
            elif value is not None:
                made.write(number, column, value)
    made.row(4).hidden = True
    book.save(str(folder / "旧账.xls"))
    return folder / "旧账.xls"


def raw(
    change: Callable[[str], str] = lambda xml: xml, *, days: str = "", **parts: str
) -> Callable[[Path], Path]:
    """The three items as raw XML; `days` writes the cell of a day from its serial number."""
    serials = {"2025-03-01": 45717, "2025-04-01": 45748, "2025-05-08": 45785}

    def cell(column: str, row: int, value: object) -> str:
        place = f"{column}{row}"
        if value in serials and days:
            return days.format(place=place, serial=serials[str(value)])
        return text(str(value), place) if value is not None else ""

    def make(folder: Path) -> Path:
        rows = "".join(
            f'<row r="{number}">'
            + "".join(cell("ABCDE"[at], number, value) for at, value in enumerate(row))
            + "</row>"
            for number, row in enumerate((HEAD, *THREE), 1)
        )
        return workbooks.raw(
            folder / "台账.xlsx", change(f"<sheetData>{rows}</sheetData>"), **parts
        )

    return make


STYLES = (
    '<numFmts><numFmt numFmtId=\'176\' formatCode=\'yyyy"年"m"月"d"日"\'/></numFmts>'
    "<cellXfs><xf numFmtId='0'/><xf numFmtId='31'/><xf numFmtId='57'/>"
    "<xf numFmtId='176'/></cellXfs>"
)


def several(folder: Path) -> Path:
    """A workbook with a page of explanations, a hidden sheet of old items, and a chart's data."""
    book = workbooks.Workbook()
    first = book.worksheets[0]
    first.title = "Sheet1"
    first.append(["填报说明"])
    first.append(["一、每季度报送一次。"])
    now = book.create_sheet("2025")
    for row in (HEAD, FIRST, SECOND):
        now.append(list(row))
    before = book.create_sheet("旧")
    for row in (HEAD, THIRD):
        before.append(list(row))
    before.sheet_state = "hidden"
    book.create_sheet("空")
    book.save(folder / "多表.xlsx")
    return folder / "多表.xlsx"


ARRIVALS = (
    Arrival("A CSV in UTF-8, as systems export it.", delimited("utf-8"), USUAL),
    Arrival(
        "A CSV in UTF-8 with its byte order mark, as Excel saves it.", delimited("utf-8-sig"), USUAL
    ),
    Arrival(
        "A CSV in the system's code page, as Excel saves it in China.",
        delimited("gb18030"),
        Facts(*USUAL[:2], (ANSI,)),
    ),
    Arrival(
        "Text with tabs in UTF-16, as Excel saves “Unicode text”.", delimited("utf-16", "\t"), USUAL
    ),
    Arrival(
        "A CSV with semicolons and headings over two rows, the merging lost.",
        delimited(
            "utf-8",
            ";",
            [
                ["台账"],
                [*HEAD, "采用情况", None, "批示情况"],
                [*[None] * 5, CITY, PROVINCE, LEADER],
                *ROWS[1:],
            ],
        ),
        USUAL,
    ),
    Arrival(
        "A CSV whose texts that begin with a sign were guarded by another program.",
        delimited(
            "utf-8", rows=[HEAD, ["2025-003", "'＋关于停车难的建议", "", "提案委", "2025-05-08"]]
        ),
        Facts((ITEMS[2]._replace(title="＋关于停车难的建议"),)),
    ),
    Arrival(
        "An old .xls with merged headings, real days and a hidden row.",
        old,
        Facts(*USUAL[:2], ("隐藏的 1 行也读了：第 5 行",)),
    ),
    Arrival(
        "A workbook with macros; they are not looked at.", sheet(ROWS, file="台账.xlsm"), USUAL
    ),
    Arrival(
        "A workbook as WPS writes it, its stated size wrong: A1:B2 for all of it.",
        raw(lambda xml: f'<dimension ref="A1:B2"/>{xml}'),
        Facts(ITEMS),
    ),
    Arrival(
        "A workbook in the strict form of the format.",
        raw(main="http://purl.oclc.org/ooxml/spreadsheetml/main"),
        Facts(ITEMS),
    ),
    Arrival(
        "Days in the Chinese formats that are built into Excel.",
        raw(days='<c r="{place}" s="1"><v>{serial}</v></c>', styles=STYLES),
        Facts(ITEMS),
    ),
    Arrival(
        "Days in a format of the workbook's own.",
        raw(days='<c r="{place}" s="3"><v>{serial}</v></c>', styles=STYLES),
        Facts(ITEMS),
    ),
    Arrival(
        "A workbook of a Mac, whose days count from 1904.",
        raw(
            lambda xml: (
                xml.replace("45717", "44255").replace("45748", "44286").replace("45785", "44323")
            ),
            days='<c r="{place}" s="3"><v>{serial}</v></c>',
            styles=STYLES,
            settings='<workbookPr date1904="1"/>',
        ),
        Facts(ITEMS),
    ),
    Arrival(
        "Formulas with their results saved.",
        raw(days='<c r="{place}" s="3"><f>DATE(2025,1,1)</f><v>{serial}</v></c>', styles=STYLES),
        Facts(ITEMS),
    ),
    Arrival(
        "Texts in a table of their own, with pinyin above and runs of several fonts.",
        raw(
            lambda xml: xml.replace(text("提案委", "D4"), '<c r="D4" t="s"><v>0</v></c>'),
            strings="<si><r><t>提</t></r><r><t>案委</t></r><rPh><t>tianwei</t></rPh></si>",
        ),
        Facts(ITEMS),
    ),
    Arrival(
        "Several sheets: a page of explanations, this year's items, last year's in a hidden "
        "sheet, an empty one.",
        several,
        Facts(
            ITEMS, (), ("工作表「Sheet1」：没有认出标题行，跳过未读", "工作表「旧」是隐藏的工作表")
        ),
    ),
    Arrival("Only headings, nothing below.", sheet([HEAD]), Facts(())),
)
