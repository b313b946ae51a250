"""`python -m benchmarks`: measure everything and write docs/performance.md."""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic
from typing import NamedTuple

from benchmarks import keeping, office, papers, scoring, sheets, startup
from benchmarks.measuring import ROOT, Figure
from benchmarks.page import Section, machine, page

PAGE = ROOT / "docs" / "performance.md"


class Size(NamedTuple):
    """How much is measured, and how often.

    Attributes:
        start_rounds: of starting a command.
        years: items of a year, and the rounds of scoring it.
        explained: the items of the year in which single holders are looked at.
        rows: of spreadsheets.
        kept: items of the ledger that is verified and backed up, and the rounds of it.
        office_items: of the year that LibreOffice computes too.
        rounds: of these.
    """

    start_rounds: int
    years: Mapping[int, int]
    explained: int
    rows: int
    kept: tuple[int, int]
    office_items: int
    rounds: int


FULL = Size(
    15,
    {1_000: 15, 10_000: 15, 100_000: 15, 1_000_000: 5},
    100_000,
    100_000,
    (710_000, 3),
    10_000,
    rounds=5,
)
QUICK = Size(1, {1_000: 1}, 1_000, 1_000, (1_000, 1), 1_000, rounds=1)
"""Whether it all works; nothing is fetched."""


class Group(NamedTuple):
    """What is measured together; `how` says how, for the page."""

    title: str
    how: str
    figures: Callable[[Path, Size], Iterator[Figure]]


GROUPS = {
    "start": Group(
        "启动",
        "整个进程，从启动到退出。对照 `sqlite-utils` 也是用 Python 写的 SQLite 命令行工具，"
        "装在它自己的环境里。每次采用都登记到另一条信息上，登记前后各算一次这一条的得分，"
        "写盘后才返回。",
        lambda folder, size: startup.figures(folder, size.start_rounds, fetch=size is FULL),
    ),
    "score": Group(
        "计分",
        "从打开的台账读出一年的事实，算到总分、名次和任务。对照是用 `sqlite3` 把计分用得到的列"
        "逐行读一遍，什么也不算，名册也不读：信息很少时，每个人、每个单位必算的任务和名次占了多数。"
        "明细是 `sqmy explain` 的算法：只读这一个人或单位的信息，"
        "从按名称查找算起，不含启动。",
        lambda folder, size: scoring.figures(folder, size.years, size.explained),
    ),
    "sheets": Group(
        "电子表格",
        "导入从读文件到写入台账，每行的姓名、单位、日期都核对，全部写成一个事务；"
        "导出写出整本台账。对照是 openpyxl 单单读出、写出同样的单元格，不看内容。",
        lambda folder, size: sheets.figures(folder, size.rows, size.rounds),
    ),
    "verify": Group(
        "核对和备份",
        "`sqmy verify` 检查文件和结构，重算每一项事实和整条链的校验码。"
        "对照是用 `sqlite3` 把链和全部事实逐行读一遍。`sqmy backup` 复制、落盘，"
        "再把副本与台账逐字节比一遍，核对结构；登记不多时还逐项核对（再多，写 `--whole`）。"
        "对照是复制同一个文件并落盘。",
        lambda folder, size: keeping.figures(folder, *size.kept),
    ),
    "papers": Group(
        "文书",
        "整个进程：读出一年的事实，算出期初期末的得分，起草、自查，写成一份 Word 文档，"
        "附各单位统计表和采用目录。对照 `sqlite-utils` 在一张一行的表上查一次条数。",
        lambda folder, size: papers.figures(
            folder, size.office_items, size.start_rounds, fetch=size is FULL
        ),
    ),
    "office": Group(
        "与工作簿相比",
        "同一年写成办公室常用的工作簿：一条信息一行，得分用公式，每人、每单位用 SUMIFS 和 COUNTIFS "
        "汇总，再排名次；LibreOffice 无界面地打开、重算、另存。两边都是整个进程，"
        "算出的每个总分和名次逐一核对，必须相同。",
        lambda folder, size: office.figures(folder, size.office_items, size.rounds),
    ),
}


def main(words: list[str]) -> None:
    """Measure, print the page, and write it."""
    options = _options(words)
    size = QUICK if options.quick else FULL
    where, begun = machine(), monotonic()
    sections = []
    for name in [options.only] if options.only else GROUPS:
        title, how, figures = GROUPS[name]
        print(title, file=sys.stderr, flush=True)
        with TemporaryDirectory(prefix="sqmy-bench-") as folder:
            sections.append(Section(title, how, tuple(figures(Path(folder), size))))
    text = page(where, sections, (monotonic() - begun) / 60)
    print(text)
    whole = not (options.quick or options.only)
    if to := options.to or (PAGE if whole else None):
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_text(text, encoding="utf-8", newline="\n")
        print(f"已写入 {to}", file=sys.stderr)


def _options(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes, once; prints only")
    parser.add_argument("--only", choices=GROUPS, help="one group; prints only")
    parser.add_argument("--to", type=Path, help="write the page here")
    return parser.parse_args(words)


if __name__ == "__main__":
    main(sys.argv[1:])
