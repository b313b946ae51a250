"""Reading worked cases: the packaged ones, and what is said to bad ones. Scoring runs them."""

import re
from collections import Counter
from fractions import Fraction

import pytest

from packaged import CASES, RULEBOOK, rulebook
from sqmy.errors import ProblemsError, SqmyError
from sqmy.rules import cases
from sqmy.rules.casebook import Case, CaseAdoption, CaseAppointment, CaseItem, CaseMember, CaseUnit

BOOK = rulebook()
PACKAGED = cases.read_file(CASES, BOOK)

SMALL = """\
- 说明: 一条被市政协采用，
    个人和单位各 5 分
  条款: [六(二)2]
  年度: 2025
  单位: {提案委: {单位类别: 委室, 考评序列: 第一序列, 参评: 否}, 甲支部: {单位类别: 民主党派}}
  人员:
    张三: {单位: 提案委, 身份: [常委], 任职结束: 2025-06-30,
      另任: [{身份: 委员, 任职开始: 2025-07-01}]}
  信息:
    - 编号: 2025-001
      报送: 2025-02-10
      作者: 张三
      单位: [提案委, 甲支部]
      采用: [{渠道: 市政协, 日期: 2025-03-01, 方式: 综合}, {渠道: 县政协, 日期: 2025-03-01}]
      批示: [{级别: 省级领导, 日期: 2025-03-02}]
      认定: [{类型: 网上下载, 日期: 2025-03-03}]
    - {编号: 2025-002, 报送: 2025-02-11, 单位: 提案委}
  得分: {张三: 5, 提案委: 5/2}
  明细: {张三: [[六(二)2, 15], [六(二)11, -10]]}
  任务: {张三: {2025Q1: 完成, 2025: 未完成}}
  名次: {张三: 1}
"""


def refusal(text: str) -> str:
    """All that is said to a bad text."""
    with pytest.raises(ProblemsError) as caught:
        cases.read(text, "算例.yaml", BOOK)
    return str(caught.value)


def broken(old: str, new: str) -> str:
    """What is said to the small file with one piece, which occurs once, replaced."""
    assert SMALL.count(old) == 1, old
    return refusal(SMALL.replace(old, new))


def test_a_case_holds_all_that_is_written() -> None:
    (case,) = cases.read(SMALL, "算例.yaml", BOOK)
    assert case == Case(
        explanation="一条被市政协采用，个人和单位各 5 分",
        clauses=("六(二)2",),
        year=2025,
        units={
            "提案委": CaseUnit("委室", "第一序列", assessed=False),
            "甲支部": CaseUnit("民主党派"),
        },
        members={
            "张三": CaseMember(
                "提案委",
                ("常委",),
                until="2025-06-30",
                further=(CaseAppointment("委员", since="2025-07-01"),),
            )
        },
        items=case.items,
        points={"张三": Fraction(5), "提案委": Fraction(5, 2)},
        place="算例.yaml 第 1 行",
        rulebook=BOOK,
        lines={"张三": (("六(二)2", Fraction(15)), ("六(二)11", Fraction(-10)))},
        quotas={"张三": {"2025Q1": "met", "2025": "unmet"}},
        standings={"张三": 1},
    )
    first, second = case.items
    assert first.adoptions == (
        CaseAdoption("市政协", "2025-03-01", "综合"),
        CaseAdoption("县政协", "2025-03-01"),
    )
    assert (first.instructions[0].rank, first.instructions[0].on) == ("省级领导", "2025-03-02")
    assert (first.findings[0].kind, first.findings[0].on) == ("网上下载", "2025-03-03")
    assert not first.by_unit
    assert second == CaseItem("2025-002", "2025-02-11", ("提案委",))
    assert second.by_unit  # nobody else signed it


def test_all_roles_of_a_member_with_their_days() -> None:
    (case,) = cases.read(SMALL, "算例.yaml", BOOK)
    assert case.members["张三"].appointments == (
        CaseAppointment("常委", None, "2025-06-30"),
        CaseAppointment("委员", "2025-07-01", None),
    )


def test_a_case_may_take_what_is_told_from_the_one_above() -> None:
    more = (
        "- {说明: 同上再看 2024 年, 同上: 是, 条款: 六(二), 年度: 2024, 得分: {张三: 0}}\n"
        "- {说明: 再同上, 同上: 是, 条款: 六(二), 得分: {张三: 0}}\n"
    )
    first, second, third = cases.read(SMALL + more, "算例.yaml", BOOK)
    assert (second.units, second.members, second.items) == (first.units, first.members, first.items)
    assert (first.year, second.year, third.year) == (2025, 2024, 2024)
    assert (second.lines, second.quotas, second.standings) == (None, None, None)


def test_the_first_case_has_none_above() -> None:
    said = refusal("- {说明: 甲, 同上: 是, 条款: 六(二), 得分: {张三: 0}}\n")
    assert "第 1 行：第 1 个算例上面没有别的" in said


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("  年度: 2025\n", "", "第 1 行：第 1 个算例没有写「年度」。请写整数"),
        ("  条款: [六(二)2]", "  条例: [六(二)2]", "里没有「条例」这一项，是不是「条款」？"),
        ("条款: [六(二)2]", "条款: [六(二)21]", "第 3 行：没有条款「六(二)21」"),
        ("年度: 2025\n", "年度: 25\n", "第 4 行：年度 25 不对"),
        ("单位类别: 委室", "单位类别: 委办", "第 5 行：没有单位类别「委办」，是不是「委室」？"),
        (
            "张三: {单位: 提案委,",
            "张三: {单位: 提案办,",
            "第 7 行：没有单位「提案办」，是不是「提案委」？",
        ),
        ("身份: [常委]", "身份: [常委员]", "第 7 行：没有身份「常委员」"),
        (
            "另任: [{身份: 委员,",
            "另任: [{身份: 会员,",
            "第 8 行：没有身份「会员」，是不是「委员」？",
        ),
        ("另任: [{身份: 委员,", "另任: [{", "「另任」的第 1 项没有写「身份」"),
        ("任职结束: 2025-06-30", "任职结束: 2025-06-31", "第 7 行：日期「2025-06-31」不对"),
        ("任职开始: 2025-07-01", "任职开始: 2025.7.1", "第 8 行：日期「2025.7.1」不对"),
        ("任职结束: 2025-06-30", "任职开始: 2025-07-01, 任职结束: 2025-06-30", "早于「任职开始」"),
        ("      作者: 张三\n", "      作者: 李四\n", "第 12 行：没有人员「李四」"),
        (
            "[提案委, 甲支部]",
            "[提案委, 乙支部]",
            "第 13 行：没有单位「乙支部」，是不是「甲支部」？",
        ),
        ("渠道: 市政协", "渠道: 市协", "第 14 行：没有渠道「市协」，是不是「市政协」？"),
        ("方式: 综合", "方式: 综编", "没有采用方式「综编」，是不是「综合」？"),
        (
            "级别: 省级领导",
            "级别: 省领导们",
            "第 15 行：没有批示级别「省领导们」，是不是「省级领导」？",
        ),
        (
            "类型: 网上下载",
            "类型: 网上下",
            "第 16 行：没有认定类型「网上下」，是不是「网上下载」？",
        ),
        (
            "日期: 2025-03-03",
            "日期: 2025-02-09",
            "第 16 行：2025-02-09 早于这一条的报送日期 2025-02-10",
        ),
        (
            "      作者: 张三\n",
            "      作者: 张三\n      附加项: {体裁: 调研}\n",
            "没有附加项「体裁」：办法里一种附加项也没有声明",
        ),
        ("编号: 2025-002", "编号: 2025-001", "第 17 行：编号「2025-001」写了两次"),
        ("编号: 2025-002", "编号: 2025-002, 条数: 0", "第 17 行：「条数」要在 1 到 1000 之间"),
        (
            "得分: {张三: 5,",
            "得分: {张四: 5,",
            "第 18 行：没有人员或单位「张四」，是不是「张三」？",
        ),
        ("提案委: 5/2}", "提案委: 二又二分之一}", "第 18 行：「得分」的「提案委」不能写"),
        ("[六(二)2, 15]", "[六(二)2, 16]", "第 19 行：「张三」的明细合计 6，与得分 5 不符"),
        (
            "[[六(二)2, 15], [六(二)11, -10]]",
            "[六(二)2, 15]",
            "第 1 项的写法不对：请写成 2 项的列表",
        ),
        ("[六(二)2, 15]", "[六(二)2, 10, 5]", "第 19 行：「明细」的「张三」的第 1 项的写法不对"),
        ("  条款: [六(二)2]", "  同上: 是的\n  条款: [六(二)2]", "「同上」不能写「是的」"),
        ("2025Q1: 完成", "2025Q5: 完成", "第 20 行：考核期「2025Q5」不对"),
        ("2025Q1: 完成", "2024Q1: 完成", "第 20 行：考核期「2024Q1」不对"),
        ("2025Q1: 完成", "2025Q1: 做完", "不能写「做完」，是不是「完成」？"),
        ("名次: {张三: 1}", "名次: {张三: 第一}", "第 21 行：「名次」的「张三」不能写「第一」"),
        (
            "甲支部: {单位类别: 民主党派}}",
            "张三: {单位类别: 民主党派}}",
            "「张三」既是人员又是单位",
        ),
        ("  名次: {张三: 1}", "  名次：{张三: 1}", "第 21 行：「名次：{张三」：用了全角冒号"),
    ],
)
def test_what_is_said_to_a_bad_case(old: str, new: str, says: str) -> None:
    assert says in broken(old, new)


def test_a_file_must_be_a_list_of_cases_told_apart() -> None:
    assert "算例文件要写成列表" in refusal("说明: 甲\n")
    assert "第 22 行：与第 1 行的算例「说明」相同" in refusal(SMALL + SMALL)
    assert "第 2 个算例的写法不对" in refusal(SMALL + "- 一句话\n")


def test_a_missing_file_is_named() -> None:
    with pytest.raises(SqmyError, match="找不到文件"):
        cases.read_file(RULEBOOK.with_name("没有.cases.yaml"), BOOK)


def test_clauses_without_a_case_are_told() -> None:
    (said,) = cases.uncovered(cases.read(SMALL, "算例.yaml", BOOK), BOOK, "算例.yaml")
    told = said.message.removeprefix("没有算例的条款：")
    lacking, _, advice = told.partition("。")
    assert advice == "每一条写一个，把算式写进「说明」。"
    assert set(lacking.split("、")) == set(BOOK.clauses) - {"六(二)2"}


def test_what_the_regulation_is_silent_about_needs_no_case() -> None:
    silent = BOOK._replace(
        clauses=BOOK.clauses | {"未规定": "照通常的做法"},
        total=BOOK.total._replace(clause="未规定"),
    )
    assert cases.uncovered(PACKAGED, silent, "算例.yaml") == []


def test_a_clause_that_only_explains_needs_no_case() -> None:
    more = BOOK._replace(clauses=BOOK.clauses | {"一(一)": "总则"})
    assert cases.uncovered(PACKAGED, more, "算例.yaml") == []


def test_every_clause_of_the_packaged_rulebook_has_a_case() -> None:
    assert cases.uncovered(PACKAGED, BOOK, "scoring.cases.yaml") == []


def test_every_reading_is_shown_with_its_other_answer() -> None:
    answers = Counter(number for case in PACKAGED if not case.changes for number in case.readings)
    others = Counter(number for case in PACKAGED if case.changes for number in case.readings)
    assert set(answers) == set(others) == set(range(1, 11))


def test_a_changed_setting_changes_the_rulebook() -> None:
    for case in PACKAGED:
        assert (case.rulebook == BOOK) == (not case.changes), case.explanation


def test_the_arithmetic_of_a_case_ends_in_its_points() -> None:
    """A figure that stands in 得分 is one that 说明 speaks of."""
    for case in PACKAGED:
        said = case.explanation.replace("−", "-")
        figures = {Fraction(figure) for figure in re.findall(r"-?\d+(?:\.\d+)?", said)}
        figures |= {Fraction(int(a), int(b)) for a, b in re.findall(r"(-?\d+) ÷ (\d+)", said)}
        missing = {name for name, points in case.points.items() if points not in figures}
        assert not missing, (case.place, missing)
