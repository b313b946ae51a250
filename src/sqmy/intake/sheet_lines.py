"""The rows of a report's workbook as lines, heard element by element: there may be a million."""

from collections.abc import Callable, Iterable, Sequence

from sqmy.intake.markup import local, unescaped


class SheetLines:
    """Hears a sheet.

    Args:
        shared: the texts that cells refer to by number.
        line: makes a line of a row's texts; what the spreadsheet works out itself is "".
    """

    def __init__(self, shared: Sequence[str], line: Callable[[Iterable[str]], str]) -> None:
        self.lines: list[str] = []
        self._shared = shared
        self._line = line
        self._cells: list[str] = []
        self._kind = ""
        self._written: list[str] = []
        self._reading = self._aside = self._formula = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        tag = local(name)
        if tag == "c":
            self._kind = attributes.get("t", "n")
            self._written.clear()
            self._formula = False
        elif tag in {"v", "t"}:
            self._reading = not self._aside
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._aside = True

    def data(self, text: str) -> None:
        """Text, in pieces."""
        if self._reading:
            self._written.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        tag = local(name)
        if tag in {"v", "t"}:
            self._reading = False
        elif tag == "c":
            if self._written and not self._formula:
                self._cells.append(self._value("".join(self._written)))
        elif tag == "row":
            self.lines.append(self._line(self._cells))
            self._cells.clear()
        elif tag == "rPh":
            self._aside = False

    def _value(self, written: str) -> str:
        if self._kind == "inlineStr":
            return unescaped(written)
        if self._kind == "s":
            return self._shared[int(written)]
        return f"{float(written):.12g}" if self._kind == "n" else written
