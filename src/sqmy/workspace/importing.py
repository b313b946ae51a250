"""Importing spreadsheets: all files in one transaction, or nothing at all.

What is in the ledger already adds nothing, so that the same file twice is the same as once. A
row is refused with its cell; all of them are told together.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sqmy import terms
from sqmy.errors import ProblemsError
from sqmy.intake import files
from sqmy.intake.files import Intake, Progress
from sqmy.intake.grid import Fault
from sqmy.ledger.database import Ledger
from sqmy.ledger.records import Records
from sqmy.vocabulary import Vocabulary
from sqmy.workspace.import_items import import_events, import_submissions
from sqmy.workspace.import_register import import_members, import_units
from sqmy.workspace.import_run import Run


class Counted(NamedTuple):
    """How many rows of a kind were new, and how many the ledger held already."""

    kind: str
    new: int
    same: int

    def __str__(self) -> str:
        same = f"，已有 {self.same} 条" if self.same else ""
        return f"{terms.KINDS[self.kind]}：新记 {self.new} 条{same}"


class ImportReport(NamedTuple):
    """What an import came to.

    Attributes:
        batch: its number, shown as `B7`; None if nothing was new, or for a rehearsal.
        dry_run: a rehearsal: nothing was written.
        counts: for each kind of fact that the files hold.
        notes: what was skipped and left aside, in sentences.
    """

    batch: int | None
    dry_run: bool
    counts: tuple[Counted, ...]
    notes: tuple[str, ...]

    @property
    def new(self) -> int:
        """Rows that are new, of all kinds."""
        return sum(counted.new for counted in self.counts)

    def __str__(self) -> str:
        if not self.counts:
            headline = "表里没有填内容，台账没有变化。"
        elif self.dry_run:
            headline = "检查通过，没有写入。正式导入时将有："
        elif self.batch is None:
            headline = "没有新的内容，台账没有变化。"
        else:
            headline = f"已导入，为 B{self.batch} 批（要整批撤销，用 sqmy void B{self.batch}）："
        return "\n".join(
            [headline, *(f"  {one}" for one in self.counts), *(f"注意：{n}" for n in self.notes)]
        )


def import_files(
    ledger: Ledger,
    operator: str,
    vocabulary: Vocabulary,
    paths: Sequence[Path],
    *,
    dry_run: bool = False,
    future: bool = False,
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
        progress: told from time to time how far it is.

    Raises:
        ProblemsError: with every bad row of every file; nothing was written.
        SqmyError: the ledger cannot be written.
    """
    intake = files.read(paths, vocabulary, progress)
    with ledger.writing(dry_run=dry_run):
        run = Run(Records(ledger, operator, future=future), intake, progress)
        import_units(run)
        import_members(run)
        import_submissions(run)
        import_events(run)
        if run.faults:
            raise _refusal(intake, run.faults)
    return ImportReport(
        None if dry_run else run.records.batch,
        dry_run,
        tuple(Counted(kind, *run.counts[kind]) for kind in intake.drafts if kind in run.counts),
        tuple(intake.notes),
    )


def _refusal(intake: Intake, faults: Sequence[Fault]) -> ProblemsError:
    problems = [fault.problem for fault in sorted(faults)]
    skipped = f"（{'、'.join(intake.skipped)}没有认出标题行，没有读）" if intake.skipped else ""
    return ProblemsError(f"有 {len(problems)} 处有误，什么也没有写入{skipped}：", problems)
