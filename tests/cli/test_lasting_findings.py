"""A regulation of the library as an office's own: recorded, explained, over several years."""

from pathlib import Path

import pytest

from clerk import Clerk
from packaged import ROOT

ZEYUAN = ROOT / "rules" / "library" / "81-campus-zeyuan.yaml"

RECORDED = """
unit add 新闻部 --kind 部门
member add 张三 --unit 新闻部 --role 学生记者
submit 春游侧记 --author 张三 --on 2023-05-01
adopt 2023-001 --channel 书院公众号 --on 2023-05-02 --set 阅读量=9000
finding 2023-001 --kind 抄袭 --on 2023-05-10 --grounds 与某报雷同
submit 食堂新菜 --author 张三 --on 2025-05-01
adopt 2025-001 --channel 书院公众号 --on 2025-05-02 --set 阅读量=2000
"""


@pytest.fixture
def office(tmp_path: Path) -> Clerk:
    """A clerk of the college, with what was recorded."""
    clerk = Clerk(tmp_path / "书院.db")
    clerk.do("init --rules", ZEYUAN)
    return clerk


def test_a_finding_of_an_earlier_year_is_not_forgotten(office: Clerk) -> None:
    """The works of whom has copied earn nothing any more, and it is said why."""
    receipts = [office.do(line) for line in RECORDED.strip().splitlines()]
    assert "张三奖金 +500" in receipts[3]
    assert "张三奖金 -500" in receipts[4]
    assert "2023-05-02 被书院公众号采用。" in receipts[3]
    told = office.do("explain 张三 --year 2025")
    assert "合计 0 分，奖金 0.00 元" in told
    assert "2023-05-10 抄袭满 1 次，按C04不再计分" in told
    before = office.do("explain 张三 --year 2022")
    assert "抄袭满" not in before


def test_what_was_before_the_finding_stands(office: Clerk) -> None:
    """Only later adoptions are touched; without the finding everything counts."""
    for line in RECORDED.strip().splitlines():
        if not line.startswith("finding"):
            office.do(line)
    assert "奖金 100.00 元" in office.do("explain 张三 --year 2025")
    assert "奖金 500.00 元" in office.do("explain 张三 --year 2023")
    office.do("finding 2025-001 --kind 抄袭 --on 2025-06-01 --grounds 与某报雷同")
    assert "奖金 500.00 元" in office.do("explain 张三 --year 2023")
