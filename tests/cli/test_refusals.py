"""What is refused: a Chinese message, its exit code, the ledger as it was.

The plainest refusals stand in `refusals.txt`, with the words that each must say. Ledgers,
rulebooks and other files that are not what they should be: `test_bad_files.py`.
"""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import pytest

from clerk import Clerk, environment, refusals, says
from limits import python
from sqmy.days import add_days, today

SUBMIT = "submit 关于停电的建议 --on 2025-03-01"
ADOPT = "adopt 2025-001 --channel 市政协 --on 2025-04-01"


@pytest.mark.parametrize(("line", "words"), refusals(Path(__file__).parent / "refusals.txt"))
def test_what_cannot_be_done(line: str, words: str, clerk: Clerk) -> None:
    told = clerk.refused(line)
    assert says(told, words), told
    assert told.endswith("。\n")


@pytest.mark.parametrize(
    ("line", "more", "told"),
    [
        ("submit --unit 提案委 --on 2025-03-01", [""], "标题不能为空"),
        ("submit --unit 提案委 --on 2025-03-01", [" 　\n"], "标题不能为空"),
        ("amend 2025-001 --because 笔误 --title", [""], "标题不能为空"),
        ("amend 2025-001 --title 新题目 --because", [" "], "理由不能为空"),
        ("void F21 --because", [""], "写明撤销的理由"),
        ("finding F21 --kind 报刊抄袭 --on 2025-07-01 --grounds", [" "], "认定依据不能为空"),
        ("member add --unit 提案委 --role 委员", [""], "姓名不能为空"),
        ("unit add --kind 其他", ["　"], "单位名称不能为空"),
        ("unit alias 提案委", [""], "简称不能为空"),
        ("adopt 2025-001 --channel 市政协 --on", [""], "日期「」看不懂"),
    ],
)
def test_what_must_not_be_empty(line: str, more: list[str], told: str, clerk: Clerk) -> None:
    assert told in clerk.refused(line, *more)


# Days to come


def test_a_day_to_come_is_recorded_only_on_purpose(clerk: Clerk) -> None:
    tomorrow = add_days(today(), 1)
    for line in (
        "submit 关于停电的建议 --unit 提案委 --on",
        "amend 2025-003 --because 改日期 --on",
        "review 2025-001 --stage 中心筛选 --verdict 通过 --on",
        "forward 2025-001 --channel 市政协 --on",
        "adopt 2025-001 --channel 市政协 --on",
        "instruct 2025-001 --rank 省级领导 --on",
        "finding 2025-001 --kind 报刊抄袭 --grounds 甲 --on",
        "finding --unit 提案委 --kind 报刊抄袭 --grounds 甲 --on",
    ):
        told = clerk.refused(line, tomorrow)
        assert f"{tomorrow} 在今天（{today()}）之后" in told
        assert "加 --future" in told
        clerk.do(line, tomorrow, "--future")


# What others rest on


def test_an_item_cannot_be_dated_after_what_happened_to_it(clerk: Clerk) -> None:
    clerk.do(ADOPT)
    told = clerk.refused("amend 2025-001 --on 2025-04-02 --because 笔误")
    assert "报送日期 2025-04-02 晚于已记录的采用（2025-04-01）" in told
    clerk.do("amend 2025-001 --on 2025-04-01 --because 笔误")


def test_voiding_what_others_rest_on_names_them(clerk: Clerk) -> None:
    clerk.do(ADOPT)
    told = clerk.refused("void 2025-001 --because 撤稿")
    assert told.splitlines() == [
        "错误：2025-001 之上还有 1 项事实，没有撤销：",
        "  F22：2025-001《关于增设老年食堂的建议》2025-04-01 被市政协单篇采用",
        "请先逐项撤销，或加 --with-dependents 一并撤销。",
    ]
    assert "F19 之上还有 1 项事实" in clerk.refused("void F19 --because 撤稿")
    assert "F3 之上还有" in clerk.refused("void F3 --because 登记错了")
    assert "F16 之上还有 3 项事实" in clerk.refused("void F16 --because 登记错了")


def test_what_is_voided_is_voided_once_and_for_all(clerk: Clerk) -> None:
    clerk.do("void 2025-003 --because 撤稿")
    assert "F21 已由 F22 撤销" in clerk.refused("void F21 --because 撤稿")
    told = clerk.refused("void F22 --because 撤稿")
    assert "F22 不能撤销：撤销不能再撤销。要恢复，请重新登记那项事实。" in told
    assert "没有「2025-003」" in clerk.refused("void 2025-003 --because 撤稿")
    for line in (
        "adopt 2025-003 --channel 市政协 --on 2025-07-01",
        "amend 2025-003 --title 新题目 --because 笔误",
    ):
        assert "没有编号「2025-003」的信息" in clerk.refused(line)


# Characters


@pytest.mark.parametrize(
    "character", ["\x00", "\x07", "\x1b[31m", "\x7f", "\x9b", "\ud800"], ids=ascii
)
def test_characters_that_no_paper_holds_are_refused(character: str, clerk: Clerk) -> None:
    words = f"甲{character}乙"
    for line in (
        "submit --unit 提案委 --on 2025-03-01",
        "amend 2025-001 --because 笔误 --title",
        "amend 2025-001 --title 新题目 --because",
        "void F21 --because",
        "finding 2025-001 --kind 报刊抄袭 --on 2025-04-01 --grounds",
        "review 2025-001 --stage 中心筛选 --verdict 通过 --on 2025-04-01 --opinion",
        "member add --unit 提案委 --role 委员",
        "member add 丁香 --unit 提案委 --role 委员 --phone",
        "unit alias 提案委",
        f"{SUBMIT} --unit 提案委 --number",
        f"{SUBMIT} --author",
        "search",
    ):
        told = clerk.refused(line, words)
        assert "第 2 个字是看不见的控制字符（U+" in told
        assert "\x1b" not in told
    assert "看不见的控制字符" in clerk.refused("--as", words, *["unit", "alias", "提案委", "提案"])


def test_what_an_error_quotes_is_harmless(clerk: Clerk) -> None:
    for line in ("rules check", "verify --anchor", "log", "score --year 2025 --to"):
        told = clerk.refused(line, "甲\x1b[2J\x9b31m\u202e乙")
        assert "甲\ufffd[2J\ufffd31m\ufffd乙" in told


# The shape of the command line


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("", "缺少命令"),
        ("adpot 2025-001", "没有「adpot」这个命令。是不是 adopt？"),
        ("unit", "缺少命令"),
        ("submit 题目 --unit 提案委", "缺少选项：--on 日期"),
        ("submit --on 2025-03-01", "缺少参数：标题"),
        ("submit 关于 停电 --on 2025-03-01", "多余的参数：停电"),
        ("adopt 2025-001 --on 2025-04-01", "缺少选项：--channel 渠道"),
        ("amend 2025-001 --title 新题目", "缺少选项：--because 理由"),
        ("void F21", "缺少选项：--because 理由"),
        (
            "finding --kind 报刊抄袭 --on 2025-04-01 --grounds 甲",
            "编号、--member、--unit 要写其中一个",
        ),
        (
            "finding 2025-001 --unit 提案委 --kind 报刊抄袭 --on 2025-04-01 --grounds 甲",
            "不能同时用",
        ),
        ("list --adopted --not-adopted", "--adopted、--not-adopted 不能同时用"),
        ("score", "缺少选项：--year 年份"),
        ("score --year x", "--year 的值「x」不是年份"),
        ("score --year 2025 --format xml", "--format 的值「xml」不对"),
        ("score --year 2025 --format json --to 得分.json", "--format、--to 不能同时用"),
        ("list --format csv", "--format 的值「csv」不对"),
        ("log --last 多", "--last 的值「多」不是个数"),
        ("adopt 2025-001 --chanel 市政协", "没有「--chanel」这个选项。是不是 --channel？"),
        ("adopt 2025-001 --channel", "选项 --channel 后面缺少值"),
    ],
)
def test_usage_errors(line: str, told: str, clerk: Clerk) -> None:
    before = clerk.head()
    outcome = clerk.run(line)
    assert (outcome.code, outcome.out) == (2, "")
    assert told in outcome.err
    assert "看用法：sqmy" in outcome.err.splitlines()[-1]
    assert clerk.head() == before


INTERRUPTIBLE = """
import signal, sys
from sqmy.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # what started us may ignore it
sys.exit(main())
"""


@pytest.mark.skipif(os.name != "posix", reason="a named pipe to wait at")
def test_ctrl_c(clerk: Clerk, tmp_path: Path) -> None:
    pipe = tmp_path / "办法.yaml"
    os.mkfifo(pipe)
    with subprocess.Popen(
        python("-X", "utf8", "-c", INTERRUPTIBLE, *clerk.words(f"rules check {pipe}")),
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        writing = opened_by_both(pipe)
        told = interrupted(process)
        os.close(writing)
    assert (process.returncode, *told) == (130, "", "已中断，没有写入\n")


def interrupted(process: subprocess.Popen[str]) -> tuple[str, str]:
    """What the process says to Ctrl-C, pressed until it hears.

    One that comes just before the process goes to sleep is noticed only on waking.
    """
    for _ in range(20):
        process.send_signal(signal.SIGINT)
        with suppress(subprocess.TimeoutExpired):
            return process.communicate(timeout=1)
    process.kill()
    return process.communicate()


def opened_by_both(pipe: Path) -> int:
    """Our end of a named pipe, as soon as somebody reads at the other."""
    for _ in range(2000):
        with suppress(OSError):
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        time.sleep(0.01)
    raise TimeoutError(pipe)
