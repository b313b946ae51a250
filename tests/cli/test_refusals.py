"""What is refused: a Chinese message, the exit code of the contract, the ledger as it was.

The plainest refusals stand in `refusals.txt`, with the words that each must say.
"""

import os
import re
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from itertools import pairwise
from pathlib import Path

import pytest

from clerk import Clerk, environment
from ledgers import obeying_file_modes
from sqmy.days import add_days, today

RULEBOOK = Path(__file__).parents[2] / "rules" / "scoring.yaml"
SUBMIT = "submit 关于停电的建议 --on 2025-03-01"
ADOPT = "adopt 2025-001 --channel 市政协 --on 2025-04-01"


def told_in(path: Path) -> list[tuple[str, str]]:
    """Each command of the file with the words under it, which its refusal must say in order."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [(line[2:], words) for line, words in pairwise(lines) if line.startswith("$ ")]


@pytest.mark.parametrize(("line", "words"), told_in(Path(__file__).parent / "refusals.txt"))
def test_what_cannot_be_done(line: str, words: str, clerk: Clerk) -> None:
    told = clerk.refused(line)
    assert re.search(".*".join(map(re.escape, words.split(" … "))), told, re.DOTALL), told
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


# Ledgers


@pytest.mark.parametrize("line", ["list", "score --year 2025", ADOPT, "verify", "backup 备份.db"])
def test_no_ledger_is_made_by_the_way(line: str, tmp_path: Path) -> None:
    clerk = Clerk(tmp_path / "没有.db")
    told = clerk.refused(line, code=3)
    assert told.splitlines() == [
        f"错误：没有台账：{clerk.ledger}",
        "请用 sqmy init 新建，或用 --ledger 指明台账文件。",
    ]
    assert not clerk.ledger.exists()


def _empty(ledger: Path) -> None:
    ledger.write_bytes(b"")


def _foreign(ledger: Path) -> None:
    ledger.unlink()
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute("CREATE TABLE t (a)")


def _text(ledger: Path) -> None:
    ledger.write_text("编号,标题\n" * 100, encoding="utf-8")


def _folder(ledger: Path) -> None:
    ledger.unlink()
    ledger.mkdir()


def _newer(ledger: Path) -> None:
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute("PRAGMA user_version=99")


def _unfinished(ledger: Path) -> None:
    with closing(sqlite3.connect(ledger)) as connection:
        connection.execute("PRAGMA user_version=0")


def _cut(ledger: Path) -> None:
    os.truncate(ledger, 5000)


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_empty, "是空文件，不是台账"),
        (_foreign, "是别的程序的数据库，不是 sqmy 的台账"),
        (_text, "不是台账（不是 SQLite 文件"),
        (_folder, "是文件夹，不是台账"),
        (_newer, "台账的版本是 99，本程序只认到 1。请升级 sqmy"),
        (_unfinished, "台账的版本是 0，新建没有做完"),
        (_cut, "台账文件已损坏"),
    ],
)
@pytest.mark.parametrize("line", ["list", "score --year 2025", ADOPT, "verify"])
def test_a_file_that_is_no_ledger_of_ours(
    line: str, spoil: Callable[[Path], None], told: str, clerk: Clerk
) -> None:
    spoil(clerk.ledger)
    before = clerk.ledger.read_bytes() if clerk.ledger.is_file() else None
    outcome = clerk.run(line)
    assert (outcome.code, outcome.out) == (3, "")
    assert told in outcome.err
    assert before == (clerk.ledger.read_bytes() if clerk.ledger.is_file() else None)


def test_a_ledger_on_a_server_is_for_a_later_edition(clerk: Clerk) -> None:
    address = "postgresql+psycopg://sqmy:geheim@server/sqmy"
    told = clerk.refused("--ledger", address, "list")
    assert "本版只能打开本机的台账文件" in told
    assert "geheim" not in told


def test_a_tampered_ledger_fails_verification(clerk: Clerk) -> None:
    raw = clerk.ledger.read_bytes()
    assert raw.count("停车难".encode()) == 1
    clerk.ledger.write_bytes(raw.replace("停车难".encode(), "停车易".encode()))
    told = clerk.refused("verify", code=3)
    assert "台账核对不符，有 1 处" in told
    assert "F21：内容与登记时的校验码不符，被改动过" in told
    assert "没有备份" in clerk.refused("backup", clerk.ledger.with_name("备份.db"), code=3)
    assert [path.name for path in clerk.ledger.parent.iterdir()] == [clerk.ledger.name]


def test_an_anchor_exposes_another_ledger(clerk: Clerk) -> None:
    assert "F9：与另存的校验码不符" in clerk.refused("verify --anchor 9:0123456789", code=3)
    assert "末尾被删去" in clerk.refused("verify --anchor 99:0123456789", code=3)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may look into; pytest's own are the user's alone."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
def test_a_read_only_ledger_is_read_and_not_written(
    clerk: Clerk, template: Path, open_folder: Path
) -> None:
    kept = Clerk(open_folder / "云汀.db")
    kept.ledger.write_bytes(template.read_bytes())
    kept.ledger.chmod(0o444)
    lines = ("list", "show 2025-001", "score --year 2025", "verify")
    told = [clerk.do(line) for line in (*lines, ADOPT)]  # whoever has no rights imports nothing
    with obeying_file_modes():
        assert [kept.do(line) for line in lines] == told[:-1]
        assert "台账是只读的，没有写入" in kept.refused(ADOPT)


# Rulebooks


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("名称:", "名称：", "全角冒号"),
        ("采用: {市政协: 5}", "采用: {市政协: 五}", "五"),
        ("采用: {市政协: 5}", "采用: {团市委: 5}", "团市委"),
        ("起于: 01-01", "起于: 13-01", "13-01"),
        ("  条款: 六(二)9\n", "", "条款"),
        ("个人: 平均", "个人: 平分", "平分"),
        ("小数位: 2", "小数位: 2\n小数位: 2", "小数位"),
        ("小数位: 2", "小数位: 2\n奖金: 有", "奖金"),
        ("小数位: 2", "小数位: [2", ""),
    ],
)
def test_a_broken_rulebook(old: str, new: str, told: str, clerk: Clerk, tmp_path: Path) -> None:
    text = RULEBOOK.read_text(encoding="utf-8")
    assert old in text
    broken = tmp_path / "办法.yaml"
    broken.write_text(text.replace(old, new, 1), encoding="utf-8")
    said = clerk.refused("score --year 2025 --rules", broken)
    assert told in said
    assert "办法.yaml 第 " in said
    assert clerk.refused("rules check", broken) == said
    fresh = Clerk(tmp_path / "新.db")
    assert fresh.refused("init --rules", broken) == said
    assert not fresh.ledger.exists()


def test_a_case_that_does_not_come_out(clerk: Clerk, tmp_path: Path) -> None:
    cases = RULEBOOK.with_name("scoring.cases.yaml").read_text(encoding="utf-8")
    text = RULEBOOK.read_text(encoding="utf-8").replace("采用: {市政协: 5}", "采用: {市政协: 6}")
    (tmp_path / "办法.yaml").write_text(text, encoding="utf-8")
    assert "没有算例文件" in clerk.refused("rules test", tmp_path / "办法.yaml")
    (tmp_path / "办法.cases.yaml").write_text(cases, encoding="utf-8")
    said = clerk.refused("rules test", tmp_path / "办法.yaml")
    assert "处不符：\n  " in said
    assert "应得 5 分，算得 6 分" in said


# Files


def test_files_that_cannot_be_written(clerk: Clerk, tmp_path: Path) -> None:
    (tmp_path / "得分.json").mkdir()
    told = clerk.refused("score --year 2025 --to", tmp_path / "得分.json")
    assert "得分.json 是文件夹" in told
    told = clerk.refused("score --year 2025 --to", tmp_path / "没有" / "得分.json")
    assert f"没有这个文件夹：{tmp_path / '没有'}" in told
    assert "不能在这里新建台账" in Clerk(clerk.ledger / "新.db").refused("init")
    kept = tmp_path / "备份.db"
    kept.write_bytes(b"")
    assert "备份.db 已经存在，没有备份" in clerk.refused("backup", kept)
    assert kept.read_bytes() == b""


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder that takes no file")
def test_a_folder_that_takes_no_file(clerk: Clerk) -> None:
    assert "错误：文件「/proc/得分.csv" in clerk.refused("score --year 2025 --to /proc/得分.csv")
    assert "/proc/备份.db" in clerk.refused("backup /proc/备份.db")
    assert "/proc/新.db" in Clerk(Path("/proc/新.db")).refused("init")


@pytest.mark.parametrize(
    ("name", "raw", "told"),
    [
        ("正文.doc", b"\xd0\xcf\x11\xe0", "须是 .txt 或 .docx"),
        ("正文.txt", b"", "里没有文字"),
        ("正文.txt", b"\xff\xff\xff", "编码看不懂"),
        ("正文.txt", "甲\x1b乙".encode(), "正文的第 2 个字是看不见的控制字符"),
        ("正文.txt", b" " * 2_000_001, "太大"),
        ("正文.docx", b"PK\x03\x04", "不是 Word 文档，或已损坏"),
        ("正文.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧的 .doc 格式"),
    ],
)
def test_texts_that_cannot_be_read(
    name: str, raw: bytes, told: str, clerk: Clerk, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(raw)
    assert told in clerk.refused(f"{SUBMIT} --unit 提案委 --body-file", tmp_path / name)


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
        [sys.executable, "-X", "utf8", "-c", INTERRUPTIBLE, *clerk.words(f"rules check {pipe}")],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as process:
        writing = opened_by_both(pipe)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    os.close(writing)
    assert (process.returncode, out, err) == (130, "", "已中断，没有写入\n")


def opened_by_both(pipe: Path) -> int:
    """Our end of a named pipe, as soon as somebody reads at the other."""
    for _ in range(2000):
        with suppress(OSError):
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        time.sleep(0.01)
    raise TimeoutError(pipe)
