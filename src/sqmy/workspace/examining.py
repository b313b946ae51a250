"""Examining the installation: what is there, what is missing, what to mend.

Nothing is changed and nothing is made. Each finding is a sentence for the clerk with a state;
`examining_ledger.py` looks at the ledger's place.
"""

import locale
import os
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from typing import Literal, NamedTuple

from sqmy import __version__, settings
from sqmy.errors import SqmyError
from sqmy.reports.model import Column, Report, Table

State = Literal["ok", "warning", "fault"]
STATES: dict[State, str] = {"ok": "好", "warning": "留意", "fault": "要改"}

_SQLITE = (3, 37)
"""The first SQLite with STRICT tables."""

_FONTS = {
    "小标宋（标题）": ("小标宋", "xiaobiaosong"),
    "仿宋（正文）": ("仿宋", "fangsong"),
    "楷体": ("楷体", "kaiti", "ukai"),
    "黑体": ("黑体", "simhei", "heiti", "noto sans cjk sc", "source han sans"),
    "宋体": ("宋体", "simsun", "songti", "stsong", "noto serif cjk sc", "sungti"),
}
"""The fonts of an official document, each with what its families are called."""


class Finding(NamedTuple):
    """One thing that was looked at.

    Attributes:
        topic: what, in English, for programs.
        label: the same in Chinese.
        told: how it is.
        advice: what to do; "" where there is nothing.
    """

    topic: str
    label: str
    state: State
    told: str
    advice: str = ""


def examination(ledger: str | None, operator: str | None) -> list[Finding]:
    """Everything that was looked at, in an order that makes sense to read.

    Args:
        ledger: as given with `--ledger`.
        operator: as given with `--as`.
    """
    from sqmy.workspace.examining_ledger import of_ledger

    return [
        *_versions(),
        *_packages(),
        *_encodings(),
        *_fonts(),
        *_operator(operator),
        *of_ledger(ledger),
    ]


def report(findings: list[Finding]) -> Report:
    """The examination as a table, and how it came out in a sentence."""
    rows = tuple((STATES[f.state], f.label, f.told, f.advice) for f in findings)
    columns = (Column(""), Column("项目"), Column("情况"), Column("怎么办"))
    count = {state: sum(f.state == state for f in findings) for state in STATES}
    lead = f"查了 {len(findings)} 项：要改 {count['fault']} 项，留意 {count['warning']} 项。"
    return Report("安装体检", (Table("", columns, rows),), lead=(lead,))


def _versions() -> Iterator[Finding]:
    system = f"{platform.system()} {platform.release()}"
    told = f"sqmy {__version__}，Python {platform.python_version()}，{system}"
    yield Finding("program", "程序", "ok", told)
    version = f"SQLite {sqlite3.sqlite_version}"
    if sqlite3.sqlite_version_info < _SQLITE:
        needed = ".".join(map(str, _SQLITE))
        yield Finding(
            "sqlite", "SQLite", "fault", f"{version} 太旧，建不了台账",
            f"请换装较新的 Python（自带 SQLite {needed} 以上）",
        )  # fmt: skip
    else:
        yield Finding("sqlite", "SQLite", "ok", version)
    if os.name != "posix":
        yield Finding(
            "system", "系统", "ok",
            "Windows 上，文件谁能读写由所在文件夹决定，断电时文件夹的登记不另行落盘",
            "台账请放在本人的用户文件夹里，每人用自己的登录名",
        )  # fmt: skip


def _packages() -> Iterator[Finding]:
    """The libraries that the program needs, each in a version that will do."""
    try:
        needed = metadata.requires("sqmy") or []
    except metadata.PackageNotFoundError:
        needed = []
    wrong: list[str] = []
    extras: list[str] = []
    for line in needed:
        name, specification, extra = _requirement(line)
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            (extras if extra else wrong).append(f"{name} 没有装")
            continue
        if not _satisfies(version, specification):
            wrong.append(f"{name} {version}（需要 {specification}）")
    if wrong:
        advice = "请用安装脚本重装，或执行 pip install --upgrade sqmy"
        yield Finding("packages", "部件", "fault", "；".join(wrong), advice)
    else:
        yield Finding("packages", "部件", "ok", f"所需的 {len(needed) - len(extras)} 个部件都在")
    if extras:
        yield Finding("extras", "可选部件", "ok", "；".join(extras), "不用服务器上的台账，不必装")


def _requirement(line: str) -> tuple[str, str, bool]:
    """The name, the versions and whether it is optional, of `typer<0.29,>=0.28; extra == 'x'`."""
    wanted, _, marker = line.partition(";")
    name = re.split(r"[\s<>=!~\[(]", wanted.strip())[0]
    specification = re.sub(r"^\[[^\]]*\]", "", wanted.strip()[len(name) :]).strip(" ()")
    return name, specification, "extra" in marker


def _satisfies(version: str, specification: str) -> bool:
    """Whether a version lies within bounds such as `<0.29,>=0.28`."""
    own = _numbers(version)
    for bound in filter(None, specification.replace(" ", "").split(",")):
        if match := re.fullmatch(r"(>=|<=|<|>|==)([\d.]+)", bound):
            sign, limit = match[1], _numbers(match[2])
            order = (own > limit) - (own < limit)
            if order not in {">=": {0, 1}, "<=": {0, -1}, "<": {-1}, ">": {1}, "==": {0}}[sign]:
                return False
    return True


def _numbers(version: str) -> tuple[int, ...]:
    found = [int(part) for part in re.match(r"[\d.]*", version)[0].split(".") if part]  # type: ignore[index]
    while found and found[-1] == 0:
        found.pop()
    return tuple(found)


def _encodings() -> Iterator[Finding]:
    screen = getattr(sys.stdout, "encoding", None) or "utf-8"  # a text in memory has none
    advice = "请在中文环境里使用；或先设环境变量 PYTHONUTF8=1（Windows 用 set，其他用 export）"
    for topic, label, encoding in (
        ("screen", "屏幕编码", screen),
        ("names", "文件名编码", sys.getfilesystemencoding()),
        ("locale", "系统编码", locale.getencoding()),
    ):
        try:
            "社情民意·（）".encode(encoding)
        except (UnicodeError, LookupError):
            yield Finding(topic, label, "fault", f"{encoding} 写不了中文", advice)
        else:
            yield Finding(topic, label, "ok", encoding)


def _fonts() -> Iterator[Finding]:
    families = _families()
    if families is None:
        yield Finding("fonts", "字体", "ok", "查不到这台电脑的字体清单，没有核对")
        return
    missing = [
        name
        for name, known in _FONTS.items()
        if not any(word in family for word in known for family in families)
    ]
    if missing:
        yield Finding(
            "fonts", "字体", "warning", f"没有装 {'、'.join(missing)}",
            "通报照样写得出来；要在这台电脑上排印，请装上公文字体",
        )  # fmt: skip
    else:
        yield Finding("fonts", "字体", "ok", "公文用的字体都有")


def _families() -> set[str] | None:
    """The families of the fonts of this computer, in lower case; None if nobody can tell."""
    if sys.platform == "win32":
        import winreg

        places = (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER)
        names: set[str] = set()
        for place in places:
            try:
                with winreg.OpenKey(
                    place, r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts"
                ) as key:
                    count = winreg.QueryInfoKey(key)[1]
                    names.update(winreg.EnumValue(key, n)[0].casefold() for n in range(count))
            except OSError:
                continue
        return names or None
    program = shutil.which("fc-list")
    if program is None:
        return None
    try:
        told = subprocess.run(  # noqa: S603 — found on the path, no words of anybody's
            [program, ":", "family"],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=20,
            check=False,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    return {line.casefold() for line in told.splitlines()} or None


def _operator(given: str | None) -> Iterator[Finding]:
    try:
        yield Finding("operator", "经办人", "ok", settings.operator(given))
    except SqmyError as error:
        yield Finding("operator", "经办人", "fault", str(error))
