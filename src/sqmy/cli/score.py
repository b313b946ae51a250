"""The year's points, a holder's reasons, the quotas."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sqmy.cli import completing
from sqmy.cli.desk import open_for
from sqmy.cli.options import (
    AsOf,
    ForAudience,
    Format,
    PlainFormat,
    Quarter,
    To,
    Year,
    at_most_one,
    read_count,
)
from sqmy.cli.writing import deliver

if TYPE_CHECKING:
    from sqmy.reports.publication import Publication
    from sqmy.reports.scores import YearScores

RulesFile = Annotated[
    Path | None,
    typer.Option("--rules", parser=Path, metavar="文件", help="按这份计分办法试算，不改动台账"),
]


def score(
    ctx: typer.Context,
    *,
    year: Year,
    quarter: Quarter = None,
    rules: RulesFile = None,
    live: Annotated[
        bool, typer.Option("--live", help="封存过的，也照现有的事实重算；不改动封存的结果")
    ] = False,
    shown: Format = "table",
    to: To = None,
    audience: ForAudience = "internal",
) -> None:
    """个人和单位的得分与名次；往年按当年施行的计分办法。得分的缘由用 sqmy explain 查看。

    用 sqmy seal 封存过的，显示封存的结果，并说明此后登记的事实会使哪些不同。写 --quarter 时，
    只算到那一季度末为止。

    示例：
      sqmy score --year 2025
      sqmy score --year 2025 --quarter 1
      sqmy score --year 2025 --format json
      sqmy score --year 2025 --to 得分.xlsx --audience units
    """
    from sqmy.workspace.published import current, published

    at_most_one({"--format": shown != "table", "--to": to})
    at_most_one({"--rules": rules, "--live": live})
    at_most_one({"--rules": rules, "--quarter": quarter})
    nth = None if quarter is None else read_count("--quarter", quarter)
    with open_for(ctx, audience=audience) as desk:
        if rules is not None:
            from sqmy.workspace.rulebooks import edition_of
            from sqmy.workspace.scores import year_scores

            scores = year_scores(desk, year, edition_of(rules))
        else:
            scores = (current if live else published)(desk, year, nth)
    deliver(_publication(scores, at_terminal=to is None), shown, to, scores.sealed)


def _publication(scores: "YearScores", *, at_terminal: bool) -> "Publication":
    """The points; at a terminal with what of a sealed result would be another today."""
    from sqmy.days import today
    from sqmy.reports.model import Report
    from sqmy.reports.publication import Publication
    from sqmy.reports.score_tables import score_report, score_table
    from sqmy.reports.score_workbook import score_workbook
    from sqmy.reports.scores import score_json
    from sqmy.reports.sealed import with_differences

    def report() -> Report:
        made = score_report(scores, today())
        if scores.sealed is None or not at_terminal:
            return made
        return with_differences(made, scores.sealed, scores.rulebook.decimals)

    return Publication(
        report=report,
        value=lambda: score_json(scores),
        table=lambda: score_table(scores),
        workbook=lambda: score_workbook(scores, today()),
    )


def explain(
    ctx: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="名称",
            help="姓名、单位，或信息的编号；同名的写成「姓名（单位）」",
            autocompletion=completing.holders,
        ),
    ],
    *,
    year: Year,
    shown: PlainFormat = "table",
    to: To = None,
    audience: ForAudience = "internal",
) -> None:
    """每一分对应哪一条、哪条信息、哪项登记；没有计分的为什么不计；再有一条采用会得几分。

    示例：
      sqmy explain 杜若 --year 2025
      sqmy explain 2025-087 --year 2025
      sqmy explain 杜若 --year 2025 --to 杜若.html
    """
    from sqmy.days import today
    from sqmy.errors import NotFoundError
    from sqmy.reports.explain import explain_json, explain_report, item_json, item_report
    from sqmy.reports.publication import Publication
    from sqmy.workspace import attachments, explaining

    at_most_one({"--format": shown != "table", "--to": to})
    with open_for(ctx, audience=audience) as desk:
        try:
            found = explaining.holder(desk, year, name)
        except NotFoundError:
            item = explaining.item(desk, year, name)
            if item is None:
                raise
            item = attachments.of_item(desk, item)
            publication = Publication(lambda: item_report(item), lambda: item_json(item))
            sealed = item.scores.sealed
        else:
            told = attachments.of_holder(desk, found)
            publication = Publication(
                lambda: explain_report(told, today()), lambda: explain_json(told)
            )
            sealed = told.scores.sealed
    deliver(publication, shown, to, sealed)


def quota(
    ctx: typer.Context,
    *,
    year: Year,
    owing: Annotated[bool, typer.Option("--owing", help="只列尚未完成的")] = False,
    as_of: AsOf = None,
    shown: Format = "table",
    to: To = None,
    audience: ForAudience = "internal",
) -> None:
    """应完成、已完成、欠交和未到期；--as-of 只影响“未到期”的判断，不影响得分。

    示例：
      sqmy quota --year 2025 --owing
      sqmy quota --year 2025 --to 任务.xlsx
    """
    from sqmy.days import read_day, today
    from sqmy.reports.publication import Publication
    from sqmy.reports.quotas import quota_report, quota_table
    from sqmy.reports.scores import obligation_json
    from sqmy.workspace.published import published

    at_most_one({"--format": shown != "table", "--to": to})
    day = read_day(as_of) if as_of else today()
    with open_for(ctx, audience=audience) as desk:
        scores = published(desk, year)
    due = [o for o in scores.book.obligations if not (owing and o.met)]
    publication = Publication(
        report=lambda: quota_report(scores, day, owing=owing),
        value=lambda: [obligation_json(o) for o in due],
        table=lambda: quota_table(due, day),
    )
    deliver(publication, shown, to, scores.sealed)
