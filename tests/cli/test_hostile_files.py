"""Files made to harm are refused within bounded time and memory; the ledger stays as it is."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

import workbooks
from clerk import Clerk, environment
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
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", LIMITED, *clerk.words("import", path)],
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, ""), done.stderr[-2000:]
    assert done.stderr.startswith("错误：有 1 处有误，什么也没有写入")
    assert words in done.stderr
    assert clerk.head() == before
