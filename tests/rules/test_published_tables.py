"""Published tables worked out anew, and where a print contradicts itself.

Points come from a rulebook and a workbook of counts; rates from the program's own printing. Where
a print does not add up, the test says what it comes to and by how much it is off.
"""

import re
from fractions import Fraction
from pathlib import Path

import pytest

from arrivals.common import sheet
from published import DISTRICT, PORTAL
from sqmy.intake import sheets
from sqmy.intake.counts import CountTable, find
from sqmy.reports import checking
from sqmy.reports.detail import rate
from sqmy.reports.model import Number, Report
from sqmy.rules import cases, reader
from sqmy.rules.casebook import Case
from sqmy.scoring.cases import run, snapshot_of
from sqmy.scoring.engine import score

# 01 Points: adopted by the city's portal 5, by the prefecture's 10 (inferred from the table)

RULEBOOK = """\
名称: 政府门户网站信息采用计分
版本: 由公布的得分倒推
依据: 2023 年 1—3 月通报
条款原意: {本级: 市政府网采用每条 5 分, 上级: 上级政府网采用每条 10 分, 总分: 相加，排名}
词汇:
  渠道: [{名: 市政府网, 级: 县}, {名: 上级政府网, 级: 市}]
  采用方式: [采用]
  单位类别: [市直部门]
小数位: 0
年度: {条款: 总分, 起于: 01-01, 归属: 各按发生日期}
计分:
  - {条款: 本级, 采用: {市政府网: 5}, 同篇: 每次, 范围: 本年度}
  - {条款: 上级, 采用: {上级政府网: 10}, 同篇: 每次, 范围: 本年度}
合并: [{条款: 总分, 条款各项: [本级, 上级], 方法: 累加}]
分摊: {条款: 总分, 个人: 不计, 单位: 平均, 单位署名: 只计单位}
总分: {条款: 总分, 下限: 无}
排名: {条款: 总分, 单位分组: 不分组, 并列: 同名次}
"""

OWN, UPPER = "市政府网", "上级政府网"
HEADINGS = (
    *("排名", "单位"),
    *(f"{channel}采用{what}" for channel in (OWN, UPPER) for what in ("条数", "得分")),
    "得分",
)


def counted(folder: Path, *rows: tuple[object, ...]) -> CountTable:
    """A published table as a workbook, read as a table of counts."""
    path = sheet(rows)(folder)
    (grid,) = sheets.read(path, path.name, 0)
    table = find(grid)
    assert table is not None
    return table


def sums(table: CountTable) -> list[tuple[str, str, str]]:
    """Each column with its sum and what the total row says."""
    return [(column, str(total), str(said)) for column, total, said in table.sums()]


def a_year_of(table: CountTable) -> Case:
    """A worked case with as many items as the table counts, and the points it prints."""
    place = {column: at for at, column in enumerate(table.columns)}
    items = [
        f"    - {{编号: {row.name}{channel}, 条数: {count}, 报送: 2023-01-01, 单位: {row.name}, "
        f"采用: [{{渠道: {channel}, 日期: 2023-03-31}}]}}\n"
        for row in table.rows
        for channel in (OWN, UPPER)
        if (count := row.figures[place[f"{channel}采用条数"]])
    ]
    units = ", ".join(f"{row.name}: {{单位类别: 市直部门}}" for row in table.rows)
    points = ", ".join(f"{row.name}: {row.figures[place['得分']]}" for row in table.rows)
    places = ", ".join(f"{name}: {at}" for at, name, *_ in PORTAL)
    text = (
        "- 说明: 公布的统计表\n  条款: [本级, 上级, 总分]\n  年度: 2023\n"
        f"  单位: {{{units}}}\n  人员: 无\n  信息:\n{''.join(items)}"
        f"  得分: {{{points}}}\n  名次: {{{places}}}\n"
    )
    (case,) = cases.read(text, "统计表.yaml", reader.read(RULEBOOK, "办法.yaml"))
    return case


def test_points_and_places_of_a_portal_come_out_as_printed(tmp_path: Path) -> None:
    """36 items of the city alone rank below 35 and 3 of the prefecture."""
    assert run(a_year_of(counted(tmp_path, HEADINGS, *PORTAL))) == []


def test_so_do_the_points_of_each_channel(tmp_path: Path) -> None:
    case = a_year_of(counted(tmp_path, HEADINGS, *PORTAL))
    book = score(snapshot_of(case), case.rulebook, 2023)
    found = []
    for unit in book.units:
        lines = book.lines_of(unit.key)
        own = [sum(line.points for line in lines if line.clause == c) for c in ("本级", "上级")]
        found.append((unit.name, *own, unit.total))
    assert found == [(unit, own, upper, total) for _, unit, _, own, _, upper, total in PORTAL]


def test_another_rule_would_not_give_the_printed_points(tmp_path: Path) -> None:
    """The five rows tell 5 and 10 apart from 5 and 9: the rule is not read into them."""
    case = a_year_of(counted(tmp_path, HEADINGS, *PORTAL))
    other = case._replace(rulebook=reader.read(RULEBOOK.replace("网: 10", "网: 9"), "办法.yaml"))
    assert [re.sub(".*》", "", str(one)) for one in run(other)] == [
        (
            "扎兰屯市现代农业产业园服务中心 应得 205 分，算得 202 分："
            "本级 5（35 笔），上级 9（3 笔）。"
        ),
        "市场监督管理局 应得 145 分，算得 144 分：本级 5（27 笔），上级 9。",
        "公安局 应得 135 分，算得 134 分：本级 5（25 笔），上级 9。",
    ]


# 03 Rates


@pytest.mark.parametrize(
    ("submitted", "adopted", "printed"),
    [*(row[1:] for row in DISTRICT), (301, 159, "52.8%")],
    ids=[*(row[0] for row in DISTRICT), "全区"],
)
def test_rates_of_a_portal_come_out_as_printed(submitted: int, adopted: int, printed: str) -> None:
    """The print pads 57.1 to 57.10, and nothing of nothing is 0 without a sign."""
    assert str(rate(adopted, submitted)) == re.sub(r"(\.\d)0%$", r"\1%", printed)


# 09 A quarter's notice, July to September 2016: its sources do not add up

SOURCES = {"县区": 34, "市直部门": 48, "市政府办政务科室及单位": 13, "自行采编": 9, "摘编": 1}
ZERO = (
    "上半年采用为零的单位有12个：市科技局、市司法局、市审计局、市国土局、市规划局、市城管局、市交通局、"
    "市食药监局、市供销社、市公积金中心、市红十字会、商洛调查队。"
)
FIRST = (
    "第二季度实现零突破的单位有9个：商丹园区、市民政局、市财政局、市人社局、市安监局、市信访局、"
    "市残联、市地税局、市气象局。"
)


def test_the_sources_of_a_quarter_come_to_six_more_than_is_printed(tmp_path: Path) -> None:
    """105 against 99: items of two sources counted twice would explain it, the print is silent."""
    table = counted(tmp_path, ("来源", "采用条数"), *SOURCES.items(), ("合计", 99))
    assert str(table).endswith("合计行的采用条数是 99，各行相加却是 105）")
    assert sums(table) == [("采用条数", "105", "99")]


def test_half_of_the_quarter_before_and_the_named_units_are_right() -> None:
    """34 of 68 is half; 12 and 9 units are named where 12 and 9 are said."""
    assert str(rate(34, 68)) == "50%"
    assert checking.faults(Report("通报", (), lead=(ZERO, FIRST)), []) == []
    short = ZERO.replace("、商洛调查队", "")
    (fault,) = checking.faults(Report("通报", (), lead=(short,)), [])
    assert fault.endswith("写的是 12 个，列出了 11 个。")


# 11 A quarter's notice, January to March 2014: both rates are off by one in the last digit


BODIES = {"各级林业主管部门": 84, "厅机关各处": 91, "厅直属各事业单位": 52, "各信息直报点": 39}


def test_the_parts_of_a_quarter_add_up(tmp_path: Path) -> None:
    table = counted(tmp_path, ("来源", "采用条数"), *BODIES.items(), ("合计", 266))
    assert sums(table) == [("采用条数", "266", "266")]


def test_its_rates_are_off_by_a_tenth() -> None:
    """36 and 21 of 57 units: printed 63.1 and 36.9, which is 63.2 and 36.8; both pairs are 100."""
    met, owing = 36, 21
    printed = {met: "63.1%", owing: "36.9%"}
    exact = {count: str(rate(count, met + owing)) for count in printed}
    assert exact == {met: "63.2%", owing: "36.8%"}
    off = {count: tenths(printed[count]) - tenths(exact[count]) for count in printed}
    assert off == {met: -1, owing: 1}
    assert sum(map(tenths, printed.values())) == sum(map(tenths, exact.values())) == 1000


def tenths(percentage: str) -> Fraction:
    """A printed percentage in tenths of a percent."""
    return Fraction(percentage.rstrip("%")) * 10


# 12 A district's year: a joint item is half an item of each source, and one rate is cut off


@pytest.mark.parametrize(
    ("count", "printed"),
    [
        (477, "76.69%"),
        (150, "24.12%"),
        (1, "0.16%"),
        (272, "43.73%"),
        (11, "1.77%"),
        (153, "24.6%"),
        (Fraction(447, 2), "35.93%"),
        (Fraction(253, 2), "20.34%"),
    ],
)
def test_rates_of_622_come_out_as_printed(count: int | Fraction, printed: str) -> None:
    """With one report of two sources as half of each: 223.5 and 126.5, printed as 224 and 126."""
    assert shown(count) == printed


def test_the_sources_of_a_year_add_up_as_printed_and_in_halves(tmp_path: Path) -> None:
    heads = ("来源", "报送条数", "折半条数")
    rows = (("专委会", 224, 223.5), ("参加单位", 126, 126.5), ("信息科", 272, 272))
    table = counted(tmp_path, heads, *rows, ("合计", 622, 622))
    assert sums(table) == [("报送条数", "622", "622"), ("折半条数", "622", "622")]


def test_counts_as_printed_give_other_rates_than_are_printed() -> None:
    """224 and 126 are off by 8 hundredths of a percent, 165 is cut off and not rounded."""
    printed = {224: "35.93%", 126: "20.34%", 165: "26.52%"}
    exact = {count: shown(count) for count in printed}
    assert exact == {224: "36.01%", 126: "20.26%", 165: "26.53%"}
    off = {count: (tenths(printed[count]) - tenths(exact[count])) * 10 for count in printed}
    assert off == {224: -8, 126: 8, 165: -1}
    assert Fraction(165, 622) * 10000 // 1 == tenths("26.52%") * 10
    told = ("35.93%", "20.34%", "43.73%")
    assert sum(map(tenths, told)) == 1000


def shown(count: int | Fraction) -> str:
    """The rate as printed, with two decimals, of the 622 items that came in."""
    return str(rate(count_cell(count), 622, 2))


def count_cell(count: int | Fraction) -> Number:
    """A count as a cell of a report, halves of items too."""
    return Number(Fraction(count), 1, trimmed=True)
