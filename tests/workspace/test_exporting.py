"""Exported and imported into a new ledger: the same facts, the same points, the same letters."""

import os
import stat
from pathlib import Path

import pytest

import packaged
import workbooks
from copies import contents, copied, new_desk, scores, take
from counties import county
from sqmy import facts
from sqmy.errors import SqmyError
from sqmy.ledger import reading
from sqmy.ledger.records import Records
from sqmy.reports.render import canonical
from sqmy.rules import compiled, reader
from sqmy.workspace.data import shipped
from sqmy.workspace.desk import Desk
from sqmy.workspace.exporting import export

YEARS = (2024, 2025, 2026)


def recorded(desk: Desk) -> Records:
    """The verbs, inside `writing`."""
    return Records(desk.ledger, "甲", future=True)


def small(desk: Desk) -> tuple[int, int, int, int]:
    """Two units and a member of each, whose name they share."""
    with desk.ledger.writing():
        records = recorded(desk)
        units = [
            records.register_unit(name, "委室", "第一序列", assessed=True, since=None)
            for name in ("提案委", "文史委")
        ]
        members = [
            records.register_member(facts.Member("张三"), unit, "委员", None, None)
            for unit in units
        ]
    return units[0], units[1], members[0], members[1]


def submission(unit: int, number: str, **more: object) -> facts.Submission:
    """An item of that unit."""
    plain = facts.Submission(0, None, number, "关于停车的建议", "2025-03-01", True, (), (unit,))  # noqa: FBT003
    return plain._replace(**more)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(25))
def test_a_random_county_is_the_same_in_a_new_ledger(seed: int, tmp_path: Path) -> None:
    desk = new_desk()
    rows = county(seed)
    take(
        desk,
        workbooks.workbook(
            tmp_path / "县.xlsx",
            {name: workbooks.table(sheet) for name, sheet in rows.items() if sheet},
        ),
    )
    told, copy = copied(desk, tmp_path / "导出.xlsx")
    assert contents(copy.ledger) == contents(desk.ledger)
    assert scores(copy, YEARS) == scores(desk, YEARS)
    assert len(told.notes) == 2  # what never has room, and who may read it
    assert take(desk, tmp_path / "导出.xlsx").new == 0


@pytest.mark.parametrize("seed", range(25, 35))
def test_a_year_of_a_county_comes_to_the_same_points(seed: int, tmp_path: Path) -> None:
    desk = new_desk()
    sheets = {name: workbooks.table(sheet) for name, sheet in county(seed).items() if sheet}
    take(desk, workbooks.workbook(tmp_path / "县.xlsx", sheets))
    for year in YEARS:
        told, copy = copied(desk, tmp_path / f"{year}.xlsx", year)
        assert scores(copy, [year]) == scores(desk, [year])
        assert told.counts["单位"] == len(sheets["单位"]) - 1
        assert f"只有{year}年的信息" in told.notes[0]


def test_a_year_has_what_was_submitted_in_it_and_what_something_befell_in_it(
    tmp_path: Path,
) -> None:
    desk = new_desk()
    unit, _, member, _ = small(desk)
    with desk.ledger.writing():
        records = recorded(desk)
        items = [
            records.submit(submission(unit, f"{year}-{what}", submitted_on=f"{year}-06-30"))
            for year, what in (("2023", "一"), ("2023", "二"), ("2024", "三"), ("2025", "四"))
        ]
        records.adopt(facts.Adoption(items[0], "市政协", "whole", "2023-12-31"))
        records.forward(facts.Forwarding(items[0], "市政协", "2024-01-01"))
        records.adopt(facts.Adoption(items[0], "省政协", "whole", "2025-02-01"))
        records.adopt(facts.Adoption(items[1], "省政协", "whole", "2025-01-01"))
        for day in ("2023-12-31", "2024-12-31"):
            records.find(facts.Finding("弄虚作假", day, None, member=member))
    told, copy = copied(desk, tmp_path / "2024.xlsx", 2024)
    found = contents(copy.ledger)
    assert [row["number"] for row in found["submission"]] == ["2023-一", "2024-三"]
    assert [row["adopted_on"] for row in found["adoption"]] == ["2023-12-31", "2025-02-01"]
    assert [row["found_on"] for row in found["finding"]] == ["2024-12-31"]
    assert told.counts == dict(
        zip(
            ("单位", "人员", "报送", "审核", "上报", "采用", "批示", "认定"),
            (2, 2, 2, 0, 1, 2, 0, 1),
            strict=True,
        )
    )


def test_the_demonstration_county_is_the_same_in_a_new_ledger(tmp_path: Path) -> None:
    desk = new_desk()
    folder = shipped("examples", "yunting")
    take(desk, folder / "register.xlsx", folder / "2025.xlsx")
    told, copy = copied(desk, tmp_path / "云汀.xlsx")
    assert contents(copy.ledger) == contents(desk.ledger)
    assert scores(copy, (2024, 2025)) == scores(desk, (2024, 2025))
    assert told.notes == (
        "没有写进表格的：登记人、登记时间和校验链、计分办法。完整保存请用 sqmy backup。",
        "文件里有联系电话 43 个、正文 6 篇、批示内容 7 处，"
        + ("文件只有本人能读写。" if os.name == "posix" else "请妥善保管。")
        + "发给别人以前，请先删去不该外传的。",
    )


# -- to the letter ---------------------------------------------------------------------------

AWKWARD = [
    "=1+1",
    '=HYPERLINK("http://127.0.0.1","查看")',
    "#N/A",
    "+86 10",
    "-1",
    "@某",
    "'引号",
    "007",
    "1e5",
    "2025-03-01",
    "TRUE",
    "_x0041_与_x005F_x0042_",
    '甲<乙 & 丙> ]]> "丁"',
    "非字符\ufffe\uffff之间",
    "补充平面𠀀🦊",
    "组合\u1eb9\u0301字",
]


@pytest.mark.parametrize("text", [*AWKWARD, "第一行\n\n　第三行\t制表  两个空格"])
def test_texts_are_kept_to_the_letter(text: str, tmp_path: Path) -> None:
    desk = new_desk()
    unit, _, member, _ = small(desk)
    title = " ".join(text.split())
    with desk.ledger.writing():
        records = recorded(desk)
        item = records.submit(submission(unit, "0012", title=title, body=text))
        records.review(facts.Review(item, "中心筛选", "accepted", "2025-03-02", text, text))
        records.adopt(facts.Adoption(item, "市政协", "compiled", "2025-03-02", text, "3-1"))
        records.instruct(facts.Instruction(item, "省级领导", "2025-03-02", text, text))
        records.find(facts.Finding("报刊抄袭", "2025-03-02", text, member=member))
        fact = facts.Member("李四", "经济界", "013800138000")
        records.register_member(fact, unit, "委员", "1900-01-01", "2199-12-31")
    _, copy = copied(desk, tmp_path / "导出.xlsx")
    assert contents(copy.ledger) == contents(desk.ledger)


LONG = {
    "of Chinese": "字" * 40_000,
    "of characters that take two units": "𠀀" * 40_000,
    "with blanks where it is parted": ("字" * 32_760 + " \n " * 5) * 3 + "完",
    "with a blank after each letter": "字 " * 20_000 + "完",
    "of codes": "_x0041_" * 9_000,
    "of half a million characters": "正文" * 250_000,
}


@pytest.mark.parametrize("body", LONG.values(), ids=LONG)
def test_texts_longer_than_a_cell_go_on_beside_it(body: str, tmp_path: Path) -> None:
    desk = new_desk()
    unit, *_ = small(desk)
    with desk.ledger.writing():
        records = recorded(desk)
        records.submit(submission(unit, "2025-001", body="短的"))
        item = records.submit(submission(unit, "2025-002", body=body))
        records.review(facts.Review(item, "中心筛选", "accepted", "2025-03-02", None, body))
        records.instruct(facts.Instruction(item, "省级领导", "2025-03-02", None, body))
        records.find(facts.Finding("报刊抄袭", "2025-03-02", body, item=item))
    _, copy = copied(desk, tmp_path / "导出.xlsx")
    assert contents(copy.ledger) == contents(desk.ledger)


def test_a_text_that_has_no_further_columns_is_refused_and_nothing_stays(tmp_path: Path) -> None:
    desk = new_desk()
    unit, *_ = small(desk)
    with desk.ledger.writing():
        recorded(desk).submit(submission(unit, "2025-001", title="长" * 32_768))
    with pytest.raises(SqmyError, match="标题有 32768 字，一格装不下（最多 32767 字），没有导出"):
        export(desk, tmp_path / "导出.xlsx")
    assert list(tmp_path.iterdir()) == []


# -- what the sheets have no room for --------------------------------------------------------


def notes(desk: Desk, path: Path) -> str:
    """What is said of an export, beginning and end aside."""
    return "\n".join(export(desk, path).notes[:-1])


def test_what_the_sheets_have_no_room_for_is_told_and_the_points_stay(tmp_path: Path) -> None:
    desk = new_desk()
    unit, other, member, twin = small(desk)
    with desk.ledger.writing():
        records = recorded(desk)
        mover = records.register_member(facts.Member("李四", "教育"), unit, "常委", None, None)
        double = records.register_member(
            facts.Member("李 四郎", None, "0557"), other, "特邀信息员", None, None
        )
        items = [
            records.submit(
                submission(unit, f"2025-{n}", authors=(mover, double, member), by_unit=False)
            )
            for n in range(3)
        ]
        for item in items:
            records.adopt(facts.Adoption(item, "市政协", "whole", "2025-05-01"))
        records.find(facts.Finding("弄虚作假", "2025-05-01", None, member=double))
        records.move(mover, other, "2025-04-01")
        records.merge(double, mover)
        records.add_alias(facts.Alias("老张", member=twin))
        records.change_unit(
            facts.Unit(other, "文化文史委", "委室", "第二序列", assessed=True, since="2025-07-01")
        )
        found = reading.submission(desk.ledger, items[0])
        assert found
        records.amend(found[1]._replace(title="新题", supersedes=found[0], reason="笔误"))
        records.void([items[2] + 3], "误录")
        erased = records.instruct(
            facts.Instruction(items[1], "省级领导", "2025-05-02", None, "某人")
        )
        records.erase(erased, "本人要求")
    desk.refresh()
    told, copy = copied(desk, tmp_path / "导出.xlsx")
    assert told.notes[0] == (
        "没有写进表格的：登记人、登记时间和校验链、计分办法、"
        "改过名的单位 1 个的旧名起止（旧名写成简称）、人员调动 1 次（只写一个单位）、"
        "人员合并 1 项（写成一人）、人员别名 1 个、更正 1 次的旧稿和理由、撤销 1 项、"
        "依法抹除 1 处。完整保存请用 sqmy backup。"
    )
    assert scores(copy, [2025]) == scores(desk, [2025])
    before, after = contents(desk.ledger), contents(copy.ledger)
    assert after["member"][2] == ("李四（文化文史委）", "教育", "0557", before["member"][2][3])
    assert copy.register.find_unit("文史委") == copy.register.find_unit("文化文史委")
    _, year = copied(desk, tmp_path / "2024.xlsx", 2024)
    assert year.register.full_name(year.register.find_member("李四")) == "李四（提案委）"
    assert year.register.find_unit("文史委") == year.register.find_unit("文化文史委")


def test_namesakes_who_met_in_one_unit_are_told_apart_by_an_earlier_one(tmp_path: Path) -> None:
    desk = new_desk()
    unit, other, member, twin = small(desk)
    with desk.ledger.writing():
        records = recorded(desk)
        records.move(member, other, "2025-01-01")
        for number, author in (("一", member), ("二", twin)):
            records.submit(submission(unit, number, authors=(author,)))
    desk.refresh()
    _, copy = copied(desk, tmp_path / "导出.xlsx")
    authors = [row["authors"] for row in contents(copy.ledger)["submission"]]
    assert authors == [["张三（提案委）"], ["张三（文史委）"]]


def test_what_an_import_would_read_otherwise_is_told(tmp_path: Path) -> None:
    desk = new_desk()
    unit, other, member, _ = small(desk)
    with desk.ledger.writing():
        records = recorded(desk)
        long_name = records.register_unit("民建、工商联", "科室", None, assessed=True, since=None)
        for kind in ("委室", "其他"):
            records.change_unit(
                facts.Unit(other, "文史委", kind, None, assessed=True, since="2025-01-01")
            )
        records.change_unit(facts.Unit(unit, "提案委", "", None, True, "2025-02-01"))  # noqa: FBT003
        records.add_alias(facts.Alias("提/案", unit=unit))
        records.appoint(facts.Appointment(member, "委员", None, "2025-12-31"))
        nobody = records.register_member(facts.Member("王五（小）"), unit, "主任", None, None)
        records.void([nobody + 2], "误录")
        records.register_member(facts.Member("赵六"), unit, "主任", None, None)
        third = records.register_member(facts.Member("张三"), other, "委员", None, None)
        item = records.submit(submission(unit, "2199-A", units=(unit, long_name)))
        records.submit(submission(unit, "2199-Ａ", title="上\n下", authors=(third,)))
        records.submit(submission(unit, "9", attributes=(("体裁", "建议"),), units=(long_name,)))
        records.adopt(
            facts.Adoption(item, "县委办", "whole", "2199-01-01", attributes=(("字数", "9"),))
        )
    desk.refresh()
    assert notes(desk, tmp_path / "导出.xlsx").split("\n")[1:] == [
        "有今天以后的日期（最晚 2199-01-01），再导入要加 --future。",
        "张三（文史委）：同名同单位的人分不开，再导入会并成一人。",
        "报送表的“体裁”、采用表的“字数”：导入不认这一列，再导入时不读。",
        "提案委的“提/案”：简称里有顿号、斜线等，没有写进表格。",
        "提案委 2025-02-01：单位类别由有变无，再导入会照旧。",
        "文史委：从同一天起改过两次的，只写后一次。",
        "单位类别“科室”、身份“主任”、渠道“县委办”：计分办法里没有这个词，再导入会被拒绝。",
        "张三（提案委）：同一天起的同一身份登记了两次，只写较长的一次。",
        "王五（小）（提案委）：姓名带括号，再导入会被拒绝。",
        "王五（小）（提案委）：没有身份，补上身份才能再导入。",
        "2199-A：名称里有顿号、斜线等，再导入时会被拆开而读不出。",
        "2199-Ａ：编号与另一条只是写法不同，再导入会被拒绝。",
        "2199-Ａ：标题里有换行，再导入会并成一行。",
    ]


def test_many_of_a_kind_are_counted(tmp_path: Path) -> None:
    desk = new_desk()
    unit, *_ = small(desk)
    with desk.ledger.writing():
        for n in range(7):
            recorded(desk).submit(submission(unit, f"第{n}条", title="上\n下"))
    told = notes(desk, tmp_path / "导出.xlsx")
    assert "第0条、第1条、第2条、第3条、第4条等 7 处：标题里有换行" in told


def test_declared_attributes_have_their_columns(tmp_path: Path) -> None:
    text = packaged.patched("  认定类型: [", "  附加项: [体裁, 字数]\n  认定类型: [")
    rulebook = reader.read(text, "办法.yaml")
    desk = new_desk(
        facts.Edition(rulebook.name, rulebook.edition, None, text, compiled.compile_(rulebook))
    )
    unit, *_ = small(desk)
    with desk.ledger.writing():
        recorded(desk).submit(submission(unit, "一", attributes=(("体裁", "=建议"),)))
        recorded(desk).submit(submission(unit, "二", attributes=(("字数", "0900"),)))
    told, copy = copied(desk, tmp_path / "导出.xlsx")
    assert contents(copy.ledger) == contents(desk.ledger)
    assert len(told.notes) == 2


# -- the file --------------------------------------------------------------------------------


@pytest.mark.skipif(os.name != "posix", reason="owners are a matter of POSIX")
def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    export(new_desk(), tmp_path / "导出.xlsx")
    assert stat.S_IMODE((tmp_path / "导出.xlsx").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["导出.xlsx"]


def test_the_workbook_says_what_it_was_made_from(tmp_path: Path) -> None:
    desk = new_desk()
    told = export(desk, tmp_path / "导出.xlsx")
    page = list(workbooks.values(tmp_path / "导出.xlsx", "导出说明"))
    assert page[0] == ["导出说明（本页不导入）"]
    seq, head = reading.head(desk.ledger)
    assert page[1][0].endswith(f"校验码 {seq}:{head}")
    assert [row[0] for row in page[3:]] == list(told.notes)


def test_an_existing_file_another_suffix_and_a_missing_folder_are_refused(tmp_path: Path) -> None:
    desk = new_desk()
    (tmp_path / "有.xlsx").write_text("旧", encoding="utf-8")
    for name, words in (
        ("有.xlsx", "已经存在，没有写入"),
        ("表.xls", "文件名要以 .xlsx 结尾"),
        ("无/表.xlsx", "没有这个文件夹"),
    ):
        with pytest.raises(SqmyError, match=words):
            export(desk, tmp_path / name)
    assert (tmp_path / "有.xlsx").read_text(encoding="utf-8") == "旧"
    assert len(list(tmp_path.iterdir())) == 1


def test_more_rows_than_a_sheet_has_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(canonical, "ROWS", 3)
    desk = new_desk()
    unit, *_ = small(desk)
    with desk.ledger.writing():
        for n in range(3):
            recorded(desk).submit(submission(unit, f"第{n}条"))
    with pytest.raises(SqmyError, match="报送超过 2 行，一张表装不下。请用 --year 分年导出"):
        export(desk, tmp_path / "导出.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_progress_is_told(tmp_path: Path) -> None:
    desk = new_desk()
    unit, *_ = small(desk)
    with desk.ledger.writing():
        for n in range(2500):
            recorded(desk).submit(submission(unit, f"第{n}条"))
    told: list[tuple[str, int, int]] = []
    export(desk, tmp_path / "导出.xlsx", None, lambda *words: told.append(words))
    assert told == [("写出表格", 1000, 2500), ("写出表格", 2000, 2500)]
