"""Rows that the ledger has otherwise: told field by field, and recorded with a reason."""

from bad_sheets import Sheets, added, cell, good
from office import Office
from sqmy.facts import Adoption
from sqmy.ledger import audit, reading
from sqmy.workspace.comparing import Held
from sqmy.workspace.import_run import Decisions
from sqmy.workspace.outcomes import Change

BECAUSE = Decisions(because="与原件核对")
OTHERWISE = good(
    cell("报送", 2, "标题", "关于老旧小区改造的建议"),
    cell("报送", 2, "作者", "张三"),
    cell("报送", 3, "报送日期", "2025-04-02"),
)


def adoptions(office: Office) -> list[Adoption]:
    """The live adoptions by place in the chain."""
    found = [reading.fact_at(office.ledger, seq, "adoption") for seq in office.live("adoption")]
    return [fact for fact in found if isinstance(fact, Adoption)]


def changes(office: Office, sheets: Sheets) -> list[tuple[str, tuple[Change, ...]]]:
    """What a rehearsal with a reason tells as changed."""
    path = office.folder / "预演.xlsx"
    office_report = office.put(sheets, path.name, decisions=BECAUSE, dry_run=True)
    return [(one.about, one.changes) for one in office_report.outcomes if one.state == "changed"]


def test_a_changed_row_is_told_field_by_field(office: Office) -> None:
    office.put(good())
    assert changes(office, OTHERWISE) == [
        (
            "2025-001",
            (
                Change("标题", "关于老旧小区的建议", "关于老旧小区改造的建议"),
                Change("作者", "张三（提案委员会）、李四（文史委员会）", "张三（提案委员会）"),
            ),
        ),
        ("2025-002", (Change("报送日期", "2025-04-01", "2025-04-02"),)),
    ]
    assert changes(office, good()) == []


def test_without_a_reason_each_is_refused(office: Office) -> None:
    office.put(good())
    first, second = office.refusals(OTHERWISE)
    assert first == (
        "账.xlsx 报送!A2：编号「2025-001」在台账里已有，这一行不同："
        "标题：关于老旧小区的建议 → 关于老旧小区改造的建议；"
        "作者：张三（提案委员会）、李四（文史委员会） → 张三（提案委员会）。"
        "要照这一行更正，请加 --because 理由；是另一条的，请换一个编号。"
    )
    assert second.startswith("账.xlsx 报送!A3：编号「2025-002」")


def test_with_a_reason_it_is_a_revision_and_the_file_again_adds_nothing(office: Office) -> None:
    office.put(good())
    report = office.put(OTHERWISE, decisions=BECAUSE)
    assert (report.changed, report.new, report.batch) == (2, 0, 2)
    assert str(report.counts[2]) == "报送：新记 0 条，更正 2 条，已有 1 条"
    item = office.item("2025-001")
    assert (item.title, item.reason) == ("关于老旧小区改造的建议", "与原件核对")
    assert len(item.units) == 2  # what the row says of the rest stays
    assert item.supersedes is not None
    assert office.put(OTHERWISE).new == 0
    assert len(office.live("adoption")) == 2
    assert audit.examine(office.ledger) == []


def test_of_two_rows_with_one_number_neither_changes_the_other(office: Office) -> None:
    office.put(good())
    twice = good(added("报送", "2025-001", "关于电梯的建议", "张三", "提案委", "2025-3-1", None))
    path = "账.xlsx 报送!A5：编号「2025-001」与 账.xlsx 报送!A2 重复"
    for decisions in (Decisions(), BECAUSE):
        (line,) = office.refusals(twice, decisions=decisions)
        assert line.startswith(path)


def test_a_change_that_the_ledger_refuses_is_a_fault_of_its_cell(office: Office) -> None:
    office.put(good())
    late = good(cell("报送", 2, "报送日期", "2025-03-20"))
    (line,) = office.refusals(late, decisions=BECAUSE)
    assert line.startswith("账.xlsx 报送!E2：报送日期 2025-03-20 晚于已记录的")


# What became of an item


def with_journal(*rows: tuple[str, ...]) -> Sheets:
    """The sound sheets; the adoptions have a journal too."""
    sheets = good()
    sheets["采用"] = [["编号", "采用单位", "采用方式", "采用日期", "刊物"], *map(list, rows)]
    return sheets


MORE = with_journal(
    ("2025-001", "市政协", "", "2025-03-10", "信息专报"),
    ("2025-002", "省政协", "单篇", "2025-05-10", ""),
)


def test_what_a_row_adds_or_has_otherwise_corrects_the_fact(office: Office) -> None:
    office.put(good())
    assert changes(office, MORE) == [
        ("2025-001", (Change("刊物", "", "信息专报"),)),
        ("2025-002", (Change("采用方式", "综合", "单篇"),)),
    ]
    first, second = office.refusals(MORE)
    assert first.startswith("账.xlsx 采用!D2：这项采用（F")
    assert "在台账里已有，这一行不同：刊物：空 → 信息专报。" in first
    assert second.endswith("另有一次的，请把几次都写在表里。")
    office.put(MORE, decisions=BECAUSE)
    assert [(a.form, a.journal) for a in adoptions(office)] == [
        ("whole", "信息专报"),
        ("whole", None),
    ]
    assert office.put(MORE).new == 0


def test_a_row_that_says_less_says_nothing_new(office: Office) -> None:
    office.put(MORE)
    less = with_journal(("2025-001", "市政协", "", "2025-03-10", ""))
    assert office.put(less).new == 0
    assert len(office.live("adoption")) == 2


def test_a_file_that_has_both_means_both(office: Office) -> None:
    office.put(good())
    both = good(added("采用", "2025-001", "市政协", "综合", "2025-03-10"))
    assert office.put(both).new == 1
    assert [a.form for a in adoptions(office)] == ["whole", "compiled", "compiled"]
    assert office.put(both).new == 0


def test_another_day_is_another_adoption_and_is_remarked(office: Office) -> None:
    office.put(good())
    later = good(cell("采用", 2, "采用日期", "2025-03-12"))
    report = office.put(later, dry_run=True)
    (remark,) = [one.remark for one in report.outcomes if one.remark]
    assert remark.startswith("台账里另有 2025-03-10 的市政协采用（F")
    assert office.put(later).new == 1


def test_two_leaders_on_one_day_are_two_instructions(office: Office) -> None:
    sheets = good()
    sheets["批示"][0].append("批示领导")
    sheets["批示"][1].append("周某")
    office.put(sheets)
    sheets["批示"][1][-1] = "吴某"
    assert office.put(sheets).new == 1
    sheets["批示"][1][-1] = ""
    assert office.put(sheets).new == 0
    assert len(office.live("instruction")) == 2


def test_two_tables_of_one_import_must_tell_the_same(office: Office) -> None:
    office.put({name: rows for name, rows in good().items() if name in {"单位", "人员", "报送"}})
    two: Sheets = {
        "一": [
            ["编号", "采用单位", "采用方式", "采用日期"],
            ["2025-001", "市政协", "单篇", "2025-4-1"],
        ],
        "二": [
            ["编号", "采用单位", "采用方式", "采用日期"],
            ["2025-001", "市政协", "综合", "2025-4-1"],
        ],
    }
    for decisions in (Decisions(), BECAUSE):
        (line,) = office.refusals(two, decisions=decisions)
        assert line == (
            "账.xlsx 二!D2：这项采用在同时导入的另一张表里写得不同："
            "采用方式：单篇 → 综合。请改成一样。"
        )


def test_declared_attributes_and_own_forms_are_compared_one_by_one(office: Office) -> None:
    office.put(good())
    (old, *_) = [reading.fact_at(office.ledger, seq, "adoption") for seq in office.live("adoption")]
    assert isinstance(old, Adoption)
    held = Held(office.ledger, "adoption", {})
    own = (("字数", "800"), ("采用方式", "专报"))
    one = held.compare(old._replace(attributes=own), "甲")
    assert [str(change) for change in one.changes] == ["采用方式：单篇 → 专报", "字数：空 → 800"]
    assert one.value == old._replace(attributes=(("字数", "800"), ("采用方式", "专报")))
    kept = Held(office.ledger, "adoption", {})
    entry = kept.claim(old, "乙")
    assert entry
    entry.value = old._replace(attributes=own)
    silent = kept.compare(old, "丙", {"form"})
    assert (silent.changes, silent.value) == ((), entry.value)
    back = kept.compare(old, "丁")
    assert [str(change) for change in back.changes] == ["采用方式：专报 → 单篇"]
    assert back.value == old._replace(attributes=(("字数", "800"),))
