"""What is printed and sent: bulletins, notices, certificates, slips, and their settings."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sqmy.cli.desk import open_for, say
from sqmy.cli.options import (
    ForAudience,
    PlainFormat,
    Quarter,
    To,
    Year,
    at_most_one,
    exactly_one,
)
from sqmy.cli.writing import deliver

if TYPE_CHECKING:
    from sqmy.reports.papers.bulletin import Bulletin

ProfileFile = Annotated[
    Path | None,
    typer.Option(
        "--profile",
        parser=Path,
        metavar="文件",
        help="文书设定；不写时用台账旁边的“文书设定.yaml”，再没有就用通用的",
    ),
]
Number = Annotated[
    str, typer.Option("--number", metavar="文号", help="发文字号，如 云协办〔2026〕3号")
]
Date = Annotated[str | None, typer.Option("--date", metavar="日期", help="成文日期；不写时为今天")]
Month = Annotated[str | None, typer.Option("--month", metavar="月", help="第几月，1 至 12")]
Half = Annotated[str | None, typer.Option("--half", metavar="半年", help="1 上半年，2 下半年")]
Annual = Annotated[bool, typer.Option("--annual", help="全年")]


def bulletin(
    ctx: typer.Context,
    *,
    year: Year,
    month: Month = None,
    quarter: Quarter = None,
    half: Half = None,
    annual: Annual = False,
    number: Number = "",
    date: Date = None,
    profile: ProfileFile = None,
    shown: PlainFormat = "table",
    to: To = None,
    audience: ForAudience = "internal",
) -> None:
    """由台账起草：总体情况、各级采用、批示、表扬、零报送和未完成任务，附各单位统计表和采用目录。

    示例：
      sqmy bulletin --year 2025 --quarter 3
      sqmy bulletin --year 2025 --quarter 3 --number 云协办〔2025〕12号 --to 三季度通报.docx
      sqmy bulletin --year 2025 --annual --to 全年通报.xlsx
    """
    from sqmy.days import read_day, today
    from sqmy.reports.papers.bulletin import Bulletin, Issue
    from sqmy.workspace import papers

    at_most_one({"--format": shown != "table", "--to": to})
    length, nth = _period(month, quarter, half, annual=annual)
    issue = Issue(number, read_day(date) if date else today())
    with open_for(ctx, audience=audience) as desk:
        settings = papers.profile_of(desk, profile)
        span = papers.rhythm_of(desk, year, length, nth)
        made = Bulletin(papers.material(desk, span), settings, issue)
    _deliver(made, shown, to)


def _deliver(made: "Bulletin", shown: str, to: Path | None) -> None:
    from sqmy.reports.model import Publication

    for line in made.remarks():
        say(line, err=True)
    publication = Publication(report=lambda: made.report, value=made.value, workbook=made.workbook)
    deliver(publication, shown, to)


def _period(
    month: str | None, quarter: str | None, half: str | None, *, annual: bool
) -> tuple[str, int]:
    """The length of the period and which of the year it is."""
    from sqmy.cli.options import read_count

    given = {"--month": month, "--quarter": quarter, "--half": half, "--annual": annual}
    exactly_one(given)
    if annual:
        return "year", 1
    flag, value = next((flag, value) for flag, value in given.items() if value)
    return flag.removeprefix("--"), read_count(flag, str(value))
