"""Names that look or sound alike. What real lists mix up must be found; strangers must not."""

import pytest

from sqmy.similarity.names import Likeness, NameIndex, person_likeness, unit_likeness

PEOPLE = ["路俊峰", "张三", "李四", "欧阳明", "王小明", "秦搏", "单于红", "曾庆"]
UNITS = [
    "提案委员会",
    "社会和法制委员会",
    "经济科技和农业委员会",
    "民盟云汀县总支部",
    "民建云汀县支部",
    "城关镇委员联络站",
    "办公室",
]


@pytest.mark.parametrize(
    ("written", "name", "likeness"),
    [
        ("路骏峰", "路俊峰", "sound"),
        ("張三", "张三", "sound"),
        ("秦博", "秦搏", "sound"),
        ("善于红", "单于红", "sound"),  # a family name that is read otherwise than the word
        ("增庆", "曾庆", "sound"),
        ("欧阳朋", "欧阳明", "character"),
        ("王明小", "王小明", "order"),
        ("王明", "王小明", "length"),
        ("市政协委员张三", "张三", "within"),
        ("张三*", "张三", "within"),
        ("李世", "李四", "character"),
    ],
)
def test_a_misspelt_person_is_found(written: str, name: str, likeness: Likeness) -> None:
    index = NameIndex[str]()
    for one in PEOPLE:
        index.add(one, one)
    assert [(near.one, near.likeness) for near in index.near(written)] == [(name, likeness)]


@pytest.mark.parametrize("written", ["赵六", "路遥", "司马相如", "张", "三", "", "张三"])
def test_a_stranger_is_like_nobody(written: str) -> None:
    index = NameIndex[str]()
    for one in PEOPLE:
        index.add(one, one)
    assert index.near(written) == []


def test_the_likeliest_stands_first() -> None:
    index = NameIndex[int]()
    for place, name in enumerate(["王晓名", "王小朋", "王晓明", "王小"]):
        index.add(name, place)
    assert [near.likeness for near in index.near("王小明")] == [
        "sound",
        "sound",
        "within",
        "character",
    ]


@pytest.mark.parametrize(
    ("written", "name", "likeness"),
    [
        ("提案委", "提案委员会", "short"),
        ("云汀县政协提案委员会", "提案委员会", "within"),
        ("提安委员会", "提案委员会", "sound"),
        ("社法委", "社会和法制委员会", "short"),
        ("经济科技委", "经济科技和农业委员会", "short"),
        ("民盟总支", "民盟云汀县总支部", "short"),
        ("城关镇联络站", "城关镇委员联络站", "short"),
        ("城关镇委员连络站", "城关镇委员联络站", "sound"),
        ("办公室委员会", "办公室", "within"),
    ],
)
def test_a_shortened_unit_is_found(written: str, name: str, likeness: Likeness) -> None:
    found = {unit: alike for unit in UNITS if (alike := unit_likeness(written, unit))}
    assert found[name] == likeness


@pytest.mark.parametrize("written", ["工商联", "九三学社", "统战部", "委", ""])
def test_another_unit_is_like_none(written: str) -> None:
    assert not any(unit_likeness(written, unit) for unit in UNITS)


def test_nothing_is_like_itself() -> None:
    assert person_likeness("张三", "张三") is None
    assert unit_likeness("办公室", "办公室") is None
