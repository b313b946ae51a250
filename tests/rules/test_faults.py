import pytest

from sqmy.errors import ProblemsError
from sqmy.rules.faults import MOST, Fault, Faults, listed, nearest, problems, quoted


@pytest.mark.parametrize(
    ("word", "known", "near"),
    [
        ("同编", ["同篇", "范围"], "同篇"),
        ("分滩", ["计分", "分摊"], "分摊"),  # as much alike, but in the same places
        ("六（二）2", ["六(二)1", "六(二)2"], "六(二)2"),
        ("市 政协", ["省政协", "市政协"], "市政协"),
        ("按发生日期", ["随报送日期", "各按发生日期"], "各按发生日期"),
    ],
)
def test_the_nearest_word_is_offered(word: str, known: list[str], near: str) -> None:
    assert nearest(word, known) == f"，是不是「{near}」？"


@pytest.mark.parametrize(
    ("word", "known"),
    [("甲乙", ["丙丁"]), ("甲", []), ("甲" * 31, ["甲" * 30]), ("甲0", map(str, range(301)))],
)
def test_nothing_is_offered_where_nothing_is_near(word: str, known: list[str]) -> None:
    assert nearest(word, known) == "。"


def test_words_are_shown_harmless_and_short() -> None:
    assert quoted("甲\x1b\n乙") == "「甲\ufffd 乙」"
    assert quoted("甲" * 100) == f"「{'甲' * 19}…」"
    assert listed(["甲", "乙"]) == "甲、乙"
    assert listed(map(str, range(41))).endswith("、39等 41 个")


def test_faults_become_problems_in_order_of_line_each_once() -> None:
    found = problems("甲.yaml", [Fault(10, "乙。"), Fault(9, "甲。"), Fault(10, "乙。")])
    assert list(map(str, found)) == ["甲.yaml 第 9 行：甲。", "甲.yaml 第 10 行：乙。"]


def test_nothing_is_raised_without_a_fault_and_the_last_raises_at_once() -> None:
    faults = Faults("甲.yaml")
    faults.refuse()
    for number in range(1, MOST):
        faults.add(number, "错。")
    assert len(faults) == MOST - 1
    with pytest.raises(ProblemsError, match=r"^甲\.yaml 有 100 处要改，先列这些："):
        faults.add(MOST, "错。")
