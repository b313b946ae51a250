"""Statistics and rolling standings."""

import typer

from sqmy.cli.desk import open_for
from sqmy.cli.options import AnyYear, AsOf, ForAudience, Format, To, Year, at_most_one
from sqmy.cli.writing import deliver


def standings(
    ctx: typer.Context,
    *,
    year: Year,
    as_of: AsOf = None,
    shown: Format = "table",
    to: To = None,
    audience: ForAudience = "public",
) -> None:
    """单位按考评序列、个人合在一起，按得分和报送量各排一次，与上月末比升降；各月各级采用。

    写成 .html 是一个自足的网页，可以直接放到本单位的网站上，在页面里排序、查找。

    示例：
      sqmy standings --year 2025 --to 滚动排名.html
      sqmy standings --year 2025 --as-of 2025-09-30 --to 九月排名.xlsx
    """
    from sqmy.days import read_day
    from sqmy.reports.publication import Publication
    from sqmy.workspace.statistics import standings

    at_most_one({"--format": shown != "table", "--to": to})
    with open_for(ctx, audience=audience) as desk:
        made = standings(desk, year, read_day(as_of) if as_of else None)
    publication = Publication(made.report, made.value, workbook=made.workbook)
    deliver(publication, shown, to, made.scores.sealed)


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
    from sqmy.reports.publication import Publication
    from sqmy.reports.stats_json import stats_json
    from sqmy.workspace.statistics import stats

    at_most_one({"--format": shown != "table", "--to": to})
    with open_for(ctx, audience=audience) as desk:
        made = stats(desk, year)
    deliver(Publication(made.report, lambda: stats_json(made), workbook=made.workbook), shown, to)
