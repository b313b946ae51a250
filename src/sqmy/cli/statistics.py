"""Statistics and rolling standings."""

from typing import Annotated

import typer

from sqmy.cli.desk import open_for
from sqmy.cli.options import AnyYear, ForAudience, Format, To, at_most_one
from sqmy.cli.writing import deliver


def stats(
    ctx: typer.Context,
    *,
    year: AnyYear = None,
    shown: Format = "table",
    to: To = None,
    audience: ForAudience = "internal",
) -> None:
    """一年的按月统计，不写年份的按年统计：报送、采用、采用率、各渠道、来源、用时。

    示例：
      sqmy stats --year 2025
      sqmy stats --to 历年统计.xlsx
      sqmy stats --year 2025 --to 统计.html --audience public
    """
    from sqmy.reports.model import Publication
    from sqmy.reports.stats_json import stats_json
    from sqmy.workspace.statistics import stats

    at_most_one({"--format": shown != "table", "--to": to})
    with open_for(ctx, audience=audience) as desk:
        made = stats(desk, year)
    publication = Publication(
        report=made.report,
        value=lambda: stats_json(made),
        workbook=made.workbook,
    )
    deliver(publication, shown, to)
