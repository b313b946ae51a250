"""`import` at the command line: previews, decisions, corrections, reports for scripts."""

from clerk import Clerk


def test_an_undone_batch_leaves_what_it_had_corrected(clerk: Clerk) -> None:
    clerk.do("adopt 2025-001 --channel 市政协 --on 2025-04-01")
    sheet = clerk.ledger.with_name("采用.csv")
    sheet.write_text(
        "编号,采用单位,采用方式,采用日期\n2025-001,市政协,综合,2025-04-01\n", encoding="utf-8"
    )
    facts = "SELECT form FROM live_adoption"
    assert "更正 1 条" in clerk.do("import --because 看错", sheet)
    assert clerk.rows(facts) == [("compiled",)]
    told = clerk.do("void B1 --because 又看错")
    assert "已恢复 F22（2025-001《关于增设老年食堂的建议》2025-04-01 被市政协单篇采用）" in told
    assert clerk.rows(facts) == [("whole",)]
    assert "全部撤销" in clerk.refused("void B1 --because 再撤")
    assert "相符" in clerk.do("verify")
