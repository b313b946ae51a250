"""Attaching files, and taking them out again."""

from pathlib import Path
from typing import Annotated

import typer

from sqmy.cli import completing
from sqmy.cli.desk import open_for, say, say_recorded


def attach(
    ctx: typer.Context,
    target: Annotated[
        str,
        typer.Argument(
            metavar="哪一项",
            help="信息的编号，或一项事实的登记号，如批示 F12",
            autocompletion=completing.targets,
        ),
    ],
    files: Annotated[
        list[Path],
        typer.Argument(parser=Path, metavar="文件", help="附上的文件，可以写几个"),
    ],
    *,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="日期", help="文件上的日期，如 2025-03-01 或 2025年3月1日"),
    ] = None,
    note: Annotated[
        str | None, typer.Option("--note", metavar="说明", help="它是什么，如 书记批示原件扫描")
    ] = None,
) -> None:
    """批示的扫描件、采用通知、来稿原件、照片：抄存在台账旁的文件夹里，原文件不动，改动了查得出来。

    收文档、表格、图片、录音录像和邮件，一份最大 50 MB；程序和压缩包不收。只给本机关看，不外发。

    示例：
      sqmy attach F12 批示件.pdf --on 2025-05-01 --note 批示原件扫描
      sqmy attach 2025-001 来稿.docx 现场一.jpg 现场二.jpg
    """
    from sqmy.workspace.attaching import attach as keep

    with open_for(ctx) as desk:
        done = keep(desk, target, files, on, note)
    for receipt in done.receipts:
        say_recorded(ctx, receipt)
    for fact in done.put_back:
        say(f"F{fact} 缺失的文件已放回原处，没有新的登记。")


def attachment(
    ctx: typer.Context,
    reference: Annotated[
        str,
        typer.Argument(
            metavar="登记号",
            help="附件的登记号，如 F31；写信息的编号，则取出它的全部附件",
            autocompletion=completing.attachments,
        ),
    ],
    *,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            parser=Path,
            metavar="文件",
            help="写到哪里；写文件夹时用原来的文件名，不写时为当前文件夹",
        ),
    ] = None,
) -> None:
    """先与登记时的校验码核对，相符才取出；不覆盖已有的文件。有哪些附件，用 sqmy show 查看。

    示例：
      sqmy attachment F31
      sqmy attachment 2025-001 --to D:/依据
    """
    from sqmy.workspace.attachments import take_out

    with open_for(ctx) as desk:
        for one in take_out(desk, reference, to):
            say(one)
