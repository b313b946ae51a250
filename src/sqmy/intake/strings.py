"""The texts of a workbook that its cells refer to by number."""

from sqmy.errors import SqmyError
from sqmy.intake.guard import MAX_CELLS, TOO_MANY
from sqmy.intake.markup import MAX_ELEMENTS, local, unescaped


class Strings:
    """Hears the texts that cells refer to by number: their own and their runs', without pinyin."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.pieces: list[str] = []
        self.reading = self.aside = False
        self.elements = 0

    def start(self, name: str, _: dict[str, str]) -> None:
        """An element begins."""
        self.elements += 1
        if self.elements > MAX_ELEMENTS:
            raise SqmyError(TOO_MANY)
        tag = local(name)
        if tag == "t":
            self.reading = not self.aside
        elif tag == "rPh":
            self.aside = True

    def data(self, text: str) -> None:
        """Text, in pieces."""
        if self.reading:
            self.pieces.append(text)

    def end(self, name: str) -> None:
        """An element ends."""
        tag = local(name)
        if tag == "t":
            self.reading = False
        elif tag == "rPh":
            self.aside = False
        elif tag == "si":
            self.found.append(unescaped("".join(self.pieces)))
            self.pieces.clear()
            if len(self.found) > MAX_CELLS:
                raise SqmyError(TOO_MANY)
