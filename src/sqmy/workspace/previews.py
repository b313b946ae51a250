"""An import looked through before it is written: every row, with counts and what is otherwise."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from sqmy import terms
from sqmy.intake.drafts import Place
from sqmy.reports.model import Cell, Column, Report, Table
from sqmy.reports.publication import Publication
from sqmy.text import cut
from sqmy.workspace.import_report import ImportReport
from sqmy.workspace.outcomes import Outcome
from sqmy.workspace.results import RANKED, Remark, RowResult, results

SHOWN = 12
"""Rows of each table that people are shown; the rest is counted, and stands in the JSON."""

_STATES = tuple(reversed(RANKED))
"""As they are read from left to right: 相同, 新增, 更正, 待定, 有误."""

_TITLE_WIDTH = 40


class Preview:
    """The rows of an import, for people and for programs."""

    def __init__(self, report: ImportReport) -> None:
        self.imported = report

    @cached_property
    def rows(self) -> tuple[RowResult, ...]:
        """Every row."""
        return tuple(results(self.imported))

    def publication(self) -> Publication:
        """In every shape that the formats take."""
        return Publication(self.report, self.value)

    # -- for people --------------------------------------------------------------------------

    def report(self) -> Report:
        """Counts, what is changed, what is new. The refusal tells the rest."""
        tables = (self._counted(), self._changed(), self._new())
        return Report(
            self.imported.headline,
            tuple(table for table in tables if table.rows),
            notes=(
                *(f"{words}。" for words in self.imported.decided),
                *(f"注意：{note}" for note in self.imported.notes),
            ),
        )

    def _counted(self) -> Table:
        counts = self._counts()
        states = [state for state in _STATES if any(count[state] for count in counts.values())]
        columns = (Column(""), *(Column(terms.OUTCOMES[state], "right") for state in states))
        return Table(
            "",
            columns,
            tuple(
                (terms.KINDS.get(kind, "表"), *(str(count[state] or "") for state in states))
                for kind, count in counts.items()
            ),
        )

    def _counts(self) -> dict[str, Counter[str]]:
        """By kind: facts that are new, changed and the same; rows that are doubtful and wrong."""
        counts: dict[str, Counter[str]] = {}
        for kind in (*self.imported.intake.drafts, ""):
            counts[kind] = Counter()
        for outcome in self.imported.outcomes:
            counts[outcome.kind][outcome.state] += 1
        for row in self.rows:
            if row.state in {"doubtful", "wrong"}:
                counts[row.kind][row.state] += 1
        return {kind: count for kind, count in counts.items() if count}

    def _changed(self) -> Table:
        found = [(row, one) for row, one in self._outcomes() if one.state == "changed"]
        rows = [
            (_place(row.place), one.about, f"{terms.KINDS[one.kind]} {change}")
            for row, one in found
            for change in one.changes
        ]
        return _table(f"更正（{len(found)} 项）", ("格子", "编号", "改动"), rows)

    def _new(self) -> Table:
        found = [(row, one) for row, one in self._outcomes() if one.state == "new"]
        rows = [
            (_place(row.place), terms.KINDS[one.kind], cut(one.about, _TITLE_WIDTH), one.remark)
            for row, one in sorted(found, key=lambda pair: not pair[1].remark)
        ]
        return _table(f"新增（{len(rows)} 项）", ("格子", "种类", "编号或名称", "说明"), rows)

    def _outcomes(self) -> Iterator[tuple[RowResult, Outcome]]:
        return ((row, outcome) for row in self.rows for outcome in row.outcomes)

    # -- for programs ------------------------------------------------------------------------

    def value(self) -> dict[str, Any]:
        """All of it, every row."""
        imported = self.imported
        return {
            "files": list(imported.intake.files),
            "dry_run": imported.dry_run,
            "batch": None if imported.batch is None else f"B{imported.batch}",
            "counts": {
                kind or "sheet": {state: count[state] for state in _STATES}
                for kind, count in self._counts().items()
            },
            "rows": [_row_value(row) for row in self.rows],
            "decided": list(imported.decided),
            "notes": list(self.imported.notes),
        }


def _row_value(row: RowResult) -> dict[str, Any]:
    place = row.place
    return {
        "file": place and place.source.file,
        "sheet": place and place.source.sheet,
        "row": place and place.row,
        "kind": row.kind or None,
        "state": row.state,
        "facts": [_outcome_value(outcome) for outcome in row.outcomes],
        "problems": [_remark_value(remark) for remark in row.remarks],
    }


def _outcome_value(outcome: Outcome) -> dict[str, Any]:
    return {
        "kind": outcome.kind,
        "state": outcome.state,
        "about": outcome.about,
        "changes": [change._asdict() for change in outcome.changes],
        "remark": outcome.remark or None,
    }


def _remark_value(remark: Remark) -> dict[str, Any]:
    doubt = remark.doubt
    return {
        "cell": remark.problem.place,
        "message": remark.problem.message,
        "written": doubt and doubt.written,
        "candidates": [candidate._asdict() for candidate in doubt.candidates] if doubt else [],
    }


def _place(place: Place | None) -> str:
    return place.cell("") if place else ""


def _table(title: str, headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> Table:
    """A table of at the most so many rows; what is left out is counted."""
    left = len(rows) - SHOWN
    return Table(
        title,
        tuple(Column(heading) for heading in headings),
        tuple(tuple(row) for row in rows[:SHOWN]),
        notes=(f"……还有 {left} 行。",) if left > 0 else (),
    )
