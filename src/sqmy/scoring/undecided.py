"""待定: facts of which nobody can tell what they earn, because something is not recorded."""

from collections.abc import Iterator

from sqmy.scoring.book import Open
from sqmy.scoring.quotas import owed_by
from sqmy.scoring.run import Run


def open_facts(run: Run) -> tuple[Open, ...]:
    """The facts of the year that no quota and no rule can count as they stand, each once."""
    return tuple(dict.fromkeys((*_of_quotas(run), *_of_rules(run))))


def _of_quotas(run: Run) -> Iterator[Open]:
    """Items of those who owe something, that nobody can tell whether they count towards it."""
    rulebook = run.rulebook
    if all(map(rulebook.counting.plainly, rulebook.quotas)):
        return
    for key, owed in owed_by(run.snapshot.register, rulebook, run.period).items():
        for quota in {id(one.quota): one.quota for one in owed}.values():
            for item, at, missing in run.counting.undecided(key, quota):
                yield Open(quota.clause, item, run.found.happened.fact[at], missing)


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
