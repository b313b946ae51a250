"""What a holder has beyond its items: base points, quota points, limits, consequences.

Each step takes the lines so far and adds its own, so that a total stays the sum of its lines.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from sqmy import days, points
from sqmy.days import Day, Period
from sqmy.register import Register
from sqmy.rules.awarding import ALL, Limit
from sqmy.rules.rulebook import Consequence, Rulebook
from sqmy.rules.tasks import Outcome, QuotaReward
from sqmy.scoring.book import Incident, Key, Obligation, PointLine
from sqmy.scoring.due import due_spans, spans_of


def base_lines(
    register: Register, rulebook: Rulebook, year: Period, key: Key
) -> Iterator[PointLine]:
    """基础分: what the holder has to begin with."""
    for base in rulebook.base_points:
        spans = spans_of(rulebook, year, base.per)
        if key[0] == "member":
            member = register.members[key[1]]
            held = dict.fromkeys(
                period
                for _, _, period in due_spans(member, base.roles, base.due, [*enumerate(spans)])
            )
        else:
            kind = register.units[key[1]].on(year.last).kind
            held = dict.fromkeys(spans if kind in base.unit_kinds else ())
        for period in held:
            yield PointLine(
                base.clause, base.points, None, None, f"{period.chinese}基础分", period.last
            )


def reward_lines(
    rulebook: Rulebook, own: Sequence[Obligation], of_unit: Sequence[Obligation]
) -> Iterator[PointLine]:
    """完成任务得分: for the binding obligations of the holder, and of its unit where that counts.

    Args:
        rulebook: sound.
        own: what the holder owed.
        of_unit: for a member, what its unit owed.
    """
    for reward in rulebook.quota_rewards:
        owed = [
            one
            for one in (own if reward.to == "holder" else of_unit)
            if one.binding and one.clause == reward.quota
        ]
        if reward.points is not None:
            yield from _together(reward, owed)
        for one in owed if reward.each else ():
            assert reward.each  # noqa: S101 — for the type checker
            for value, told in outcomes(reward.each, one):
                note = f"{one.name}{one.period.chinese}{told}"
                yield PointLine(
                    reward.clause, value, None, None, note, one.period.last, reward.account
                )


def _together(reward: QuotaReward, owed: Sequence[Obligation]) -> Iterator[PointLine]:
    """What all obligations of the year bring together."""
    if not owed:
        return
    met = sum(one.met for one in owed)
    value = reward.points or Fraction()
    if met < len(owed):
        part = value * Fraction(met, len(owed))
        value = part if reward.condition != "all" else reward.otherwise or Fraction()
    if not value:
        return
    note = f"{reward.quota}的任务 {len(owed)} 项，完成 {met} 项"
    last = max(one.period.last for one in owed)
    yield PointLine(reward.clause, value, None, None, note, last, reward.account)


def outcomes(outcome: Outcome, one: Obligation) -> Iterator[tuple[Fraction, str]]:
    """What one obligation brings, and why; nothing where it brings 0."""
    missing = Fraction(max(one.required - one.actual, 0))
    extra = Fraction(max(one.actual - one.required, 0))
    done = f"应 {points.exact(one.required)}，实 {points.exact(one.actual)}"
    if outcome.met and one.met:
        yield outcome.met, f"任务完成（{done}）"
    if outcome.unmet and not one.met:
        yield outcome.unmet, f"任务未完成（{done}）"
    if outcome.ratio and one.required:
        ratio = Fraction(one.actual) / one.required
        value = outcome.ratio * (ratio if outcome.beyond else min(ratio, Fraction(1)))
        if value:
            yield value, f"任务按比例（{done}）"
    if outcome.per_missing and missing:
        yield outcome.per_missing * missing, f"任务少 {points.exact(missing)}（{done}）"
    if outcome.per_extra and extra:
        yield outcome.per_extra * extra, f"任务多 {points.exact(extra)}（{done}）"


def by_ordinal(
    lines: Iterable[PointLine], series: Iterable[tuple[int, tuple[Fraction, ...]] | None]
) -> list[PointLine]:
    """The lines with points by the holder's how-manieth of a rule in the year it is.

    Args:
        lines: of one holder.
        series: for each line its rule and what the first, the second … line of it earns, with
            the holder's part taken; None where all earn alike.
    """
    told = list(zip(lines, series, strict=True))
    order = sorted(range(len(told)), key=lambda at: (told[at][0].day, told[at][0].fact or 0))
    counts: dict[tuple[int, str | None], int] = defaultdict(int)
    found: list[PointLine] = [line for line, _ in told]
    for at in order:
        line, one = told[at]
        if one is not None:
            rule, numbers = one
            nth = counts[rule, line.account]
            counts[rule, line.account] += 1
            note = f"{line.note}，全年第 {nth + 1} 次"
            value = numbers[min(nth, len(numbers) - 1)]
            found[at] = line._replace(points=value, note=note)
    return [line for line in found if line.points]


def limit_lines(
    rulebook: Rulebook, year: Period, key: Key, lines: Sequence[PointLine]
) -> Iterator[PointLine]:
    """限额: the line by which each limit changes what the lines come to."""
    earlier: list[tuple[PointLine, Limit]] = []
    for limit in rulebook.limits:
        if limit.per == "item" or (key[0], limit.holders) in {
            ("member", "units"),
            ("unit", "members"),
        }:
            continue
        all_of_them, rules = limit.rules == (ALL,), frozenset(limit.rules)
        own = [
            line
            for line in lines
            if line.account == limit.account and (all_of_them or line.clause in rules)
        ]
        own += [
            line
            for line, other in earlier
            if line.account == limit.account and (all_of_them or rules.issuperset(other.rules))
        ]
        spans = days.periods(int(year.label), limit.per, rulebook.year.start)
        parts: list[list[PointLine]] = [[] for _ in spans]
        firsts = [span.first for span in spans]
        for line in own:
            parts[max(bisect_right(firsts, line.day) - 1, 0)].append(line)
        for span, part in zip(spans, parts, strict=True):
            if made := _limited(limit, span, part):
                earlier.append((made, limit))
                yield made


def _limited(limit: Limit, period: Period, own: Sequence[PointLine]) -> PointLine | None:
    total = sum((line.points for line in own), Fraction())
    bounded = total
    if limit.ceiling is not None:
        bounded = min(bounded, limit.ceiling)
    if limit.floor is not None and own:
        bounded = max(bounded, limit.floor)
    if bounded == total:
        return None
    word = "上限" if bounded < total else "下限"
    note = f"{period.chinese}合计 {points.exact(total)}，按{word}计 {points.exact(bounded)}"
    return PointLine(limit.clause, bounded - total, None, None, note, period.last, limit.account)


def consequence_lines(
    rulebook: Rulebook, year: Period, incidents: Sequence[Incident], lines: Sequence[PointLine]
) -> Iterator[PointLine]:
    """后果: the line that makes the points of a span 0."""
    zeroed = list(lines)
    for consequence, period in reached(rulebook, year, incidents):
        if consequence.effect != "zero":
            continue
        own = [line for line in zeroed if line.account is None and line.day in period]
        total = sum((line.points for line in own), Fraction())
        if total:
            kinds = "、".join(consequence.kinds)
            note = f"{period.chinese}{kinds}满 {consequence.times} 次，得分清零"
            line = PointLine(consequence.clause, -total, None, None, note, period.last)
            zeroed.append(line)
            yield line


def reached(
    rulebook: Rulebook, year: Period, incidents: Sequence[Incident]
) -> Iterator[tuple[Consequence, Period]]:
    """Each consequence that a holder's findings of the year lead to, with the span."""
    for consequence in rulebook.consequences:
        if consequence.within is None:
            continue
        for period in days.periods(int(year.label), consequence.within, rulebook.year.start):
            hits = sum(one.kind in consequence.kinds and one.day in period for one in incidents)
            if hits >= consequence.times:
                yield consequence, period


def no_more(
    rulebook: Rulebook, last: Day, incidents: Sequence[Incident], lines: list[PointLine]
) -> list[PointLine]:
    """以后不再计分: the lines of items, those later than the finding that was too much at 0.

    Args:
        rulebook: sound.
        last: findings up to this day count.
        incidents: those of one holder, by day.
        lines: the holder's.
    """
    for one in rulebook.consequences:
        hits = [it for it in incidents if it.kind in one.kinds and it.day <= last]
        if one.effect == "no_more" and len(hits) >= one.times:
            since = hits[one.times - 1].day
            told = f"，{since} {'、'.join(one.kinds)}满 {one.times} 次，按{one.clause}不再计分"
            lines = [
                line._replace(points=Fraction(), note=line.note + told)
                if line.day > since and line.points > 0
                else line
                for line in lines
            ]
    return lines


def barring_for_good(
    rulebook: Rulebook, last: Day, incidents: Sequence[Incident]
) -> Iterator[Consequence]:
    """The consequences by which findings up to a day bar a holder from awards for good."""
    for consequence in rulebook.consequences:
        hits = sum(one.kind in consequence.kinds and one.day <= last for one in incidents)
        if consequence.effect == "barred_for_good" and hits >= consequence.times:
            yield consequence
