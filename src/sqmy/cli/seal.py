"""Published results: sealing them, and correcting what was published."""

from typing import Annotated

import typer

from sqmy.cli.desk import open_for, say
from sqmy.cli.options import ForAudience, PlainFormat, Quarter, To, Year, at_most_one, read_count
from sqmy.cli.writing import deliver


def seal(
    ctx: typer.Context,
    *,
    year: Year,
    quarter: Quarter = None,
    because: Annotated[
        str | None,
        typer.Option("--because", metavar="理由", help="为什么再封存一次，如 更正通报已发"),
    ] = None,
) -> None:
    """把现在算出的得分、名次、每一笔明细和任务，连同事实和办法的校验码记入台账，作为公布的结果。

    封存以后登记的事实照常计入台账，公布的结果不变，这一期的通报、排名、评先、小结等都照它印，
    补登和更正的列在下一期通报里；要改，用 sqmy correct 出更正通报，再封存一次。

    示例：
      sqmy seal --year 2025
      sqmy seal --year 2025 --quarter 1
      sqmy seal --year 2025 --because 云协办〔2026〕5号更正通报已发
    """
    from sqmy.workspace import sealing

    with open_for(ctx) as desk:
        say(sealing.seal(desk, year, _read(quarter), because))


def correct(
    ctx: typer.Context,
    *,
    year: Year,
    quarter: Quarter = None,
    shown: PlainFormat = "table",
    to: To = None,
    audience: ForAudience = "internal",
) -> None:
    """封存以后登记的事实使公布的结果有了哪些不同：只列变了的得分、名次、明细和任务，逐笔写明缘由。

    示例：
      sqmy correct --year 2025
      sqmy correct --year 2025 --to 更正通报.docx --audience units
    """
    from sqmy.reports.correction import correction_json, correction_report
    from sqmy.reports.publication import Publication
    from sqmy.workspace.correcting import correct as work_out

    at_most_one({"--format": shown != "table", "--to": to})
    with open_for(ctx, audience=audience) as desk:
        correction = work_out(desk, year, _read(quarter))
    publication = Publication(
        report=lambda: correction_report(correction), value=lambda: correction_json(correction)
    )
    deliver(publication, shown, to)


def _read(quarter: str | None) -> int | None:
    return None if quarter is None else read_count("--quarter", quarter)
