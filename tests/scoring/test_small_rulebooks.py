"""What the language says, tried on rulebooks of a few lines, each with a worked case."""

from sqmy.rules import cases, compiled, reader
from sqmy.scoring.cases import run

HEAD = """\
名称: 小办法
版本: 试
依据: 试
条款原意: {一: 试, 二: 试}
小数位: 2
年度: {条款: 一, 起于: 01-01, 归属: 各按发生日期}
总分: {条款: 一, 下限: 无}
排名: {条款: 一, 单位分组: 不分组, 并列: 同名次}
分摊: {条款: 一, 个人: 不计, 单位: 平均, 单位署名: 只计单位}
"""
WORDS = """\
词汇:
  渠道: [{名: 市局, 级: 市}, {名: 省厅, 级: 省}]
  采用方式: [采用]
  单位类别: [科室]
  附加项:
    - {名: 体裁, 属于: 信息, 类型: 选项, 选项: [信息, 调研]}
  账目: [{名: 稿酬, 计量: 元}]
"""
COUNTING = "任务计数: {多人署名: 各计一条, 单位署名: 只计单位, 被认定的: 照计}\n"
ADOPTION = "{条款: 一, 采用: {市局: 5, 省厅: 10}, 同篇: 每次, 范围: 本年度}"
ADDED = "合并: [{条款: 一, 条款各项: [一], 方法: 累加}]\n"


def problems(rules: str, county: str) -> list[str]:
    """What of a case does not come out, by a rulebook of the head and these sections.

    Args:
        rules: the sections.
        county: the case, without its explanation, clauses, year and members.
    """
    made = reader.read(HEAD + rules, "办法.yaml")
    rulebook = compiled.load(compiled.compile_(made))
    assert rulebook == made
    text = "- 说明: 试\n  条款: 一\n  年度: 2025\n  人员: 无\n"
    text += "".join(f"  {line}\n" for line in county.splitlines())
    (case,) = cases.read(text, "算例.yaml", rulebook)
    return [str(problem) for problem in run(case)]


def test_a_quota_by_unit_may_count_some_items_only_and_carry_over() -> None:
    rules = (
        WORDS
        + COUNTING
        + """\
任务:
  - {条款: 一, 单位类别: [科室], 每: 半年, 报送: 1, 各单位: {甲科: 2}, 条件: {体裁: [调研]},
     结转: 是, 约束: 是, 到期: 期末在任}
"""
    )
    county = """\
单位: {甲科: {单位类别: 科室}, 乙科: {单位类别: 科室}}
信息:
  - {编号: A1, 报送: 2025-02-01, 单位: [甲科, 乙科], 附加项: {体裁: 调研}}
  - {编号: A2, 报送: 2025-03-01, 单位: [甲科, 乙科], 附加项: {体裁: 调研}}
  - {编号: A3, 报送: 2025-04-01, 单位: [甲科, 乙科], 附加项: {体裁: 信息}}
得分: {甲科: 0}
任务: {甲科: {2025H1: 完成, 2025H2: 未完成}, 乙科: {2025H1: 完成, 2025H2: 完成}}
"""
    assert problems(rules, county) == []


def test_the_lines_of_a_case_are_those_of_its_points() -> None:
    rules = (
        WORDS
        + ADDED
        + f"""\
计分:
  - {ADOPTION}
  - {{条款: 一, 采用: {{省厅: 80}}, 同篇: 每次, 范围: 本年度, 记入: 稿酬}}
"""
    )
    county = """\
单位: {甲科: {单位类别: 科室}}
信息:
  - {编号: A1, 报送: 2025-02-01, 单位: 甲科, 采用: [{渠道: 省厅, 日期: 2025-03-01}]}
得分: {甲科: 10}
明细: {甲科: [[一, 10]]}
账目得分: {稿酬: {甲科: 80}}
"""
    assert problems(rules, county) == []


def test_parts_of_the_work_are_converted_each_in_its_own_way() -> None:
    rules = (
        WORDS.replace("[科室]", "[科室, 直属单位]")
        + ADDED.replace("[一]", "[一, 二]")
        + f"""\
计分:
  - {ADOPTION}
  - {{条款: 二, 报送: 1, 同篇: 一次, 范围: 本年度}}
折算:
  - {{条款: 一, 满分: 6, 基准: 最高者得满分, 对象: 单位, 条款各项: [一]}}
  - {{条款: 一, 满分: 4, 基准: 按基准分, 基准分: {{科室: 4, 其余: 2}}, 对象: 单位, 条款各项: [二]}}
"""
    ).replace("条款原意: {一: 试, 二: 试}", "")
    county = """\
单位: {甲科: {单位类别: 科室}, 乙科: {单位类别: 科室}, 丙站: {单位类别: 直属单位}}
信息:
  - {编号: A1, 报送: 2025-02-01, 单位: 甲科, 采用: [{渠道: 省厅, 日期: 2025-03-01}]}
  - {编号: A2, 报送: 2025-02-01, 单位: 乙科, 采用: [{渠道: 市局, 日期: 2025-03-01}]}
  - {编号: A3, 条数: 3, 报送: 2025-02-01, 单位: 丙站}
得分: {甲科: 11, 乙科: 6, 丙站: 3}
折算得分: {甲科: 7, 乙科: 4, 丙站: 4}
"""
    assert problems(rules, county) == []


def test_awards_may_look_at_each_quarter_and_at_some_clauses() -> None:
    rules = (
        WORDS.replace("  附加项:", "  认定类型: [{名: 通报批评, 对象: 单位}]\n  附加项:")
        + COUNTING
        + ADDED.replace("[一]", "[一, 二]")
        + f"""\
任务:
  - {{条款: 一, 单位类别: [科室], 每: 季度, 报送: 1, 约束: 是, 到期: 期末在任}}
计分:
  - {ADOPTION}
  - {{条款: 二, 报送: 1, 同篇: 一次, 范围: 本年度}}
评先:
  - {{条款: 一, 名称: 季度之星, 每: 季度, 对象: 单位, 分组: 不分组, 排序: [得分],
     并列: 一并列入, 取: 1, 资格: {{最低得分: 1}}}}
  - {{条款: 一, 名称: 采用多, 每: 半年, 条款各项: [一], 对象: 单位, 分组: 不分组,
     排序: [得分], 并列: 一并列入, 取: 1}}
  - {{条款: 一, 名称: 合格, 每: 季度, 对象: 单位, 分组: 不分组, 排序: [得分], 并列: 一并列入,
     资格: {{完成任务: 是, 没有认定: [通报批评], 最少采用: 1}}}}
  - {{条款: 一, 名称: 季度好信息, 每: 季度, 条款各项: [一], 对象: 信息, 分组: 不分组,
     排序: [得分], 并列: 一并列入, 取: 1}}
"""
    )
    county = """\
单位:
  甲科: {单位类别: 科室, 认定: [{类型: 通报批评, 日期: 2025-05-01}]}
  乙科: {单位类别: 科室}
信息:
  - {编号: A1, 报送: 2025-02-01, 单位: 甲科, 采用: [{渠道: 市局, 日期: 2025-03-31}]}
  - {编号: A2, 报送: 2025-04-01, 单位: 甲科, 采用: [{渠道: 市局, 日期: 2025-04-02}]}
  - {编号: B1, 条数: 3, 报送: 2025-04-01, 单位: 乙科}
  - {编号: B2, 报送: 2025-04-01, 单位: 乙科, 采用: [{渠道: 市局, 日期: 2025-06-30}]}
得分: {甲科: 12, 乙科: 9}
评先:
  季度之星2025Q1: [甲科]
  季度之星2025Q2: [乙科]
  季度之星2025Q3: 无
  采用多2025H1: [甲科]
  采用多2025H2: [甲科, 乙科]
  合格2025Q1: [甲科]
  合格2025Q2: [乙科]
  季度好信息2025Q1: [A1]
  季度好信息2025Q2: [A2, B2]
"""
    assert problems(rules, county) == []
