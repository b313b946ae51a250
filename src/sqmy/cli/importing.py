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
from sqmy.days import read_day
from sqmy.errors import SqmyError

if TYPE_CHECKING:
    from sqmy.workspace.desk import Desk
    from sqmy.workspace.import_report import ImportReport
    from sqmy.workspace.import_run import Decisions
    from sqmy.workspace.importing import Import


class Wanted(NamedTuple):
    """What the command line asks for.

    Attributes:
        paths: the files.
        year_of: of days that lack theirs.
        undated_on: the day of what is only marked.
        number_by_year: numbers begin anew each year.
        dry_run: look it through, write nothing.
        future: allow days after today.
        because: why what is changed is right.
        new_term: 换届, the first day of the new term.
        answers: the sheet in which doubtful spellings are decided, or are to be.
        returned: where to write the files back to their makers.
        yes: write without asking.
        shown: `table` or `json`.
    """

    paths: Sequence[Path]
    year_of: int | None = None
    undated_on: str | None = None
    number_by_year: bool = False
    dry_run: bool = False
    future: bool = False
    because: str | None = None
    new_term: str | None = None
    answers: Path | None = None
    returned: Path | None = None
    yes: bool = False
    shown: str = "table"


def carry_out(desk: "Desk", wanted: Wanted) -> None:
    """Import the files and say what it came to.

    Raises:
        SqmyError: something is wrong or doubtful; nothing was written.
        KeyboardInterrupt: the clerk breaks off, or does not want it written.
    """
    from sqmy.workspace.importing import Import, settled

    seated = somebody() and not wanted.yes and wanted.shown == "table"
    decisions = _decisions(wanted)
    work = Import(
        desk.ledger,
        desk.operator,
        desk.vocabulary,
        wanted.paths,
        settled(wanted.year_of, wanted.undated_on, number_by_year=wanted.number_by_year),
        future=wanted.future,
    )
    report = _talked(desk, work, decisions, wanted) if seated else _through(work, decisions, wanted)
    if wanted.shown == "json":
        _show_json(report)
    elif wanted.dry_run and not seated:
        _show(report, wanted)
    elif not report.problems and not report.dry_run:
        say(report)
    told = [*_returned(report, wanted), *_proposed(desk, report, wanted.answers)]
    if report.problems:
        raise SqmyError("\n".join([str(report.refusal()), *told]))
    for words in told:
        say(words, err=wanted.shown == "json")


def _decisions(wanted: Wanted) -> "Decisions":
    """What is decided already: on the command line, and in the sheet where it is there."""
    from sqmy.workspace import answer_sheets
    from sqmy.workspace.answers import Answers
    from sqmy.workspace.import_run import Decisions

    path = wanted.answers
    answers = answer_sheets.read(path) if path and path.exists() else Answers()
    first = read_day(wanted.new_term) if wanted.new_term else None
    return Decisions(answers, wanted.because, first)


def _through(work: "Import", decisions: "Decisions", wanted: Wanted) -> "ImportReport":
    """Without asking."""
    from sqmy.reports.render.progress import progress

    if wanted.dry_run:
        decisions = decisions.rehearsed()
    with progress() as step:
        work.read(decisions.answers, step)
        return work.carry_out(decisions, dry_run=wanted.dry_run, progress=step)


def _talked(desk: "Desk", work: "Import", decisions: "Decisions", wanted: Wanted) -> "ImportReport":
    """With somebody who is asked, and who looks it through."""
    from sqmy.cli.import_talk import Talk

    talk = Talk(desk, work, decisions)
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


def _returned(report: "ImportReport", wanted: Wanted) -> list[str]:
    """Write the files back to their makers, where that is asked for; what was written."""
    from sqmy.workspace.returning import write_back

    return write_back(report, wanted.paths, wanted.returned) if wanted.returned else []


def _proposed(desk: "Desk", report: "ImportReport", path: Path | None) -> list[str]:
    """Write what is doubtful for somebody to decide, where a file for it is named and not there."""
    from sqmy.workspace import answer_sheets

    doubts = (*report.headings, *report.doubts)
    if path is None or not doubts or path.exists():
        return []
    rows = answer_sheets.write(path, doubts, desk.vocabulary)
    return [f"{rows} 个认不准的写法已写入 {path}。请填好“应是”一列，再执行一遍。"]
