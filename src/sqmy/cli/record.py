"""Recording facts about items from the terminal."""

from pathlib import Path
from typing import Annotated

import typer

from sqmy.cli import completing
from sqmy.cli.desk import open_for, say_recorded, say_voided
from sqmy.cli.options import (
    Author,
    Because,
    Channel,
    FindingKind,
    Form,
    Future,
    Number,
    On,
    Rank,
    Set,
    Stage,
    UnitOption,
    Verdict,
    attributes,
    exactly_one,
)

NewNumber = Annotated[
    str | None,
    typer.Option("--number", metavar="编号", help="自定编号；不写时按年度接着编，如 2025-001"),
]
Signed = Annotated[bool, typer.Option("--signed-by-unit", help="署名为单位，只计单位")]
BodyFile = Annotated[
    Path | None,
    typer.Option("--body-file", parser=Path, metavar="文件", help="正文所在的文件，.txt 或 .docx"),
]

AnyNumber = Annotated[
    str | None,
    typer.Argument(metavar="编号", help="信息的编号，如 2025-001", autocompletion=completing.items),
]
FoundMember = Annotated[
    str | None,
    typer.Option("--member", metavar="姓名", help="认定的是人", autocompletion=completing.members),
]
FoundUnit = Annotated[
    str | None,
    typer.Option("--unit", metavar="单位", help="认定的是单位", autocompletion=completing.units),
]


def submit(
    ctx: typer.Context,
    title: Annotated[str, typer.Argument(metavar="标题", help="信息的标题")],
    author: Author = None,
    unit: UnitOption = None,
    *,
    on: On,
    number: NewNumber = None,
    signed_by_unit: Signed = False,
    body_file: BodyFile = None,
    values: Set = None,
    future: Future = False,
) -> None:
    """不写单位时，用作者当天所在的单位；不写作者时，视为单位署名；两者都不写则不予登记。

    示例：
      sqmy submit 关于增设老年食堂的建议 --author 杜若 --on 2025-03-01
      sqmy submit 关于整治河道的建议 --unit 提案委 --on 2025.3.1 --signed-by-unit
    """
    from sqmy.workspace.bodies import read_body
    from sqmy.workspace.recording import Draft, Recorder

    draft = Draft(
        title=title,
        number=number,
        on=on,
        authors=author,
        units=unit,
        by_unit=signed_by_unit,
        body=read_body(body_file),
        attributes=attributes(values),
    )
    with open_for(ctx) as desk:
        say_recorded(ctx, Recorder(desk, future=future).submit(draft))


def amend(
    ctx: typer.Context,
    number: Number,
    *,
    because: Because,
    title: Annotated[
        str | None, typer.Option("--title", metavar="标题", help="更正后的标题")
    ] = None,
    author: Author = None,
    unit: UnitOption = None,
    on: On = None,
    by_unit: Annotated[
        bool | None,
        typer.Option("--signed-by-unit/--signed-by-authors", help="署名为单位，或为个人"),
    ] = None,
    body_file: BodyFile = None,
    values: Set = None,
    future: Future = False,
) -> None:
    """只写要改的；作者、单位写了就整个换成所写的。编号和已有的采用、批示等不变。

    示例：
      sqmy amend 2025-001 --author 杜若 --author 白芷 --because 漏了第二作者
    """
    from sqmy.workspace.bodies import read_body
    from sqmy.workspace.recording import Draft, Recorder

    draft = Draft(
        title=title,
        on=on,
        authors=author,
        units=unit,
        by_unit=by_unit,
        body=read_body(body_file),
        attributes=attributes(values),
    )
    with open_for(ctx) as desk:
        say_recorded(ctx, Recorder(desk, future=future).amend(number, draft, because))


def review(
    ctx: typer.Context,
    number: Number,
    *,
    stage: Stage,
    verdict: Verdict,
    on: On,
    reviewer: Annotated[
        str | None, typer.Option("--reviewer", metavar="姓名", help="审核人")
    ] = None,
    opinion: Annotated[
        str | None, typer.Option("--opinion", metavar="意见", help="审核意见")
    ] = None,
    future: Future = False,
) -> None:
    """审核是本单位的判断；上级是否采用，另用 sqmy adopt 登记。

    示例：
      sqmy review 2025-001 --stage 中心筛选 --verdict 通过 --on 2025-03-02
    """
    from sqmy.workspace.recording import Recorder

    with open_for(ctx) as desk:
        recorder = Recorder(desk, future=future)
        say_recorded(ctx, recorder.review(number, stage, verdict, on or "", reviewer, opinion))


def forward(
    ctx: typer.Context, number: Number, *, channel: Channel, on: On, future: Future = False
) -> None:
    """登记本单位把信息报给了哪个渠道。

    示例：
      sqmy forward 2025-001 --channel 市政协 --on 2025-03-05
    """
    from sqmy.workspace.recording import Recorder

    with open_for(ctx) as desk:
        say_recorded(ctx, Recorder(desk, future=future).forward(number, channel, on or ""))


def adopt(
    ctx: typer.Context,
    number: Number,
    *,
    channel: Channel,
    form: Form = None,
    on: On,
    journal: Annotated[
        str | None, typer.Option("--journal", metavar="刊物", help="采用的刊物")
    ] = None,
    issue: Annotated[str | None, typer.Option("--issue", metavar="期号", help="第几期")] = None,
    values: Set = None,
    future: Future = False,
) -> None:
    """一条信息可以被多个渠道采用，各登记一次；登记后说明得分的变化。

    示例：
      sqmy adopt 2025-001 --channel 市政协 --on 2025-04-01
      sqmy adopt 2025-001 --channel 省政协 --form 综合 --on 2025.5.6
    """
    from sqmy.workspace.recording import Recorder

    with open_for(ctx) as desk:
        recorder = Recorder(desk, future=future)
        say_recorded(
            ctx, recorder.adopt(number, channel, form, on or "", journal, issue, attributes(values))
        )


def instruct(
    ctx: typer.Context,
    number: Number,
    *,
    rank: Rank,
    on: On,
    leader: Annotated[
        str | None, typer.Option("--leader", metavar="领导", help="批示的领导")
    ] = None,
    content: Annotated[
        str | None, typer.Option("--content", metavar="内容", help="批示内容，不进入任何外发材料")
    ] = None,
    values: Set = None,
    future: Future = False,
) -> None:
    """未被采用的信息也可以获得批示；登记后说明得分的变化。

    示例：
      sqmy instruct 2025-001 --rank 市委市政府主要领导 --on 2025-05-01
    """
    from sqmy.workspace.recording import Recorder

    with open_for(ctx) as desk:
        recorder = Recorder(desk, future=future)
        say_recorded(
            ctx, recorder.instruct(number, rank, on or "", leader, content, attributes(values))
        )


def finding(
    ctx: typer.Context,
    number: AnyNumber = None,
    *,
    member: FoundMember = None,
    unit: FoundUnit = None,
    kind: FindingKind,
    on: On,
    grounds: Annotated[str, typer.Option("--grounds", metavar="依据", help="认定的依据")],
    values: Set = None,
    future: Future = False,
) -> None:
    """认定由人作出：针对一条信息、一个人或一个单位，三者写其一。

    示例：
      sqmy finding 2025-001 --kind 报刊抄袭 --on 2025-06-01 --grounds 与某报雷同
      sqmy finding --unit 提案委 --kind 弄虚作假 --on 2025-06-01 --grounds 经核查
    """
    from sqmy.workspace.recording import Recorder

    exactly_one({"编号": number, "--member": member, "--unit": unit})
    with open_for(ctx) as desk:
        recorder = Recorder(desk, future=future)
        say_recorded(
            ctx, recorder.find(number, member, unit, kind, on or "", grounds, attributes(values))
        )


def void(
    ctx: typer.Context,
    reference: Annotated[
        str,
        typer.Argument(
            metavar="登记号",
            help="F12（一项事实）、B3（一批导入）或信息的编号",
            autocompletion=completing.references,
        ),
    ],
    *,
    because: Because,
    with_dependents: Annotated[
        bool, typer.Option("--with-dependents", help="连同以它为前提的事实一并撤销")
    ] = False,
) -> None:
    """撤销也是一项登记：原来的事实仍在台账里，只是不再算数。没有什么会被删除。

    示例：
      sqmy void F12 --because 渠道记错，应为省政协
      sqmy void B3 --because 表格版本不对
    """
    from sqmy.workspace.undoing import void as undo

    with open_for(ctx) as desk:
        done = undo(desk, reference, because, with_dependents=with_dependents)
    say_voided(ctx, done)
