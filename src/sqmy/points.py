"""Points are exact rationals; they are rounded once, half up, where they are printed."""

import re
from fractions import Fraction

_NUMBER = re.compile(r"([+-]?)(0|[1-9]\d{0,17})(?:\.(\d{1,18})|/([1-9]\d{0,17}))?", re.ASCII)

_EXACT = re.compile(r"-?\d+(?:/0*[1-9]\d*)?", re.ASCII)


def read(text: str) -> Fraction | None:
    """The points written as `5`, `-10`, `2.5` or `1/3`; None for any other writing.

    No part of it may have more than 18 digits.
    """
    match = _NUMBER.fullmatch(text.strip())
    if not match:
        return None
    sign, whole, decimals, denominator = match.groups()
    value = Fraction(int(whole + (decimals or "")), 10 ** len(decimals or ""))
    if denominator:
        value /= int(denominator)
    return -value if sign == "-" else value


def exact(value: Fraction | int) -> str:
    """The value as an exact rational: `75/2`, `40`, `-10`."""
    return str(value)


def restored(written: str) -> Fraction:
    """The value that `exact` wrote, of however many digits.

    `Fraction` would take `1e999999999` too, and then all the memory there is.

    Raises:
        ValueError: it wrote no such thing.
    """
    if not _EXACT.fullmatch(written):
        raise ValueError(f"no exact value: {written[:20]!r}")
    return Fraction(written)


def written(value: Fraction | int) -> str:
    """The value as a clerk writes it: `2.5`, `-10`, and `1/3` where no decimals end it."""
    value, most = Fraction(value), 6
    if 10**most % value.denominator:
        return exact(value)
    return rounded(value, most).rstrip("0").rstrip(".")


def rounded(value: Fraction, decimals: int) -> str:
    """The value rounded half up (away from zero) to `decimals` places: 2.675 → `2.68`."""
    scale = 10**decimals
    magnitude = (2 * abs(value.numerator) * scale + value.denominator) // (2 * value.denominator)
    whole, part = divmod(magnitude, scale)
    sign = "-" if value < 0 and magnitude else ""
    return f"{sign}{whole}.{part:0{decimals}}" if decimals else f"{sign}{whole}"


def short(value: Fraction, decimals: int) -> str:
    """As `rounded`, without trailing zeros, and with a sign of its own: `+5`, `-2.5`."""
    text = rounded(value, decimals)
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text if value < 0 else f"+{text}"
