"""What units, members and items are called, live or not."""

from sqmy.facts import FactId
from sqmy.ledger.database import Ledger


class Names:
    """Names of units, members and items by identity, live or not.

    Args:
        ledger: where they stand.
        within: the item whose life is being told, so that it need not be named again.
    """

    def __init__(self, ledger: Ledger, within: FactId | None = None) -> None:
        self.ledger = ledger
        self.within = within

    def unit(self, unit: FactId) -> str:
        """A unit's latest name; a voided one only where there is no other."""
        row = self.ledger.row(
            "SELECT name FROM unit WHERE unit = :unit"
            " ORDER BY fact IN (SELECT target FROM void), coalesce(since, '') DESC, fact DESC",
            {"unit": unit},
        )
        return row[0] if row else f"F{unit}"

    def member(self, member: FactId) -> str:
        """A member's name."""
        row = self.ledger.row("SELECT name FROM member WHERE fact = :fact", {"fact": member})
        return row[0] if row else f"F{member}"

    def item(self, item: FactId) -> tuple[str, str] | None:
        """Number and title of the revision in force, else of the last; None within its own life."""
        if item == self.within:
            return None
        row = self.ledger.row(
            "SELECT number, title FROM submission WHERE item = :item"
            " ORDER BY fact IN (SELECT target FROM void), fact DESC",
            {"item": item},
        )
        return (row[0], row[1]) if row else (f"F{item}", "")
