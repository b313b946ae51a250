"""A channel's own list of adoptions beside the ledger."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sqmy.cli.desk import open_for, say
from sqmy.cli.intake import Map, UndatedOn, YearOf
from sqmy.cli.options import AnyYear, Channel, Future, PlainFormat, To, at_most_one
from sqmy.errors import SqmyError

if TYPE_CHECKING:
    from sqmy.days import Day
    from sqmy.workspace.desk import Desk
    from sqmy.workspace.reconciled import Outcome
    from sqmy.workspace.reconciling import Pair

List = Annotated[
    Path, typer.Argument(parser=Path, metavar="文件", help="对方的采用清单，如市政协的采用通知")
]
Since = Annotated[str | None, typer.Option("--since", metavar="日期", help="核对从这一天起的采用")]
Until = Annotated[
    str | None, typer.Option("--until", metavar="日期", help="核对到这一天为止的采用")
]
Ours = Annotated[
    str | None,
    typer.Option("--unit", metavar="文字", help="只看清单里单位写有这几个字的行，如 云汀"),
]
Accept = Annotated[bool, typer.Option("--accept", help="把说得准的不同按对方的登记下来，成为一批")]
Reason = Annotated[
    str | None, typer.Option("--because", metavar="理由", help="改登的理由，记入台账")
]

_MANY = 20
"""Differences that are asked about one by one, at the most."""


def reconcile(
    ctx: typer.Context,
    file: List,
    *,
    channel: Channel,
    year: AnyYear = None,
    since: Since = None,
    until: Until = None,
    unit: Ours = None,
    answers: Map = None,
    accept: Accept = False,
    because: Reason = None,
    year_of: YearOf = None,
    undated_on: UndatedOn = None,
    future: Future = False,
    shown: PlainFormat = "table",
    to: To = None,
) -> None:
    """对方有台账没有的、台账有对方没有的、级别方式日期不同的，逐项列出，并说明怎么办。

    不写起止时，核对清单里最早和最晚的采用日期之间的。还有不同时，退出码是 1。

    示例：
      sqmy reconcile 市政协三季度采用通知.xlsx --channel 市政协
      sqmy reconcile 市政协2025年采用情况.xlsx --channel 市政协 --year 2025 --unit 云汀 --accept
      sqmy reconcile 采用通知.xlsx --channel 省政协 --to 核对.xlsx
    """
    from sqmy.cli.writing import deliver

    at_most_one({"--year": year, "--since": since})
    at_most_one({"--year": year, "--until": until})
    with open_for(ctx) as desk:
        work = _Work(desk, file, channel, answers)
        work.limit(year, since, until, unit)
        outcome = work.compared(year_of)
        if accept:
            outcome = work.accepted(outcome, because, undated_on, future=future)
        deliver(outcome.publication(), shown, to)
        told = work.proposed(outcome)
    if outcome.left:
        left = f"与{outcome.scope.channels[0]}的清单还有 {len(outcome.left)} 项不同。"
        raise SqmyError("\n".join([left, *told]))


class _Work:
    """One list, and what somebody decides about it."""

    def __init__(self, desk: "Desk", file: Path, channel: str, sheet: Path | None) -> None:
        from sqmy.workspace import answer_sheets
        from sqmy.workspace.answers import Answers

        self.desk = desk
        self.file = file
        self.channel = channel
        self.sheet = sheet
        self.answers = answer_sheets.read(sheet) if sheet and sheet.exists() else Answers()
        self.days: tuple[Day | None, Day | None] = (None, None)
        self.unit: str | None = None

    def limit(
        self, year: int | None, since: str | None, until: str | None, unit: str | None
    ) -> None:
        """Which adoptions are compared."""
        from sqmy.days import read_day

        self.unit = unit
        if year is not None:
            self.days = (f"{year}-01-01", f"{year}-12-31")
        else:
            self.days = (read_day(since) if since else None, read_day(until) if until else None)

    def compared(self, year_of: int | None) -> "Outcome":
        """The list beside the ledger; at a terminal doubtful titles are asked about."""
        from sqmy.cli.asking import somebody
        from sqmy.workspace.accepting import compare
        from sqmy.workspace.importing import settled

        beforehand = settled(year_of, None, number_by_year=False)

        def again() -> "Outcome":
            return compare(
                self.desk,
                self.file,
                self.channel,
                self.answers,
                beforehand,
                unit=self.unit,
                first=self.days[0],
                last=self.days[1],
            )

        outcome = again()
        if somebody() and outcome.doubts:
            from sqmy.cli.doubting import Doubting

            asking = Doubting(self.desk, self.answers, {"item": "台账没有这一条"})
            while asking.ask_all(outcome.doubts):
                outcome = again()
        return outcome

    def accepted(
        self, outcome: "Outcome", because: str | None, undated_on: str | None, *, future: bool
    ) -> "Outcome":
        """Record what is agreed: in a script all that is certain, at a terminal what is said."""
        from sqmy.cli.asking import somebody
        from sqmy.days import read_day
        from sqmy.workspace.accepting import ACCEPTED, accept

        wanted = [pair for pair in outcome.left if pair.kind in ACCEPTED]
        if somebody():
            wanted = _agreed_on(wanted)
        day = read_day(undated_on) if undated_on else None
        reason = because or f"按{outcome.scope.channels[0]}的清单核对（{outcome.file}）"
        return accept(self.desk, outcome, wanted, reason, day, future=future)

    def proposed(self, outcome: "Outcome") -> list[str]:
        """Write what is doubtful for somebody to decide, where a file is named and not there."""
        from sqmy.workspace import answer_sheets

        if self.sheet is None or not outcome.doubts or self.sheet.exists():
            return []
        rows = answer_sheets.write(self.sheet, outcome.doubts, self.desk.vocabulary)
        return [f"{rows} 个认不准的标题已写入 {self.sheet}。请填好“应是”一列，再执行一遍。"]


def _agreed_on(pairs: "list[Pair]") -> "list[Pair]":
    """Those that the clerk says yes to, one by one; a long list as a whole."""
    from sqmy.cli.conversation import agreed
    from sqmy.workspace.reconciled import situation

    if len(pairs) > _MANY:
        return pairs if agreed(f"{len(pairs)} 项都按对方的登记吗") else []
    kept = []
    for place, pair in enumerate(pairs, 1):
        number = pair.item.number if pair.item else ""
        say(f"{place}/{len(pairs)} {number}《{pair.item.title if pair.item else ''}》", err=True)
        say(f"  {situation(pair)}", err=True)
        if agreed("按对方的登记吗", default="是"):
            kept.append(pair)
    return kept
