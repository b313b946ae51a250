"""Keeping the ledger right."""

from pathlib import Path
from typing import Annotated

import typer

from sqmy.cli.desk import open_for, say


def verify(
    ctx: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(parser=Path, metavar="文件", help="别的台账，如备份；不写时为所用的台账"),
    ] = None,
    *,
    anchor: Annotated[
        str | None,
        typer.Option(
            "--anchor",
            metavar="项:校验码",
            help="另处留存的校验码，如通报上印的 1234:9f86d081884c7d65",
        ),
    ] = None,
) -> None:
    """查文件、结构、校验链、每一项事实和计分办法。删去末尾或整本重写，只有对照另存的校验码才看得出。

    示例：
      sqmy verify
      sqmy verify --anchor 1234:9f86d081884c7d65
      sqmy verify 台账备份.db
    """
    from sqmy.workspace.keeping import verify as examine

    with open_for(ctx, file) as desk:
        for line in examine(desk, anchor):
            say(line)


def backup(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(parser=Path, metavar="文件", help="备份写到哪里")],
) -> None:
    """台账在用时也可以备份；写好后先核对，再放到所写的位置。不覆盖已有的文件。

    示例：
      sqmy backup 台账备份.db
    """
    from sqmy.workspace.keeping import backup as keep

    with open_for(ctx) as desk:
        say(keep(desk, file))
