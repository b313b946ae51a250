"""The trials of faults run, a few of each; `make faults` runs them in their full number."""

import os
import subprocess
import sys

import pytest

from packaged import ROOT
from trials.__main__ import TRIALS


@pytest.mark.skipif(os.name != "posix", reason="they kill, mount and trace")
@pytest.mark.parametrize("name", TRIALS)
def test_nothing_is_lost(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "trials", "--quick", name],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"{name}: ")
