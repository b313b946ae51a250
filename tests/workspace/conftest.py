from pathlib import Path

import pytest

from office import Office


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """A new ledger, and a folder for files."""
    return Office(tmp_path)
