"""Examining the installation."""

import typer

from sqmy.cli.options import PlainFormat


def doctor(ctx: typer.Context, *, shown: PlainFormat = "table") -> None:
    """查程序、部件、编码、字体、经办人，以及台账的位置、权限、磁盘和所在文件夹；什么也不改。

    有要改的，退出码为 1。台账的内容是否完好，用 sqmy verify 查。

    示例：
      sqmy doctor
      sqmy --ledger 台账.db doctor --format json
    """
    from sqmy.cli.show import show_table
    from sqmy.workspace.examining import examination, report

    findings = examination(ctx.obj.ledger, ctx.obj.operator)
    show_table(report(findings), [finding._asdict() for finding in findings], shown)
    if any(finding.state == "fault" for finding in findings):
        raise typer.Exit(1)
