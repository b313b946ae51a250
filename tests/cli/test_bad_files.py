"""Ledgers, rulebooks and other files that are not what they should be, or cannot be written."""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from clerk import Clerk
from ledgers import obeying_file_modes
from sqmy.ledger.schema import SCHEMA_VERSION

RULEBOOK = Path(__file__).parents[2] / "rules" / "scoring.yaml"
SUBMIT = "submit 关于停电的建议 --unit 提案委 --on 2025-03-01"
ADOPT = "adopt 2025-001 --channel 市政协 --on 2025-04-01"

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
        (_newer, f"台账的版本是 99，本程序只认到 {SCHEMA_VERSION}。请升级 sqmy"),
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


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgresql+psycopg://sqmy:geheim@127.0.0.1:1/sqmy", "连不上服务器"),
        ("mysql://sqmy:geheim@127.0.0.1/sqmy", "服务器的地址以 postgresql+psycopg:// 开头"),
    ],
)
def test_a_server_that_cannot_be_opened(address: str, told: str, clerk: Clerk) -> None:
    said = clerk.refused("--ledger", address, "list", code=3)
    assert told in said
    assert "geheim" not in said


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
    assert told in clerk.refused(f"{SUBMIT} --body-file", tmp_path / name)
