"""换届: the appointments of the old term end, and a sheet of members is the register of the new.

Which roles end is what the sheet appoints to: a register of 常委 and 委员 leaves the resident
members of the city's and the province's committees as they are.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from sqmy.days import Day, add_days
from sqmy.errors import SqmyError
from sqmy.facts import Alias, FactId
from sqmy.intake.drafts import MemberRow
from sqmy.ledger import reading
from sqmy.register import Register, Term
from sqmy.similarity.sounds import sound_alike
from sqmy.text import match_key
from sqmy.workspace.import_run import Run
from sqmy.workspace.outcomes import Candidate, Doubt, DoubtError
from sqmy.workspace.suggesting import Suggestions

_NAMED = 12
"""Persons named in a sentence, at the most."""


def begun(run: Run, rows: Sequence[MemberRow], first: Day) -> list[MemberRow]:
    """End the old term on the day before, and date the rows of the new one.

    Args:
        run: this import.
        rows: the register of the new term.
        first: its first day.

    Returns:
        The rows, appointed from that day where they say none; those that say an earlier day are
        refused and left out.

    Raises:
        SqmyError: there are none.
    """
    if not rows and not run.intake.spoiled["member"] and "member" not in run.unread:
        raise SqmyError("换届要有新一届的名册，这些文件里没有人员表。")
    dated = [row for row in rows if _is_dated(run, row, first)]
    roles = {role for row in dated for role in row.roles}
    register = reading.register(run.ledger)
    _end(run, register, roles, first)
    listed = {match_key(row.name) for row in dated}
    _tell_who_leaves(run, register, roles, first, listed)
    return [row._replace(since=row.since or first) for row in dated]


def _is_dated(run: Run, row: MemberRow, first: Day) -> bool:
    if row.since is None or row.since >= first:
        return True
    run.spoil("member", (row.name,))
    run.refuse(
        row.place,
        "任职开始",
        f"任职开始 {row.since} 早于换届的 {first}。连任的也从换届起算，请改成换届后的日期或空着。",
    )
    return False


def _running(register: Register, roles: set[str], first: Day) -> Iterator[tuple[FactId, Term]]:
    """The appointments of the old term that reach into the new one."""
    for member in register.members.values():
        for term in member.terms:
            reaches = term.until is None or term.until >= first
            if reaches and term.role in roles and (term.since or "") < first:
                yield member.id, term


def _end(run: Run, register: Register, roles: set[str], first: Day) -> None:
    last = add_days(first, -1)
    ended: Counter[str] = Counter()
    for member, term in _running(register, roles, first):
        if term.until is None:
            run.record(run.records.end, term.fact, term.since, last)
            ended[term.role] += 1
        else:
            run.notes.append(
                f"{register.full_name(member)}的{term.role}已登记到 {term.until}，没有改。"
            )
    if ended:
        told = "、".join(f"{role} {count} 项" for role, count in ended.items())
        run.decided.append(f"换届：上一届的任职到 {last} 为止，{told}")
    others = Counter(
        term.role
        for member in register.members.values()
        for term in member.terms
        if term.role not in roles and term.held_on(first)
    )
    if others:
        told = "、".join(f"{role} {count} 项" for role, count in others.items())
        run.notes.append(f"名册里没有的身份照旧：{told}。")


def _tell_who_leaves(
    run: Run, register: Register, roles: set[str], first: Day, listed: set[str]
) -> None:
    leaving = {
        register.full_name(member): None
        for member, _ in _running(register, roles, first)
        if match_key(register.members[member].name) not in listed
    }
    if leaving:
        more = f"等 {len(leaving)} 人" if len(leaving) > _NAMED else ""
        run.notes.append(f"不在新名册里的：{'、'.join(list(leaving)[:_NAMED])}{more}。")


def known_from_before(run: Run, register: Register, row: MemberRow, unit: FactId) -> FactId | None:
    """Who of the old term a person is that the new register has in another unit, or misspelt.

    The move, or the other spelling, is recorded.

    Raises:
        DoubtError: somebody is of that name elsewhere, or sounds the same in that unit: whether
            it is the same person, a person must say.
        SqmyError: whoever is named as the same person is not in the register.
    """
    candidates = tuple(_candidates(register, row.name, unit))
    if not candidates:
        return None
    home = register.units[unit].name
    said = "、".join(f"{one.value}（{one.why}）" for one in candidates)
    message = (
        f"「{row.name}」写在{home}，是不是：{said}？是同一个人还是另一个人，请用 --map 文件指明。"
    )
    doubt = Doubt("member", row.name, home, candidates, message, home)
    answer = run.decisions.answers.to(doubt)
    if answer is None:
        raise DoubtError(doubt)
    if not answer.meant:
        return None
    member = register.find_member(answer.meant)
    if unit not in register.members[member].homes:
        run.record(run.records.move, member, unit, run.decisions.new_term or "")
        run.decided.append(f"{register.full_name(member)}调到{home}")
    if match_key(row.name) != match_key(register.members[member].name):
        run.record(run.records.add_alias, Alias(row.name, member=member))
        run.decided.append(f"「{row.name}」记作{register.full_name(member)}的别名")
    return member


def _candidates(register: Register, name: str, unit: FactId) -> Iterator[Candidate]:
    key, suggestions = match_key(name), Suggestions(register)
    for member in register.members.values():
        others = match_key(member.name)
        if others == key and unit not in member.homes:
            yield Candidate(suggestions.value(member.id), "同名，在另一单位")
        elif others != key and unit in member.homes and sound_alike(key, others):
            yield Candidate(suggestions.value(member.id), "同一单位，同音")
