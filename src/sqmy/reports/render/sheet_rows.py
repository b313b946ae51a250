"""Rows of a write-only sheet as XML, a text each: openpyxl takes four times as long cell by cell.

openpyxl still writes everything around them: the styles, the widths, the merged cells, the foot.
"""

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from openpyxl.xml.functions import fromstring

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_MOST_HEIGHT: Final = 409
"""What Excel allows a row, in points."""


class Written(NamedTuple):
    """A cell: its column's letter, and its XML behind the row's number."""

    letter: str
    rest: str


class SheetRows:
    """The rows of one sheet, from the top.

    Args:
        target: whose widths, views and paper are set before the first row is appended.

    Attributes:
        count: how many rows there are.
    """

    def __init__(self, target: "Worksheet") -> None:
        self.count = 0
        self._target: Any = target
        self._written: Generator[None, str] | None = None

    def append(self, cells: Sequence[Written], height: float | None = None) -> int:
        """Add a row, of a height of its own if one is given, in points; its number."""
        if self._written is None:
            self._written = self._begun()
        self.count += 1
        row = self.count
        tall = "" if height is None else f' ht="{min(height, _MOST_HEIGHT):g}" customHeight="1"'
        inside = "".join([f'<c r="{letter}{row}"{rest}' for letter, rest in cells])
        self._written.send(f'<row r="{row}"{tall}>{inside}</row>')
        return row

    def _begun(self) -> Generator[None, str]:
        """What takes rows, in the place of openpyxl's own, which takes cells one by one."""
        sheet = self._target
        sheet._get_writer()  # noqa: SLF001 — openpyxl has no public way to write a row as XML
        sheet._rows = written = self._write(sheet._writer)  # noqa: SLF001
        next(written)
        return written

    @staticmethod
    def _write(writer: Any) -> Generator[None, str]:  # noqa: ANN401 — openpyxl's
        """Send rows to the sheet's stream until the sheet is closed."""
        stream = writer.xf.send(True)  # noqa: FBT003 — so its generator is asked for the stream
        with stream.element("sheetData"):
            try:
                while True:
                    stream.write(fromstring((yield)))
            except GeneratorExit:
                pass
        writer.xf.send(None)
