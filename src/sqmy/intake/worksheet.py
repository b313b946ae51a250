"""The cells of one worksheet, as they stand in its XML."""

from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache
from typing import IO, NamedTuple
from xml.etree.ElementTree import Element

from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.utils.datetime import from_excel
from openpyxl.utils.escape import unescape
from openpyxl.xml.functions import iterparse  # defusedxml's: refuses entities

from sqmy.errors import SqmyError
from sqmy.intake.grid import (
    MAX_BLANK_ROWS,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_MERGED,
    MAX_ROWS,
    TOO_BLANK,
    TOO_MANY,
    Flaw,
    Grid,
    Merged,
    Row,
    Source,
    Value,
    coordinate,
    too_far,
)
from sqmy.intake.hidden import Hidden
from sqmy.text import clean

_MAX_ELEMENTS = 10_000_000
"""XML elements of one sheet; 100,000 rows of 8 columns have 1.7 million."""

STEP = 10_000
"""Elements between two words about progress."""

_MAX_CELLS_IN_ROW = 16_384
_UNSAVED = Flaw("是公式，文件里却没有存它的结果。请用 Excel 或 WPS 打开这个文件，保存一次再导入。")


class Book(NamedTuple):
    """What the cells of all sheets need: texts, which styles are days, and the serial day 0."""

    strings: list[str]
    day_styles: frozenset[int]
    epoch: datetime


@lru_cache(maxsize=1_000)
def local(tag: str) -> str:
    """The tag without its namespace: the strict and the usual form of the format differ in it."""
    return tag[tag.rfind("}") + 1 :]


def text_of(element: Element) -> str:
    """The text of a string item: its own and its runs', not the pinyin above them."""
    parts = []
    for child in element:
        tag = local(child.tag)
        if tag == "t":
            parts.append(child.text or "")
        elif tag == "r":
            parts.extend(run.text or "" for run in child if local(run.tag) == "t")
    text = "".join(parts)
    return unescape(text) if "_x" in text else text


class SheetReader:
    """Reads one sheet.

    Args:
        source: the sheet.
        book: its workbook.
    """

    def __init__(self, source: Source, book: Book) -> None:
        self.source = source
        self.book = book
        self.columns: dict[str, int] = {}
        self.days: dict[int | float, Value] = {}
        self.hidden = Hidden()
        self.rows: list[Row] = []
        self.merged: list[Merged] = []
        self.filled = self.blank = 0

    def read(self, stream: IO[bytes], tell: Callable[[int], None]) -> Grid:
        """The sheet's rows; blank ones are not kept.

        Args:
            stream: of the sheet's XML.
            tell: told from time to time how many bytes of it are done.

        Raises:
            SqmyError: there is more than any office's sheet has.
        """
        values: dict[int, Value] = {}
        number = column = in_row = 0
        for count, (_, element) in enumerate(iterparse(stream)):
            if count % STEP == 0:
                tell(stream.tell())
            tag = local(element.tag)
            if tag == "c":
                column = self._column(element.get("r"), column)
                value = self._value(element)
                if value is not None:
                    values[column] = value
                in_row += 1
                if in_row > _MAX_CELLS_IN_ROW or count > _MAX_ELEMENTS:
                    raise SqmyError(TOO_MANY)
            elif tag == "row":
                number = int(element.get("r") or number + 1)
                self._row(number, values, element)
                values, column, in_row = {}, 0, 0
            elif tag == "mergeCell":
                if len(self.merged) >= MAX_MERGED:
                    raise SqmyError(f"合并的单元格超过 {MAX_MERGED // 10_000} 万处，没有读。")
                self.merged.append(_merged(element.get("ref", "")))
            elif tag in {"col", "autoFilter"}:
                self.hidden.hear(element)
        self.rows.sort(key=lambda row: row.number)
        notes = tuple(self.hidden.notes(self.source, self.rows))
        return Grid(self.source, self.rows, self.merged, notes)

    def _row(self, number: int, values: dict[int, Value], element: Element) -> None:
        """A row has come to its end."""
        where = f"工作表「{clean(self.source.sheet or '')}」"
        if not values:
            self.blank += 1
            if self.blank > MAX_BLANK_ROWS:
                raise SqmyError(f"{where}{TOO_BLANK}")
        else:
            last = max(values)
            if last > MAX_COLUMNS:
                raise SqmyError(f"{where}{too_far(coordinate(number, last))}")
            self.filled += len(values)
            if self.filled > MAX_CELLS or len(self.rows) >= MAX_ROWS:
                raise SqmyError(TOO_MANY)
            if element.get("hidden") in {"1", "true"}:
                self.hidden.rows.append(number)
            self.rows.append(Row(number, values))
        element.clear()

    def _column(self, reference: str | None, last: int) -> int:
        """The column of a cell; cells may leave out their reference."""
        if reference is None:
            return last + 1
        letters = reference.rstrip("0123456789")
        column = self.columns.get(letters)
        if column is None:
            column = self.columns[letters] = column_index_from_string(letters)
        return column

    def _value(self, cell: Element) -> Value | None:
        """The cell's value; None for a blank one."""
        written, formula, inline = None, False, None
        for child in cell:
            tag = local(child.tag)
            if tag == "v":
                written = child.text
            elif tag == "f":
                formula = True
            elif tag == "is":
                inline = child
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return None if inline is None else _filled(text_of(inline))
        if not written:
            return _UNSAVED if formula and kind != "str" else None
        if kind == "n":
            return self._number(written, int(cell.get("s", "0")))
        if kind == "s":
            return _filled(self.book.strings[int(written)])
        return _other(kind, written)

    def _number(self, written: str, style: int) -> Value:
        number = _read_number(written)
        if isinstance(number, Flaw) or style not in self.book.day_styles:
            return number
        day = self.days.get(number)
        if day is None:
            try:
                moment = from_excel(number, self.book.epoch)
            except (OverflowError, ValueError):
                moment = None
            # a time of day without a day stays a number
            day = self.days[number] = moment.date() if isinstance(moment, datetime) else number
        return day


def _merged(reference: str) -> Merged:
    left, top, right, bottom = range_boundaries(reference)
    if left is None or top is None or right is None or bottom is None:
        raise ValueError(reference)
    return Merged(top, left, bottom, right)


def _filled(text: str) -> str | None:
    return text if text and not text.isspace() else None


def _read_number(written: str) -> int | float | Flaw:
    """`13800138000` however it is written; `2025.5` stays what it is."""
    try:
        number = float(written)
        whole = int(number)
    except (ValueError, OverflowError):
        return Flaw(f"里的数「{written[:20]}」读不出。请重新填写。")
    return whole if whole == number else number


def _other(kind: str, written: str) -> Value | None:
    """Values of the rarer kinds: a formula's text, a switch, an error, an ISO day."""
    if kind == "str":
        return _filled(unescape(written))
    if kind == "b":
        return written == "1"
    if kind == "d":
        try:
            return date.fromisoformat(written[:10])
        except ValueError:
            return written
    return Flaw(f"是错误值 {written}。请改正公式，或直接填写。")
