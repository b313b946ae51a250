"""The day that it is, ledgers in files, and a folder for other users."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from attempts import TODAY
from ledgers import every_kind, new_ledger
from sqmy import days


@pytest.fixture(autouse=True)
def _new_years_eve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(days, "today", lambda: TODAY)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger with two facts of every kind, closed, alone in its folder."""
    made = tmp_path / "sqmy.db"
    with new_ledger(made) as ledger:
        every_kind(ledger)
    return made


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user may enter, which pytest's own is not."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)
        Path(folder).chmod(0o755)
