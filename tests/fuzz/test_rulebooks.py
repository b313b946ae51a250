"""Any text as a rulebook, as its cases, as a profile: read or refused; what is read can score."""

import re
from collections import defaultdict
from contextlib import suppress
from fractions import Fraction
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import packaged
from fuzzing import NUMBERS, bent, cases, promised, words
from sqmy.reports.papers import profile_file
from sqmy.rules import cases as cases_files
from sqmy.rules import compiled, keywords, reader, strict_yaml
from sqmy.rules.casebook import Case
from sqmy.scoring import cases as worked
from sqmy.scoring.awards import Years, award_lists
from sqmy.scoring.conversion import converted
from sqmy.scoring.engine import score

SOURCE = "办法.yaml"
LIBRARY = sorted((packaged.ROOT / "rules" / "library").glob("*.cases.yaml"))
PROFILE = (packaged.ROOT / "rules" / "documents.yaml").read_text(encoding="utf-8")


def rulebook_of(path: Path) -> Path:
    """The rulebook that a file of cases is about."""
    return path.with_name(path.name.replace(".cases.yaml", ".yaml"))


PAIRS = [
    (rulebook_of(path).read_text(encoding="utf-8"), path.read_text(encoding="utf-8"))
    for path in (packaged.CASES, *LIBRARY)
]
"""Every rulebook with its cases."""

_VALUE = re.compile(r"([^\s{}\[\]:,#]+): ([^\s{}\[\],#][^{}\[\],#\n]*)")
_ENTRY = re.compile(r"^  - \{.*\}.*\n", re.MULTILINE)


def _known() -> dict[str, tuple[str, ...]]:
    """What stands behind each key, anywhere."""
    found = defaultdict(set)
    for rulebook, _ in PAIRS:
        for key, value in _VALUE.findall(rulebook):
            found[key].add(value.strip())
    return {key: tuple(sorted(values)) for key, values in found.items()}


KNOWN = _known()
ENTRIES = tuple(sorted({entry for rulebook, _ in PAIRS for entry in _ENTRY.findall(rulebook)}))
KEYS = tuple(sorted(keywords.KEYS.values()))


@st.composite
def altered(draw: st.DrawFn, sound: str) -> str:
    """A rulebook in which values are others of the same key, and entries others' or gone."""
    written = sound
    for _ in range(draw(st.integers(1, 5))):
        how = draw(st.integers(0, 5))
        entries = list(_ENTRY.finditer(written)) if how < 2 else []
        if entries:
            match = draw(st.sampled_from(entries))
            put = "" if how else match[0] + draw(st.sampled_from(ENTRIES))
            written = written[: match.start()] + put + written[match.end() :]
            continue
        values = list(_VALUE.finditer(written))
        if not values:
            break
        match = draw(st.sampled_from(values))
        known = KNOWN.get(match[1], ("1",))
        put = draw(
            st.sampled_from(known) if how else st.sampled_from((*NUMBERS, "无", "是", "0.5"))
        )
        written = written[: match.start(2)] + put + written[match.end(2) :]
    return written


def examine(text: str) -> None:
    """Read a rulebook; what is read comes back from its compiled form."""
    read = promised(reader.examine, text, SOURCE)
    if read:
        rulebook, _ = read
        form = compiled.compile_(rulebook)
        assert compiled.load(form) == rulebook
        assert compiled.compile_(compiled.load(form)) == form


def carry_out(case: Case) -> None:
    """Score a case in every way; whether its figures hold does not matter here."""
    for problem in worked.run(case):
        assert str(problem)
    facts = worked.snapshot_of(case)
    book = score(facts, case.rulebook, case.year)
    for holder in (*book.members, *book.units):
        assert holder.total == sum((one.points for one in book.lines_of(holder.key)), Fraction())
    converted(book, case.rulebook)
    if not any(award.years > 1 or award.streak > 1 for award in case.rulebook.awards):
        award_lists(Years((book,), case.rulebook, facts.register, str))


@given(st.sampled_from(PAIRS).flatmap(lambda pair: bent(pair[0])))
@cases(60)
def test_a_bent_rulebook(text: str) -> None:
    examine(text)


@given(words(*KEYS[::7], ": ", "\n", "\n  ", "\n  - ", "{", "}", "[", "]", "是", "否", "5", "# "))
@cases(60)
def test_words_of_a_rulebook(text: str) -> None:
    promised(strict_yaml.parse, text, SOURCE)
    examine(text)


@given(st.data())
@cases(60)
def test_an_altered_rulebook_that_is_sound_scores_its_cases(data: st.DataObject) -> None:
    rulebook, worked_cases = data.draw(st.sampled_from(PAIRS))
    text = data.draw(altered(rulebook))
    read = promised(reader.read, text, SOURCE)
    if read:
        examine(text)
        for case in (promised(cases_files.read, worked_cases, "算例.yaml", read) or ())[:6]:
            promised(carry_out, case)


@given(st.data())
@cases(40)
def test_bent_cases(data: st.DataObject) -> None:
    rulebook, worked_cases = data.draw(st.sampled_from(PAIRS))
    text = data.draw(bent(worked_cases))
    for case in (
        promised(cases_files.read, text, "算例.yaml", reader.read(rulebook, SOURCE)) or ()
    )[:6]:
        promised(carry_out, case)


@given(bent(PROFILE))
@cases(60)
def test_a_bent_profile(text: str) -> None:
    promised(profile_file.read, PROFILE, text, "文书设定.yaml")


@given(st.data())
@cases(40)
def test_a_bent_compiled_form(data: st.DataObject) -> None:
    """The ledger's own copy: whoever alters it is found out by `verify`, and does no harm."""
    rulebook, _ = data.draw(st.sampled_from(PAIRS))
    form = compiled.compile_(reader.read(rulebook, SOURCE))
    text = data.draw(bent(form))
    with suppress(compiled.OutdatedError):
        promised(compiled.load, text)
