"""Titles that look alike."""

import pytest

from sqmy.similarity.titles import ALIKE, TitleIndex, title_key

TITLES = [
    "关于增设老年食堂的建议",
    "关于整治河道的建议",
    "关于停车难的建议",
    "关于就医难的建议",
    "关于加强农村饮水安全工程运行管护的建议",
    "设施蔬菜连作障碍加重亟需技术集成推广",
]


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("《关于增设老年食堂的建议》", TITLES[0]),
        ("增设老年食堂", TITLES[0]),
        ("关于增设老年人食堂的建议", TITLES[0]),
        ("关于整治河流的建议", TITLES[1]),
        ("关于停车难问题的几点建议", TITLES[2]),
        ("加强农村饮水安全工程管护", TITLES[4]),
        ("农村饮水安全", TITLES[4]),
        ("设施蔬菜连作障碍加重 ，亟需技术集成推广。", TITLES[5]),
    ],
)
def test_a_title_is_known_again(written: str, title: str) -> None:
    index = TitleIndex[str]()
    for one in TITLES:
        index.add(one, one)
    (near,) = index.near(written)
    assert near.one == title
    assert ALIKE <= near.share <= 1000


@pytest.mark.parametrize(
    "written", ["关于上学难的建议", "关于加强校园安全的建议", "建议", "关于", "", "关于的建议"]
)
def test_what_nearly_every_title_says_is_no_likeness(written: str) -> None:
    index = TitleIndex[str]()
    for one in TITLES:
        index.add(one, one)
    assert index.near(written) == []


def test_marks_and_width_make_no_other_title() -> None:
    assert title_key("《关于“５Ｇ”基站，建设的建议》") == title_key("关于5G基站建设的建议")
    assert title_key("关于5G基站建设的建议") != title_key("关于4G基站建设的建议")
