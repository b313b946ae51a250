"""Keeping the ledger right."""

import io
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from sqmy.cli import completing
from sqmy.cli.desk import open_for, say
from sqmy.cli.options import at_most_one
from sqmy.errors import UsageError


def verify(
    ctx: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(
            parser=Path,
            metavar="文件",
            help="别的台账，如备份；或从台账导出的报表；不写时为所用的台账",
        ),
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
    whole: Annotated[
        bool, typer.Option("--whole", help="附件超过 2 GB 的，内容也逐份核对；要久一些")
    ] = False,
) -> None:
    """查文件、结构、校验链、每一项事实、计分办法和附件。删去末尾或整本重写，只有对照另存的校验码才看得出。

    写报表（.xlsx、.docx、.html、.md）时，看它是不是还与台账一致：有没有过时，导出以后有没有被改动。

    示例：
      sqmy verify
      sqmy verify --anchor 1234:9f86d081884c7d65
      sqmy verify 台账备份.db
      sqmy verify 得分.xlsx
    """
    from sqmy.reports.render.progress import progress
    from sqmy.workspace import exports, keeping

    if file is not None and exports.is_export(file):
        at_most_one({"报表文件": True, "--anchor": anchor, "--whole": whole})
        with open_for(ctx) as desk:
            lines = exports.check(desk.ledger, file, partial(_make, ctx))
    elif file is not None:
        with progress() as step:
            lines = keeping.verify_file(file, anchor, step, whole=whole)
    else:
        with open_for(ctx) as desk, progress() as step:
            lines = keeping.verify(desk.ledger, anchor, step, whole=whole)
    for line in lines:
        say(line)


def backup(
    ctx: typer.Context,
    file: Annotated[
        Path,
        typer.Argument(parser=Path, metavar="文件", help="备份写到哪里；写文件夹时按时刻取名"),
    ],
    *,
    keep: Annotated[
        str | None,
        typer.Option("--keep", metavar="份数", help="文件夹里只留最近几份，旧的删去"),
    ] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="登记再多，也逐项核对一遍；写完要久一些")
    ] = False,
) -> None:
    """台账在用时也可以备份；写好后先核对，再放到所写的位置。不覆盖已有的文件。附件在旁边的同名文件夹里。

    示例：
      sqmy backup 台账备份.db
      sqmy backup E:/备份 --keep 30
    """
    from sqmy.cli.options import read_count
    from sqmy.reports.render.progress import progress
    from sqmy.workspace import keeping

    number = None if keep is None else read_count("--keep", keep)
    if number == 0:
        raise UsageError("--keep 至少写 1：刚写好的一份总要留下。")
    with open_for(ctx) as desk, progress() as step:
        lines = keeping.backup(desk, file, keep=number, whole=whole, step=step)
    for line in lines:
        say(line)


def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(parser=Path, metavar="文件", help="备份")],
) -> None:
    """先把备份整个核对一遍，再放到台账的位置；原来的文件换个名字留着，少了哪些登记会说明。

    示例：
      sqmy restore 台账备份.db
      sqmy --ledger D:/社情民意/台账.db restore E:/备份/台账-20260105-173000.db
    """
    from sqmy.reports.render.progress import progress
    from sqmy.workspace import keeping

    with progress() as step:
        lines = keeping.restore(ctx.obj.ledger, file, step)
    for line in lines:
        say(line)


def erase(
    ctx: typer.Context,
    reference: Annotated[
        str,
        typer.Argument(
            metavar="哪一项",
            help="F12（一项事实）、信息的编号或姓名",
            autocompletion=completing.references,
        ),
    ],
    *,
    because: Annotated[
        str, typer.Option("--because", metavar="依据", help="抹除的依据，记入台账，如 本人依法要求")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="确认抹除；不写时只列出将抹除什么")] = False,
) -> None:
    """抹除人员的联系电话、信息的正文、批示的内容、附件：内容从台账里消失，不能恢复。

    事实本身、得分和校验链都不变：链上存的只是加了随机数的校验码。以前的备份和导出的文件要另行处理。

    示例：
      sqmy erase 杜若 --because 本人依法要求删除
      sqmy erase 2025-001 --because 涉密文稿收回 --yes
    """
    from sqmy.workspace.erasing import erase as take_out

    with open_for(ctx) as desk:
        say(take_out(desk, reference, because, confirmed=yes))


def _make(ctx: typer.Context, ledger: Path | None, words: Sequence[str], target: Path) -> None:
    """Carry out a command once more, unseen, on the ledger in a file or on the one in use."""
    from sqmy.cli.app import run

    place = str(ledger) if ledger else ctx.obj.ledger
    before = [*(("--ledger", place) if place else ()), "--as", "verify"]
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        run([*before, *words, "--to", str(target)])
