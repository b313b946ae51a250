"""The figures as a page: docs/performance.md."""

import os
import platform
import sqlite3
import subprocess
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from benchmarks.measuring import Figure
from benchmarks.office import soffice
from benchmarks.startup import LOCK


class Section(NamedTuple):
    """A table of the page.

    Attributes:
        title: its heading.
        how: how it is measured, in sentences.
        figures: its lines.
    """

    title: str
    how: str
    figures: Sequence[Figure]


HEAD = """\
# 性能

这一页由 `make bench` 写成：同一台机器、同一次运行里，先量本程序，再量对照，如此轮流，每轮算一次
两者用时之比，取各轮的中位数，这个比才是结论；单看秒数，换一台机器就不作数。第一轮不计（文件进入
系统缓存，模块编译成 .pyc）。“实测”括号里是各轮之比居中的一半，机器上有别的程序在跑时它会变宽；
用时是各轮的中位数。
"""

REPEAT = """\
## 重做一遍

```
make bench                                   # 全部，约 {minutes} 分钟，写到 docs/performance.md
.venv/bin/python -m benchmarks --quick       # 小规模，几秒钟，只打印
.venv/bin/python -m benchmarks --only score  # 只量一组，只打印
```

台账由 `benchmarks/ledgers.py` 随机生成（种子固定），每一项都经过与手工登记相同的检查：每条信息平均
1.2 名作者、1.1 个单位，三分之一被采用，四十分之一有批示；每 50 条信息 1 名委员，至少 200 名，40 个
单位。每次测量都是新进程；内存是该进程从头到尾的峰值，由操作系统报告，Windows 上没有这一项。
各组的量法都在 `benchmarks/` 里，一组一个小文件。
"""

COLUMNS = ("量什么", "对照", "要求", "实测", "用时", "对照用时", "内存峰值", "达到")


def page(where: str, sections: Iterable[Section], minutes: float) -> str:
    """The whole page in Markdown.

    Args:
        where: what `machine` told before anything was measured.
        sections: the tables.
        minutes: how long it all took.
    """
    told = [HEAD, where]
    for section in sections:
        told += [f"## {section.title}\n", f"{section.how}\n", table(section.figures)]
    told.append(REPEAT.format(minutes=max(1, round(minutes))))
    return "\n".join(told)


def machine() -> str:
    """Where and when: the day, the processor, the system, the versions, who else is at work."""
    lines = [
        f"日期：{datetime.now(UTC):%Y-%m-%d}",
        f"机器：{_processor()}，{os.cpu_count()} 核{_memory()}，{_system()}{_load()}",
        f"Python {platform.python_version()}，SQLite {sqlite3.sqlite_version}，"
        + "，".join(f"{name} {version(name)}" for name in ("typer", "openpyxl"))
        + f"，对照 {_sqlite_utils()}，{_office()}",
    ]
    return "".join(f"- {line}\n" for line in lines)


def table(figures: Iterable[Figure]) -> str:
    """A table of figures in Markdown; a sentence where there are none."""
    figures = list(figures)
    if not figures:
        return "没有量：这台机器上没有装对照用的程序。\n"
    rows = [COLUMNS, ("---",) * len(COLUMNS), *map(_row, figures)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _row(figure: Figure) -> tuple[str, ...]:
    memory = figure.megabytes
    return (
        figure.what,
        figure.yardstick,
        "；".join(_asked(figure)) or "—",
        _measured(figure),
        _time(figure.seconds),
        _time(figure.yardstick_seconds),
        "—" if memory is None else f"{memory:.0f} MB",
        {True: "是", False: "**否**", None: "—"}[figure.met],
    )


def _measured(figure: Figure) -> str:
    low, high = figure.spread
    return f"{figure.times:.3g} 倍（{low:.3g}–{high:.3g}，{len(figure.own)} 轮）"


def _asked(figure: Figure) -> list[str]:
    times, seconds, megabytes = figure.limit
    asked = []
    if times is not None:
        asked.append(f"≤ {times:g} 倍" + (f"（1/{1 / times:g}）" if times < 1 / 2 else ""))
    if seconds is not None:
        asked.append(f"≤ {_time(seconds)}")
    if megabytes is not None:
        asked.append(f"≤ {megabytes:g} MB")
    return asked


def _time(seconds: float) -> str:
    return f"{seconds:.3g} 秒" if seconds >= 1 else f"{seconds * 1000:.3g} 毫秒"


def _processor() -> str:
    with suppress(OSError, StopIteration):
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        return next(n.split(": ", 1)[1] for n in lines if n.startswith("model name"))
    return platform.processor() or platform.machine()


def _memory() -> str:
    with suppress(AttributeError, ValueError, OSError):
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
        return f"、{total / 2**30:.0f} GB 内存"
    return ""


def _load() -> str:
    with suppress(AttributeError, OSError):
        return f"；开始时已有负载 {os.getloadavg()[0]:.1f}"
    return ""


def _system() -> str:
    with suppress(OSError):
        return f"{platform.freedesktop_os_release()['PRETTY_NAME']}（{platform.system()}）"
    return f"{platform.system()} {platform.release()}"


def _sqlite_utils() -> str:
    lines = LOCK.read_text(encoding="utf-8").splitlines()
    pin = next(line for line in lines if line.startswith("sqlite-utils=="))
    return pin.split()[0].replace("==", " ")


def _office() -> str:
    program = soffice()
    if program is None:
        return "没有装 LibreOffice"
    done = subprocess.run([program, "--version"], capture_output=True, encoding="utf-8", check=True)
    return " ".join(done.stdout.split()[:2])
