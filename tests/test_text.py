"""Text as it is typed, kept, matched and shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sqmy import text
from sqmy.errors import SqmyError

AWKWARD = st.text(
    "张三丰阿卜杜·・•‧∙⋅．･ab１Ａé\u0301 \u00a0\u3000\t\n\r\u200b\u200e\u202e\u2066\ufeff\u00ad"
    "，。）」”（…)%,\u2028\u0085\x1b\x00\ud800ﬀ㈱\uf979",
    max_size=30,
)
"""What names and titles are made of, and what gets into them by copying."""

ANYTHING = st.one_of(AWKWARD, st.text(max_size=30))
KEPT = ANYTHING.filter(lambda written: not _refused(written))


def _refused(written: str) -> bool:
    try:
        text.plain(written, "标题")
    except SqmyError:
        return True
    return False


# -- kept ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  关于养老的建议　", "关于养老的建议"),
        ("关于\u200b养老\ufeff的\u202e建议", "关于养老的建议"),
        ("建\u2066议\u2069\u061c书\u00ad\ufff9\U000e0041", "建议书"),
        ("一\r\n二\r三\n四\u2028五", "一\n二\n三\n四\n五"),
        ("e\u0301", "\u00e9"),
        ("表\t格", "表\t格"),
        ("１２ＡＢ", "１２ＡＢ"),
        ("", ""),
    ],
)
def test_plain_text_keeps_what_can_be_read(written: str, kept: str) -> None:
    assert text.plain(written, "标题") == kept


@pytest.mark.parametrize(
    ("written", "place", "code"),
    [
        ("a\x00b", 2, "0000"),
        ("\x1b[31m", 1, "001B"),
        ("标题\x0b", 3, "000B"),
        ("标\x7f题", 2, "007F"),
        ("\x9b", 1, "009B"),
        ("\ud800", 1, "D800"),
        ("\u200b\x07", 2, "0007"),
    ],
)
def test_a_control_character_is_refused_with_its_place(written: str, place: int, code: str) -> None:
    told = f"标题的第 {place} 个字是看不见的控制字符（U+{code}）。请删去后再录。"
    with pytest.raises(SqmyError) as refused:
        text.plain(written, "标题")
    assert str(refused.value) == told


@given(ANYTHING)
def test_plain_text_is_refused_or_kept_for_good(written: str) -> None:
    if _refused(written):
        categories = {unicodedata.category(character) for character in written}
        assert categories & {"Cc", "Cs"}
        return
    kept = text.plain(written, "标题")
    assert text.plain(kept, "标题") == kept
    assert kept == unicodedata.normalize("NFC", kept) == kept.strip()
    assert not {unicodedata.category(c) for c in kept if c not in "\n\t"} & {"Cc", "Cs"}
    assert not set(kept) & set("\x00\r\u200b\u200e\u202e\u2066\ufeff")


# -- names -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("张 三", "张三"),
        ("张　三", "张三"),
        ("张\u00a0三", "张三"),
        (" 张\n三 ", "张三"),
        ("张\u200b三\ufeff", "张三"),
        ("欧 阳 山 尊", "欧阳山尊"),
        ("John  Smith", "John Smith"),
        ("张三 Jr", "张三 Jr"),
        ("A 组", "A 组"),
        ("阿卜杜·外力", "阿卜杜·外力"),
        ("阿卜杜・外力", "阿卜杜·外力"),
        ("阿卜杜•外力", "阿卜杜·外力"),
        ("阿卜杜‧外力", "阿卜杜·外力"),
        ("阿卜杜∙外力", "阿卜杜·外力"),
        ("阿卜杜⋅外力", "阿卜杜·外力"),
        ("阿卜杜．外力", "阿卜杜·外力"),
        ("阿卜杜 · 外力", "阿卜杜·外力"),
        ("a•b", "a•b"),
        ("𠮷 田", "𠮷田"),
        ("〇 八", "〇八"),
        ("经济委（一组）", "经济委（一组）"),
        ("  ", ""),
    ],
)
def test_a_name_has_one_spelling(written: str, name: str) -> None:
    assert text.name(written) == name


def test_a_refused_name_is_called_what_it_is() -> None:
    with pytest.raises(SqmyError, match=r"^联系人的第 1 个字"):
        text.name("\x07张三", "联系人")


@given(KEPT)
def test_a_name_spelt_once_stays(written: str) -> None:
    name = text.name(written)
    assert text.name(name) == name
    assert not set(name) & set("\n\t\u00a0\u3000")
    assert "  " not in name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("第１小组", "第1小组"),
        ("ＡＢ组", "ab组"),
        ("经济委（一组）", "经济委(一组)"),
        ("张 三", "张三"),
        ("John Smith", "johnsmith"),
        ("阿卜杜．外力", "阿卜杜·外力"),
        ("阿卜杜･外力", "阿卜杜·外力"),
        ("阿卜杜 ． 外力", "阿卜杜・外力"),
        ("\uf979山", "\u51c9山"),
        ("\u200b提案委", "提案委"),
    ],
)
def test_spellings_that_meet(one: str, other: str) -> None:
    assert text.match_key(one) == text.match_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("张三", "张山"), ("提案委", "提案委员会"), ("a.b", "a·b")]
)
def test_spellings_that_do_not_meet(one: str, other: str) -> None:
    assert text.match_key(one) != text.match_key(other)


@given(KEPT)
def test_what_is_kept_of_a_name_matches_what_was_typed(written: str) -> None:
    assert text.match_key(text.name(written)) == text.match_key(written)


# -- shown -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("一\n二\t三\r", "一 二 三 "),
        ("\x1b[31m红", "\ufffd[31m红"),
        ("\x9b31m\u202e\u2028\x00\ud800", "\ufffd31m\ufffd\ufffd\ufffd\ufffd"),
        ("[/red] 甲<乙&丙", "[/red] 甲<乙&丙"),
    ],
)
def test_what_is_shown_is_harmless(written: str, shown: str) -> None:
    assert text.clean(written) == shown


@given(ANYTHING)
def test_nothing_shown_steers_a_terminal(written: str) -> None:
    shown = text.clean(written)
    assert len(shown) == len(written)
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert text.clean(shown) == shown


@pytest.mark.parametrize(
    ("written", "columns"),
    [("", 0), ("abc", 3), ("张三", 4), ("张a，", 5), ("e\u0301", 1), ("ＡＢ", 4), ("ｱ", 1)],
)
def test_display_width(written: str, columns: int) -> None:
    assert text.display_width(written) == columns


@pytest.mark.parametrize(
    ("written", "width", "shown"),
    [
        ("关于养老", 8, "关于养老"),
        ("关于养老的建议", 8, "关于养…"),
        ("关于养老的建议", 9, "关于养老…"),
        ("abcdef", 5, "abcd…"),
        ("一\n二", 10, "一 二"),
        ("e\u0301" * 10, 4, "e\u0301e\u0301e\u0301…"),
        ("\x1b\x1b\x1b", 2, "\ufffd…"),
        ("建议", 2, "…"),
        ("", 2, ""),
    ],
)
def test_what_is_cut_says_so(written: str, width: int, shown: str) -> None:
    assert text.cut(written, width) == shown


@given(ANYTHING, st.integers(2, 24))
def test_a_cut_text_is_never_too_wide_nor_shorter_without_a_mark(written: str, width: int) -> None:
    shown = text.cut(written, width)
    assert text.display_width(shown) <= width
    whole = text.clean(written)
    if text.display_width(whole) <= width:
        assert shown == whole
    else:
        assert shown.endswith(text.CUT_MARK)
        assert whole.startswith(shown.removesuffix(text.CUT_MARK))


@pytest.mark.parametrize(
    ("written", "width", "lines"),
    [
        ("", 10, [""]),
        ("一二三四五六", 6, ["一二三", "四五六"]),
        ("一二三，四五六", 6, ["一二", "三，四", "五六"]),
        ("一二三》。四", 8, ["一二", "三》。四"]),
        ("一二三 ）四", 6, ["一二", "三 ）", "四"]),
        ("一二三),四", 7, ["一二", "三),四"]),
        ("用 sqmy submit 报送", 9, ["用 sqmy", "submit 报", "送"]),
        ("见 abcdefghijkl 一文", 5, ["见", "abcde", "fghij", "kl 一", "文"]),
        ("第一段\n第二段", 20, ["第一段", "第二段"]),
        ("abc，d", 3, ["abc", "，d"]),
    ],
)
def test_wrapping(written: str, width: int, lines: list[str]) -> None:
    assert text.wrap(written, width) == lines


@given(ANYTHING, st.integers(2, 24))
def test_wrapped_lines_are_never_too_wide_and_lose_nothing(written: str, width: int) -> None:
    lines = text.wrap(written, width)
    assert all(text.display_width(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(written.split())


@given(st.text("一二三四ab，。）」 ", max_size=40), st.integers(12, 24))
def test_a_closing_mark_never_begins_a_line_that_could_be_avoided(written: str, width: int) -> None:
    lines = text.wrap(f"字{written}", width)
    marks = "，。）」"
    runs = "".join("，" if c in f"{marks} " else "字" for c in written).split("字")
    if max(map(len, runs), default=0) < 4:  # a longer run may be wider than a line
        assert not any(line.startswith(tuple(marks)) for line in lines)
