"""Importing into a ledger. What the sheets may not hold stands in `bad_sheets.py`."""

from collections.abc import Callable
from pathlib import Path

import pytest

import workbooks
from bad_sheets import BAD, Bad, Sheets, added, cell, good
from office import Office
from sqmy.errors import ProblemsError, SqmyError
from sqmy.ledger import reading, sqlite


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.name)
def test_a_bad_cell_is_told_and_nothing_is_written(office: Office, bad: Bad) -> None:
    """Into a new ledger, and into one that holds something."""
    for _ in range(2):
        error = office.refused(bad.write(office.folder / "账.xlsx"))
        (problem,) = error.problems
        assert problem.place == (f"账.xlsx {bad.place}" if bad.place else "账.xlsx")
        for word in bad.words:
            assert word in problem.message
        if not office.live("unit"):
            office.put({"单位": [["单位名称"], ["办公室"]]}, "单位.xlsx")


def test_all_bad_rows_are_told_in_the_order_of_the_sheets(office: Office) -> None:
    told = office.refusals(
        good(
            cell("采用", 3, "采用单位", "市正协"),
            cell("认定", 2, "认定日期", "2025-02-28"),
            cell("报送", 3, "作者", "王五"),
            cell("人员", 2, "任职结束", "2021-01-01"),
        )
    )
    assert [line.split("：")[0] for line in told] == [
        "账.xlsx 人员!E2",
        "账.xlsx 报送!C3",
        "账.xlsx 采用!B3",
        "账.xlsx 认定!D2",
    ]


@pytest.mark.parametrize(
    "spoil",
    [
        cell("报送", 2, "标题", None),
        cell("报送", 2, "报送日期", "不知道"),
        cell("报送", 2, "编号", None),
        cell("报送", 1, "标题", "题名"),
        cell("人员", 2, "身份", "主席"),
        cell("人员", 2, "姓名", None),
        cell("人员", 1, "身份", "职务"),
        cell("单位", 2, "单位类别", "科室"),
        cell("单位", 2, "单位名称", None),
    ],
    ids=range(9),
)
def test_what_rests_on_a_bad_row_is_not_told_again(
    office: Office, spoil: Callable[[Sheets], None]
) -> None:
    assert len(office.refusals(good(spoil))) == 1


def test_a_bad_file_is_the_only_thing_told_of_what_rests_on_it(office: Office) -> None:
    sheets = good()
    last = {"采用": sheets.pop("采用")}
    first = office.folder / "一.xlsx"
    first.write_bytes(b"%PDF")
    second = workbooks.workbook(office.folder / "二.xlsx", last)
    (problem,) = office.refused(second, first).problems
    assert str(problem).startswith("一.xlsx：是 PDF")


def test_a_skipped_sheet_is_told_with_the_refusal(office: Office) -> None:
    sheets = good()
    sheets["报送"][0] = ["号", "题", "谁", "哪", "何时", "签"]
    path = workbooks.workbook(office.folder / "账.xlsx", sheets)
    assert "工作表「报送」没有认出标题行" in office.refused(path).headline


def test_a_full_disk_is_no_fault_of_a_row(tmp_path: Path) -> None:
    ledger = sqlite.create_file(tmp_path / "账.db")
    with ledger.writing():
        sqlite.lay_schema(ledger)
    office = Office(tmp_path, ledger)
    office.put(good())
    head = reading.head(ledger)
    ledger.row("PRAGMA max_page_count = 1")
    row = ["2025-004", "关于秸秆综合利用的建议" * 1000, None, "提案委", "2025-5-1", None]
    with pytest.raises(SqmyError, match="磁盘已满") as caught:
        office.put(good(*(added("报送", f"2026-{n}", *row[1:]) for n in range(99))))
    assert not isinstance(caught.value, ProblemsError)
    assert reading.head(ledger) == head
    ledger.connection.close()


def test_a_sound_workbook_is_one_batch(office: Office) -> None:
    report = office.put(good())
    assert report.batch == 1
    assert [tuple(counted) for counted in report.counts] == [
        ("unit", 2, 0, 0),
        ("member", 4, 0, 0),
        ("submission", 3, 0, 0),
        ("review", 1, 0, 0),
        ("forwarding", 1, 0, 0),
        ("adoption", 2, 0, 0),
        ("instruction", 1, 0, 0),
        ("finding", 1, 0, 0),
    ]
    assert str(report.counts[2]) == "报送：新记 3 条"
    rows = office.ledger.rows("SELECT DISTINCT operator, batch FROM chain WHERE kind <> 'batch'")
    assert rows == [("李书记员", 1)]
    assert office.ledger.rows("SELECT number, source FROM batch") == [(1, "账.xlsx")]


def test_the_same_again_adds_nothing(office: Office) -> None:
    office.put(good())
    before = reading.head(office.ledger)
    report = office.put(good())
    assert (report.new, report.batch) == (0, None)
    assert str(report.counts[2]) == "报送：新记 0 条，已有 3 条"
    assert reading.head(office.ledger) == before


def test_a_rehearsal_writes_nothing_and_tells_the_same(office: Office) -> None:
    before = reading.head(office.ledger)
    path = workbooks.workbook(office.folder / "账.xlsx", good())
    rehearsal = office.take(path, dry_run=True)
    assert reading.head(office.ledger) == before
    assert (rehearsal.batch, rehearsal.dry_run) == (None, True)
    assert office.take(path).counts == rehearsal.counts


def test_a_rehearsal_of_a_bad_workbook_is_refused_too(office: Office) -> None:
    path = BAD[0].write(office.folder / "账.xlsx")
    office.refused(path, dry_run=True)


def test_days_to_come_may_be_allowed(office: Office) -> None:
    sheets = good(cell("采用", 2, "采用日期", "2199-01-01"))
    office.take(workbooks.workbook(office.folder / "账.xlsx", sheets), future=True)
    assert ("2199-01-01",) in office.ledger.rows("SELECT adopted_on FROM adoption")


def test_files_may_come_in_any_order(office: Office) -> None:
    paths = [
        workbooks.workbook(office.folder / f"{name}.xlsx", {name: rows})
        for name, rows in good().items()
    ]
    assert office.take(*reversed(paths)).new == 15


def test_progress_is_told(office: Office) -> None:
    told: list[tuple[str, int, int]] = []
    rows = [["单位名称"], *([f"单位{n}"] for n in range(1000))]
    path = workbooks.workbook(office.folder / "单位.xlsx", {"单位": rows})
    office.take(path, progress=lambda *words: told.append(words))
    assert {what for what, _, _ in told} == {"读取 单位.xlsx", "写入台账"}
    assert [one for one in told if one[0] == "写入台账"] == [
        ("写入台账", 500, 1000),
        ("写入台账", 1000, 1000),
    ]
