"""Recording: what each command answers, to the letter, and what it says that it means for points.

The stories stand in `recording.txt` as a clerk would see them, each on a fresh copy of the small
county; points and quotas in them were worked out by hand from the regulation.
"""

import codecs
import os
import re
import stat
from pathlib import Path

import pytest

from clerk import OPERATOR, Clerk, Outcome, answers, stories
from documents import write_document
from sqmy.facts import Submission
from sqmy.ledger.opening import open_ledger
from sqmy.ledger.records import Records

STORIES = Path(__file__).parent / "recording.txt"


@pytest.mark.parametrize("story", stories(STORIES), ids=lambda story: story.partition("\n")[0])
def test_answers(story: str, clerk: Clerk) -> None:
    assert answers(clerk, story) == story
    assert "台账完好" in clerk.do("verify")


def test_a_new_ledger_is_the_owners_alone_and_says_where_it_is(tmp_path: Path) -> None:
    clerk = Clerk(tmp_path / "县" / "台账.db")
    assert clerk.do("init").splitlines() == [
        f"已新建台账：{clerk.ledger}",
        "计分办法：《XX县加强反映社情民意信息工作实施办法》示例版",
        "下一步：用 sqmy import 从表格导入，或用 sqmy unit add、sqmy member add 登记。",
    ]
    if os.name == "posix":
        assert stat.S_IMODE(clerk.ledger.stat().st_mode) == 0o600


def test_a_new_ledger_with_a_rulebook_of_its_own(tmp_path: Path) -> None:
    packaged = Path(__file__).parents[2] / "rules" / "scoring.yaml"
    text = packaged.read_text(encoding="utf-8").replace("版本: 示例版", "版本: 2025年修订")
    (tmp_path / "办法.yaml").write_text(text, encoding="utf-8")
    clerk = Clerk(tmp_path / "台账.db")
    assert "实施办法》2025年修订\n" in clerk.do("init --rules", tmp_path / "办法.yaml")


# Batches


@pytest.fixture
def batch(clerk: Clerk) -> Clerk:
    """A clerk whose ledger holds an import: F22 its batch B1, F23 and F24 two items."""
    with open_ledger(clerk.ledger) as ledger, ledger.writing():
        records = Records(ledger, OPERATOR)
        records.begin_batch("三月.xlsx")
        for title in ("关于停电的建议", "关于停水的建议"):
            records.submit(
                Submission(
                    item=0,
                    supersedes=None,
                    number="",
                    title=title,
                    submitted_on="2025-03-09",
                    by_unit=True,
                    authors=(),
                    units=(3,),
                )
            )
    return clerk


def test_a_batch_is_voided_as_one(batch: Clerk) -> None:
    assert "  王五    B1  2025-004《关于停电的建议》" in batch.do("log B1")
    told = batch.do("void b1 --because 表格版本不对")
    assert re.findall(r"已撤销 F(\d+)（2025-\d+《关于停.的建议》.*），记为 F(\d+)。\n", told) == [
        ("23", "25"),
        ("24", "26"),
    ]
    assert told.count("\n") == 2
    assert "B1 这一批已经全部撤销" in batch.refused("void B1 --because 表格版本不对")
    assert "F22 不能撤销：它是一批导入的登记。" in batch.refused("void F22 --because 笔误")
    assert batch.do("list").startswith("信息（3 条）")


def test_what_was_recorded_on_top_of_a_batch_goes_with_it_or_it_stays(batch: Clerk) -> None:
    batch.do("adopt 2025-004 --channel 市政协 --on 2025-04-01")
    batch.do("void F24 --because 重复")
    told = batch.refused("void B1 --because 表格版本不对")
    assert "B1 之上还有 1 项事实，没有撤销：\n  F25：2025-004《关于停电的建议》" in told
    told = batch.do("void B1 --because 表格版本不对 --with-dependents")
    assert re.findall(r"已撤销 F(\d+)", told) == ["23", "25"]
    assert "  按六(二)2：社法委 -5。任务：不再计入社法委 2025年第一季度报送" in told


# Which ledger, which operator


def test_the_environment_names_ledger_and_operator(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Clerk, "words", lambda _, line: line.split())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path / "data"))
    assert clerk.run("log").code == 3  # neither named, nor here, nor in the user's folder
    monkeypatch.setenv("SQMY_LEDGER", str(clerk.ledger))
    monkeypatch.setenv("SQMY_OPERATOR", " 赵 六 ")
    clerk.do("unit alias 社法委 社法")
    assert "  赵六    「社法」即单位 社法委\n" in clerk.do("log F22")
    monkeypatch.setenv("SQMY_LEDGER", str(tmp_path / "另一本.db"))
    assert f"已新建台账：{tmp_path / '另一本.db'}\n" in clerk.do("init")
    monkeypatch.delenv("SQMY_LEDGER")
    assert f"已新建台账：{tmp_path / 'sqmy.db'}\n" in clerk.do("init")
    (tmp_path / "sqmy.db").unlink()
    clerk.ledger.rename(tmp_path / "sqmy.db")
    assert "「社法」即单位 社法委" in clerk.do("log F22")


# The text of an item


@pytest.mark.parametrize(
    "raw",
    [
        "第一段：养老。\n第二段𠮷。".encode(),
        codecs.BOM_UTF8 + "第一段：养老。\r\n第二段𠮷。".encode(),
        "第一段：养老。\n第二段𠮷。".encode("gb18030"),
        "第一段：养老。\n第二段𠮷。".encode("utf-16"),
    ],
    ids=["UTF-8", "UTF-8 with mark", "GB18030", "UTF-16"],
)
def test_a_text_file_of_any_usual_encoding(raw: bytes, clerk: Clerk, tmp_path: Path) -> None:
    (tmp_path / "正文.TXT").write_bytes(raw)
    clerk.do("amend 2025-001 --because 补正文 --body-file", tmp_path / "正文.TXT")
    assert "正文 13 字：第一段：养老。 第二段𠮷。\n" in clerk.do("show 2025-001")
    assert "（1 条）" in clerk.do("search", "养老。\n第二段𠮷")


def test_a_word_document(clerk: Clerk, tmp_path: Path) -> None:
    write_document(tmp_path / "正文.docx", "一是养老。", "二是托幼。")
    submission = "submit 关于一老一小的建议 --author 杜若 --on 2025-03-01"
    clerk.do(f"{submission} --body-file", tmp_path / "正文.docx")
    assert "正文 11 字：一是养老。 二是托幼。\n" in clerk.do("show 2025-004")


def test_words_are_as_the_clerk_typed_them_bar_blanks_and_invisible_marks(clerk: Clerk) -> None:
    title = "  关于\u200b“双减” 的\u202e建议\n（二）　"
    clerk.do("submit", title, "--unit", "提 案 委", "--on", " 2025 年 3 月 1 日 ")
    assert '"title": "关于“双减” 的建议\\n（二）",' in clerk.do("list --format json")


def test_an_installed_command_answers_the_same(clerk: Clerk) -> None:
    told = (
        "已记录 F22：2025-001《关于增设老年食堂的建议》2025-04-01 被市政协单篇采用。\n"
        "  按六(二)2：杜若 +5，提案委员会 +5。任务：提案委员会 2025年采用。\n"
    )
    assert clerk.process("adopt 2025-001 --channel 市政协 --on 2025-04-01") == Outcome(0, told, "")
