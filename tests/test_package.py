"""The built wheel, as somebody installs it: all of its data, and `sqmy` away from the checkout."""

import importlib.metadata
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKED = {
    "src/sqmy": "sqmy",
    "rules": "sqmy/_data/rules",
    "examples": "sqmy/_data/examples",
}
"""What the wheel holds: folder of the checkout, folder of the wheel."""

pytestmark = pytest.mark.xdist_group("package")  # one worker builds the wheel, once for all tests


def run(command: Sequence[str | Path], folder: Path) -> str:
    """What the command prints, started in `folder` by somebody who has set nothing for sqmy."""
    ours = ("PYTHON", "SQMY", "XDG")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    done = subprocess.run(
        command,
        cwd=folder,
        env=kept | {"PYTHONUTF8": "1", "HOME": str(folder)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir"]
    run([*build, folder, ROOT], folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of a new environment: the wheel, and what this one has besides."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home)
    places = sysconfig.get_paths("venv", vars={"base": str(home), "platbase": str(home)})
    programs = Path(places["scripts"])
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", programs / "python"]
    run([*pip, "install", "--no-index", "--no-deps", wheel], home)
    # Written last, so that pip sees an empty environment. The checkout stays out of sight: Python
    # follows no .pth file, such as the editable install's, in a folder that a .pth file names.
    dependencies = Path(places["purelib"], "dependencies.pth")
    dependencies.write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return programs


@pytest.mark.parametrize("folder", PACKED)
def test_the_wheel_holds_every_file(folder: str, wheel: Path) -> None:
    files = [path for path in (ROOT / folder).rglob("*") if path.is_file()]
    wanted = {
        f"{PACKED[folder]}/{path.relative_to(ROOT / folder).as_posix()}"
        for path in files
        if path.suffix != ".pyc"
    }
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    assert wanted - held == set()
    assert wanted


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert {"sqmy/_data/rules/scoring.yaml", "sqmy/ledger/migrations/0001.sql"} <= set(names)
    strange = [
        name
        for name in names
        if not name.startswith((*(f"{place}/" for place in PACKED.values()), "sqmy-"))
        or name.endswith((".db", ".pyc"))
    ]
    assert strange == []


def test_the_editable_install_copies_nothing_that_could_grow_stale() -> None:
    files = importlib.metadata.files("sqmy") or []
    assert "_sqmy.pth" in {file.name for file in files}
    assert [file for file in files if file.parts[0] == "sqmy"] == []


def test_the_environment_sees_the_wheel_and_not_the_checkout(
    installed: Path, tmp_path: Path
) -> None:
    where = run([installed / "python", "-c", "import sqmy; print(sqmy.__file__)"], tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)


def test_the_demo_runs_from_the_wheel_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    assert "得分" in run([installed / "sqmy", "demo"], tmp_path)
