"""Asking: at a terminal a recording command asks for what it lacks, in a script it never does.

The clerk's answers are typed ahead, all at once, into the same questions that a terminal shows;
one test sits at a real terminal.
"""

import inspect
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from clerk import Clerk, Outcome, county, environment
from limits import python
from sqmy.cli.commands import COMMANDS, Command, Group
from sqmy.cli.questions import GROUPS, QUESTIONS
from sqmy.days import add_days, today
from sqmy.workspace.choices import SOURCES
from terminal import DOWN, END, INTERRUPT, AtTerminal, Seated

TODAY = today()


@pytest.fixture
def seated(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> Seated:
    """A clerk of the small county, at a terminal."""
    return Seated(clerk, monkeypatch)


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
    (
        "submit 关于停电的建议 --unit 提案委",
        ["", ""],
        f"submit 关于停电的建议 --unit 提案委 --on {TODAY}",
    ),
    (
        "amend",
        ["河道", "标题", "（续）", "", "笔误", ""],
        "amend 2025-002 --title 关于整治河道的建议（续） --because 笔误",
    ),
    (
        "amend 2025-002",
        ["单位", "社法委", "", "署名", "单位", "", "漏了", "y"],
        "amend 2025-002 --unit 社法委 --signed-by-unit --because 漏了",
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
    (
        "member add 丁香 --unit 社法委",
        ["常委", "", ""],
        "member add 丁香 --unit 社法委 --role 常委",
    ),
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


@pytest.fixture
def other(template: Path, tmp_path: Path) -> Clerk:
    """A clerk with another copy of the small county."""
    (tmp_path / "另").mkdir()
    return county(template, tmp_path / "另")


@pytest.mark.parametrize(("line", "answers", "whole"), CONVERSATIONS)
def test_what_is_lacking_is_asked_for(
    line: str, answers: list[str], whole: str, seated: Seated, other: Clerk
) -> None:
    outcome = seated.done(line, *answers)
    assert outcome.out == other.do(whole)
    assert told(seated.clerk) == told(other)
    assert "将记录：" in outcome.err or "将撤销 F" in outcome.err
    assert "写入台账吗（是/否）：" in outcome.err


def told(clerk: Clerk) -> list[str]:
    """Every fact of a ledger in words."""
    return [entry["sentence"] for entry in json.loads(clerk.do("log --last 0 --format json"))]


def test_what_is_shown_before_is_what_is_recorded(seated: Seated) -> None:
    outcome = seated.done("adopt", "2025-001", "市政协", "", "2025-04-01", "")
    fact, effect = outcome.out.splitlines()
    shown = fact.replace("已记录 F22：", "将记录：")
    assert f"{shown}\n{effect}\n" in outcome.err
    assert "  按六(二)2：杜若 +5，提案委员会 +5。" in effect


def test_a_body_is_asked_for_by_its_file(seated: Seated, tmp_path: Path) -> None:
    (tmp_path / "正文.txt").write_text("食堂已经不够用。", encoding="utf-8")
    outcome = seated.done(
        "amend 2025-001",
        "正文",
        str(tmp_path / "没有.txt"),
        str(tmp_path / "正文.txt"),
        "",
        "补",
        "",
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
            ["采用", "好", "也许", ""],
            ["  即 不采用", "请回答 是 或 否。", "请回答 是 或 否。"],
        ),
        (
            "member appoint",
            ["白芷", "白芷（社法委）", "主席", "常委", "", ""],
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


def test_what_the_ledger_refuses_is_answered_anew(seated: Seated) -> None:
    early, late = "2025-02-01", "2025-04-01"
    outcome = seated.done("adopt", "食堂", "市政协", "", early, "", "", "", late, "")
    assert f"采用日期 {early} 早于 2025-001 的报送日期 2025-03-01" in outcome.err
    assert "请重新回答，或按 Ctrl-C 作罢。\n" in outcome.err
    assert f"2025-001《关于增设老年食堂的建议》{late} 被市政协单篇采用" in outcome.out


def test_a_day_to_come_is_answered_anew(seated: Seated) -> None:
    tomorrow = add_days(TODAY, 1)
    outcome = seated.done("forward 2025-001 --channel 市政协", tomorrow, TODAY, "")
    assert f"{tomorrow} 在今天（{TODAY}）之后" in outcome.err
    assert f"{TODAY} 上报市政协" in outcome.out
    assert (
        f"{tomorrow} 上报"
        in seated.done("forward 2025-001 --channel 市政协 --future", tomorrow, "").out
    )


@pytest.mark.parametrize("character", ["\x07", "\x1b[31m", "\x9b"], ids=ascii)
def test_control_characters_are_refused(character: str, seated: Seated) -> None:
    pasted = f"\x1b[200~甲{character}乙\x1b[201~"
    outcome = seated.done("submit --unit 提案委 --on 2025-03-01", pasted, "甲乙", "")
    assert "标题的第 2 个字是看不见的控制字符" in outcome.err
    assert character not in outcome.err
    assert "2025-004《甲乙》" in outcome.out


# What stands on the command line is looked at first


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("adopt 2025-999", "没有编号「2025-999」的信息。"),
        ("adopt --channel 团市委", "没有渠道「团市委」。"),
        ("forward 2025-001 --on 3月1日", "日期「3月1日」缺年份。"),
        ("submit --author 杜若 --author 白芷", "姓名「白芷」不止一个"),
        ("finding --member 某人", "没有人员「某人」。"),
        ("void F99", "台账里没有 F99。"),
        ("member add 丁香 --unit 团委", "没有单位「团委」。"),
    ],
)
def test_what_is_given_wrong_is_refused_at_once(line: str, told: str, seated: Seated) -> None:
    outcome = seated.run(line)
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err.startswith("错误：")
    assert told in outcome.err
    assert "？" not in outcome.err


def test_without_a_ledger_nothing_is_asked(seated: Seated) -> None:
    seated.clerk.ledger.unlink()
    outcome = seated.run("adopt")
    assert outcome.code == 3
    assert outcome.err.startswith("错误：没有台账：")


# Breaking off

ADOPT = ["2025-001", "市政协", "", "2025-04-01"]


@pytest.mark.parametrize("key", [INTERRUPT, END], ids=["Ctrl-C", "end"])
@pytest.mark.parametrize("answered", range(len(ADOPT) + 1))
def test_the_clerk_can_break_off_at_any_question(answered: int, key: str, seated: Seated) -> None:
    err = seated.broken_off("adopt", *ADOPT[:answered], keys=key)
    assert "写入台账吗（是/否）： 是\n已中断" not in err


def test_what_is_not_wanted_is_not_written(seated: Seated) -> None:
    for no in ("否", "n", "No"):
        assert "将记录：2025-001《" in seated.broken_off("adopt", *ADOPT, no)


def test_what_rests_on_a_fact_is_not_voided_by_the_way(seated: Seated) -> None:
    seated.clerk.do("adopt 2025-001 --channel 市政协 --on 2025-04-01")
    err = seated.broken_off("void 2025-001", "", "否")
    assert "2025-001 之上还有 1 项事实" in err
    assert "  F22：2025-001《关于增设老年食堂的建议》2025-04-01 被市政协单篇采用\n" in err
    assert "--with-dependents" not in err
    outcome = seated.done("void 2025-001", "是", "撤稿", "")
    for fact in ("F19", "F22"):
        assert f"将撤销 {fact}（" in outcome.err
        assert f"已撤销 {fact}（" in outcome.out
    assert "  按六(二)2：杜若 -5" in outcome.err


# Nobody to ask


@pytest.mark.parametrize("lacks", ["stdin", "stderr", "CI", "TERM"])
def test_in_a_script_nothing_is_asked(
    lacks: str, seated: Seated, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "错误：缺少参数：编号。\n看用法：sqmy adopt --help\n"
    if lacks == "stdin":
        monkeypatch.setattr(sys, "stdin", io.StringIO())
    elif lacks == "stderr":
        assert seated.clerk.run("adopt") == Outcome(2, "", told)
        return
    else:
        monkeypatch.setenv(lacks, "dumb")
    assert seated.run("adopt", keys="") == Outcome(2, "", told)


def test_at_a_terminal_the_help_still_says_what_is_needed(seated: Seated) -> None:
    page = seated.done("adopt --help").out
    assert page.startswith("用法：sqmy adopt 编号 --channel 渠道 --on 日期 [选项]\n")
    assert page == seated.clerk.do("adopt --help")


def test_at_a_terminal_the_shape_of_a_line_still_matters(seated: Seated) -> None:
    assert seated.run("adopt 2025-001 多余").code == 2
    assert seated.run("adopt --channel").code == 2


ONLY_WHEN_ASKING = """
import io, sys
class Terminal(io.StringIO):
    def isatty(self): return True
sys.stdin = Terminal()
err, sys.stderr = sys.stderr, Terminal()
from sqmy.cli import main
code = main(sys.argv[1:])
print(code, *sorted({"questionary", "prompt_toolkit", "asyncio"} & set(sys.modules)), file=err)
"""


def test_a_command_that_does_not_ask_does_not_pay_for_it(clerk: Clerk) -> None:
    words = clerk.words("adopt 2025-001 --channel 市政协 --on 2025-04-01")
    done = subprocess.run(
        python("-X", "utf8", "-c", ONLY_WHEN_ASKING, *words),
        env=environment() | {"TERM": "xterm", "CI": ""},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stderr == "0\n"


# Words


@pytest.mark.parametrize(("line", "answers"), [(line, said) for line, said, _ in CONVERSATIONS])
def test_every_word_to_be_seen_is_chinese(line: str, answers: list[str], seated: Seated) -> None:
    err = seated.done(line, *answers).err
    for answer in filter(None, answers):
        err = err.replace(answer, "")
    latin = set(re.findall("[A-Za-z]{2,}", err))
    assert latin <= {"txt", "docx"}


def searching_keys() -> str:
    """Keys by which a prompt of this kind would search its history or count."""
    return "\x12\x13" + "".join(f"\x1b{digit}" for digit in "-0123456789")


def test_keys_that_would_show_english_do_nothing(seated: Seated) -> None:
    outcome = seated.run("submit --unit 提案委 --on 2025-03-01", keys=f"{searching_keys()}甲\r\r")
    assert "2025-004《甲》" in outcome.out
    assert not re.search("[A-Za-z]{2,}", outcome.err)


# The table


def commands() -> Iterator[Command]:
    """Every command that asks."""
    for part in COMMANDS.values():
        for entry in part.values():
            within = entry.commands.values() if isinstance(entry, Group) else [entry]
            yield from (command for command in within if command.asks)


@pytest.mark.parametrize("command", list(commands()), ids=lambda command: command.function)
def test_what_a_command_asks_for_is_its_own(command: Command) -> None:
    module, function = command.function.split(":")
    params = inspect.signature(getattr(import_module(module), function)).parameters
    for name in command.asks:
        asked = GROUPS[name].names if name in GROUPS else (name,)
        assert set(asked) <= set(params)
        assert name == "with_dependents" or set(asked) <= set(QUESTIONS)


def test_every_question_is_asked_and_can_be_searched() -> None:
    asked = {name for command in commands() for name in command.asks}
    grouped = {name for group in GROUPS.values() for name in group.names}
    assert set(GROUPS) <= asked
    assert set(QUESTIONS) == (asked | grouped) - set(GROUPS) - {"with_dependents"}
    searched = {question.source for question in QUESTIONS.values()} - {""}
    assert searched | {"attachments"} == set(SOURCES)  # which are read, and so not asked for


# A terminal

WHERE_IS_THE_CURSOR = b"\x1b[6n"
"""What no terminal is asked: one that does not answer would be told so in English."""


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are POSIX")
def test_a_conversation_at_a_real_terminal(clerk: Clerk) -> None:
    with AtTerminal(clerk.words("submit")) as terminal:
        terminal.sees("标题：").types("关于停电的建议\r")
        terminal.sees("作者：", "杜若（提案委员会）", "白芷（社法委）", "驻市政协委员").types("白")
        terminal.sees("民盟支部").types(f"{DOWN}{DOWN}\r")  # the second of two
        terminal.sees("还有作者吗：").types("\r")
        terminal.sees("日期：", f"回车即 {TODAY}").types("3月1日\r")
        terminal.sees("缺年份").types("2025年3月1日\r")
        terminal.sees("将记录：2025-004《关于停电的建议》2025-03-01 报送", "写入台账吗").types("\r")
        terminal.sees("已记录 F22：2025-004《关于停电的建议》")
    assert terminal.code == 0
    assert WHERE_IS_THE_CURSOR not in terminal.drawn
    assert "作者 白芷，报送单位 社法委" in clerk.do("log F22")


@pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are POSIX")
def test_breaking_off_at_a_real_terminal(clerk: Clerk) -> None:
    before = clerk.head()
    with AtTerminal(clerk.words("adopt 2025-001")) as terminal:
        terminal.sees("渠道：", "市政协").types("市\x03")
        terminal.sees("已中断，没有写入")
    assert terminal.code == 130
    assert clerk.head() == before
