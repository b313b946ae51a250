"""A year's points, in the order in which the regulation makes them.

    facts → patterns → earned per pattern → shared → quotas → rewards and limits → standings

Totals are summed as integers over the common denominator of all shares; lines are computed on
demand from the same steps, so that a total and its lines cannot differ. Where a regulation looks
at a holder's lines one by one (limits, how-manieth, consequences), totals are sums of lines.
"""

from collections.abc import Mapping
from fractions import Fraction

from sqmy.rules.rulebook import Rulebook
from sqmy.scoring import standings
from sqmy.scoring.book import Holder, Key, PointLine, ScoreBook
from sqmy.scoring.reasons import left_out
from sqmy.scoring.run import Run
from sqmy.scoring.undecided import open_facts
from sqmy.snapshot import Snapshot


def score(snapshot: Snapshot, rulebook: Rulebook, year: int, only: Key | None = None) -> ScoreBook:
    """The points of a scoring year: totals, standings and obligations, and lines on demand.

    Args:
        snapshot: the year's facts.
        rulebook: the edition in force, or the year's editions in one.
        year: the scoring year.
        only: list this holder alone, whose facts are all in the snapshot; without standing.
    """
    run = Run(snapshot, rulebook, year)
    shares = run.shares(None)
    listed = [key for key in _listed(run, shares) if only in {None, key}]
    due = run.obligations(listed)
    extra = run.beyond_items(listed, shares, due)
    holders = [_holder(run, key, shares, extra) for key in listed]
    ties = standings.Ties(rulebook.standings, run.tally)
    return ScoreBook(
        run.period,
        standings.ranked((h for h in holders if h.key[0] == "member"), ties),
        standings.ranked((h for h in holders if h.key[0] == "unit"), ties),
        due,
        lambda key: run.lines(key, extra, None),
        lambda key, account: run.lines(key, extra, account),
        run.tally,
        run.incidents,
        run.item_points,
        lambda key: left_out(run, key),
        open_facts(run),
    )


def _listed(run: Run, shares: Mapping[Key, Fraction]) -> list[Key]:
    """Who is listed, in the order of the register.

    Assessed units; members with a local role in the year; and authors out of office who have a
    line, in whatever account, and had held a local role by the year's end.
    """
    sharing = set(shares).union(*(run.shares(one.label) for one in run.rulebook.words.accounts))
    local = run.rulebook.local_roles
    listed: list[Key] = []
    for member in run.snapshot.register.members.values():
        begun = [term for term in member.terms if (term.since or "") <= run.period.last]
        in_office = any(t.role in local and t.held_within(run.period) for t in begun)
        was_local = any(term.role in local for term in begun)
        if in_office or (("member", member.id) in sharing and was_local):
            listed.append(("member", member.id))
    listed.extend(
        ("unit", unit.id)
        for unit in run.snapshot.register.units.values()
        if unit.on(run.period.last).assessed
    )
    return listed


def _holder(
    run: Run,
    key: Key,
    shares: Mapping[Key, Fraction],
    extra: Mapping[Key, tuple[PointLine, ...]],
) -> Holder:
    total = shares.get(key, Fraction())
    for line in extra.get(key, ()):
        if line.account is None:
            total += line.points
    accounts = {
        account.label: sum(
            (line.points for line in run.lines(key, extra, account.label)), Fraction()
        )
        for account in run.rulebook.words.accounts
    }
    last = run.period.last
    if key[0] == "unit":
        state = run.snapshot.register.units[key[1]].on(last)
        return Holder(key, state.name, state.name, state.kind, state.peer_group, total, 0, accounts)
    member = run.snapshot.register.members[key[1]]
    unit = run.snapshot.register.unit_name(member.unit_on(last), last)
    return Holder(key, member.name, unit, "", None, total, 0, accounts)
