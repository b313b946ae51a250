"""Rehearsing: all is looked up, checked and worked out as when recording, and nothing stays."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqmy.ledger.database import Ledger
from sqmy.workspace.desk import Desk
from sqmy.workspace.undoing import Voided, void

_REASON = "预演"  # a void needs one; nobody ever reads this


class _Rehearsed(Ledger):
    """A ledger on which nothing is ever committed: what was written is gone when it is closed."""

    @contextmanager
    def writing(self, *, dry_run: bool = False) -> Iterator[None]:  # noqa: ARG002 — always dry
        """In one transaction with what was rehearsed before, so that it can be read again."""
        if not self.connection.in_transaction:
            self.run("BEGIN IMMEDIATE")
        yield


def rehearsed(desk: Desk) -> Desk:
    """The same desk for a rehearsal; whatever is recorded at it is gone when it is left."""
    return Desk(_Rehearsed(desk.ledger.connection, desk.ledger.path), desk.operator)


def would_void(desk: Desk, reference: str, *, with_dependents: bool) -> Voided:
    """What `void` would do.

    Raises:
        SqmyError: as `void`.
    """
    try:
        return void(rehearsed(desk), reference, _REASON, with_dependents=with_dependents)
    finally:
        desk.ledger.connection.rollback()
