"""Sealing and correcting at the command line: what was published is what is shown."""

import json
from pathlib import Path

import pytest

from clerk import Clerk

SEAL = "seal --year 2025"
ADOPT = "adopt 2025-001 --channel 市政协 --on 2025-04-01"


@pytest.fixture
def sealed(clerk: Clerk) -> Clerk:
    """A year that is sealed, and an adoption that was recorded afterwards."""
    clerk.do(SEAL)
    clerk.do(ADOPT)
    return clerk


def points(clerk: Clerk, line: str = "score --year 2025") -> dict[str, str]:
    told = json.loads(clerk.do(f"{line} --format json"))
    return {one["name"]: one["exact"] for one in (*told["members"], *told["units"])}


def test_a_seal_says_what_to_print_on_the_bulletin(clerk: Clerk) -> None:
    told = clerk.do(SEAL).splitlines()
    seq, head = clerk.head() or (0, "")
    assert told[0].startswith(f"已封存2025年得分，为 F{seq}：个人 ")
    assert told[1].startswith("结果校验码 ")
    assert told[2] == f"校验码 {seq}:{head}"
    assert clerk.do("verify").startswith("台账完好：")
    assert "封存2025年得分，结果校验码" in clerk.do("log --last 1")
    assert "封存不能撤销" in clerk.refused(f"void F{seq} --because 误封")


def test_a_running_year_is_sealed_with_a_warning(clerk: Clerk) -> None:
    assert "注意：到 2099-12-31 才满期" in clerk.do("seal --year 2099")


def test_whoever_records_is_told_that_the_points_are_published(clerk: Clerk) -> None:
    clerk.do(SEAL)
    assert "2025 年的得分已封存，公布的不变；要更正，用 sqmy correct。" in clerk.do(ADOPT)
    assert "已封存" not in clerk.do("submit 新事 --unit 提案委 --signed-by-unit --on 2024-05-01")
    assert "2025 年的得分已封存" in clerk.do("void 2025-001 --with-dependents --because 误")


def test_the_score_is_the_published_one_and_says_what_would_differ(clerk: Clerk) -> None:
    before = points(clerk)
    clerk.do(SEAL)
    assert "这里是封存的结果。现有事实算出的与它相同。" in clerk.do("score --year 2025")
    clerk.do(ADOPT)
    assert points(clerk) == before
    now = points(clerk, "score --year 2025 --live")
    assert now != before
    told = clerk.do("score --year 2025")
    assert "封存以后的变动（" in told
    assert "公布的结果不变。" in told
    assert "用 sqmy correct --year 2025 查看" in told
    value = json.loads(clerk.do("score --year 2025 --format json"))["sealed"]
    assert {one["name"] for one in value["differences"]} >= {
        name for name in now if now[name] != before[name]
    }
    assert value["fact"].startswith("F")
    assert len(value["output"]) == 64


def test_in_a_file_stands_the_published_result_alone(sealed: Clerk, tmp_path: Path) -> None:
    for name in ("得分.html", "得分.xlsx", "得分.md", "得分.csv"):
        done = sealed.run("score --year 2025 --to", tmp_path / name)
        assert done.code == 0
        assert "得分已于" in done.err
        assert "sqmy correct --year 2025" in done.err
    text = (tmp_path / "得分.html").read_text(encoding="utf-8")
    assert "封存以后的变动" not in text
    assert '<meta name="sqmy.seal"' in text
    assert "封存：F" in text
    done = sealed.run("score --year 2025 --format csv")
    assert "得分已于" in done.err
    assert "得分已于" not in done.out


def test_reasons_and_obligations_are_the_published_ones(sealed: Clerk) -> None:
    name = next(
        one["name"]
        for one in json.loads(sealed.do("score --year 2025 --format json"))["sealed"]["differences"]
    )
    told = json.loads(sealed.do(f"explain {name} --year 2025 --format json"))
    assert told["exact"] == points(sealed)[name]
    assert "封存：F" in sealed.do(f"explain {name} --year 2025")
    assert "封存：F" in sealed.do("quota --year 2025")


def test_a_correction_names_what_changed(sealed: Clerk, tmp_path: Path) -> None:
    told = sealed.do("correct --year 2025")
    assert told.startswith("关于更正2025年社情民意信息得分的通报\n")
    assert "六(二)2" in told
    assert "本通报没有列出的，仍以公布的为准。" in told
    value = json.loads(sealed.do("correct --year 2025 --format json"))
    assert all(one["published"] != one["current"] for one in value["changes"])
    sealed.do("correct --year 2025 --to", tmp_path / "更正.xlsx")
    sealed.do("correct --year 2025 --to", tmp_path / "更正.html")
    again = f"{SEAL} --because 更正通报已发"
    assert "请先用 sqmy correct" in sealed.refused(SEAL)
    assert "已封存2025年得分" in sealed.do(again)
    assert "不必更正" in sealed.do("correct --year 2025")
    assert "不必再封" in sealed.refused(again)


def test_a_quarter_is_sealed_and_scored_by_itself(clerk: Clerk) -> None:
    told = clerk.do(f"{SEAL} --quarter 1")
    assert told.startswith("已封存2025年（截至 2025-03-31）得分，为 F")
    shown = clerk.do("score --year 2025 --quarter 1")
    assert shown.startswith("2025年社情民意信息得分（截至 2025-03-31）\n")
    clerk.do(ADOPT)  # in the second quarter
    assert "现有事实算出的与它相同" in clerk.do("score --year 2025 --quarter 1")
    assert "封存" not in clerk.do("score --year 2025")
    assert "没有第 5 季度" in clerk.refused(f"{SEAL} --quarter 5")
    assert "--quarter 的值「春」不是个数" in clerk.refused(f"{SEAL} --quarter 春", code=2)


def test_what_is_not_sealed_is_not_corrected(clerk: Clerk) -> None:
    assert "2025年得分还没有封存，不必更正" in clerk.refused("correct --year 2025")


@pytest.mark.parametrize("line", ["--rules 甲.yaml --live", "--rules 甲.yaml --quarter 1"])
def test_options_that_exclude_one_another(line: str, clerk: Clerk) -> None:
    assert "不能同时用" in clerk.refused(f"score --year 2025 {line}", code=2)
