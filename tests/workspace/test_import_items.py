"""Items from sheets, and what became of them."""

import pytest

import workbooks
from bad_sheets import added, cell, good
from office import WORDS, Office
from sqmy.errors import ProblemsError
from sqmy.facts import Finding, Instruction
from sqmy.ledger import reading
from sqmy.workspace.importing import import_files


def test_units_left_blank_are_the_authors_units_on_the_day(office: Office) -> None:
    office.put(good(cell("报送", 2, "报送单位", None)))
    register = reading.register(office.ledger)
    units = [register.units[unit].name for unit in office.item("2025-001").units]
    assert units == ["提案委员会", "文史委员会"]


def test_without_authors_the_unit_has_signed(office: Office) -> None:
    office.put(good(cell("报送", 2, "署名", "单位")))
    assert office.item("2025-001").by_unit
    assert not office.item("2025-002").by_unit
    assert office.item("2025-003").by_unit


def test_a_number_in_full_width_is_the_same_number(office: Office) -> None:
    office.put(good())
    wide = "２０２５－００１"
    assert office.put(good(cell("报送", 2, "编号", wide), cell("采用", 2, "编号", wide))).new == 0


def test_what_a_row_leaves_blank_does_not_contradict_the_ledger(office: Office) -> None:
    sheets = {name: rows for name, rows in good().items() if name in {"单位", "人员"}}
    headings = ["编号", "标题", "作者", "报送单位", "报送日期", "正文"]
    row = ["2025-009", "甲", "张三", "文史委", "2025-3-1", "正文一"]
    sheets["报送"] = [headings, row]
    office.put(sheets)
    row[3] = row[5] = ""
    assert office.put(sheets).new == 0
    row[5] = "正文二"
    (line,) = office.refusals(sheets)
    assert line == (
        "账.xlsx 报送!A2：编号「2025-009」在台账里已有，这一行不同：正文有改动。"
        "要照这一行更正，请加 --because 理由；是另一条的，请换一个编号。"
    )


def test_what_the_law_had_erased_does_not_come_back(office: Office) -> None:
    sheets = good()
    sheets["报送"][0].append("正文")
    sheets["报送"][1].append("某人住某处")
    sheets["批示"][0].append("批示内容")
    sheets["批示"][1].append("请某人阅")
    office.put(sheets)
    with office.ledger.writing():
        for (fact,) in office.ledger.rows("SELECT fact FROM secret"):
            office.records().erase(fact, "依法删除")
    assert office.put(sheets).new == 0
    assert office.item("2025-001").body is None


def test_declared_attributes_are_kept_and_compared(office: Office) -> None:
    words = WORDS._replace(attributes=("体裁",))
    sheets = good()
    sheets["报送"][0].append("体裁")
    sheets["报送"][1].append("建议")
    path = workbooks.workbook(office.folder / "账.xlsx", sheets)
    for new in (15, 0):
        assert import_files(office.ledger, "甲", words, [path]).new == new
    assert office.item("2025-001").attributes == (("体裁", "建议"),)
    sheets["报送"][1][-1] = "动态"
    workbooks.workbook(path, sheets)
    with pytest.raises(ProblemsError, match="体裁：建议 → 动态"):
        import_files(office.ledger, "甲", words, [path])


AGAIN = added("采用", "2025-001", "市政协", "单篇", "2025-03-10")


def test_two_equal_rows_are_two_facts_and_the_file_again_adds_none(office: Office) -> None:
    assert office.put(good(AGAIN)).new == 16
    assert len(office.live("adoption")) == 3
    assert office.put(good(AGAIN)).new == 0
    assert office.put(good()).new == 0
    assert office.put(good(AGAIN, AGAIN)).new == 1


def test_a_fact_in_two_files_of_one_import_is_one_as_in_two_imports(office: Office) -> None:
    january = workbooks.workbook(office.folder / "一月.xlsx", good())
    february = workbooks.workbook(office.folder / "二月.xlsx", good(AGAIN))
    report = office.take(january, february)
    assert len(office.live("adoption")) == 3
    assert report.counts[5] == ("adoption", 3, 2, 0)


def test_a_row_may_name_several_channels(office: Office) -> None:
    report = office.put(good(added("采用", "2025-001", "县政协、省政协", None, "2025-03-11")))
    assert report.counts[5] == ("adoption", 4, 0, 0)


def test_a_voided_fact_is_recorded_anew(office: Office) -> None:
    office.put(good())
    with office.ledger.writing():
        office.records().void([office.live("adoption")[0]], "误录")
    assert office.put(good()).counts[5] == ("adoption", 1, 1, 0)


def test_a_finding_may_be_about_a_person_or_a_unit(office: Office) -> None:
    sheets = good(added("认定", None, "王五（提案委）", "报刊抄袭", "2025-06-11"))
    sheets["认定"].append([None, None, "报刊抄袭", "2025-06-12", "文史委"])
    sheets["认定"][0].append("单位名称")
    assert office.put(sheets).counts[7] == ("finding", 3, 0, 0)
    register = reading.register(office.ledger)
    kept = [reading.fact_at(office.ledger, fact, "finding") for fact in office.live("finding")]
    assert [(f.member, f.unit) for f in kept if isinstance(f, Finding)] == [
        (None, None),
        (register.find_member("王五（提案委）"), None),
        (None, register.find_unit("文史委")),
    ]
    assert office.put(sheets).new == 0


def test_facts_of_a_merged_person_are_known_again(office: Office) -> None:
    sheets = good(added("认定", None, "王五（文史委）", "报刊抄袭", "2025-06-11"))
    office.put(sheets)
    register = reading.register(office.ledger)
    twin, into = map(register.find_member, ("王五（文史委）", "王五（提案委）"))
    with office.ledger.writing():
        office.records().merge(twin, into)
    items = {name: sheets[name] for name in ("报送", "认定")}
    for rows in items.values():
        for row in rows:
            row[:] = ["王五" if value == "王五（文史委）" else value for value in row]
    assert office.put(items).new == 0


def test_leaders_words_are_part_of_an_instruction(office: Office) -> None:
    sheets = good()
    sheets["批示"][0] += ["批示领导", "批示内容"]
    sheets["批示"][1] += ["周某", "请阅"]
    office.put(sheets)
    fact = reading.fact_at(office.ledger, office.live("instruction")[0], "instruction")
    assert isinstance(fact, Instruction)
    assert (fact.leader, fact.content) == ("周某", "请阅")
    assert office.put(sheets).new == 0
    sheets["批示"][1][-1] = "请办"
    assert "批示内容有改动" in office.refusals(sheets)[0]
    sheets["批示"].append(["2025-001", "省级领导", "2025-04-10", "周某", "请阅"])
    assert office.put(sheets).new == 1
