"""Headings and titles of others' sheets that somebody has explained: asked once, then known."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

from sqmy.facts import Recognition
from sqmy.intake.drafts import Place
from sqmy.intake.files import Headed, Intake
from sqmy.intake.headings import bare
from sqmy.ledger import reading
from sqmy.ledger.database import Ledger
from sqmy.workspace.answers import Answer, Answers
from sqmy.workspace.outcomes import Candidate, Doubt, Mention

Headings = Mapping[str, Mapping[str, str]]
"""What headings mean, by the row of headings they stand in; "" for any row."""


def known_headings(ledger: Ledger, answers: Answers) -> Headings:
    """What headings mean: as recorded, and in any row as answered now."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for told in reading.recognitions(ledger):
        if told.heading:
            found[told.context][told.written] = told.heading
    found[""] = {
        bare(answer.written): answer.meant
        for answer in answers
        if answer.subject == "heading" and answer.meant
    }
    return found


def known_titles(ledger: Ledger) -> Iterator[Answer]:
    """Whose titles are known, as answers."""
    told_of = [told for told in reading.recognitions(ledger) if told.item is not None]
    titles = reading.titles(ledger, [told.item for told in told_of if told.item])
    for told in told_of:
        if told.item in titles:
            yield Answer("item", told.written, told.context, titles[told.item].number)


def heading_doubts(intake: Intake) -> Iterator[tuple[Doubt, tuple[Mention, ...]]]:
    """Columns of tables that lack what they need: one of them may be it."""
    for headed in intake.headed:
        if not headed.sound:
            yield from _doubts(headed)


def _doubts(headed: Headed) -> Iterator[tuple[Doubt, tuple[Mention, ...]]]:
    layout = headed.layout
    free = [h for h in layout.kind.headings if h.name not in layout.columns]
    candidates = tuple(
        Candidate(one.name, f"{layout.kind.label}表{'缺' if one.required else '还没有'}这一列")
        for one in sorted(free, key=lambda one: not one.required)
    )
    for column, written in layout.free.items() if layout.missing else ():
        doubt = Doubt("heading", written, "", candidates, "", may_be_new=False)
        place = Place(headed.source, layout, layout.places.get(column, layout.row), column)
        yield doubt, (Mention(place, ""),)


def read_by(intake: Intake, known: Collection[Recognition]) -> Iterator[str]:
    """A word on every table that was read by what had been explained before."""
    for headed in intake.headed:
        layout = headed.layout
        said = [
            f"「{written}」读作{heading}"
            for written, heading in layout.decided.items()
            if Recognition(written, layout.context, heading=heading) in known
        ]
        if said:
            yield f"{headed.source}：按以前认定的，{'、'.join(said)}。"


def learnt(intake: Intake) -> Iterator[Recognition]:
    """What was read as somebody said, to be recorded."""
    for headed in intake.headed:
        for written, heading in headed.layout.decided.items():
            yield Recognition(written, headed.layout.context, heading=heading)
