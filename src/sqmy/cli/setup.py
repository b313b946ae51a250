"""Making a ledger and trying the program out."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sqmy.cli.desk import say

if TYPE_CHECKING:
    from sqmy.workspace.founding import Demo

DEMO_YEAR = 2025


def init(
    ctx: typer.Context,
    rules: Annotated[
        Path | None,
        typer.Option(
            "--rules", parser=Path, metavar="文件", help="计分办法；不写时用自带的示例办法"
        ),
    ] = None,
) -> None:
    """在当前文件夹建 sqmy.db，或建在 --ledger 所指之处；只有本人能读写。

    示例：
      sqmy init
      sqmy --ledger D:/社情民意/台账.db init --rules 计分办法.yaml
    """
    from sqmy import settings
    from sqmy.workspace.founding import found, new_ledger_place

    place = new_ledger_place(ctx.obj.ledger)
    with found(place, settings.operator(ctx.obj.operator), rules) as desk:
        say(f"已新建台账：{place.absolute() if isinstance(place, Path) else place}")
        say(f"计分办法：《{desk.rulebook.name}》{desk.rulebook.edition}")
        for notice in desk.ledger.notices:
            say(notice)
        say("下一步：用 sqmy import 从表格导入，或用 sqmy unit add、sqmy member add 登记。")


def demo(
    to: Annotated[
        Path | None,
        typer.Option("--to", parser=Path, metavar="文件夹", help="把演示的台账和表格留在这里"),
    ] = None,
) -> None:
    """一个虚构的县：导入它的表格，算出全年得分。不写 --to 时，看完即不保留。

    示例：
      sqmy demo
      sqmy demo --to 演示
    """
    from sqmy.workspace.founding import demonstrate

    if to is not None:
        _present(demonstrate(to))
        say(f"演示的台账和表格在 {to}。接着可以试：")
        say(f"  sqmy --ledger {to / 'sqmy.db'} explain 杜若 --year {DEMO_YEAR}")
        return
    with tempfile.TemporaryDirectory() as folder:
        _present(demonstrate(Path(folder)))
    say("要留下台账自己试，请用 sqmy demo --to 演示。")


def _present(demo: "Demo") -> None:
    from sqmy.cli.show import show_report
    from sqmy.days import today
    from sqmy.reports.score_tables import score_report
    from sqmy.workspace.scores import year_scores

    say("云汀县是虚构的，人名、单位、信息都是编的。")
    say(demo.imported)
    say("")
    with demo.desk as desk:
        show_report(score_report(year_scores(desk, DEMO_YEAR), today()))
