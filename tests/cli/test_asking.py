"""Asking: at a terminal a recording command asks for what it lacks, in a script it never does.

The clerk's answers are typed ahead, all at once, into the same questions that a terminal shows;
one test sits at a real terminal.
"""

import inspect
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import PipeInput, create_pipe_input
from prompt_toolkit.output.vt100 import Vt100_Output

from clerk import Clerk, Outcome, county, environment
from sqmy.cli import main, prompting
from sqmy.cli.commands import COMMANDS, Command, Group
from sqmy.cli.questions import GROUPS, QUESTIONS
from sqmy.days import add_days, today
from sqmy.workspace.choices import SOURCES

TODAY = today()
INTERRUPT, END = "\x03", "\x04"


class Terminal(io.StringIO):
    """A stream that says of itself that it is a terminal."""

    def isatty(self) -> bool:
        return True


class Seated:
    """A clerk at a terminal, who types answers ahead.

    Args:
        clerk: with a ledger.
        typed: where the answers are typed.
    """

    def __init__(self, clerk: Clerk, typed: PipeInput) -> None:
        self.clerk = clerk
        self.typed = typed

    def run(self, line: str, *answers: str, keys: str = "") -> Outcome:
        """Carry out a command; type the answers, each with Enter, and then these keys."""
        self.typed.send_text("".join(f"{answer}\r" for answer in answers) + keys)
        out, err = io.StringIO(), Terminal()
        with redirect_stdout(out), redirect_stderr(err):
            code = main(self.clerk.words(line))
        return Outcome(code, out.getvalue(), seen(err.getvalue()))

    def done(self, line: str, *answers: str) -> Outcome:
        """As `run`, of a command that must succeed."""
        outcome = self.run(line, *answers)
        assert outcome.code == 0, outcome
        return outcome

    def broken_off(self, line: str, *answers: str, keys: str = "") -> str:
        """What is said when nothing must have been written, for the clerk broke off."""
        before = self.clerk.head()
        outcome = self.run(line, *answers, keys=keys)
        assert (outcome.code, outcome.out) == (130, ""), outcome
        assert outcome.err.endswith("已中断，没有写入\n")
        assert self.clerk.head() == before
        return outcome.err


def seen(raw: str) -> str:
    """What of a terminal's input is to be seen, without what moves the cursor."""
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", raw).replace("\r", "")


@pytest.fixture
def seated(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Seated]:
    """A clerk of the small county, at a terminal of 80 columns."""
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(
        prompting, "create_output", lambda stream: Vt100_Output(stream, lambda: Size(24, 80))
    )
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("CI", raising=False)
    with create_pipe_input() as typed, create_app_session(input=typed):
        yield Seated(clerk, typed)


# What is asked for, and what comes of it: the same as of the whole command line

CONVERSATIONS = [
    (
        "submit",
        ["关于停电的建议", "杜若", "白芷（社法委）", "", "2025年3月1日", ""],
        "submit 关于停电的建议 --author 杜若 --author 白芷（社法委） --on 2025-03-01",
    ),
    (
        "submit 关于停电的建议 --on 2025-03-01",
        ["", "提案委", "社法", "", "是"],
        "submit 关于停电的建议 --unit 提案委 --unit 社法委 --on 2025-03-01",
    ),
    ("submit 关于停电的建议 --unit 提案委", ["", ""], f"submit 关于停电的建议 --unit 提案委 --on {TODAY}"),
    (
        "amend",
        ["河道", "标题", "（修订）", "单位", "社法委", "", "署名", "单位", "", "漏了", "y"],
        "amend 2025-002 --title 关于整治河道的建议（修订） --unit 社法委 --signed-by-unit"
        " --because 漏了",
    ),
    (
        "amend 2025-002 --because 改日期",
        ["日", "2025-05-09", "", ""],
        "amend 2025-002 --on 2025-05-09 --because 改日期",
    ),
    (
        "review",
        ["2025-001", "中心", "通过", "2025.3.2", ""],
        "review 2025-001 --stage 中心筛选 --verdict 通过 --on 2025-03-02",
    ),
    ("forward 2025-001", ["省", "", ""], f"forward 2025-001 --channel 省政协 --on {TODAY}"),
    (
        "adopt",
        ["食堂", "市政协", "", "2025-04-01", ""],
        "adopt 2025-001 --channel 市政协 --on 2025-04-01",
    ),
    (
        "adopt --channel 市政协 --on 2025-04-01",
        ["２０２５－００１", "综合", "是"],
        "adopt 2025-001 --channel 市政协 --form 综合 --on 2025-04-01",
    ),
    (
        "instruct",
        ["2025-001", "省级", "某省长", "2025-05-01", "YES"],
        "instruct 2025-001 --rank 省级领导 --leader 某省长 --on 2025-05-01",
    ),
    (
        "instruct 2025-001 --rank 省级领导",
        ["", "2025-05-01", ""],
        "instruct 2025-001 --rank 省级领导 --on 2025-05-01",
    ),
    (
        "finding",
        ["编号", "停车", "报刊", "2025-07-01", "与某报雷同", ""],
        "finding 2025-003 --kind 报刊抄袭 --on 2025-07-01 --grounds 与某报雷同",
    ),
    (
        "finding --kind 报刊抄袭 --on 2025-07-01",
        ["姓", "白芷（民盟支部）", "与某报雷同", ""],
        "finding --member 白芷（民盟支部） --kind 报刊抄袭 --on 2025-07-01 --grounds 与某报雷同",
    ),
    ("void", ["F20", "重复", ""], "void F20 --because 重复"),
    ("void 2025-003", ["重复", ""], "void 2025-003 --because 重复"),
    ("void --because 登记错了", ["F3", "是", ""], "void F3 --because 登记错了 --with-dependents"),
    (
        "unit add",
        ["文史委", "委室", "第一序列", ""],
        "unit add 文史委 --kind 委室 --peer-group 第一序列",
    ),
    ("unit add 文史委", ["委室", "", ""], "unit add 文史委 --kind 委室"),
    (
        "unit set",
        ["民盟", "2025.7.1", "类别", "其他", "参评", "否", "", ""],
        "unit set 民盟支部 --from 2025-07-01 --kind 其他 --not-assessed",
    ),
    (
        "unit set 提案委 --from 2025年7月1日",
        ["名称", "提案委", "考评", "第三序列", "", ""],
        "unit set 提案委 --from 2025-07-01 --name 提案委 --peer-group 第三序列",
    ),
    (
        "member add",
        ["丁香", "社法委", "常委", "2025-01-01", ""],
        "member add 丁香 --unit 社法委 --role 常委 --since 2025-01-01",
    ),
    ("member add 丁香 --unit 社法委", ["常委", "", ""], "member add 丁香 --unit 社法委 --role 常委"),
    ("member appoint 杜若", ["特邀", "", ""], "member appoint 杜若 --role 特邀信息员"),
    (
        "member end",
        ["杜", "委员", "2025-06-30", ""],
        "member end 杜若 --role 委员 --on 2025-06-30",
    ),
    (
        "member move",
        ["杜", "社法委", "2025-07-01", ""],
        "member move 杜若 --unit 社法委 --on 2025-07-01",
    ),
]


@pytest.mark.parametrize(("line", "answers", "whole"), CONVERSATIONS)
def test_what_is_lacking_is_asked_for(
    line: str, answers: list[str], whole: str, seated: Seated, template: Path, tmp_path: Path
) -> None:
    (tmp_path / "另").mkdir()
    other = county(template, tmp_path / "另")
    outcome = seated.done(line, *answers)
    said = other.do(whole)
    assert outcome.out == said.replace("杜若 没有", "杜若 没有")
    assert sorted(told(other)) == sorted(told(seated.clerk))
    assert "将记录：" in outcome.err or "将撤销 F" in outcome.err
    assert "写入台账吗（是/否）：" in outcome.err


def told(clerk: Clerk) -> list[str]:
    """Every fact of a ledger in words."""
    return [line.partition(" ")[2] for line in clerk.do("log --last 0").splitlines()[3:]]


def test_what_is_shown_before_is_what_is_recorded(seated: Seated) -> None:
    outcome = seated.done("adopt", "2025-001", "市政协", "", "2025-04-01", "")
    fact, effect = outcome.out.splitlines()
    shown = fact.replace("已记录 F22：", "将记录：")
    assert f"{shown}\n{effect}\n" in outcome.err
    assert "  按六(二)2：杜若 +5，提案委员会 +5。" in effect


def test_a_body_is_asked_for_by_its_file(seated: Seated, tmp_path: Path) -> None:
    (tmp_path / "正文.txt").write_text("食堂已经不够用。", encoding="utf-8")
    outcome = seated.done(
        "amend 2025-001", "正文", str(tmp_path / "没有.txt"), str(tmp_path / "正文.txt"), "", "补", ""
    )
    assert "没有.txt" in outcome.err
    assert "正文 8 字：食堂已经不够用。" in seated.clerk.do("show 2025-001")


def test_what_is_complete_is_not_asked_about(seated: Seated) -> None:
    outcome = seated.done("adopt 2025-001 --channel 市政协 --on 2025-04-01")
    assert outcome.err == ""
    assert "已记录 F22" in outcome.out


# What is answered wrong is asked again


@pytest.mark.parametrize(
    ("line", "answers", "told"),
    [
        (
            "forward 2025-001 --channel 市政协",
            ["3月1日", "25.3.1", "2025-02-30", "2025-03-05", ""],
            [
                "日期「3月1日」缺年份。请写成 2025-03-01 或 2025年3月1日。",
                "日期「25.3.1」年份只有两位。",
                "日期「2025-02-30」不存在：2025 年 2 月没有 30 日，请核对。",
            ],
        ),
        (
            "forward --on 2025-03-05",
            ["2025-999", "", "建议", "2025-001", "团市委", "政协", "市政协", ""],
            [
                "没有编号「2025-999」的信息。",
                "编号不能为空。",
                "对得上「建议」的不止一个：2025-003、2025-002、2025-001。请接着写，或从列表里选。",
                "没有渠道「团市委」。",
                "对得上「政协」的不止一个：县政协、市政协、省政协、全国政协。",
            ],
        ),
        (
            "review 2025-001 --stage 中心筛选 --on 2025-03-02",
            ["采用", "好", "退回", "也许", ""],
            ["  即 不采用", "写入台账吗", "写入台账吗"],
        ),
        (
            "member appoint",
            ["白芷", "白芷（社法委）", "主席", "委员", "", "2025-01-01", ""],
            [
                "姓名「白芷」不止一个：白芷（民盟支部） F10、白芷（社法委） F13。",
                "没有身份「主席」。",
            ],
        ),
        (
            "void --because 重复",
            ["F99", "F1", "F21", ""],
            ["台账里没有 F99。", "F1 不能撤销：计分办法不能撤销。"],
        ),
        (
            "void 2025-001 --because 撤稿",
            [],
            [],
        ),
        (
            "finding --kind 报刊抄袭 --on 2025-07-01 --grounds 甲",
            ["领导", "单位", "提案委", ""],
            ["请从这些当中选一个：编号、姓名、单位。"],
        ),
    ],
)
def test_a_wrong_answer_is_told_and_asked_again(
    line: str, answers: list[str], told: list[str], seated: Seated
) -> None:
    err = seated.done(line, *answers).err
    assert re.search(".*".join(map(re.escape, told)), err, re.DOTALL), err
