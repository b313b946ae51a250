"""Statistics and rolling standings at the command line."""

import csv
import json
from pathlib import Path

import openpyxl
import pytest

from clerk import Clerk


@pytest.fixture
def busy(clerk: Clerk) -> Clerk:
    """A clerk of the county after a few adoptions."""
    for line in (
        "adopt 2025-001 --channel 市政协 --on 2025-04-01",
        "adopt 2025-002 --channel 省政协 --form 综合 --on 2025-06-01",
        "instruct 2025-001 --rank 市委市政府主要领导 --on 2025-05-02",
        "submit 跨年的题目 --author 杜若 --on 2024-12-30 --number 2024-001",
        "adopt 2024-001 --channel 市政协 --on 2025-01-05",
    ):
        clerk.do(line)
    return clerk


def test_a_years_statistics_on_the_terminal(busy: Clerk) -> None:
    told = busy.do("stats --year 2025")
    assert "2025年报送 3 条，被采用 3 条，采用率 100%。" in told
    assert [line.split() for line in told.splitlines() if line.startswith(("1月", "合计"))][:2] == [
        ["1月", "0", "1", "—", "0", "1", "0", "0", "0"],
        ["合计", "3", "3", "100%", "0", "2", "1", "0", "1"],
    ]


def test_every_year_side_by_side(busy: Clerk) -> None:
    told = busy.do("stats")
    assert told.startswith("2024—2025年社情民意信息统计\n")
    lines = [
        line.split()[:3] for line in told.splitlines() if line.startswith(("2024年 ", "2025年 "))
    ]
    assert lines[:2] == [["2024年", "1", "0"], ["2025年", "3", "3"]]


def test_standings_are_for_the_public_unless_asked(busy: Clerk) -> None:
    busy.do("amend 2025-001 --set 密级=内部 --because 涉及企业")
    left_out = "供公众的版本，略去了标有密级的信息 1 条的编号和题目（条数、得分照计）。"
    assert left_out in busy.do("standings --year 2025")
    assert "供" not in busy.do("standings --year 2025 --audience internal")


def test_standings_on_the_terminal(busy: Clerk) -> None:
    told = busy.do("standings --year 2025 --as-of 2025-06-30")
    assert "截至2025年6月30日，本年报送 3 条，被采用 3 条" in told
    assert "“变化”是与2025年5月31日相比名次的升降。" in told


@pytest.mark.parametrize("line", ["stats --year 2025", "stats", "standings --year 2025"])
def test_every_format_says_the_same(line: str, busy: Clerk, tmp_path: Path) -> None:
    value = json.loads(busy.do(f"{line} --format json"))
    for suffix in (".json", ".csv", ".md", ".html", ".xlsx", ".docx"):
        path = tmp_path / f"报表{suffix}"
        assert busy.do(f"{line} --to", path) == f"已写入 {path}。\n"
    assert json.loads((tmp_path / "报表.json").read_text(encoding="utf-8")) == value
    with (tmp_path / "报表.csv").open(encoding="utf-8-sig", newline="") as file:
        first, *rows = csv.reader(file)
    book = openpyxl.load_workbook(tmp_path / "报表.xlsx")
    sheet = book.worksheets[0]
    shown = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert len(rows) > 1
    assert any(row[: len(first)] == first for row in shown) or "考评序列" in first
    for suffix in (".md", ".html"):
        text = (tmp_path / f"报表{suffix}").read_text(encoding="utf-8")
        assert all(row[2 if "变化" in first else 0] in text for row in rows)


def test_json_has_the_documented_keys(busy: Clerk) -> None:
    value = json.loads(busy.do("stats --year 2025 --format json"))
    assert list(value) == [
        "first", "last", "periods", "channels", "instructions", "unit_kinds", "peer_groups",
        "roles", "attributes", "days_to_adoption",
    ]  # fmt: skip
    assert value["periods"][0] == {
        "period": "2025M01", "first": "2025-01-01", "last": "2025-01-31", "submitted": 0,
        "adopted": 1, "levels": {"county": 0, "city": 1, "provincial": 0, "national": 0},
        "instructions": 0,
    }  # fmt: skip
    assert value["channels"][0] == {
        "channel": "市政协", "year": "2025", "adopted": 2,
        "forms": {"whole": 2, "compiled": 0, "relayed": 0},
    }  # fmt: skip
    assert value["days_to_adoption"][1] == {"level": "city", "days": [6, 31]}
    assert value["unit_kinds"][0].keys() == {"name", "year", "submitted", "adopted"}
    places = json.loads(busy.do("standings --year 2025 --as-of 2025-06-30 --format json"))
    assert list(places) == [
        "year", "until", "compared_with", "units", "members", "months", "audience", "left_out",
    ]  # fmt: skip
    assert (places["until"], places["compared_with"]) == ("2025-06-30", "2025-05-31")
    assert list(places["units"][0]) == list(places["members"][0]) == [
        "name", "unit", "peer_group", "points", "exact", "rank", "rank_before", "submitted",
        "volume_rank", "volume_rank_before", "adopted", "levels", "instructions",
    ]  # fmt: skip


def test_what_cannot_be_told(tmp_path: Path) -> None:
    nobody = Clerk(tmp_path / "新.db")
    nobody.do("init")
    assert "台账里还没有信息" in nobody.refused("stats")
    assert "报送 0 条" in nobody.do("stats --year 2025")
    assert "个人得分排名（0 人）" in nobody.do("standings --year 2025")
    assert "不在 2025年" in nobody.refused("standings --year 2025 --as-of 2026-01-01")
    assert "缺少选项：--year 年份。" in nobody.refused("standings", code=2)
    assert "不能同时用" in nobody.refused("stats --format json --to a.html", code=2)
