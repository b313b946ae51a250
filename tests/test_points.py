"""Points are exact, and rounded once, half up."""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sqmy import points

VALUES = st.fractions(min_value=-10_000, max_value=10_000, max_denominator=5040)
DECIMALS = st.integers(0, 6)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("5", Fraction(5)),
        ("-10", Fraction(-10)),
        ("+3", Fraction(3)),
        ("2.5", Fraction(5, 2)),
        ("0.1", Fraction(1, 10)),
        ("-0.05", Fraction(-1, 20)),
        ("1/3", Fraction(1, 3)),
        ("-4/6", Fraction(-2, 3)),
        ("0", Fraction(0)),
        ("-0", Fraction(0)),
        ("0/7", Fraction(0)),
        (" 20 ", Fraction(20)),
        ("3.10", Fraction(31, 10)),
        ("9" * 18, Fraction(10**18 - 1)),
    ],
)
def test_points_are_read_exactly(written: str, value: Fraction) -> None:
    assert points.read(written) == value


@pytest.mark.parametrize(
    "written",
    [
        *("", " ", "五", "５", "1,5", "1.5/2", "1/2.5", "1/0", "1/-2", "5.", ".5", "05", "010"),
        *("1e3", "1_000", "nan", "inf", "0x10", "--1", "+-1", "1 000", "1 / 2", "5分", "²", "٥"),
        *("9" * 19, "0." + "1" * 19, "1/" + "9" * 19, "1" * 5000),
    ],
)
def test_any_other_writing_is_no_points(written: str) -> None:
    assert points.read(written) is None


@given(VALUES)
def test_what_is_written_exactly_is_read_back(value: Fraction) -> None:
    assert points.read(points.exact(value)) == value


@given(st.decimals(min_value=-10_000, max_value=10_000, places=4))
def test_decimals_are_read_from_their_digits(value: Decimal) -> None:
    read = points.read(f"{value:f}")
    assert type(read) is Fraction
    assert read == Fraction(value)


@given(st.text("0123456789+-./ e５", max_size=12))
def test_whatever_is_written_a_fraction_or_nothing_comes_of_it(written: str) -> None:
    assert isinstance(points.read(written), Fraction | None)


@pytest.mark.parametrize(
    ("value", "written"),
    [(Fraction(75, 2), "75/2"), (Fraction(40), "40"), (Fraction(-10), "-10"), (Fraction(0), "0")],
)
def test_the_exact_form(value: Fraction, written: str) -> None:
    assert points.exact(value) == written


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        ("2.675", 2, "2.68"),
        ("-2.675", 2, "-2.68"),
        ("2.665", 2, "2.67"),
        ("0.5", 0, "1"),
        ("-0.5", 0, "-1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("223.5", 0, "224"),
        ("75/2", 2, "37.50"),
        ("10/3", 2, "3.33"),
        ("20/3", 2, "6.67"),
        ("-1/3", 2, "-0.33"),
        ("-1/300", 2, "0.00"),
        ("-1/200", 2, "-0.01"),
        ("0", 2, "0.00"),
        ("0", 0, "0"),
        ("99.995", 2, "100.00"),
        ("1.05", 1, "1.1"),
        ("1/7", 6, "0.142857"),
        ("40", 2, "40.00"),
    ],
)
def test_rounding_half_up(value: str, decimals: int, written: str) -> None:
    assert points.rounded(Fraction(value), decimals) == written


@given(VALUES, DECIMALS)
def test_rounding_is_that_of_decimal_arithmetic(value: Fraction, decimals: int) -> None:
    """Compared with `decimal`'s own half up, on more digits than these fractions need to differ."""
    with localcontext(prec=60):
        digits = Decimal(abs(value.numerator)) / Decimal(value.denominator)
        expected = digits.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    written = points.rounded(value, decimals)
    assert written.lstrip("-") == f"{expected:f}"
    assert written.startswith("-") == (value < 0 and bool(expected))
    assert abs(Fraction(written) - value) <= Fraction(1, 2 * 10**decimals)


@given(VALUES, DECIMALS)
def test_rounding_is_odd_and_settles(value: Fraction, decimals: int) -> None:
    written = points.rounded(value, decimals)
    assert Fraction(points.rounded(-value, decimals)) == -Fraction(written)
    assert points.rounded(Fraction(written), decimals) == written


@given(VALUES, VALUES, DECIMALS)
def test_rounding_keeps_the_order(one: Fraction, other: Fraction, decimals: int) -> None:
    low, high = sorted((one, other))
    assert Fraction(points.rounded(low, decimals)) <= Fraction(points.rounded(high, decimals))


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        ("5", 2, "+5"),
        ("-2.5", 2, "-2.5"),
        ("10/3", 2, "+3.33"),
        ("100", 0, "+100"),
        ("100", 2, "+100"),
        ("0", 2, "+0"),
        ("-1/300", 2, "0"),
        ("-10", 0, "-10"),
        ("0.1", 2, "+0.1"),
    ],
)
def test_the_short_form_has_a_sign_and_no_trailing_zeros(
    value: str, decimals: int, written: str
) -> None:
    assert points.short(Fraction(value), decimals) == written


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (Fraction(5, 2), "2.5"),
        (Fraction(-67, 4), "-16.75"),
        (Fraction(1, 3), "1/3"),
        (100, "100"),
        (0, "0"),
        (Fraction(1, 128), "1/128"),
    ],
)
def test_a_number_as_a_clerk_writes_it(value: Fraction | int, told: str) -> None:
    assert points.written(value) == told
    assert points.read(told) == value
