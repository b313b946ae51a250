"""Units and members from the terminal."""

from typing import Annotated

import typer

from sqmy.cli import completing
from sqmy.cli.desk import open_for, say_recorded
from sqmy.cli.options import PlainFormat

UnitName = Annotated[
    str,
    typer.Argument(
        metavar="单位", help="单位的名称、简称或登记号", autocompletion=completing.units
    ),
]
MemberName = Annotated[
    str,
    typer.Argument(
        metavar="姓名",
        help="姓名或登记号；同名的写成「姓名（单位）」",
        autocompletion=completing.members,
    ),
]
Since = Annotated[str | None, typer.Option("--since", metavar="日期", help="从哪天起；不写即自始")]
Until = Annotated[str | None, typer.Option("--until", metavar="日期", help="到哪天止（含）")]
From = Annotated[str, typer.Option("--from", metavar="日期", help="从哪天起")]
Kind = Annotated[
    str,
    typer.Option(
        "--kind", metavar="类别", help="单位类别，如 委室", autocompletion=completing.unit_kinds
    ),
]
NewKind = Annotated[
    str | None,
    typer.Option("--kind", metavar="类别", help="新的类别", autocompletion=completing.unit_kinds),
]
Group = Annotated[
    str | None,
    typer.Option(
        "--peer-group",
        metavar="序列",
        help="考评序列，排名在序列之内",
        autocompletion=completing.peer_groups,
    ),
]
Home = Annotated[
    str,
    typer.Option("--unit", metavar="单位", help="所在单位", autocompletion=completing.units),
]
NewHome = Annotated[
    str,
    typer.Option("--unit", metavar="单位", help="调往的单位", autocompletion=completing.units),
]
RoleName = Annotated[
    str,
    typer.Option("--role", metavar="身份", help="如 委员、常委", autocompletion=completing.roles),
]
Alias = Annotated[str, typer.Argument(metavar="简称", help="另一个名称")]


def unit_add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="单位", help="单位的全称")],
    *,
    unit_kind: Kind,
    peer_group: Group = None,
    not_assessed: Annotated[bool, typer.Option("--not-assessed", help="不参评")] = False,
    since: Since = None,
) -> None:
    """类别须是计分办法里有的。

    示例：
      sqmy unit add 提案委员会 --kind 委室 --peer-group 第一序列
    """
    from sqmy.workspace.registering import Registrar

    with open_for(ctx) as desk:
        say_recorded(
            ctx,
            Registrar(desk).add_unit(
                name, unit_kind, peer_group, assessed=not not_assessed, since=since
            ),
        )


def unit_list(ctx: typer.Context, shown: PlainFormat = "table") -> None:
    """按登记先后列出，附类别、考评序列和简称。

    示例：
      sqmy unit list
    """
    from sqmy.cli.show import show_table
    from sqmy.workspace import rosters

    with open_for(ctx) as desk:
        show_table(rosters.units(desk), rosters.units_json(desk), shown)


def unit_alias(ctx: typer.Context, unit: UnitName, alias: Alias) -> None:
    """登记后，表格和命令里写简称也认得。

    示例：
      sqmy unit alias 提案委员会 提案委
    """
    from sqmy.workspace.registering import Registrar

    with open_for(ctx) as desk:
        say_recorded(ctx, Registrar(desk).alias_unit(unit, alias))


def unit_set(
    ctx: typer.Context,
    unit: UnitName,
    *,
    since: From,
    name: Annotated[str | None, typer.Option("--name", metavar="名称", help="新的名称")] = None,
    unit_kind: NewKind = None,
    peer_group: Group = None,
    assessed: Annotated[
        bool | None, typer.Option("--assessed/--not-assessed", help="参评，或不参评")
    ] = None,
) -> None:
    """只写要改的，从某一天起生效；考评按年度最后一天的情况。

    示例：
      sqmy unit set 提案委 --from 2025-07-01 --peer-group 第二序列
    """
    from sqmy.workspace.registering import Registrar

    with open_for(ctx) as desk:
        say_recorded(
            ctx,
            Registrar(desk).set_unit(
                unit, since, name=name, kind=unit_kind, peer_group=peer_group, assessed=assessed
            ),
        )


def member_add(
    ctx: typer.Context,
    name: Annotated[str, typer.Argument(metavar="姓名", help="姓名")],
    *,
    unit: Home,
    role: RoleName,
    since: Since = None,
    until: Until = None,
    sector: Annotated[str | None, typer.Option("--sector", metavar="界别", help="界别")] = None,
    phone: Annotated[
        str | None, typer.Option("--phone", metavar="电话", help="联系电话，只供内部联系")
    ] = None,
) -> None:
    """身份须是计分办法里有的；一人有几项身份的，再用 sqmy member appoint。

    示例：
      sqmy member add 杜若 --unit 提案委 --role 委员 --since 2022-01-01
    """
    from sqmy.workspace.registering import Registrar

    with open_for(ctx) as desk:
        say_recorded(
            ctx,
            Registrar(desk).add_member(
                name, unit, role, since=since, until=until, sector=sector, phone=phone
            ),
        )


def member_list(
    ctx: typer.Context,
    *,
    unit: Annotated[
        str | None,
        typer.Option(
            "--unit", metavar="单位", help="只列这个单位的", autocompletion=completing.units
        ),
    ] = None,
    shown: PlainFormat = "table",
) -> None:
    """按登记先后列出，附所在单位和各项身份；不显示电话。

    示例：
      sqmy member list --unit 提案委
    """
    from sqmy.cli.show import show_table
    from sqmy.workspace import rosters

    with open_for(ctx) as desk:
        show_table(rosters.members(desk, unit), rosters.members_json(desk, unit), shown)


def member_appoint(
    ctx: typer.Context,
    member: MemberName,
    *,
    role: RoleName,
    since: Since = None,
    until: Until = None,
) -> None:
    """各项身份的任务分别计算。

    示例：
      sqmy member appoint 杜若 --role 特邀信息员 --since 2025-01-01
    """
    from sqmy.workspace.registering import Registrar

    with open_for(ctx) as desk:
        say_recorded(ctx, Registrar(desk).appoint(member, role, since, until))


def member_end(
    ctx: typer.Context,
    member: MemberName,
    *,
    role: RoleName,
    on: Annotated[str, typer.Option("--on", metavar="日期", help="最后一天（含）")],
) -> None:
    """最后一天仍算在任；离任以后，先前信息的得分仍归本人。

    示例：
      sqmy member end 杜若 --role 委员 --on 2025-06-30
    """
    from sqmy.workspace.registering import Registrar

    with open_for(ctx) as desk:
        say_recorded(ctx, Registrar(desk).end(member, role, on))


def member_move(
    ctx: typer.Context,
    member: MemberName,
    *,
    unit: NewHome,
    on: Annotated[str, typer.Option("--on", metavar="日期", help="从哪天起")],
) -> None:
    """先前报送的信息仍记在原单位。

    示例：
      sqmy member move 杜若 --unit 社法委 --on 2025-07-01
    """
    from sqmy.workspace.registering import Registrar

    with open_for(ctx) as desk:
        say_recorded(ctx, Registrar(desk).move(member, unit, on))


def member_alias(ctx: typer.Context, member: MemberName, alias: Alias) -> None:
    """表格里常见的另一种写法，登记后也认得。

    示例：
      sqmy member alias 杜若 杜若若
    """
    from sqmy.workspace.registering import Registrar

    with open_for(ctx) as desk:
        say_recorded(ctx, Registrar(desk).alias_member(member, alias))


def member_merge(
    ctx: typer.Context,
    member: MemberName,
    *,
    into: Annotated[
        str,
        typer.Option(
            "--into", metavar="姓名", help="并入哪一个", autocompletion=completing.members
        ),
    ],
) -> None:
    """同一个人登记了两次时用；两处的信息和身份合在一起计算。

    示例：
      sqmy member merge F12 --into F30
    """
    from sqmy.workspace.registering import Registrar

    with open_for(ctx) as desk:
        say_recorded(ctx, Registrar(desk).merge(member, into))
