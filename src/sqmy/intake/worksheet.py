"""The cells of one worksheet, as they stand in its XML."""

from datetime import date, datetime
from typing import NamedTuple

from openpyxl.utils import column_index_from_string, range_boundaries
from openpyxl.utils.datetime import from_excel

from sqmy.errors import SqmyError
from sqmy.intake.grid import (
    MAX_BLANK_ROWS,
    MAX_COLUMNS,
    MAX_MERGED,
    MAX_ROWS,
    TOO_BLANK,
    Flaw,
    Grid,
    Merged,
    Row,
    Source,
    Value,
    coordinate,
    too_far,
)
from sqmy.intake.guard import MAX_CELLS, TOO_MANY
from sqmy.intake.hidden import Hidden
from sqmy.intake.markup import MAX_ELEMENTS, local, unescaped
from sqmy.text import clean

_MAX_CELLS_IN_ROW = 16_384
_UNSAVED = Flaw("是公式，文件里却没有存它的结果。请用 Excel 或 WPS 打开这个文件，保存一次再导入。")


class Book(NamedTuple):
    """What the cells of all sheets need: texts, which styles are days, and the serial day 0."""

    strings: list[str]
    day_styles: frozenset[int]
    epoch: datetime


class SheetReader:
    """Hears one sheet.

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
        self.filled = self.blank = self.elements = 0
        self.row: dict[str, str] = {}
        self.number = self.column = self.in_row = 0
        self.values: dict[int, Value] = {}
        self.cell: dict[str, str] | None = None
        self.written: list[str] = []
        self.reading = self.aside = self.formula = self.inline = False

    def grid(self) -> Grid:
        """The sheet's rows; blank ones are not kept."""
        self.rows.sort(key=lambda row: row.number)
        notes = tuple(self.hidden.notes(self.source, self.rows))
        return Grid(self.source, self.rows, self.merged, notes)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        self.elements += 1
        tag = local(name)
        if tag == "c":
            self.cell = attributes
            self.written.clear()
            self.formula = self.inline = False
        elif tag == "v":
            self.reading = True
        elif tag == "t":
            self.reading = self.inline = not self.aside
        elif tag == "row":
            self.row = attributes
        elif tag == "f":
            self.formula = True
        elif tag == "rPh":
            self.aside = True
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag in {"col", "autoFilter"}:
            self.hidden.hear(tag, attributes)

    def data(self, text: str) -> None:
        """Text, in pieces."""
        if self.reading:
            self.written.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        tag = local(name)
        if tag in {"v", "t"}:
            self.reading = False
        elif tag == "c" and self.cell is not None:
            self.column = self._column(self.cell.get("r"), self.column)
            value = self._value(self.cell)
            if value is not None:
                self.values[self.column] = value
            self.in_row += 1
            if self.in_row > _MAX_CELLS_IN_ROW or self.elements > MAX_ELEMENTS:
                raise SqmyError(TOO_MANY)
            self.cell = None
        elif tag == "row":
            self.number = int(self.row.get("r") or self.number + 1)
            if not 1 <= self.number <= MAX_ROWS:
                raise ValueError(self.number)
            self._row(self.number, self.values)
            self.values, self.column, self.in_row = {}, 0, 0
        elif tag == "rPh":
            self.aside = False

    def _row(self, number: int, values: dict[int, Value]) -> None:
        """A row has come to its end."""
        where = f"工作表「{clean(self.source.sheet or '')}」"
        if not values:
            self.blank += 1
            if self.blank > MAX_BLANK_ROWS:
                raise SqmyError(f"{where}{TOO_BLANK}")
            return
        last = max(values)
        if last > MAX_COLUMNS:
            raise SqmyError(f"{where}{too_far(coordinate(number, last))}")
        self.filled += len(values)
        if self.filled > MAX_CELLS or len(self.rows) >= MAX_ROWS:
            raise SqmyError(TOO_MANY)
        if self.row.get("hidden") in {"1", "true"}:
            self.hidden.rows.append(number)
        self.rows.append(Row(number, values))

    def _merge(self, reference: str) -> None:
        if len(self.merged) >= MAX_MERGED:
            raise SqmyError(f"合并的单元格超过 {MAX_MERGED // 10_000} 万处，没有读。")
        self.merged.append(_merged(reference))

    def _column(self, reference: str | None, last: int) -> int:
        """The column of a cell; cells may leave out their reference."""
        if reference is None:
            return last + 1
        letters = reference.rstrip("0123456789")
        column = self.columns.get(letters)
        if column is None:
            column = self.columns[letters] = column_index_from_string(letters)
        return column

    def _value(self, cell: dict[str, str]) -> Value | None:
        """The cell's value; None for a blank one."""
        written, kind = "".join(self.written), cell.get("t", "n")
        if kind == "inlineStr" or self.inline:
            return _filled(unescaped(written))
        if not written:
            return _UNSAVED if self.formula and kind != "str" else None
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
        return _filled(unescaped(written))
    if kind == "b":
        return written == "1"
    if kind == "d":
        try:
            return date.fromisoformat(written[:10])
        except ValueError:
            return written
    return Flaw(f"是错误值 {written}。请改正公式，或直接填写。")
