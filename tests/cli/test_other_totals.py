"""What stands beside the points: lists for each quarter, other accounts, what is converted."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from clerk import Clerk
from packaged import ROOT
from sqmy import days

LIBRARY = ROOT / "rules" / "library"
BUREAU, PARTY, SCHOOLS = (
    next(LIBRARY.glob(f"{number}-*[!s].yaml")) for number in ("20", "03", "23")
)


def office(folder: Path, rules: Path, recorded: str) -> Clerk:
    """A clerk of an office with that regulation, who has recorded this."""
    clerk = Clerk(folder / "台账.db")
    clerk.do("init --rules", rules)
    for line in recorded.strip().splitlines():
        clerk.do(line)
    return clerk


@pytest.fixture
def bureau(tmp_path: Path) -> Clerk:
    """Two sections under a regulation with a mark for each quarter."""
    return office(
        tmp_path,
        BUREAU,
        """
unit add 甲科 --kind 科室
unit add 乙科 --kind 科室
submit 校园安全 --unit 甲科 --on 2025-02-01 --set 体裁=新闻党建
submit 食堂 --unit 甲科 --on 2025-02-02 --set 体裁=新闻党建
adopt 2025-001 --channel 区级 --on 2025-03-01
""",
    )


def test_each_quarter_has_its_list(bureau: Clerk) -> None:
    told = bureau.do("awards --year 2025")
    first, _, rest = told.partition("2025年第二季度达标科室（C01）")
    assert "2025年第一季度达标科室（C01）" in first
    assert "甲科  16.00" in first.replace("达标  ", "")
    assert "得分 3，不足 6" in first
    assert rest.count("列入（0 个）") == 3
    found = json.loads(bureau.do("awards --year 2025 --format json"))["awards"]
    assert [one["period"] for one in found] == ["2025Q1", "2025Q2", "2025Q3", "2025Q4"]
    assert [each["name"] for each in found[0]["listed"]] == ["甲科"]


def test_quarters_that_have_not_begun_have_none(
    bureau: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(days, "today", lambda: "2025-06-30")
    assert "第三季度" not in bureau.do("awards --year 2025")
    assert "2025年第二季度达标科室" in bureau.do("awards --year 2025")
    assert "还没有到评先的时候" in bureau.do("awards --year 2026")


def test_a_form_that_says_so_itself_is_not_told_twice(bureau: Clerk) -> None:
    assert "被区级录用\n" in bureau.do("log")


def test_other_accounts_stand_beside_the_points(tmp_path: Path) -> None:
    party = office(
        tmp_path,
        PARTY,
        """
unit add 甲支部 --kind 支部
member add 张三 --unit 甲支部 --role 会员
submit 食堂 --author 张三 --on 2025-02-02
adopt 2025-001 --channel 省政协 --on 2025-04-01
adopt 2025-001 --channel 全国政协 --on 2025-05-01
""",
    )
    told = party.do("score --year 2025")
    assert "委员代表记分（分）  稿酬（元）" in told
    assert "30.00                0.00      130.00" in told
    book = tmp_path / "得分.xlsx"
    party.do("score --year 2025 --to", book)
    rows = list(load_workbook(book)["个人"].iter_rows(values_only=True))
    head = next(row for row in rows if "稿酬（元）" in row)
    assert rows[rows.index(head) + 1][head.index("稿酬（元）")] == 130


def test_what_is_converted_stands_beside_the_points(tmp_path: Path) -> None:
    schools = office(
        tmp_path,
        SCHOOLS,
        """
unit add 甲校 --kind 大规模学校
unit add 乙校 --kind 大规模学校
submit 校园安全 --unit 甲校 --on 2025-02-01
adopt 2025-001 --channel 教育部 --on 2025-03-01
submit 食堂 --unit 乙校 --on 2025-02-02
adopt 2025-002 --channel 省教育厅 --on 2025-03-01
""",
    )
    rows = schools.do("score --year 2025 --format csv").splitlines()
    assert rows[0].endswith(",精确值,折算")
    assert rows[1:] == ["单位,甲校,甲校,,1,10.00,10,6.00", "单位,乙校,乙校,,2,4.00,4,2.40"]
    units = json.loads(schools.do("score --year 2025 --format json"))["units"]
    assert [unit["converted"]["exact"] for unit in units] == ["6", "12/5"]
    assert "折算" not in schools.do("explain 乙校 --year 2025")  # by the best: see `score`
