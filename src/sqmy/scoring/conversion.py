"""折算: points as a part of a larger assessment, shown beside the total."""

from collections import defaultdict
from fractions import Fraction

from sqmy.rules.amounts import REST, Amount
from sqmy.rules.awarding import Conversion
from sqmy.rules.rulebook import Rulebook
from sqmy.scoring.book import Holder, Key, ScoreBook
from sqmy.scoring.standings import Ties


def converted(book: ScoreBook, rulebook: Rulebook) -> dict[Key, Fraction]:
    """What each holder gets by all conversions; empty where the regulation converts nothing.

    Points below 0 count as 0, and no conversion comes to more than its full points.
    """
    groups = Ties(rulebook.standings, book.tally_of)
    found: dict[Key, Fraction] = defaultdict(Fraction)
    for rule in rulebook.conversions:
        own: list[Holder] = []
        if rule.holders != "units":
            own += book.members
        if rule.holders != "members":
            own += book.units
        totals = {holder.key: _total(book, holder, rule) for holder in own}
        best: dict[tuple[str, str | None], Fraction] = defaultdict(Fraction)
        for holder in own:
            group = (holder.key[0], groups.group_of(holder))
            best[group] = max(best[group], totals[holder.key])
        for holder in own:
            base = best[holder.key[0], groups.group_of(holder)]
            if rule.number is not None:
                base = _of_kind(rule.number, holder.kind)
            part = totals[holder.key] / base if base else Fraction()
            found[holder.key] += rule.full * min(part, Fraction(1))
    return dict(found)


def _total(book: ScoreBook, holder: Holder, rule: Conversion) -> Fraction:
    """The points that are converted, 0 at the least."""
    total = holder.total
    if rule.rules:
        own = (
            line.points
            for line in book.lines_of(holder.key)
            if line.account is None and line.clause in rule.rules
        )
        total = sum(own, Fraction())
    return max(total, Fraction())


def _of_kind(number: Amount, kind: str) -> Fraction:
    """The number that full points are due to, for a unit of this kind."""
    if number.by is not None:
        number = number.by.get(kind) or number.by[REST]
    return number.points[0]
