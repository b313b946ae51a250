"""Importing spreadsheets."""

from pathlib import Path
from typing import Annotated

import typer

from sqmy.cli.desk import open_for, say
from sqmy.cli.options import Future


def import_files(
    ctx: typer.Context,
    files: Annotated[list[str], typer.Argument(metavar="文件", help="电子表格，.xlsx 或 .csv")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只检查，不写入")] = False,
    future: Future = False,
) -> None:
    """全部写入或全部不写：有一行不对，就什么也不写，并列出每一处；同一份表再导入不会重复。

    示例：
      sqmy import 名册.xlsx 2025年台账.xlsx --dry-run
      sqmy import 名册.xlsx 2025年台账.xlsx
    """
    from sqmy.reports.render.progress import progress
    from sqmy.workspace.importing import import_files as read_in

    with open_for(ctx) as desk, progress() as step:
        report = read_in(
            desk.ledger,
            desk.operator,
            desk.vocabulary,
            _paths(files),
            dry_run=dry_run,
            future=future,
            progress=step,
        )
    say(report)


def _paths(given: list[str]) -> list[Path]:
    """The files named; the Windows shell leaves `*.xlsx` to the program."""
    paths: list[Path] = []
    for name in given:
        path = Path(name).expanduser()
        found = sorted(path.parent.glob(path.name)) if set("*?[") & set(path.name) else []
        paths.extend(found if found and not path.exists() else [path])
    return paths
