"""Notices, certificates, slips, decisions on awards: what they say and what they must not."""

import io

import docx
import pytest

from counties import County
from drafted import OFFICE, desk, profile
from scored import rows, small
from sqmy.errors import NotFoundError, SqmyError
from sqmy.reports.model import Report, Section, Table
from sqmy.reports.papers.awards import AwardList, Decided, Decision, Winner
from sqmy.reports.papers.certificate import Certificates
from sqmy.reports.papers.letters import Issue
from sqmy.reports.papers.notice import Notice
from sqmy.reports.papers.slip import Slips
from sqmy.reports.papers.strokes import by_strokes, unknown
from sqmy.reports.render.document import document
from sqmy.workspace import letters, papers
from sqmy.workspace.letters import Wanted

ISSUE = Issue("", "2025-09-20")


def body(report: Report) -> list[str]:
    """The paragraphs of a report."""
    return [str(block) for block in report.body if not isinstance(block, Section | Table)]


# Notices


def notice(county: County, as_of: str = "2025-09-20", own: str = OFFICE, **more: str) -> Notice:
    at = desk(county)
    settings = profile(own)
    span = papers.rhythm_of(at, 2025, "quarter", 3)
    return Notice(letters.owing(at, span, as_of, more.get("unit"), settings), settings, ISSUE)


def test_who_owes_is_told_unit_by_unit_with_days_left() -> None:
    made = notice(small("关于夜市的建议"))
    assert [one.unit for one in made.owed] == ["社法委"]
    (section,) = made.overview().body
    assert isinstance(section, Section)
    shown, message = section.body
    assert isinstance(shown, Table)
    assert shown.rows == (("社法委", "委室", "第三季度", "报送 1", 0, 1, "未到期", "10 天"),)
    assert message == (
        "可以发给联络员的话：您好！社法委2025年第三季度还有本单位1条没有完成，距9月30日还有10天，"
        "麻烦提醒一下，谢谢！——县政协"
    )


def test_what_is_past_its_end_has_no_days_left() -> None:
    made = notice(small("关于夜市的建议"), "2025-10-08")
    assert "还有" in made.message(made.owed[0])
    assert "距" not in made.message(made.owed[0])
    assert body(made.letters())[1] == "已经到期而没有完成的1项，请了解情况，今后按时报送。"


def test_a_letter_for_each_unit() -> None:
    county = small("关于夜市的建议")
    county["报送"] = county["报送"][:3]
    county["采用"] = county["采用"][:2]
    made = notice(county)
    first = made.letters()
    assert first.letter is not None
    assert first.letter.addressees == "提案委："
    assert [one.letter and one.letter.addressees for one in first.following] == ["社法委："]
    assert first.title == "关于2025年第三季度社情民意信息报送任务完成情况的通知"
    told = docx.Document(io.BytesIO(document(first)))
    assert len(told.tables) == 2
    assert [row.cells[0].text for row in told.tables[0].rows] == ["姓名或单位", "提案委", "杜若"]


def test_the_liaison_is_who_the_settings_name_or_who_holds_the_role() -> None:
    county = small("关于夜市的建议")
    own = OFFICE + "用语: {联络员身份: [委员], 联络员: {提案委: 半夏 1390000-0001}}"
    told = letters.contacts(desk(county), "2025-09-20", profile(own))
    assert str(told["提案委"]) == "半夏 1390000-0001"
    assert told["社法委"].name == "苏叶"
    made = notice(county, own=own)
    assert made.message(made.owed[0]).startswith("苏叶同志，您好！")
    with pytest.raises(NotFoundError):
        letters.contacts(desk(county), "2025-09-20", profile("用语: {联络员: {无此委: 甲}}"))


def test_one_unit_alone_and_nobody() -> None:
    assert notice(small(), unit="提案委").owed == ()
    nobody = notice(small(), unit="提案委")
    assert body(nobody.letters()) == []
    assert nobody.overview().lead == ("任务都已完成，没有需要催的。",)
    assert nobody.table().rows == ()
    with pytest.raises(NotFoundError):
        notice(small(), unit="不在册")


# Certificates


def certificates(county: County, wanted: Wanted) -> tuple[Certificates, int]:
    at = desk(county)
    at.audience = "units"
    found, hidden = letters.certified(at, wanted)
    return Certificates(found, profile(), ISSUE, letters.ledger_basis(at), hidden), hidden


def test_a_certificate_names_all_but_the_words_of_an_instruction() -> None:
    county = small("关于夜市的建议")
    county["批示"] = rows(
        "编号 领导级别 批示日期 批示领导 批示内容", "2025-002 省级领导 2025-07-01 赵六 请阅处"
    )
    county["采用"][1] |= {"刊物": "省政协信息", "期号": "7"}
    made, _ = certificates(county, Wanted(numbers=("2025-002",)))
    report = made.letters()
    text, closing = body(report)
    assert closing == "特此证明。"
    assert text == (
        "白芷（民盟支部）撰写的社情民意信息《关于老年食堂的建议》，于2025年6月1日被省政协综合采用，刊于"
        "《省政协信息》第7期，并获省级领导批示。"
    )
    assert report.letter is not None
    assert report.letter.number == f"编号：2025年第{made.certified[0].fact}号"
    assert not report.letter.paged
    whole = str((report, made.workbook(), made.value()))
    assert "请阅处" not in whole
    assert "赵六" not in whole


def test_a_batch_with_its_register() -> None:
    made, hidden = certificates(small("关于夜市的建议"), Wanted(year=2025))
    assert hidden == 0
    assert len(made.letters().following) == 2
    assert [row[1] for row in made.register().rows] == ["2025-001", "2025-002", "2025-004"]
    assert [row[3] for row in made.register().rows] == ["白芷、杜若、苏叶", "白芷", "杜若"]
    assert made.register().notes == ("应出 3 份：这里 3 份，没有不出的。",)


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (Wanted(year=2025, channel="市政协"), ["2025-001", "2025-004"]),
        (Wanted(year=2025, author="杜若"), ["2025-001", "2025-004"]),
        (Wanted(year=2025, unit="民盟支部"), ["2025-002"]),
        (Wanted(numbers=("2025-004", "2025-001")), ["2025-001", "2025-004"]),
    ],
)
def test_some_are_chosen(wanted: Wanted, numbers: list[str]) -> None:
    made, _ = certificates(small("关于夜市的建议"), wanted)
    assert [one.number for one in made.certified] == numbers


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (Wanted(numbers=("2025-003",)), "没有符合条件的采用"),
        (Wanted(numbers=("2025-999",)), "没有编号「2025-999」"),
        (Wanted(year=2025, channel="国家政协"), "渠道「国家政协」"),
        (Wanted(year=2025, author="无此人"), "没有人员「无此人」"),
    ],
)
def test_what_cannot_be_certified_is_told(wanted: Wanted, told: str) -> None:
    with pytest.raises(SqmyError) as caught:
        certificates(small(), wanted)
    assert told in str(caught.value)


def test_a_confidential_item_has_no_certificate() -> None:
    county = small("关于夜市的建议")
    county["报送"][1] |= {"密级": "内部"}
    made, hidden = certificates(county, Wanted(year=2025))
    assert hidden == 1
    assert "老年食堂" not in str((made.letters(), made.workbook(), made.value()))
    assert made.register().notes == ("应出 3 份：这里 2 份，标有密级、不出的 1 份。",)
    with pytest.raises(SqmyError, match="标有密级的 1 项不出证明"):
        certificates(county, Wanted(numbers=("2025-002",)))


# Slips


def slips(name: str | None, everyone: str | None = None) -> Slips:
    scores, holders = letters.slips_of(desk(small("关于夜市的建议")), 2025, name, everyone)
    return Slips(scores, holders, profile(), ISSUE, "2026-01-05")


def test_a_slip_goes_through_the_clauses() -> None:
    made = slips("杜若").report()
    assert made.title == "杜若2025年度社情民意信息工作情况"
    assert made.lead == ("杜若（提案委）本年度得6.67分，在4人中列第4。",)
    points, quotas = made.tables
    assert [[str(cell) for cell in row] for row in points.rows] == [
        ["六(二)2　市政协采用，每篇计 5 分（6.67 分）", "2025-001 关于停车难的建议",
         "市政协 2025-04-01 单篇采用，5 分由 3 方分摊", "1.67"],
        ["六(二)2　市政协采用，每篇计 5 分（6.67 分）", "2025-004 关于夜市的建议",
         "市政协 2025-08-01 转送采用", "5"],
        ["", "合计", "", "6.67"],
    ]  # fmt: skip
    assert [row[-1] for row in quotas.rows] == ["完成", "未完成", "完成", "未完成"]


def test_slips_of_all() -> None:
    assert len(slips(None, "member").report().following) == 3
    units = slips(None, "unit")
    assert units.report().lead == (
        "提案委（委室，第一序列）本年度得7.5分，在第一序列的2个单位中列第1。",
    )
    assert sum(len(holder["lines"]) for holder in units.value()) == len(units.table().rows)


def test_nobody_and_nothing() -> None:
    at = desk({"单位": rows("单位名称 单位类别 参评", "办公室 其他 否"), "人员": []})
    with pytest.raises(SqmyError, match="不在 2025年的考评范围内"):
        letters.slips_of(at, 2025, "办公室", None)
    with pytest.raises(SqmyError, match="没有列入考评"):
        letters.slips_of(at, 2025, None, "member")


# Awards


UNITS = AwardList(
    "先进集体", "unit", (Winner("大力镇工委"), Winner("民盟南川总支"), Winner("致公党南川总支")),
    grade="一等奖",
)  # fmt: skip
MORE_UNITS = AwardList(
    "先进集体",
    "unit",
    tuple(map(Winner, ("民进总支", "社法委", "桂园街道工委", "文史委", "里溪镇工委"))),
    grade="二等奖",
)
PEOPLE = AwardList(
    "先进个人",
    "member",
    (Winner("麦冬", ("民盟南川总支",)), Winner("石韦", ("致公党南川总支", "社法委"))),
    order="strokes",
)
ITEMS = AwardList("优秀信息", "item", (Winner("关于夜市的建议", ("提案委",), ("杜若",)),))


def decision(*lists: AwardList, approval: str = "区政协第17次主席会议研究") -> Decision:
    return Decision(Decided(lists, "2025年度", "评分办法", approval), profile(), ISSUE)


def test_a_decision_names_the_first_and_counts_all() -> None:
    report = decision(UNITS, MORE_UNITS, PEOPLE, ITEMS).report()
    assert report.title == (
        "政协云汀县委员会办公室关于表扬2025年度社情民意信息工作先进单位和先进个人的决定"
    )
    assert (
        "根据《评分办法》，经区政协第17次主席会议研究，确定大力镇工委、民盟南川总支等8个单位为"
        "先进集体；石韦、麦冬2位同志为先进个人；《关于夜市的建议》1篇信息为优秀信息，现予以表扬。"
    ) in body(report)[0]


def test_the_lists_are_counted_in_their_headings() -> None:
    (enclosed,) = decision(UNITS, MORE_UNITS, PEOPLE, ITEMS).report().enclosures
    text = [p.text for p in docx.Document(io.BytesIO(document(
        decision(UNITS, MORE_UNITS, PEOPLE, ITEMS).report()))).paragraphs]  # fmt: skip
    start = text.index("一、先进集体（8个）")
    assert text[start : start + 6] == [
        "一、先进集体（8个）", "（一）一等奖（3个）", "大力镇工委", "民盟南川总支",
        "致公党南川总支", "（二）二等奖（5个）",
    ]  # fmt: skip
    assert "二、先进个人（2名）" in text
    assert "石韦　致公党南川总支、社法委" in text
    assert "1.《关于夜市的建议》　杜若　提案委" in text
    assert enclosed.heading == "2025年度先进集体、先进个人、优秀信息名单"


def test_groups_stand_above_grades() -> None:
    grouped = [one._replace(group="第一序列") for one in (UNITS, MORE_UNITS)]
    text = [
        p.text for p in docx.Document(io.BytesIO(document(decision(*grouped).report()))).paragraphs
    ]
    assert {
        "一、先进集体（8个）",
        "（一）第一序列（8个）",
        "1.一等奖（3个）",
        "2.二等奖（5个）",
    } <= set(text)


def test_no_points_and_no_reasons_are_published() -> None:
    winner = Winner("麦冬", ("民盟南川总支",), reason="全年 45 分，第 6")
    made = decision(PEOPLE._replace(winners=(winner,)))
    assert "45" not in str(made.report())
    assert made.table().rows[0][-1] == "全年 45 分，第 6"


def test_a_decision_without_winners_or_approval() -> None:
    report = decision(approval="").report()
    assert report.enclosures == ()
    assert "经" not in body(report)[0].split("根据")[1]


def test_what_must_be_looked_at_before_signing() -> None:
    twice = PEOPLE._replace(winners=(*PEOPLE.winners, Winner("麦冬", ("民盟南川总支",))))
    assert decision(twice).faults() == ["“先进个人”里“麦冬”列了 2 次。"]
    strange = PEOPLE._replace(winners=(Winner("\U00030edd三"),))
    assert decision(strange).faults() == ["不知道这些字的笔画，次序请核对：\U00030edd。"]
    assert decision(UNITS, PEOPLE).faults() == []


def test_the_order_of_the_lists_is_a_setting() -> None:
    made = Decision(
        Decided((PEOPLE._replace(order="points"),), "2025年度", "评分办法"),
        profile("表彰: {名单次序: 姓氏笔画}"),
        ISSUE,
    )
    assert [row[4] for row in made.table().rows] == ["石韦", "麦冬"]


def test_names_by_the_strokes_of_the_surname() -> None:
    names = [
        "丁一", "马兰", "王五", "方竹", "石斛", "田七", "白芷", "江离", "麦冬", "杜仲", "杜若",
        "李四", "张三", "陆英", "郁金", "金樱子", "荆芥", "柴胡", "党参",
    ]  # fmt: skip
    assert sorted(sorted(names), key=by_strokes) == names
    assert sorted(["王小明", "王五"], key=by_strokes) == ["王五", "王小明"]
    assert unknown(["买买提·吐尔逊"]) == []
