"""A report in the shapes that the formats take."""

from collections.abc import Callable
from typing import Any, NamedTuple

from sqmy.reports.model import Column, Report, Sentence, Table, blocks


def worded(report: Report) -> Report:
    """A report without tables, its paragraphs as the rows of one: for formats of tables alone."""
    told = (*report.lead, *blocks(report.body, str), *blocks(report.body, Sentence))
    rows = tuple((str(text),) for text in told)
    return report._replace(lead=(), body=(Table("正文", (Column("内容"),), rows),))


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
        """The table for CSV; of a report without tables its paragraphs."""
        if self.table:
            return self.table()
        report = self.report()
        return (report.tables or worded(report).tables)[0]
