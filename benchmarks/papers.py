"""A year's bulletin as a Word document, from the start of the process to its end."""

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.ledgers import YEAR, ledger, members_for
from benchmarks.measuring import Figure, Limit, apart, compared, process
from benchmarks.startup import ROW, sqlite_utils, sqmy

LIMIT = Limit(times=8)


def figures(folder: Path, items: int, rounds: int, *, fetch: bool) -> Iterator[Figure]:
    """The bulletin of a year of so many items, a third of them adopted and listed.

    Nothing where the yardstick is missing and is not to be fetched.
    """
    theirs = sqlite_utils(fetch=fetch)
    if theirs is None:
        return
    apart(ledger, folder / "papers.db", items, members_for(items))()
    (folder / "row.json").write_text(json.dumps(ROW, ensure_ascii=False), encoding="utf-8")
    process([theirs, "insert", "b.db", "t", "row.json"], folder)()
    bulletin = ["bulletin", "--year", str(YEAR), "--annual", "--to", "通报.docx"]
    yield compared(
        f"`sqmy bulletin --annual --to 通报.docx`：{items:,} 条信息，采用目录 {items // 3:,} 条",
        process([sqmy(), "--ledger", "papers.db", *bulletin], folder),
        "`sqlite-utils query b.db 'select count(*) from t'`",
        process([theirs, "query", "b.db", "select count(*) from t"], folder),
        limit=LIMIT,
        rounds=rounds,
    )
