"""The packaged rulebook, and ways to break it."""

from pathlib import Path

import pytest

from sqmy.errors import Problem, ProblemsError
from sqmy.rules import reader
from sqmy.rules.rulebook import Rulebook

ROOT = Path(__file__).parent.parent
RULEBOOK = ROOT / "rules" / "scoring.yaml"
CASES = ROOT / "rules" / "scoring.cases.yaml"
TEXT = RULEBOOK.read_text(encoding="utf-8")


def rulebook() -> Rulebook:
    """The packaged rulebook as read."""
    return reader.read(TEXT, "scoring.yaml")


def patched(old: str, new: str) -> str:
    """Its text with one piece, which occurs once, replaced."""
    assert TEXT.count(old) == 1, old
    return TEXT.replace(old, new)


def refusal(text: str) -> tuple[Problem, ...]:
    """What the reader says to a bad text."""
    with pytest.raises(ProblemsError) as caught:
        reader.read(text, "办法.yaml")
    return caught.value.problems
