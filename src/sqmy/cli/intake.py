"""Spreadsheets: empty ones to fill in, importing, exporting."""

from pathlib import Path
from typing import Annotated

import typer

from sqmy.cli.desk import open_for, say
from sqmy.cli.options import AnyYear, Future, PlainFormat, read_year

Workbook = Annotated[
    Path, typer.Argument(parser=Path, metavar="文件", help="写到哪里，以 .xlsx 结尾；不覆盖已有的")
]

Sheets = Annotated[list[str], typer.Argument(metavar="文件", help="电子表格，.xlsx、.xls 或 .csv")]
YearOf = Annotated[
    int | None,
    typer.Option(
        "--year-of",
        parser=lambda given: read_year(given, "--year-of"),
        metavar="年份",
        help="表里没写年份的日期（如 4月5日）、只写两位的年份，都是这一年",
    ),
]
UndatedOn = Annotated[
    str | None,
    typer.Option(
        "--undated-on",
        metavar="日期",
        help="只打了√、没有日期的采用和批示，都记在这一天",
    ),
]
ImportBecause = Annotated[
    str | None,
    typer.Option("--because", metavar="理由", help="与台账不同的行按表里的更正，理由记入台账"),
]
Map = Annotated[
    Path | None,
    typer.Option(
        "--map",
        parser=Path,
        metavar="对照表",
        help="认不准的写法各是谁；还没有这个文件的，写出一份待填的，.xlsx 或 .csv",
    ),
]
NewTerm = Annotated[
    str | None,
    typer.Option(
        "--new-term",
        metavar="日期",
        help="换届：表里的名册是这一天开始的新一届，上一届同样身份的任职到前一天为止",
    ),
]
Return = Annotated[
    Path | None,
    typer.Option(
        "--return",
        parser=Path,
        metavar="文件",
        help="把原表写回去：加一列“结果”，有误和待定的格子标出来并写明原因；几个文件的写文件夹",
    ),
]
NumberByYear = Annotated[
    bool,
    typer.Option("--number-by-year", help="编号每年从头编：在编号前加上报送的年份"),
]


def import_files(
    ctx: typer.Context,
    files: Sheets,
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看结果，不写入")] = False,
    because: ImportBecause = None,
    new_term: NewTerm = None,
    answers: Map = None,
    returned: Return = None,
    future: Future = False,
    year_of: YearOf = None,
    undated_on: UndatedOn = None,
    number_by_year: NumberByYear = False,
    yes: Annotated[bool, typer.Option("--yes", help="在终端上也不问，直接写入")] = False,
    shown: PlainFormat = "table",
) -> None:
    """全部写入或全部不写：有一行不对，就什么也不写，并列出每一处；同一份表再导入不会重复。

    在终端上先列出每行的结果：新增、更正、相同、待定、有误，认不准的姓名逐个指认，看过再写入。

    示例：
      sqmy import 名册.xlsx 2025年台账.xlsx --dry-run
      sqmy import 名册.xlsx 2025年台账.xlsx
      sqmy import 二季度报送.xlsx --map 对照表.xlsx --because 按各单位核对的更正
    """
    from sqmy.cli.importing import Wanted, carry_out

    wanted = Wanted(
        _paths(files),
        year_of,
        undated_on,
        number_by_year,
        dry_run,
        future,
        because,
        new_term,
        answers,
        returned,
        yes,
        shown,
    )
    with open_for(ctx) as desk:
        carry_out(desk, wanted)


def _paths(given: list[str]) -> list[Path]:
    """The files named; the Windows shell leaves `*.xlsx` to the program."""
    paths: list[Path] = []
    for name in given:
        path = Path(name).expanduser()
        found = sorted(path.parent.glob(path.name)) if set("*?[") & set(path.name) else []
        paths.extend(found if found and not path.exists() else [path])
    return paths


def template(ctx: typer.Context, file: Workbook) -> None:
    """每种表一张，有下拉列表、日期检查和填表说明；有台账时用台账的计分办法，没有时用自带的。

    示例：
      sqmy template 空表.xlsx
      sqmy --ledger 台账.db template 空表.xlsx
    """
    from sqmy.workspace.template import rulebook_in_force, write_template

    rulebook = rulebook_in_force(ctx.obj.ledger, ctx.obj.operator)
    say(write_template(file.expanduser(), rulebook))


def export(ctx: typer.Context, file: Workbook, *, year: AnyYear = None) -> None:
    """单位、人员、信息和它们的全部经过，可再导入新台账；表格里放不下的会说明，不能代替备份。

    写 --year 时，只要该年度报送的和该年度有过办理的信息。

    示例：
      sqmy export 全部.xlsx
      sqmy export 2025年.xlsx --year 2025
    """
    from sqmy.reports.render.progress import progress
    from sqmy.workspace.exporting import export as write_out
    from sqmy.workspace.raw_export import of_newer

    if told := of_newer(ctx.obj.ledger, file.expanduser()):
        say(told)
        return
    with open_for(ctx) as desk, progress() as step:
        report = write_out(desk, file.expanduser(), year, step)
    say(report)
