"""Tables as plain text: CSV, in the encodings that Excel, WPS and other systems write."""

import csv
import io
from pathlib import Path

from sqmy.errors import SqmyError
from sqmy.intake.grid import MAX_CELLS, MAX_COLUMNS, TOO_MANY, Grid, Row, Source, Value

MAX_BYTES = 200_000_000
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_DELIMITERS = ",\t;"
_GUARDED = tuple("=+-@\t\r＝＋－＠")
"""What programs write a `'` before, lest a spreadsheet take it for a formula."""


def read(path: Path, file: str, order: int) -> Grid:
    """The rows of a CSV.

    A text without a byte order mark is UTF-8 if it can be, else GB18030; since almost any bytes
    are some GB18030, the grid then carries a note, and headings that fit nothing are an error.

    Raises:
        SqmyError: too big, not a text, or its quotes do not match.
    """
    source = Source(order, file)
    if path.stat().st_size > MAX_BYTES:
        raise SqmyError(f"大于 {MAX_BYTES // 1_000_000} MB。请分成几个文件导入。")
    text, guessed = _decoded(path.read_bytes())
    note = (f"{source}：不是 UTF-8，按 GB18030（国标码）读。",) if guessed else ()
    return Grid(source, _rows(text), notes=note)


def _decoded(data: bytes) -> tuple[str, bool]:
    """The text, and whether its encoding was guessed."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        try:
            return data.decode(encoding), encoding == "gb18030"
        except UnicodeDecodeError:
            continue
    raise SqmyError(
        "不是文字文件，或用了认不出的编码。请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。"
    )


def _rows(text: str) -> list[Row]:
    head = text[:20_000]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
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
            if filled > MAX_CELLS:
                raise SqmyError(TOO_MANY)
            if values:
                rows.append(Row(number, values))
    except csv.Error as error:
        raise SqmyError(
            f"第 {reader.line_num} 行附近的引号不成对，或一格过长，读不下去。"
            "请用 Excel 或 WPS 打开，另存为 .xlsx 再导入。"
        ) from error
    return rows
