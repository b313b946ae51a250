"""Spreadsheets in and out, beside openpyxl reading and writing the same cells and no more."""

import random
import shutil
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from openpyxl import Workbook, load_workbook

from benchmarks.commands import command
from benchmarks.ledgers import DAYS, UNITS, YEAR, ledger, members_for
from benchmarks.measuring import Figure, Limit, apart, compared

LIMIT = Limit(times=2, megabytes=700)
HEADINGS = ("编号", "标题", "作者", "报送单位", "报送日期", "署名")


def figures(folder: Path, rows: int, rounds: int) -> Iterator[Figure]:
    """Importing and exporting so many submissions."""
    sheet, base, full = folder / "报送.xlsx", folder / "名册.db", folder / "全年.db"
    apart(ledger, base, 0, members_for(rows))()
    apart(submissions, sheet, rows)()
    yield compared(
        f"`sqmy import`：{rows:,} 行报送",
        apart(importing, base, folder / "导入.db", sheet),
        "openpyxl 读同一文件（`load_workbook`、`iter_rows`）",
        apart(bare_reading, sheet),
        limit=LIMIT,
        rounds=rounds,
    )
    kept = folder / "台账.xlsx"
    apart(ledger_sheet, kept, rows)()
    yield compared(
        f"`sqmy import`：{rows:,} 行台账（两行标题，采用和批示在同一行）",
        apart(importing, base, folder / "台账.db", kept),
        "openpyxl 读同一文件（`load_workbook`、`iter_rows`）",
        apart(bare_reading, kept),
        limit=LIMIT,
        rounds=rounds,
    )
    shutil.move(folder / "导入.db", full)
    apart(exporting, full, folder / "导出.xlsx")()
    yield compared(
        f"`sqmy export`：{rows:,} 行报送",
        apart(exporting, full, folder / "导出.xlsx"),
        "openpyxl 写同样的单元格（`write_only`）",
        apart(bare_writing, folder / "导出.xlsx", folder / "照写.xlsx"),
        limit=LIMIT,
        rounds=rounds,
    )


def submissions(path: str, rows: str) -> Callable[[], object]:
    """Making an office's sheet with one submission a row."""
    return lambda: _make_sheet(path, int(rows))


def _make_sheet(path: str, rows: int) -> None:
    chance = random.Random(rows)
    members = range(members_for(rows))
    book = Workbook(write_only=True)
    sheet = book.create_sheet("报送")
    sheet.append(HEADINGS)
    for n in range(rows):
        authors = chance.sample(members, 2 if n % 5 == 0 else 1)
        units = chance.sample(range(UNITS), 2 if n % 10 == 0 else 1)
        sheet.append(
            (
                f"{YEAR}-{n + 1:03}",
                f"关于第{n}件事的建议",
                "、".join(f"第{author}人" for author in authors),
                "、".join(f"第{unit}单位" for unit in units),
                date.fromisoformat(chance.choice(DAYS)),
                "单位" if n % 50 == 0 else "个人",
            )
        )
    book.save(path)


def ledger_sheet(path: str, rows: str) -> Callable[[], object]:
    """Making a ledger sheet: what became of an item stands in its row."""
    return lambda: _make_ledger_sheet(path, int(rows))


def _make_ledger_sheet(path: str, rows: int) -> None:
    chance = random.Random(rows)
    members = range(members_for(rows))
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    sheet.append(("台账",))
    sheet.append((*HEADINGS[:5], "采用情况", None, "批示情况", "得分"))
    sheet.append((None,) * 5 + ("市政协", "省政协", "市主要领导"))
    for n in range(rows):
        day = f"{YEAR + 1}.1.{n % 28 + 1}"
        sheet.append(
            (
                f"{YEAR}-{n + 1:03}",
                f"关于第{n}件事的建议",
                f"第{chance.choice(members)}人",
                f"第{chance.randrange(UNITS)}单位",
                date.fromisoformat(chance.choice(DAYS)),
                f"{day}综合" if n % 3 == 0 else None,
                date(YEAR + 1, 1, n % 28 + 1) if n % 10 == 0 else None,
                day if n % 40 == 0 else None,
                5,
            )
        )
    book.save(path)


def importing(base: str, path: str, sheet: str) -> Callable[[], object]:
    """Importing a sheet into a copy of a ledger that has the register and nothing else."""
    shutil.copyfile(base, path)
    return command("--ledger", path, "import", sheet, "--future")


def bare_reading(path: str) -> Callable[[], object]:
    """Every cell of every row, by openpyxl."""

    def read() -> None:
        for sheet in load_workbook(path).worksheets:
            deque(sheet.iter_rows(values_only=True), maxlen=0)

    return read


def exporting(path: str, to: str) -> Callable[[], object]:
    """Exporting a ledger."""
    Path(to).unlink(missing_ok=True)
    return command("--ledger", path, "export", to)


def bare_writing(like: str, to: str) -> Callable[[], object]:
    """The cells of that workbook, which are read before, by openpyxl's fastest way to write."""
    cells = {s.title: list(s.iter_rows(values_only=True)) for s in load_workbook(like).worksheets}

    def write() -> None:
        book = Workbook(write_only=True)
        for title, rows in cells.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        book.save(to)

    return write
