"""The clerk of a small county, for every test of the command line."""

from pathlib import Path

import pytest

from clerk import SCAN, Clerk, county, found_county


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small county's ledger, recorded once; nobody writes to it."""
    ledger = tmp_path_factory.mktemp("county") / "template.db"
    found_county(ledger)
    return ledger


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A clerk sits in a folder of her own: what a command writes by a bare name stays there."""
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def clerk(template: Path, tmp_path: Path) -> Clerk:
    """A clerk with a ledger of the small county."""
    return county(template, tmp_path)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A scanned paper."""
    path = tmp_path / "批示件.pdf"
    path.write_bytes(SCAN)
    return path
