"""Opening a file of the clerk's, whatever it is: its sheets as grids, or what to do about it."""

from pathlib import Path

from sqmy.errors import SqmyError
from sqmy.intake import delimited, workbooks
from sqmy.intake.grid import Grid, Tell
from sqmy.intake.guard import kind_of_file


def read(path: Path, file: str, order: int, tell: Tell = lambda *_: None) -> list[Grid]:
    """Every sheet of an .xlsx, .xlsm, .xls or .csv, hidden rows included.

    Args:
        path: the file.
        file: its name, as places tell it.
        order: of its first sheet among all sheets read.
        tell: told from time to time how much is done, of how much.

    Raises:
        SqmyError: the file is none of these, damaged, encrypted or beyond all measure.
    """
    kind = kind_of_file(path)
    if kind == "workbook":
        return list(workbooks.read(path, file, order, tell))
    if kind == "old workbook":
        from sqmy.intake import old_workbooks  # noqa: PLC0415 — few are left

        return old_workbooks.read(path, file, order)
    try:
        return [delimited.read(path, file, order, tell)]
    except OSError as error:
        raise SqmyError(f"打不开（{error.strerror or '读取失败'}）。请检查权限。") from error
