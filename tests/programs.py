"""The other programs that open what we write, run without a window; Chromium is in `browser`.

Where CI is set they must be there; elsewhere a test that needs one that is absent is skipped.
"""

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

TIMEOUT = 180
"""Seconds; LibreOffice makes a profile when it starts."""


def needed(*names: str) -> str:
    """The path of a program that has one of these names; without it, the test is skipped."""
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        reason = f"{names[0]} is not installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def converted(sources: Sequence[Path], kind: str, folder: Path) -> list[Path]:
    """What LibreOffice makes of files: opened, computed, and saved as another kind."""
    office = needed("soffice", "libreoffice")
    target = folder / "converted"
    done = subprocess.run(
        [
            *(office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"),
            *("--convert-to", kind, "--outdir", str(target), *map(str, sources)),
        ],
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT,
        check=False,
    )
    made = [target / source.with_suffix(f".{kind}").name for source in sources]
    assert all(path.is_file() for path in made), (done.returncode, done.stdout, done.stderr)
    return made
