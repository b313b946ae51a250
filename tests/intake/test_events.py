"""What cells and headings of a ledger sheet tell of adoptions and instructions."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import WINDOWS_EPOCH

from sheets import words
from sqmy.days import Day
from sqmy.errors import SqmyError
from sqmy.intake import cells
from sqmy.intake.events import Event, Grammar, tells_something
from sqmy.intake.grid import Flaw, Value
from sqmy.intake.settled import Settled

ADOPTIONS = words().grammars["adoption"]
INSTRUCTIONS = words().grammars["instruction"]
CITY, PROVINCE, LEADER = "市政协", "省政协", "市委市政府主要领导"
FIRST, SECOND = "2025-03-01", "2025-05-06"


def as_day(value: Value | None) -> Day | None:
    return cells.as_day(value, WINDOWS_EPOCH, "采用")


def told(value: Value, label: str = "", grammar: Grammar = ADOPTIONS) -> list[Event]:
    return list(grammar.cell(value, Event(label), as_day))


@pytest.mark.parametrize(
    ("written", "events"),
    [
        (
            "市政协2025.3.1单篇采用；省政协2025年5月6日综合采用",
            [Event(CITY, FIRST, "whole"), Event(PROVINCE, SECOND, "compiled")],
        ),
        ("市政协 2025-03-01 17:21 采用", [Event(CITY, FIRST)]),
        ("市 政 协 ２０２５．３．１", [Event(CITY, FIRST)]),
        ("被市政协采用（2025.3.1）。", [Event(CITY, FIRST)]),
        ("2025年3月1日，市政协综合采用", [Event(CITY, FIRST, "compiled")]),
        ("市政协，2025.3.1，综合", [Event(CITY, FIRST, "compiled")]),
        ("二〇二五年三月一日省政协转送", [Event(PROVINCE, FIRST, "relayed")]),
        ("市政协2025.3.1、2025.5.6采用", [Event(CITY, FIRST), Event(CITY, SECOND)]),
        ("市政协、省政协2025.3.1采用", [Event(CITY, FIRST), Event(PROVINCE, FIRST)]),
        ("市政协和省政协2025.3.1综合采用", [Event(c, FIRST, "compiled") for c in (CITY, PROVINCE)]),
        ("市政协，省政协2025.3.1采用", [Event(CITY), Event(PROVINCE, FIRST)]),
        ("2025.3.1市政协，2025.5.6省政协", [Event(CITY, FIRST), Event(PROVINCE, SECOND)]),
        ("市政协2025.3.1并省政协2025.5.6", [Event(CITY, FIRST), Event(PROVINCE, SECOND)]),
        ("本级2025/3/1/省政协2025/5/6", [Event("县政协", FIRST), Event(PROVINCE, SECOND)]),
        ("市政协2025.3.1\n省政协2025.5.6", [Event(CITY, FIRST), Event(PROVINCE, SECOND)]),
        (
            "市政协2025.3.1《社情民意》2025年第12期综合采用",
            [Event(CITY, FIRST, "compiled", "社情民意", "2025年第12期")],
        ),
        ("省政协", [Event(PROVINCE)]),
        ("综合采用", [Event(form="compiled")]),
        ("√", [Event()]),
        (1, [Event()]),
        (True, [Event()]),
        (date(2025, 3, 1), [Event(day=FIRST)]),
        (45717, [Event(day=FIRST)]),
        (20250301, [Event(day=FIRST)]),
    ],
)
def test_free_text(written: Value, events: list[Event]) -> None:
    assert told(written) == events


@pytest.mark.parametrize(
    ("written", "events"),
    [
        ("2025.3.1", [Event(CITY, FIRST)]),
        ("2025.3.1综合", [Event(CITY, FIRST, "compiled")]),
        ("2025.3.1、2025.5.6综合", [Event(CITY, FIRST), Event(CITY, SECOND, "compiled")]),
        ("√", [Event(CITY)]),
        ("☑ 转送", [Event(CITY, form="relayed")]),
        ("已采用", [Event(CITY)]),
        ("市政协2025.3.1", [Event(CITY, FIRST)]),
        ("2025.3.1 第5期", [Event(CITY, FIRST, issue="第5期")]),
        (date(2025, 3, 1), [Event(CITY, FIRST)]),
    ],
)
def test_under_a_channel(written: Value, events: list[Event]) -> None:
    assert told(written, CITY) == events


@pytest.mark.parametrize(
    ("written", "events"),
    [
        ("市主要领导2025.3.1批示", [Event(LEADER, FIRST)]),
        ("市主要领导批示：2025.3.1", [Event(LEADER, FIRST)]),
        (
            "市主要领导2025.3.1批示：请阅；抓好落实，报结果。",
            [Event(LEADER, FIRST, content="请阅；抓好落实，报结果。")],
        ),
        (
            "市主要领导2025.3.1批示“请阅”\n省领导2025.5.6批示",
            [Event(LEADER, FIRST, content="请阅"), Event("省级领导", SECOND)],
        ),
    ],
)
def test_instructions(written: str, events: list[Event]) -> None:
    assert told(written, grammar=INSTRUCTIONS) == events


NOTHING = (
    "0",
    "否",
    "无",
    "×",
    "X",
    "—",
    "--",
    "/",
    "未",
    "未采用",
    "没有被采用",
    "暂未录用",
    "不采用",
)


@pytest.mark.parametrize("written", [*NOTHING, 0, False], ids=repr)
def test_nothing_is_told(written: Value) -> None:
    assert told(written) == told(written, CITY) == []
    assert not tells_something(written)


@pytest.mark.parametrize(
    ("written", "label", "why"),
    [
        ("国办2025.3.1采用", "", "「国办」看不懂"),
        ("市政协转报", "", "「转报」看不懂"),
        ("待定", "", "「待定」看不懂"),
        ("市政协2025.3.1至2025.5.6采用", "", "「至」看不懂"),
        ("市政协2025.3.1、2025.5.6综合采用", "", "说的是哪一次，看不清"),
        ("2025.3.1、2025.5.6，市政协采用", "", "说的是哪一次，看不清"),
        ("市政协2025.3.1单篇综合采用", "", "说的是哪一次，看不清"),
        ("市政协2025.3.1 2025.5.6综合", "", "说的是哪一次，看不清"),
        ("市政协2025.3.1；市政协2025.3.1", "", "写了两次"),
        ("市政协3月1日采用", "", "缺年份。请写成 2025-03-01 或 2025年3月1日。整份表都是同一年的"),
        ("市政协2025.2.30采用", "", "2025 年 2 月没有 30 日"),
        ("省政协2025.3.1", CITY, "这一列是市政协的，这一格却写着省政协"),
        ("2025/3/1/2025/5/6", CITY, "「/」看不懂"),
        (2, CITY, "日期「2」看不懂"),
        (2.5, "", "请写日期、√，或「市政协2025.3.1单篇采用」"),
        (Flaw("是错误值 #REF!。"), CITY, "这一格是错误值"),
        (date(1800, 1, 1), CITY, "年份不对"),
        ("关于\x07", "", "控制字符"),
    ],
)
def test_what_is_not_understood_is_refused(written: Value, label: str, why: str) -> None:
    with pytest.raises(SqmyError, match=why):
        told(written, label)


def test_a_leaders_words_may_not_hide_another_instruction() -> None:
    with pytest.raises(SqmyError, match="一行里有几次批示"):
        told("市主要领导2025.3.1批示：请阅；省领导2025.5.6批示", grammar=INSTRUCTIONS)


def test_the_year_that_was_settled_is_that_of_days_without_one() -> None:
    grammar = words(settled=Settled(year=2025)).grammars["adoption"]
    assert told("市政协3.1、25.5.6采用", grammar=grammar) == [
        Event(CITY, FIRST),
        Event(CITY, SECOND),
    ]


@pytest.mark.parametrize(
    ("heading", "event"),
    [
        ("市政协", Event(CITY)),
        ("是否被市政协采用", Event(CITY)),
        ("采用情况市政协综合", Event(CITY, form="compiled")),
        ("市政协采用得分", None),
        ("国办采用", None),
        ("市政协省政协采用", None),
        ("采用", None),
        ("", None),
    ],
)
def test_headings(heading: str, event: Event | None) -> None:
    assert ADOPTIONS.column(heading) == event


PIECES = st.sampled_from(
    [
        *"；，、。\n /（）√1",
        CITY,
        PROVINCE,
        "2025.3.1",
        "3月1日",
        "综合",
        "采用",
        "国办",
        "第5期",
        "《甲》",
    ]
)


@given(st.lists(PIECES, max_size=8).map("".join), st.sampled_from(["", CITY]))
def test_any_text_is_told_or_refused(written: str, label: str) -> None:
    """And whatever is told names a channel that the text or the column names, and its day."""
    try:
        events = told(written, label)
    except SqmyError:
        return
    for event in events:
        assert not event.label or event.label == label or event.label in written
        assert event.day in {None, FIRST}
        assert event.form in {None, "compiled"}
    assert len(set(events)) == len(events)
