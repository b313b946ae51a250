"""Reading a row cell by cell under its headings, every fault with the very cell."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Final, TypeVar

from sqmy.days import Day
from sqmy.declared import Named, kept
from sqmy.errors import NotFoundError, SqmyError
from sqmy.intake import cells
from sqmy.intake.drafts import Place
from sqmy.intake.events import MARKS
from sqmy.intake.grid import Fault, Row, Source, Value
from sqmy.intake.headings import CONTINUED, SUBMISSION
from sqmy.intake.layouts import Layout
from sqmy.intake.words import Words
from sqmy.register import find_label
from sqmy.text import match_key
from sqmy.vocabulary import Declared

T = TypeVar("T")

_YES: Final = "是"
_OF_FACTS: Final = {
    *("报送日期", "审核日期", "上报日期", "采用日期", "采用", "批示日期", "批示", "认定日期")
}
"""What happened; a person may be in office since 1970."""


class RowReader:
    """Reads cells of the row at hand by their headings; collects what cannot be read."""

    def __init__(self, source: Source, layout: Layout, words: Words) -> None:
        self.source = source
        self.layout = layout
        self.columns = layout.columns
        self.epoch = source.epoch
        self.words = words
        self.vocabulary = words.vocabulary
        self.settled = words.settled
        facts = (layout.kind.fact, *(words.grammars if layout.kind is SUBMISSION else ()))
        self.declared = {
            fact: [one for one in words.declared(fact) if one.name in self.columns]
            for fact in facts
        }
        self.further = {
            heading.name: [n for more in CONTINUED if (n := heading.name + more) in self.columns]
            for heading in layout.kind.headings
            if heading.long
        }
        self.faults: list[Fault] = []

    def begin(self, row: Row) -> None:
        """Go to the next row."""
        self.go_on(row)
        self.faults = []

    def go_on(self, row: Row) -> None:
        """Go to the next line of the same item."""
        self.values = row.values
        self.place = Place(self.source, self.layout, row.number)

    def refuse(self, heading: str, message: str) -> None:
        """Tell a fault of a cell of this row."""
        self.faults.append(self.place.fault(heading, message))

    def refuse_at(self, column: int, message: str) -> None:
        """Tell a fault of the cell in that column of this row."""
        self.faults.append(self.place._replace(at=column).fault("", message))

    def _read(self, heading: str, read: Callable[[Value | None, str], T], blank: T) -> T:
        """The cell under a heading; `blank` for a blank one, or once its fault has been told."""
        value = self.values.get(self.columns.get(heading, 0))
        if value is None:
            return blank
        try:
            return read(value, heading)
        except SqmyError as error:
            self.refuse(heading, str(error))
            return blank

    def _must(self, heading: str, read: Callable[[str], T]) -> T:
        """What `read` reads there; a blank cell is a fault."""
        before = len(self.faults)
        value = read(heading)
        if not value and len(self.faults) == before:
            self.refuse(heading, f"{heading}没有填。请补上。")
        return value

    def name(self, heading: str) -> str:
        """A name, number or label as written, in its one spelling; "" for a blank cell."""
        return self._read(heading, cells.as_name, "")

    def required_name(self, heading: str) -> str:
        """A name, number or label, which must be there."""
        return self._must(heading, self.name)

    def required_title(self, heading: str) -> str:
        """A text on one line, which must be there."""
        return self._must(heading, lambda heading: self._read(heading, cells.as_title, ""))

    def text(self, heading: str) -> str:
        """A text, line breaks kept, from all the cells it stands in; "" for a blank cell."""
        further = self.further.get(heading)
        if not further:
            return self._read(heading, cells.as_text, "")
        parts = [self._read(part, cells.as_part, "") for part in (heading, *further)]
        try:
            return cells.as_text("".join(parts), heading)
        except SqmyError as error:
            self.refuse(heading, str(error))
            return ""

    def day(self, heading: str) -> Day | None:
        """A day; None for a blank cell."""
        return self._read(heading, self.as_day, None)

    def as_day(self, value: Value | None, what: str) -> Day | None:
        """What a cell of this workbook says as a day; raises as `cells.as_day`.

        A number that is shown as a day by mistake is one of long ago: 5 is 1900-01-05.
        """
        if isinstance(value, date) and value.isoformat() < cells.EARLIEST and what in _OF_FACTS:
            raise SqmyError(f"日期 {value.isoformat()} 多半是数字被显示成了日期，请核对。")
        return cells.as_day(value, self.epoch, what, self.settled.year)

    def days(self, heading: str) -> tuple[Day, ...]:
        """The days in a cell that may hold several, in order; `/` `.` and `-` part none."""
        return self._read(heading, lambda value, what: cells.as_days(value, self.as_day, what), ())

    def required_day(self, heading: str) -> Day:
        """A day, which must be there."""
        return self._must(heading, self.day) or ""

    def attributes(self, fact: str) -> Named:
        """What the row tells of what the rulebook declares of such facts."""
        told = (
            (one.name, self._read(one.name, partial(self._as_declared, one), ""))
            for one in self.declared[fact]
        )
        return tuple(sorted((name, value) for name, value in told if value))

    def _as_declared(self, one: Declared, value: Value | None, what: str) -> str:
        if one.kind == "date":
            return self.as_day(value, what) or ""
        if one.kind == "shares" and isinstance(value, float):
            raise SqmyError(
                f"{what}这一格是时间或小数，不是比例（Excel 会把「3:2」自动改成时间）。"
                "请把这一列设为“文本”格式，重新填写。"
            )
        written = cells.as_text(value, what)
        if one.kind == "choice" and _YES in one.choices and written in MARKS:
            return _YES
        return kept(one, written) if written else ""

    def has(self, heading: str) -> bool:
        """Whether there is something in the cell."""
        return self.columns.get(heading) in self.values

    def required_choice(self, heading: str, meanings: dict[str, T]) -> T | None:
        """One of a few words, which must be there."""
        return self._must(heading, lambda heading: self.choice(heading, meanings))

    def choice(self, heading: str, meanings: dict[str, T]) -> T | None:
        """One of a few words; None for a blank cell."""
        word = self.name(heading)
        if not word:
            return None
        if word not in meanings:
            self.refuse(
                heading, str(NotFoundError(heading, word, f"可以填：{'、'.join(meanings)}。"))
            )
        return meanings.get(word)

    def labels(self, heading: str, what: str, known: dict[str, str]) -> tuple[str, ...]:
        """One or several of the rulebook's labels; there must be one."""
        written = self._must(heading, self.text)
        if whole := known.get(match_key(written)):
            return (whole,)
        found: dict[str, None] = {}
        for part in cells.split(written):
            try:
                label = find_label(what, known, part)
            except SqmyError as error:
                self.refuse(heading, str(error))
                continue
            if label in found:
                self.refuse(heading, f"「{part}」写了两次。请去掉重复的。")
            found[label] = None
        return tuple(found)

    def label(self, heading: str, known: dict[str, str]) -> str:
        """One of the rulebook's labels; there must be one and no more."""
        labels = self.labels(heading, heading, known)
        if len(labels) > 1:
            self.refuse(heading, f"{heading}只能填一个。几个的请分行填写。")
        return labels[0] if labels else ""
