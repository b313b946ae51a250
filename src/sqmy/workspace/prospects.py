"""What one more adoption would bring a holder: scored on the facts as they are, and one more."""

from sqmy import days, terms
from sqmy.days import Day
from sqmy.facts import FactId
from sqmy.reports.explain import Prospect
from sqmy.rules.rulebook import Rulebook
from sqmy.scoring.book import Holder, Key
from sqmy.scoring.engine import score
from sqmy.snapshot import Events, Items, Signed, Snapshot


def prospects(
    facts: Snapshot, rulebook: Rulebook, year: int, own: Holder, today: Day
) -> tuple[Prospect, ...]:
    """What one more item of the holder's own would bring, for each channel that earns.

    Args:
        facts: what the holder is scored from.
        rulebook: of the year.
        year: the scoring year.
        own: the holder, as scored from these facts.
        today: when the item is supposed to be submitted and adopted; the year's last day, if
            the year is over.
    """
    period = days.periods(year, "year", rulebook.year.start)[0]
    day = min(max(today, period.first), period.last)
    new = 1 + max((*facts.items.item, *facts.events.fact, *facts.incidents.fact), default=0)
    earning = [
        channel.label
        for channel in rulebook.words.channels
        if any(
            rule.kind == "adoption" and rule.account is None and channel.label in rule.table
            for rule in rulebook.rules
        )
    ]
    found = []
    for channel in earning:
        supposed = _with_one_more(facts, own.key, channel, (day, new))
        book = score(supposed, rulebook, year, own.key)
        unknown = any(one.item == new for one in book.open)
        holder = next(iter((*book.members, *book.units)), None)
        gain = None if unknown or holder is None else holder.total - own.total
        found.append(Prospect(channel, gain))
    return tuple(found)


def _with_one_more(facts: Snapshot, key: Key, channel: str, of: tuple[Day, FactId]) -> Snapshot:
    """The facts with one more item that the holder alone has signed and a channel adopted."""
    day, new = of
    items, events = facts.items, facts.events
    holders = dict(facts.authors if key[0] == "member" else facts.units)
    had = holders.get(key[1], Signed([], []))
    holders[key[1]] = Signed([*had.item, new], [*had.place, 0])
    more = facts._replace(
        items=Items([*items.item, new], [*items.day, day], [*items.by_unit, int(key[0] == "unit")]),
        events=Events(
            [*events.item, new],
            [*events.day, day],
            [*events.kind, "adoption"],
            [*events.fact, new + 1],
            [*events.label, channel],
            [*events.form, next(iter(terms.FORMS))],
        ),
    )
    return more._replace(authors=holders) if key[0] == "member" else more._replace(units=holders)
