"""`rules new` at a terminal: what is asked, what is asked again, and what is written then."""

from pathlib import Path

import pytest

from clerk import Clerk
from terminal import Seated

ANSWERS = (
    "",  # the name is needed
    "某县信息办法",
    "2025 年",
    "委室 党派",
    "党派 委员",  # a word of the question before
    "委员、常委",
    "市政协 5 市",
    "市政协，省政协 市 5 一",
    "市政协 市 5 一",
    "市政协 市 5 一",  # once more
    "省政协 省 10 一",
    "",
    "市领导 市 十 二",
    "市领导 市 10 二",
    "",
    "抄袭 -10 三",
    "",
    "委员 每年 1 四",
    "委员 年 1 四",
    "",
    "20 五",
    "每次",
    "胡说",
    "就高",
    "平均",
    "全额",
    "不分组",
)
AGAIN = (
    "这一项要写。",
    "「党派」上一问已经写了",
    "要写四项：名称、级、分、条款。",
    "「市政协，省政协」里有“，”：几个词分几次写，一次一个。",
    "这一个已经写过了。",
    "「十」不是分数。",
    "多长只能是周、月、季度、半年、年。",
    "请回答 累加、就高 中的一个。",
)


def test_a_rulebook_is_begun_by_answering(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seated = Seated(clerk, monkeypatch)
    file = tmp_path / "办法.yaml"
    outcome = seated.done(f"rules new {file}", *ANSWERS)
    assert "里面标着“请定”的" in outcome.out
    for told in AGAIN:
        assert told in outcome.err, told
    assert "没有发现错误" in clerk.do("rules check", file)
    assert "5 个算例全部相符" in clerk.do("rules test", file)


def test_breaking_off_writes_nothing(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "办法.yaml"
    Seated(clerk, monkeypatch).broken_off(f"rules new {file}", "某县信息办法")
    assert not file.exists()
