"""The same year as an office without sqmy keeps it: a workbook of SUMIFS.

One row an item, with its points by formula; one row a person and one a unit, with what they
reported, whether their quotas are met, their total and their place. The formulas follow the
packaged rulebook as far as the synthetic ledgers go: at most one adoption and one instruction an
item, at most two authors and two units, no findings.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook

from benchmarks.ledgers import RESIDENT, YEAR
from sqmy.ledger.opening import open_ledger
from sqmy.workspace.desk import Desk
from sqmy.workspace.scores import year_scores

POINTS = {
    "县政协": 0,
    "市政协": 5,
    "省政协": 10,
    "全国政协": 20,
    "市委市政府主要领导": 10,
    "市委市政府分管领导": 5,
    "省级领导": 10,
    "国家领导人": 20,
}
TOTAL = {"人员": "I", "单位": "J"}
"""The column of the total, on the sheet of persons and on that of units."""

_DAYS = {1, 8, 10}
"""The columns of `_ITEMS` that are days, from 0."""

_ITEMS = """
SELECT s.number, s.submitted_on,
    (SELECT name FROM submission_author a JOIN member m ON m.fact = a.member
     WHERE a.fact = s.fact AND position = 1),
    (SELECT name FROM submission_author a JOIN member m ON m.fact = a.member
     WHERE a.fact = s.fact AND position = 2),
    (SELECT name FROM submission_unit u JOIN unit n ON n.fact = u.unit
     WHERE u.fact = s.fact AND position = 1),
    (SELECT name FROM submission_unit u JOIN unit n ON n.fact = u.unit
     WHERE u.fact = s.fact AND position = 2),
    CASE by_unit WHEN 1 THEN '单位' ELSE '个人' END, channel, adopted_on, rank, instructed_on
FROM submission s LEFT JOIN adoption ON adoption.item = s.item
LEFT JOIN instruction ON instruction.item = s.item ORDER BY s.fact
"""
_MEMBERS = (
    "SELECT m.name, u.name, role FROM member m JOIN placement p ON p.member = m.fact"
    " JOIN unit u ON u.fact = p.unit JOIN appointment a ON a.member = m.fact ORDER BY m.fact"
)
_UNITS = "SELECT name, kind, peer_group, assessed FROM unit ORDER BY fact"


def workbook(ledger: str, path: str) -> Callable[[], object]:
    """Writing the year of a ledger as such a workbook, its formulas not yet computed."""
    return lambda: _write(sqlite3.connect(ledger), path)


def _write(ledger: sqlite3.Connection, path: str) -> None:
    book = Workbook(write_only=True)
    _sheet(book, "标准", ("名称", "分值"), POINTS.items())
    items = ledger.execute(_ITEMS).fetchall()
    _sheet(
        book,
        "报送",
        (
            *("编号", "报送日期", "作者1", "作者2", "单位1", "单位2", "署名"),
            *("采用单位", "采用日期", "批示级别", "批示日期"),
            *("季度", "采用得分", "批示得分", "驻会委员", "加分", "每位作者", "每个单位"),
        ),
        ((*_dated(row), *_item(n)) for n, row in enumerate(items, 2)),
    )
    last = len(items) + 1
    members = [row for row in ledger.execute(_MEMBERS) if row[2] != RESIDENT]
    _sheet(
        book,
        "人员",
        (*("姓名", "单位", "身份", "一季度", "二季度", "三季度", "四季度"), "任务", "合计", "名次"),
        ((*row, *_member(n, last, len(members) + 1)) for n, row in enumerate(members, 2)),
    )
    units = [row[:3] for row in ledger.execute(_UNITS) if row[3]]
    _sheet(
        book,
        "单位",
        (
            *("单位", "类别", "考评序列", "一季度", "二季度", "三季度", "四季度", "采用条数"),
            *("任务", "合计", "名次"),
        ),
        ((*row, *_unit(n, last, len(units) + 1)) for n, row in enumerate(units, 2)),
    )
    _sheet(book, "驻会", ("姓名",), ([r[0]] for r in ledger.execute(_MEMBERS) if r[2] == RESIDENT))
    book.save(path)


def _sheet(
    book: Workbook, name: str, headings: Iterable[str], rows: Iterable[Iterable[Any]]
) -> None:
    sheet = book.create_sheet(name)
    sheet.append(list(headings))
    for row in rows:
        sheet.append(list(row))


def _dated(row: Sequence[str | None]) -> list[str | date | None]:
    """The row of an item, its days as days."""
    return [
        date.fromisoformat(value) if value and column in _DAYS else value
        for column, value in enumerate(row)
    ]


def _item(n: int) -> list[str]:
    """What an item earns, and what of it each author and each unit."""
    resident = f'AND(COUNTIF(驻会!$A:$A,C{n})>0,OR(D{n}="",COUNTIF(驻会!$A:$A,D{n})>0))'
    return [
        f"=ROUNDUP(MONTH(B{n})/3,0)",
        f'=IF(H{n}="",0,VLOOKUP(H{n},标准!$A$2:$B$9,2,FALSE))',
        f'=IF(J{n}="",0,VLOOKUP(J{n},标准!$A$2:$B$9,2,FALSE))',
        f"={resident}",
        f"=IF(AND(O{n},M{n}>0),5,0)",
        f'=IF(OR(O{n},G{n}="单位"),0,(M{n}+N{n}+P{n})/COUNTA(C{n}:D{n}))',
        f"=(M{n}+N{n}+P{n})/COUNTA(E{n}:F{n})",
    ]


def _member(n: int, last: int, end: int) -> list[str]:
    """What a person reported in each quarter, the 20 points, the total, the place."""
    one, two, quarter, signed, share = (f"报送!${c}$2:${c}${last}" for c in "CDLGQ")
    counts = [
        f'=COUNTIFS({one},A{n},{quarter},{q},{signed},"个人")'
        f'+COUNTIFS({two},A{n},{quarter},{q},{signed},"个人")'
        for q in range(1, 5)
    ]
    return [
        *counts,
        f'=IF(IF(C{n}="委员",SUM(D{n}:G{n}),MIN(D{n}:G{n}))>=1,20,0)',
        f"=SUMIFS({share},{one},A{n})+SUMIFS({share},{two},A{n})+H{n}",
        f"=RANK(I{n},I$2:I${end})",
    ]


def _unit(n: int, last: int, end: int) -> list[str]:
    """As `_member`, with the items adopted, and the place within the peer group."""
    one, two, quarter, channel, share = (f"报送!${c}$2:${c}${last}" for c in "EFLHR")
    counts = [
        f"=COUNTIFS({one},A{n},{quarter},{q})+COUNTIFS({two},A{n},{quarter},{q})"
        for q in range(1, 5)
    ]
    return [
        *counts,
        f'=COUNTIFS({one},A{n},{channel},"?*")+COUNTIFS({two},A{n},{channel},"?*")',
        f'=IF(AND(B{n}="委室",MIN(D{n}:G{n})>=1),20,0)',
        f"=SUMIFS({share},{one},A{n})+SUMIFS({share},{two},A{n})+I{n}",
        f'=COUNTIFS(C$2:C${end},C{n},J$2:J${end},">"&J{n})+1',
    ]


def agreement(ledger: str, path: str) -> Callable[[], object]:
    """Comparing the computed workbook with sqmy: every total and every place.

    Raises:
        AssertionError: when it is carried out, and they differ.
    """

    def compare() -> None:
        book = load_workbook(path, data_only=True)
        with Desk(open_ledger(Path(ledger)), "基准") as desk:
            scores = year_scores(desk, YEAR, titled=False).book
        for sheet, holders in (("人员", scores.members), ("单位", scores.units)):
            total = ord(TOTAL[sheet]) - ord("A")
            theirs = {
                str(row[0]): (Fraction(str(row[total])), row[total + 1])
                for row in book[sheet].iter_rows(min_row=2, values_only=True)
            }
            ours = {holder.name: (holder.total, holder.standing) for holder in holders}
            differing = {n for n, _ in theirs.items() ^ ours.items()}
            if differing:
                raise AssertionError(f"{sheet}: {len(differing)}", sorted(differing)[:5])

    return compare
