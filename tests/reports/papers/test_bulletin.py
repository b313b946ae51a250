"""Bulletins: figures as published ones print them, sentences, tables, and the office's settings."""

from fractions import Fraction

import pytest

from drafted import ISSUE, OFFICE, add, bulletin, counted, desk, profile
from scored import rows, small
from sqmy.errors import SqmyError
from sqmy.reports.checking import faults, recounted
from sqmy.reports.model import Figure, Section, Table
from sqmy.reports.papers.bulletin import Bulletin
from sqmy.workspace import papers


def body(made: Bulletin) -> str:
    """The whole body, a paragraph on a line."""
    return "\n".join(
        line
        for section in made.report.body
        if isinstance(section, Section)
        for line in (f"【{section.heading}】", *map(str, section.body))
    )


def table(made: Bulletin, enclosure: int = 0, number: int = 0) -> Table:
    """A table of an enclosure."""
    found = made.report.enclosures[enclosure].body[number]
    assert isinstance(found, Table)
    return found


def column(shown: Table, name: str) -> list[str]:
    """The cells of a column, totals too."""
    place = [one.name for one in shown.columns].index(name)
    return [str(row[place]) for row in shown.rows]


# Figures of published bulletins, the units renamed

WEBSITE = [
    ("南河街道", 14, 7, "50%"), ("仓门街道", 28, 16, "57.1%"), ("总坝镇", 15, 8, "53.3%"),
    ("西河街道", 33, 12, "36.4%"), ("礼门街道", 33, 14, "42.4%"), ("河滩街道", 47, 20, "42.6%"),
    ("人和街道", 14, 4, "28.6%"), ("饮泉街道", 10, 5, "50%"), ("统计局", 0, 0, "0"),
    ("财政局", 8, 6, "75%"), ("办公室", 18, 18, "100%"), ("卫生局", 8, 6, "75%"),
    ("发改局", 7, 5, "71.4%"),
]  # fmt: skip
"""A month of a district's website: submitted, adopted, and the rate as it was printed."""


def test_rates_come_out_as_printed() -> None:
    made = bulletin(counted([row[:3] for row in WEBSITE]), own="印数: {单位顺序: 名册}")
    shown = table(made)
    assert column(shown, "单位")[:-1] == [row[0] for row in WEBSITE]
    assert column(shown, "采用率")[:-1] == [row[3] for row in WEBSITE]


def test_the_same_rates_with_a_decimal_everywhere() -> None:
    own = "印数: {补零: 是, 单位顺序: 名册}"
    made = bulletin(counted([row[:3] for row in WEBSITE]), own=own)
    assert column(table(made), "采用率")[:3] == ["50.0%", "57.1%", "53.3%"]


@pytest.mark.parametrize(
    ("adopted", "submitted", "decimals", "printed"),
    [
        (5, 16, 1, "31.3%"),  # a tie is rounded up
        (32, 148, 1, "21.6%"),
        (4, 19, 0, "21%"),
        (159, 301, 1, "52.8%"),
        (477, 622, 2, "76.69%"),
        (150, 622, 2, "24.12%"),
        (1, 622, 2, "0.16%"),
        (272, 622, 2, "43.73%"),
        (36, 57, 1, "63.2%"),  # printed as 63.1 beside 36.9, which is off in the last digit
        (0, 0, 1, "0"),
    ],
)
def test_shares_are_rounded_half_up(
    adopted: int, submitted: int, decimals: int, printed: str
) -> None:
    made = bulletin(
        counted([("提案委", submitted, adopted)]), own=f"印数: {{百分数小数位: {decimals}}}"
    )
    assert f"采用率{printed}" in body(made)


def test_nothing_submitted_and_yet_adopted_has_no_rate() -> None:
    county = counted([("提案委", 1, 0)], day="2025-05-01")
    county["采用"] = rows("编号 采用单位 采用日期", "2025-0000 市政协 2025-08-01")
    assert column(table(bulletin(county)), "采用率") == ["—", "—"]


def test_praise_goes_down_with_equals_together() -> None:
    adopted = [12, 8, 5, 4, 4, 4, 3, 3, 3, 2, 1]
    names = "农口局 人社局 开发区 科工局 文旅局 商务局 发改委 景区 住建局 财政局 应急局"
    units = [(name, number, number) for name, number in zip(names.split(), adopted, strict=True)]
    assert (
        "被采用较多的单位：农口局12条，人社局8条，开发区5条，科工局、文旅局、商务局各4条，"
        "发改委、景区、住建局各3条，财政局2条。"
    ) in body(bulletin(counted(units)))


def test_a_tie_at_the_last_place_is_praised_whole() -> None:
    units = [(f"第{n}局", 3, 3) for n in range(10)]
    told = body(bulletin(counted([("头名局", 9, 9), *units]), own="通报: {表扬单位: 2}"))
    assert "头名局9条，" + "、".join(f"第{n}局" for n in range(10)) + "各3条。" in told


def test_half_of_the_quarter_before() -> None:
    county = counted([("县区甲", 68, 68)], day="2025-05-20")
    add(county, [("县区甲", 34, 34)], day="2025-08-20")
    add(county, [("县区甲", 1, 0)], day="2024-01-01")
    assert "收到社情民意信息34条，比上季度减少34条、下降50%" in body(bulletin(county))


def test_growth_on_last_year() -> None:
    county = counted([("县区甲", 1340, 0)], day="2024-03-10")
    add(county, [("县区甲", 1, 0)], day="2023-12-31")  # the ledger had begun by then
    add(county, [("县区甲", 1206, 266)], day="2025-03-11")
    told = body(bulletin(county, nth=1))
    assert "比上年同期减少134条、下降10%" in told
    assert "采用266条，采用率22.1%，" in told


def test_who_submitted_nothing_is_named_and_counted() -> None:
    silent = [(f"第{n}单位", 0, 0) for n in range(12)]
    county = counted([("商务局", 3, 1), ("文旅局", 2, 0), *silent])
    told = body(bulletin(county))
    assert "没有报送信息的单位有12个：第0单位、第1单位、" in told
    assert "报送了信息但没有被采用的单位有1个：文旅局。" in told
    mild = body(bulletin(county, own="通报: {点名: 否}"))
    assert "没有报送信息的单位有12个。" in mild
    assert "第0单位" not in mild


# The small county: two groups, an item of two units


def test_the_whole_bulletin_of_a_quarter() -> None:
    made = bulletin(small("关于夜市的建议"), nth=2)
    assert made.report.title == (
        "政协云汀县委员会办公室关于2025年第二季度社情民意信息报送和采用情况的通报"
    )
    assert body(made) == (
        "【总体情况】\n"
        "2025年第二季度，县政协共收到社情民意信息2条；其中，第一序列1条、占50%，"
        "第二序列1条、占50%。采用2条，采用率100%；其中，第一序列1条、占50%，"
        "第二序列1条、占50%。\n"
        "1—6月，累计收到3条，采用2条，采用率66.7%。\n"
        "【采用和批示情况】\n"
        "被市政协采用1条、被省政协采用1条。\n"
        "省政协采用的是《关于老年食堂的建议》（白芷、民盟支部）。"
        "市政协采用的是《关于停车难的建议》（白芷、杜若、苏叶、提案委、社法委）。"
        "采用的全部信息见附件2。\n"
        "【成绩较好的单位和个人】\n"
        "被采用较多的单位：提案委、社法委、民盟支部各1条。\n"
        "被采用较多的个人：白芷（民盟支部）、白芷（提案委）、苏叶、杜若各1条。\n"
        "【存在的问题】\n"
        "没有报送信息的单位有1个：提案委。\n"
        "常委每季度报送1条，没有做到的有1人：杜若。"
        "委室每季度报送1条，没有做到的有1个：提案委。\n"
        "【下一步工作要求】\n"
        "请各单位对照附表查找差距，没有完成任务的要尽快补上。\n"
        "围绕县委、县政府中心工作和群众关心的问题选题，一事一报，情况要真实，建议要可行。\n"
        "信息联络员要做好收集、整理和审核，均衡报送，注重时效。"
    )


def test_the_tables_of_a_quarter() -> None:
    made = bulletin(small("关于夜市的建议"), nth=2)
    first, second = (table(made, 0, number) for number in range(2))
    assert first.title == "第一序列（2 个单位）"
    assert [column.name for column in first.columns] == [
        "名次", "单位", "报送（条）/本季度", "报送（条）/累计", "采用（条）/县政协",
        "采用（条）/市政协",
        "采用（条）/省政协", "采用（条）/全国政协", "采用（条）/本季度", "采用（条）/累计",
        "批示（件次）/本季度", "批示（件次）/累计", "采用率", "得分/本季度", "得分/累计", "任务",
    ]  # fmt: skip
    assert [[str(cell) for cell in row] for row in first.rows] == [
        ["1", "提案委", "0", "1", "0", "1", "0", "0", "1", "1", "0", "0", "—", "2.5", "2.5", "1/2"],
        ["1", "社法委", "1", "2", "0", "1", "0", "0", "1", "1", "0", "0", "100%", "2.5", "2.5",
         "2/2"],
        ["", "合计", "1", "2", "0", "1", "0", "0", "1", "1", "0", "0", "100%", "5", "5", "3/4"],
    ]  # fmt: skip
    assert first.notes == (
        "几个单位联合报送的，各单位分别计数，合计只计一次：各单位相加3条，合计2条。",
    )
    assert [str(cell) for cell in second.rows[0]][:4] == ["1", "民盟支部", "1", "1"]


def test_an_item_of_units_of_two_groups_is_told_of() -> None:
    county = small("关于夜市的建议")
    county["报送"][0] |= {"报送单位": "提案委、民盟支部"}
    told = body(bulletin(county, nth=1))
    assert "第一序列1条、占100%，第二序列1条、占100%（联合报送的在各序列分别计数）。" in told


def test_points_of_a_period_are_what_they_grew_by() -> None:
    county = small("关于夜市的建议")
    shown = table(bulletin(county, nth=3))
    assert column(shown, "得分/本季度") == ["5", "-10", "-5"]
    assert column(shown, "得分/累计") == ["7.5", "-7.5", "0"]


def test_later_events_do_not_show_in_an_earlier_bulletin() -> None:
    county = small("关于夜市的建议")
    before = bulletin(county, nth=1)
    county["采用"] += rows("编号 采用单位 采用日期", "2025-001 全国政协 2025-09-09")
    after = bulletin(county, nth=1)
    assert body(before) == body(after)
    assert before.report.enclosures == after.report.enclosures


def test_a_half_year_has_its_quarters_beside_it() -> None:
    names = [one.name for one in table(bulletin(small(), "half", 2)).columns]
    assert names[2:6] == [
        f"报送（条）/{label}" for label in ("第三季度", "第四季度", "下半年", "累计")
    ]


def test_a_year_has_no_second_column_of_the_same() -> None:
    made = bulletin(small(), "year", 1)
    assert "2025年度" in made.report.title
    names = [one.name for one in table(made).columns]
    assert names[2] == "报送（条）"
    assert "得分" in names
    assert not any("累计" in name for name in names)


def test_obligations_not_due_yet_are_not_held_against_anybody() -> None:
    county = small()
    at = desk(county)
    material = papers.material(at, papers.rhythm_of(at, 2025, "quarter", 3))
    told = body(Bulletin(material._replace(today="2025-09-30"), profile(), ISSUE))
    assert "没有做到" not in told


# Settings


def test_zeros_may_stay_blank() -> None:
    shown = table(bulletin(small(), nth=2, own="印数: {零: 空白}"))
    assert column(shown, "采用（条）/县政协") == ["", "", ""]
    assert column(shown, "得分/本季度") == ["2.5", "2.5", "5"]


@pytest.mark.parametrize(
    ("ties", "places"), [("同名次", "1 1 3"), ("不跳号", "1 1 2"), ("顺序", "1 2 3")]
)
def test_ties_are_printed_as_the_office_does(ties: str, places: str) -> None:
    county = counted([("甲局", 2, 2), ("乙局", 2, 2), ("丙局", 1, 1)])
    shown = table(bulletin(county, own=f"印数: {{并列: {ties}}}"))
    assert " ".join(column(shown, "名次")[:-1]) == places


def test_parts_columns_and_enclosures_are_left_out_as_told() -> None:
    made = bulletin(
        small(),
        nth=2,
        own="通报: {正文: [采用, 总体], 略去: [批示, 得分, 累计], 附表: [个人],"
        " 小标题: {总体: 基本情况}}",
    )
    headings = [section.heading for section in made.report.body if isinstance(section, Section)]
    assert headings == ["采用和批示情况", "基本情况"]
    assert [one.heading for one in made.report.enclosures] == [
        "2025年第二季度委员社情民意信息报送和采用情况统计表"
    ]
    names = [one.name for one in table(made).columns]
    assert names[:4] == ["名次", "姓名", "单位", "报送（条）"]
    assert not any("批示" in name or "得分" in name or "累计" in name for name in names)


def test_words_of_the_office() -> None:
    made = bulletin(
        small(),
        nth=2,
        own='用语: {信息: 民情信息, 量词: 篇}\n通报: {总体: ["{期间}收到{报送}{量词}。"]}',
    )
    assert "2025年第二季度收到2篇。" in body(made)
    assert "报送（篇）/本季度" in [one.name for one in table(made).columns]


def test_members_have_a_table_of_their_own() -> None:
    made = bulletin(small(), nth=3, own="通报: {附表: [个人]}")
    shown = table(made)
    assert column(shown, "姓名") == ["白芷", "白芷", "苏叶", "杜若"]
    assert not shown.notes
    assert made.faults() == []


# It checks itself


def test_every_figure_is_the_sum_of_its_rows() -> None:
    made = bulletin(small(), nth=2, own="通报: {附表: [单位, 个人, 目录]}")
    assert len(made.recounted) > 50
    assert all(one.agrees for one in made.recounted)
    assert made.remarks()[0] == f"自查：{len(made.recounted)} 个数由明细重算，全部一致。"


def test_a_figure_that_is_not_the_sum_of_its_rows_is_told() -> None:
    made = bulletin(small(), nth=2)
    section = made.report.body[0]
    assert isinstance(section, Section)
    sentence = section.body[0]
    assert not isinstance(sentence, str)
    assert not isinstance(sentence, Table | Section)
    wrong = sentence._replace(
        parts=tuple(
            part._replace(value=7) if isinstance(part, Figure) and place < 3 else part
            for place, part in enumerate(sentence.parts)
        )
    )
    report = made.report._replace(body=(section._replace(body=(wrong,)),))
    told = faults(report, recounted(report, made.rows))
    assert told == ["总体情况 县政协共收到社情民意信息：印的是 7，由明细重算是 2。"]


def test_a_list_that_is_not_as_long_as_it_says_is_told() -> None:
    own = OFFICE + '通报: {要求: ["先进单位（等2个单位）：甲局、乙局（代章）、丙局。"]}'
    assert bulletin(small(), nth=2, own=own).faults() == [
        "“等2个单位）：甲局、乙局（代章）、丙局。…”：写的是 2 个，列出了 3 个。"
    ]


def test_shares_that_come_to_less_than_the_whole_are_remarked_on() -> None:
    county = counted([("甲局", 1, 0)])
    for group in ("第二序列", "第三序列"):
        add(county, [(f"{group}的局", 1, 0)], day="2025-08-02", group=group)
    told = bulletin(county).remarks()
    assert told[1] == ("提示：占比 33.3%、33.3%、33.3% 印出来相加是 99.9%，是四舍五入的缘故。")


def test_a_running_period_and_an_unnamed_office_are_remarked_on() -> None:
    at = desk(small())
    material = papers.material(at, papers.rhythm_of(at, 2025, "quarter", 3))
    told = Bulletin(
        material._replace(today="2025-09-30"), profile("印数: {补零: 否}"), ISSUE
    ).remarks()
    assert told[1] == "提示：2025年第三季度到 2025-09-30 才结束，数字还会变。"
    assert told[2].startswith("提示：机关名称还没有设定")


def test_a_period_that_is_not_there_is_refused() -> None:
    with pytest.raises(SqmyError, match="只有 1 至 4"):
        papers.rhythm_of(desk(small()), 2025, "quarter", 5)


# For programs


def test_the_value_has_figures_and_text() -> None:
    value = bulletin(small("关于夜市的建议"), nth=2).value()
    assert value["period"] == "2025Q2"
    assert value["total"][0] == {
        "span": "本季度",
        "submitted": 2,
        "adopted": 2,
        "adopted_by": [{"channel": "市政协", "adopted": 1}, {"channel": "省政协", "adopted": 1}],
        "instructed": [],
    }
    assert [unit["points"] for unit in value["units"]] == ["2.50", "2.50", "10.00"]
    assert value["faults"] == []
    assert Fraction(value["units"][0]["points"]) == Fraction(5, 2)
