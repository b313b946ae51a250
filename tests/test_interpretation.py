"""docs/interpretation.md against the packaged rulebook: every setting, its values, its cases."""

import re

import pytest

from packaged import ROOT, TEXT, rulebook
from sqmy.errors import ProblemsError
from sqmy.rules import lint, strict_yaml
from sqmy.rules.annotations import Lines
from sqmy.rules.changes import changed
from sqmy.rules.faults import Faults
from sqmy.rules.rulebook import Rulebook
from sqmy.rules.walk import Walker
from tools import readings

PAGE = (ROOT / "docs" / "interpretation.md").read_text(encoding="utf-8")
SECTIONS = {
    int(number): body
    for number, body in re.findall(r"^## 口径(\d+)(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
}
PRESENT, OTHER = "现在的取法", "可以改成"


def settings(number: int, heading: str) -> list[str]:
    """The settings in the first column of a section's table of that heading."""
    table = re.search(
        rf"^\| {heading} \|.*\n\|[- |]+\|\n((?:\|.*\n)*)", SECTIONS[number], re.MULTILINE
    )
    assert table
    return re.findall(r"^\| `([^`]+)` \|", table[1], re.MULTILINE)


NAMED = [(number, PRESENT, code) for number in SECTIONS for code in settings(number, PRESENT)]
OTHERS = [(number, OTHER, code) for number in SECTIONS for code in settings(number, OTHER)]


ELSEWHERE = {"取最高几笔", "后面的替换前面的", "按约定", "不计", "无一", "各自", "按人数均分"}
"""Values for other regulations: no reading of this one, or not to be had by one setting alone."""


def with_setting(code: str) -> Rulebook:
    """The packaged rulebook with `键.键: 值` set."""
    target, _, value = code.partition(": ")
    faults = Faults("口径")
    made = changed(rulebook(), target, strict_yaml.parse(value, "口径"), Walker(faults))
    faults.refuse()
    return made


def parts(code: str) -> set[str]:
    """The keys that lead to a setting, and clauses among them."""
    return set(code.partition(": ")[0].split("."))


@pytest.mark.parametrize(("number", "heading", "code"), NAMED)
def test_a_setting_has_the_value_that_the_document_says(
    number: int, heading: str, code: str
) -> None:
    assert with_setting(code) == rulebook(), (number, heading)


@pytest.mark.parametrize(("number", "heading", "code"), OTHERS)
def test_another_value_can_be_written_and_means_something_else(
    number: int, heading: str, code: str
) -> None:
    made = with_setting(code)
    assert made != rulebook(), (number, heading)
    assert list(lint.check(made, Lines())) == []


@pytest.mark.parametrize(("number", "heading", "code"), NAMED)
def test_every_value_that_may_be_written_is_told(number: int, heading: str, code: str) -> None:
    target = code.partition(": ")[0]
    words: set[str] = set()  # a number or a text has no list
    try:
        with_setting(f"{target}: ？")
    except ProblemsError as error:
        if allowed := re.search("只能写：(.*)。$", str(error)):
            words = set(allowed[1].split("、"))
    key = target.rpartition(".")[2]
    told = {
        other.partition(": ")[2]
        for place, _, other in (*NAMED, *OTHERS)
        if place == number and other.partition(": ")[0].rpartition(".")[2] == key
    }
    assert words - ELSEWHERE <= told, heading


def test_every_reading_that_the_rulebook_marks_has_its_section() -> None:
    marked = [
        (int(number), line.partition("#")[0])
        for line in TEXT.splitlines()
        for found in re.findall(r"口径(\d+(?:、\d+)*)", line.partition("#")[2])
        for number in found.split("、")
    ]
    assert {number for number, _ in marked} <= set(SECTIONS)
    for number, written in marked:
        words = set(re.findall(r"[^\s:{},\[\]-]+", written))
        told = {part for place, _, code in NAMED if place == number for part in parts(code)}
        assert words & told, f"口径{number}: {written}"


def test_the_readings_are_those_of_the_worked_cases() -> None:
    shown = {number for case in readings.worked_cases() for number in case.readings}
    assert shown == set(SECTIONS)
    for number, section in SECTIONS.items():
        assert f"<!-- 算例：口径{number} -->" in section
        assert section.count("\n- ") >= 1
        assert section.count("\n  - ") >= 1  # and what another reading would give
