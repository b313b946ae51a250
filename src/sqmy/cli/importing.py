"""An import at the command line: in a script straight through, at a terminal looked through first.

Somebody at a terminal is asked about every doubtful spelling, sees what the rows come to, and
says yes. In a script nothing is asked: what is doubtful is refused, with all that may be meant.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from sqmy.cli.asking import somebody
from sqmy.cli.desk import say
from sqmy.cli.show import show_json, show_report

if TYPE_CHECKING:
    from sqmy.intake.settled import Settled
    from sqmy.workspace.answers import Answers
    from sqmy.workspace.desk import Desk
    from sqmy.workspace.importing import Import, ImportReport


class Wanted(NamedTuple):
    """What the command line asks for.

    Attributes:
        paths: the files.
        settled: what is answered beforehand where sheets leave it open.
        dry_run: look it through, write nothing.
        future: allow days after today.
        because: why what is changed is right.
        answers: the sheet in which doubtful spellings are decided, or are to be.
        yes: write without asking.
        shown: `table` or `json`.
    """

    paths: Sequence[Path]
    settled: "Settled"
    dry_run: bool = False
    future: bool = False
    because: str | None = None
    answers: Path | None = None
    yes: bool = False
    shown: str = "table"


def carry_out(desk: "Desk", wanted: Wanted) -> None:
    """Import the files and say what it came to.

    Raises:
        SqmyError: something is wrong or doubtful; nothing was written.
        KeyboardInterrupt: the clerk breaks off, or does not want it written.
    """
    seated = somebody() and not wanted.yes and wanted.shown == "table"
    answers = _answers(wanted.answers)
    work = _opened(desk, wanted)
    report = _talked(desk, work, answers, wanted) if seated else _through(work, answers, wanted)
    if wanted.shown == "json":
        _show_json(report)
    elif wanted.dry_run and not seated:
        _show(report, wanted)
    elif not report.problems and not report.dry_run:
        say(report)
    if report.problems:
        _propose(desk, report, wanted.answers)
        raise report.refusal()


def _answers(path: Path | None) -> "Answers":
    """What is decided already: in the file, where it is there."""
    from sqmy.workspace import answer_sheets
    from sqmy.workspace.answers import Answers

    return answer_sheets.read(path) if path and path.exists() else Answers()


def _opened(desk: "Desk", wanted: Wanted) -> "Import":
    from sqmy.reports.render.progress import progress
    from sqmy.workspace.importing import opened

    with progress() as step:
        return opened(desk, wanted.paths, wanted.settled, future=wanted.future, progress=step)


def _through(work: "Import", answers: "Answers", wanted: Wanted) -> "ImportReport":
    """Without asking."""
    from sqmy.reports.render.progress import progress
    from sqmy.workspace.import_run import REHEARSED, Decisions

    reason = wanted.because or (REHEARSED if wanted.dry_run else None)
    with progress() as step:
        return work.carry_out(Decisions(answers, reason), dry_run=wanted.dry_run, progress=step)


def _talked(desk: "Desk", work: "Import", answers: "Answers", wanted: Wanted) -> "ImportReport":
    """With somebody who is asked, and who looks it through."""
    from sqmy.cli.import_talk import Talk

    talk = Talk(desk, work, answers, wanted.because)
    seen = talk.through()
    _show(seen, wanted)
    if seen.problems or wanted.dry_run or not seen.writes:
        return seen
    return talk.agreed_on(seen)


def _show(report: "ImportReport", wanted: Wanted) -> None:
    from sqmy.workspace.previews import Preview

    show_report(Preview(report).report())
    if report.changed and wanted.because is None and wanted.dry_run:
        say("有更正的行，正式导入时要加 --because 理由。")


def _show_json(report: "ImportReport") -> None:
    from sqmy.workspace.previews import Preview

    show_json(Preview(report).value())


def _propose(desk: "Desk", report: "ImportReport", path: Path | None) -> None:
    """Write what is doubtful for somebody to decide, where a file for it is named and not there."""
    from sqmy.workspace import answer_sheets

    if path is not None and report.doubts and not path.exists():
        rows = answer_sheets.write(path, report.doubts, desk.vocabulary)
        say(f"{rows} 个认不准的写法已写入 {path}。请填好“应是”一列，再执行一遍。", err=True)
