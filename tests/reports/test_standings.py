"""Rolling standings: places by points and by volume, how they moved, and what stands behind."""

import json

import pytest

from counties import County, county
from drafted import desk
from oracle import expected
from scored import rows, small
from sqmy.errors import SqmyError
from sqmy.reports.checking import recounted
from sqmy.reports.model import Report
from sqmy.reports.standings import Standings
from sqmy.workspace.statistics import standings


def of(one: County, as_of: str | None = None, year: int = 2025) -> Standings:
    return standings(desk(one), year, as_of)


def table(report: Report, name: str) -> list[dict[str, str]]:
    """The rows of a table as they are printed, by heading."""
    (found,) = [one for one in report.tables if one.name == name]
    headings = [column.title for column in found.columns]
    return [dict(zip(headings, map(str, row), strict=True)) for row in found.rows]


def test_units_by_points_and_by_volume_within_their_groups() -> None:
    report = of(small(), "2025-12-31").report()
    by_points = table(report, "单位得分排名")
    assert [(u["名次"], u["单位"], u["考评序列"], u["得分"], u["报送"]) for u in by_points] == [
        ("1", "提案委", "第一序列", "7.50", "2"),
        ("2", "社法委", "第一序列", "-7.50", "2"),
        ("1", "民盟支部", "第二序列", "10.00", "1"),
    ]
    by_volume = table(report, "单位报送量排名")
    assert [(u["名次"], u["单位"], u["报送"], u["采用"], u["采用率"]) for u in by_volume] == [
        ("1", "提案委", "2", "2", "100%"),
        ("1", "社法委", "2", "1", "50%"),
        ("1", "民盟支部", "1", "1", "100%"),
    ]
    assert [(u["市级"], u["省级"]) for u in by_points] == [("2", "0"), ("1", "0"), ("0", "1")]


def test_members_by_points_and_by_volume() -> None:
    report = of(small(), "2025-12-31").report()
    assert [(m["名次"], m["姓名"], m["单位"]) for m in table(report, "个人得分排名")] == [
        ("1", "白芷", "民盟支部"), ("2", "白芷", "提案委"),
        ("3", "苏叶", "社法委"), ("4", "杜若", "提案委"),
    ]  # fmt: skip
    assert [(m["名次"], m["姓名"], m["报送"]) for m in table(report, "个人报送量排名")] == [
        ("1", "杜若", "2"), ("1", "苏叶", "2"), ("3", "白芷", "1"), ("3", "白芷", "1"),
    ]  # fmt: skip


def test_how_places_moved_since_the_month_before() -> None:
    """In September 苏叶 loses ten points and falls from the second place to the third."""
    moved = {
        (m["姓名"], m["单位"]): (m["名次"], m["变化"])
        for m in table(of(small(), "2025-09-30").report(), "个人得分排名")
    }
    before = {
        (m["姓名"], m["单位"]): m["名次"]
        for m in table(of(small(), "2025-08-31").report(), "个人得分排名")
    }
    assert before[("苏叶", "社法委")] == "2"
    assert moved[("苏叶", "社法委")] == ("3", "降1")
    assert moved[("白芷", "民盟支部")] == ("1", "—")
    for holder, (place, change) in moved.items():
        up = int(before[holder]) - int(place)
        assert change == (f"升{up}" if up > 0 else f"降{-up}" if up else "—")


def test_in_the_first_month_nothing_can_have_moved() -> None:
    report = of(small(), "2025-01-20").report()
    assert "变化" not in table(report, "个人得分排名")[0]
    assert "变化" not in str(report.lead[0])


def test_a_day_is_as_if_nothing_later_had_been_recorded() -> None:
    """Standings of a day, of all that happened, are those of a ledger that ends on that day."""
    for seed in range(0, 30, 3):
        one, day = county(seed), "2025-08-15"
        earlier = {
            **one,
            "报送": [row for row in one["报送"] if row["报送日期"] <= day],
        }
        kept = {row["编号"] for row in earlier["报送"]}
        for sheet in ("审核", "上报", "采用", "批示", "认定"):
            date = next((key for row in one[sheet] for key in row if key.endswith("日期")), "")
            earlier[sheet] = [
                row
                for row in one[sheet]
                if row[date] <= day and (not row.get("编号") or row["编号"] in kept)
            ]
        told, expected = of(one, day).value(), of(earlier, day).value()
        assert json.dumps(told, ensure_ascii=False) == json.dumps(expected, ensure_ascii=False)


@pytest.mark.parametrize("seed", range(25))
def test_points_are_those_of_an_independent_computation(seed: int) -> None:
    one = county(seed)
    told, theirs = of(one).value(), expected(one, 2025)
    for holders in ("members", "units"):
        assert [
            (mine["name"], mine.get("unit"), mine["rank"], mine["exact"]) for mine in told[holders]
        ] == [(h["name"], h.get("unit", h["name"]), h["rank"], h["exact"]) for h in theirs[holders]]
    for group in {unit["peer_group"] for unit in told["units"]}:
        own = [unit for unit in told["units"] if unit["peer_group"] == group]
        for unit in own:
            more = sum(other["submitted"] > unit["submitted"] for other in own)
            assert unit["volume_rank"] == more + 1


@pytest.mark.parametrize("seed", range(25))
def test_volume_is_counted_as_by_hand(seed: int) -> None:
    one = county(seed)
    told = of(one).value()
    within = [row for row in one["报送"] if row["报送日期"].startswith("2025-")]
    for unit in told["units"]:
        own = [row for row in within if unit["name"] in row["报送单位"].split("、")]
        assert unit["submitted"] == len(own)


@pytest.mark.parametrize("seed", range(0, 25, 4))
def test_every_figure_comes_from_the_rows_it_names(seed: int) -> None:
    made = of(county(seed))
    report = made.workbook()
    found = recounted(made.report(), report.tables)
    assert len(found) > 50
    assert [one for one in found if not one.agrees] == []


def test_a_tie_of_ten_is_ten_first_places() -> None:
    names = [f"单位{n}" for n in range(10)]
    one: County = {
        "单位": rows("单位名称 单位类别", *(f"{name} 联络站" for name in names)),
        "报送": [
            {"编号": f"2025-{n}", "标题": "题", "报送单位": name, "报送日期": "2025-03-01"}
            for n, name in enumerate(names)
        ],
    }
    report = of(one, "2025-12-31").report()
    for name in ("单位得分排名", "单位报送量排名"):
        assert [unit["名次"] for unit in table(report, name)] == ["1"] * 10


def test_one_unit_and_nothing_else() -> None:
    report = of({"单位": rows("单位名称 单位类别", "甲 委室")}, "2025-12-31").report()
    assert table(report, "单位得分排名")[0] | {"考评序列": ""} == {
        "名次": "1", "变化": "—", "单位": "甲", "考评序列": "", "得分": "0.00", "报送": "0",
        "采用": "0", "县级": "0", "市级": "0", "省级": "0", "国家级": "0", "批示": "0",
        "采用率": "0",
    }  # fmt: skip
    assert table(report, "个人得分排名") == []


def test_a_day_of_another_year_is_refused() -> None:
    with pytest.raises(SqmyError, match=r"^2024-05-01 不在 2025年（2025-01-01 至 2025-12-31）之内"):
        of(small(), "2024-05-01")
