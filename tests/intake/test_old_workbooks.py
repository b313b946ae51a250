"""Workbooks of before 2007, read by a child; made by xlwt."""

import random
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

import pytest
import xlwt

import programs
from sqmy.errors import SqmyError
from sqmy.intake import old_reader, old_workbooks, sheets
from sqmy.intake.grid import Flaw, Grid, Merged, Row

DAY = xlwt.easyxf(num_format_str="yyyy-mm-dd")
CHINESE = xlwt.easyxf(num_format_str='yyyy"年"m"月"d"日"')


def book(path: Path, fill: Callable[[xlwt.Workbook], None]) -> Path:
    made = xlwt.Workbook(encoding="utf-8")
    fill(made)
    made.save(str(path))
    return path


def small(path: Path) -> Path:
    def fill(made: xlwt.Workbook) -> None:
        sheet = made.add_sheet("报送")
        for column, value in enumerate(("编号", 7, 2.5, True, "　")):
            sheet.write(0, column, value)
        sheet.write(0, 5, date(2025, 3, 1), DAY)
        sheet.write(0, 6, datetime(2025, 3, 1, 17, 21), CHINESE)  # noqa: DTZ001
        sheet.write(0, 7, 13800138000)
        sheet.write_merge(2, 4, 1, 2, "合并")
        sheet.write(9, 0, "末行")
        sheet.row(9).hidden = True
        made.add_sheet("旧").write(0, 0, "甲")
        made.get_sheet(1).visibility = 1

    return book(path, fill)


def read(path: Path) -> list[Grid]:
    return sheets.read(path, path.name, 0)


def test_texts_numbers_days_and_switches_are_what_they_are(tmp_path: Path) -> None:
    grid, hidden = read(small(tmp_path / "旧账.xls"))
    day = date(2025, 3, 1)
    assert grid.rows == [
        Row(1, {1: "编号", 2: 7, 3: 2.5, 4: True, 6: day, 7: day, 8: 13800138000}),
        Row(3, {2: "合并"}),
        Row(10, {1: "末行"}),
    ]
    assert grid.merged == [Merged(3, 2, 5, 3)]
    assert grid.source.at(3, 2) == "旧账.xls 报送!B3"
    assert grid.notes == ("旧账.xls，工作表「报送」：隐藏的 1 行也读了：第 10 行。",)
    assert [row.values for row in hidden.rows] == [{1: "甲"}]
    assert hidden.notes == ("旧账.xls，工作表「旧」是隐藏的工作表。",)


def test_days_count_from_the_workbooks_own_epoch(tmp_path: Path) -> None:
    def fill(made: xlwt.Workbook) -> None:
        made.dates_1904 = True
        made.add_sheet("表").write(0, 0, 44255, DAY)

    (grid,) = read(book(tmp_path / "a.xls", fill))
    assert grid.rows == [Row(1, {1: date(2025, 3, 1)})]
    assert grid.source.epoch is not None
    assert grid.source.epoch.year == 1904


def test_an_error_value_is_a_flaw_and_a_time_of_day_a_number(tmp_path: Path) -> None:
    def fill(made: xlwt.Workbook) -> None:
        sheet = made.add_sheet("表")
        sheet.write(0, 0, 0.5, DAY)
        sheet.row(0).set_cell_error(1, 0x17)

    (grid,) = read(book(tmp_path / "a.xls", fill))
    values = grid.rows[0].values
    assert values[1] == 0.5
    assert isinstance(values[2], Flaw)
    assert "#REF!" in values[2].reason


def test_an_encrypted_workbook_is_refused_as_such(tmp_path: Path) -> None:
    path = small(tmp_path / "a.xls")
    content = bytearray(path.read_bytes())
    behind_the_first_record = 512 + 4 + 16
    content[behind_the_first_record : behind_the_first_record + 2] = b"\x2f\x00"  # FILEPASS
    path.write_bytes(content)
    with pytest.raises(SqmyError, match="加了打开密码"):
        read(path)


def test_other_files_of_that_container_are_told_what_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    for name, words in (("WordDocument", "旧的 Word 文档"), ("别的", "不是电子表格")):
        path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + name.encode("utf-16-le"))
        with pytest.raises(SqmyError, match=words):
            read(path)


@pytest.mark.parametrize("seed", range(8))
def test_a_damaged_workbook_is_read_or_refused_and_nothing_else(tmp_path: Path, seed: int) -> None:
    rng = random.Random(seed)
    path = small(tmp_path / "a.xls")
    content = bytearray(path.read_bytes())
    for _ in range(rng.choice((1, 5, 50))):
        at = rng.randrange(8, len(content))
        content[at : at + 4] = rng.choice((b"\xff\xff\xff\x7f", b"\0\0\0\0", rng.randbytes(4)))
    path.write_bytes(content[: rng.choice((len(content), rng.randrange(600, len(content))))])
    with suppress(SqmyError):
        read(path)


def test_a_child_that_is_stopped_is_no_end_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed for what it took, or too slow: the file is refused, not read as far as it came."""
    path = small(tmp_path / "a.xls")
    whole = old_workbooks._run

    def half(path: Path, told: object) -> None:
        whole(path, told)  # type: ignore[arg-type]
        told.truncate(told.tell() - 20)  # type: ignore[attr-defined]

    monkeypatch.setattr(old_workbooks, "_run", half)
    with pytest.raises(SqmyError, match="分成几个文件"):
        read(path)


def test_the_child_takes_no_more_memory_than_it_may() -> None:
    pytest.importorskip("resource")
    code = f"from sqmy.intake import old_reader as o; o._limit(); bytearray({old_reader.MEMORY})"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False
    )
    assert "MemoryError" in done.stderr


def test_what_libreoffice_saves_as_xls_is_the_same(tmp_path: Path) -> None:
    source = Path(__file__).parents[2] / "examples" / "yunting" / "register.xlsx"
    (old,) = programs.converted([source], "xls", tmp_path)
    theirs = [(grid.source.sheet, grid.rows) for grid in read(old)]
    assert theirs == [(grid.source.sheet, grid.rows) for grid in read(source)]
