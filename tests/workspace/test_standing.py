"""What stands now is told in the words with which it is changed."""

from pathlib import Path

from clerk import found_county
from sqmy.workspace import standing
from sqmy.workspace.desk import open_desk


def test_what_stands_now(tmp_path: Path) -> None:
    ledger = tmp_path / "sqmy.db"
    found_county(ledger)
    with open_desk(str(ledger), "王五") as desk:
        assert standing.item_now(desk, "2025-002") == {
            "title": "关于整治河道的建议",
            "author": "杜若、白芷",
            "unit": "提案委员会、民盟支部",
            "on": "2025-05-08",
            "by_unit": "个人",
        }
        assert standing.unit_now(desk, "办公室", "2025年1月1日") == {
            "name": "办公室",
            "unit_kind": "其他",
            "peer_group": "",
            "assessed": "否",
        }
