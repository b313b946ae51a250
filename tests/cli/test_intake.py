"""`template` and `export` at the command line; what they write is tested with the workspace."""

from pathlib import Path

import pytest

from clerk import Clerk
from sqmy.cli import main


def test_an_empty_sheet_is_handed_out_and_taken_back(clerk: Clerk, tmp_path: Path) -> None:
    path = tmp_path / "空表.xlsx"
    told = clerk.do("template", path).splitlines()
    assert told[0] == (
        f"已写入 {path}：单位、人员、报送、审核、上报、采用、批示、认定 8 张空表和填表说明。"
    )
    assert told[-1] == f"填好后先检查：sqmy import {path} --dry-run"
    for option in ("", " --dry-run"):
        before = clerk.head()
        assert clerk.do(f"import{option}", path).startswith("表里没有填内容，台账没有变化。\n")
        assert clerk.head() == before
    assert "已经存在，没有写入" in clerk.refused("template", path)


def test_an_empty_sheet_needs_no_ledger(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    monkeypatch.delenv("SQMY_LEDGER", raising=False)
    monkeypatch.chdir(tmp_path)
    assert main(["template", "空表.xlsx"]) == 0
    assert "下拉列表里的词出自《XX县" in capsys.readouterr().out
    assert [path.name for path in tmp_path.iterdir()] == ["空表.xlsx"]
    assert main(["--ledger", "无.db", "template", "另一份.xlsx"]) == 3
    assert main(["export", "导出.xlsx"]) == 3


def test_an_export_is_told_in_a_few_lines_and_imports_anew(clerk: Clerk, tmp_path: Path) -> None:
    path = tmp_path / "导出.xlsx"
    told = clerk.do("export", path).splitlines()
    assert told[0] == (
        f"已导出到 {path}：单位 4 行、人员 4 行、报送 3 行、审核 0 行、上报 0 行、采用 0 行、"
        "批示 0 行、认定 0 行。"
    )
    assert told[1].startswith("没有写进表格的：登记人、登记时间和校验链、计分办法。")
    other = Clerk(tmp_path / "另.db")
    other.do("init")
    assert "报送：新记 3 条" in other.do("import", path)
    told_scores = [ledger.do("score --year 2025 --format csv") for ledger in (clerk, other)]
    assert told_scores[0] == told_scores[1]
    assert "没有新的内容" in clerk.do("import", path)


def test_an_export_of_a_year_and_what_it_refuses(clerk: Clerk, tmp_path: Path) -> None:
    path = tmp_path / "2024.xlsx"
    told = clerk.do("export --year 2024", path)
    assert "报送 0 行" in told
    assert "只有2024年的信息" in told
    assert "已经存在，没有写入" in clerk.refused("export", path)
    assert "文件名要以 .xlsx 结尾" in clerk.refused("export", tmp_path / "导出.csv")
    assert "没有这个文件夹" in clerk.refused("export", tmp_path / "无" / "导出.xlsx")
    assert "不是年份" in clerk.refused("export --year 去年", path, code=2)
    assert "缺少参数" in clerk.refused("export", code=2)
