"""What the headings of a table come to: the kind of its rows, and which column says what."""

from collections.abc import Mapping
from typing import NamedTuple

from sqmy.intake.events import Event, Fact
from sqmy.intake.headings import Kind


class Twice(NamedTuple):
    """A heading that stands over two columns; `column` is the later one."""

    heading: str
    column: int
    first: int


class EventColumn(NamedTuple):
    """A column of submissions that tells of adoptions or instructions.

    Attributes:
        column: from 1.
        fact: which of them.
        heading: what it says of every cell, such as the channel; empty over free text.
    """

    column: int
    fact: Fact
    heading: Event


class Layout(NamedTuple):
    """Rows of headings, read.

    Attributes:
        kind: what the rows below record.
        row: the number of the last row of headings.
        columns: column by canonical heading.
        missing: required headings that are not there.
        twice: headings over more than one column.
        free: what stands over the columns that are not read.
        headed: every column over which something stands.
        events: columns that tell what became of submissions.
        undeclared: columns that tell of it by a name that the rulebook does not declare.
        places: the row in which the heading of a column stands.
        context: all headings, `bare`, in the order of spelling, a line each.
        decided: the headings that are read as somebody said, with what they mean.
        unsure: columns that look like authors by a name that is not known.
        years: that the sheet's name and what stands above the headings tell.
    """

    kind: Kind
    row: int
    columns: dict[str, int]
    missing: tuple[str, ...] = ()
    twice: tuple[Twice, ...] = ()
    free: Mapping[int, str] = {}
    headed: frozenset[int] = frozenset()
    events: tuple[EventColumn, ...] = ()
    undeclared: Mapping[int, str] = {}
    places: Mapping[int, int] = {}
    context: str = ""
    decided: Mapping[str, str] = {}
    unsure: Mapping[int, str] = {}
    years: frozenset[int] = frozenset()

    @property
    def unread(self) -> tuple[str, ...]:
        """What stands over columns that are not read."""
        return tuple(self.free.values())

    @property
    def first(self) -> int:
        """The column of the first heading that was known."""
        return min(self.columns.values())

    @property
    def read(self) -> frozenset[int]:
        """Every column that is read."""
        return frozenset(self.columns.values()).union(event.column for event in self.events)

    def same_columns(self, other: "Layout") -> bool:
        """Whether the other says the same of the same columns."""
        mine, theirs = (
            (one.kind.fact, one.columns, one.events, one.undeclared, one.unsure)
            for one in (self, other)
        )
        return mine == theirs
