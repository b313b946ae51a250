"""Values go into JSON and come back as they were, also after their type has grown."""

import json
from collections.abc import Mapping
from fractions import Fraction
from typing import Literal, NamedTuple

import pytest

from sqmy.plain import plain, restored


class Part(NamedTuple):
    label: str
    points: Fraction = Fraction(1, 2)


class Whole(NamedTuple):
    key: tuple[Literal["member", "unit"], int]
    parts: tuple[Part, ...]
    by_item: dict[int, Fraction]
    by_name: Mapping[str, Part]
    last: Part | None
    count: Fraction | int
    rate: Fraction | int
    flag: bool = False


WHOLE = Whole(
    ("member", 12),
    (Part("甲", Fraction(75, 2)), Part("乙"), Part("丙", Fraction(-3))),
    {7: Fraction(1, 3)},
    {"综合": Part("丁", Fraction())},
    None,
    3,
    Fraction(1, 3),
    flag=True,
)


def test_a_value_comes_back_as_it_was() -> None:
    text = json.dumps(plain(WHOLE), ensure_ascii=False)
    read = restored(Whole, json.loads(text))
    assert read == WHOLE
    assert (type(read.count), type(read.rate)) == (int, Fraction)
    assert restored(Whole | None, json.loads(text)) == WHOLE


def test_what_has_its_default_is_not_written() -> None:
    assert plain(Part("乙")) == {"label": "乙"}
    assert plain(WHOLE._replace(flag=False)).keys() == {
        *("key", "parts", "by_item", "by_name", "last", "count", "rate")
    }


def test_a_field_that_came_later_has_its_default() -> None:
    assert restored(Part, {"label": "乙"}) == Part("乙", Fraction(1, 2))


@pytest.mark.parametrize(
    ("annotation", "kept"),
    [(Part, {"名": "乙"}), (Part, {}), (Fraction, "甲"), (tuple[str, int], ["甲"])],
)
def test_what_was_made_of_another_value_is_refused(annotation: object, kept: object) -> None:
    with pytest.raises((TypeError, ValueError, KeyError)):
        restored(annotation, kept)
