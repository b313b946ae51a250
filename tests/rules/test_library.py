"""The library: every published standard in it is sound, and its worked cases hold.

Cases are scored by the very engine, from the compiled form, as `sqmy rules test` does.
"""

import re
from pathlib import Path

import pytest

from packaged import ROOT
from sqmy.reports.render.terminal import lines
from sqmy.reports.rules import rules_report
from sqmy.workspace import rulebooks

LIBRARY = ROOT / "rules" / "library"
CASES = sorted(LIBRARY.glob("*.cases.yaml"))
RULEBOOKS = sorted(set(LIBRARY.glob("*.yaml")) - set(CASES))

each = pytest.mark.parametrize("path", RULEBOOKS, ids=[path.stem for path in RULEBOOKS])


def test_each_rulebook_has_its_cases_and_each_number_is_used_once() -> None:
    assert [rulebooks.cases_beside(path) for path in RULEBOOKS] == CASES
    numbers = [path.name.partition("-")[0] for path in RULEBOOKS]
    assert numbers == sorted(set(numbers))


@each
def test_it_is_sound_and_there_is_no_advice(path: Path) -> None:
    _, advice = rulebooks.examined(path)
    assert advice == []


@each
def test_its_cases_hold_and_every_clause_has_one(path: Path) -> None:
    trial = rulebooks.test_rulebook(path, None)
    assert trial.problems == ()
    assert trial.passed


@each
def test_it_says_where_it_is_from(path: Path) -> None:
    head = re.match(r"(?:#.*\n)+", path.read_text(encoding="utf-8"))
    assert head
    assert "公开发表" in head[0]


@each
def test_it_can_be_shown_as_tables(path: Path) -> None:
    rulebook = rulebooks.rulebook_of(path)
    shown = "\n".join(lines(rules_report(rulebook), None))
    for clause in rulebook.clauses:
        assert clause in shown
