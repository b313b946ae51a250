"""Documents: what the ledger and scoring give for them, and the office's own settings."""

from collections import Counter
from fractions import Fraction
from pathlib import Path
from typing import Final

from sqmy.days import Day, Period, today
from sqmy.errors import SqmyError
from sqmy.ledger import figures
from sqmy.ledger.sqlite import SqliteLedger
from sqmy.reports.papers import profile_file
from sqmy.reports.papers.bulletin_facts import Material
from sqmy.reports.papers.periods import Rhythm, count_of, day_before, rhythm
from sqmy.reports.papers.profile import Profile
from sqmy.reports.tally import Span, Year
from sqmy.rules import strict_yaml
from sqmy.rules.rulebook import Rulebook
from sqmy.scoring.book import Key
from sqmy.workspace.correcting import late
from sqmy.workspace.data import shipped
from sqmy.workspace.desk import Desk
from sqmy.workspace.published import Told, facts_up_to, up_to

PROFILE: Final = "文书设定.yaml"
"""The file beside the ledger that is used unasked."""


def packaged_profile() -> str:
    """The text of the settings that ship with the program."""
    return shipped("rules", "documents.yaml").read_text(encoding="utf-8")


def profile_of(desk: Desk, path: Path | None) -> Profile:
    """The office's settings: of that file, else of the one beside the ledger, else the packaged.

    Args:
        desk: with an open ledger.
        path: as given with `--profile`.

    Raises:
        SqmyError: the file cannot be read.
        ProblemsError: it is not sound.
    """
    if path is None and isinstance(desk.ledger, SqliteLedger):
        beside = desk.ledger.path.with_name(PROFILE)
        path = beside if beside.is_file() else None
    if path is None:
        return profile_file.read(packaged_profile())
    return profile_file.read(packaged_profile(), strict_yaml.read_text(path), str(path))


def rhythm_of(desk: Desk, year: int, length: str, nth: int) -> Rhythm:
    """The nth period of that length in a scoring year.

    Raises:
        SqmyError: there is no such period, or it has not begun.
    """
    if not 1 <= nth <= count_of(length):
        raise SqmyError(f"没有这一期：只有 1 至 {count_of(length)}。")
    start = desk.rulebook_of(desk.edition_on(f"{year}-12-31")).year.start
    found = rhythm(year, length, nth, start)
    if found.period.first > today():
        raise SqmyError(f"{found.told}还没有开始（从 {found.period.first} 起），没有可以通报的。")
    return found


def material(desk: Desk, span: Rhythm) -> Material:
    """What a bulletin of that period is drafted from, all as it was published where it was."""
    with desk.ledger.reading():
        told = up_to(desk, int(span.year.label), span.period.last, ordered=True)
        begun = figures.begins(told.desk.ledger)
        return Material(
            span,
            Year(told.facts.snapshot),
            _within(told, span.before, begun),
            _within(told, span.last_year, begun),
            told.scores,
            _earned(told, day_before(span.period.first)),
            _sent(told.desk, span.period, told.facts.rulebook),
            {
                one.fact: (one.journal, one.issue)
                for one in figures.adoptions(told.desk.ledger, span.period)
            },
            late(told, span),
            today(),
        )


def _earned(told: Told, day: Day) -> dict[Key, Fraction]:
    """Each holder's points up to a day before the bulletin's period."""
    year = told.scores.book.year
    scores = up_to(told.desk, told.facts.year, day, titled=False).scores if day in year else None
    return {holder.key: holder.total for holder in scores.holders()} if scores else {}


def _sent(desk: Desk, period: Period, rulebook: Rulebook) -> dict[str, int]:
    """How many items were sent on to each channel."""
    sent = Counter(
        channel
        for _, channel in {
            (one.item, one.channel) for one in figures.forwardings(desk.ledger, period)
        }
    )
    return {one.label: sent[one.label] for one in rulebook.words.channels if sent[one.label]}


def _within(told: Told, period: Period, begun: Day | None) -> Span | None:
    """What happened in an earlier period, of this year or the last; None before the ledger."""
    if begun is None or begun > period.first:
        return None
    year = told.facts.year - (period.first < told.scores.book.year.first)
    return Year(facts_up_to(told.desk, year, period.last).snapshot).span(period)
