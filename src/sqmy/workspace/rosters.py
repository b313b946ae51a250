"""The registers as reports."""

from typing import Any

from sqmy.days import today
from sqmy.register import MemberEntry
from sqmy.reports.model import Column, Report, Table
from sqmy.workspace.desk import Desk
from sqmy.workspace.sentences import span


def units(desk: Desk) -> Report:
    """All units as they stand today."""
    day = today()
    rows = []
    for unit in desk.register.units.values():
        state = unit.on(day)
        rows.append(
            (
                f"F{unit.id}",
                state.name,
                state.kind,
                state.peer_group or "",
                "是" if state.assessed else "否",
                "、".join(unit.aliases),
            )
        )
    columns = ("登记号", "单位名称", "单位类别", "考评序列", "参评", "简称")
    return Report(f"单位（{len(rows)} 个）", (Table("", _columns(columns), tuple(rows)),))


def units_json(desk: Desk) -> list[dict[str, Any]]:
    """All units with every state."""
    return [
        {
            "id": f"F{unit.id}",
            "name": unit.name,
            "aliases": list(unit.aliases),
            "states": [
                {
                    "name": s.name,
                    "kind": s.kind,
                    "peer_group": s.peer_group,
                    "assessed": s.assessed,
                    "since": s.since,
                }
                for s in unit.states
            ],
        }
        for unit in desk.register.units.values()
    ]


def _members(desk: Desk, unit: str | None) -> list[MemberEntry]:
    if unit is None:
        return list(desk.register.members.values())
    wanted, day = desk.register.find_unit(unit), today()
    return [m for m in desk.register.members.values() if m.unit_on(day) == wanted]


def members(desk: Desk, unit: str | None) -> Report:
    """Members, of one unit or all, with every role. No phones."""
    day = today()
    rows = tuple(
        (
            f"F{member.id}",
            member.name,
            desk.register.unit_name(member.unit_on(day), day),
            "；".join(t.role + span(t.since, t.until) for t in member.terms),
            member.sector or "",
            "、".join(member.aliases),
        )
        for member in _members(desk, unit)
    )
    columns = ("登记号", "姓名", "单位", "身份", "界别", "别名")
    return Report(f"人员（{len(rows)} 人）", (Table("", _columns(columns), rows),))


def members_json(desk: Desk, unit: str | None) -> list[dict[str, Any]]:
    """Members with every unit and role. No phones."""
    register = desk.register
    return [
        {
            "id": f"F{member.id}",
            "name": member.name,
            "sector": member.sector,
            "aliases": list(member.aliases),
            "units": [
                {"unit": register.units[unit_id].name, "since": since}
                for since, unit_id in member.placements
            ],
            "roles": [{"role": t.role, "since": t.since, "until": t.until} for t in member.terms],
        }
        for member in _members(desk, unit)
    ]


def _columns(titles: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(Column(title) for title in titles)
