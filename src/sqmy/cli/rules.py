"""The rulebook on the terminal."""

from pathlib import Path
from typing import Annotated

import typer

from sqmy.cli.desk import open_for, say

File = Annotated[
    Path | None,
    typer.Argument(parser=Path, metavar="文件", help="计分办法；不写时用自带的示例办法"),
]


def check(file: File = None) -> None:
    """逐项检查词汇、条款和口径有没有写全、写对，每一处错误都注明行号和改法。

    示例：
      sqmy rules check 计分办法.yaml
    """
    from sqmy.workspace.rulebooks import examined

    edition, advice = examined(file)
    say(f"《{edition.name}》{edition.edition}：没有发现错误。")
    for problem in advice:
        say(f"  {problem}")


def show(
    ctx: typer.Context,
    file: Annotated[
        Path | None,
        typer.Argument(parser=Path, metavar="文件", help="计分办法；不写时看台账采用的"),
    ] = None,
) -> None:
    """以表格列出任务、计分、分摊和排名，附每一条的原意。

    示例：
      sqmy rules show
      sqmy rules show 计分办法.yaml
    """
    from sqmy.cli.show import show_report
    from sqmy.reports.rules import rules_report

    if file is not None:
        from sqmy.workspace.rulebooks import rulebook_of

        rulebook = rulebook_of(file)
    else:
        with open_for(ctx) as desk:
            rulebook = desk.rulebook
    show_report(rules_report(rulebook))


def test(
    file: File = None,  # noqa: PT028 — a command, not a test
    cases: Annotated[
        Path | None,
        typer.Option(
            "--cases", parser=Path, metavar="文件", help="算例；不写时用计分办法旁边的同名算例"
        ),
    ] = None,  # noqa: PT028 — as above
) -> None:
    """算例是写明了该得多少分的小例子，与计分办法放在一起。

    示例：
      sqmy rules test
      sqmy rules test 计分办法.yaml
    """
    from sqmy.errors import ProblemsError
    from sqmy.workspace.rulebooks import test_rulebook

    trial = test_rulebook(file, cases)
    if trial.problems:
        raise ProblemsError(
            f"{trial.passed} 个算例相符，{len(trial.problems)} 处不符：", trial.problems
        )
    say(f"{trial.passed} 个算例全部相符，每一条都有算例。")
