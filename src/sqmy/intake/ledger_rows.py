"""What became of an item, from the row of a ledger sheet: drafts of adoptions and instructions.

What several cells tell of one adoption is put together: the channel from one, its day or form
from another. Two cells that contradict each other, and a day of which it is not clear whose it
is, are refused.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqmy.days import Day
from sqmy.declared import Named, form_of
from sqmy.errors import NotFoundError, SqmyError
from sqmy.intake.cellwise import RowReader
from sqmy.intake.drafts import AdoptionRow, Draft, InstructionRow, SubmissionRow
from sqmy.intake.events import Event, Fact, denies
from sqmy.intake.grid import Row


class _Side(NamedTuple):
    """The columns beside those that name channels or ranks, and the words about them."""

    day: str
    form: str
    single: tuple[tuple[str, str], ...]
    what: str
    by_whom: str

    @property
    def headings(self) -> tuple[str, ...]:
        """Of these columns."""
        return (self.day, self.form, *(heading for heading, _ in self.single))


_SIDES: dict[Fact, _Side] = {
    "adoption": _Side(
        "采用日期", "采用方式", (("刊物", "journal"), ("期号", "issue")), "采用", "被哪里采用"
    ),
    "instruction": _Side(
        "批示日期", "", (("批示领导", "leader"), ("批示内容", "content")), "批示", "哪一级领导批示"
    ),
}


class _Told(NamedTuple):
    """An event, and the column of the cell that tells it."""

    column: int
    event: Event


class LedgerRows:
    """Reads what became of the items of one table.

    Args:
        reader: of the table.
    """

    def __init__(self, reader: RowReader) -> None:
        self.reader = reader
        columns = reader.layout.columns
        self.columns: dict[Fact, frozenset[int]] = {
            fact: frozenset(event.column for event in reader.layout.events if event.fact == fact)
            | {columns[heading] for heading in side.headings if heading in columns}
            | {columns[one.name] for one in reader.declared.get(fact, ())}
            for fact, side in _SIDES.items()
        }

    def read(self, item: SubmissionRow, lines: Iterable[Row]) -> list[Draft]:
        """The drafts of what the lines of an item tell; faults are left with the reader.

        Args:
            item: the draft of its own.
            lines: the rows that it takes, mostly one.
        """
        drafts: list[Draft] = []
        for line in lines:
            self.reader.go_on(line)
            for fact, columns in self.columns.items():
                if not columns.isdisjoint(line.values):
                    drafts.extend(_Line(self.reader, fact).drafts(item))
        return drafts


class _Line:
    """One line of an item, for one kind of event."""

    def __init__(self, reader: RowReader, fact: Fact) -> None:
        self.reader = reader
        self.fact = fact
        self.side = _SIDES[fact]

    def drafts(self, item: SubmissionRow) -> Iterator[Draft]:
        """The events as drafts; none once one of them is refused."""
        number = item.number
        before = len(self.reader.faults)
        cells = list(self._cells())
        self._must_not_be_denied(cells)
        told = self._formed(self._dated(self._named(cells)))
        single = self._single(len(told))
        own = self._attributes(len(told))
        for column, event in told:
            self._must_follow(column, event.day, item.submitted_on)
        if len(self.reader.faults) > before:
            return
        for column, event in told:
            place = self.reader.place._replace(at=column)
            day = event.day or ""
            if self.fact == "adoption":
                journal = single.get("journal") or event.journal
                issue = single.get("issue") or event.issue
                labels = (event.label,)
                yield AdoptionRow(place, number, labels, event.form, day, journal, issue, own)
            else:
                content = single.get("content") or event.content
                leader = single.get("leader") or None
                yield InstructionRow(place, number, (event.label,), day, leader, content, own)

    def _cells(self) -> Iterator[_Told]:
        """What the cells tell, each by itself."""
        grammar = self.reader.words.grammars[self.fact]
        for column, fact, heading in self.reader.layout.events:
            value = self.reader.values.get(column)
            if fact != self.fact or value is None:
                continue
            try:
                events = grammar.cell(
                    value, heading, lambda cell: self.reader.as_day(cell, self.side.what)
                )
            except SqmyError as error:
                self.reader.refuse_at(column, str(error))
                continue
            yield from (_Told(column, event) for event in events)

    def _must_not_be_denied(self, told: list[_Told]) -> None:
        """Refuse a cell that says no where another of the row tells of just that.

        What is said under a channel is said of it alone; `采用情况` may be of the others.
        """
        headings = {event.column: event.heading for event in self.reader.layout.events}
        for column, fact, heading in self.reader.layout.events:
            if fact != self.fact or not denies(self.reader.values.get(column)):
                continue
            for one in told:
                own = headings[one.column].label
                if heading.label == (one.event.label if heading.label else own):
                    self.reader.refuse_at(
                        column,
                        f"这一格写着「{self.reader.values[column]}」，同一行别处却写了"
                        f"{one.event.label}{self.side.what}。请核对。",
                    )
                    break

    def _named(self, told: list[_Told]) -> list[_Told]:
        """Each event once, with its channel or rank, and what other cells tell of it."""
        nameless = [one for one in told if not one.event.label]
        named = [one for one in told if one.event.label]
        if nameless and (not named or len(nameless) > 1):
            self.reader.refuse_at(nameless[-1].column, f"没有写明{self.side.by_whom}。请补上。")
            return []
        for column, event in nameless:
            if event.day and all(one.event.day not in {None, event.day} for one in named):
                self.reader.refuse_at(column, f"{event.day}与同一行别处写的日期不同。请核对。")
            named = [_Told(one.column, one.event.filled(event)) for one in named]
        once: list[_Told] = []
        for one in sorted(named, key=lambda one: one.event.day is None):
            twins = [other for other in once if _same(one, other)]
            twin = twins[0] if twins else None
            if twin is None:
                once.append(one)
            elif len(twins) > 1 and any(one.event[2:]):
                self.reader.refuse_at(
                    one.column, f"{one.event.label}{self.side.what}有几次，说的是哪一次，分不清。"
                )
            elif _contradict(one.event, twin.event):
                self.reader.refuse_at(
                    one.column, f"{one.event.label}的方式、刊物与同一行别处写的不同。请核对。"
                )
            else:
                once[once.index(twin)] = _Told(twin.column, twin.event.filled(one.event))
        return sorted(once, key=lambda one: one.column)

    def _dated(self, told: list[_Told]) -> list[_Told]:
        """The events, those that are only marked with the day of the row, or the settled one."""
        what, heading = self.side.what, self.side.day
        before = len(self.reader.faults)
        days = self.reader.days(heading)
        if len(self.reader.faults) > before:
            return told
        undated = [one for one in told if one.event.day is None]
        if days and not told:
            self.reader.refuse(heading, f"有{heading}，却没有写明{self.side.by_whom}。请补上。")
        elif days and not undated:
            for day in days:
                if all(one.event.day != day for one in told):
                    self.reader.refuse(heading, f"{day}与同一行别处写的{what}日期不同。请核对。")
        elif len(days) > 1 and len(undated) > 1:
            self.reader.refuse(
                heading, f"有几次{what}，又有几个日期，分不清。请把日期写在各次{what}那一格。"
            )
        else:
            return [dated for one in told for dated in self._on_days(one, days)]
        return told

    def _on_days(self, one: _Told, days: tuple[Day, ...]) -> Iterator[_Told]:
        if one.event.day is not None:
            yield one
        elif days:
            column = self.reader.columns[self.side.day]
            yield from (_Told(column, one.event._replace(day=day)) for day in days)
        elif self.reader.settled.undated_on:
            yield _Told(one.column, one.event._replace(day=self.reader.settled.undated_on))
        else:
            self.reader.refuse_at(
                one.column,
                f"记了{one.event.label}{self.side.what}，没有日期。请写上日期，或填「{self.side.day}」"
                "一列；都在同一天的，可以加 --undated-on 日期。",
            )

    def _formed(self, told: list[_Told]) -> list[_Told]:
        """The events with the form that the row tells of all of them."""
        form = self._form()
        if form is None:
            return told
        if not told:
            self.reader.refuse(self.side.form, "有采用方式，却没有写明被哪里采用。请补上。")
        for one in told:
            if one.event.form not in {None, form}:
                self.reader.refuse(self.side.form, "采用方式与同一行别处写的不同。请核对。")
        return [_Told(one.column, one.event._replace(form=form)) for one in told]

    def _form(self) -> str | None:
        written = self.reader.name(self.side.form) if self.side.form else ""
        form = form_of(self.reader.vocabulary, written) if written else None
        if written and form is None:
            words = "、".join(self.reader.vocabulary.forms)
            error = NotFoundError(self.side.form, written, f"采用方式有：{words}。")
            self.reader.refuse(self.side.form, str(error))
        return form

    def _single(self, events: int) -> dict[str, str]:
        """What other columns tell of the one event of the row."""
        found = {field: self.reader.text(heading) for heading, field in self.side.single}
        self._must_be_of_one((h for h, field in self.side.single if found[field]), events)
        return found

    def _attributes(self, events: int) -> Named:
        """What columns that the rulebook declares tell of the one event of the row."""
        found = self.reader.attributes(self.fact)
        self._must_be_of_one((name for name, _ in found), events)
        return found

    def _must_follow(self, column: int, day: Day | None, submitted_on: Day) -> None:
        """Refuse an event before the day on which the same row says the item was submitted."""
        if day and submitted_on and day < submitted_on:
            self.reader.refuse_at(
                column,
                f"{self.side.day} {day} 早于同一行的报送日期 {submitted_on}。请核对这两个日期。",
            )

    def _must_be_of_one(self, headings: Iterable[str], events: int) -> None:
        """Refuse what columns tell of an event where the row has none, or several."""
        if events == 1:
            return
        why = "分不清是哪一次的" if events else f"却没有写明{self.side.by_whom}"
        for heading in headings:
            self.reader.refuse(
                heading, f"有{heading}，这一行有 {events} 次{self.side.what}，{why}。请核对。"
            )


def _same(one: _Told, other: _Told) -> bool:
    """Whether two cells tell of the same event."""
    if one.column == other.column or one.event.label != other.event.label:
        return False
    return one.event.day is None or one.event.day == other.event.day


def _contradict(one: Event, other: Event) -> bool:
    return any(
        mine and theirs and mine != theirs for mine, theirs in zip(one[2:], other[2:], strict=True)
    )
