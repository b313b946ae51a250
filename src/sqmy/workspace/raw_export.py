"""A ledger of a later version, table by table as it stands, for whoever must look at it now.

What a later version means by its tables nobody knows here: nothing is interpreted, nothing left
out, and nothing written to the ledger.
"""

from math import ceil
from pathlib import Path

from sqmy import settings
from sqmy.ledger import attached, raw
from sqmy.ledger.schema import SCHEMA_VERSION
from sqmy.ledger.sqlite import SqliteLedger, is_ledger, open_any
from sqmy.reports.canonical import Field, Page, Sheet
from sqmy.workspace.new_file import new_file

_NAME = 31
"""Characters of a sheet's name, at the most."""

_PIECE = 30_000
"""Characters of a text in one cell, at the least: Excel takes 32,767 units."""


def of_newer(given: str | None, path: Path) -> str | None:
    """Write a later version's ledger to a new workbook; what to say. None where it is not later.

    Args:
        given: the ledger that option names.
        path: of the workbook, which must not exist.

    Raises:
        SqmyError: the workbook cannot stand there.
    """
    place = settings.ledger_place(given, is_ledger)
    if not isinstance(place, Path) or not is_ledger(place):
        return None
    with open_any(place) as ledger:
        version = ledger.version
        if version <= SCHEMA_VERSION:
            return None
        ledger.run("PRAGMA query_only=ON")
        from sqmy.reports.render.canonical import write

        with ledger.reading(), new_file(path, private=True) as file:
            files = attached.folder_of(place)
            tables = raw.tables(ledger)
            write(file, (_about(place, version), *(_sheet(ledger, name) for name in tables)))
    return (
        f"台账是第 {version} 版，本程序只认到第 {SCHEMA_VERSION} 版：已把 {len(tables)} 张表"
        f"原样导出到 {path}，只供查看，不能再导入。台账没有改动。\n"
        "文件里有电话、正文等不该外传的内容。请尽快升级 sqmy。"
        + (f"\n附件没有导出，在 {files}，文件名是 secret 表里的校验码。" if files.is_dir() else "")
    )


def _about(place: Path, version: int) -> Page:
    return Page(
        "说明",
        f"台账各表的原样（第 {version} 版）",
        (
            f"由第 {SCHEMA_VERSION} 版的程序从 {place.name} 原样导出，只供查看。",
            "撤销、更正过的也在其中；各表的含义要看较新版本的说明。",
        ),
    )


def _sheet(ledger: SqliteLedger, table: str) -> Sheet:
    columns = raw.columns(ledger, table)
    fields = tuple(
        Field(
            column,
            holds="code",
            further=tuple(f"{column} 续{n}" for n in range(1, ceil(most / _PIECE))),
        )
        for column, most in zip(columns, raw.longest(ledger, table), strict=True)
    )
    rows = (tuple(map(_text, row)) for row in raw.rows(ledger, table, columns))
    return Sheet(table[:_NAME], fields, rows)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
