"""Two rulebooks side by side: every entry that one has and the other has not, and no other."""

from packaged import patched, rulebook
from sqmy.reports.rewording import Rewording, rewordings
from sqmy.rules import reader

BOOK = rulebook()


def changed(old: str, new: str) -> tuple[Rewording, ...]:
    return rewordings(BOOK, reader.read(patched(old, new), "新办法.yaml"))


def test_the_same_says_nothing_else() -> None:
    assert rewordings(BOOK, BOOK) == ()


def test_a_changed_number_and_a_changed_setting_are_told() -> None:
    (one,) = changed("采用: {市政协: 5}\n", "采用: {市政协: 6}\n")
    assert one == ("计分", "六(二)2", "市政协采用，+5，每种一次（本年度）",
                   "市政协采用，+6，每种一次（本年度）")  # fmt: skip
    (one,) = changed("总分: {条款: 六(二)11, 下限: 无}", "总分: {条款: 六(二)11, 下限: 0}")
    assert one == ("口径", "六(二)11", "总分下限，无", "总分下限，0")


def test_what_is_added_stands_beside_nothing() -> None:
    total = "总分: {条款: 六(二)11, 下限: 无}"
    limit = "限额: [{条款: 六(二)8, 条款各项: 全部, 每: 年, 对象: 个人, 上限: 50}]"
    (one,) = changed(f"{total}   # 口径8：可以为负\n", f"{total}\n{limit}\n")
    assert one[:3] == ("限额", "六(二)8", "")
    assert "上限 50" in one.after


def test_the_joint_rulebook_of_a_year_with_several_editions_is_nobodys_text() -> None:
    joint = BOOK._replace(rules=tuple(rule._replace(of_edition="旧") for rule in BOOK.rules))
    assert rewordings(joint, BOOK) == ()
