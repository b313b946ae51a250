"""The sheets of a workbook of before 2007 (.xls), read by a child that may be stopped."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO, Any, Final

from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH

import sqmy
from sqmy.errors import SqmyError
from sqmy.intake import old_reader
from sqmy.intake.grid import Flaw, Grid, Merged, Row, Source, Value
from sqmy.intake.guard import TOO_MANY
from sqmy.intake.hidden import Hidden

MAX_BYTES: Final = 60_000_000
"""Of the file; a full sheet, 65,536 rows of 20 filled columns, has 37 million."""

PATIENCE: Final = 120
"""Seconds."""

_SAVE_AS: Final = "请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。"
_REFUSALS: Final = {
    old_reader.ENCRYPTED: (
        "加了打开密码，读不了。请用 Excel 或 WPS 打开，取消密码后另存为 .xlsx 再导入。"
    ),
    old_reader.TOO_MUCH: TOO_MANY,
    old_reader.DAMAGED: f"不是完好的 .xls 工作簿，读不了。{_SAVE_AS}",
}


def read(path: Path, file: str, order: int) -> list[Grid]:
    """The sheets in the workbook's order.

    Args:
        path: the workbook.
        file: its name, as places tell it.
        order: of its first sheet among all sheets read.

    Raises:
        SqmyError: it is no sound workbook, is encrypted, or has more than can be read.
    """
    if path.stat().st_size > MAX_BYTES:
        raise SqmyError(f"大于 {MAX_BYTES // 1_000_000} MB。{_SAVE_AS}")
    with tempfile.TemporaryFile() as told:
        _run(path, told)
        told.seek(0)
        return list(_grids(map(json.loads, told), file, order))


def _run(path: Path, told: IO[bytes]) -> None:
    """Let the child write what the workbook holds."""
    places = [str(Path(sqmy.__file__).parents[1]), os.environ.get("PYTHONPATH", "")]
    command = [sys.executable, "-P", "-X", "utf8", "-m", old_reader.__name__, str(path.absolute())]
    try:
        subprocess.run(  # noqa: S603 — this very interpreter
            command,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, places))},
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise SqmyError(f"读了 {PATIENCE} 秒还没有读完，没有再读。{_SAVE_AS}") from None


def _grids(lines: Iterator[Any], file: str, order: int) -> Iterator[Grid]:
    """The grids of what the child told.

    Raises:
        SqmyError: it was told that the file is refused, or the end is missing: it was stopped.
    """
    about: dict[str, Any] = {}
    source = Source(order, file)
    rows: list[Row] = []
    epoch = WINDOWS_EPOCH
    ended = False
    try:
        for line in lines:
            if isinstance(line, list):
                rows.append(Row(line[0], {int(c): _value(v) for c, v in line[1].items()}))
                continue
            if "refused" in line:
                raise SqmyError(_REFUSALS[line["refused"]])
            if "epoch" in line:
                epoch = MAC_EPOCH if line["epoch"] else WINDOWS_EPOCH
                continue
            if about:
                yield _grid(source, about, rows)
            ended = "end" in line
            source = Source(order, file, line.get("sheet"), epoch)
            about, rows, order = line, [], order + 1
    except ValueError:  # a line that was not written to its end
        ended = False
    if not ended:
        raise SqmyError(TOO_MANY)


def _grid(source: Source, about: dict[str, Any], rows: list[Row]) -> Grid:
    hidden = Hidden()
    filled = {row.number for row in rows}
    hidden.rows = sorted(filled.intersection(about["rows"]))
    hidden.columns = [(column, column) for column in about["columns"]]
    told = (f"{source}是隐藏的工作表。",) if about["hidden"] and rows else ()
    merged = [Merged(*one) for one in about["merged"]]
    return Grid(source, rows, merged, (*hidden.notes(source, rows), *told))


def _value(told: Any) -> Value:  # noqa: ANN401 — as JSON has it
    if not isinstance(told, dict):
        return told  # type: ignore[no-any-return]
    if "day" in told:
        return date.fromisoformat(told["day"])
    return Flaw(f"是错误值 {told['error']}。请改正公式，或直接填写。")
