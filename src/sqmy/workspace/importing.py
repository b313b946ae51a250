"""Importing spreadsheets: all files in one transaction, or nothing at all.

What is in the ledger already adds nothing, so that the same file twice is the same as once. A
row that cannot be recorded, or of which it is not certain what it means, is told with its cell;
all of them together. The files are read once, rehearsed as often as somebody is asked about
them, and written once.
"""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sqmy import terms
from sqmy.days import read_day
from sqmy.errors import Problem, ProblemsError, SqmyError
from sqmy.intake import files
from sqmy.intake.files import Intake, Progress
from sqmy.intake.grid import Fault
from sqmy.intake.settled import NOTHING, Settled
from sqmy.ledger import reading
from sqmy.ledger.database import Ledger
from sqmy.ledger.records import Records
from sqmy.vocabulary import Vocabulary
from sqmy.workspace.desk import Desk
from sqmy.workspace.import_items import import_events, import_submissions
from sqmy.workspace.import_register import import_members, import_units
from sqmy.workspace.import_run import UNDECIDED, Decisions, Run
from sqmy.workspace.outcomes import Doubt, Mention, Outcome


class Counted(NamedTuple):
    """How many facts of a kind the rows hold: new, in the ledger already, or changed."""

    kind: str
    new: int
    same: int
    changed: int = 0

    def __str__(self) -> str:
        same = f"，已有 {self.same} 条" if self.same else ""
        changed = f"，更正 {self.changed} 条" if self.changed else ""
        return f"{terms.KINDS[self.kind]}：新记 {self.new} 条{changed}{same}"


class ImportReport(NamedTuple):
    """What an import came to.

    Attributes:
        intake: what the files hold.
        batch: its number, shown as `B7`; None if nothing was new, refused, or for a rehearsal.
        dry_run: a rehearsal: nothing was written.
        outcomes: of every fact that could be recorded, in the order of recording.
        decided: what came of the decisions about names, in sentences.
        faults: what is wrong.
        doubts: what is not certain, with the cells it stands in.
        notes: what was skipped and left aside, in sentences.
        head: the ledger as it was before.
    """

    intake: Intake
    batch: int | None
    dry_run: bool
    outcomes: tuple[Outcome, ...]
    decided: tuple[str, ...]
    faults: tuple[Fault, ...]
    doubts: tuple[tuple[Doubt, tuple[Mention, ...]], ...]
    notes: tuple[str, ...]
    head: tuple[int, str]

    @property
    def counts(self) -> tuple[Counted, ...]:
        """For each kind of fact that the files hold, how many."""
        states = Counter((outcome.kind, outcome.state) for outcome in self.outcomes)
        kinds = {kind for kind, _ in states}
        return tuple(
            Counted(kind, states[kind, "new"], states[kind, "same"], states[kind, "changed"])
            for kind in self.intake.drafts
            if kind in kinds
        )

    @property
    def new(self) -> int:
        """Rows that are new, of all kinds."""
        return sum(counted.new for counted in self.counts)

    @property
    def changed(self) -> int:
        """Rows that are otherwise in the ledger, of all kinds."""
        return sum(counted.changed for counted in self.counts)

    @property
    def writes(self) -> bool:
        """Whether there is anything to be written."""
        return bool(self.new or self.changed or self.decided)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that keeps it from being written, in the order of the files."""
        doubtful = [
            mention.place.fault(mention.heading, doubt.message)
            for doubt, mentions in self.doubts
            for mention in mentions
        ]
        return tuple(fault.problem for fault in sorted([*self.faults, *doubtful]))

    def refusal(self) -> ProblemsError:
        """The refusal, where there are problems."""
        skipped = self.intake.skipped
        aside = f"（{'、'.join(skipped)}没有认出标题行，没有读）" if skipped else ""
        problems = self.problems
        return ProblemsError(f"有 {len(problems)} 处有误，什么也没有写入{aside}：", problems)

    @property
    def headline(self) -> str:
        """What it came to, in a sentence."""
        if self.problems:
            return "有的行还不能写入，什么也没有写入。"
        if not self.outcomes:
            return "表里没有填内容，台账没有变化。"
        if not self.writes:
            return "没有新的内容，台账没有变化。"
        if self.dry_run:
            return "检查通过，没有写入。正式导入时将有："
        return f"已导入，为 B{self.batch} 批（要整批撤销，用 sqmy void B{self.batch}）："

    def __str__(self) -> str:
        lines = (*map(str, self.counts), *(f"{words}。" for words in self.decided))
        return "\n".join(
            [self.headline, *(f"  {line}" for line in lines), *(f"注意：{n}" for n in self.notes)]
        )


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
        intake: what the files hold.
        future: allow days after today.
    """

    def __init__(
        self,
        ledger: Ledger,
        operator: str,
        vocabulary: Vocabulary,
        intake: Intake,
        *,
        future: bool = False,
    ) -> None:
        self.ledger = ledger
        self.operator = operator
        self.vocabulary = vocabulary
        self.intake = intake
        self.future = future

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
        run = Run(records, self.vocabulary, self.intake, decisions, progress)
        import_units(run)
        import_members(run)
        import_submissions(run)
        import_events(run)
        return run

    def _report(self, run: Run, head: tuple[int, str], *, dry_run: bool) -> ImportReport:
        return ImportReport(
            self.intake,
            None if dry_run or run.faults or run.doubts else run.records.batch,
            dry_run,
            tuple(run.outcomes),
            tuple(run.decided),
            tuple(run.faults),
            tuple((doubt, tuple(mentions)) for doubt, mentions in run.doubts.items()),
            tuple(run.notes),
            head,
        )


def opened(
    desk: Desk,
    paths: Sequence[Path],
    settled: Settled,
    *,
    future: bool,
    progress: Progress | None,
) -> Import:
    """Files read for an import into the ledger of a desk; the arguments as `import_files`."""
    intake = files.read(paths, desk.vocabulary, progress, settled)
    return Import(desk.ledger, desk.operator, desk.vocabulary, intake, future=future)


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
    intake = files.read(paths, vocabulary, progress, settled)
    work = Import(ledger, operator, vocabulary, intake, future=future)
    report = work.carry_out(decisions, dry_run=dry_run, progress=progress)
    if report.problems:
        raise report.refusal()
    return report
