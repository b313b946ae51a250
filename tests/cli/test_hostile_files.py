"""Files made to harm are refused within bounded time and memory; the ledger stays as it is."""

import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

import workbooks
from clerk import Clerk, Outcome, environment
from workbooks import data, text

MEMORY = 700_000_000
"""Bytes of addresses that the child may take: far less than the traps unpack to."""

SECONDS = 30
"""Of processor time."""


def bomb(path: Path) -> None:
    """300 MB of zeros in 300 KB."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(300):
                part.write(bytes(1_000_000))


def lying(path: Path) -> None:
    """A bomb whose directory says that it is small."""
    bomb(path)
    content = path.read_bytes()
    size = (300_000_000).to_bytes(4, "little")
    path.write_bytes(content.replace(size, (1000).to_bytes(4, "little")))


def entities(path: Path) -> None:
    """A billion characters from a page of entities."""
    declared = '<!ENTITY a0 "甲甲甲甲甲甲甲甲甲甲">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 9)
    )
    workbooks.raw(path, data(text("&a8;")))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, part in parts.items():
            trapped = f"<!DOCTYPE w [{declared}]>".encode() + part
            archive.writestr(name, trapped if "sheet1" in name else part)


def far(path: Path) -> None:
    """One cell in the last corner of the sheet."""
    row = f'<row r="1048576">{text("远", "XFD1048576")}</row>'
    workbooks.raw(path, f"<sheetData>{row}</sheetData>")


def wide(path: Path) -> None:
    """10,000 columns."""
    workbooks.raw(path, data(text("甲") * 10_000))


def blank(path: Path) -> None:
    """A million blank rows behind the headings."""
    heads = f"<row>{text('编号')}{text('标题')}</row>"
    workbooks.raw(path, f"<sheetData>{heads}{'<row/>' * 1_000_000}</sheetData>")


def merged(path: Path) -> None:
    """A quarter of a million merged ranges, each over the whole sheet."""
    ranges = '<mergeCell ref="A1:XFD1048576"/>' * 250_000
    workbooks.raw(path, f"{data(text('甲'))}<mergeCells>{ranges}</mergeCells>")


def endless(path: Path) -> None:
    """A text of 100 million characters in one cell."""
    workbooks.raw(path, data(text("甲乙丙丁戊己庚辛壬癸" * 10_000_000)))


def deep(path: Path) -> None:
    """Elements within elements, 100,000 deep."""
    workbooks.raw(path, "<a>" * 100_000 + "</a>" * 100_000)


def styled(path: Path) -> None:
    """Ten million styles, none of them any cell's."""
    workbooks.raw(path, data(text("甲")), styles="<a/>" * 10_000_000)


def listed(path: Path) -> None:
    """A sheet of two megabytes that the workbook lists a thousand times."""
    workbooks.raw(path, data(*[text("甲" * 100)] * 6_000))
    parts = contents(path)
    sheet = re.findall(rb"<sheet .*?/>", parts["xl/workbook.xml"])[0]
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(sheet, sheet * 1_000)
    pack(path, parts)


def contents(path: Path) -> dict[str, bytes]:
    """The parts of a zip."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(path: Path, parts: Mapping[str, bytes]) -> None:
    """A zip of these parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)


def commas(path: Path) -> None:
    """A line of 20 million commas."""
    path.write_bytes(b"," * 20_000_000)


def lines(path: Path) -> None:
    """Two million lines."""
    path.write_bytes("甲,乙\n".encode() * 2_000_000)


LIMITED = f"""
import resource, runpy, sys
resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))
resource.setrlimit(resource.RLIMIT_CPU, ({SECONDS}, {SECONDS}))
sys.argv = ["sqmy", *sys.argv[1:]]
runpy.run_module("sqmy", run_name="__main__")
"""


@pytest.mark.parametrize(
    ("make", "suffix", "words"),
    [
        (bomb, "xlsx", "解开后异常庞大"),
        (lying, "xlsx", "损坏"),
        (entities, "xlsx", "内部结构不正常"),
        (far, "xlsx", "的内容到了 XFD1048576，最多读 1000 列"),
        (wide, "xlsx", "的内容到了 NTP1，最多读 1000 列"),
        (blank, "xlsx", "里有 50 万以上的空行"),
        (merged, "xlsx", "合并的单元格超过 10 万处"),
        (endless, "xlsx", "解开后异常庞大"),
        (deep, "xlsx", "没有内容"),
        (styled, "xlsx", "解开后异常庞大"),
        (listed, "xlsx", "解开后异常庞大"),
        (commas, "csv", "长得不像表格"),
        (lines, "csv", "分成几个文件"),
    ],
)
def test_a_trap_is_refused(
    clerk: Clerk, tmp_path: Path, make: Callable[[Path], None], suffix: str, words: str
) -> None:
    pytest.importorskip("resource")
    path = tmp_path / f"来件.{suffix}"
    make(path)
    before = clerk.head()
    done = limited(clerk, "import", path)
    assert (done.code, done.out) == (1, ""), done.err[-2000:]
    assert done.err.startswith("错误：有 1 处有误，什么也没有写入")
    assert words in done.err
    assert clerk.head() == before


def limited(clerk: Clerk, line: str, *more: str | Path) -> Outcome:
    """What a command comes to within the limits."""
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", LIMITED, *clerk.words(line, *more)],
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


# -- spread out ------------------------------------------------------------------------------------

FAR = '<row r="1048576"><c r="A1048576" s="0"/><c r="XFD1048576" s="0"/></row></sheetData>'
SPREAD = {
    "a style down to the last row and out to the last column": ("</sheetData>", FAR, "。"),
    "a note of a row at the far end": ("</row></sheetData>", f"</row>{FAR}", "。"),
    "cells merged down to the last row": (
        "</sheetData>",
        '</sheetData><mergeCells><mergeCell ref="A9:E1048576"/></mergeCells>',
        "铺得太开",
    ),
    "cells merged over the whole sheet": (
        "</sheetData>",
        '</sheetData><mergeCells><mergeCell ref="G9:XFD1048576"/></mergeCells>',
        "铺得太开",
    ),
    "a link over the whole sheet": (
        "</sheetData>",
        '</sheetData><hyperlinks><hyperlink ref="A1:XFD1048576" location="甲"/></hyperlinks>',
        "铺得太开",
    ),
    "a link at the far end": (
        "</sheetData>",
        '</sheetData><hyperlinks><hyperlink ref="XFD1048576" location="甲"/></hyperlinks>',
        "。",
    ),
}
"""What offices' programs write in one line: before what, that line, and what is said of it."""


@pytest.mark.parametrize("how", SPREAD)
def test_a_sheet_spread_out_is_written_back(clerk: Clerk, tmp_path: Path, how: str) -> None:
    """Asked for rows, openpyxl makes an object for each cell: seventeen thousand million."""
    pytest.importorskip("resource")
    path, returned = tmp_path / "来件.xlsx", tmp_path / "退回.xlsx"
    row = ["2025-901", "关于农村饮水的建议", "杜若", "提案委", "2025-03-01"]
    heads = ["编号", "标题", "作者", "报送单位", "报送日期"]
    workbooks.workbook(path, {"报送": [heads, row]})
    old, new, said = SPREAD[how]
    parts = contents(path)
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    parts["xl/worksheets/sheet1.xml"] = sheet.replace(old, new).encode()
    pack(path, parts)
    done = limited(clerk, "import --return", returned, path)
    assert done.code == 0, done.err[-2000:]
    assert "1 行的结果" in done.out
    assert said in done.out
    written = load_workbook(returned)["报送"]
    assert [written.cell(1, place).value for place in range(1, 6)] == heads


# -- a report's file -------------------------------------------------------------------------------

TRAPS = {
    ".docx": ("word/document.xml", b"<a/>" * 15_000_000),
    ".xlsx": ("docProps/custom.xml", b"<a/>" * 15_000_000),
    ".DOCX": ("word/document.xml", b"<t>" + b"a" * 100_000_000 + b"</t>"),
}


@pytest.mark.parametrize("suffix", TRAPS)
def test_a_trap_in_a_reports_file_is_refused(clerk: Clerk, tmp_path: Path, suffix: str) -> None:
    pytest.importorskip("resource")
    path = tmp_path / f"得分{suffix.lower()}"
    clerk.do("score --year 2025 --to", path)
    part, content = TRAPS[suffix]
    pack(path, contents(path) | {part: b"<x>" + content + b"</x>"})
    done = limited(clerk, "verify", path)
    assert (done.code, done.out) == (1, ""), done.err[-2000:]
    assert "解开后异常庞大" in done.err
