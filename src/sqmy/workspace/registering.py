"""Registering units and members by name; what changes, changes from a date."""

from collections.abc import Callable

from sqmy import days, facts, text
from sqmy.errors import SqmyError
from sqmy.facts import FactId
from sqmy.ledger.records import Records
from sqmy.register import find_label
from sqmy.workspace.desk import Desk
from sqmy.workspace.recording import Receipt
from sqmy.workspace.sentences import sentence_at


class Registrar:
    """Registers units and members at a desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    def add_unit(
        self, name: str, kind: str, peer_group: str | None, *, assessed: bool, since: str | None
    ) -> Receipt:
        """A new unit."""
        name = _named(name, "单位名称")
        if taken := self.desk.register.units_called(name):
            raise SqmyError(f"单位「{name}」已经登记（F{taken[0]}）。要改，请用 sqmy unit set。")
        kind = find_label("单位类别", self.desk.vocabulary.unit_kinds, kind)
        group = text.name(peer_group, "考评序列") if peer_group else None
        day = days.read_day(since) if since else None
        return self._write(
            lambda records: records.register_unit(name, kind, group, assessed=assessed, since=day)
        )

    def set_unit(
        self,
        spelling: str,
        since: str,
        *,
        name: str | None,
        kind: str | None,
        peer_group: str | None,
        assessed: bool | None,
    ) -> Receipt:
        """A unit's changed state, from a day on; what is not given stays."""
        unit = self.desk.register.find_unit(spelling)
        day = days.read_day(since)
        old = self.desk.register.units[unit].on(day)
        new = old._replace(
            since=day,
            name=_named(name, "单位名称") if name else old.name,
            kind=find_label("单位类别", self.desk.vocabulary.unit_kinds, kind)
            if kind
            else old.kind,
            peer_group=old.peer_group if peer_group is None else text.name(peer_group) or None,
            assessed=old.assessed if assessed is None else assessed,
        )
        if new._replace(since=old.since) == old:
            raise SqmyError(f"单位「{old.name}」没有改动，没有写入。")
        taken = [u for u in self.desk.register.units_called(new.name) if u != unit]
        if taken:
            raise SqmyError(f"单位「{new.name}」已经登记（F{taken[0]}），不能重名。")
        return self._write(lambda records: records.change_unit(new))

    def alias_unit(self, spelling: str, alias: str) -> Receipt:
        """Another name of a unit."""
        unit = self.desk.register.find_unit(spelling)
        alias = _named(alias, "简称")
        if taken := self.desk.register.units_called(alias):
            raise SqmyError(f"「{alias}」已经是{self.desk.register.units[taken[0]].name}的名称。")
        return self._write(lambda records: records.add_alias(facts.Alias(alias, unit=unit)))

    def add_member(
        self,
        name: str,
        unit: str,
        role: str,
        *,
        since: str | None,
        until: str | None,
        sector: str | None,
        phone: str | None,
    ) -> Receipt:
        """A new member with a unit and a first role."""
        name = _named(name, "姓名")
        home = self.desk.register.find_unit(unit)
        full = f"{name}（{self.desk.register.units[home].name}）"
        if any(
            self.desk.register.full_name(member) == full
            for member in self.desk.register.members_called(name)
        ):
            raise SqmyError(f"{full}已经登记。要加身份，请用 sqmy member appoint。")
        label = find_label("身份", self.desk.vocabulary.roles, role)
        member = facts.Member(
            name,
            text.name(sector, "界别") if sector else None,
            text.plain(phone, "联系电话") if phone else None,
        )
        first = days.read_day(since) if since else None
        last = days.read_day(until) if until else None
        receipt = self._write(
            lambda records: records.register_member(member, home, label, first, last)
        )
        return receipt._replace(sentence=f"人员 {full}，{label}")

    def appoint(self, spelling: str, role: str, since: str | None, until: str | None) -> Receipt:
        """Another role of a member."""
        member = self.desk.register.find_member(spelling)
        label = find_label("身份", self.desk.vocabulary.roles, role)
        first = days.read_day(since) if since else None
        last = days.read_day(until) if until else None
        for term in self.desk.register.members[member].terms:
            if (term.role, term.since) == (label, first):
                raise SqmyError(f"{spelling} 的这项身份已经登记（F{term.fact}），没有写入。")
        return self._write(
            lambda records: records.appoint(facts.Appointment(member, label, first, last))
        )

    def end(self, spelling: str, role: str, on: str) -> Receipt:
        """The last day of a member's role."""
        member = self.desk.register.find_member(spelling)
        label = find_label("身份", self.desk.vocabulary.roles, role)
        day = days.read_day(on)
        terms = self.desk.register.members[member].terms
        running = [term for term in terms if term.role == label and term.until is None]
        if not running:
            raise SqmyError(f"{spelling} 没有尚未结束的身份「{label}」。用 sqmy member list 查看。")
        term = running[-1]
        return self._write(lambda records: records.end(term.fact, term.since, day))

    def move(self, spelling: str, unit: str, on: str) -> Receipt:
        """A member belongs to another unit from a day on."""
        member = self.desk.register.find_member(spelling)
        home = self.desk.register.find_unit(unit)
        day = days.read_day(on)
        if self.desk.register.members[member].unit_on(day) == home:
            raise SqmyError(f"{spelling} 在 {day} 已经属于该单位，没有写入。")
        return self._write(lambda records: records.move(member, home, day))

    def alias_member(self, spelling: str, alias: str) -> Receipt:
        """Another name of a member."""
        member = self.desk.register.find_member(spelling)
        alias = _named(alias, "别名")
        if member in self.desk.register.members_called(alias):
            raise SqmyError(f"「{alias}」已经是 {spelling} 的名称，没有写入。")
        return self._write(lambda records: records.add_alias(facts.Alias(alias, member=member)))

    def merge(self, spelling: str, into: str) -> Receipt:
        """Two entries of the register are one person."""
        member = self.desk.register.find_member(spelling)
        other = self.desk.register.find_member(into)
        return self._write(lambda records: records.merge(member, other))

    def _write(self, verb: Callable[[Records], FactId]) -> Receipt:
        with self.desk.ledger.writing():
            fact: FactId = verb(Records(self.desk.ledger, self.desk.operator))
        self.desk.refresh()
        return Receipt(fact, sentence_at(self.desk.ledger, fact))


def _named(given: str, what: str) -> str:
    name = text.name(given, what)
    if not name:
        raise SqmyError(f"{what}不能为空。")
    return name
