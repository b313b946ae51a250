"""`import` at the command line: previews, decisions, corrections, reports for scripts."""

import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

import workbooks
from clerk import Clerk
from terminal import DOWN, Seated


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


HEADINGS = ["编号", "标题", "作者", "报送单位", "报送日期"]
LISTED = [
    ["2025-101", "关于路灯的建议", "杜若", "提案委", "2025-06-01"],
    ["2025-102", "关于路牌的建议", "杜弱", "提案委", "2025-06-02"],
    ["2025-001", "关于增设老年食堂的几点建议", "杜若", "提案委", "2025-03-01"],
]


def listed(clerk: Clerk, *rows: list[str], name: str = "来表.xlsx") -> Path:
    """A unit's sheet beside the ledger."""
    path = clerk.ledger.with_name(name)
    return workbooks.workbook(path, {"报送": [HEADINGS, *(rows or LISTED)]})


def test_a_preview_tells_every_row(clerk: Clerk) -> None:
    path = listed(clerk)
    before = clerk.head()
    outcome = clerk.run("import --dry-run", path)
    assert (outcome.code, clerk.head()) == (1, before)
    lines = outcome.out.splitlines()
    assert lines[:7] == [
        "有的行还不能写入，什么也没有写入。",
        "",
        "      新增  更正  待定",
        "----  ----  ----  ----",
        "报送     1     1     1",
        "",
        "更正（1 项）",
    ]
    assert lines[9].split() == [
        *("来表.xlsx", "报送!A4", "2025-001", "报送", "标题：关于增设老年食堂的建议"),
        *("→", "关于增设老年食堂的几点建议"),
    ]
    assert lines[11:] == [
        "新增（1 项）",
        "格子               种类  编号或名称",
        "-----------------  ----  ----------",
        "来表.xlsx 报送!A2  报送  2025-101",
        "有更正的行，正式导入时要加 --because 理由。",
    ]
    assert outcome.err == (
        "错误：有 1 处有误，什么也没有写入：\n"
        "  来表.xlsx 报送!C3：没有人员「杜弱」。相近的有：杜若（提案委员会）（同音）。"
        "请改正，或先登记；逐个指认的用 --map 文件。\n"
    )


def test_a_preview_of_what_is_sound_succeeds(clerk: Clerk) -> None:
    before = clerk.head()
    out = clerk.do("import --dry-run", listed(clerk, LISTED[0], LISTED[2]))
    assert out.startswith("检查通过，没有写入。正式导入时将有：\n")
    assert out.endswith("有更正的行，正式导入时要加 --because 理由。\n")
    told = clerk.do("import --dry-run --because 校对", listed(clerk, LISTED[2]))
    assert "--because" not in told
    assert clerk.head() == before


def test_a_long_preview_is_cut_and_counted(clerk: Clerk) -> None:
    rows = [[f"2025-{n}", f"第{n}件事", "杜若", "", "2025-06-01"] for n in range(200, 230)]
    out = clerk.do("import --dry-run", listed(clerk, *rows))
    assert out.splitlines()[-1] == "……还有 18 行。"
    assert "新增（30 项）" in out


def test_a_map_is_proposed_filled_in_and_read(clerk: Clerk) -> None:
    path, sheet = listed(clerk), clerk.ledger.with_name("对照.xlsx")
    outcome = clerk.run("import --because 校对 --map", sheet, path)
    assert outcome.code == 1
    assert outcome.err.endswith(
        f"\n1 个认不准的写法已写入 {sheet}。请填好“应是”一列，再执行一遍。\n"
    )
    (heads, row) = list(workbooks.values(sheet, "对照表"))
    assert dict(zip(heads, row, strict=False)) == {
        "种类": "人员",
        "写法": "杜弱",
        "同行": None,
        "可能是": "杜若（提案委员会）（同音）",
        "应是": None,
        "单位": "提案委",
        "身份或类别": None,
        "任职开始": None,
        "所在": "来表.xlsx 报送!C3",
    }
    again = clerk.run("import --because 校对 --map", sheet, path)
    assert (again.code, again.err.count("已写入")) == (1, 0)  # nothing is overwritten
    book = load_workbook(sheet)
    book["对照表"]["E2"] = "杜若"
    book.save(sheet)
    out = clerk.do("import --because 校对 --map", sheet, path)
    assert out.splitlines()[1:] == [
        "  报送：新记 2 条，更正 1 条",
        "  「杜弱」记作杜若（提案委员会）的别名。",
    ]
    assert "没有新的内容" in clerk.do("import", path)


MAP = "种类,写法,同行,应是,单位,身份或类别,任职开始\n"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("人员,杜弱,,新增,,,\n", "新增「杜弱」要写明身份"),
        ("人员,杜弱,,杜鹃,,,\n", "没有人员「杜鹃」"),
        ("人,杜弱,,杜若,,,\n", "对照.csv D2：种类要写单位、人员、信息、表头之一"),
        ("人员,杜弱,,杜若,,,\n人员,杜 弱,,白芷,,,\n", "对照.csv D3：「杜弱」写了两次，应是不同"),
        ("人员,杜弱,,新增,提案委,委员,去年\n", "对照.csv D2：日期「去年」看不懂"),
        ("人员,杜弱,,新增,提案委,局长,\n", "没有身份「局长」"),
    ],
)
def test_a_map_with_a_mistake_is_refused(clerk: Clerk, rows: str, words: str) -> None:
    sheet = clerk.ledger.with_name("对照.csv")
    sheet.write_text(MAP + rows, encoding="utf-8")
    told = clerk.refused("import --because 校对 --map", sheet, listed(clerk))
    assert words in told


def test_what_is_no_map_is_refused(clerk: Clerk) -> None:
    path = listed(clerk)
    assert "不是对照表" in clerk.refused("import --map", path, path)


def test_somebody_new_comes_with_the_map(clerk: Clerk) -> None:
    sheet = clerk.ledger.with_name("对照.csv")
    sheet.write_text(f"{MAP}人员,杜弱,,新增,社法委,委员,2025-01-01\n", encoding="utf-8")
    out = clerk.do("import --map", sheet, listed(clerk, LISTED[1]))
    assert "新增人员 杜弱（社法委），委员。" in out
    assert "杜弱" in clerk.do("member list --unit 社法委")


def test_scripts_get_json_whether_it_is_written_or_not(clerk: Clerk) -> None:
    path = listed(clerk)
    outcome = clerk.run("import --format json", path)
    told = json.loads(outcome.out)
    assert outcome.code == 1
    assert told["batch"] is None
    assert [row["state"] for row in told["rows"]] == ["new", "doubtful", "wrong"]
    doubtful = told["rows"][1]
    assert (doubtful["sheet"], doubtful["row"], doubtful["kind"]) == ("报送", 3, "submission")
    assert doubtful["problems"][0]["candidates"] == [{"value": "杜若（提案委员会）", "why": "同音"}]
    sound = listed(clerk, LISTED[0], LISTED[2], name="好.xlsx")
    done = clerk.run("import --because 校对 --format json", sound)
    told = json.loads(done.out)
    assert (done.code, done.err, told["batch"]) == (0, "", "B1")
    assert told["counts"]["submission"] == {
        "same": 0,
        "new": 1,
        "changed": 1,
        "doubtful": 0,
        "wrong": 0,
    }
    (fact,) = told["rows"][1]["facts"]
    assert fact["changes"][0]["heading"] == "标题"
    again = json.loads(clerk.do("import --format json", sound))
    assert (again["batch"], [row["state"] for row in again["rows"]]) == (None, ["same", "same"])


def test_sheets_are_written_back_refused_or_not(clerk: Clerk) -> None:
    path = listed(clerk)
    first, second = (clerk.ledger.with_name(name) for name in ("退一.xlsx", "退二.xlsx"))
    told = clerk.refused("import --because 校对 --return", first, path)
    assert told.endswith(f"\n已写回 {first}：3 行的结果，标出 1 格。\n")
    assert list(workbooks.values(first, "报送"))[2][-1].startswith("待定：没有登记人员「杜弱」")
    out = clerk.do("import --because 校对 --return", second, listed(clerk, LISTED[0], LISTED[2]))
    assert out.endswith(f"\n已写回 {second}：2 行的结果，标出 0 格。\n")
    assert [row[-1] for row in workbooks.values(second, "报送")] == [
        "结果",
        "已登记，编号 2025-101",
        "已更正：标题：关于增设老年食堂的建议 → 关于增设老年食堂的几点建议",
    ]


def test_a_new_term_begins_with_one_command(clerk: Clerk) -> None:
    register = workbooks.workbook(
        clerk.ledger.with_name("名册.xlsx"),
        {
            "名册": [
                ["姓名", "单位", "身份"],
                ["杜若", "提案委", "常委"],
                ["钱七", "社法委", "委员"],
            ]
        },
    )
    out = clerk.do("import --new-term 2027-1-10", register)
    assert "  换届：上一届的任职到 2027-01-09 为止，委员 2 项、常委 1 项。" in out.splitlines()
    assert "委员（2022-01-01 至 2027-01-09）；常委（2027-01-10 起）" in clerk.do("member list")
    assert "看不懂" in clerk.refused("import --new-term 明年", register)


def test_several_files_and_patterns_are_one_import(clerk: Clerk) -> None:
    one, two = (
        listed(clerk, LISTED[0], name="甲.xlsx"),
        listed(clerk, ["2025-103", "关于路面的建议", "杜若", "", "2025-06-03"], name="乙.xlsx"),
    )
    assert "报送：新记 2 条" in clerk.do("import", one, two)
    assert "报送：新记 0 条，已有 2 条" in clerk.do("import", clerk.ledger.with_name("[甲乙].xlsx"))
    clerk.do("void B1 --because 重来")
    assert "报送：新记 2 条" in clerk.do("import", one, two)


# At a terminal


@pytest.fixture
def seated(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> Seated:
    """A clerk of the small county, at a terminal."""
    return Seated(clerk, monkeypatch)


def test_somebody_at_a_terminal_is_asked_and_looks_it_through(seated: Seated) -> None:
    path = listed(seated.clerk)
    outcome = seated.done(f"import {path}", DOWN, "校对", "是")
    assert "1/1 来表.xlsx 报送!C3" in outcome.err
    assert "「杜弱」是谁：" in outcome.err
    assert "更正的理由：" in outcome.err
    assert "「杜弱」记作杜若（提案委员会）的别名。" in outcome.out
    assert "已导入，为 B1 批" in outcome.out
    assert "没有新的内容" in seated.done(f"import {path}").out


def test_somebody_may_be_new(seated: Seated) -> None:
    path = listed(seated.clerk, ["2025-104", "关于桥的建议", "钱七", "工商联", "2025-06-01"])
    outcome = seated.done(f"import {path}", "新增", "其他", "新增", "", "委员", "2025年1月1日", "")
    assert "新增人员 钱七（工商联），委员。" in outcome.out
    assert "新增单位「工商联」，其他。" in outcome.out


def test_what_is_put_off_keeps_the_import_from_being_written(seated: Seated) -> None:
    before = seated.clerk.head()
    outcome = seated.run(f"import {listed(seated.clerk)}", "")
    assert outcome.code == 1
    assert "没有人员「杜弱」" in outcome.err
    assert seated.clerk.head() == before


def test_a_wrong_answer_is_asked_again(seated: Seated) -> None:
    path = listed(seated.clerk, LISTED[1])
    outcome = seated.done(f"import {path}", "谁也不是", "杜若", "")
    assert "没有人员「谁也不是」" in outcome.err
    assert "「杜弱」记作杜若（提案委员会）的别名" in outcome.out


def test_the_clerk_may_say_no_or_break_off(seated: Seated) -> None:
    path = listed(seated.clerk, LISTED[0])
    before = seated.clerk.head()
    assert seated.run(f"import {path}", "否").code == 130
    assert seated.run(f"import {path}").code == 130
    assert seated.clerk.head() == before
    assert "B1" in seated.done(f"import --yes {path}").out


def test_where_a_row_is_wrong_nothing_is_asked(seated: Seated) -> None:
    path = listed(seated.clerk, LISTED[1], ["2025-105", "关于井的建议", "杜若", "", "六月"])
    outcome = seated.run(f"import {path}")
    assert outcome.code == 1
    assert "是谁" not in outcome.err
    assert "日期「六月」" in outcome.err


def test_a_heading_is_asked_about(seated: Seated) -> None:
    path = seated.clerk.ledger.with_name("怪.csv")
    path.write_text(
        "编号,题目,谁写的,单位,日子\n2025-106,关于树的建议,杜若,提案委,2025-06-01\n",
        encoding="utf-8",
    )
    outcome = seated.done(f"import {path}", "作者", "报送日期", "")
    assert "标题行里的「谁写的」认作“作者”" in outcome.out
    assert "没有新的内容" in seated.done(f"import {path}").out


def test_doubtful_titles_of_a_list_are_asked_about(seated: Seated) -> None:
    path = workbooks.workbook(
        seated.clerk.ledger.with_name("通报.xlsx"),
        {"采用": [["标题", "采用方式", "采用日期"], ["关于整治河流的建议", "单篇", "2025-06-10"]]},
    )
    command = f"reconcile {path} --channel 市政协 --accept"
    outcome = seated.done(command, DOWN, "")
    assert "「关于整治河流的建议」是哪一条：" in outcome.err
    assert "已按对方的登记 1 项，为 B1 批。" in outcome.out
    assert "一致 1 项" in seated.done(command).out
