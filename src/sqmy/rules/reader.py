"""Reading a rulebook: text → nodes → values → checks, each step refusing with file and line."""

from pathlib import Path
from typing import Any

from sqmy.errors import Problem
from sqmy.rules import lint
from sqmy.rules.annotations import At
from sqmy.rules.faults import Faults, problems
from sqmy.rules.rulebook import Rulebook
from sqmy.rules.strict_yaml import parse, read_text
from sqmy.rules.walk import Walker

_TITLE = "计分办法"


def read(text: str, source: str) -> Rulebook:
    """The sound rulebook that a text holds.

    Args:
        text: the YAML text.
        source: the file as the clerk named it; every place in a message begins with it.

    Raises:
        ProblemsError: with all that is wrong in writing, or if nothing is, with all that is wrong
            in meaning; each place is `FILE 第 N 行`.
    """
    return examine(text, source)[0]


def read_file(path: Path) -> Rulebook:
    """The sound rulebook that a file holds.

    Raises:
        SqmyError: the file cannot be read.
        ProblemsError: as `read`.
    """
    return read(read_text(path), str(path))


def examine(text: str, source: str) -> tuple[Rulebook, list[Problem]]:
    """A sound rulebook with advice: what is not wrong and deserves a second look.

    Raises:
        ProblemsError: as `read`.
    """
    faults = Faults(source)
    walker = Walker(faults)
    root: Any = parse(text, source)
    rulebook: Rulebook = walker.entry(Rulebook, root, At((), _TITLE, Rulebook, ""))
    faults.refuse()
    for fault in lint.check(rulebook, walker.lines):
        faults.add(*fault)
    faults.refuse()
    return rulebook, problems(source, lint.advice(rulebook, walker.lines))
