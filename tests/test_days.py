"""Days as they are written, and the periods they fall in."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sqmy import days
from sqmy.days import Period, periods, read_day, scoring_year
from sqmy.errors import SqmyError

DATES = st.dates(date(1900, 1, 1), date(2199, 12, 31))
HAN = "〇一二三四五六七八九"
FULL_WIDTH = str.maketrans("0123456789-./: ", "０１２３４５６７８９－．／：　")


def han_number(number: int) -> str:
    """1 to 31 in Chinese."""
    tens, ones = divmod(number, 10)
    ten = {0: "", 1: "十"}.get(tens, f"{HAN[tens]}十")
    return ten + (HAN[ones] if ones else "")


def han_date(day: date, zero: str = "〇") -> str:
    year = "".join(HAN[int(digit)] for digit in str(day.year)).replace("〇", zero)
    return f"{year}年{han_number(day.month)}月{han_number(day.day)}日"


def spellings(day: date) -> list[str]:
    """Every way to write a day that is read."""
    y, m, d = day.year, day.month, day.day
    plain = [f"{y}{sep}{m}{sep}{d}" for sep in "-./"]
    padded = [f"{y}{sep}{m:02}{sep}{d:02}" for sep in "-./"]
    chinese = [f"{y}年{m}月{d}日", f"{y}年{m:02}月{d:02}日", f"{y}年{m}月{d}号"]
    blank = [f"{y}- {m:02}- {d:02}", f"{y} 年 {m} 月 {d} 日", f" {y} . {m} . {d} "]
    timed = [
        f"{y}-{m:02}-{d:02} 17:21",
        f"{y}/{m}/{d} 10:20:20",
        f"{y}-{m:02}-{d:02}T10:20:20.000",
        f"{y}年{m}月{d}日 9时30分",
        f"{y}年{m}月{d}日17:21",
        f"{y}年{m}月{d}日9时30分05秒",
        f"{y}-{m:02}-{d:02} 00:00:00",
    ]
    numerals = [han_date(day, zero) for zero in "〇○零Oo"]
    mixed = [f"{y}年{han_number(m)}月{han_number(d)}日", f"{y}年{m}月{han_number(d)}日"]
    known = [f"{y}{m:02}{d:02}", *plain, *padded, *chinese, *blank, *timed, *numerals, *mixed]
    hidden = [f"\u200e{y}/{m}/{d}", f"{y}\u00a0年{m}月{d}日\u200b", f"{y}-{m}-{d}\u00a010:20"]
    return [*known, *(one.translate(FULL_WIDTH) for one in known), *hidden]


@given(DATES)
def test_every_spelling_of_a_day_is_read(day: date) -> None:
    assert {read_day(one) for one in spellings(day)} == {day.isoformat()}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2025-03-01", "2025-03-01"),
        ("2025年3月1日", "2025-03-01"),
        ("2025.3.1", "2025-03-01"),
        ("2025/3/1", "2025-03-01"),
        ("20250301", "2025-03-01"),
        ("二〇二五年三月一日", "2025-03-01"),
        ("２０２５年３月１日", "2025-03-01"),
        ("２０２５０３０１", "2025-03-01"),
        ("2018年3月6日", "2018-03-06"),
        ("二○一一年一月十八日", "2011-01-18"),
        ("二〇一二年二月二十九日", "2012-02-29"),
        ("二OO八年十月九日", "2008-10-09"),
        ("2016-10-09 17:21", "2016-10-09"),
        ("2022- 04- 27", "2022-04-27"),
        ("2015/7/8 10:20:20", "2015-07-08"),
        ("1900-01-01", "1900-01-01"),
        ("2199年12月31日", "2199-12-31"),
        ("2025-3-1", "2025-03-01"),
        ("2025-03-1", "2025-03-01"),
        ("二〇二五年十二月三十一日", "2025-12-31"),
        ("二〇二五年十月十日", "2025-10-10"),
        ("二〇二五年十一月二十日", "2025-11-20"),
    ],
)
def test_spellings_that_were_seen(written: str, day: str) -> None:
    assert read_day(written) == day


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        *((w, "缺年份") for w in ("3月1日", "3月1号", "三月一日", "3.1", "3/1", "3-1", "03-01")),
        *((w, "缺年份") for w in ("4月5日", "3月1日 10:20", "３月１日", "3月15")),
        *((w, "年份只有两位") for w in ("25.3.1", "25-03-01", "23.4.5", "25年3月1日", "25/3/1")),
        *(
            (w, "年份写在最后，月和日分不清")
            for w in ("3/1/2025", "1.3.2025", "18.06.2014 18:48", "03-01-2025")
        ),
        *((w, "缺日") for w in ("2025年3月", "2025年3月份", "2025.3", "2025-03", "二〇二五年三月")),
        *(
            (w, "看不懂")
            for w in (
                "",
                " ",
                "今天",
                "45000",
                "2025",
                "2025年",
                "202311日",
                "724日",
                "2025030",
                "202503011",
                "2025-03-001",
                "2025-3.1",
                "2025--03-01",
                "-2025-03-01",
                "2025.3.11:20",
                "2025年3月²日",
                "2025年3月①日",
                "٢٠٢٥-٠٣-٠١",
                "2025-03-٠١",
                "2O25-03-01",
                "二五年三月一日",
                "二〇二五年三月一一日",
                "二〇二五年〇月一日",
                "2021年10月-12月",
                "2025-03-01至2025-03-05",
                "2025.3.1综合",
                "2025-03-01\n2025-03-02",
            )
        ),
    ],
)
def test_a_day_that_cannot_be_read_is_refused_with_the_reason(written: str, reason: str) -> None:
    with pytest.raises(SqmyError) as refused:
        read_day(written)
    told = str(refused.value)
    assert told == f"日期「{written}」{reason}。请写成 2025-03-01 或 2025年3月1日。"


@pytest.mark.parametrize(
    ("written", "year", "month", "day"),
    [
        ("2025-02-29", 2025, 2, 29),
        ("2025-02-30", 2025, 2, 30),
        ("2100-02-29", 2100, 2, 29),
        ("2025年13月1日", 2025, 13, 1),
        ("2025.0.1", 2025, 0, 1),
        ("20250431", 2025, 4, 31),
        ("2025-00-00", 2025, 0, 0),
        ("二〇二五年二月三十日", 2025, 2, 30),
        ("2025-03-99 10:00", 2025, 3, 99),
    ],
)
def test_a_day_of_no_calendar(written: str, year: int, month: int, day: int) -> None:
    with pytest.raises(SqmyError) as refused:
        read_day(written)
    told = f"日期「{written}」不存在：{year} 年 {month} 月没有 {day} 日，请核对。"
    assert str(refused.value) == told


@pytest.mark.parametrize(
    "written", ["1899-12-31", "2200-01-01", "0001-01-01", "二九九九年一月一日"]
)
def test_a_year_that_nobody_means(written: str) -> None:
    with pytest.raises(SqmyError) as refused:
        read_day(written)
    assert str(refused.value) == f"日期「{written}」的年份不在 1900 至 2199 之间，请核对。"


@pytest.mark.parametrize("written", ["2025-03-" + "1" * 5000, "9" * 9000, "1" + " " * 32_000 + "1"])
def test_what_is_much_too_long_is_refused_shortly(written: str) -> None:
    with pytest.raises(SqmyError) as refused:
        read_day(written)
    told = str(refused.value)
    assert told.endswith("……」看不懂。请写成 2025-03-01 或 2025年3月1日。")
    assert len(told) < 120


@given(st.text("0123456789年月日-./: 一二十〇ＯT", max_size=14))
def test_whatever_is_written_a_day_or_a_refusal_comes_of_it(written: str) -> None:
    try:
        day = read_day(written)
    except SqmyError as refused:
        assert str(refused).startswith(f"日期「{written}」")  # noqa: PT017
    else:
        assert date.fromisoformat(day).isoformat() == day


def test_today_is_this_computers() -> None:
    before, day, after = date.today(), days.today(), date.today()  # noqa: DTZ011
    assert before.isoformat() <= day <= after.isoformat()


@given(DATES, st.integers(-400, 400))
def test_counting_days(day: date, step: int) -> None:
    after = days.add_days(day.isoformat(), step)
    assert after == (day + timedelta(days=step)).isoformat()
    assert days.days_between(day.isoformat(), after) == step


def test_a_day_in_print_has_no_leading_zeros() -> None:
    assert days.in_chinese("2025-03-01") == "2025年3月1日"
    assert days.in_chinese("2024-12-31") == "2024年12月31日"


# -- periods ---------------------------------------------------------------------------------


def test_the_periods_of_a_calendar_year() -> None:
    assert periods(2025) == (Period("2025", "2025-01-01", "2025-12-31"),)
    assert periods(2025, "half") == (
        Period("2025H1", "2025-01-01", "2025-06-30"),
        Period("2025H2", "2025-07-01", "2025-12-31"),
    )
    assert periods(2024, "quarter") == (
        Period("2024Q1", "2024-01-01", "2024-03-31"),
        Period("2024Q2", "2024-04-01", "2024-06-30"),
        Period("2024Q3", "2024-07-01", "2024-09-30"),
        Period("2024Q4", "2024-10-01", "2024-12-31"),
    )
    assert [p.last for p in periods(2024, "month")][:3] == [
        "2024-01-31",
        "2024-02-29",
        "2024-03-31",
    ]
    assert [p.label for p in periods(2024, "month")] == [f"2024M{n:02}" for n in range(1, 13)]
    assert periods(2025, "month")[1].last == "2025-02-28"


def test_a_year_that_begins_in_december_is_named_after_the_next() -> None:
    assert periods(2021, "year", "12-01") == (Period("2021", "2020-12-01", "2021-11-30"),)
    first, *_, last = periods(2021, "quarter", "12-01")
    assert first == Period("2021Q1", "2020-12-01", "2021-02-28")
    assert last == Period("2021Q4", "2021-09-01", "2021-11-30")
    assert periods(2024, "quarter", "12-01")[0].last == "2024-02-29"
    assert periods(2008, "year", "10-01")[0] == Period("2008", "2007-10-01", "2008-09-30")
    assert periods(2025, "year", "07-01")[0] == Period("2025", "2024-07-01", "2025-06-30")


def test_a_year_that_begins_before_july_is_named_after_its_own() -> None:
    assert periods(2025, "year", "02-01")[0] == Period("2025", "2025-02-01", "2026-01-31")
    assert periods(2025, "half", "06-28")[0] == Period("2025H1", "2025-06-28", "2025-12-27")


@pytest.mark.parametrize(
    ("length", "number", "start", "words"),
    [
        ("year", 1, "01-01", "2025年"),
        ("half", 1, "01-01", "2025年上半年"),
        ("half", 2, "01-01", "2025年下半年"),
        ("quarter", 1, "01-01", "2025年第一季度"),
        ("quarter", 4, "12-01", "2025年第四季度"),
        ("month", 3, "01-01", "2025年3月"),
        ("month", 12, "01-01", "2025年12月"),
        ("month", 1, "12-01", "2024年12月"),
        ("month", 2, "12-01", "2025年1月"),
        ("month", 12, "12-01", "2025年11月"),
        ("month", 1, "12-26", "2025年1月"),
    ],
)
def test_a_period_in_words(length: str, number: int, start: str, words: str) -> None:
    assert periods(2025, length, start)[number - 1].chinese == words


STARTS = st.builds(lambda m, d: f"{m:02}-{d:02}", st.integers(1, 12), st.integers(1, 28))


@given(st.integers(1901, 2198), st.sampled_from(sorted(days.MONTHS_IN)), STARTS)
def test_periods_tile_the_scoring_year(year: int, length: str, start: str) -> None:
    tiles, (whole,) = periods(year, length, start), periods(year, "year", start)
    assert len(tiles) == 12 // days.MONTHS_IN[length]
    assert (tiles[0].first, tiles[-1].last) == (whole.first, whole.last)
    assert whole.first[5:] == start
    for one, after in pairwise(tiles):
        assert days.add_days(one.last, 1) == after.first
    assert days.add_days(whole.last, 1) == periods(year + 1, "year", start)[0].first
    assert len({tile.label for tile in tiles}) == len(tiles)


@given(DATES, STARTS)
def test_a_day_falls_in_one_scoring_year(day: date, start: str) -> None:
    iso = day.isoformat()
    year = scoring_year(iso, start)
    own = [y for y in range(day.year - 1, day.year + 2) if iso in periods(y, "year", start)[0]]
    assert own == [year]
    assert sum(iso in tile for tile in periods(year, "quarter", start)) == 1


@pytest.mark.parametrize(
    ("day", "start", "year"),
    [
        ("2025-01-01", "01-01", 2025),
        ("2025-12-31", "01-01", 2025),
        ("2024-11-30", "12-01", 2024),
        ("2024-12-01", "12-01", 2025),
        ("2025-11-30", "12-01", 2025),
        ("2025-01-31", "02-01", 2024),
        ("2024-02-29", "03-01", 2023),
        ("2024-02-29", "02-28", 2024),
        ("2025-06-30", "07-01", 2025),
        ("2025-07-01", "07-01", 2026),
    ],
)
def test_scoring_years_at_their_edges(day: str, start: str, year: int) -> None:
    assert scoring_year(day, start) == year


def test_both_ends_belong_to_a_period_and_nothing_else_does() -> None:
    quarter = periods(2025, "quarter")[1]
    assert [day in quarter for day in ("2025-03-31", "2025-04-01", "2025-06-30", "2025-07-01")] == [
        False,
        True,
        True,
        False,
    ]
    assert None not in quarter
    assert 20250401 not in quarter  # type: ignore[comparison-overlap]
