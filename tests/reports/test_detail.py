"""Figures counted from rows, rates as bulletins print them, totals, and charts of a table."""

from fractions import Fraction

import pytest

from sqmy.reports.checking import recounted
from sqmy.reports.detail import Detail, amount, charted, rate, totalled
from sqmy.reports.model import Cell, Column, Figure, Number, Report, Rows, Share, Table

HALF = Number(Fraction(1, 2), 2, trimmed=True)
DETAIL = Detail(
    "明细",
    (Column("编号"), Column("单位"), Column("月份"), Column("份额", "right")),
    (
        ("1", "甲", "1月", 1),
        ("2", "甲", "2月", HALF),
        ("2", "乙", "2月", HALF),
        ("3", "甲", "", 0),
    ),
)


def test_a_figure_counts_rows_or_adds_up_a_column() -> None:
    assert DETAIL.figure(单位="甲") == Figure(3, Rows("明细", (("单位", "甲"),)))
    assert DETAIL.figure("份额", 单位="甲", 月份="2月").value == HALF
    assert DETAIL.figure("份额") == Figure(2, Rows("明细", (), "份额"))
    assert DETAIL.figure(单位="丙").value == 0
    assert DETAIL.values("单位") == ["甲", "乙"]
    assert DETAIL.numbers("份额", 单位="甲") == [1, Fraction(1, 2), 0]


@pytest.mark.parametrize(
    ("part", "whole", "printed"),
    [
        (5, 16, "31.3%"),  # 31.25, half up
        (4, 7, "57.1%"),
        (7, 14, "50%"),
        (18, 18, "100%"),
        (0, 8, "0%"),
        (0, 0, "0"),  # of nothing nothing
        (3, 0, "—"),  # adopted in a month in which nothing was submitted
        (Number(Fraction(447, 2), 1), 622, "35.9%"),
    ],
)
def test_a_rate_is_printed_as_bulletins_print_it(part: Cell, whole: Cell, printed: str) -> None:
    assert str(rate(part, whole)) == printed


def test_a_rate_of_figures_can_be_worked_out_anew() -> None:
    part, whole = DETAIL.figure(单位="乙"), DETAIL.figure()
    found = rate(part, whole)
    assert isinstance(found, Figure)
    assert found.rows == Share(Rows("明细", (("单位", "乙"),)), Rows("明细"))
    table = Table("率", (Column("单位"), Column("率", "right")), (("乙", found),))
    (counted,) = recounted(Report("题", (table,)), [DETAIL.table()])
    assert counted.agrees
    assert counted.found == Fraction(1, 4)


def made() -> Table:
    columns = (
        Column("单位"),
        Column("报送", "right"),
        Column("采用", "right"),
        Column("率", "right"),
    )
    rows = tuple((name, sent, taken, rate(taken, sent)) for name, sent, taken in (
        ("甲", 4, 1), ("乙", 0, 0), ("丙", 0, 1), ("丁", HALF, HALF)
    ))  # fmt: skip
    return totalled(Table("各单位（4 个）", columns, rows), {"率": ("采用", "报送")})


def test_totals_add_up_and_rates_are_of_the_totals() -> None:
    table = made()
    assert table.totals == 1
    assert list(map(str, table.rows[-1])) == ["合计", "4.5", "2.5", "55.6%"]
    assert [amount(cell) for cell in table.rows[-1][1:3]] == [Fraction(9, 2), Fraction(5, 2)]
    assert all(one.agrees for one in recounted(Report("题", (table,)), ()))


def test_a_chart_shows_a_tables_rows_without_its_totals() -> None:
    chart = charted(made(), "报送和采用率（条）", "bar", ("报送", "率"))
    assert (chart.title, chart.unit, chart.categories) == (
        "报送和采用率",
        "条",
        ("甲", "乙", "丙", "丁"),
    )
    sent, rates = (series.values for series in chart.series)
    assert sent[0] == Figure(4, Rows("各单位", (("单位", "甲"),), "报送"))
    assert [value and str(value) for value in rates] == ["25%", "0", None, "100%"]
