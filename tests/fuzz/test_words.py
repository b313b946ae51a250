"""Any cell, day, name, number, anchor, or text about adoptions: read or refused, never both."""

from datetime import date, datetime
from fractions import Fraction
from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

from fuzzing import DAYS, NUMBERS, cases, promised, tokens, words
from sheets import VOCABULARY
from sqmy import days, declared, points, text
from sqmy.intake import cells, events
from sqmy.intake.events import Event, Fact
from sqmy.intake.grid import Flaw, Value
from sqmy.intake.settled import Settled
from sqmy.intake.words import Words
from sqmy.vocabulary import Declared
from sqmy.workspace import keeping

WHAT = "这一列"
LABELS = (*VOCABULARY.channels, *VOCABULARY.ranks)
OF_DAYS = ("2025", "25", "3", "12", "31", "年", "月", "日", "号", "-", ".", "/", " ", "T", "17:21",
           "二〇二五", "三十一", "十", "〇", "：", "时", "分")  # fmt: skip
OF_EVENTS = (*LABELS, *OF_DAYS, "采用", "批示", "单篇", "综合采用", "转送", "被", "《信息》",
             "第12期", "；", "，", "、", "和", "并", "（", "）", "。", "√", "是", "未", "批示：“",
             "”", "已")  # fmt: skip
OF_NAMES = ("张", "三", " ", "·", "．", "欧阳", "（", "）", "(", ")", "、", "/", "Ａ", "b", "主任")


def values() -> st.SearchStrategy[Value | None]:
    """Whatever a cell may hold, from any file."""
    return st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.integers(min_value=-(10**400), max_value=10**400),
        st.floats(allow_nan=False, allow_infinity=False),
        st.dates(),
        st.just(Flaw("是错误值 #REF!。")),
        words(*OF_EVENTS, *OF_NAMES),
        tokens(),
    )


def epochs() -> st.SearchStrategy[datetime | None]:
    """Day 0 of a workbook; none of a text."""
    return st.sampled_from([WINDOWS_EPOCH, MAC_EPOCH, None])


@given(words(*OF_DAYS, *DAYS), st.one_of(st.none(), st.integers(1900, 2199)))
@cases(400)
def test_days(written: str, year: int | None) -> None:
    day = promised(days.read_day, written, year)
    days.lacks_year(written)
    if day:
        assert date.fromisoformat(day).isoformat() == day
        assert days.read_day(day) == day
        assert days.read_day(days.in_chinese(day)) == day


@given(values(), epochs(), st.one_of(st.none(), st.integers(1900, 2199)))
@cases(400)
def test_cells(value: Value | None, epoch: datetime | None, year: int | None) -> None:
    """Each reader of a cell, on each cell."""
    for read in (cells.as_text, cells.as_name, cells.as_title, cells.as_part):
        found = promised(read, value, WHAT)
        if found and read is not cells.as_part:
            assert read(found, WHAT) == found
    day = promised(cells.as_day, value, epoch, WHAT, year)
    assert day is None or days.read_day(day) == day
    promised(cells.as_days, value, lambda one, what: cells.as_day(one, epoch, what), WHAT)
    if isinstance(value, str):
        parts = cells.split(value)
        assert all(part == part.strip() and part for part in parts)


@given(words(*OF_NAMES))
@cases(300)
def test_names(written: str) -> None:
    name = promised(text.name, written)
    if name:
        assert text.name(name) == name
        assert text.match_key(written) == text.match_key(name)
    shown = text.clean(written)
    # what this Python does not know yet may be a character of a name
    assert all(one.isprintable() or category(one) in {"Cn", "Co", "Zs"} for one in shown)
    assert text.clean(shown) == shown
    for width in (1, 7, 40):
        assert text.display_width(text.cut(shown, width)) <= width
        assert "".join("".join(text.wrap(shown, width)).split()) == "".join(shown.split())


@given(st.one_of(words(*NUMBERS, ".", "/", "-", "+", " ", "e"), st.sampled_from(NUMBERS)))
@cases(200)
def test_numbers(written: str) -> None:
    number = points.read(written)
    if number is not None:
        assert points.read(points.exact(number)) in {number, None}  # None: more than 18 digits
        assert Fraction(points.rounded(number, 30)) - number < Fraction(1, 10**30)


@given(values(), st.sampled_from(["adoption", "instruction"]), st.sampled_from(["", *LABELS]))
@cases(500)
def test_what_a_cell_tells_of_adoptions(value: Value | None, fact: Fact, label: str) -> None:
    grammar = Words(VOCABULARY, Settled(year=2025)).grammars[fact]
    promised(events.tells_something, value)

    def as_day(one: Value | None) -> str | None:
        return cells.as_day(one, WINDOWS_EPOCH, WHAT, 2025)

    found = promised(lambda: list(grammar.cell(value, Event(label), as_day)))
    for event in found or ():
        assert event.day is None or days.read_day(event.day) == event.day
        assert not event.label or event.label in LABELS


@given(
    st.sampled_from(["text", "number", "date", "choice", "shares"]),
    words(*NUMBERS, *DAYS, "甲", "乙", ":", "1"),
)
@cases(200)
def test_what_is_set(kind: str, written: str) -> None:
    """`--set KEY=VALUE`, by every kind of attribute that a rulebook may declare."""
    one = Declared("项", "item", kind)  # type: ignore[arg-type]
    vocabulary = VOCABULARY._replace(declared=(one,))
    kept = promised(declared.attribute, vocabulary, "item", "项", written)
    if kept:
        assert declared.attribute(vocabulary, "item", *kept) == kept


@given(words("F", "1", "12", ":", "：", "9f86d081", "G", " ", "-"))
@cases(100)
def test_anchors(written: str) -> None:
    anchor = promised(keeping._read_anchor, written)
    if anchor:
        seq, hashed = anchor
        assert keeping._read_anchor(f"{seq}:{hashed}") == anchor
