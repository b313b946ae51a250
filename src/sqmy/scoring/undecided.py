"""待定: facts of which nobody can tell what they earn, because something is not recorded."""

from collections.abc import Iterator
from itertools import product

from sqmy.scoring.book import Open
from sqmy.scoring.quotas import owed_by
from sqmy.scoring.run import Run


def open_facts(run: Run) -> tuple[Open, ...]:
    """The facts of the year that no quota and no rule can count as they stand, each once."""
    return tuple(dict.fromkeys((*_of_quotas(run), *_of_rules(run))))


def _of_quotas(run: Run) -> Iterator[Open]:
    """Items of those who owe something, that nobody can tell whether they count towards it."""
    found, rulebook = run.found, run.rulebook
    wanting = {
        id(quota): events
        for quota in rulebook.quotas
        if not rulebook.counting.plainly(quota)
        if any(events := run.counting.undecided(quota))
    }
    for key, owed in (
        owed_by(run.snapshot.register, rulebook, run.period).items() if wanting else ()
    ):
        own = (found.authors if key[0] == "member" else found.units).get(key[1])
        quotas = {id(one.quota): one.quota for one in owed if id(one.quota) in wanting}
        for item, quota in product(own.item if own else (), quotas.values()):
            place = run.place_of[item]
            for at, missing in wanting[id(quota)][found.pattern[place]]:
                fact = found.happened.fact[found.events[place][at]]
                yield Open(quota.clause, item, fact, missing)


def _of_rules(run: Run) -> Iterator[Open]:
    """Events whose points, or whose parts, depend on what nobody has recorded."""
    found = run.found
    if not any(worth.lacking for worth in run.worth):
        return
    incidents = set(run.snapshot.incidents.fact)
    for place, pattern in enumerate(found.pattern):
        for one in run.worth[pattern].lacking:
            item = found.item[place]
            fact = found.happened.fact[found.events[place][one.event]]
            yield Open(one.clause, None if item in incidents else item, fact, one.attribute)
