"""Any text in a report: harmless on a terminal, and in every file that a report is written to."""

import json
from pathlib import Path
from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st

from fuzzing import MARKUP, bounded, cases, promised, words
from sqmy import text
from sqmy.intake.exported import SUFFIXES, Export
from sqmy.reports.model import Column, Report, Section, Table
from sqmy.reports.publication import Publication
from sqmy.reports.render import files, terminal

COLUMNS = (Column("编号"), Column("标题"), Column("得分", "right"))
HARMFUL = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def texts() -> st.SearchStrategy[str]:
    """A title, a name, a remark."""
    return words("关于", "建议", "杜若", "1", "-", " ", *MARKUP)


def report(rows: list[tuple[str, str, str]], said: str) -> Report:
    """A report that quotes them wherever a report quotes anything."""
    table = Table(said, COLUMNS, tuple(rows))
    return Report(said, (Section(said, (said, table)),), (said,), (said,))


@given(st.lists(st.tuples(texts(), texts(), texts()), max_size=4), texts(), st.integers(40, 120))
@cases(60)
def test_a_terminal(rows: list[tuple[str, str, str]], said: str, width: int) -> None:
    with bounded():
        for limit in (width, None):
            for line in terminal.lines(report(rows, said), limit):
                assert not HARMFUL.intersection(map(category, line)), line
                assert limit is None or text.display_width(line) <= limit


@given(st.lists(st.tuples(texts(), texts(), texts()), max_size=3), texts())
@cases(25)
def test_every_kind_of_file(rows: list[tuple[str, str, str]], said: str) -> None:
    """Of what can be kept at all; each file is sound and says the same as the others."""
    kept = [tuple(promised(text.name, cell, "标题") or "" for cell in row) for row in rows]
    told = promised(text.name, said, "标题") or "题"
    made = report(kept, told)  # type: ignore[arg-type]
    publication = Publication(lambda: made, lambda: [*kept, told])
    for suffix in files.FORMATS:
        with bounded():
            content = files.content(Path(f"报表{suffix}"), publication)
        if suffix == ".json":
            assert json.loads(content) == [*map(list, kept), told]
        if suffix in SUFFIXES:
            assert told[:5] in "\n".join(Export(content, suffix).lines()) or suffix == ".md"
            assert not {"\x1b", "\x00"}.intersection(content.decode("utf-8", "replace")) or (
                suffix in {".xlsx", ".docx"}
            )
