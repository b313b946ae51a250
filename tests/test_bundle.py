"""The folder for offices without a network: made, installed from without an index, and used.

What it packs must be fetched once, so that this runs where CI is set, and by `make bundle` at hand.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools import bundle
from tools.bundle import Target, pinned, target

pytestmark = pytest.mark.xdist_group("package")  # with the other test that builds the wheel

LOCK = """one==1.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
two==2.0 ; sys_platform == 'win32' \\
    --hash=sha256:cc
three==3.0 ; python_full_version < '3.12' \\
    --hash=sha256:dd
"""


@pytest.mark.parametrize(
    ("wanted", "names"),
    [
        (Target("win_amd64", "3.11"), ["one", "two", "three"]),
        (Target("win_amd64", "3.12"), ["one", "two"]),
        (Target("manylinux2014_x86_64", "3.11"), ["one", "three"]),
        (Target("macosx_11_0_arm64", "3.13"), ["one"]),
    ],
)
def test_each_system_gets_what_it_needs(wanted: Target, names: list[str]) -> None:
    lines = list(pinned(LOCK, wanted))
    assert [line.split("==")[0] for line in lines] == names
    assert lines[0] == "one==1.0 --hash=sha256:aa --hash=sha256:bb"


def test_how_a_system_is_named() -> None:
    assert target("win_amd64:3.13") == Target("win_amd64", "3.13")
    assert str(target("win_amd64:3.13")) == "Windows 64 位，Python 3.13"
    assert target("native").platform == ""


def test_the_lock_names_no_host() -> None:
    assert "://" not in bundle.LOCK.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bundle for this system."""
    if not os.environ.get("CI"):
        pytest.skip("fetches its packages: set CI to try it")
    made = tmp_path_factory.mktemp("bundle") / "sqmy"
    bundle.bundle(made, [target("native")])
    return made


def offline(folder: Path) -> dict[str, str]:
    """An environment in which no index answers, with a home of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return kept | {
        "HOME": str(folder),
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_INDEX_URL": "http://127.0.0.1:9/",
        "PYTHON": sys.executable,
        "PYTHONUTF8": "1",
    }


@pytest.mark.skipif(os.name != "posix", reason="a script for a POSIX shell")
def test_it_installs_without_an_index_and_works(folder: Path, tmp_path: Path) -> None:
    def run(*words: str | Path) -> str:
        done = subprocess.run(
            words,
            env=offline(tmp_path),
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert "已装好：sqmy " in run("/bin/sh", folder / "install.sh")
    sqmy = tmp_path / ".local" / "bin" / "sqmy"
    assert "云汀县是虚构的" in run(sqmy, "demo", "--to", "演示")
    told = run(sqmy, "doctor")
    assert re.search(r"好\s+部件\s+所需的 \d+ 个部件都在", told)
    python = tmp_path / ".local/share/sqmy/program/bin/python"
    assert run(python, "-c", "import psycopg; print(psycopg.pq.__impl__)") == "binary\n"
    told = run(
        python, "-c", "import sqlcipher3; print(sqlcipher3.connect(':memory:').total_changes)"
    )
    assert told == "0\n"
    run("/bin/sh", folder / "install.sh")  # again, as an upgrade does


@pytest.mark.skipif(os.name != "posix", reason="a script for a POSIX shell")
def test_a_damaged_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    wheel = next((copy / "wheels").glob("sqmy-*.whl"))
    wheel.write_bytes(wheel.read_bytes()[:-1] + b"x")
    done = subprocess.run(
        ["/bin/sh", copy / "install.sh", tmp_path / "target"],
        env=offline(tmp_path),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 1
    assert "与清单不符，没有安装" in done.stderr
    assert not (tmp_path / "target").exists()


def test_what_an_office_on_windows_gets(folder: Path) -> None:
    """Lines end as Windows ends them, and the console is told that they are in UTF-8."""
    script = (folder / "install.bat").read_bytes()
    assert script.count(b"\r\n") == script.count(b"\n")
    assert b"chcp 65001" in script.splitlines()[2]
    page = (folder / "安装说明.html").read_text(encoding="utf-8")
    assert "{" not in page.split("</style>")[1]
    assert "适用于：" in page
