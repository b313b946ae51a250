"""Importing spreadsheets: all files in one transaction, or nothing at all.

What is in the ledger already adds nothing, so that the same file twice is the same as once. A
row that cannot be recorded, or of which it is not certain what it means, is told with its cell;
all of them together. The files are read once, rehearsed as often as somebody is asked about
them, and written once.
"""

from collections.abc import Sequence
from pathlib import Path

from sqmy.days import read_day
from sqmy.errors import ProblemsError, SqmyError
from sqmy.intake import files
from sqmy.intake.files import Intake, Progress
from sqmy.intake.settled import NOTHING, Settled
from sqmy.ledger import reading
from sqmy.ledger.database import Ledger
from sqmy.ledger.names import Names
from sqmy.ledger.records import Records
from sqmy.vocabulary import Vocabulary
from sqmy.workspace.answers import Answers
from sqmy.workspace.desk import Desk
from sqmy.workspace.import_events import import_events
from sqmy.workspace.import_items import import_submissions
from sqmy.workspace.import_register import import_members, import_units
from sqmy.workspace.import_report import ImportReport
from sqmy.workspace.import_run import UNDECIDED, Decisions, Run
from sqmy.workspace.late import late_since
from sqmy.workspace.recognising import (
    heading_doubts,
    known_headings,
    known_titles,
    learnt,
    read_by,
)
from sqmy.workspace.sentences import sentence

Beforehand = Settled
"""What an importer settles beforehand, as the command line hands it over."""


def settled(year: int | None, undated_on: str | None, *, number_by_year: bool) -> Settled:
    """What is answered beforehand where sheets leave it open; the day as it is written.

    Raises:
        SqmyError: it is no day.
    """
    return Settled(year, read_day(undated_on) if undated_on else None, number_by_year)


class Import:
    """Files to be imported into a ledger.

    Args:
        ledger: open, not in a transaction.
        operator: who records.
        vocabulary: the labels of the rulebook in force.
        paths: .xlsx, .xlsm or .csv; several sheets each.
        settled: what was answered beforehand where sheets leave it open.
        future: allow days after today.

    Attributes:
        intake: what the files hold, once they are read.
    """

    intake: Intake

    def __init__(
        self,
        ledger: Ledger,
        operator: str,
        vocabulary: Vocabulary,
        paths: Sequence[Path],
        settled: Settled = NOTHING,
        *,
        future: bool = False,
    ) -> None:
        self.ledger = ledger
        self.operator = operator
        self.vocabulary = vocabulary
        self.paths = paths
        self.settled = settled
        self.future = future

    def read(self, answers: Answers, progress: Progress | None = None) -> None:
        """Read the files, with what is known and answered about their headings."""
        headings = known_headings(self.ledger, answers)
        settled = self.settled._replace(headings=headings)
        self.intake = files.read(self.paths, self.vocabulary, progress, settled)

    def carry_out(
        self,
        decisions: Decisions = UNDECIDED,
        *,
        dry_run: bool = False,
        seen: ImportReport | None = None,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Record what the files hold and the ledger does not; where anything is wrong, nothing.

        Args:
            decisions: who is meant, and why what is changed is right.
            dry_run: do everything, and write nothing.
            seen: the rehearsal that somebody has agreed to.
            progress: told from time to time how far it is.

        Raises:
            SqmyError: the ledger cannot be written, or has changed since the rehearsal.
        """
        report: ImportReport | None = None
        try:
            with self.ledger.writing(dry_run=dry_run):
                head = reading.head(self.ledger)
                if seen and seen.head != head:
                    raise SqmyError("预览以后台账里又登记了别的，没有写入。请重新导入，再看一遍。")
                run = self._run(decisions, progress)
                report = self._report(run, head, dry_run=dry_run)
                if report.problems:
                    raise report.refusal()
        except ProblemsError:
            if report is None:
                raise
        assert report  # noqa: S101 — made, or the error was another
        return report

    def _run(self, decisions: Decisions, progress: Progress | None) -> Run:
        records = Records(self.ledger, self.operator, future=self.future)
        answers = Answers([*known_titles(self.ledger), *decisions.answers])
        decisions = decisions._replace(answers=answers)
        run = Run(records, self.vocabulary, self.intake, decisions, progress)
        import_units(run)
        import_members(run)
        import_submissions(run)
        import_events(run)
        if not run.troubles:
            self._remember(run)
        return run

    @staticmethod
    def _remember(run: Run) -> None:
        """Record what was explained about headings and titles, so that it is not asked again."""
        known = set(reading.recognitions(run.ledger))
        run.notes.extend(read_by(run.intake, known))
        for told in dict.fromkeys((*learnt(run.intake), *run.recognised)):
            if told not in known:
                run.record(run.records.recognise, told)
                run.decided.append(sentence(told, Names(run.ledger)))

    def _report(self, run: Run, head: tuple[int, str], *, dry_run: bool) -> ImportReport:
        return ImportReport(
            self.intake,
            None if dry_run or run.faults or run.doubts else run.records.batch,
            dry_run,
            tuple(run.outcomes),
            tuple(run.decided),
            tuple(run.faults),
            tuple((doubt, tuple(mentions)) for doubt, mentions in run.doubts.items()),
            tuple(heading_doubts(self.intake)),
            (*run.notes, *late_since(Desk(self.ledger, self.operator), head[0])),
            head,
        )


def import_files(
    ledger: Ledger,
    operator: str,
    vocabulary: Vocabulary,
    paths: Sequence[Path],
    *,
    dry_run: bool = False,
    future: bool = False,
    settled: Settled = NOTHING,
    decisions: Decisions = UNDECIDED,
    progress: Progress | None = None,
) -> ImportReport:
    """Record what the files hold and the ledger does not.

    Args:
        ledger: open, not in a transaction.
        operator: who records.
        vocabulary: the labels of the rulebook in force.
        paths: .xlsx, .xlsm or .csv; several sheets each.
        dry_run: do everything, and write nothing.
        future: allow days after today.
        settled: what was answered beforehand where sheets leave it open.
        decisions: who is meant, and why what is changed is right.
        progress: told from time to time how far it is.

    Raises:
        ProblemsError: with every bad row of every file; nothing was written.
        SqmyError: the ledger cannot be written.
    """
    work = Import(ledger, operator, vocabulary, paths, settled, future=future)
    work.read(decisions.answers, progress)
    report = work.carry_out(decisions, dry_run=dry_run, progress=progress)
    if report.problems:
        raise report.refusal()
    return report
