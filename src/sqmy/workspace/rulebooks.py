"""Rulebook files: read, tried out on a ledger, held against their worked cases."""

from pathlib import Path

from sqmy.errors import Problem, SqmyError
from sqmy.facts import Edition
from sqmy.rules import compiled, reader, strict_yaml
from sqmy.rules.rulebook import Rulebook
from sqmy.workspace.data import shipped


def edition_of(path: Path | None) -> Edition:
    """The rulebook of a file, or the packaged one, ready to be recorded.

    Raises:
        ProblemsError: it is not sound; every fault with its line.
    """
    return examined(path)[0]


def examined(path: Path | None) -> tuple[Edition, list[Problem]]:
    """As `edition_of`, with what is not wrong and deserves a second look."""
    path = path or shipped("rules", "scoring.yaml")
    text = strict_yaml.read_text(path)
    rulebook, advice = reader.examine(text, path.name)
    edition = Edition(rulebook.name, rulebook.edition, None, text, compiled.compile_(rulebook))
    return edition, advice


def rulebook_of(path: Path) -> Rulebook:
    """The rulebook of a file."""
    return compiled.load(edition_of(path).compiled)


def packaged_rulebook() -> Rulebook:
    """The rulebook that ships with the program."""
    return rulebook_of(shipped("rules", "scoring.yaml"))


def schema_text() -> str:
    """The JSON Schema of rulebooks, for editors."""
    import json

    from sqmy.rules.schema import schema

    return json.dumps(schema(), ensure_ascii=False, indent=1)


class Trial:
    """The outcome of a rulebook's worked cases.

    Attributes:
        passed: how many cases came out as written.
        problems: what did not, each with its place.
    """

    def __init__(self, passed: int, problems: tuple[Problem, ...]) -> None:
        self.passed = passed
        self.problems = problems


CASES = ".cases.yaml"
"""How the name of a file of worked cases ends."""


def cases_beside(path: Path) -> Path:
    """`scoring.cases.yaml` beside `scoring.yaml`."""
    return path.with_name(f"{path.stem}{CASES}")


def test_rulebook(path: Path | None, cases: Path | None) -> Trial:
    """Score every worked case and compare; a clause without a case is a problem too."""
    from sqmy.rules import cases as case_files
    from sqmy.scoring.cases import run

    path = path or shipped("rules", "scoring.yaml")
    edition = edition_of(path)
    rulebook = compiled.load(edition.compiled)
    cases = cases or cases_beside(path)
    if not cases.is_file():
        raise SqmyError(f"没有算例文件：{cases}。算例与计分办法放在一起，名称以 .cases.yaml 结尾。")
    read = case_files.read_file(cases, rulebook)
    problems: list[Problem] = []
    passed = 0
    for case in read:
        found = run(case)
        problems += found
        passed += not found
    problems += case_files.uncovered(read, rulebook, cases.name)
    return Trial(passed, tuple(problems))
