"""Statistics: against an independent count of random counties, against print, and by hand."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from counties import CHANNELS, County, county
from drafted import counted, desk
from programs import converted
from scored import rows, small
from sqmy.facts import Submission
from sqmy.ledger.records import Records
from sqmy.reports.checking import recounted
from sqmy.reports.model import Figure, Report, Rows, Table
from sqmy.reports.render.workbook import workbook
from sqmy.reports.stats import Stats
from sqmy.reports.stats_json import stats_json
from sqmy.rules.words import Attribute
from sqmy.workspace.desk import Desk
from sqmy.workspace.statistics import standings, stats

LEVELS = dict(zip(CHANNELS, ("county", "city", "provincial", "national"), strict=True))


def table(report: Report, name: str) -> list[list[str]]:
    """The rows of a table as they are printed."""
    (found,) = [one for one in report.tables if one.name == name]
    return [list(map(str, row)) for row in found.rows]


def of(one: County, year: int | None = 2025) -> Stats:
    return stats(desk(one), year)


# An independent count


def monthly(one: County, year: int) -> Iterator[dict[str, Any]]:
    """What happened in each month of a year, counted from the rows of the sheets."""
    within = [row for row in one["采用"] if row["采用日期"].startswith(f"{year}-")]
    first: dict[tuple[str, str], str] = {}
    for row in sorted(within, key=lambda row: row["采用日期"]):
        for level in ("", LEVELS[row["采用单位"]]):
            first.setdefault((row["编号"], level), row["采用日期"])
    for month in range(1, 13):
        start = f"{year}-{month:02}-"
        adopted = Counter(level for (_, level), day in first.items() if day.startswith(start))
        yield {
            "submitted": sum(row["报送日期"].startswith(start) for row in one["报送"]),
            "adopted": adopted[""],
            "levels": {level: adopted[level] for level in LEVELS.values()},
            "instructions": sum(row["批示日期"].startswith(start) for row in one["批示"]),
        }


@pytest.mark.parametrize("seed", range(40))
def test_random_counties_are_counted_as_by_hand(seed: int) -> None:
    one = county(seed)
    for year in (2024, 2025):
        made = of(one, year)
        value = stats_json(made)
        found = [
            {key: month[key] for key in ("submitted", "adopted", "levels", "instructions")}
            for month in value["periods"]
        ]
        assert found == list(monthly(one, year))
        whole = sum(month["submitted"] for month in found)
        taken = sum(month["adopted"] for month in found)
        for kind in ("unit_kinds", "peer_groups", "roles"):
            shares = value[kind]
            assert sum(Fraction(share["submitted"]) for share in shares) == whole
            assert sum(Fraction(share["adopted"]) for share in shares) == taken


@pytest.mark.parametrize("seed", range(0, 40, 5))
def test_every_figure_comes_from_the_rows_it_names(seed: int) -> None:
    for year in (2025, None):
        made = of(county(seed), year)
        details = [detail.table() for detail in made.details]
        found = recounted(made.report(), details)
        assert len(found) > 50
        assert [one for one in found if not one.agrees] == []


@pytest.mark.parametrize("seed", range(0, 40, 5))
def test_years_add_up_to_what_each_is_alone(seed: int) -> None:
    one = county(seed)
    together = {
        part["period"]: (part["submitted"], part["adopted"], part["levels"])
        for part in stats_json(of(one, None))["periods"]
    }
    for label, told in together.items():
        alone = stats_json(of(one, int(label)))["periods"]
        levels = {level: sum(month["levels"][level] for month in alone) for level in told[2]}
        sums = tuple(sum(month[key] for month in alone) for key in ("submitted", "adopted"))
        assert (*sums, levels) == told


# Print


PRINTED = (
    ("南街道", 14, 7, "50%"), ("仓门街道", 28, 16, "57.1%"), ("北寨镇", 15, 8, "53.3%"),
    ("西街道", 33, 12, "36.4%"), ("礼让街道", 33, 14, "42.4%"), ("滩头街道", 47, 20, "42.6%"),
    ("人民街道", 14, 4, "28.6%"), ("饮马街道", 10, 5, "50%"), ("统计局", 0, 0, "0"),
    ("财政局", 8, 6, "75%"), ("政府办", 18, 18, "100%"), ("卫生局", 8, 6, "75%"),
    ("发改局", 7, 5, "71.4%"),
)  # fmt: skip
"""The rates of a published monthly bulletin, its units renamed; it pads 57.1 to 57.10."""


def test_rates_come_out_as_a_published_bulletin_has_them() -> None:
    one = counted([(name, sent, taken) for name, sent, taken, _ in PRINTED])
    report = standings(desk(one), 2025, None).report()
    (units,) = [made for made in report.tables if made.name == "单位报送量排名"]
    place = {column.title: at for at, column in enumerate(units.columns)}
    found = {
        str(row[place["单位"]]): [str(row[place[name]]) for name in ("报送", "采用", "采用率")]
        for row in units.rows
    }
    assert found == {name: [str(sent), str(taken), rate] for name, sent, taken, rate in PRINTED}


def test_a_joint_item_is_half_an_item_of_each_kind() -> None:
    """A district's annual report: 223.5 of 622 are 35.93 %, 126.5 are 20.34 %."""
    one: County = {
        "单位": rows("单位名称 单位类别", "甲 委室", "乙 民主党派", "丙 其他"),
        "报送": [
            {"编号": str(n), "标题": f"题{n}", "报送单位": unit, "报送日期": "2025-03-01"}
            for n, unit in enumerate(["甲"] * 223 + ["乙"] * 126 + ["丙"] * 272 + ["甲、乙"])
        ],
    }
    found = table(of(one).report(), "报送单位类别")
    assert [row[:3] for row in found] == [
        ["委室", "223.5", "35.9%"],
        ["民主党派", "126.5", "20.3%"],
        ["其他", "272", "43.7%"],
        ["合计", "622", "100%"],
    ]


# By hand


@pytest.fixture(scope="module")
def report() -> Report:
    """The small county's year."""
    return of(small()).report()


def test_month_by_month(report: Report) -> None:
    found = table(report, "各月情况")
    assert found[2:9] == [
        ["3月", "1", "0", "0%", "0", "0", "0", "0", "0"],
        ["4月", "0", "1", "—", "0", "1", "0", "0", "0"],
        ["5月", "1", "0", "0%", "0", "0", "0", "0", "0"],
        ["6月", "1", "1", "100%", "0", "0", "1", "0", "0"],
        ["7月", "1", "0", "0%", "0", "0", "0", "0", "0"],
        ["8月", "0", "1", "—", "0", "1", "0", "0", "0"],
        ["9月", "0", "0", "0", "0", "0", "0", "0", "0"],
    ]
    assert found[-1] == ["合计", "4", "3", "75%", "0", "2", "1", "0", "0"]


def test_by_channel_and_form(report: Report) -> None:
    assert table(report, "各渠道采用") == [
        ["县政协", "县级", "0", "0", "0", "0", "0%"],
        ["市政协", "市级", "2", "1", "0", "1", "50%"],
        ["省政协", "省级", "1", "0", "1", "0", "25%"],
        ["全国政协", "国家级", "0", "0", "0", "0", "0%"],
    ]


def test_by_source(report: Report) -> None:
    """Item 1 is of two committees and three people; 白芷 of 民盟支部 signs item 2 alone."""
    assert table(report, "报送单位类别") == [
        ["委室", "3", "75%", "2", "66.7%", "66.7%"],
        ["民主党派", "1", "25%", "1", "33.3%", "100%"],
        ["合计", "4", "100%", "3", "100%", "75%"],
    ]
    assert table(report, "作者身份") == [
        ["常委", "1.33", "33.3%", "1.33", "44.4%", "100%"],
        ["委员", "2.67", "66.7%", "1.67", "55.6%", "62.5%"],
        ["合计", "4", "100%", "3", "100%", "75%"],
    ]
    assert [row[0] for row in table(report, "考评序列")] == ["第一序列", "第二序列", "合计"]


def test_how_long_it_took(report: Report) -> None:
    """31 days to the city, 24 to the province, 31 again."""
    assert [row[:5] for row in table(report, "从报送到采用的用时")] == [
        ["市级", "2", "31", "31", "31"],
        ["省级", "1", "24", "24", "24"],
        ["任何一级", "3", "24", "31", "31"],
    ]


def test_a_spreadsheet_comes_to_every_figure(tmp_path: Path) -> None:
    """Among them the shortest, the middle and the longest wait, by formulas over columns."""
    made = of(county(5), None)
    path = tmp_path / "统计.xlsx"
    path.write_bytes(workbook(made.workbook()))
    (computed,) = converted([path], "xlsx", tmp_path)
    lines = [
        [cell.value for cell in row]
        for row in openpyxl.load_workbook(computed, data_only=True)["核对"].iter_rows()
        if row[3].value in {"一致", "不一致"}
    ]
    told = recounted(made.report(), [detail.table() for detail in made.details])
    assert [line[0] for line in lines] == [one.place for one in told]
    assert {line[3] for line in lines} == {"一致"}
    measures = {one.figure.rows.measure for one in told if isinstance(one.figure.rows, Rows)}
    assert measures == {"sum", "min", "median", "max"}


def test_only_the_first_adoption_ever_tells_how_long_it_took() -> None:
    one = small()
    one["采用"] += rows("编号 采用单位 采用方式 采用日期", "2025-001 市政协 单篇 2026-02-01")
    assert table(of(one, 2026).report(), "各渠道采用")[1][2] == "1"
    assert "从报送到采用的用时" not in {made.name for made in of(one, 2026).report().tables}


def test_an_item_signed_by_the_unit_has_no_author() -> None:
    one = small()
    one["报送"][0]["署名"] = "单位"
    found = {row[0]: row[1] for row in table(of(one).report(), "作者身份")}
    assert found == {"常委": "1", "委员": "2", "单位署名": "1", "合计": "4"}


def topics() -> Desk:
    """Three items with a topic and one without; one of them is the office's own."""
    at = desk(small())
    with at.ledger.writing():
        records = Records(at.ledger, "测试")
        unit = at.register.find_unit("提案委")
        for n, (topic, mark) in enumerate((("民生", ""), ("民生", "内部"), ("经济", ""))):
            named = (("主题", topic), *((("密级", mark),) if mark else ()))
            records.submit(
                Submission(
                    item=0,
                    supersedes=None,
                    number=f"T{n}",
                    title=f"题{n}",
                    submitted_on="2025-02-01",
                    by_unit=True,
                    authors=(),
                    units=(unit,),
                    attributes=named,
                )
            )
    topic = Attribute("主题", kind="choice", choices=("经济", "民生"))
    words = at.rulebook.words._replace(attributes=(topic,))
    at.__dict__["rulebook"] = at.rulebook._replace(words=words)
    return at


def test_by_topic() -> None:
    report = stats(topics(), 2025).report()
    assert [row[:3] for row in table(report, "主题")] == [
        ["经济", "1", "14.3%"], ["民生", "2", "28.6%"], ["（未填）", "4", "57.1%"],
        ["合计", "7", "100%"],
    ]  # fmt: skip


def test_what_an_audience_may_not_know_is_counted_and_not_named() -> None:
    at = topics()
    at.audience = "units"
    made = stats(at, 2025)
    assert made.view.items == 1
    names = [str(row[0]) for row in made.details[0].table().rows]
    assert names.count("（不列）") == 1
    assert "T1" not in names
    assert stats_json(made)["audience"] == "units"


def test_a_year_without_anything(report: Report) -> None:
    made = of({"单位": rows("单位名称 单位类别", "甲 委室")}, 2025)
    assert table(made.report(), "各月情况")[-1] == ["合计", *["0"] * 8]
    assert str(made.report().lead[0]).endswith("报送 0 条，被采用 0 条，采用率 0。")
    assert {one.name for one in made.report().tables} < {one.name for one in report.tables}


def test_figures_of_the_lead_are_figures(report: Report) -> None:
    (lead,) = report.lead
    assert str(lead).endswith("，2025年报送 4 条，被采用 3 条，采用率 75%。")
    assert [str(part) for part in lead.parts if isinstance(part, Figure)] == ["4", "3"]  # type: ignore[union-attr]


def test_charts_show_the_tables(report: Report) -> None:
    named: dict[str, Table] = {made.name: made for made in report.tables}
    assert len(report.charts) == 7
    for chart in report.charts:
        for series in chart.series:
            for category, value in zip(chart.categories, series.values, strict=True):
                assert isinstance(value, Figure)
                made = named[value.rows.table]  # type: ignore[union-attr]
                at = [column.title for column in made.columns].index(value.rows.total)  # type: ignore[union-attr]
                (row,) = [row for row in made.rows if row[0] == category]
                assert str(row[at]) == str(value)
