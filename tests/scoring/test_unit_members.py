"""What a unit's quota brings its members, and what waits until the authors' parts are recorded."""

from fractions import Fraction

from sqmy.rules import cases, reader
from sqmy.rules.casebook import Case
from sqmy.scoring.cases import run, snapshot_of
from sqmy.scoring.engine import score

RULES = """\
名称: 小办法
版本: 试
依据: 试
条款原意: {一: 试}
词汇:
  渠道: [{名: 市局, 级: 市}]
  采用方式: [采用]
  身份: [{名: 干部, 本地: 是}]
  单位类别: [科室]
  附加项: [{名: 分工, 属于: 信息, 类型: 比例}]
小数位: 2
年度: {条款: 一, 起于: 01-01, 归属: 各按发生日期}
任务: [{条款: 一, 单位类别: [科室], 每: 半年, 报送: 1, 约束: 是, 到期: 期末在任}]
任务计数: {多人署名: 各计一条, 单位署名: 只计单位, 被认定的: 照计}
计分: [{条款: 一, 采用: {市局: 5}, 同篇: 每次, 范围: 本年度}]
完成任务得分: [{条款: 一, 任务条款: 一, 每期: {完成: 3, 未完成: -1}, 记给: 单位全体人员}]
分摊: {条款: 一, 个人: 按约定, 单位: 不计, 单位署名: 只计单位}
总分: {条款: 一, 下限: 无}
排名: {条款: 一, 单位分组: 不分组, 并列: 同名次}
"""

COUNTY = """\
- 说明: 上半年甲科完成，下半年没有；乙科都没有
  条款: 一
  年度: 2025
  单位: {甲科: {单位类别: 科室}, 乙科: {单位类别: 科室}}
  人员:
    张三: {单位: 甲科, 身份: 干部}
    李四: {单位: 甲科, 身份: 干部, 任职开始: 2025-07-01}
  信息:
    - 编号: A1
      报送: 2025-02-01
      作者: [张三, 李四]
      单位: 甲科
      附加项: {分工: PARTS}
      采用: [{渠道: 市局, 日期: 2025-03-01}]
  得分: {张三: 2, 李四: -1}
"""


def case(parts: str) -> Case:
    """The county, with the authors' parts."""
    rulebook = reader.read(RULES, "办法.yaml")
    (one,) = cases.read(COUNTY.replace("PARTS", f'"{parts}"'), "算例.yaml", rulebook)
    return one


def test_a_unit_s_quota_brings_its_members_what_they_were_there_for() -> None:
    """李四 came in July: the first half is not his; whoever moves takes the new unit's."""
    here = case("3:2")
    facts = snapshot_of(here)
    members = facts.register.members
    first, second = facts.register.units
    zhang = next(iter(members))
    moved = members[zhang]._replace(placements=((None, first), ("2025-06-01", second)))
    book = score(
        facts._replace(register=facts.register._replace(members=members | {zhang: moved})),
        here.rulebook,
        2025,
    )
    totals = {holder.name: holder.total for holder in book.members}
    assert totals == {"张三": Fraction(3) - 1 - 1, "李四": Fraction(2) - 1}


def test_points_wait_until_the_authors_parts_are_recorded() -> None:
    """No part is guessed: neither where none is recorded, nor where they are too few."""
    one = case("3:2")
    (item,) = one.items
    for attributes in (None, {"分工": "3:1:1"}):
        there = one._replace(items=(item._replace(attributes=attributes),))
        told = "".join(str(problem) for problem in run(there))
        assert "待定的事项不符，算得缺：分工" in told
        assert run(there._replace(missing=("分工",))) == []


def test_joint_items_count_in_equal_parts_where_whole_items_are_owed() -> None:
    """Two authors of two items have one each, which is what is owed."""
    rulebook = reader.read(
        RULES.replace("单位类别: [科室], 每", "身份: [干部], 每")
        .replace("多人署名: 各计一条", "多人署名: 按人数均分")
        .replace(", 记给: 单位全体人员", ""),
        "办法.yaml",
    )
    text = """\
- 说明: 两人合写两篇，各计一篇，上半年都完成；下半年合写一篇，各半篇，都没有完成
  条款: 一
  年度: 2025
  单位: {甲科: {单位类别: 科室}}
  人员: {张三: {单位: 甲科, 身份: 干部}, 李四: {单位: 甲科, 身份: 干部}}
  信息:
    - {编号: A1, 条数: 2, 报送: 2025-02-01, 作者: [张三, 李四], 单位: 甲科}
    - {编号: A2, 报送: 2025-07-01, 作者: [张三, 李四], 单位: 甲科}
  得分: {张三: 2, 李四: 2}
  任务: {张三: {2025H1: 完成, 2025H2: 未完成}, 李四: {2025H1: 完成, 2025H2: 未完成}}
"""
    (joint,) = cases.read(text, "算例.yaml", rulebook)
    assert run(joint) == []
