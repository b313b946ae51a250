"""`python -m tools.bundle`: one folder that installs sqmy on a computer without a network.

It holds the wheel of this checkout, the wheels of everything it needs as the lock pins them, pip
for a Python that comes without it, an installer for Windows and one for other systems, and a page
in Chinese. Packages are fetched for the systems named, whatever this one is.
"""

import argparse
import hashlib
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from packaging.markers import Marker, default_environment

import sqmy

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "requirements" / "bundle.txt"
INSTALLER = ROOT / "installer"
GUIDE = "安装说明.html"
NATIVE = "native"


class Target(NamedTuple):
    """A system to install on.

    Attributes:
        platform: as wheels name it, `win_amd64`; "" for this very system.
        python: the version of its Python, `3.12`.
    """

    platform: str
    python: str

    def __str__(self) -> str:
        if not self.platform:
            return f"{platform.system()} {platform.machine()}，Python {self.python}"
        names = {"win_amd64": "Windows 64 位", "win_arm64": "Windows ARM"}
        return f"{names.get(self.platform, self.platform)}，Python {self.python}"

    def environment(self) -> dict[str, str]:
        """What the lock's markers ask of that system."""
        found = {name: str(value) for name, value in default_environment().items()}
        if self.platform:
            is_windows = self.platform.startswith("win")
            is_mac = self.platform.startswith("macosx")
            found["sys_platform"] = "win32" if is_windows else "darwin" if is_mac else "linux"
            found["os_name"] = "nt" if is_windows else "posix"
            found["platform_system"] = "Windows" if is_windows else "Darwin" if is_mac else "Linux"
        found["python_version"] = self.python
        found["python_full_version"] = f"{self.python}.0"
        return found

    def options(self) -> list[str]:
        """For `pip download`."""
        if not self.platform:
            return []
        return [
            *("--platform", self.platform, "--python-version", self.python),
            *("--implementation", "cp"),
        ]


def target(text: str) -> Target:
    """A target as it is written on the command line: `native` or `win_amd64:3.12`."""
    if text == NATIVE:
        return Target("", f"{sys.version_info.major}.{sys.version_info.minor}")
    system, _, python = text.partition(":")
    return Target(system, python or "3.12")


def pinned(lock: str, wanted: Target) -> Iterator[str]:
    """The entries of a lock that hold for that system, without their markers."""
    for entry in lock.replace("\\\n", " ").splitlines():
        requirement, *hashes = entry.split(" --hash=")
        name, _, marker = requirement.partition(";")
        if not marker.strip() or Marker(marker.strip()).evaluate(wanted.environment()):
            yield " --hash=".join([name.strip(), *(one.strip() for one in hashes)])


def fetch(wanted: Target, wheels: Path) -> None:
    """Download the wheels for a system, each against its hash."""
    with TemporaryDirectory() as folder:
        lines = Path(folder) / "requirements.txt"
        lines.write_text("\n".join(pinned(LOCK.read_text(encoding="utf-8"), wanted)), "utf-8")
        _pip(
            *("download", "--require-hashes", "--no-deps", "--only-binary=:all:"),
            *("--dest", str(wheels), *wanted.options(), "--requirement", str(lines)),
        )


def build(wheels: Path) -> Path:
    """The wheel of this checkout."""
    words = ["--wheel", "--no-isolation", "--outdir", str(wheels), str(ROOT)]
    subprocess.run([sys.executable, "-m", "build", *words], check=True, stdout=subprocess.DEVNULL)
    (made,) = wheels.glob("sqmy-*.whl")
    return made


def bundle(folder: Path, targets: Sequence[Target]) -> None:
    """Fill a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    wheels = folder / "wheels"
    wheels.mkdir(parents=True)
    own = build(wheels)
    for wanted in targets:
        print(f"== {wanted}")
        fetch(wanted, wheels)
    hashed = hashlib.sha256(own.read_bytes()).hexdigest()
    lock = LOCK.read_text(encoding="utf-8")
    ours = f"sqmy[pg,encrypted]=={sqmy.__version__} --hash=sha256:{hashed}\n"
    (folder / "requirements.txt").write_text(ours + lock, encoding="utf-8")
    shutil.copy(INSTALLER / "install.sh", folder)
    script = (INSTALLER / "install.bat").read_text(encoding="utf-8")
    (folder / "install.bat").write_text(script, encoding="utf-8", newline="\r\n")
    page = (INSTALLER / "guide.html").read_text(encoding="utf-8")
    page = re.sub(r"(?<=[^\x00-\x7f])\n(?=[^\x00-\x7f])", "", page)  # a browser shows a blank
    page = page.replace("{version}", sqmy.__version__)
    page = page.replace("{targets}", "；".join(map(str, targets)))
    (folder / GUIDE).write_text(page, encoding="utf-8")
    _sum_up(folder)


def _sum_up(folder: Path) -> None:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.relative_to(folder).as_posix()}"
        for path in files
    ]
    (folder / "SHA256SUMS").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _pip(*words: str) -> None:
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, *words], check=True)


def main() -> None:
    """Read the command line."""
    reader = argparse.ArgumentParser(prog="python -m tools.bundle")
    reader.add_argument("targets", nargs="*", metavar="native|PLATFORM:PYTHON", default=[NATIVE])
    reader.add_argument("--to", type=Path, default=ROOT / "dist" / f"sqmy-{sqmy.__version__}")
    given = reader.parse_args()
    bundle(given.to, [target(text) for text in given.targets])
    size = sum(path.stat().st_size for path in given.to.rglob("*")) >> 20
    print(f"{given.to}: {size} MB")


if __name__ == "__main__":
    main()
