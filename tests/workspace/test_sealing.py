"""A published result stays, whatever is recorded; what would be another is told, and why."""

import json
import random
from fractions import Fraction
from typing import Any

import pytest

from build import Built
from counties import county
from sqmy import facts
from sqmy.errors import LedgerError, SqmyError
from sqmy.ledger import audit, reading
from sqmy.ledger.records import Records
from sqmy.reports.correction import OTHERS, UNKNOWN, correction_json, correction_report
from sqmy.reports.scores import score_json
from sqmy.scoring import engine
from sqmy.workspace import explaining, sealing
from sqmy.workspace import published as publishing
from sqmy.workspace.correcting import correct
from sqmy.workspace.desk import Desk
from sqmy.workspace.rulebooks import edition_of
from sqmy.workspace.undoing import void

YEAR = 2025
PACKAGED = edition_of(None)
SIMPLE = {
    "单位": [
        {"单位名称": "提案委", "单位类别": "委室", "考评序列": "第一序列"},
        {"单位名称": "民盟", "单位类别": "民主党派", "考评序列": "第二序列"},
    ],
    "人员": [
        {"姓名": "张三", "单位": "提案委", "身份": "委员"},
        {"姓名": "李四", "单位": "民盟", "身份": "常委"},
    ],
    "报送": [
        {
            "编号": "2025-001",
            "标题": "关于饮水的建议",
            "作者": "张三",
            "报送单位": "提案委",
            "报送日期": "2025-03-01",
        },
        {
            "编号": "2025-002",
            "标题": "关于道路的建议",
            "作者": "李四",
            "报送单位": "民盟",
            "报送日期": "2025-04-01",
        },
    ],
    "采用": [
        {"编号": "2025-001", "采用单位": "市政协", "采用方式": "单篇", "采用日期": "2025-03-20"},
        {"编号": "2025-002", "采用单位": "市政协", "采用方式": "单篇", "采用日期": "2025-05-20"},
    ],
}


class Sealed:
    """A small county, its year sealed."""

    def __init__(self, seed: int | None = None, *, quarter: int | None = None) -> None:
        self.built = Built(county(seed) if seed else SIMPLE)
        self.desk = Desk(self.built.ledger, "李文")
        with self.built.ledger.writing():
            Records(self.built.ledger, "李文").adopt_rulebook(PACKAGED)
        self.before = score_json(publishing.current(self.desk, YEAR, quarter))
        self.made = sealing.seal(self.desk, YEAR, quarter, None)

    def adopt(self, number: str, channel: str, day: str = "2025-12-01") -> int:
        with self.built.ledger.writing():
            item = self.built.items[number]
            return Records(self.built.ledger, "李文").adopt(
                facts.Adoption(item, channel, "whole", day)
            )

    def published(self) -> dict[str, Any]:
        """What is published, without what is said of the seal."""
        return plain(score_json(publishing.published(self.desk, YEAR)))


def plain(told: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if key not in {"ledger", "sealed"}}


def rows(sealed: Sealed, quarter: int | None = None) -> list[list[list[str]]]:
    report = correction_report(correct(sealed.desk, YEAR, quarter))
    return [[[str(cell) for cell in row] for row in table.rows] for table in report.tables]


# -- what is published stays -------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(3000, 3012))
def test_no_later_fact_rewrites_what_is_published(seed: int) -> None:
    sealed = Sealed(seed)
    chance = random.Random(seed)
    assert sealed.published() == plain(sealed.before)
    events = sealed.built.ledger.rows(
        "SELECT seq FROM chain WHERE kind IN ('adoption', 'instruction', 'submission')"
        " AND seq NOT IN (SELECT target FROM void)"
    )
    for (seq,) in chance.sample(events, min(4, len(events))):
        if reading.kind_at(sealed.built.ledger, seq) and not sealed.built.ledger.row(
            "SELECT 1 FROM void WHERE target = :seq", {"seq": seq}
        ):
            void(sealed.desk, f"F{seq}", "误录", with_dependents=True)
    for item in chance.sample(sorted(sealed.built.items), min(3, len(sealed.built.items))):
        found = reading.submission(sealed.built.ledger, sealed.built.items[item])
        if found and found[1].submitted_on <= "2025-12-31":
            sealed.adopt(item, "全国政协", "2025-12-31")
    sealed.desk.refresh()
    assert sealed.published() == plain(sealed.before)
    now = score_json(publishing.current(sealed.desk, YEAR))
    told = correction_json(correct(sealed.desk, YEAR, None))
    changed = {(one["name"], one["unit"]) for one in told["changes"]}
    for side in ("members", "units"):
        was = {(one["name"], one.get("unit", one["name"])): one for one in sealed.before[side]}
        for one in now[side]:
            key = (one["name"], one.get("unit", one["name"]))
            same = (one["exact"], one["rank"]) == (was[key]["exact"], was[key]["rank"])
            assert same or key in changed
    for one in told["changes"]:
        if one["published"] and one["current"]:
            lines = sum(
                (
                    Fraction(line["current"] or 0) - Fraction(line["published"] or 0)
                    for line in one["lines"]
                ),
                Fraction(),
            )
            difference = Fraction(one["current"]["exact"]) - Fraction(one["published"]["exact"])
            assert difference == lines
        assert all(line["because"] for line in one["lines"])
    assert audit.examine(sealed.built.ledger) == []


def test_a_later_edition_of_the_rulebook_rewrites_nothing() -> None:
    sealed = Sealed()
    text = PACKAGED.text.replace("省政协: 10", "省政协: 11")
    with sealed.built.ledger.writing():
        records = Records(sealed.built.ledger, "李文")
        records.adopt_rulebook(PACKAGED._replace(edition="修订版", since="2025-01-01", text=text))
    sealed.desk = Desk(sealed.built.ledger, "李文")
    assert sealed.published() == plain(sealed.before)
    assert score_json(publishing.current(sealed.desk, YEAR))["rulebooks"][0]["edition"] == "修订版"


def test_another_way_of_computing_rewrites_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A later version of the program, of which nothing is recorded."""
    sealed = Sealed()
    usual = engine.score

    def generous(*args: Any, **more: Any) -> Any:  # noqa: ANN401 — as the engine's own
        book = usual(*args, **more)
        members = tuple(h._replace(total=h.total + 1) for h in book.members)
        lines = book.lines_of
        return book._replace(
            members=members,
            lines_of=lambda key: tuple(
                line._replace(points=line.points + 1) if key[0] == "member" else line
                for line in lines(key)
            ),
        )

    monkeypatch.setattr("sqmy.workspace.scores.score", generous)
    assert sealed.published() == plain(sealed.before)
    told = rows(sealed)
    assert {row[-1] for row in told[1]} == {UNKNOWN}


# -- what would be another, and why --------------------------------------------------------------


def test_an_adoption_after_the_seal_is_the_reason_for_its_lines_alone() -> None:
    sealed = Sealed()
    fact = sealed.adopt("2025-001", "省政协")
    today = sealed.built.ledger.row("SELECT max(recorded_at) FROM chain")
    assert today
    totals, lines = rows(sealed)
    assert totals == [
        ["个人", "张三", "提案委", "25.00", "35.00", "+10", "1", "1", "见明细"],
        ["单位", "提案委", "", "5.00", "15.00", "+10", "1", "1", "见明细"],
    ]
    reason = f"2025-12-01 被省政协单篇采用（{today[0][:10]} 登记，F{fact}）"
    assert lines == [
        [who, "六(二)4", "2025-001 关于饮水的建议", "无", "10.00", reason]
        for who in ("张三", "提案委")
    ]


def test_a_voided_adoption_is_gone_and_says_why() -> None:
    sealed = Sealed()
    (fact,) = sealed.built.ledger.row("SELECT min(fact) FROM adoption") or ()
    void(sealed.desk, f"F{fact}", "录错了渠道", with_dependents=False)
    _, lines = rows(sealed)
    assert [row[:5] for row in lines] == [
        [who, "六(二)2", "2025-001 关于饮水的建议", "5.00", "无"] for who in ("张三", "提案委")
    ]
    assert all("撤销" in row[-1] and "录错了渠道" in row[-1] for row in lines)


def test_a_share_that_changed_is_told_from_and_to() -> None:
    sealed = Sealed()
    found = reading.submission(sealed.built.ledger, sealed.built.items["2025-001"])
    assert found
    both = (sealed.built.member("张三"), sealed.built.member("李四"))
    with sealed.built.ledger.writing():
        Records(sealed.built.ledger, "李文").amend(
            found[1]._replace(supersedes=found[0], authors=both, reason="漏了第二作者")
        )
    lines = rows(sealed)[1]
    told = {row[0]: row[3:] for row in lines}
    assert told["张三"][:2] == ["5.00", "2.50"]
    assert told["李四"][:2] == ["无", "2.50"]
    assert all("漏了第二作者" in row[-1] for row in told.values())


def test_a_standing_that_others_moved_is_told_without_lines() -> None:
    sealed = Sealed()
    sealed.adopt("2025-002", "省政协")
    sealed.adopt("2025-002", "全国政协")
    totals, lines = rows(sealed)
    by_name = {row[1]: row for row in totals}
    assert by_name["张三"][3:5] == ["25.00", "25.00"]
    assert by_name["张三"][6:] == ["1", "2", OTHERS]
    assert {row[0] for row in lines} == {"李四", "民盟"}


def test_an_obligation_that_is_no_longer_met_is_told() -> None:
    sealed = Sealed()
    void(sealed.desk, "2025-001", "撤稿", with_dependents=True)
    told = rows(sealed)[-1]
    assert ["张三", "委员", "2025年", "报送", "完成", "未完成"] in [row[:6] for row in told]
    assert all("撤稿" in row[6] for row in told)


def test_what_was_recorded_and_voided_since_is_no_reason() -> None:
    sealed = Sealed()
    fact = sealed.adopt("2025-001", "省政协")
    void(sealed.desk, f"F{fact}", "误录", with_dependents=False)
    correction = correct(sealed.desk, YEAR, None)
    assert not correction.differences
    report = correction_report(correction)
    assert report.title == "2025年社情民意信息得分没有更正"
    assert report.tables == ()


def test_an_item_marked_as_confidential_is_not_told_to_others() -> None:
    sealed = Sealed()
    found = reading.submission(sealed.built.ledger, sealed.built.items["2025-001"])
    assert found
    with sealed.built.ledger.writing():
        Records(sealed.built.ledger, "李文").amend(
            found[1]._replace(supersedes=found[0], attributes=(("密级", "内部"),), reason="定密")
        )
    sealed.adopt("2025-001", "省政协")
    sealed.desk = Desk(sealed.built.ledger, "李文", "units")
    correction = correct(sealed.desk, YEAR, None)
    told = f"{correction_report(correction)}{correction_json(correction)}"
    published = json.dumps(score_json(publishing.published(sealed.desk, YEAR)), ensure_ascii=False)
    for text in (told, published):
        assert "关于饮水" not in text
        assert "2025-001" not in text
    assert "标有密级" in told


# -- sealing -----------------------------------------------------------------------------------


def test_a_seal_holds_the_hashes_of_facts_rulebook_and_result() -> None:
    sealed = Sealed()
    ledger = sealed.built.ledger
    kept = reading.fact_at(ledger, sealed.made.fact, "seal")
    assert isinstance(kept, facts.Seal)
    assert kept.facts == reading.hash_at(ledger, sealed.made.fact - 1)
    assert kept.rulebooks == sealed.before["rulebooks"][0]["sha256"]
    assert kept.output == sealed.made.output
    assert reading.hash_at(ledger, sealed.made.fact) == sealed.made.head
    assert audit.examine(ledger) == []


def test_sealing_once_more_needs_a_difference_and_a_reason() -> None:
    sealed = Sealed()
    with pytest.raises(SqmyError, match=r"现有事实算出的与它相同，不必再封。"):
        sealing.seal(sealed.desk, YEAR, None, "再来")
    sealed.adopt("2025-001", "省政协")
    with pytest.raises(SqmyError, match=r"请先用 sqmy correct 出更正通报"):
        sealing.seal(sealed.desk, YEAR, None, " ")
    again = sealing.seal(sealed.desk, YEAR, None, "更正通报已发")
    assert again.fact > sealed.made.fact
    assert sealed.published() == plain(score_json(publishing.current(sealed.desk, YEAR)))
    assert not correct(sealed.desk, YEAR, None).differences


def test_a_quarter_counts_what_is_dated_up_to_its_end() -> None:
    sealed = Sealed(quarter=1)
    published = score_json(publishing.published(sealed.desk, YEAR, 1))
    assert published["until"] == "2025-03-31"
    assert {one["name"]: one["exact"] for one in published["members"]} == {
        "张三": "25",  # the year's one submission and an adoption in March
        "李四": "0",  # all in the second quarter
    }
    assert {one["period"] for one in published["quotas"]} == {"2025Q1"}
    sealed.adopt("2025-001", "全国政协", "2025-04-02")
    assert not correct(sealed.desk, YEAR, 1).differences  # dated later
    sealed.adopt("2025-001", "省政协", "2025-03-30")
    assert [row[1] for row in rows(sealed, 1)[0]] == ["张三", "提案委"]
    assert publishing.published(sealed.desk, YEAR).sealed is None  # the year is another matter
    with pytest.raises(SqmyError, match="还没有封存"):
        correct(sealed.desk, YEAR, None)


@pytest.mark.parametrize("quarter", [0, 5, 2025])
def test_a_quarter_that_is_not_there(quarter: int) -> None:
    with pytest.raises(SqmyError, match="没有第"):
        sealing.seal(Sealed().desk, YEAR, quarter, None)


def test_a_year_with_nobody_in_it_is_not_sealed() -> None:
    empty = Built({"单位": [], "人员": []})
    with empty.ledger.writing():
        Records(empty.ledger, "李文").adopt_rulebook(PACKAGED)
    with pytest.raises(SqmyError, match="没有可以封存的"):
        sealing.seal(Desk(empty.ledger, "李文"), YEAR, None, None)


def test_a_seal_that_cannot_be_read_is_the_ledgers_fault() -> None:
    sealed = Sealed()
    with sealed.built.ledger.writing():
        Records(sealed.built.ledger, "李文").seal(
            facts.Seal(YEAR, "2025", "2025-12-31", "", "", "", '{"book":{}}')
        )
    with pytest.raises(LedgerError, match="读不出来"):
        publishing.published(sealed.desk, YEAR)


def test_one_holder_of_a_sealed_year_is_told_as_published() -> None:
    sealed = Sealed()
    sealed.adopt("2025-001", "省政协")
    found = explaining.holder(sealed.desk, YEAR, "张三")
    assert found
    scores, holder = found.scores, found.holder
    assert str(holder.total) == "25"
    assert [str(line.points) for line in scores.book.lines_of(holder.key)] == ["5", "20"]
    assert {o.name for o in scores.book.obligations} == {"张三"}
    assert explaining.holder(sealed.desk, 2024, "张三").scores.sealed is None
    with sealed.built.ledger.writing():
        Records(sealed.built.ledger, "李文").register_member(
            facts.Member("新人"), sealed.built.units["民盟"], "委员", None, None
        )
    sealed.desk.refresh()
    with pytest.raises(SqmyError, match="「新人」不在封存的 2025 年得分里"):
        explaining.holder(sealed.desk, YEAR, "新人")
