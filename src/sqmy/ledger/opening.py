"""Opening and making a ledger, wherever it is kept: in a file, or on a server."""

from pathlib import Path

from sqmy.ledger.database import Ledger
from sqmy.ledger.sqlite import open_file


def open_ledger(place: Path) -> Ledger:
    """The ledger that is there.

    Raises:
        LedgerError: there is none, or none that this sqmy can read.
    """
    return open_file(place)
