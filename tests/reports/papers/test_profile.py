"""文书设定: the packaged settings, an office's own laid over them, what is said of wrong ones."""

import pytest

from drafted import PACKAGED, profile
from sqmy.errors import ProblemsError
from sqmy.reports.papers import phrasing, profile_file
from sqmy.reports.papers.phrasing import FrameError, filled, listed, said


def refused(own: str) -> list[str]:
    """What is said of an office's own settings."""
    with pytest.raises(ProblemsError) as caught:
        profile_file.read(PACKAGED, own, "我的.yaml")
    return [str(problem) for problem in caught.value.problems]


def test_the_packaged_settings_are_whole() -> None:
    packaged = profile_file.read(PACKAGED)
    assert packaged.office.signed == packaged.office.name == "政协XX县委员会办公室"
    assert packaged.bulletin.enclosures == ("单位", "目录")
    assert packaged.wording.liaisons == {}


def test_an_office_writes_only_what_it_wants_otherwise() -> None:
    own = profile("机关: {署名: 云汀县政协办公室}\n用语: {联络员: {提案委: 半夏 1390000-0001}}")
    assert own.office.signed == "云汀县政协办公室"
    assert own.office.short == "县政协"
    assert own.wording.liaisons == {"提案委": "半夏 1390000-0001"}


@pytest.mark.parametrize(
    ("own", "told"),
    [
        ("机关: {名: 甲}", "我的.yaml 第 1 行：“机关”里没有「名」这一项，是不是「名称」？"),
        ("机关: {盖章: 对}", "“盖章”不能写「对」。请写是、否。"),
        ("机关: 办公室", "“机关”不能写「办公室」。请写“键: 值”的形式"),
        ("印数: {百分数小数位: 一}", "“百分数小数位”不能写「一」。请写0 至 999 的整数。"),
        ("印数: {零: 不印}", "“零”不能写「不印」。请写印出、空白。"),
        ("通报: {正文: [总体, 其他]}", "“正文”不能写「其他」。请写总体、采用、表扬、问题、要求。"),
        ("通报: {小标题: {概况: 甲}}", "“小标题”的键不能写「概况」。"),
        ('通报: {总体: ["{报送数}条"]}', "没有内容可以填进“{报送数}”，是不是「报送」？"),
        ('通报: {标题: "[{期间}"}', "方括号“[]”没有配对。"),
        ('通报: {标题: "{期间"}', "花括号“{}”没有配对。"),
        ("通报: {标题: [甲]}", "“标题”的写法不对。请写一段文字；没有就写 无。"),
        ("通知: {正文: [[甲]]}", "“正文”的写法不对。请写列表"),
        ("用语: {联络员: {提案委: [甲]}}", "“联络员”的“提案委”的写法不对。"),
        ("用语: {联络员: 甲}", "“联络员”不能写「甲」。请写“名称: 值”的形式"),
        ("文书: {}", "文书设定里没有「文书」这一项"),
    ],
)
def test_wrong_settings_are_told_with_their_line(own: str, told: str) -> None:
    assert any(told in line for line in refused(own)), refused(own)


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert [line.partition("：")[0] for line in refused("机关:\n  甲: 乙\n印数:\n  零: 丙\n")] == [
        "我的.yaml 第 2 行",
        "我的.yaml 第 4 行",
    ]


def test_a_part_with_nothing_to_say_is_left_out() -> None:
    frame = "收到{数}条[，比上季度{比较}][；其中，{分组}[（{说明}）]]。"
    assert (
        said(frame, {"数": 3, "比较": None, "分组": "甲1条", "说明": ""})
        == "收到3条；其中，甲1条。"
    )
    whole = {"数": 0, "比较": "多1条", "分组": "甲1条", "说明": "联名"}
    assert said(frame, whole) == "收到0条，比上季度多1条；其中，甲1条（联名）。"
    assert filled("[{比较}]", {"比较": None}) is None


def test_sentences_stand_in_sentences() -> None:
    inner = listed([["甲", 1, "条"], ["乙", 2, "条"]])
    made = filled("其中：{分组}。", {"分组": inner})
    assert made is not None
    assert made.parts == ("其中：甲", 1, "条、乙", 2, "条。")


@pytest.mark.parametrize("frame", ["{甲", "甲}", "[甲", "甲]", "[甲]]"])
def test_brackets_must_pair(frame: str) -> None:
    with pytest.raises(FrameError):
        phrasing.slots_of(frame)
