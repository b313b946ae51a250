"""A scored year of a county given as canonical sheet rows, for tests of reports."""

from collections.abc import Sequence

from build import Built
from counties import County, Row
from sqmy.days import periods
from sqmy.ledger import reading
from sqmy.ledger.snapshot import snapshot
from sqmy.reports.scores import Source, YearScores
from sqmy.scoring.engine import score
from sqmy.workspace.rulebooks import packaged_rulebook

YEAR = 2025
SHA256 = "5a" * 32

FORMULA = '=HYPERLINK("http://127.0.0.1","查看")'
"""A title that a spreadsheet would carry out."""


def rows(headings: str, *lines: str) -> list[Row]:
    """Rows of a sheet, cells parted at blanks; `-` is an empty cell."""
    names = headings.split()
    return [
        {name: cell for name, cell in zip(names, line.split(), strict=True) if cell != "-"}
        for line in lines
    ]


def small(title: str = FORMULA) -> County:
    """Two peer groups, two people of one name, a third of an item, points taken away."""
    return {
        "单位": rows(
            "单位名称 单位类别 考评序列",
            "提案委 委室 第一序列",
            "社法委 委室 第一序列",
            "民盟支部 民主党派 第二序列",
        ),
        "人员": rows(
            "姓名 单位 身份",
            "白芷 提案委 委员",
            "白芷 民盟支部 委员",
            "杜若 提案委 常委",
            "苏叶 社法委 委员",
        ),
        "报送": [
            *rows(
                "编号 标题 作者 报送单位 报送日期",
                "2025-001 关于停车难的建议 白芷（提案委）、杜若、苏叶 提案委、社法委 2025-03-01",
                "2025-002 关于老年食堂的建议 白芷（民盟支部） 民盟支部 2025-05-08",
                "2025-003 关于河道整治的建议 苏叶 社法委 2025-06-02",
            ),
            {
                "编号": "2025-004",
                "标题": title,
                "作者": "杜若",
                "报送单位": "提案委",
                "报送日期": "2025-07-01",
            },
        ],
        "采用": rows(
            "编号 采用单位 采用方式 采用日期",
            "2025-001 市政协 单篇 2025-04-01",
            "2025-002 省政协 综合 2025-06-01",
            "2025-004 市政协 转送 2025-08-01",
        ),
        "认定": rows("编号 认定类型 认定日期", "2025-003 报刊抄袭 2025-09-01"),
    }


def year_of(county: County, sources: Sequence[Source] | None = None) -> YearScores:
    """The county's year 2025 by the packaged rulebook."""
    rulebook = packaged_rulebook()
    with Built(county).ledger as ledger:
        book = score(snapshot(ledger, periods(YEAR)[0]), rulebook, YEAR)
        for holder in (*book.members, *book.units):
            book.lines_of(holder.key)  # while the ledger is open
        seq, head = reading.head(ledger)
        titles = reading.titles(ledger)
    if sources is None:
        sources = [Source(rulebook.name, rulebook.edition, SHA256, None)]
    return YearScores(book, rulebook, tuple(sources), titles, seq, head)
