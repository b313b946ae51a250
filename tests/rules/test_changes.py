"""Changing one setting of a rulebook, as worked cases do it under 改."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from packaged import rulebook
from sqmy.errors import ProblemsError
from sqmy.rules import cases
from sqmy.rules.amounts import Amount
from sqmy.rules.parts import WAYS
from sqmy.rules.rulebook import Rulebook

BOOK = rulebook()
STORY = """\
- 说明: 零
  条款: 六(二)
  年度: 2025
  单位: {提案委: {单位类别: 委室}}
  人员: {张三: {单位: 提案委, 身份: 常委}}
  信息: 无
  得分: {张三: 0}
"""


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("{分摊.个人: 全额}", lambda book: (book.sharing.members, WAYS["full"])),
        ("{计分.六(二)2.同篇: 每次}", lambda book: (book.rules[0].once, "each")),
        (
            "{计分.六(二)2.采用: {县政协: 1}}",
            lambda book: (book.rules[0].table, {"县政协": Amount((Fraction(1),))}),
        ),
        ("{总分.下限: 0}", lambda book: (book.total.floor, 0)),
        ("{分摊.例外: 无}", lambda book: (book.sharing.exception, None)),
        ("{分摊.例外.计入: 个人和单位}", lambda book: (book.sharing.exception.credit, "both")),
        (
            "{任务.五(三).到期: 期内在任}",
            lambda book: ([quota.due for quota in book.quotas], ["held_at_all"] * 4),
        ),
        (
            "{任务.第4项.约束: 是}",
            lambda book: ([quota.binding for quota in book.quotas], [True] * 4),
        ),
        (
            "{词汇.身份.驻省政协委员.本地: 是}",
            lambda book: (book.local_roles - BOOK.local_roles, {"驻省政协委员"}),
        ),
        (
            "{年度.起于: 12-01, 年度.归属: 随报送日期}",
            lambda book: (book.year[1:], ("12-01", "submission_date")),
        ),
    ],
)
def test_a_case_changes_a_setting_of_its_rulebook(
    change: str, told: Callable[[Rulebook], tuple[object, object]]
) -> None:
    (case,) = cases.read(STORY + f"  改: {change}\n", "算例.yaml", BOOK)
    found, expected = told(case.rulebook)
    assert found == expected
    assert told(BOOK)[0] != expected
    assert case.changes
    assert f"{{{', '.join(case.changes)}}}" == change


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (
            "{分摊.各人: 全额}",
            "「改」里的「分摊.各人」改不了：「分摊」里没有「各人」，是不是「个人」？",
        ),
        ("{分滩: 全额}", "计分办法里没有「分滩」，是不是「分摊」？"),
        ("{分摊.个人: 全部}", "「个人」不能写「全部」"),
        ("{计分.六(二)12.同篇: 每次}", "「计分」里没有「六(二)12.同篇」这一项，有：六(二)10"),
        ("{计分.第9项.同篇: 每次}", "「计分」里没有「第9项.同篇」这一项"),
        ("{计分.六(二)2.采用.市政协: 6}", "「采用」要整项写出"),
        ("{计分.六(二)2.作者.满足: 任一}", "「作者」要整项写出"),
        ("{小数位: 9}", "「改」以后的计分办法不成立：「小数位」要在 0 到 6 之间"),
        ("{计分.六(二)2.采用: {市正协: 6}}", "没有渠道「市正协」，是不是「市政协」？"),
        ("{计分.六(二)2.采用: 市政协}", "「采用」的写法不对"),
        ("分摊.个人", "「改」要写成“键.键: 值”的形式"),
        ("{分摊.个人: }", "「个人」空着"),
    ],
)
def test_changes_that_cannot_be_made(change: str, says: str) -> None:
    line = STORY.count("\n") + 1
    with pytest.raises(ProblemsError) as caught:
        cases.read(STORY + f"  改: {change}\n", "算例.yaml", BOOK)
    assert f"第 {line} 行：" in str(caught.value)
    assert says in str(caught.value)


def test_a_clause_with_dots_is_found_by_its_longest_name() -> None:
    clauses = BOOK.clauses | {"3.1": "甲", "3.1.2": "乙"}
    rules = (BOOK.rules[0]._replace(clause="3.1"), BOOK.rules[2]._replace(clause="3.1.2"))
    rulebook = BOOK._replace(clauses=clauses, rules=(*rules, *BOOK.rules[4:]), combinations=())
    rulebook = rulebook._replace(combinations=(BOOK.combinations[0]._replace(
        rules=("3.1", "3.1.2", "六(二)6", "六(二)7", "六(二)10")
    ),))  # fmt: skip
    text = STORY + "  改: {计分.3.1.2.同篇: 每次}\n"
    (case,) = cases.read(text, "算例.yaml", rulebook)
    assert [rule.once for rule in case.rulebook.rules[:2]] == ["per_label", "each"]
