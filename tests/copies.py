"""Ledgers that are copied through the canonical workbook, and what they hold, told by names."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from oracle import Json
from sqmy import facts
from sqmy.facts import Edition, FactId
from sqmy.ledger import reading
from sqmy.ledger.database import Ledger
from sqmy.ledger.records import Records
from sqmy.ledger.sqlite import in_memory
from sqmy.reports.scores import score_json
from sqmy.workspace.desk import Desk
from sqmy.workspace.exporting import Exported, export
from sqmy.workspace.import_report import ImportReport
from sqmy.workspace.importing import import_files
from sqmy.workspace.rulebooks import edition_of
from sqmy.workspace.scores import year_scores

EVENTS = ("review", "forwarding", "adoption", "instruction", "finding")
Contents = dict[str, list[Any]]


def new_desk(*editions: Edition) -> Desk:
    """A desk with a new ledger in memory, with these editions or the packaged rulebook."""
    ledger = in_memory()
    with ledger.writing():
        for edition in editions or (edition_of(None),):
            Records(ledger, "测试").adopt_rulebook(edition)
    return Desk(ledger, "测试")


def take(desk: Desk, *paths: Path) -> ImportReport:
    """Import workbooks; days to come are days like others."""
    report = import_files(desk.ledger, desk.operator, desk.vocabulary, paths, future=True)
    desk.refresh()
    return report


def copied(desk: Desk, path: Path, year: int | None = None) -> tuple[Exported, Desk]:
    """What is said of an export, and a new ledger into which it was imported."""
    told = export(desk, path, year)
    copy = new_desk(*(edition for _, edition in desk.editions))
    assert take(copy, path).new == sum(told.counts.values())
    return told, copy


def contents(ledger: Ledger) -> Contents:
    """Everything live in the order of recording, with names and numbers for references."""
    register = reading.register(ledger)
    numbers = {item: title.number for item, title in reading.titles(ledger).items()}
    found: Contents = {
        "unit": [
            (unit.aliases, *(state._replace(unit=0) for state in unit.states))
            for unit in register.units.values()
        ],
        "member": [
            (
                register.full_name(member.id),
                member.sector,
                _live(ledger, "member", member.id).phone,
                [(term.role, term.since, term.until) for term in member.terms],
            )
            for member in register.members.values()
        ],
    }
    for kind, order in (("submission", "item"), *((event, "fact") for event in EVENTS)):
        rows = ledger.rows(f"SELECT fact FROM live_{kind} ORDER BY {order}")  # noqa: S608
        found[kind] = [
            _named(_live(ledger, kind, fact), register_names(ledger), numbers) for (fact,) in rows
        ]
    return found


def register_names(ledger: Ledger) -> dict[FactId, str]:
    """What units and members are called."""
    register = reading.register(ledger)
    return {unit.id: unit.name for unit in register.units.values()} | {
        member: register.full_name(register.merged.get(member, member))
        for member in (*register.members, *register.merged)
    }


def _live(ledger: Ledger, kind: str, fact: FactId) -> Any:  # noqa: ANN401 — any kind of fact
    return reading.fact_at(ledger, fact, kind)


def _named(
    fact: facts.Fact, names: dict[FactId, str], numbers: dict[FactId, str]
) -> dict[str, Any]:
    """The fact without what only its own ledger knows."""
    told = fact._asdict()
    for field in ("supersedes", "reason"):
        told.pop(field, None)
    if told.get("item") is not None:
        told["item"] = numbers[told["item"]]
    for field in ("member", "unit"):
        told[field] = names.get(told.get(field) or 0)
    for field in ("authors", "units"):
        told[field] = [names[one] for one in told.get(field, ())]
    return told


def scores(desk: Desk, years: Sequence[int]) -> list[Json]:
    """`score --format json` of these years, without what refers to the ledger's chain."""
    found = []
    for year in years:
        told = score_json(year_scores(desk, year))
        del told["ledger"]
        for holder in (*told["members"], *told["units"]):
            for line in holder["lines"]:
                del line["fact"]
                line["note"] = re.sub(r"F\d+", "F…", line["note"])
        found.append(told)
    return found
