"""Documents: what the ledger and scoring give for them, and the office's own settings."""

from collections import Counter
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
from sqmy.scoring.engine import score
from sqmy.snapshot import until
from sqmy.workspace.data import shipped
from sqmy.workspace.desk import Desk
from sqmy.workspace.scores import scored, undisturbed, year_facts

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
    """What a bulletin of that period is drafted from."""
    with desk.ledger.reading():
        facts = year_facts(desk, int(span.year.label), ordered=True)
        at_end = until(facts.snapshot, span.period.last)
        with undisturbed():
            earlier = until(facts.snapshot, day_before(span.period.first))
            earned = score(earlier, facts.rulebook, facts.year)
        counted = Year(at_end)
        last = Year(year_facts(desk, facts.year - 1).snapshot)
        begun = figures.begins(desk.ledger)
        return Material(
            span,
            counted,
            _within((counted, last), span.before, span.year.first, begun),
            _within((counted, last), span.last_year, span.year.first, begun),
            scored(desk, facts._replace(snapshot=at_end)),
            {holder.key: holder.total for holder in (*earned.members, *earned.units)},
            _sent(desk, span.period, facts.rulebook),
            {
                one.fact: (one.journal, one.issue)
                for one in figures.adoptions(desk.ledger, span.period)
            },
            today(),
        )


def _sent(desk: Desk, period: Period, rulebook: Rulebook) -> dict[str, int]:
    """How many items were sent on to each channel."""
    sent = Counter(
        channel
        for _, channel in {
            (one.item, one.channel) for one in figures.forwardings(desk.ledger, period)
        }
    )
    return {one.label: sent[one.label] for one in rulebook.words.channels if sent[one.label]}


def _within(years: tuple[Year, Year], period: Period, first: Day, begun: Day | None) -> Span | None:
    """What happened in an earlier period, of this year or the last; None before the ledger."""
    if begun is None or begun > period.first:
        return None
    return years[period.first < first].span(period)
