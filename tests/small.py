"""Rulebooks of a few lines, each tried by a worked case."""

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
