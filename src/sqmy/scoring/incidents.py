"""认定 by holder: those on a member or a unit itself, and those on the items that it signed."""

from collections import defaultdict
from typing import cast

from sqmy.days import Period
from sqmy.facts import FactId
from sqmy.rules.rulebook import Rulebook
from sqmy.scoring.book import Incident, Key
from sqmy.scoring.patterns import counting_days
from sqmy.snapshot import Snapshot


def by_holder(snapshot: Snapshot, rulebook: Rulebook, year: Period) -> dict[Key, list[Incident]]:
    """The findings up to the year's end, in no particular order."""
    found: dict[Key, list[Incident]] = defaultdict(list)
    of_item: dict[FactId, list[Incident]] = defaultdict(list)
    events, about = snapshot.events, snapshot.incidents
    on = counting_days(snapshot, rulebook, events)
    for place, kind in enumerate(events.kind):
        if kind == "finding" and on[place] <= year.last:
            item = events.item[place]
            made = Incident(events.label[place], on[place], events.fact[place], item)
            of_item[item].append(made)
    for what, day, fact, label in zip(*about, strict=True):
        if day <= year.last:
            found[cast("Key", what)].append(Incident(label, day, fact, None))
    signed = {"member": snapshot.authors, "unit": snapshot.units}
    for holder, everyone in signed.items() if of_item else ():
        for identity, own in everyone.items():
            for item in own.item:
                found[cast("Key", (holder, identity))] += of_item.get(item, ())
    return found
