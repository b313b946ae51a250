"""The options that several commands share, each declared once.

Numbers and choices come as text and are read here, because Typer's own refusals are English.
What must be looked up (names, channels, days) stays text for the layer that knows it.

A repeatable option is None when it was not given. An option here says in its type whether a
command may leave it out: `on: On = None`, but `year: Year`.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Literal, NamedTuple

import typer

from sqmy.cli import completing
from sqmy.errors import UsageError
from sqmy.terms import AUDIENCES, Audience


class Session(NamedTuple):
    """What stands before the command, for `ctx.obj`.

    Attributes:
        ledger: path or address as given with `--ledger`; None to look in the usual places.
        operator: who records, as given with `--as`; None to ask the environment.
    """

    ledger: str | None
    operator: str | None


class Attribute(NamedTuple):
    """One `--set KEY=VALUE`: an attribute that the rulebook declares, with its value."""

    name: str
    value: str


def read_year(given: str, option: str = "--year") -> int:
    """The year that `2025`, `２０２５` or `2025年` names.

    Raises:
        UsageError: for anything else, given to that option.
    """
    from sqmy.days import EARLIEST_YEAR, LATEST_YEAR

    digits = re.fullmatch(r"\s*(\d{4})年?\s*", unicodedata.normalize("NFKC", given), re.ASCII)
    if digits and EARLIEST_YEAR <= int(digits[1]) <= LATEST_YEAR:
        return int(digits[1])
    raise UsageError(
        f"{option} 的值「{given}」不是年份。请写 {EARLIEST_YEAR} 至 {LATEST_YEAR} 之间的"
        f"四位数字，如 {option} 2025。"
    )


def read_attribute(given: str) -> Attribute:
    """The attribute that `体裁=建议` sets; the sign may be a full-width one.

    Raises:
        UsageError: when the sign or the name before it is missing.
    """
    name, *value = re.split("[=＝]", given, maxsplit=1)
    if not value or not name.strip():
        raise UsageError(f"--set 的值「{given}」写法不对，应写成 --set 名称=值。")
    return Attribute(name.strip(), value[0].strip())


def attributes(given: Sequence[Attribute] | None) -> dict[str, str]:
    """The values of all `--set` by name.

    Raises:
        UsageError: when a name is set twice.
    """
    values: dict[str, str] = {}
    for name, value in given or ():
        if name in values:
            raise UsageError(f"--set {name} 写了两次，请只留一个。")
        values[name] = value
    return values


def at_most_one(given: Mapping[str, object]) -> None:
    """Refuses options that exclude one another; `given` maps their names to their values.

    A value that is None, False or empty counts as not given.

    Raises:
        UsageError: when two or more were given.
    """
    names = [name for name, value in given.items() if value]
    if len(names) > 1:
        raise UsageError(f"{'、'.join(names)} 不能同时用，请只留一个。")


def exactly_one(given: Mapping[str, object]) -> None:
    """As `at_most_one`, and refuses the lack of all of them.

    Raises:
        UsageError: when none, or two or more, were given.
    """
    at_most_one(given)
    if not any(given.values()):
        raise UsageError(f"缺少参数：{'、'.join(given)} 要写其中一个。")


def _choice(flag: str, metavar: str, told: str, allowed: Sequence[str]) -> object:
    """An option that takes one of a few words."""

    def read(given: str) -> str:
        folded = unicodedata.normalize("NFKC", given).strip().lower()
        if folded not in allowed:
            raise UsageError(f"{flag} 的值「{given}」不对，可以是 {'、'.join(allowed)}。")
        return folded

    return typer.Option(
        flag, parser=read, metavar=metavar, help=told, autocompletion=lambda: list(allowed)
    )


def _format(*allowed: str) -> object:
    """`--format`, with these values."""
    return _choice("--format", "格式", f"显示的格式：{'、'.join(allowed)}", allowed)


_YEAR = typer.Option("--year", parser=read_year, metavar="年份", help="计分年度，如 2025")

Number = Annotated[
    str,
    typer.Argument(metavar="编号", help="信息的编号，如 2025-001", autocompletion=completing.items),
]
Year = Annotated[int, _YEAR]
AnyYear = Annotated[int | None, _YEAR]
Quarter = Annotated[str | None, typer.Option("--quarter", metavar="季度", help="第几季度，1 至 4")]
On = Annotated[
    str | None,
    typer.Option("--on", metavar="日期", help="发生的日期，如 2025-03-01 或 2025年3月1日"),
]
AsOf = Annotated[
    str | None,
    typer.Option("--as-of", metavar="日期", help="截至哪一天来看，如 2025-06-30；不写时为今天"),
]
Future = Annotated[bool, typer.Option("--future", help="允许日期在今天以后")]
Because = Annotated[str, typer.Option("--because", metavar="理由", help="为什么，记入台账")]
Author = Annotated[
    list[str] | None,
    typer.Option(
        "--author",
        metavar="姓名",
        help="作者；同名的写成「姓名（单位）」",
        autocompletion=completing.members,
    ),
]
UnitOption = Annotated[
    list[str] | None,
    typer.Option(
        "--unit", metavar="单位", help="报送单位的名称或简称", autocompletion=completing.units
    ),
]
Channel = Annotated[
    str,
    typer.Option(
        "--channel",
        metavar="渠道",
        help="采用或上报的单位，如 市政协",
        autocompletion=completing.channels,
    ),
]
Stage = Annotated[
    str,
    typer.Option(
        "--stage", metavar="环节", help="审核环节，如 中心筛选", autocompletion=completing.stages
    ),
]
Verdict = Annotated[
    str,
    typer.Option(
        "--verdict", metavar="结论", help="通过、退回或不采用", autocompletion=completing.verdicts
    ),
]
Form = Annotated[
    str | None,
    typer.Option(
        "--form",
        metavar="方式",
        help="单篇、综合或转送，或计分办法另外规定的；不写时是第一种",
        autocompletion=completing.forms,
    ),
]
Rank = Annotated[
    str,
    typer.Option(
        "--rank",
        metavar="级别",
        help="领导级别，如 市委市政府主要领导",
        autocompletion=completing.ranks,
    ),
]
FindingKind = Annotated[
    str,
    typer.Option(
        "--kind",
        metavar="类型",
        help="认定类型，如 报刊抄袭",
        autocompletion=completing.finding_kinds,
    ),
]
Set = Annotated[
    list[Attribute] | None,
    typer.Option(
        "--set",
        parser=read_attribute,
        metavar="名称=值",
        help="计分办法规定的附加项，如 体裁=调研；可以写几个",
    ),
]
Format = Annotated[Literal["table", "json", "csv"], _format("table", "json", "csv")]
PlainFormat = Annotated[Literal["table", "json"], _format("table", "json")]
ForAudience = Annotated[
    Audience,
    _choice(
        "--audience",
        "对象",
        "给谁看："
        + "、".join(f"{name}（{told}）" for name, told in AUDIENCES.items())
        + "；不给看的略去，并说明略去了什么",
        tuple(AUDIENCES),
    ),
]
To = Annotated[
    Path | None,
    typer.Option("--to", parser=Path, metavar="文件", help="写入文件，格式由后缀决定"),
]


def read_count(option: str, given: str) -> int:
    """The count that an option was given.

    Raises:
        UsageError: for anything but digits.
    """
    folded = unicodedata.normalize("NFKC", given).strip()
    if not folded.isascii() or not folded.isdigit() or len(folded) > 9:  # noqa: PLR2004
        raise UsageError(f"{option} 的值「{given}」不是个数。请写数字，如 {option} 20。")
    return int(folded)
