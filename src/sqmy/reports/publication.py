"""A report in the shapes that the formats take."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sqmy.reports.model import Report, Table


class Publication(NamedTuple):
    """One report in the shapes that the formats take, each made only when it is wanted.

    Attributes:
        report: for people.
        value: for programs, as JSON has it.
        table: all of it in one flat table; None for the report's first one.
        workbook: what a workbook holds; None for the report's tables.
        document: what a Word document holds; None for the report.
        letterhead: an office's own .docx, into which the document is written.
    """

    report: Callable[[], Report]
    value: Callable[[], Any]
    table: Callable[[], Table] | None = None
    workbook: Callable[[], Report] | None = None
    document: Callable[[], Report] | None = None
    letterhead: bytes | None = None

    def flat(self) -> Table:
        """The table for CSV."""
        return self.table() if self.table else self.report().tables[0]
