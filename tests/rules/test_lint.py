"""Checks of a rulebook as a value; their messages, with lines, stand in `tests/bad_rules`."""

from fractions import Fraction

import pytest

from packaged import TEXT, patched, rulebook
from sqmy.rules import lint, reader
from sqmy.rules.amounts import Amount
from sqmy.rules.annotations import Lines
from sqmy.rules.awarding import Needs
from sqmy.rules.conditions import Before
from sqmy.rules.rulebook import Combination, Consequence, ItemRule, Rulebook

BOOK = rulebook()


def complaints(book: Rulebook) -> list[str]:
    return [fault.message for fault in lint.check(book, Lines())]


def test_the_packaged_rulebook_is_sound() -> None:
    assert list(lint.check(BOOK, Lines())) == []
    assert list(lint.advice(BOOK, Lines())) == []


def test_every_clause_of_every_entry_is_found() -> None:
    used = list(lint.clauses_used(BOOK))
    assert {clause for _, clause in used} == set(BOOK.clauses)
    assert (("rules", 6, "clause"), "六(二)10") in used
    assert (("sharing", "exception", "clause"), "六(二)10") in used
    assert len(used) == 1 + 4 + 8 + 1 + 1 + 2 + 1 + 1 + 1 + 3


def test_lines_of_what_was_not_written_are_those_of_what_it_belongs_to() -> None:
    lines = Lines(7)
    lines.note(("rules", 0), 12)
    lines.note(("rules", 0, "adoption"), 14)
    assert lines.of("rules", 0, "adoption", "市政协") == 14
    assert lines.of("rules", 0, "forms") == 12
    assert lines.of("quotas", 3) == 7


@pytest.mark.parametrize("decimals", [0, 6])
def test_decimals_at_the_edge_are_sound(decimals: int) -> None:
    assert complaints(BOOK._replace(decimals=decimals)) == []


@pytest.mark.parametrize("decimals", [-1, 7])
def test_decimals_beyond_the_edge_are_not(decimals: int) -> None:
    assert complaints(BOOK._replace(decimals=decimals)) == ["「小数位」要在 0 到 6 之间。"]


@pytest.mark.parametrize("start", ["01-01", "02-28", "12-28", "07-01"])
def test_years_that_may_begin_then(start: str) -> None:
    assert complaints(BOOK._replace(year=BOOK.year._replace(start=start))) == []


@pytest.mark.parametrize("start", ["00-01", "13-01", "01-00", "01-29", "1-1", "0101", "０1-01", ""])
def test_years_that_may_not(start: str) -> None:
    (complaint,) = complaints(BOOK._replace(year=BOOK.year._replace(start=start)))
    assert "「起于」不能写" in complaint


def test_two_rules_for_one_label_are_sound_under_different_conditions_only() -> None:
    rule = BOOK.rules[6]  # 六(二)10: 市政协 again, for resident members
    assert rule.authors is not None
    alike = BOOK._replace(rules=(*BOOK.rules[:6], rule._replace(authors=None)))
    assert [text for text in complaints(alike) if "重复计分" in text] == [
        f"「{channel}」的采用会重复计分：第 1 行已计，条件也相同。请删去一处。"
        for channel in ("市政协", "省政协", "全国政协")
    ]


@pytest.mark.parametrize(("relayed", "count"), [("0", 0), ("5", 1)])
def test_two_rules_for_one_label_are_sound_if_no_event_earns_by_both(
    relayed: str, count: int
) -> None:
    def by_form(whole: str, other: str) -> ItemRule:
        amount = Amount(by={"单篇": Amount((Fraction(whole),)), "其余": Amount((Fraction(other),))})
        return BOOK.rules[0]._replace(by=("方式",), forms=None, adoption={"市政协": amount})

    rules = (by_form("5", "0"), by_form(relayed, "3"), *BOOK.rules[1:])
    told = [text for text in complaints(BOOK._replace(rules=rules)) if "重复计分" in text]
    assert len(told) == count


def test_a_single_rule_needs_no_combination_and_a_second_does() -> None:
    findings = BOOK.rules[7]
    one = BOOK._replace(rules=(BOOK.rules[0], findings), combinations=())
    assert complaints(one) == []
    two = BOOK._replace(rules=(BOOK.rules[0], BOOK.rules[2], findings), combinations=())
    assert complaints(two) == [
        f"没有写「{clause}」与其他得分怎样合在一起。请列入「合并」。"
        for clause in ("六(二)2", "六(二)4")
    ]
    both = Combination("六(二)8", ("六(二)2", "六(二)4"), "highest")
    assert complaints(two._replace(combinations=(both,))) == []


def test_a_rule_without_any_table_is_told_once_and_breaks_no_other_check() -> None:
    rules = (*BOOK.rules, ItemRule("六(二)2", "each", "year"))
    complaint, *others = complaints(BOOK._replace(rules=rules))
    assert not others
    assert "这里没有写" in complaint


def test_all_forms_are_weighed_or_none_is_left_out() -> None:
    half = BOOK.rules[0]._replace(forms={"单篇": Fraction(1)})
    (complaint,) = complaints(BOOK._replace(rules=(half, *BOOK.rules[1:])))
    assert "没有综合、转送" in complaint


def test_the_same_spelling_may_stand_in_two_lists_but_not_twice_in_one() -> None:
    kinds = (*BOOK.words.unit_kinds, "市政协")  # a channel too
    assert complaints(BOOK._replace(words=BOOK.words._replace(unit_kinds=kinds))) == []
    twins = (*BOOK.words.unit_kinds, "委 室")
    (complaint,) = complaints(BOOK._replace(words=BOOK.words._replace(unit_kinds=twins)))
    assert "「委 室」写了两次" in complaint


@pytest.mark.parametrize("mark", "、，,；;/")
def test_a_label_holds_nothing_that_separates_labels(mark: str) -> None:
    stages = (f"初审{mark}复审",)
    (complaint,) = complaints(BOOK._replace(words=BOOK.words._replace(stages=stages)))
    assert f"里有“{mark}”" in complaint


def test_a_reward_for_quotas_that_bind_nobody() -> None:
    loose = tuple(quota._replace(binding=False) for quota in BOOK.quotas)
    (complaint,) = complaints(BOOK._replace(quotas=loose))
    assert "「五(三)」没有“约束: 是”的任务" in complaint


def test_a_rulebook_with_nothing_but_words_is_sound() -> None:
    bare = BOOK._replace(quotas=(), rules=(), combinations=(), quota_rewards=())
    assert complaints(bare._replace(sharing=BOOK.sharing._replace(exception=None))) == []


def test_faults_stand_at_the_value_and_not_at_its_entry() -> None:
    text = patched("    采用: {省政协: 10}", "    采用:\n      市政协: 10\n      省政厅: 10")
    with pytest.raises(Exception, match="省政厅") as caught:
        reader.read(text, "办法.yaml")
    line = TEXT[: TEXT.index("    采用: {省政协: 10}")].count("\n") + 1
    said = str(caught.value)
    assert f"第 {line + 1} 行：「市政协」的采用会重复计分" in said
    assert f"第 {line + 2} 行：词汇里没有渠道「省政厅」，是不是「省政协」？" in said


def advice(book: Rulebook) -> list[str]:
    return [fault.message for fault in lint.advice(book, Lines())]


def test_two_answers_to_one_question_are_advised_about() -> None:
    rule = BOOK.rules[1]  # 六(二)3: 须先采用: 否
    before = rule._replace(before=Before(adopted=("市政协",)))
    (told,) = advice(BOOK._replace(rules=(BOOK.rules[0], before, *BOOK.rules[2:])))
    assert "请删去「须先采用」" in told
    only = before._replace(after_adoption=None)
    book = BOOK._replace(rules=(BOOK.rules[0], only, *BOOK.rules[2:]))
    assert (complaints(book), advice(book)) == ([], [])


@pytest.mark.parametrize(("awards", "count"), [((), 1), (("先进单位",), 0)])
def test_a_list_of_those_who_did_little_is_not_silently_shortened(
    awards: tuple[str, ...], count: int
) -> None:
    barring = Consequence("六(二)11", ("弄虚作假",), 1, "barred", "year", awards)
    least = BOOK.awards[0]._replace(label="零采用", needs=Needs(most_adopted=0))
    last = BOOK.awards[0]._replace(label="约谈", from_last=True, needs=None)
    for award in (least, last):
        book = BOOK._replace(awards=(*BOOK.awards, award), consequences=(barring,))
        assert complaints(book) == []
        told = advice(book)
        assert len(told) == count
        assert all(f"也不列入「{award.label}」" in one for one in told)
