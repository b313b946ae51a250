"""Ledgers that several share: moved to a server and back, and looked at together."""

from typing import Annotated

import typer

from sqmy.cli.desk import say
from sqmy.cli.options import ForAudience, Format, To, Year, at_most_one
from sqmy.cli.writing import deliver


def move(
    ctx: typer.Context,  # noqa: ARG001 — every command has one
    source: Annotated[str, typer.Argument(metavar="原处", help="台账文件，或服务器的地址")],
    target: Annotated[str, typer.Argument(metavar="新处", help="还没有台账的文件或地址")],
    *,
    keep: Annotated[bool, typer.Option("--keep", help="原来的台账不改名，留着另作他用")] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="有密钥文件时，新的台账文件也不加密")
    ] = False,
) -> None:
    """逐项抄到新处，核对无误才算数；校验链、登记号、得分都与原来一样。原来的台账改个名留着。

    示例：
      sqmy move sqmy.db postgresql+psycopg://zhang@服务器/shi?office=yunting
      sqmy move postgresql+psycopg://zhang@服务器/shi?office=yunting 云汀.db
    """
    from sqmy.workspace.moving import move as carry

    for line in carry(source, target, keep=keep, plain=plain):
        say(line)


def rollup(
    ctx: typer.Context,
    ledgers: Annotated[
        list[str] | None,
        typer.Argument(metavar="[台账]...", help="各地的台账；不写时为 --ledger 服务器上的各地"),
    ] = None,
    *,
    year: Year,
    shown: Format = "table",
    to: To = None,
    audience: ForAudience = "internal",
) -> None:
    """各地报送、采用、批示的条数和合计，各单位、各人的得分和当地名次。各地按各自的办法计分。

    示例：
      sqmy --ledger postgresql+psycopg://shi@服务器/shi rollup --year 2025
      sqmy rollup 云汀.db 兰亭.db --year 2025 --to 各县.xlsx
    """
    from sqmy.reports.publication import Publication
    from sqmy.reports.rollup import rollup_json, rollup_report
    from sqmy.workspace.rollup import offices_years

    at_most_one({"--format": shown != "table", "--to": to})
    offices = offices_years(ctx.obj.ledger, ledgers or [], year, audience)
    publication = Publication(lambda: rollup_report(offices), lambda: rollup_json(offices))
    deliver(publication, shown, to)
