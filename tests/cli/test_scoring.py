"""The year's points at the command line: tables, JSON, CSV, explanations, quotas.

The stories stand in `scoring.txt`; their figures were worked out by hand from the regulation.
"""

import csv
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from clerk import Clerk, answers, stories

STORIES = Path(__file__).parent / "scoring.txt"
RULEBOOK = Path(__file__).parents[2] / "rules" / "scoring.yaml"


@pytest.mark.parametrize("story", stories(STORIES), ids=lambda story: story.partition("\n")[0])
def test_answers(story: str, clerk: Clerk) -> None:
    assert answers(clerk, story) == story


@pytest.fixture
def busy(clerk: Clerk) -> Clerk:
    """A clerk of the county in a year in which a good deal happened."""
    for line in (
        "adopt 2025-001 --channel 市政协 --on 2025-04-01",
        "adopt 2025-001 --channel 省政协 --form 综合 --on 2025-05-01",
        "instruct 2025-001 --rank 市委市政府主要领导 --on 2025-05-02",
        "adopt 2025-002 --channel 市政协 --on 2025-06-01",
        "submit 三人联名 --author 杜若 --author 白芷（民盟支部） --author 苏叶 --on 2025-08-09",
        "adopt 2025-004 --channel 市政协 --on 2025-09-01",
        "adopt 2025-003 --channel 全国政协 --on 2025-09-02",
        "finding 2025-003 --kind 报刊抄袭 --on 2025-10-01 --grounds 与某报雷同",
    ):
        clerk.do(line)
    return clerk


# JSON, to the letter of docs/json.md

TOP = ["year", "rulebooks", "ledger", "members", "units", "quotas"]
SHARED = ["points", "exact", "rank", "lines"]
MEMBER = ["name", "unit", "peer_group", *SHARED]
UNIT = ["name", "kind", "peer_group", *SHARED]
LINE = ["clause", "points", "exact", "submission", "fact", "edition", "note"]
QUOTA = [
    "holder", "holder_type", "unit", "role", "metric", "period", "period_end",
    "required", "actual", "met", "binding", "clause",
]  # fmt: skip


def scored(clerk: Clerk) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(clerk.do("score --year 2025 --format json"))
    return value


def test_json_has_the_documented_keys_in_their_order(busy: Clerk) -> None:
    value = scored(busy)
    assert list(value) == TOP
    assert [list(one) for one in value["rulebooks"]] == [["name", "edition", "sha256", "from"]]
    assert list(value["ledger"]) == ["seq", "head"]
    assert {tuple(one) for one in value["members"]} == {tuple(MEMBER)}
    assert {tuple(one) for one in value["units"]} == {tuple(UNIT)}
    assert {tuple(one) for one in value["quotas"]} == {tuple(QUOTA)}
    holders = [*value["members"], *value["units"]]
    assert {tuple(line) for one in holders for line in one["lines"]} == {tuple(LINE)}


def test_json_says_what_scored_and_on_what(busy: Clerk) -> None:
    value = scored(busy)
    (rulebook,) = value["rulebooks"]
    assert (value["year"], rulebook["from"], len(rulebook["sha256"])) == (2025, None, 64)
    assert (value["ledger"]["seq"], value["ledger"]["head"]) == busy.head()


def test_json_of_a_member(busy: Clerk) -> None:
    member = scored(busy)["members"][0]
    line = {"edition": "示例版"}
    assert member == {
        "name": "杜若",
        "unit": "提案委员会",
        "peer_group": None,
        "points": "49.17",
        "exact": "295/6",
        "rank": 1,
        "lines": [
            line | {
                "clause": "六(二)2", "points": "5.00", "exact": "5", "submission": "2025-001",
                "fact": "F22", "note": "市政协 2025-04-01 单篇采用",
            },
            line | {
                "clause": "六(二)3", "points": "10.00", "exact": "10", "submission": "2025-001",
                "fact": "F24", "note": "市委市政府主要领导 2025-05-02 批示",
            },
            line | {
                "clause": "六(二)4", "points": "10.00", "exact": "10", "submission": "2025-001",
                "fact": "F23", "note": "省政协 2025-05-01 综合采用",
            },
            line | {
                "clause": "六(二)2", "points": "2.50", "exact": "5/2", "submission": "2025-002",
                "fact": "F25", "note": "市政协 2025-06-01 单篇采用，5 分由 2 方分摊",
            },
            line | {
                "clause": "六(二)2", "points": "1.67", "exact": "5/3", "submission": "2025-004",
                "fact": "F27", "note": "市政协 2025-09-01 单篇采用，5 分由 3 方分摊",
            },
            line | {
                "clause": "六(二)1", "points": "20.00", "exact": "20", "submission": None,
                "fact": None, "note": "五(三)的任务 1 项，完成 1 项",
            },
        ],
    }  # fmt: skip


def test_a_holders_points_are_the_sum_of_his_lines(busy: Clerk) -> None:
    value = scored(busy)
    for holder in (*value["members"], *value["units"]):
        total = sum((Fraction(line["exact"]) for line in holder["lines"]), Fraction())
        assert Fraction(holder["exact"]) == total
        assert all(line["clause"] for line in holder["lines"])


def test_holders_stand_in_order_of_rank_and_then_of_the_register(busy: Clerk) -> None:
    value = scored(busy)
    members = [(m["rank"], m["name"], m["unit"], m["exact"]) for m in value["members"]]
    assert members == [
        (1, "杜若", "提案委员会", "295/6"),
        (2, "白芷", "民盟支部", "25/6"),
        (3, "白芷", "社法委", "0"),
    ]
    units = [(u["rank"], u["name"], u["peer_group"], u["exact"]) for u in value["units"]]
    # 社法委: 20 and 5 for 2025-003, 10 off for the finding, a third of 5 for 2025-004
    assert units == [
        (1, "提案委员会", "第一序列", "175/6"),
        (1, "民盟支部", "第二序列", "25/6"),
        (2, "社法委", "第一序列", "50/3"),
    ]


def test_json_of_quotas(busy: Clerk) -> None:
    quotas = scored(busy)["quotas"]
    assert quotas[0] == {
        "holder": "杜若",
        "holder_type": "member",
        "unit": "提案委员会",
        "role": "委员",
        "metric": "submitted",
        "period": "2025",
        "period_end": "2025-12-31",
        "required": 1,
        "actual": 3,
        "met": True,
        "binding": True,
        "clause": "五(三)",
    }
    told = [(q["holder"], q["period"], q["metric"], q["actual"], q["met"]) for q in quotas[-5:]]
    # 2025-003 of the second quarter, adopted in September, counts no more after its finding
    assert told == [
        ("社法委", "2025Q1", "submitted", 0, False),
        ("社法委", "2025Q2", "submitted", 0, False),
        ("社法委", "2025Q3", "submitted", 1, True),
        ("社法委", "2025Q4", "submitted", 0, False),
        ("社法委", "2025", "adopted", 1, False),
    ]
    assert [q["binding"] for q in quotas] == [q["metric"] == "submitted" for q in quotas]
    assert json.loads(busy.do("quota --year 2025 --format json")) == quotas
    owing = json.loads(busy.do("quota --year 2025 --owing --format json"))
    assert owing == [quota for quota in quotas if not quota["met"]]


def test_explain_gives_the_lines_of_one_holder(busy: Clerk) -> None:
    value = json.loads(busy.do("explain 提案委 --year 2025 --format json"))
    (unit,) = [one for one in scored(busy)["units"] if one["name"] == "提案委员会"]
    shared = [key for key in SHARED if key != "rank"]  # a standing needs everybody's points
    assert list(value) == ["year", "name", "unit", *shared, "quotas", "left_out", "prospects"]
    assert [value[key] for key in shared] == [unit[key] for key in shared]
    assert {quota["holder"] for quota in value["quotas"]} == {"提案委员会"}


# Files


def test_to_a_file_writes_what_its_suffix_names(busy: Clerk, tmp_path: Path) -> None:
    told = busy.do("score --year 2025 --to", tmp_path / "得分.JSON")
    assert told == f"已写入 {tmp_path / '得分.JSON'}。\n"
    text = (tmp_path / "得分.JSON").read_text(encoding="utf-8")
    assert text == busy.do("score --year 2025 --format json")

    (tmp_path / "得分.csv").write_bytes(b"old")
    busy.do("score --year 2025 --to", tmp_path / "得分.csv")
    raw = (tmp_path / "得分.csv").read_bytes()
    assert raw.startswith("\ufeff类别,名称,".encode())
    assert raw.count(b"\r\n") == raw.count(b"\n") == 7
    assert raw.decode("utf-8-sig").replace("\r\n", "\n") == busy.do(
        "score --year 2025 --format csv"
    )
    assert sorted(path.name for path in tmp_path.iterdir()) == ["云汀.db", "得分.JSON", "得分.csv"]


def test_csv_has_one_row_for_each_holder(busy: Clerk) -> None:
    rows = list(csv.DictReader(busy.do("score --year 2025 --format csv").splitlines()))
    assert list(rows[0]) == ["类别", "名称", "所在单位", "考评序列", "名次", "得分", "精确值"]
    holders = scored(busy)
    assert [row["精确值"] for row in rows] == [
        one["exact"] for one in (*holders["members"], *holders["units"])
    ]


# Other rulebooks, other years


def test_a_trial_with_another_rulebook_leaves_the_ledger_alone(busy: Clerk, tmp_path: Path) -> None:
    text = RULEBOOK.read_text(encoding="utf-8")
    changed = text.replace("采用: {市政协: 5}", "采用: {市政协: 7}").replace("示例版", "修订稿")
    (tmp_path / "修订稿.yaml").write_text(changed, encoding="utf-8")
    before = busy.head()
    trial = busy.do("score --year 2025 --format json --rules", tmp_path / "修订稿.yaml")
    value = json.loads(trial)
    assert [one["edition"] for one in value["rulebooks"]] == ["修订稿"]
    assert value["members"][1]["exact"] == "35/6"
    assert value["members"][1]["lines"][0]["edition"] == "修订稿"
    assert busy.head() == before
    assert "示例版" in busy.do("score --year 2025")


def test_a_running_year_is_told_as_such(clerk: Clerk) -> None:
    told = clerk.do("score --year 2199")
    assert "本年度尚未结束：任务在期末才见分晓，任务得分随之变动。" in told
    assert "本年度尚未结束" not in clerk.do("score --year 2025")


def test_rules_shows_every_clause_and_figure(clerk: Clerk) -> None:
    told = clerk.do("rules show")
    assert told == clerk.do("rules show", RULEBOOK)
    rows = [line.split() for line in told.splitlines()]
    assert ["六(二)4", "省政协采用", "+10", "每种一次（本年度）"] in rows
    assert ["五(三)", "委员", "每年", "报送", "1", "约束", "期末在任"] in rows
    assert ["六(二)9", "多人署名，个人得分", "平均"] in rows
    assert ["六(二)4", "省政协采用，每篇计", "10", "分"] in rows


def test_the_packaged_rulebook_passes_its_own_check_and_cases(clerk: Clerk) -> None:
    sound = "《XX县加强反映社情民意信息工作实施办法》示例版：没有发现错误。\n"
    assert clerk.do("rules check") == clerk.do("rules check", RULEBOOK) == sound
    assert clerk.do("rules test").endswith(" 个算例全部相符，每一条都有算例。\n")


def test_advice_on_a_rulebook_is_no_error(clerk: Clerk, tmp_path: Path) -> None:
    text = RULEBOOK.read_text(encoding="utf-8").replace("条款原意:\n", "条款原意:\n  七: 附则\n")
    (tmp_path / "办法.yaml").write_text(text, encoding="utf-8")
    told = clerk.do("rules check", tmp_path / "办法.yaml").splitlines()
    assert told[0].endswith("：没有发现错误。")
    assert [line.partition("：")[2] for line in told[1:]] == [
        "条款原意里的「七」没有哪一项用到。只作说明的，可以不管。"
    ]


# Keeping


def test_verify_and_backup(busy: Clerk, tmp_path: Path) -> None:
    head = busy.head()
    assert head is not None
    anchor = f"{head[0]}:{head[1]}"
    told = busy.do("verify").splitlines()
    assert told[0] == f"台账完好：{head[0]} 项登记，校验链、内容、结构和计分办法都相符。"
    assert told[1] == f"校验码 {anchor}"
    assert "与所给的校验码相符" in busy.do(f"verify --anchor {anchor[:20]}")
    copy = tmp_path / "备份.db"
    kept = busy.do("backup", copy)
    assert kept == f"已备份到 {copy}：{head[0]} 项登记，核对无误。校验码 {anchor}\n"
    busy.do("forward 2025-001 --channel 市政协 --on 2025-03-02")
    assert f"校验码 {anchor}\n" in busy.do("verify", copy)
    assert Clerk(copy).head() == head
