"""New editions of the rulebook: started, compared, adopted; rulings; the schema for editors."""

from pathlib import Path
from typing import Annotated

import typer

from sqmy.cli.desk import open_for, say
from sqmy.cli.options import ForAudience, Future, On, PlainFormat, To, Year, at_most_one
from sqmy.cli.writing import deliver

File = Annotated[Path, typer.Argument(parser=Path, metavar="文件", help="计分办法")]


def new(
    file: Annotated[
        Path, typer.Argument(parser=Path, metavar="文件", help="写到哪里，如 计分办法.yaml")
    ],
    *,
    like: Annotated[
        str | None,
        typer.Option("--like", metavar="名称", help="照自带的哪一份起草；不写时在终端上逐项问"),
    ] = None,
) -> None:
    """在终端上问几个问题，写出一份能用的计分办法和它的算例；再照着其中的说明补充。

    自带的办法有哪些，写 --like 列表。

    示例：
      sqmy rules new 计分办法.yaml
      sqmy rules new 计分办法.yaml --like 31-livestock-bureau-top2
    """
    from sqmy.workspace import starting

    if like == "列表":
        for name, title in starting.library():
            say(f"{name}　{title}")
        return
    if like is not None:
        written, remark = starting.copy(like, file), ""
    else:
        from sqmy.cli.starting import asked

        written = starting.start(asked(), file)
        remark = "里面标着“请定”的，是没有问到、照通常做法写的，请逐项核对。"
    for path in written:
        say(f"已写入 {path}")
    if remark:
        say(remark)
    say(f"接着：sqmy rules check {file}")


def compare(
    ctx: typer.Context,
    *,
    year: Year,
    other: Annotated[
        Path, typer.Option("--with", parser=Path, metavar="文件", help="要对照的计分办法")
    ],
    shown: PlainFormat = "table",
    to: To = None,
    audience: ForAudience = "internal",
) -> None:
    """谁升谁降，名次和任务有什么变化，由哪几条引起；不改动台账。

    示例：
      sqmy rules compare --year 2025 --with 新办法.yaml
      sqmy rules compare --year 2025 --with 新办法.yaml --to 对照.xlsx
    """
    from sqmy.days import today
    from sqmy.reports.comparison import comparison_json, comparison_report
    from sqmy.reports.publication import Publication
    from sqmy.workspace.editions import compared

    at_most_one({"--format": shown != "table", "--to": to})
    with open_for(ctx, audience=audience) as desk:
        found = compared(desk, year, other)
    publication = Publication(
        lambda: comparison_report(found, today()),
        lambda: comparison_json(found),
        workbook=lambda: comparison_report(found, today(), whole=True),
    )
    deliver(publication, shown, to)


def adopt(
    ctx: typer.Context,
    file: File,
    *,
    since: Annotated[
        str, typer.Option("--from", metavar="日期", help="从哪一天起施行，如 2026-01-01")
    ],
) -> None:
    """记入台账。往年仍按当年施行的办法计分；年中换办法的，前后两段各按各的。

    示例：
      sqmy rules adopt 新办法.yaml --from 2026-01-01
    """
    from sqmy.workspace import editions

    with open_for(ctx) as desk:
        adopted = editions.adopt(desk, file, since)
    say(f"已登记 F{adopted.fact}：{adopted.told}。")
    for remark in adopted.remarks:
        say(f"  {remark}")


def ruling(
    ctx: typer.Context,
    *,
    clause: Annotated[str, typer.Option("--clause", metavar="条款", help="关于哪一条")],
    on: On,
    decider: Annotated[str, typer.Option("--by", metavar="裁定人", help="由谁定的，如 主席会议")],
    wording: Annotated[str, typer.Option("--text", metavar="内容", help="怎样定的")],
    about: Annotated[
        str | None, typer.Option("--about", metavar="登记号", help="只就这一项事实，如 F12")
    ] = None,
    worth: Annotated[
        str | None,
        typer.Option("--points", metavar="分", help="这项事实按这一条计几分（分摊以前）"),
    ] = None,
    future: Future = False,
) -> None:
    """以后的得分说明里都注明。写了 --about 和 --points 的，计分时就按它。

    示例：
      sqmy rules ruling --clause 六(二)3 --on 2025-03-02 --by 主席会议 --text 两位批示计一次
      sqmy rules ruling --clause 六(二)2 --on 2025-03-02 --by 秘书长 --text 减半 --about F12
    """
    from sqmy.workspace import editions

    with open_for(ctx) as desk:
        ruled = editions.rule_on(
            desk, clause, on or "", decider, wording, about=about, worth=worth, future=future
        )
    say(f"已登记 F{ruled.fact}：{ruled.told}。")


def schema() -> None:
    """在编辑器里写计分办法时，有了它就能补全键名、标出写错的地方。

    示例：
      sqmy rules schema > 计分办法.schema.json
    """
    from sqmy.workspace.rulebooks import schema_text

    say(schema_text())
