"""The year's points, a holder's reasons, the quotas."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sqmy.cli.desk import open_for
from sqmy.cli.options import AsOf, Format, PlainFormat, To, Year, at_most_one

if TYPE_CHECKING:
    from sqmy.reports.scores import YearScores

RulesFile = Annotated[
    Path | None,
    typer.Option("--rules", parser=Path, metavar="文件", help="按这份计分办法试算，不改动台账"),
]


def score(
    ctx: typer.Context,
    *,
    year: Year,
    rules: RulesFile = None,
    shown: Format = "table",
    to: To = None,
) -> None:
    """个人和单位的得分与名次；往年按当年施行的计分办法。得分的缘由用 sqmy explain 查看。

    示例：
      sqmy score --year 2025
      sqmy score --year 2025 --format json
      sqmy score --year 2025 --to 得分.csv
    """
    from sqmy.workspace.scores import year_scores

    at_most_one({"--format": shown != "table", "--to": to})
    with open_for(ctx) as desk:
        edition = None
        if rules is not None:
            from sqmy.workspace.rulebooks import edition_of

            edition = edition_of(rules)
        scores = year_scores(desk, year, edition)
    if to is not None:
        _write(scores, to)
    else:
        _show(scores, shown)


def _show(scores: "YearScores", shown: str) -> None:
    from sqmy.cli.show import show_csv, show_json, show_report
    from sqmy.days import today
    from sqmy.reports.scores import score_json, score_report, score_table

    if shown == "csv":
        show_csv(score_table(scores))
    elif shown == "json":
        show_json(score_json(scores))
    else:
        show_report(score_report(scores, today()))


def _write(scores: "YearScores", to: Path) -> None:
    from sqmy.cli.show import write
    from sqmy.errors import SqmyError
    from sqmy.reports.render.machine import csv_text, json_text
    from sqmy.reports.scores import score_json, score_table

    suffix = to.suffix.lower()
    if suffix == ".json":
        write(to, json_text(score_json(scores)) + "\n")
    elif suffix == ".csv":
        write(to, csv_text(score_table(scores)), encoding="utf-8-sig", newline="\r\n")
    else:
        raise SqmyError(f"不会写「{suffix or to.name}」这种文件。后缀可以是 .json、.csv。")


def explain(
    ctx: typer.Context,
    name: Annotated[
        str, typer.Argument(metavar="名称", help="姓名或单位；同名的写成「姓名（单位）」")
    ],
    *,
    year: Year,
    shown: PlainFormat = "table",
) -> None:
    """每一分对应哪一条、哪条信息、哪项登记，附任务完成情况和条款原意。

    示例：
      sqmy explain 杜若 --year 2025
    """
    from sqmy.cli.show import show_table
    from sqmy.days import today
    from sqmy.reports.explain import explain_json, explain_report
    from sqmy.workspace.scores import holder_scores

    with open_for(ctx) as desk:
        scores, holder = holder_scores(desk, year, name)
    show_table(explain_report(scores, holder, today()), explain_json(scores, holder), shown)


def quota(
    ctx: typer.Context,
    *,
    year: Year,
    owing: Annotated[bool, typer.Option("--owing", help="只列尚未完成的")] = False,
    as_of: AsOf = None,
    shown: Format = "table",
) -> None:
    """应完成、已完成、欠交和未到期；--as-of 只影响“未到期”的判断，不影响得分。

    示例：
      sqmy quota --year 2025 --owing
    """
    from sqmy.cli.show import show_csv, show_table
    from sqmy.days import read_day, today
    from sqmy.reports.quotas import quota_report, quota_table
    from sqmy.reports.scores import obligation_json
    from sqmy.workspace.scores import year_scores

    day = read_day(as_of) if as_of else today()
    with open_for(ctx) as desk:
        scores = year_scores(desk, year, titled=False)
    due = [o for o in scores.book.obligations if not (owing and o.met)]
    if shown == "csv":
        show_csv(quota_table(due, day))
    else:
        report = quota_report(scores, day, owing=owing)
        show_table(report, [obligation_json(o) for o in due], shown)
