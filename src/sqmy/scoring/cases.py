"""Running worked cases: a case's small county scored by the very engine, and compared."""

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import count

from sqmy.days import Day
from sqmy.errors import Problem
from sqmy.facts import FactId, Unit
from sqmy.points import written
from sqmy.register import MemberEntry, Register, Term, UnitEntry
from sqmy.rules.casebook import Case, CaseItem
from sqmy.scoring.awards import Years, award_lists, years_needed
from sqmy.scoring.book import Holder, ScoreBook
from sqmy.scoring.conversion import converted
from sqmy.scoring.engine import score
from sqmy.snapshot import Events, Incidents, Items, Signed, Snapshot


def run(case: Case) -> list[Problem]:
    """What of a case does not come out as written; nothing if all does."""
    book = score(snapshot_of(case), case.rulebook, case.year)
    holders = {holder.name: holder for holder in (*book.members, *book.units)}
    told = f"《{case.explanation}》"
    return [
        Problem(case.place, f"{told}{message}")
        for check in _CHECKS
        for message in check(case, book, holders)
    ]


def snapshot_of(case: Case) -> Snapshot:
    """The case's facts, numbered in the order in which they are written."""
    places = count(1)
    units: dict[str, FactId] = {name: next(places) for name in case.units}
    members: dict[str, FactId] = {name: next(places) for name in case.members}
    attributes: dict[str, dict[FactId, str]] = {}
    snapshot = Snapshot(
        _register(case, units, members, places),
        Items([], [], []),
        {member: Signed([], []) for member in members.values()},
        {unit: Signed([], []) for unit in units.values()},
        Events([], [], [], [], [], []),
        Incidents([], [], [], []),
        attributes,
    )
    for item in _items(case):
        number = next(places)
        snapshot.items.item.append(number)
        snapshot.items.day.append(item.submitted_on)
        snapshot.items.by_unit.append(int(item.by_unit))
        _describe(attributes, number, item.attributes)
        for place, name in enumerate(item.authors):
            _sign(snapshot.authors[members[name]], number, place)
        for place, name in enumerate(item.units):
            _sign(snapshot.units[units[name]], number, place)
        _happen(snapshot, item, (number, places), case.rulebook.words.forms[0])
    for kind, holders, entries in (
        ("member", members, case.members),
        ("unit", units, case.units),
    ):
        for name, entry in entries.items():
            for finding in entry.findings:
                fact = next(places)
                about = snapshot.incidents
                about.holder.append((kind, holders[name]))
                about.day.append(finding.on)
                about.fact.append(fact)
                about.label.append(finding.kind)
                _describe(attributes, fact, finding.attributes)
    return snapshot


def _items(case: Case) -> list[CaseItem]:
    """Every item, as often as it is there."""
    return [item for item in case.items for _ in range(item.copies)]


def _describe(
    attributes: dict[str, dict[FactId, str]], fact: FactId, given: dict[str, str] | None
) -> None:
    for name, value in (given or {}).items():
        attributes.setdefault(name, {})[fact] = value


def _register(
    case: Case, units: dict[str, FactId], members: dict[str, FactId], places: Iterator[FactId]
) -> Register:
    states = {
        name: Unit(units[name], name, unit.kind, unit.peer_group, unit.assessed, None)
        for name, unit in case.units.items()
    }
    return Register(
        {units[name]: UnitEntry(units[name], (state,)) for name, state in states.items()},
        {
            members[name]: MemberEntry(
                members[name],
                name,
                None,
                ((None, units[member.unit]),),
                tuple(Term(next(places), a.role, a.since, a.until) for a in member.appointments),
            )
            for name, member in case.members.items()
        },
        {},
    )


def _sign(signed: Signed, item: FactId, place: int) -> None:
    signed.item.append(item)
    signed.place.append(place)


def _happen(
    snapshot: Snapshot, item: CaseItem, numbers: tuple[FactId, Iterator[FactId]], usual: str
) -> None:
    number, places = numbers
    happened: list[tuple[Day, str, str, str | None, dict[str, str] | None]] = [
        *((f.on, "forwarding", f.channel, None, None) for f in item.forwardings),
        *((a.on, "adoption", a.channel, a.form or usual, a.attributes) for a in item.adoptions),
        *((i.on, "instruction", i.rank, None, i.attributes) for i in item.instructions),
        *((f.on, "finding", f.kind, None, f.attributes) for f in item.findings),
    ]
    events = snapshot.events
    attributes: dict[str, dict[FactId, str]] = snapshot.attributes  # type: ignore[assignment]
    for day, kind, label, form, given in happened:
        fact = next(places)
        events.item.append(number)
        events.day.append(day)
        events.kind.append(kind)
        events.fact.append(fact)
        events.label.append(label)
        events.form.append(form)
        _describe(attributes, fact, given)


def _points(case: Case, book: ScoreBook, holders: dict[str, Holder]) -> Iterator[str]:
    for name in (*case.members, *case.units):
        expected = case.points.get(name, 0)
        actual = holders[name].total if name in holders else 0
        if actual != expected:
            lines = book.lines_of(holders[name].key) if name in holders else ()
            own = ((line.clause, line.points) for line in lines)
            told = f"：{_told(own)}" if lines else ""
            yield f"{name} 应得 {written(expected)} 分，算得 {written(actual)} 分{told}。"


SHOWN = 12
"""Kinds of line told of one holder, at the most."""


def _told(lines: Iterable[tuple[str, Fraction]]) -> str:
    """Lines in words: clause and points of each, those alike together."""
    counts = Counter(lines)
    parts = [
        f"{clause} {written(value)}" + (f"（{count} 笔）" if count > 1 else "")
        for (clause, value), count in counts.items()
    ]
    return "，".join(parts[:SHOWN]) + ("……" if len(parts) > SHOWN else "")


def _lines(case: Case, book: ScoreBook, holders: dict[str, Holder]) -> Iterator[str]:
    for name, expected in (case.lines or {}).items():
        lines = book.lines_of(holders[name].key) if name in holders else ()
        actual = sorted((line.clause, line.points) for line in lines if line.account is None)
        if actual != sorted(expected):
            yield f"{name} 的明细不符，算得：{_told(actual) or '无'}。"


def _quotas(case: Case, book: ScoreBook, _: dict[str, Holder]) -> Iterator[str]:
    for name, expected in (case.quotas or {}).items():
        actual: dict[str, bool] = {}
        for due in book.obligations:
            if due.name == name:
                actual[due.period.label] = actual.get(due.period.label, True) and due.met
        if {period: state == "met" for period, state in expected.items()} != actual:
            told = "，".join(f"{p} {'完成' if met else '未完成'}" for p, met in actual.items())
            yield f"{name} 的任务不符，算得：{told or '没有任务'}。"


def _standings(case: Case, _: ScoreBook, holders: dict[str, Holder]) -> Iterator[str]:
    for name, expected in (case.standings or {}).items():
        actual = holders[name].standing if name in holders else None
        if actual != expected:
            told = f"第 {actual} 名" if actual else "不参加排名"
            yield f"{name} 应为第 {expected} 名，算得{told}。"


def _accounts(case: Case, _: ScoreBook, holders: dict[str, Holder]) -> Iterator[str]:
    for account, totals in (case.accounts or {}).items():
        for name in (*case.members, *case.units):
            expected = totals.get(name, 0)
            actual = holders[name].accounts.get(account, 0) if name in holders else 0
            if actual != expected:
                yield f"{name} 的{account}应为 {written(expected)}，算得 {written(actual)}。"


def _missing(case: Case, book: ScoreBook, _: dict[str, Holder]) -> Iterator[str]:
    actual = tuple(dict.fromkeys(one.missing for one in book.open))
    if set(case.missing or ()) != set(actual):
        yield f"待定的事项不符，算得缺：{'、'.join(actual) or '无'}。"


def _converted(case: Case, book: ScoreBook, holders: dict[str, Holder]) -> Iterator[str]:
    if case.converted is None:
        return
    found = converted(book, case.rulebook)
    for name, expected in case.converted.items():
        actual = found.get(holders[name].key, 0) if name in holders else 0
        if actual != expected:
            yield f"{name} 折算后应得 {written(expected)} 分，算得 {written(actual)} 分。"


def _awards(case: Case, book: ScoreBook, _: dict[str, Holder]) -> Iterator[str]:
    if case.awards is None:
        return
    facts = snapshot_of(case)
    numbers = dict(zip(facts.items.item, (item.number for item in _items(case)), strict=True))
    looked_back = range(years_needed(case.rulebook) - 1, 0, -1)
    earlier = [score(facts, case.rulebook, case.year - back) for back in looked_back]
    years = Years((*earlier, book), case.rulebook, facts.register, numbers.__getitem__)
    lists = {one.title: one for one in award_lists(years)}
    for label, expected in case.awards.items():
        actual = tuple(placed.candidate.name for placed in lists[label].listed)
        if actual != expected:
            why = "".join(
                f"{one.candidate.name}没有列入：{'，'.join(one.reasons)}。"
                for one in lists[label].missed
                if one.candidate.name in expected
            )
            found = "、".join(actual) or "无"
            yield f"{label}应为{'、'.join(expected) or '无'}，算得{found}。{why}"


_CHECKS = (_points, _lines, _quotas, _standings, _accounts, _missing, _converted, _awards)
