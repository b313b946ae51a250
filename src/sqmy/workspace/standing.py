"""What stands now, in words, by the names of the arguments that change it."""

from sqmy import days, terms
from sqmy.workspace.desk import Desk
from sqmy.workspace.items import life


def item_now(desk: Desk, number: str) -> dict[str, str]:
    """An item as it stands, in words, by the names of the arguments that amend it."""
    found = life(desk, number)
    revision = found.revision
    if revision is None:  # it was looked up a moment ago
        return {}
    return {
        "title": revision.title,
        "author": "、".join(found.authors),
        "unit": "、".join(found.units),
        "on": revision.submitted_on,
        "by_unit": terms.SIGNATURES[revision.by_unit],
    }


def unit_now(desk: Desk, unit: str, since: str) -> dict[str, str]:
    """A unit as it stands on a day, in words, by the names of the arguments that change it."""
    state = desk.register.units[desk.register.find_unit(unit)].on(days.read_day(since))
    return {
        "name": state.name,
        "unit_kind": state.kind,
        "peer_group": state.peer_group or "",
        "assessed": "是" if state.assessed else "否",
    }
