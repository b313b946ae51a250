from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, to_excel

from sqmy.errors import SqmyError
from sqmy.intake import cells
from sqmy.intake.grid import Flaw, Value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (" 甲\r\n乙\u200b ", "甲\n乙"),
        (1, "1"),
        (13800138000, "13800138000"),
        (2.5, "2.5"),
        (0.1 + 0.2, "0.3"),
        (True, "是"),
        (False, "否"),
    ],
)
def test_text(value: Value | None, text: str) -> None:
    assert cells.as_text(value, "作者") == text


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (date(2025, 3, 1), "是日期 2025-03-01"),
        (Flaw("是错误值 #N/A。"), "这一格是错误值 #N/A"),
        ("老旧\x07小区", "第 3 个字是看不见的控制字符（U\\+0007）"),
    ],
)
def test_what_is_no_text_is_refused(value: Value, words: str) -> None:
    with pytest.raises(SqmyError, match=words):
        cells.as_text(value, "编号")


def test_a_name_has_one_spelling() -> None:
    assert cells.as_name("张　三", "姓名") == "张三"


def test_one_and_true_are_two_things() -> None:
    """They are equal in Python, and a cache must not confuse them."""
    assert [cells.as_name(value, "编号") for value in (1, True, 1)] == ["1", "是", "1"]


def test_a_title_stands_on_one_line() -> None:
    assert cells.as_title("关于老旧小区\n加装电梯的建议", "标题") == "关于老旧小区加装电梯的建议"
    assert cells.as_title("两会 建言", "标题") == "两会 建言"


@pytest.mark.parametrize(
    "value",
    ["2025.3.1", "２０２５年３月１日", "20250301", 20250301, 45717, 45717.5, date(2025, 3, 1)],
    ids=repr,
)
def test_a_day(value: Value) -> None:
    assert cells.as_day(value, WINDOWS_EPOCH, "报送日期") == "2025-03-01"


@pytest.mark.parametrize(
    "value", [2025, 2025.3, 202503, 0.5, -1, 10**9, 3.1, True, "3月1日", "45717"]
)
def test_a_number_that_can_hardly_be_a_day_is_none(value: Value) -> None:
    with pytest.raises(SqmyError):
        cells.as_day(value, WINDOWS_EPOCH, "报送日期")


@pytest.mark.parametrize("value", [date(1800, 1, 1), date(2500, 1, 1), Flaw("是错误值 #REF!。")])
def test_a_day_out_of_all_time_and_a_flaw_are_refused(value: Value) -> None:
    with pytest.raises(SqmyError):
        cells.as_day(value, WINDOWS_EPOCH, "报送日期")


def test_where_there_are_no_serial_numbers_a_number_is_no_day() -> None:
    assert cells.as_day(None, None, "报送日期") is None
    with pytest.raises(SqmyError):
        cells.as_day(45717, None, "报送日期")


@given(st.dates(date(1985, 1, 1), date(2199, 12, 31)), st.sampled_from([WINDOWS_EPOCH, MAC_EPOCH]))
def test_serial_days_come_back(day: date, epoch: datetime) -> None:
    assert cells.as_day(int(to_excel(day, epoch)), epoch, "报送日期") == day.isoformat()


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("", ()),
        ("张三", ("张三",)),
        (
            "张三、李四，王五,赵六；钱七;孙八/周九\n吴十",
            ("张三", "李四", "王五", "赵六", "钱七", "孙八", "周九", "吴十"),
        ),
        (",张三,李四,", ("张三", "李四")),
        ("张三（甲、乙联合组）、李四(丙,丁)", ("张三（甲、乙联合组）", "李四(丙,丁)")),
        ("张三）、李四", ("张三）", "李四")),
    ],
)
def test_several_values(written: str, parts: tuple[str, ...]) -> None:
    assert cells.split(written) == parts
