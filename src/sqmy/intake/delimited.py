"""Tables as plain text: CSV, in the encodings that Excel, WPS and other systems write."""

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from sqmy.errors import SqmyError
from sqmy.intake.grid import (
    MAX_BLANK_ROWS,
    MAX_COLUMNS,
    MAX_ROWS,
    TOO_BLANK,
    Grid,
    Row,
    Source,
    Tell,
    Value,
)
from sqmy.intake.guard import MAX_CELLS, TOO_MANY

MAX_BYTES = 200_000_000
_LONGEST_LINE = 2_000_000
_CHUNK = 1 << 20
_STEP = 10_000
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ",\t;"
_GUARDED = tuple("=+-@\t\r＝＋－＠")
"""What programs write a `'` before, lest a spreadsheet take it for a formula."""


def read(path: Path, file: str, order: int, tell: Tell) -> Grid:
    """The rows of a CSV.

    A text without a byte order mark is UTF-8 if it can be, else GB18030; since almost any bytes
    are some GB18030, the grid then carries a note, and headings that fit nothing are an error.

    Args:
        path: the file.
        file: its name, as places tell it.
        order: among all sheets read.
        tell: told from time to time how much is done, of how much.

    Raises:
        SqmyError: too big, not a text, or its quotes do not match.
    """
    source = Source(order, file)
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise SqmyError(f"大于 {MAX_BYTES // 1_000_000} MB。请分成几个文件导入。")
    encoding = _encoding(path)
    guessed = encoding == "gb18030"
    note = (f"{source}：不是 UTF-8，按 GB18030（国标码）读。",) if guessed else ()
    with path.open(encoding=encoding, newline="") as text:
        delimiter = max(_DELIMITERS, key=text.read(20_000).count)
        text.seek(0)
        return Grid(source, _rows(_lines(text, size, tell), delimiter), notes=note)


def _encoding(path: Path) -> str:
    """The encoding in which the whole file can be read."""
    with path.open("rb") as file:
        head = file.read(4)
    marked = next((encoding for mark, encoding in _MARKS if head.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        if _is_in(path, encoding):
            return encoding
    raise SqmyError(
        "不是文字文件，或用了认不出的编码。请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。"
    )


def _is_in(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _lines(text: TextIO, size: int, tell: Tell) -> Iterator[str]:
    """The lines of the file, none of them endless."""
    count = done = 0
    while line := text.readline(_LONGEST_LINE):
        if len(line) == _LONGEST_LINE:
            raise SqmyError("有一行长得不像表格，没有再读。请检查是不是文字表格，或另存为 .xlsx。")
        count, done = count + 1, done + len(line)
        if count % _STEP == 0:
            tell(min(2 * done, size), size)  # a Chinese character has two or three bytes
        yield line


def _rows(lines: Iterator[str], delimiter: str) -> list[Row]:
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    rows: list[Row] = []
    filled = 0
    try:
        for number, record in enumerate(reader, 1):
            if len(record) > MAX_COLUMNS:
                raise SqmyError(
                    f"第 {number} 行有 {len(record)} 列，最多读 {MAX_COLUMNS} 列。请检查分隔符。"
                )
            values: dict[int, Value] = {
                column: field[1:] if field[0] == "'" and field[1:].startswith(_GUARDED) else field
                for column, field in enumerate(record, 1)
                if field and not field.isspace()
            }
            filled += len(values)
            if filled > MAX_CELLS or len(rows) >= MAX_ROWS:
                raise SqmyError(TOO_MANY)
            if values:
                rows.append(Row(number, values))
            elif number - len(rows) > MAX_BLANK_ROWS:
                raise SqmyError(f"文件{TOO_BLANK}")
    except csv.Error as error:
        raise SqmyError(
            f"第 {reader.line_num} 行附近的引号不成对，或一格过长，读不下去。"
            "请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。"
        ) from error
    return rows
