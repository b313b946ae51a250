"""Importing units and members: who is new, what changes from a date, what is known already."""

from typing import NamedTuple

from sqmy import facts
from sqmy.errors import AmbiguousError, SqmyError
from sqmy.facts import FactId
from sqmy.intake.drafts import MemberRow, UnitRow
from sqmy.ledger import contents, reading
from sqmy.register import Register, Term, UnitEntry
from sqmy.text import match_key
from sqmy.workspace.import_names import QUALIFIED, Names, members_of, units_of
from sqmy.workspace.import_run import Run, WithheldError, different
from sqmy.workspace.new_term import begun, known_from_before
from sqmy.workspace.outcomes import State


def import_units(run: Run) -> None:
    """All rows of units: each unit where it first stands, its earlier states before the later."""
    rows: dict[str, list[UnitRow]] = {}
    for row in run.intake.drafts["unit"]:
        if isinstance(row, UnitRow):
            rows.setdefault(match_key(row.name), []).append(row)
    if not rows:
        return
    units = _Units(run, reading.register(run.ledger))
    for own in rows.values():
        for row in sorted(own, key=lambda row: row.since or ""):
            before = run.records.seq, run.troubles
            units.take(row)
            if run.troubles > before[1]:
                run.spoil("unit", (row.name, *row.aliases))
            else:
                state: State = "new" if run.records.seq > before[0] else "same"
                run.tell("unit", row.place, state, row.name)
            run.step()


class _Units:
    """The units as they grow."""

    def __init__(self, run: Run, register: Register) -> None:
        self.run = run
        self.units = dict(register.units)
        self.index = units_of(register)

    def take(self, row: UnitRow) -> None:
        """A row: a new unit, a change, or what is known."""
        found = self.index.find(row.name)
        if len(found) > 1:
            names = (f"{self.units[unit].name} F{unit}" for unit in found)
            self.run.refuse(row.place, "单位名称", AmbiguousError("单位", row.name, names))
            return
        unit = found[0] if found else self._register(row)
        if unit is not None:
            if found:
                self._change(self.units[unit], row)
            self._alias(unit, row)

    def _register(self, row: UnitRow) -> FactId | None:
        state = facts.Unit(
            0, row.name, row.kind or "", row.peer_group, row.assessed is not False, row.since
        )
        unit = self.run.write(
            row.place,
            "单位名称",
            self.run.records.register_unit,
            state.name,
            state.kind,
            state.peer_group,
            assessed=state.assessed,
            since=state.since,
        )
        if unit is not None:
            self.units[unit] = UnitEntry(unit, (state._replace(unit=unit),))
            self.index.add(unit, row.name)
        return unit

    def _change(self, unit: UnitEntry, row: UnitRow) -> None:
        """A later row: the unit's whole state from a day on, or the same day's told again.

        A change row says all there is, so that a unit can leave its group; a row about a state
        that is registered already need not repeat what it leaves blank.
        """
        old = unit.on(row.since or "")
        again = row.since is None or row.since == old.since
        new = old._replace(
            kind=row.kind or old.kind,
            peer_group=row.peer_group or (old.peer_group if again else None),
            assessed=old.assessed if row.assessed is None and again else row.assessed is not False,
            since=row.since,
        )
        changed = different(_shown(old), _shown(new))
        if not changed:
            return
        if again:
            since = f"从 {old.since} 起" if old.since else ""
            self.run.refuse(
                row.place,
                changed[0],
                f"单位「{old.name}」{since}已经登记，{'、'.join(changed)}与这一行不同"
                f"（已登记的是「{_shown(old)[changed[0]]}」）。以后才变的，请填写变更的生效日期。",
            )
        elif self.run.write(row.place, "生效日期", self.run.records.change_unit, new) is not None:
            states = sorted((*unit.states, new), key=lambda state: state.since or "")
            self.units[unit.id] = unit._replace(states=tuple(states))

    def _alias(self, unit: FactId, row: UnitRow) -> None:
        for alias in row.aliases:
            owners = self.index.find(alias)
            if owners and unit not in owners:
                owner = self.units[owners[0]].name
                self.run.refuse(row.place, "简称", f"「{alias}」已经是{owner}的名称。请换一个。")
            elif not owners:
                fact = facts.Alias(alias, unit=unit)
                self.run.write(row.place, "简称", self.run.records.add_alias, fact)
                self.index.add_other(unit, alias)


def _shown(state: facts.Unit) -> dict[str, str]:
    """What a row can say of a unit, by heading."""
    return {
        "单位类别": state.kind,
        "考评序列": state.peer_group or "",
        "参评": "是" if state.assessed else "否",
    }


def import_members(run: Run) -> None:
    """All rows of members."""
    rows = [row for row in run.intake.drafts["member"] if isinstance(row, MemberRow)]
    partly = [row for row in run.intake.partly["member"] if isinstance(row, MemberRow)]
    if run.decisions.new_term:
        rows = begun(run, rows, run.decisions.new_term)
    if not rows and not partly:
        return
    members = _Members(run, reading.register(run.ledger))
    for row in partly:
        members.place(row)
    placed = [found for row in rows if (found := members.place(row))]
    for row, unit in placed:
        members.hear(row, unit)
    for row, unit in placed:
        before = run.records.seq, run.troubles
        members.take(row, unit)
        if run.troubles > before[1]:
            run.spoil("member", (row.name,))
        else:
            state: State = "new" if run.records.seq > before[0] else "same"
            run.tell("member", row.place, state, row.name)
        run.step()


class _Details(NamedTuple):
    """What a person's rows say beyond the appointments."""

    sector: str | None
    phone: str | None


class _Members:
    """The members as they grow."""

    def __init__(self, run: Run, register: Register) -> None:
        self.run = run
        self.register = register
        self.names = Names(run, register)
        self.index = members_of(register)
        self.homes = {member.id: set(member.homes) for member in register.members.values()}
        self.terms = {member.id: list(member.terms) for member in register.members.values()}
        self.details = {
            member.id: _Details(member.sector, None) for member in register.members.values()
        }
        for member, phone in contents.phones(run.ledger).items():
            if member in self.details:
                self.details[member] = self.details[member]._replace(phone=phone)
        self.heard: dict[tuple[str, FactId], _Details] = {}

    def place(self, row: MemberRow) -> tuple[MemberRow, FactId] | None:
        """The row, its name without the unit in brackets, and its unit; None once refused."""
        if not row.unit:  # one at fault
            return None
        try:
            unit = self.names.unit(row.unit)
        except WithheldError:
            self.run.spoil("member", (row.name,))
            return None
        except SqmyError as error:
            self.run.spoil("member", (row.name,))
            self.run.refuse(row.place, "单位", error)
            return None
        qualified = QUALIFIED.fullmatch(row.name)
        if qualified is None or self.index.find(row.name):
            return row, unit
        if unit in self.register.units_called(qualified[2]):
            return row._replace(name=qualified[1]), unit
        self.run.spoil("member", (row.name, qualified[1]))
        self.run.refuse(row.place, "姓名", f"姓名「{row.name}」带有括号里的说明。请只写姓名。")
        return None

    def hear(self, row: MemberRow, unit: FactId) -> None:
        """Remember what is said first of each person, in whichever row."""
        key = (match_key(row.name), unit)
        known = self.heard.get(key, _Details(None, None))
        self.heard[key] = _Details(known.sector or row.sector, known.phone or row.phone)

    def take(self, row: MemberRow, unit: FactId) -> None:
        """A row: a new person, another appointment, the end of one, or what is known."""
        found = [member for member in self.index.find(row.name) if unit in self.homes[member]]
        if len(found) > 1:
            names = [f"{row.name} F{member}" for member in found]
            self.run.refuse(row.place, "姓名", AmbiguousError("姓名", row.name, names))
            return
        roles = list(row.roles)
        try:
            member = found[0] if found else self._from_before(row, unit)
        except SqmyError as error:
            self.run.refuse(row.place, "姓名", error)
            return
        if member is None:
            member = self._register(row, unit, roles.pop(0))
        if member is None:
            return
        for role in roles:
            self._appoint(member, row, role)
        said = (row.sector, row.phone)
        if any(new and new != old for new, old in zip(said, self.details[member], strict=True)):
            self.run.notes.append(f"{row.place}：{row.name}的界别或联系电话与登记的不同，没有改。")

    def _from_before(self, row: MemberRow, unit: FactId) -> FactId | None:
        """Who of the old term it is, where a new one begins; None for somebody new."""
        if not self.run.decisions.new_term:
            return None
        member = known_from_before(self.run, self.register, row, unit)
        if member is not None:
            self.homes[member].add(unit)
            self.index.add_other(member, row.name)
        return member

    def _register(self, row: MemberRow, unit: FactId, role: str) -> FactId | None:
        details = self.heard[match_key(row.name), unit]
        member = self.run.write(
            row.place,
            "任职结束",
            self.run.records.register_member,
            facts.Member(row.name, details.sector, details.phone),
            unit,
            role,
            row.since,
            row.until,
        )
        if member is not None:
            self.index.add(member, row.name)
            self.homes[member] = {unit}
            self.details[member] = details
            # the appointment is the last of the facts that make a member
            self.terms[member] = [Term(self.run.records.seq, role, row.since, row.until)]
        return member

    def _appoint(self, member: FactId, row: MemberRow, role: str) -> None:
        records, own = self.run.records, self.terms[member]
        same = [term for term in own if (term.role, term.since) == (role, row.since)]
        if not same:
            appointment = facts.Appointment(member, role, row.since, row.until)
            fact = self.run.write(row.place, "任职结束", records.appoint, appointment)
            if fact is not None:
                own.append(Term(fact, role, row.since, row.until))
        elif row.until is not None and all(term.until != row.until for term in same):
            running = next((term for term in same if term.until is None), None)
            if running is None:
                fact = same[0].fact
                advice = (
                    "请把两行改成一样。"
                    if self.run.is_new(fact)
                    else f"有误的请先用 sqmy void F{fact} 撤销，再导入。"
                )
                self.run.refuse(
                    row.place,
                    "任职结束",
                    f"{row.name}的身份「{role}」已登记到 {same[0].until}，与这一行不同。{advice}",
                )
            elif self.run.write(
                row.place, "任职结束", records.end, running.fact, running.since, row.until
            ):
                own[own.index(running)] = running._replace(until=row.until)
