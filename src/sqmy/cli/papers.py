"""What is printed and sent: bulletins, notices, certificates, slips, and their settings."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sqmy.cli import completing
from sqmy.cli.desk import open_for, say
from sqmy.cli.options import (
    AnyYear,
    AsOf,
    ForAudience,
    Format,
    PlainFormat,
    Quarter,
    To,
    Year,
    at_most_one,
    exactly_one,
)
from sqmy.cli.read import ByAuthor, ByChannel, OfUnit
from sqmy.cli.writing import deliver, write_new

if TYPE_CHECKING:
    from sqmy.reports.papers.letters import Issue
    from sqmy.reports.scores import YearScores

ProfileFile = Annotated[
    Path | None,
    typer.Option(
        "--profile",
        parser=Path,
        metavar="文件",
        help="文书设定；不写时用台账旁边的“文书设定.yaml”，再没有就用通用的",
    ),
]
Letterhead = Annotated[
    Path | None,
    typer.Option(
        "--letterhead",
        parser=Path,
        metavar="文件",
        help="用自己的信头（.docx）来写；里面的 {文号} {标题} {日期} 换成这一份的",
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
    letterhead: Letterhead = None,
    shown: PlainFormat = "table",
    to: To = None,
    audience: ForAudience = "units",
) -> None:
    """由台账起草：总体情况、各级采用、批示、表扬、零报送和未完成任务，附各单位统计表和采用目录。

    封存过的一期照公布的印；前一期封存以后补登、更正的，列在附件“补记和更正”里。
    写出以前自查一遍：每个数由明细重算，名单与个数核对，不符的逐处说明。措辞、顺序、附表等写在文书设定里。

    示例：
      sqmy bulletin --year 2025 --quarter 3
      sqmy bulletin --year 2025 --quarter 3 --number 云协办〔2025〕12号 --to 三季度通报.docx
      sqmy bulletin --year 2025 --annual --to 全年通报.xlsx
    """
    from sqmy.reports.papers.bulletin import Bulletin
    from sqmy.reports.publication import Publication
    from sqmy.workspace import papers
    from sqmy.workspace.letters import letterhead_of

    at_most_one({"--format": shown != "table", "--to": to})
    length, nth = _period(month, quarter, half, annual=annual)
    issue, own = issue_of(number, date), letterhead_of(letterhead) if letterhead else None
    with open_for(ctx, audience=audience) as desk:
        settings = papers.profile_of(desk, profile)
        span = papers.rhythm_of(desk, year, length, nth)
        made = Bulletin(papers.material(desk, span), settings, issue)
    for line in made.remarks():
        say(line, err=True)
    deliver(
        Publication(lambda: made.report, made.value, workbook=made.workbook, letterhead=own),
        shown,
        to,
        made.material.scores.sealed,
    )


def notice(
    ctx: typer.Context,
    *,
    year: Year,
    month: Month = None,
    quarter: Quarter = None,
    half: Half = None,
    annual: Annual = False,
    unit: OfUnit = None,
    as_of: AsOf = None,
    number: Number = "",
    date: Date = None,
    profile: ProfileFile = None,
    letterhead: Letterhead = None,
    shown: Format = "table",
    to: To = None,
    audience: ForAudience = "internal",
) -> None:
    """谁还差几条、还剩几天、找谁、怎么说；写成 .docx 时是给各单位的通知，一单位一份。

    示例：
      sqmy notice --year 2025 --quarter 4
      sqmy notice --year 2025 --quarter 4 --unit 提案委 --to 通知.docx
    """
    from sqmy.days import read_day, today
    from sqmy.reports.papers.notice import Notice
    from sqmy.reports.publication import Publication
    from sqmy.workspace import papers
    from sqmy.workspace.letters import letterhead_of, owing

    at_most_one({"--format": shown != "table", "--to": to})
    length, nth = _period(month, quarter, half, annual=annual)
    day = read_day(as_of) if as_of else today()
    issue, own = issue_of(number, date), letterhead_of(letterhead) if letterhead else None
    with open_for(ctx, audience=audience) as desk:
        settings = papers.profile_of(desk, profile)
        span = papers.rhythm_of(desk, year, length, nth)
        made = Notice(owing(desk, span, day, unit, settings), settings, issue)
    say_left_out(made.scores)
    publication = Publication(
        made.overview, made.value, made.table, made.workbook, made.letters, own
    )
    deliver(publication, shown, to, made.scores.sealed)


def certificate(
    ctx: typer.Context,
    numbers: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="编号", help="信息的编号，可以写几个", autocompletion=completing.items
        ),
    ] = None,
    *,
    year: AnyYear = None,
    channel: ByChannel = None,
    author: ByAuthor = None,
    unit: OfUnit = None,
    date: Date = None,
    profile: ProfileFile = None,
    letterhead: Letterhead = None,
    shown: Format = "table",
    to: To = None,
    audience: ForAudience = "units",
) -> None:
    """一项采用一份，.docx 一页一份，.xlsx 是登记表；标有密级的不出证明，批示只写级别。

    示例：
      sqmy certificate 2025-087 --to 证明.docx
      sqmy certificate --year 2025 --channel 省政协 --to 证明登记.xlsx
    """
    from sqmy.reports.papers.certificate import Certificates
    from sqmy.reports.publication import Publication
    from sqmy.workspace import papers
    from sqmy.workspace.letters import Wanted, certified, ledger_basis, letterhead_of

    at_most_one({"--format": shown != "table", "--to": to})
    exactly_one({"编号": numbers, "--year": year})
    issue, own = issue_of("", date), letterhead_of(letterhead) if letterhead else None
    with open_for(ctx, audience=audience) as desk:
        settings = papers.profile_of(desk, profile)
        wanted = Wanted(tuple(numbers or ()), year, channel, author, unit)
        found, hidden = certified(desk, wanted)
        made = Certificates(found, settings, issue, ledger_basis(desk), hidden)
    if hidden:
        say(f"提示：标有密级的 {hidden} 项采用没有出证明。", err=True)
    publication = Publication(
        made.letters, made.value, made.register, made.workbook, letterhead=own
    )
    deliver(publication, shown, to)


def slip(
    ctx: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar="名称",
            help="姓名或单位；同名的写成「姓名（单位）」",
            autocompletion=completing.holders,
        ),
    ] = None,
    *,
    year: Year,
    members: Annotated[bool, typer.Option("--members", help="全体人员，一人一份")] = False,
    units: Annotated[bool, typer.Option("--units", help="全部单位，一单位一份")] = False,
    date: Date = None,
    profile: ProfileFile = None,
    letterhead: Letterhead = None,
    shown: Format = "table",
    to: To = None,
    audience: ForAudience = "internal",
) -> None:
    """一个人或一个单位的一年：得分逐条列出，任务完成几项，在考评中列第几；一人一页。

    示例：
      sqmy slip 杜若 --year 2025 --to 杜若.docx
      sqmy slip --members --year 2025 --to 全体委员.docx
    """
    from sqmy.days import today
    from sqmy.reports.papers.slip import Slips
    from sqmy.reports.publication import Publication
    from sqmy.workspace import papers
    from sqmy.workspace.letters import letterhead_of, slips_of

    at_most_one({"--format": shown != "table", "--to": to})
    exactly_one({"名称": name, "--members": members, "--units": units})
    issue, own = issue_of("", date), letterhead_of(letterhead) if letterhead else None
    with open_for(ctx, audience=audience) as desk:
        settings = papers.profile_of(desk, profile)
        scores, holders = slips_of(desk, year, name, "member" if members else "unit")
        made = Slips(scores, holders, settings, issue, today())
    say_left_out(scores)
    publication = Publication(made.report, made.value, made.table, made.workbook, letterhead=own)
    deliver(publication, shown, to, scores.sealed)


def profile(
    to: Annotated[
        Path, typer.Argument(parser=Path, metavar="文件", help="写到哪里，如 文书设定.yaml")
    ],
) -> None:
    """取一份通用的文书设定：机关名称、红头、措辞、印哪些。改好后放在台账旁边，取名“文书设定.yaml”，自动使用。

    示例：
      sqmy profile 文书设定.yaml
    """
    from sqmy.workspace.papers import packaged_profile

    write_new(to, packaged_profile().encode())
    say(f"已写入 {to}。改好后放在台账所在的文件夹，文件名用“文书设定.yaml”，各种文书就照它来写。")


def say_left_out(scores: "YearScores") -> None:
    """What is not told to the audience: a letter says nothing of itself."""
    for line in scores.view.told():
        say(line, err=True)


def issue_of(number: str, date: str | None) -> "Issue":
    """What a document is given when it is issued: dated today unless told otherwise."""
    from sqmy.days import read_day, today
    from sqmy.reports.papers.letters import Issue

    return Issue(number.strip(), read_day(date) if date else today())


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
