"""Reading items and the log on the terminal."""

from typing import Annotated

import typer

from sqmy.cli import completing
from sqmy.cli.desk import open_for
from sqmy.cli.options import AnyYear, Number, PlainFormat, at_most_one

OfUnit = Annotated[
    str | None,
    typer.Option("--unit", metavar="单位", help="这个单位报送的", autocompletion=completing.units),
]
ByAuthor = Annotated[
    str | None,
    typer.Option(
        "--author", metavar="姓名", help="这个人署名的", autocompletion=completing.members
    ),
]
ByChannel = Annotated[
    str | None,
    typer.Option(
        "--channel", metavar="渠道", help="被这个渠道采用的", autocompletion=completing.channels
    ),
]


def show(ctx: typer.Context, number: Number, shown: PlainFormat = "table") -> None:
    """从报送、审核、上报到采用、批示、认定，以及每次更正和撤销，按发生的日期列出。

    示例：
      sqmy show 2025-001
    """
    from sqmy.cli.show import show_table
    from sqmy.workspace import items, listings

    with open_for(ctx) as desk:
        life = items.life(desk, number)
        show_table(listings.life(desk, life), listings.life_json(life), shown)


def list_items(
    ctx: typer.Context,
    *,
    unit: OfUnit = None,
    author: ByAuthor = None,
    year: AnyYear = None,
    channel: ByChannel = None,
    adopted: Annotated[bool, typer.Option("--adopted", help="已被采用的")] = False,
    not_adopted: Annotated[bool, typer.Option("--not-adopted", help="尚未被采用的")] = False,
    shown: PlainFormat = "table",
) -> None:
    """几个条件同时写的，须同时符合；年份按报送日期。

    示例：
      sqmy list --year 2025 --unit 提案委 --not-adopted
    """
    from sqmy.cli.show import show_table
    from sqmy.workspace import items, listings
    from sqmy.workspace.late import since_seals

    at_most_one({"--adopted": adopted, "--not-adopted": not_adopted})
    with open_for(ctx) as desk:
        filters = items.Filters(
            unit=unit,
            author=author,
            year=year,
            channel=channel,
            adopted=True if adopted else False if not_adopted else None,
        )
        rows = items.items(desk, filters)
        notes = since_seals(desk, [year]) if year else ()
        show_table(listings.rows("信息", rows, notes), listings.rows_json(rows), shown)


def search(
    ctx: typer.Context,
    words: Annotated[str, typer.Argument(metavar="文字", help="标题或正文里的一段文字")],
    shown: PlainFormat = "table",
) -> None:
    """逐字查找，两个字的词也找得到。

    示例：
      sqmy search 养老
    """
    from sqmy.cli.show import show_table
    from sqmy.workspace import items, listings

    with open_for(ctx) as desk:
        rows = items.items(desk, items.Filters(text=words))
        show_table(listings.rows(f"含「{words}」的信息", rows), listings.rows_json(rows), shown)


def log(
    ctx: typer.Context,
    reference: Annotated[
        str | None,
        typer.Argument(metavar="登记号", help="F12 或 B3；不写则列出最近的登记"),
    ] = None,
    *,
    last: Annotated[
        str, typer.Option("--last", metavar="项数", help="最近多少项；写 0 为全部")
    ] = "50",
    shown: PlainFormat = "table",
) -> None:
    """每一项登记：何时、何人、登记了什么，已撤销的注明由哪一项撤销。

    示例：
      sqmy log --last 10
      sqmy log B3
    """
    from sqmy.cli.options import read_count
    from sqmy.cli.show import show_table
    from sqmy.workspace import items, listings

    count = read_count("--last", last)
    with open_for(ctx) as desk:
        entries = items.log(desk, last=count or None, reference=reference)
        show_table(listings.log(entries), listings.log_json(entries), shown)
