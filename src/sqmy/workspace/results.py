"""What an import came to row by row, as a person looks it through and a returned sheet shows it."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from sqmy.errors import Problem
from sqmy.intake.drafts import Place
from sqmy.workspace.import_report import ImportReport
from sqmy.workspace.outcomes import Doubt, Outcome, State

RANKED: tuple[State, ...] = ("wrong", "doubtful", "changed", "new", "same")
"""A row in which several things happen is what stands first here."""

WITHHELD = "要等它所依据的那一行改好"
"""Why a row came to nothing although nothing is wrong with it itself."""


class Remark(NamedTuple):
    """What is said of a cell: a fault, or a doubt with its candidates.

    Attributes:
        row: of the cell.
        column: of the cell.
        problem: with the cell's name.
        doubt: where it is one.
    """

    row: int
    column: int
    problem: Problem
    doubt: Doubt | None = None


class RowResult(NamedTuple):
    """A row of a sheet.

    Attributes:
        order: of its sheet among all sheets read.
        place: where it is; None for what is said of a heading, a whole sheet or a file.
        kind: of what it tells.
        state: what it came to.
        outcomes: of each fact in it.
        remarks: what is wrong or doubtful, by cell.
    """

    order: int
    place: Place | None
    kind: str
    state: State
    outcomes: tuple[Outcome, ...]
    remarks: tuple[Remark, ...]


def results(report: ImportReport) -> Iterator[RowResult]:
    """Every row that was read, in the order of the files; and what is said of whole sheets."""
    places: dict[tuple[int, int], tuple[str, Place]] = {}
    for drafts in (report.intake.drafts, report.intake.spoiled):
        for kind, rows in drafts.items():
            for draft in rows:
                key = draft.place.source.order, draft.place.row
                places.setdefault(key, (kind, draft.place))
    outcomes: defaultdict[tuple[int, int], list[Outcome]] = defaultdict(list)
    for outcome in report.outcomes:
        outcomes[outcome.place.source.order, outcome.place.row].append(outcome)
    remarks: defaultdict[tuple[int, int], list[Remark]] = defaultdict(list)
    for fault in sorted(report.faults):
        remarks[fault.order, fault.row].append(Remark(fault.row, fault.column, fault.problem))
    for doubt, mentions in report.doubts:
        for place, heading in mentions:
            fault = place.fault(heading, doubt.message)
            remark = Remark(fault.row, fault.column, fault.problem, doubt)
            remarks[fault.order, fault.row].append(remark)
    for key in sorted(places.keys() | remarks.keys()):
        kind, at = places.get(key, ("", None))
        told, said = tuple(outcomes.get(key, ())), tuple(remarks.get(key, ()))
        yield RowResult(key[0], at, kind, _state(told, said), told, said)


def _state(outcomes: tuple[Outcome, ...], remarks: tuple[Remark, ...]) -> State:
    states: set[State] = {outcome.state for outcome in outcomes}
    states |= {"doubtful" if remark.doubt else "wrong" for remark in remarks}
    return next((state for state in RANKED if state in states), "doubtful")
