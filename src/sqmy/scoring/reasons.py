"""What did not count for a holder, and why: the other half of every explanation."""

from collections.abc import Iterator

from sqmy import terms
from sqmy.rules import looking
from sqmy.scoring.book import Key, LeftOut
from sqmy.scoring.combining import Earned
from sqmy.scoring.dimensions import At, Missing, form_label
from sqmy.scoring.hits import NO_POINTS, Hit, hit_of
from sqmy.scoring.patterns import Pattern
from sqmy.scoring.run import Run
from sqmy.scoring.sharing import unagreed


def left_out(run: Run, key: Key) -> tuple[LeftOut, ...]:
    """Every event on a holder's items that gave it no points in the year, by item and day."""
    own = (run.found.authors if key[0] == "member" else run.found.units).get(key[1])
    found = [
        one
        for item, rank in (sorted(zip(*own, strict=True)) if own else ())
        for one in _of_item(run, run.place_of[item], (key, rank))
    ]
    return (*found, *_of_other_years(run, key))


def _of_item(run: Run, place: int, whose: tuple[Key, int]) -> Iterator[LeftOut]:
    found = run.found
    pattern = found.patterns[found.pattern[place]]
    (holder, _), rank = whose
    lines = run.worth[found.pattern[place]].lines
    for at, event in enumerate(pattern.events):
        if not event.within or event.kind in {"submission", "forwarding"}:
            continue
        earned = [line for line in lines if line.event == at]
        parts = [
            part
            for line in earned
            for part in [line.factors.members if holder == "member" else line.factors.units]
            if part and part[rank]
        ]
        if parts:
            continue
        if earned:
            rules = [run.rulebook.rules[line.rule] for line in earned if line.rule >= 0]
            missing = next(filter(None, (unagreed(pattern, run.sight, r) for r in rules)), None)
            why = f"没有登记「{missing}」，待定" if missing else _no_share(pattern, holder, rank)
        else:
            why = _no_points(run, pattern, at, lines)
        yield _told(run, found.events[place][at], why)


def _no_share(pattern: Pattern, holder: str, rank: int) -> str:
    """Why a holder gets no part of what the item earned."""
    if holder == "member" and pattern.by_unit:
        return "署名为单位，只计单位"
    if rank:
        return f"署名第 {rank + 1}，按分摊的规定不得分"
    return "按分摊的规定不计这一方"


def _no_points(run: Run, pattern: Pattern, at: int, lines: tuple[Earned, ...]) -> str:
    """Why an event earned nothing."""
    rules, reasons = run.rulebook.rules, []
    for place, rule in enumerate(rules):
        if rule.kind != pattern.events[at].kind:
            continue
        hit = hit_of(rule, At(run.sight, pattern, at))
        if isinstance(hit, Missing):
            reasons.append(f"{rule.clause}：没有登记「{hit.name}」，待定")
        elif isinstance(hit, Hit) and not any(hit.numbers):
            reasons.append(f"{rule.clause}：计 0 分{hit.told}")
        elif isinstance(hit, Hit):
            reasons.append(f"{rule.clause}：{_outdone(run, pattern, (place, at), lines)}")
        elif hit != NO_POINTS:
            reasons.append(f"{rule.clause}：{hit}")
    event = pattern.events[at]
    silent = (
        ONLY_CONDITION if looking.asks_for(run.rulebook, event.kind, event.label) else NO_POINTS
    )
    return "；".join(dict.fromkeys(reasons)) or silent


ONLY_CONDITION = "本身不计分，是别的得分的条件"
"""Why an event earns nothing that another one's points depend on."""


def _outdone(run: Run, pattern: Pattern, of: tuple[int, int], lines: tuple[Earned, ...]) -> str:
    """Why an event that the rule knows has no line of it."""
    place, at = of
    for line in lines:
        if line.rule == place and at in line.set_aside:
            other = pattern.events[line.event]
            return f"同篇已按{other.label}{terms.KINDS[other.kind]}计分，不再另计"
    effect = run.rulebook.findings
    if (
        effect
        and effect.other_points == "cancelled"
        and any(event.kind == "finding" and event.within for event in pattern.events)
    ):
        return f"有认定，按{effect.clause}其他得分取消"
    clause = run.rulebook.rules[place].clause
    for combination in run.rulebook.combinations:
        if clause in combination.rules and combination.method != "cumulative":
            return f"按{combination.clause}与其他得分合并后不计"
    if any(event.segment < 0 for event in pattern.events[:at]):
        return "往年已经计过"
    return "同篇已经计过，不再另计"


def _of_other_years(run: Run, key: Key) -> Iterator[LeftOut]:
    """What became of the holder's items in another year."""
    signed = (run.snapshot.authors if key[0] == "member" else run.snapshot.units).get(key[1])
    own, events = set(signed.item if signed else ()), run.found.happened
    for place, (item, day) in enumerate(zip(events.item, run.found.days, strict=True)):
        if item in own and day not in run.period and events.kind[place] != "submission":
            yield _told(run, place, f"日期在{run.period.chinese}以外，计入发生的年度")


def _told(run: Run, place: int, why: str) -> LeftOut:
    events = run.found.happened
    form = form_label(events.form[place]) or ""
    happened = terms.happening(events.kind[place], form)
    what = f"{events.label[place]} {events.day[place]} {happened}"
    fact = events.fact[place]
    item = None if fact == events.item[place] else events.item[place]
    return LeftOut(item, fact, what, why)
