"""What else became of an item, several accounts, and weeks: small rulebooks, each with a case."""

import pytest

from build import Built
from small import COUNTING, HEAD, WORDS, problems
from sqmy.days import periods
from sqmy.errors import ProblemsError
from sqmy.ledger.snapshot import snapshot
from sqmy.rules import cases, looking, reader
from sqmy.scoring.cases import run, snapshot_of
from sqmy.scoring.engine import score

RANKS = "  批示级别: [{名: 市领导, 级: 市}]\n"
DOUBLED = """\
计分: [{条款: 一, 采用: {市局: 5, 省厅: 10}, 同篇: 每次, 范围: 本年度}]
系数: [{条款: 二, 条款各项: [一], %s, 乘: 2}]
"""
ADOPTED_AND_INSTRUCTED = """\
单位: {甲科: {单位类别: 科室}}
信息:
  - 编号: A1
    报送: 2025-02-01
    单位: 甲科
    采用: [{渠道: 市局, 日期: 2025-03-01}]
    批示: [{级别: 市领导, 日期: %s}]
得分: {甲科: %s}
"""


@pytest.mark.parametrize("day", ["2025-02-10", "2025-03-01", "2025-12-31"])
def test_besides_does_not_ask_which_came_first(day: str) -> None:
    rules = WORDS + RANKS + DOUBLED % "另有: {批示: [市领导]}"
    assert problems(rules, ADOPTED_AND_INSTRUCTED % (day, 10)) == []


@pytest.mark.parametrize(
    ("day", "points"), [("2025-02-10", 10), ("2025-03-01", 10), ("2025-03-02", 5)]
)
def test_before_asks_for_the_day_or_an_earlier_one(day: str, points: int) -> None:
    rules = WORDS + RANKS + DOUBLED % "须先: {批示: [市领导]}"
    assert problems(rules, ADOPTED_AND_INSTRUCTED % (day, points)) == []


def test_besides_may_be_a_finding_on_the_item() -> None:
    words = WORDS + "  认定类型: [迟报, {名: 催办, 对象: 单位}]\n"
    county = """\
单位: {甲科: {单位类别: 科室}, 乙科: {单位类别: 科室}}
信息:
  - 编号: A1
    报送: 2025-02-01
    单位: 甲科
    采用: [{渠道: 市局, 日期: 2025-03-01}]
    认定: [{类型: 迟报, 日期: 2025-04-01}]
  - {编号: A2, 报送: 2025-02-01, 单位: 乙科, 采用: [{渠道: 市局, 日期: 2025-03-01}]}
得分: {甲科: 2.5, 乙科: 5}
"""
    late = (DOUBLED % "另有: {认定: [迟报]}").replace("乘: 2", "乘: 1/2")
    assert problems(words + late, county) == []
    with pytest.raises(ProblemsError, match="「催办」的对象不是信息，永远不会有"):
        reader.read(HEAD + words + DOUBLED % "另有: {认定: [催办]}", "办法.yaml")


def test_an_event_is_not_there_besides_itself() -> None:
    county = """\
单位: {甲科: {单位类别: 科室}, 乙科: {单位类别: 科室}}
信息:
  - {编号: A1, 报送: 2025-02-01, 单位: 甲科, 采用: [{渠道: 市局, 日期: 2025-03-01}]}
  - 编号: A2
    报送: 2025-02-01
    单位: 乙科
    采用: [{渠道: 市局, 日期: 2025-03-01}, {渠道: 市局, 日期: 2025-03-05}]
得分: {甲科: 5, 乙科: 20}
"""
    assert problems(WORDS + DOUBLED % "另有: {采用: [市局]}", county) == []


@pytest.mark.parametrize("order", [("省厅", "市局"), ("市局", "省厅")])
def test_what_came_before_on_one_day_does_not_hang_on_the_order_of_recording(
    order: tuple[str, str],
) -> None:
    rules = """\
计分: [{条款: 一, 上报: {市局: 5}, 须先: {上报: [省厅]}, 同篇: 每次, 范围: 本年度}]
"""
    sent = ", ".join(f"{{渠道: {channel}, 日期: 2025-03-01}}" for channel in order)
    county = f"""\
单位: {{甲科: {{单位类别: 科室}}}}
信息:
  - {{编号: A1, 报送: 2025-02-01, 单位: 甲科, 上报: [{sent}]}}
得分: {{甲科: 5}}
"""
    assert problems(WORDS + rules, county) == []


def test_the_highest_is_sought_in_each_account_by_itself() -> None:
    rules = """\
计分:
  - {条款: 一, 采用: {市局: 5}, 同篇: 每次, 范围: 本年度}
  - {条款: 一, 采用: {市局: 500}, 同篇: 每次, 范围: 本年度, 记入: 稿酬}
  - {条款: 二, 采用: {省厅: 10}, 同篇: 每次, 范围: 本年度}
  - {条款: 二, 采用: {省厅: 20}, 同篇: 每次, 范围: 本年度, 记入: 稿酬}
合并: [{条款: 二, 条款各项: [一, 二], 方法: 就高}]
"""
    county = """\
单位: {甲科: {单位类别: 科室}}
信息:
  - 编号: A1
    报送: 2025-02-01
    单位: 甲科
    采用: [{渠道: 市局, 日期: 2025-03-01}, {渠道: 省厅, 日期: 2025-03-02}]
得分: {甲科: 10}
账目得分: {稿酬: {甲科: 500}}
"""
    assert problems(WORDS + rules, county) == []


def test_points_are_entered_in_a_further_account_at_a_rate() -> None:
    rules = """\
计分:
  - {条款: 一, 采用: {市局: [6, 3]}, 次序: 全年, 同篇: 每次, 范围: 本年度, 同时记入: {稿酬: 5/2}}
限额: [{条款: 二, 条款各项: [一], 每: 年, 对象: 单位, 记入: 稿酬, 上限: 20}]
"""
    county = """\
单位: {甲科: {单位类别: 科室}, 乙科: {单位类别: 科室}}
信息:
  - {编号: A1, 报送: 2025-02-01, 单位: [甲科, 乙科], 采用: [{渠道: 市局, 日期: 2025-03-01}]}
  - {编号: A2, 报送: 2025-02-01, 单位: 甲科, 采用: [{渠道: 市局, 日期: 2025-03-02}]}
  - {编号: A3, 报送: 2025-02-01, 单位: 甲科, 采用: [{渠道: 市局, 日期: 2025-03-03}]}
得分: {甲科: 9, 乙科: 3}
明细: {甲科: [[一, 3], [一, 3], [一, 3]]}
账目得分: {稿酬: {甲科: 20, 乙科: 7.5}}
"""
    assert problems(WORDS + rules, county) == []


def test_a_consequence_bars_from_the_awards_that_it_names() -> None:
    rules = """\
  认定类型: [{名: 不报, 对象: 单位}]
后果: [{条款: 二, 认定: [不报], 满: 1, 在: 年, 后果: 取消评先资格%s}]
评先:
  - {条款: 一, 名称: 先进, 对象: 单位, 分组: 不分组, 排序: [得分], 并列: 一并列入}
  - {条款: 一, 名称: 零采用, 对象: 单位, 分组: 不分组, 排序: [得分], 并列: 一并列入,
     资格: {最多采用: 0}}
"""
    county = """\
单位: {甲科: {单位类别: 科室, 认定: [{类型: 不报, 日期: 2025-03-01}]}}
信息: 无
得分: {甲科: 0}
评先: {先进: 无, 零采用: %s}
"""
    assert problems(WORDS + rules % ", 评先: [先进]", county % "[甲科]") == []
    assert problems(WORDS + rules % "", county % "无") == []


def test_a_week_counts_where_it_ends_with_its_days_of_the_year_before() -> None:
    text = """\
任务: [{条款: 一, 单位类别: [科室], 每: 周, 报送: 1, 约束: 是, 到期: 期末在任}]
完成任务得分: [{条款: 一, 任务条款: 一, 每期: {完成: 1}}]
"""
    rulebook = reader.read(HEAD + WORDS + COUNTING + text, "办法.yaml")
    days = ("2024-12-29", "2024-12-30", "2025-12-28", "2025-12-29")
    county = {
        "单位": [{"单位名称": "甲科", "单位类别": "科室"}],
        "报送": [
            {"编号": str(at), "标题": str(at), "报送单位": "甲科", "报送日期": day}
            for at, day in enumerate(days, 1)
        ],
    }
    with Built(county).ledger as ledger:
        for year, weeks in ((2024, {"2024W52"}), (2025, {"2025W01", "2025W52"})):
            facts = snapshot(ledger, periods(year)[0], reads=looking.reads(rulebook))
            book = score(facts, rulebook, year)
            assert {one.period.label for one in book.obligations if one.met} == weeks
            assert book.units[0].total == len(weeks)


SIGNED = """\
词汇:
  渠道: [{名: 市局, 级: 市}]
  采用方式: [采用]
  单位类别: [科室, 乡镇]
  身份: [{名: 干部, 本地: 是}, {名: 新人, 本地: 是}]
  账目: [{名: 稿酬, 计量: 元}]
分摊: {条款: 一, 个人: 平均, 单位: 平均, 单位署名: 只计单位}
计分: [{条款: 一, 采用: {市局: 12}, 同篇: 每次, 范围: 本年度, 同时记入: {稿酬: 10}}]
系数:
  - {条款: 二, 条款各项: [一], 作者: {满足: 各自, 身份: [新人]}, 乘: 1.5}
  - {条款: 二, 条款各项: [一], 报送单位: {满足: 各自, 单位类别: [乡镇]}, 乘: 2}
"""
TWO = """\
- 说明: 试
  条款: 一
  年度: 2025
  单位: {甲科: {单位类别: 科室}, 乙乡: {单位类别: 乡镇}}
  人员:
    张三: {单位: 甲科, 身份: 干部}
    李四: {单位: 乙乡, 身份: 新人, 任职开始: 2025-02-01}
    王五: {单位: 乙乡, 身份: [干部, 新人]}
  信息:
    - {编号: A1, 报送: 2025-02-01, 作者: [张三, 李四, 王五], 单位: [甲科, 乙乡],
       采用: [{渠道: 市局, 日期: 2025-03-01}]}
    - {编号: A2, 报送: 2025-01-31, 作者: [李四], 单位: [乙乡],
       采用: [{渠道: 市局, 日期: 2025-03-01}]}
  得分: {张三: 4, 李四: 18, 王五: 6, 甲科: 6, 乙乡: 36}
  明细: {李四: [[一, 6], [一, 12]]}
  账目得分: {稿酬: {张三: 40, 李四: 180, 王五: 60, 甲科: 60, 乙乡: 360}}
"""


def test_a_coefficient_may_concern_the_parts_of_those_who_fulfil_it() -> None:
    head = "".join(line for line in HEAD.splitlines(keepends=True) if "分摊" not in line)
    rulebook = reader.read(head + SIGNED, "办法.yaml")
    (case,) = cases.read(TWO, "算例.yaml", rulebook)
    assert [str(problem) for problem in run(case)] == []
    assert looking.reads(rulebook).ordered
    book = score(snapshot_of(case), rulebook, 2025)
    (young,) = [one for one in book.members if one.name == "李四"]
    assert book.lines_of(young.key)[0].note.endswith("12 分由 3 方分摊，这一份按二乘 3/2")


def test_each_is_for_coefficients_alone_and_for_one_side() -> None:
    head = "".join(line for line in HEAD.splitlines(keepends=True) if "分摊" not in line)
    one = SIGNED.replace("范围: 本年度,", "范围: 本年度, 作者: {满足: 各自, 身份: [新人]},")
    both = SIGNED.replace("[一], 报送", "[一], 作者: {满足: 各自, 身份: [新人]}, 报送")
    for text, says in ((one, "「各自」只用在「系数」里"), (both, "只能有一个写 各自")):
        with pytest.raises(ProblemsError, match=says):
            reader.read(head + text, "办法.yaml")
