"""The other programs that open what we write: LibreOffice and Chromium, run without a window.

Where CI is set they must be there; elsewhere a test that needs one that is absent is skipped.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from html import escape
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


def widths(page: str, width: int, folder: Path) -> tuple[int, int]:
    """How wide a page is and how much of it Chromium shows in a frame of that width, in pixels."""
    browser = needed("chromium", "chromium-browser", "google-chrome")
    host = folder / "host.html"
    host.write_text(
        f'<!DOCTYPE html><meta charset="utf-8"><iframe id="f" style="width:{width}px;border:0" '
        f'srcdoc="{escape(page)}"></iframe><p id="r"></p><script>onload = () => {{'
        "const e = document.getElementById('f').contentDocument.documentElement;"
        "document.getElementById('r').textContent = e.scrollWidth + ' ' + e.clientWidth;"
        "}</script>",
        encoding="utf-8",
    )
    done = subprocess.run(
        [
            *(browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"),
            *(f"--user-data-dir={folder / 'chromium'}", "--dump-dom", host.as_uri()),
        ],
        capture_output=True,
        encoding="utf-8",
        timeout=TIMEOUT,
        check=False,
    )
    measured = re.search(r'<p id="r">(\d+) (\d+)</p>', done.stdout)
    assert measured, done
    return int(measured[1]), int(measured[2])
