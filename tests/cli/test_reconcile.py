"""`reconcile`: a channel's own list beside the ledger, every difference with what to do."""

import json
from pathlib import Path
from typing import Any

import pytest

import workbooks
from clerk import Clerk

HEADINGS = ["序号", "采用标题", "来稿单位", "采用方式", "采用日期"]
CANTEEN, RIVER, PARKING = (
    "关于增设老年食堂的建议",
    "关于整治河道的建议",
    "关于停车难的建议",
)


@pytest.fixture
def clerk(clerk: Clerk) -> Clerk:
    """With adoptions of two items by the city and of one by the province."""
    clerk.do("adopt 2025-001 --channel 市政协 --on 2025-04-01")
    clerk.do("adopt 2025-002 --channel 市政协 --form 综合 --on 2025-06-10")
    clerk.do("adopt 2025-003 --channel 省政协 --on 2025-07-01")
    return clerk


def notice(clerk: Clerk, *rows: list[Any], headings: list[str] | None = None) -> Path:
    """The city's list as it comes, with a title and a total."""
    listed = [["某市政协采用情况通报"], headings or HEADINGS]
    listed += [[number, *row] for number, row in enumerate(rows, 1)]
    listed += [["合计", f"{len(rows)}条"]]
    return workbooks.workbook(clerk.ledger.with_name("通报.xlsx"), {"采用": listed})


def compared(clerk: Clerk, path: Path, *options: str) -> dict[str, Any]:
    """What the command tells a program; it fails exactly where something differs."""
    outcome = clerk.run("reconcile --channel 市政协 --format json", path, *options)
    told: dict[str, Any] = json.loads(outcome.out)
    left = sum(row["kind"] != "agreed" and not row["recorded"] for row in told["rows"])
    assert outcome.code == bool(left), outcome
    assert outcome.err == (f"错误：与市政协的清单还有 {left} 项不同。\n" if left else "")
    return told


def kinds(told: dict[str, Any]) -> list[tuple[str, str | None]]:
    """Each line's kind and number."""
    return [(row["kind"], row["number"]) for row in told["rows"]]


SAME = [
    [CANTEEN, "云汀县政协", "单篇采用", "2025.4.1"],
    [f"《{RIVER}》", "云汀县政协", "综合", "2025年6月10日"],
]


def test_a_list_that_agrees_is_done(clerk: Clerk) -> None:
    before = clerk.head()
    out = clerk.do("reconcile --channel 市政协", notice(clerk, *SAME))
    assert out.splitlines()[1] == (
        "通报.xlsx 与台账里 2025-04-01 至 2025-06-10 的市政协采用：一致 2 项。"
    )
    assert clerk.head() == before


def test_every_difference_has_its_kind(clerk: Clerk) -> None:
    path = notice(
        clerk,
        [CANTEEN, "云汀县政协", "综合采用", "2025-04-02"],
        [PARKING, "云汀县政协", "单篇采用", "2025-07-01"],
        ["关于食堂的事", "云汀县政协", "", "2025-06-30"],
        ["关于整治河流的建议", "云汀县政协", "转送", "2025-06-11"],
    )
    told = compared(clerk, path)
    assert kinds(told) == [
        ("differs", "2025-001"),
        ("level", "2025-003"),
        ("not_submitted", None),
        ("doubtful", None),
        ("not_listed", "2025-002"),
    ]
    first, level, _, doubtful, ours = told["rows"]
    assert first["differs"] == [
        {"heading": "采用日期", "had": "2025-04-01", "has": "2025-04-02"},
        {"heading": "采用方式", "had": "单篇", "has": "综合"},
    ]
    assert (first["cell"], first["ours"]["fact"]) == ("采用!B3", "F22")
    assert level["differs"] == [{"heading": "采用单位", "had": "省政协", "has": "市政协"}]
    assert [one["value"] for one in doubtful["candidates"]] == ["2025-002"]
    assert (ours["theirs"], ours["ours"]["day"]) == (None, "2025-06-10")
    assert all(row["todo"] for row in told["rows"])
    out = clerk.run("reconcile --channel 市政协", path).out
    for label in ("日期或方式不同", "级别不同", "台账没有这一条信息", "认不准是哪一条"):
        assert f"{label}（1 项）" in out


def test_what_is_certain_is_accepted_as_one_batch(clerk: Clerk) -> None:
    path = notice(
        clerk,
        [CANTEEN, "云汀县政协", "综合采用", "2025-04-02"],
        [RIVER, "云汀县政协", "综合", "2025-06-10"],
        [PARKING, "云汀县政协", "转送", "2025-06-20"],
    )
    told = compared(clerk, path, "--accept")
    assert [row["recorded"] is not None for row in told["rows"]] == [True, False, True]
    assert told["batch"] == "B1"
    facts = (
        "SELECT item, form, adopted_on FROM live_adoption WHERE channel = '市政协' ORDER BY item"
    )
    after = [
        (19, "compiled", "2025-04-02"),
        (20, "compiled", "2025-06-10"),
        (21, "relayed", "2025-06-20"),
    ]
    assert clerk.rows(facts) == after
    assert "按市政协的清单核对（通报.xlsx）" in clerk.do("log")
    assert set(compared(clerk, path)["counts"].items()) >= {("agreed", 3), ("differs", 0)}
    clerk.do("void B1 --because 通报有误")
    assert clerk.rows(facts) == [(19, "whole", "2025-04-01"), (20, "compiled", "2025-06-10")]


def test_what_cannot_be_recorded_leaves_all_as_it_was(clerk: Clerk) -> None:
    undated = notice(clerk, [PARKING, "", "单篇", None], [CANTEEN, "", "单篇", "2025-04-02"])
    said = clerk.refused("reconcile --channel 市政协 --accept", undated)
    assert said == (
        "错误：有 1 项不能登记，什么也没有写入：\n"
        "  采用!B3：通知没有写采用日期。请加 --undated-on 日期。\n"
    )
    told = compared(clerk, undated, "--accept", "--undated-on", "2025-06-30")
    assert told["batch"] == "B1"


def test_days_and_units_limit_what_is_compared(clerk: Clerk) -> None:
    path = notice(clerk, SAME[0], ["外县的事", "海陵县政协", "单篇", "2025-12-01"])
    assert kinds(compared(clerk, path)) == [
        ("agreed", "2025-001"),
        ("not_submitted", None),
        ("not_listed", "2025-002"),
    ]
    assert kinds(compared(clerk, path, "--unit", "云汀")) == [("agreed", "2025-001")]
    only = ("--unit", "云汀", "--year", "2025")
    assert kinds(compared(clerk, path, *only)) == [
        ("agreed", "2025-001"),
        ("not_listed", "2025-002"),
    ]
    spring = ("--unit", "云汀", "--since", "2025-1-1", "--until", "2025-5-31")
    assert kinds(compared(clerk, path, *spring)) == [("agreed", "2025-001")]
    assert "没有单位写着「江北」的行" in clerk.refused(
        "reconcile --channel 市政协 --unit 江北", path
    )


def test_a_list_of_mere_titles_needs_its_days(clerk: Clerk) -> None:
    path = notice(clerk, [CANTEEN], [RIVER], headings=["序号", "题目"])
    assert "通知里没有采用日期" in clerk.refused("reconcile --channel 市政协", path)
    assert kinds(compared(clerk, path, "--year", "2025")) == [
        ("agreed", "2025-001"),
        ("agreed", "2025-002"),
    ]


def test_columns_may_name_the_channels(clerk: Clerk) -> None:
    path = notice(
        clerk,
        [CANTEEN, "2025-4-1", None],
        [RIVER, "2025-6-10综合", None],
        [PARKING, None, "2025.7.1"],
        headings=["序号", "标题", "市政协采用", "省政协采用"],
    )
    told = compared(clerk, path)
    assert told["channels"] == ["市政协", "省政协"]
    assert [kind for kind, _ in kinds(told)] == ["agreed"] * 3


def test_titles_are_known_with_their_numbers_and_marks(clerk: Clerk) -> None:
    path = notice(
        clerk,
        [f"1.《{CANTEEN}》★"],
        [f"2、{RIVER}（综合采用）"],
        [f"③{PARKING}（二）"],
        headings=["序号", "采用目录"],
    )
    told = compared(clerk, path, "--year", "2025")
    assert kinds(told)[:2] == [("agreed", "2025-001"), ("agreed", "2025-002")]
    assert told["rows"][1]["theirs"]["form"] == "综合"
    assert told["rows"][2]["title"] == f"{PARKING}（二）"


def test_what_nobody_understands_is_remarked(clerk: Clerk) -> None:
    path = notice(clerk, [CANTEEN, "云汀县政协", "单编采用", "四月上旬"], SAME[1])
    told = compared(clerk, path)
    assert kinds(told)[0] == ("agreed", "2025-001")
    form, day = told["rows"][0]["remarks"]
    assert "「单编" in form + day
    assert "「四月上旬」" in form + day


def test_a_person_says_which_title_is_meant_and_it_is_remembered(clerk: Clerk) -> None:
    path = notice(clerk, SAME[0], ["关于整治河流的建议", "云汀县政协", "综合", "2025-06-10"])
    sheet = clerk.ledger.with_name("对照.csv")
    outcome = clerk.run("reconcile --channel 市政协 --map", sheet, path)
    assert f"1 个认不准的标题已写入 {sheet}" in outcome.err
    text = sheet.read_text(encoding="utf-8-sig")
    assert "信息,关于整治河流的建议,云汀县政协,2025-002（" in text
    sheet.write_text(text.replace("》）,,", "》）,2025-002,"), encoding="utf-8")
    assert clerk.run("reconcile --channel 市政协 --accept --map", sheet, path).code == 0
    assert [kind for kind, _ in kinds(compared(clerk, path))] == ["agreed"] * 2
    assert "标题「关于整治河流的建议」认作 2025-002" in clerk.do("log")


def test_several_items_of_one_title_are_told_apart_by_who_wrote_them(clerk: Clerk) -> None:
    clerk.do(f"submit {PARKING} --unit 办公室 --on 2025-06-03")
    path = notice(
        clerk,
        [PARKING, "办公室", "单篇", "2025-06-20"],
        [PARKING, "别处", "单篇", "2025-06-21"],
        *SAME,
    )
    told = compared(clerk, path)
    assert kinds(told)[:2] == [("not_recorded", "2025-004"), ("doubtful", None)]
    assert [one["value"] for one in told["rows"][1]["candidates"]] == ["2025-003", "2025-004"]


@pytest.mark.parametrize(
    ("options", "words", "code"),
    [
        ("--channel 市正协", "没有渠道「市正协」", 1),
        ("", "缺少选项：--channel", 2),
        ("--channel 市政协 --year 2025 --since 2025-1-1", "不能同时用", 2),
        ("--channel 市政协 --since 去年", "看不懂", 1),
    ],
)
def test_wrong_options_are_refused(clerk: Clerk, options: str, words: str, code: int) -> None:
    assert words in clerk.refused(f"reconcile {options}", notice(clerk, *SAME), code=code)


def test_a_file_that_is_no_list_is_refused(clerk: Clerk, tmp_path: Path) -> None:
    assert "没有这个文件" in clerk.refused("reconcile --channel 市政协", tmp_path / "无.xlsx")
    other = workbooks.workbook(tmp_path / "别的.xlsx", {"表": [["单位", "条数"], ["甲", 3]]})
    assert "没有采用的清单" in clerk.refused("reconcile --channel 市政协", other)
    blank = notice(clerk, ["", "云汀县政协", "单篇", "2025-4-1"])
    assert "采用!B3：标题没有填" in clerk.refused("reconcile --channel 市政协", blank)


@pytest.mark.parametrize("suffix", ["xlsx", "html", "md", "csv", "json"])
def test_the_report_is_written_in_every_format(clerk: Clerk, tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"核对.{suffix}"
    outcome = clerk.run("reconcile --channel 市政协 --to", target, notice(clerk, SAME[0]))
    assert (outcome.code, target.exists()) == (0, True)
