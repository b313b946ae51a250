"""A year's points by sqmy and by the workbook of SUMIFS that it replaces."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from benchmarks.ledgers import YEAR, ledger, members_for
from benchmarks.measuring import Figure, Limit, apart, compared, process
from benchmarks.startup import sqmy
from benchmarks.workbook import agreement, workbook

LIMIT = Limit(times=1 / 8)


def soffice() -> str | None:
    """LibreOffice's program, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def figures(folder: Path, items: int, rounds: int) -> Iterator[Figure]:
    """A year of so many items, from the start of the process to its end; both agree on it.

    Nothing where LibreOffice is not installed.
    """
    program = soffice()
    if program is None:
        return
    path, book, computed = folder / "office.db", folder / "台账.xlsx", folder / "重算"
    apart(ledger, path, items, members_for(items))()
    apart(workbook, path, book)()
    yield compared(
        f"`sqmy score --year`：{items:,} 条信息",
        process([sqmy(), "--ledger", path.name, "score", "--year", str(YEAR)], folder),
        "LibreOffice 重算同一年的 SUMIFS 工作簿",
        process(
            [
                program,
                f"-env:UserInstallation={(folder / 'profile').as_uri()}",
                *("--headless", "--convert-to", "xlsx", "--outdir", computed, book),
            ],
            folder,
        ),
        limit=LIMIT,
        rounds=rounds,
    )
    apart(agreement, path, computed / book.name)()
