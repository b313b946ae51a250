"""Whom a report is for: what they are not told never stands in it, and it says so."""

import importlib
import inspect
import json
from pathlib import Path

import docx
import openpyxl
import pytest

from clerk import Clerk
from sqmy.cli.commands import COMMANDS, Command, Group
from sqmy.cli.options import ForAudience, To

OFFICE, UNITS, OPEN = "本机关的题目", "各单位的题目", "公开的题目"

REPORTS = {
    "score": "score --year 2025",
    "explain": "explain 杜若 --year 2025",
    "quota": "quota --year 2025",
    "correct": "correct --year 2025 --quarter 2",
    "standings": "standings --year 2025",
    "stats": "stats --year 2025",
    "bulletin": "bulletin --year 2025 --annual",
    "notice": "notice --year 2025 --quarter 1",
    "certificate": "certificate --year 2025",
    "slip": "slip 杜若 --year 2025",
    "awards": "awards --year 2025",
    "rollup": "rollup {ledger} --year 2025",
    "rules compare": "rules compare --year 2025 --with {rules}",
}
"""A line for every command that writes a report."""

WORKING = {"reconcile"}
"""Working papers that stay in the office: somebody else's list against the whole ledger."""

SILENT = {"quota", "notice", "certificate", "rollup"}
"""Reports that tell of no items, or hold those back altogether that they may not tell of."""

RULES = Path(__file__).parents[2] / "rules" / "scoring.yaml"

FORMATS = (".docx", ".xlsx", ".html", ".md", ".json", ".csv")


@pytest.fixture
def marked(clerk: Clerk) -> Clerk:
    """A county where one item is the office's, one the units', one anybody's; all adopted."""
    clerk.do("seal --year 2025 --quarter 2")  # so that there is something to correct
    for title, mark in ((OFFICE, "内部"), (UNITS, "不公开"), (OPEN, "公开")):
        told = clerk.do(f"submit {title} --author 杜若 --on 2025-03-01 --set 密级={mark}")
        number = told.partition("：")[2].partition("《")[0]
        clerk.do(f"adopt {number} --channel 市政协 --on 2025-04-01")
    return clerk


def functions() -> dict[str, object]:
    """The function of every command, by the words that lead to it."""
    entries: dict[str, Command | Group] = {
        name: entry for part in COMMANDS.values() for name, entry in part.items()
    }
    named = dict(entries)
    for noun, entry in entries.items():
        if isinstance(entry, Group):
            named |= {f"{noun} {name}": command for name, command in entry.commands.items()}
    return {
        words: getattr(importlib.import_module(module), function)
        for words, entry in named.items()
        if isinstance(entry, Command)
        for module, function in [entry.function.split(":")]
    }


def test_every_report_has_an_audience() -> None:
    parameters = {words: inspect.signature(f).parameters for words, f in functions().items()}  # type: ignore[arg-type]
    taking = {
        annotation: {
            words
            for words, own in parameters.items()
            if any(parameter.annotation == annotation for parameter in own.values())
        }
        for annotation in (To, ForAudience)
    }
    assert taking[To] - WORKING == taking[ForAudience] == set(REPORTS)


def words_of(path: Path) -> str:
    """All text of a document, table cells too."""
    return "".join(docx.Document(str(path)).element.itertext())


def text_of(path: Path) -> str:
    """All that stands in a file."""
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        return "\n".join(str(cell.value) for sheet in book for row in sheet for cell in row)
    if path.suffix == ".docx":
        return words_of(path)
    return path.read_text(encoding="utf-8-sig")


def written(clerk: Clerk, line: str, audience: str, folder: Path) -> dict[str, str]:
    """What a report says on the terminal and in files of every format, or while it writes them.

    An official document says nothing of itself; what it leaves out is said beside it.
    """
    line = line.format(ledger=clerk.ledger, rules=RULES)
    found = {"": clerk.run(f"{line} --audience {audience}").out}
    for suffix in FORMATS:
        path = folder / f"{audience}{suffix}"
        outcome = clerk.run(f"{line} --audience {audience} --to", path)
        assert outcome.code == 0, outcome
        found[suffix] = f"{text_of(path)}\n{outcome.err}"
    return found


@pytest.mark.parametrize("report", REPORTS)
@pytest.mark.parametrize(
    ("audience", "known"),
    [("internal", {OFFICE, UNITS, OPEN}), ("units", {UNITS, OPEN}), ("public", {OPEN})],
)
def test_no_report_tells_what_its_audience_may_not_know(
    report: str, audience: str, known: set[str], marked: Clerk, tmp_path: Path
) -> None:
    for suffix, text in written(marked, REPORTS[report], audience, tmp_path).items():
        told = {title for title in (OFFICE, UNITS, OPEN) if title in text}
        assert told <= known, suffix
        if report == "explain" and suffix not in {".csv", ".json"}:
            assert told == known, suffix


@pytest.mark.parametrize("report", sorted(set(REPORTS) - SILENT))
@pytest.mark.parametrize(("audience", "count"), [("units", 1), ("public", 2)])
def test_what_was_left_out_is_said(
    report: str, audience: str, count: int, marked: Clerk, tmp_path: Path
) -> None:
    for suffix, text in written(marked, REPORTS[report], audience, tmp_path).items():
        if suffix != ".csv":
            assert f"略去了标有密级的信息 {count} 条的编号和题目" in text, suffix


def test_points_are_the_same_for_everybody(marked: Clerk) -> None:
    lines = {
        audience: json.loads(
            marked.do(f"explain 杜若 --year 2025 --format json --audience {audience}")
        )
        for audience in ("internal", "units", "public")
    }
    exact = {audience: [line["exact"] for line in own["lines"]] for audience, own in lines.items()}
    assert exact["internal"] == exact["units"] == exact["public"]
    assert [line["submission"] for line in lines["public"]["lines"]].count("（不列）") == 2
    assert "audience" not in lines["internal"]
    assert (lines["units"]["audience"], lines["public"]["audience"]) == ("units", "public")


def test_where_nothing_is_left_out_nothing_is_said(clerk: Clerk) -> None:
    told = clerk.do("score --year 2025 --audience public")
    assert told == clerk.do("score --year 2025")
    value = json.loads(clerk.do("score --year 2025 --audience public --format json"))
    assert (value["audience"], value["left_out"]) == ("public", "")


def test_an_unknown_mark_keeps_an_item_in_the_office(clerk: Clerk) -> None:
    clerk.do(f"submit {OFFICE} --author 杜若 --on 2025-03-01 --set 密级=机密")
    clerk.do("adopt 2025-004 --channel 市政协 --on 2025-04-01")
    assert OFFICE not in clerk.do("explain 杜若 --year 2025 --audience units")


def test_a_mark_can_be_taken_back(marked: Clerk) -> None:
    marked.do("amend 2025-004 --set 密级=公开 --because 已公开发表")
    assert OFFICE in marked.do("explain 杜若 --year 2025 --audience public")


def test_an_unknown_audience_is_refused(clerk: Clerk) -> None:
    told = clerk.refused("score --year 2025 --audience 领导", code=2)
    assert "--audience 的值「领导」不对，可以是 internal、units、public。" in told
