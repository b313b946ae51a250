"""Rows as drafts of facts: read, checked against the rulebook's words, not yet against a ledger.

A draft keeps names and numbers as they are written, since only the ledger knows who is meant,
and its place, so that whatever is found later can name the very cell.
"""

from collections.abc import Mapping
from typing import NamedTuple

from sqmy.days import Day
from sqmy.intake.grid import Fault, Source, fault
from sqmy.intake.layouts import Layout
from sqmy.text import clean


class Place(NamedTuple):
    """A row of a sheet, with the headings above it.

    Attributes:
        source: the sheet.
        layout: what the headings say.
        row: its number in the sheet; of an item that takes several lines, the first.
        at: the column of the one cell that the draft is read from, as an adoption in a ledger
            sheet is; None for a draft that takes the whole row.
    """

    source: Source
    layout: Layout
    row: int
    at: int | None = None

    @property
    def table(self) -> str:
        """What tells the rows of one table from those of every other of the same intake.

        Two equal rows of a table are two facts; a row of another table tells the same once more.
        """
        return f"{self.source.order}:{self.layout.row}"

    def __str__(self) -> str:
        sheet = "" if self.source.sheet is None else f"，工作表「{clean(self.source.sheet)}」"
        return f"文件 {clean(self.source.file)}{sheet}，第 {self.row} 行"

    def cell(self, heading: str) -> str:
        """`X.xlsx 报送!C7`; the first known column where there is no such heading.

        Of a draft that is read from one cell, that cell, whatever the heading.
        """
        return self.source.at(self.row, self._column(heading))

    def fault(self, heading: str, message: str) -> Fault:
        """A problem of the cell under that heading."""
        return fault(self.source, self.row, self._column(heading), message)

    def _column(self, heading: str) -> int:
        return self.at or self.layout.columns.get(heading, self.layout.first)


class UnitRow(NamedTuple):
    """A unit's state from a day on; None leaves what the unit was before."""

    place: Place
    name: str
    kind: str | None
    peer_group: str | None
    assessed: bool | None
    aliases: tuple[str, ...]
    since: Day | None


class MemberRow(NamedTuple):
    """A person with appointments to roles, all of the same days."""

    place: Place
    name: str
    unit: str
    roles: tuple[str, ...]
    sector: str | None
    phone: str | None
    since: Day | None
    until: Day | None


class SubmissionRow(NamedTuple):
    """An item; authors and units as written, `by_unit` None where 署名 is left out.

    `number` and `submitted_on` are "" in a sheet without such a column: the title tells the item.
    What became of it stands in drafts of its own, each at the cell that tells it.
    """

    place: Place
    number: str
    title: str
    authors: str
    units: str
    submitted_on: Day
    by_unit: bool | None
    body: str | None
    attributes: tuple[tuple[str, str], ...]


class ReviewRow(NamedTuple):
    """One step of the review chain."""

    place: Place
    number: str
    stage: str
    verdict: str
    reviewed_on: Day
    reviewer: str | None
    opinion: str | None


class ForwardingRow(NamedTuple):
    """Sent up to each of the channels."""

    place: Place
    number: str
    channels: tuple[str, ...]
    forwarded_on: Day


class AdoptionRow(NamedTuple):
    """Adopted by each of the channels; `form` None where 采用方式 is left out."""

    place: Place
    number: str
    channels: tuple[str, ...]
    form: str | None
    adopted_on: Day
    journal: str | None
    issue: str | None
    attributes: tuple[tuple[str, str], ...] = ()


class InstructionRow(NamedTuple):
    """Instructions by leaders of each of the ranks."""

    place: Place
    number: str
    ranks: tuple[str, ...]
    instructed_on: Day
    leader: str | None
    content: str | None
    attributes: tuple[tuple[str, str], ...] = ()


class FindingRow(NamedTuple):
    """A finding of each of the kinds; exactly one of number, member and unit is not empty."""

    place: Place
    number: str
    member: str
    unit: str
    kinds: tuple[str, ...]
    found_on: Day
    grounds: str | None
    attributes: tuple[tuple[str, str], ...] = ()


Draft = (
    UnitRow
    | MemberRow
    | SubmissionRow
    | ReviewRow
    | ForwardingRow
    | AdoptionRow
    | InstructionRow
    | FindingRow
)

KIND_OF: Mapping[type[Draft], str] = {
    UnitRow: "unit",
    MemberRow: "member",
    SubmissionRow: "submission",
    ReviewRow: "review",
    ForwardingRow: "forwarding",
    AdoptionRow: "adoption",
    InstructionRow: "instruction",
    FindingRow: "finding",
}
"""The kind of fact that a draft is of."""
