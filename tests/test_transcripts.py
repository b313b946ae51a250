"""Transcripts: carried out, written anew, and never turned into another story."""

import re
from pathlib import Path

import pytest

from tools import transcripts


def block(*lines: str) -> str:
    """A transcript of these lines."""
    return "\n".join(["```console", *lines, "```"])


def test_a_transcript_is_written_anew() -> None:
    told = transcripts.renewed(
        block("$ sqmy init", "旧话", "", "$ sqmy log --last 1", "…", "a", "b")
    )
    assert told.startswith("```console\n$ sqmy init\n已新建台账：…/sqmy.db\n计分办法：")
    assert (
        "登记。\n\n$ sqmy log --last 1\n…\n\n登记时间是世界时，比北京时间晚 8 小时。\n```" in told
    )
    assert transcripts.renewed(told) == told


def test_lines_may_be_left_out_at_several_places() -> None:
    told = transcripts.renewed(block("$ sqmy log --help", "a", "…", "选项", "b", "…", "c"))
    assert told == block(
        "$ sqmy log --help",
        "用法：sqmy log [登记号] [选项]",
        "…",
        "选项：",
        "  --last 项数    最近多少项；写 0 为全部（默认 50）",
        "…",
        "  sqmy log B3",
    )


def test_what_differs_from_run_to_run_has_a_placeholder() -> None:
    told = transcripts.renewed(block("$ sqmy init", "…", "", "$ sqmy log", "", "$ sqmy verify"))
    assert "\nF1      〔 登记的时刻 〕  李文    自始施行计分办法" in told
    assert "\n校验码 1:〔校验码〕\n" in told
    told = transcripts.renewed(
        block("$ sqmy init", "…", "", "$ sqmy verify", "", "$ sqmy verify --anchor 1:〔校验码〕")
    )
    assert "与所给的校验码相符" in told
    told = transcripts.renewed(block("$ sqmy init", "…", "", "$ sqmy quota --year 2025"))
    assert "（截至 〔今天〕）" in told


def test_files_are_laid_out_as_they_stand() -> None:
    text = "```csv 表.csv\n单位名称,单位类别\n提案委,委室\n```\n"
    told = transcripts.renewed(text + block("$ sqmy init", "…", "", "$ sqmy import 表.csv"))
    assert told.startswith(text)
    assert "  单位：新记 1 条\n" in told


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (["$ sqmy verify"], "办成与否，与文档里写的不同。它现在的回答是：\n错误：没有台账"),
        (["$ sqmy init", "错误：已经有了"], "办成与否，与文档里写的不同。它现在的回答是：\n已新建"),
        (["$ rm -r /"], "「$ rm -r /」不是 $ sqmy 开头的命令"),
        (["sqmy init"], "「sqmy init」不是 $ sqmy 开头的命令"),
    ],
)
def test_a_transcript_never_turns_into_another_story(
    lines: list[str], complaint: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for variable in ("XDG_DATA_HOME", "LOCALAPPDATA", "HOME"):  # where a ledger might lie
        monkeypatch.setenv(variable, str(tmp_path))
    with pytest.raises(ValueError, match=re.escape(complaint)):
        transcripts.renewed(block(*lines))
