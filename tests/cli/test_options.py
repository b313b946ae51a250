"""The shared options: what they take, what they refuse, and what arrives."""

from collections.abc import Callable

import pytest
import typer

from sqmy.cli import commands, main
from sqmy.cli.commands import Command
from sqmy.cli.options import (
    AnyYear,
    AsOf,
    Author,
    Because,
    Format,
    Future,
    Number,
    On,
    PlainFormat,
    Set,
    To,
    UnitOption,
    Year,
    at_most_one,
    attributes,
    exactly_one,
)
from sqmy.errors import UsageError


def amend(  # noqa: PLR0913 — the options that record
    ctx: typer.Context,
    number: Number,
    *,
    because: Because,
    on: On = None,
    author: Author = None,
    unit: UnitOption = None,
    set_: Set = None,
    future: Future = False,
) -> None:
    """如上。"""
    typer.echo(repr((*ctx.obj, number, because, on, author, unit, attributes(set_), future)))


def score(year: Year, to: To = None, as_of: AsOf = None, show: Format = "table") -> None:
    """如上。"""
    typer.echo(repr((year, to and to.suffix, as_of, show)))


def items(year: AnyYear = None, show: PlainFormat = "table") -> None:
    """如上。"""
    typer.echo(repr((year, show)))


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Carries out words with the commands above: exit code, standard output and error."""
    sample = {
        name: Command(f"{__name__}:{function.__name__}", "如上")
        for name, function in {"amend": amend, "score": score, "list": items}.items()
    }
    monkeypatch.setattr(commands, "COMMANDS", {"": sample})

    def call(*words: str) -> tuple[int, str, str]:
        code = main(words)
        return code, *capsys.readouterr()

    return call


def test_what_is_not_given_is_none(run: Run) -> None:
    values = (None, None, "1", "笔误", None, None, None, {}, False)
    assert run("amend", "1", "--because", "笔误") == (0, f"{values!r}\n", "")
    assert run("list") == (0, "(None, 'table')\n", "")


def test_everything_given_arrives(run: Run) -> None:
    words = ["--ledger", "甲.db", "--as", "王五", "amend", "--author", "张三", "2025-001"]
    words += ["--author", "李四（团委）", "--unit", "团委", "--because", "笔误", "--future"]
    words += ["--set", "体裁 = 建议", "--set", "题词＝a=b", "--on", "3月"]
    values = ("甲.db", "王五", "2025-001", "笔误", "3月", ["张三", "李四（团委）"], ["团委"])
    values += ({"体裁": "建议", "题词": "a=b"}, True)
    assert run(*words) == (0, f"{values!r}\n", "")
    words = ["score", "--year", "2025", "--to", "得分.xlsx", "--as-of", "昨天", "--format", "CSV"]
    assert run(*words) == (0, "(2025, '.xlsx', '昨天', 'csv')\n", "")


@pytest.mark.parametrize("given", ["2025", "２０２５", " 2025年 "])
def test_a_year_is_read(given: str, run: Run) -> None:
    assert run("list", "--year", given) == (0, "(2025, 'table')\n", "")


@pytest.mark.parametrize("given", ["x", "", "25", "02025", "20250", "1899", "2200", "二〇二五"])
def test_what_is_no_year_is_refused(given: str, run: Run) -> None:
    told = (
        f"错误：--year 的值「{given}」不是年份。"
        "请写 1900 至 2199 之间的四位数字，如 --year 2025。\n"
        "看用法：sqmy score --help\n"
    )
    assert run("score", "--year", given) == (2, "", told)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["score"], "缺少选项：--year 年份。"),
        (
            ["score", "--year", "2025", "--format", "xml"],
            "--format 的值「xml」不对，可以是 table、json、csv。",
        ),
        (["list", "--format", "csv"], "--format 的值「csv」不对，可以是 table、json。"),
        (["amend", "1"], "缺少选项：--because 理由。"),
        (
            ["amend", "1", "--because", "笔误", "--set", "体裁"],
            "--set 的值「体裁」写法不对，应写成 --set 名称=值。",
        ),
        (
            ["amend", "1", "--because", "笔误", "--set", " =建议"],
            "--set 的值「 =建议」写法不对，应写成 --set 名称=值。",
        ),
        (
            ["amend", "1", "--because", "笔误", "--set", "甲=1", "--set", "甲=2"],
            "--set 甲 写了两次，请只留一个。",
        ),
    ],
)
def test_what_is_refused(words: list[str], told: str, run: Run) -> None:
    assert run(*words) == (2, "", f"错误：{told}\n看用法：sqmy {words[0]} --help\n")


def test_options_that_exclude_one_another() -> None:
    at_most_one({"--month": None, "--quarter": "", "--annual": False})
    at_most_one({"--month": "3", "--quarter": None, "--annual": False})
    exactly_one({"编号": None, "--unit": ["团委"]})
    with pytest.raises(UsageError, match=r"^--month、--annual 不能同时用，请只留一个。$"):
        at_most_one({"--month": "3", "--quarter": None, "--annual": True})
    with pytest.raises(UsageError, match=r"^编号、--unit 不能同时用，请只留一个。$"):
        exactly_one({"编号": "1", "--unit": ["团委"]})
    with pytest.raises(UsageError, match=r"^缺少参数：编号、--unit 要写其中一个。$"):
        exactly_one({"编号": None, "--unit": None})
