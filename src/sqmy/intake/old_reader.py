"""The child process that reads a workbook of before 2007 (.xls), and writes what it holds as JSON.

xlrd reads such files well and was written for honest ones. Here it may take so much memory and
so much time and no more, and whatever becomes of it, it becomes of a child: `old_workbooks` starts
it and reads one JSON value a line, `{"sheet": …}` and then `[row, {column: value}]`.
"""

import json
import math
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import xlrd
from xlrd.biffh import error_text_from_code
from xlrd.book import Book
from xlrd.sheet import Cell, Sheet

MEMORY: Final = 1_000_000_000
"""Bytes of addresses; a full sheet, 65,536 rows of 20 filled columns, took 190 million."""

SECONDS: Final = 60
"""Of processor time; that sheet took 5."""

MAX_CELLS: Final = 3_000_000
ENCRYPTED: Final = "encrypted"
TOO_MUCH: Final = "too much"
DAMAGED: Final = "damaged"
"""What `{"refused": …}` says."""


def main(path: str) -> None:
    """Read the workbook at `path`."""
    _limit()
    try:
        for line in _lines(path):
            _write(line)
        _write({"end": True})
    except MemoryError:
        _write({"refused": TOO_MUCH})
    except Exception as error:  # noqa: BLE001 — whatever a damaged file makes of xlrd
        _write({"refused": ENCRYPTED if "encrypted" in str(error) else DAMAGED})


def _limit() -> None:
    """Take no more than is allowed, where the system can see to it; elsewhere time is limited."""
    try:
        import resource  # noqa: PLC0415 — not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


def _write(value: object) -> None:
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    sys.stdout.buffer.write(line.encode("utf-8", "surrogatepass") + b"\n")


def _lines(path: str) -> Iterator[object]:
    with Path(os.devnull).open("w", encoding="utf-8") as log:
        book = xlrd.open_workbook(
            path, logfile=log, formatting_info=True, on_demand=True, ragged_rows=True
        )
        yield {"epoch": book.datemode}
        cells = 0
        for place in range(book.nsheets):
            sheet = book.sheet_by_index(place)
            yield _about(sheet)
            for row in range(sheet.nrows):
                values = {
                    column + 1: value
                    for column, cell in enumerate(sheet.row(row))
                    if (value := _value(book, cell)) is not None
                }
                cells += len(values)
                if cells > MAX_CELLS:
                    raise MemoryError
                if values:
                    yield [row + 1, values]
            book.unload_sheet(place)


def _about(sheet: Sheet) -> dict[str, Any]:
    """A sheet: its name, its merged ranges (first and last row, first and last column), what is
    hidden, all counted from 1.
    """  # noqa: D205
    return {
        "sheet": sheet.name,
        "hidden": bool(sheet.visibility),
        "merged": [
            (top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells
        ],
        "rows": [row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden],
        "columns": [column + 1 for column, info in sheet.colinfo_map.items() if info.hidden],
    }


def _value(book: Book, cell: Cell) -> object:
    """Text, a number, a switch, `{"day": …}` or `{"error": …}`; None for a blank cell."""
    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            value: object = str(cell.value) if str(cell.value).strip() else None
        case xlrd.XL_CELL_NUMBER:
            value = _number(float(cell.value))
        case xlrd.XL_CELL_DATE:
            value = _day(book, float(cell.value))
        case xlrd.XL_CELL_BOOLEAN:
            value = bool(cell.value)
        case xlrd.XL_CELL_ERROR:
            value = {"error": error_text_from_code.get(int(cell.value), "#?")}
        case _:
            value = None
    return value


def _number(number: float) -> object:
    if not math.isfinite(number):
        return {"error": "#NUM!"}
    return int(number) if number.is_integer() else number


def _day(book: Book, serial: float) -> object:
    """A serial day; a time of day without a day stays a number."""
    try:
        day = xlrd.xldate_as_datetime(serial, book.datemode)
    except (ValueError, OverflowError):
        return serial
    return {"day": day.date().isoformat()} if serial >= 1 else serial


if __name__ == "__main__":
    main(sys.argv[1])
