"""The shell of the command line: help, usage errors, and what a start imports."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import pytest
import typer

import sqmy
from limits import python
from sqmy.cli import commands, main
from sqmy.cli.commands import Command, Group
from sqmy.cli.options import (
    Author,
    Future,
    Number,
    On,
    exactly_one,
)
from sqmy.text import display_width

Channel = Annotated[str, typer.Option("--channel", metavar="渠道", help="采用单位的名称")]
Leader = Annotated[
    str | None, typer.Option("--leader-who-wrote-the-words", metavar="领导姓名", help="批示的领导")
]
Files = Annotated[list[str], typer.Argument(metavar="文件", help="电子表格")]


def adopt(  # noqa: PLR0913 — one argument of each kind
    number: Number,
    *,
    channel: Channel,
    on: On = None,
    author: Author = None,
    count: Annotated[int, typer.Option("--count", metavar="数目", help="几次")] = 1,
    leader: Leader = None,
    future: Future = False,
) -> None:
    """采用是上级的决定。

    一条信息可以多次采用；同一渠道采用多次，计分时按计分办法取其一，各渠道可以累加，也
    可以就高不就低。今天以后的日期要加 --future
    sqmy 才肯登记。

    示例：
      sqmy adopt 2025-001 --channel 市政协 --on 2025-03-01

      sqmy adopt 2025-001 --channel 省政协    # 原样保留：空格不动，宽过八十列也不折行，到此为止
    """
    typer.echo(repr((number, channel, on, author, count, leader, future)))


def finding(
    number: Annotated[str | None, typer.Argument(metavar="编号", help="信息")] = None,
    member: Annotated[str | None, typer.Option("--member", metavar="姓名", help="人员")] = None,
    unit: Annotated[str | None, typer.Option("--unit", metavar="单位", help="单位")] = None,
) -> None:
    """认定是人的决定。"""
    exactly_one({"编号": number, "--member": member, "--unit": unit})
    typer.echo(number or member or unit)


def read(files: Files) -> None:
    """导入。"""
    typer.echo("|".join(files))


SAMPLE: commands.Contents = {
    "登记": {
        "adopt": Command(f"{__name__}:adopt", "登记采用"),
        "finding": Command(f"{__name__}:finding", "登记认定"),
    },
    "其他": {
        "read": Command(f"{__name__}:read", "从电子表格导入"),
        "unit": Group("报送单位", {"add": Command(f"{__name__}:read", "登记单位")}),
    },
}

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Carries out words with the sample commands: exit code, standard output and error."""
    monkeypatch.setattr(commands, "COMMANDS", SAMPLE)
    monkeypatch.delenv("SQMY_DEBUG", raising=False)

    def call(*words: str) -> tuple[int, str, str]:
        code = main(words)
        return code, *capsys.readouterr()

    return call


# Help


def test_a_help_page_is_laid_out_in_the_clerks_words(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert run("adopt", "--help") == (0, ADOPT_HELP, "")


ADOPT_HELP = """\
用法：sqmy adopt 编号 --channel 渠道 [选项]

说明：
  登记采用。
  采用是上级的决定。
  一条信息可以多次采用；同一渠道采用多次，计分时按计分办法取其一，各渠道可以累
  加，也可以就高不就低。今天以后的日期要加 --future sqmy 才肯登记。

参数：
  编号            信息的编号，如 2025-001

选项：
  --channel 渠道  采用单位的名称（必填）
  --on 日期       发生的日期，如 2025-03-01 或 2025年3月1日
  --author 姓名   作者；同名的写成「姓名（单位）」（可重复）
  --count 数目    几次（默认 1）
  --leader-who-wrote-the-words 领导姓名
                  批示的领导
  --future        允许日期在今天以后
  --help          显示本说明

示例：
  sqmy adopt 2025-001 --channel 市政协 --on 2025-03-01

  sqmy adopt 2025-001 --channel 省政协    # 原样保留：空格不动，宽过八十列也不折行，到此为止
"""


def test_lines_grow_with_the_terminal_up_to_120_columns(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = {}
    for columns in (80, 120, 200):
        monkeypatch.setenv("COLUMNS", str(columns))
        pages[columns] = run("adopt", "--help")[1]
    for columns, page in pages.items():
        lines = page.partition("示例：")[0].splitlines()
        assert max(map(display_width, lines)) < min(columns, 120)
    assert pages[80] != pages[120] == pages[200]


def test_help_without_typer_is_the_help_of_the_tree(run: Run) -> None:
    assert run("--help") == run("--ledger", "甲.db", "--help")


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"sqmy {sqmy.__version__}\n", "")


# Usage errors


@pytest.mark.parametrize(
    ("words", "message", "path"),
    [
        (["adpot"], "没有「adpot」这个命令。是不是 adopt？", ""),
        (["Adopt"], "没有「Adopt」这个命令。是不是 adopt？", ""),
        (["采用"], "没有「采用」这个命令。", ""),
        (["\x1b[31m采用"], "没有「�[31m采用」这个命令。", ""),
        (["——help"], "没有「——help」这个命令。选项要以两个半角减号 -- 开头。", ""),
        (["unit", "ad"], "没有「ad」这个命令。是不是 add？", " unit"),
        (["--ledge", "甲"], "没有「--ledge」这个选项。是不是 --ledger？", ""),
        (
            ["adopt", "1", "--chanel", "甲"],
            "没有「--chanel」这个选项。是不是 --channel？",
            " adopt",
        ),
        (["adopt", "1", "--xyz"], "没有「--xyz」这个选项。", " adopt"),
        (
            ["adopt", "-1"],
            "没有「-1」这个选项。参数本身以 - 开头时，请在它前面单独写一个 --。",
            " adopt",
        ),
        (
            ["adopt", "1", "--ledger", "甲.db"],
            "选项 --ledger 要写在命令前面：sqmy --ledger 台账 adopt …",
            " adopt",
        ),
        (["--ledger"], "选项 --ledger 后面缺少值，应写成 --ledger 台账。", ""),
        (
            ["adopt", "1", "--channel"],
            "选项 --channel 后面缺少值，应写成 --channel 渠道。",
            " adopt",
        ),
        (["adopt", "--future=1"], "选项 --future 不带值。", " adopt"),
        (["adopt", "--help=1"], "选项 --help 不带值。", " adopt"),
        (["adopt", "--channel", "甲"], "缺少参数：编号。", " adopt"),
        (["adopt", "1"], "缺少选项：--channel 渠道。", " adopt"),
        (["read"], "缺少参数：文件…。", " read"),
        (["unit", "add"], "缺少参数：文件…。", " unit add"),
        (["adopt", "1", "--channel", "甲", "乙", "丙"], "多余的参数：乙、丙。", " adopt"),
        (
            ["finding", "1", "——unit"],
            "多余的参数：——unit。选项要以两个半角减号 -- 开头。",
            " finding",
        ),
        (
            ["adopt", "1", "--channel", "甲", "--count", "x"],
            "选项 --count 数目 的值不对，应是整数。",
            " adopt",
        ),
        (["finding"], "缺少参数：编号、--member、--unit 要写其中一个。", " finding"),
        (
            ["finding", "1", "--unit", "甲"],
            "编号、--unit 不能同时用，请只留一个。",
            " finding",
        ),
    ],
)
def test_a_usage_error_says_what_and_where_to_read_on(
    words: list[str], message: str, path: str, run: Run
) -> None:
    assert run(*words) == (2, "", f"错误：{message}\n看用法：sqmy{path} --help\n")


# Words


def test_words_after_two_hyphens_are_arguments(run: Run) -> None:
    assert run("read", "--", "-1.xlsx", "--help") == (0, "-1.xlsx|--help\n", "")


def test_without_a_command_the_help_is_shown_as_an_error(run: Run) -> None:
    for path in ([], ["unit"], ["--as", "王五"]):
        code, out, errors = run(*path)
        name = " ".join(["sqmy", *(word for word in path if word == "unit")])
        assert (code, out) == (2, "")
        assert errors.startswith(f"用法：{name} [选项] 命令 …\n")
        assert errors.endswith(f"\n\n错误：缺少命令。\n看用法：{name} --help\n")


# What a start imports

NOUNS = {
    "noun_a": "def act() -> None:\n    '试。'\n",
    "noun_b": "def act() -> None:\n    '试。'\n",
}
START = """
import sys
from sqmy.cli import commands, main
from sqmy.cli.commands import Command, Group
commands.COMMANDS = {
    "": {"a": Command("noun_a:act", "甲"), "b": Group("乙", {"c": Command("noun_b:act", "丙")})}
}
code = main(sys.argv[1:])
watched = {"noun_a", "noun_b", "typer", "rich", "yaml", "pydantic", "sqlmodel", "openpyxl"}
print(code, *sorted(watched & set(sys.modules)), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("words", "imported"),
    [
        ("--help", "0"),
        ("--version", "0 typer"),
        ("b --help", "0 typer"),
        ("a", "0 noun_a typer"),
        ("b c --help", "0 noun_b typer"),
        ("b d", "2 typer"),
    ],
)
def test_only_the_module_of_the_command_is_imported(
    words: str, imported: str, tmp_path: Path
) -> None:
    for name, source in NOUNS.items():
        (tmp_path / f"{name}.py").write_text(source, encoding="utf-8")
    places = [str(tmp_path), str(Path(sqmy.__file__).parents[1])]
    done = subprocess.run(
        python("-X", "utf8", "-c", START, *words.split()),
        env=os.environ | {"PYTHONPATH": os.pathsep.join(places)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr.splitlines()[-1] == imported
