"""Reports on a terminal: they fit, they align, and what they quote does nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sqmy.reports.model import Column, Report, Table
from sqmy.reports.render.terminal import lines
from sqmy.text import display_width


def told(*rows: tuple[str, ...], columns: tuple[Column, ...], width: int | None) -> list[str]:
    """The table alone."""
    return list(lines(Report("题", (Table("", columns, rows),)), width))[2:]


NAME, TEXT, POINTS = Column("姓名"), Column("经过"), Column("得分", "right")


def test_columns_are_as_wide_as_what_stands_in_them() -> None:
    rows = (("杜若", "-10.00"), ("欧阳紫苏", "5.00"))
    assert told(*rows, columns=(NAME, POINTS), width=None) == [
        "姓名        得分",
        "--------  ------",
        "杜若      -10.00",
        "欧阳紫苏    5.00",
    ]


def test_the_widest_columns_give_way_and_break_as_chinese_is() -> None:
    row = ("2025-001", "市政协 2025-04-01 单篇采用（《社情民意》第 12 期），加分。", "+5")
    assert told(row, columns=(Column("编号"), TEXT, POINTS), width=40) == [
        "编号      经过                      得分",
        "--------  ------------------------  ----",
        "2025-001  市政协 2025-04-01 单篇采    +5",
        "          用（《社情民意》第 12",
        "          期），加分。",
    ]


def test_a_column_with_nothing_in_it_is_left_out() -> None:
    rows = (("杜若", "", "1"), ("白芷", "", ""))
    assert told(*rows, columns=(NAME, TEXT, POINTS), width=None) == [
        "姓名  得分",
        "----  ----",
        "杜若     1",
        "白芷",
    ]


def test_a_limited_column_is_cut_with_a_mark() -> None:
    columns = (Column("标题", width=12), NAME)
    assert told(("关于增设老年食堂的建议", "杜若"), columns=columns, width=None)[2] == (
        "关于增设老…  杜若"
    )


def test_a_narrow_terminal_gets_no_upright_columns() -> None:
    row = ("关于增设老年食堂的建议", "提案委员会和社会法制委员会", "市政协采用")
    screen = told(row, columns=(Column("标题"), Column("单位"), Column("采用")), width=10)
    assert screen[1] == "--------  --------  --------"
    assert screen[2] == "关于增设  提案委员  市政协采"


def test_paragraphs_parts_and_what_is_empty() -> None:
    filled = Table("个人（1 人）", (NAME,), (("杜若",),), notes=("注。",))
    empty, nothing = Table("单位（0 个）", (NAME,), ()), Table("", (NAME,), ())
    report = Report("题", (filled, empty, nothing), lead=("首" * 12,), notes=("尾",))
    assert list(lines(report, 20)) == [
        "题",
        "首首首首首首首首首首",
        "首首",
        "",
        "个人（1 人）",
        "姓名",
        "----",
        "杜若",
        "注。",
        "",
        "单位（0 个）",
        "",
        "尾",
    ]


@pytest.mark.parametrize(
    "hostile", ["\x1b[2J", "\x9b31m", "\r", "\x07", "\u202e", "\u2028", "\ud800", "[/red]", "a\nb"]
)
def test_what_is_quoted_does_nothing(hostile: str) -> None:
    words = f"甲{hostile}乙"
    table = Table(words, (Column(words), TEXT), ((words, "丙"),), notes=(words,))
    report = Report(words, (table,), lead=(words,), notes=(words,))
    for width in (None, 80):
        screen = "\n".join(lines(report, width))
        assert {c for c in screen if not c.isprintable()} == {"\n"}
        assert screen.count("甲") == screen.count("乙") == 7


CELLS = st.text(st.sampled_from("关于建议，。（）《》ab1 =-…“·"), max_size=60)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=4), st.integers(40, 120))
def test_no_line_is_wider_than_the_terminal_and_no_word_is_lost(
    rows: list[tuple[str, str, str]], width: int
) -> None:
    columns = (NAME, TEXT, POINTS)
    screen = told(*rows, columns=columns, width=width)
    assert max(map(display_width, screen), default=0) <= width
    shown = sorted("".join(screen[2:]).replace(" ", ""))
    assert shown == sorted("".join(map("".join, rows)).replace(" ", ""))
