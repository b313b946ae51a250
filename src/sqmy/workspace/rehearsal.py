"""Rehearsing: all is looked up, checked and worked out as when recording, and nothing stays."""

from copy import copy

from sqmy.workspace.desk import Desk
from sqmy.workspace.undoing import Voided, void

_REASON = "预演"  # a void needs one; nobody ever reads this


def rehearsed(desk: Desk) -> Desk:
    """The same desk for a rehearsal; whatever is recorded at it is gone when it is left."""
    ledger = copy(desk.ledger)
    ledger.rehearsing = True
    return Desk(ledger, desk.operator)


def would_void(desk: Desk, reference: str, *, with_dependents: bool) -> Voided:
    """What `void` would do.

    Raises:
        SqmyError: as `void`.
    """
    try:
        return void(rehearsed(desk), reference, _REASON, with_dependents=with_dependents)
    finally:
        desk.ledger.roll_back()
