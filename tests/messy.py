"""A county's rows as somebody keeps them who never heard of canonical sheets.

`ledger_sheet` writes one sheet with a row for each item and all that became of it by channels and
leaders, in a manner that depends on nothing but the dice: how headings are called and over how
many rows they stand, how days and names are written, what stands above, between and below.
"""

import csv
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import xlwt
from openpyxl import Workbook

from counties import County, Row

Cell = Any
SPELLED = {
    "编号": ("编号", "编 号", "信息编号", "自编号", "流水号"),
    "标题": ("标题", "信息题目", "题  目", "标题（100字以内）", "*标题", "社情民意题目"),
    "作者": ("作者", "反映人", "撰稿人", "作　者", "第一反映人", "执笔人"),
    "报送单位": ("报送单位", "反映单位", "单 位", "来稿单位", "报送\n单位"),
    "报送日期": ("报送日期", "报送时间", "提交时间", "收文日期", "报送日期："),
    "署名": ("署名", "署名方式"),
}
VERBS = ("", "采用", "录用", "采纳", "刊用", "采用日期")
HAN = "〇一二三四五六七八九"


class Column(NamedTuple):
    """A column: what stands over it, from the top down, and how its cell is made."""

    heads: tuple[str, ...]
    cell: Callable[[Row], Cell]


class Sheet(NamedTuple):
    """Rows of cells and merged ranges (row, column, row, column), counted from 0."""

    rows: list[list[Cell]]
    merged: list[tuple[int, int, int, int]]


def ledger_sheet(folder: Path, county: County, seed: int) -> Path:
    """One file with the items of a county, their adoptions and their instructions."""
    rng = random.Random(seed)
    kind = rng.choice(("xlsx", "xlsx", "csv", "xls"))
    sheet = _Clerk(rng, county, plain=kind == "csv").sheet()
    path = folder / f"台账.{kind}"
    {"xlsx": _xlsx, "csv": _csv, "xls": _xls}[kind](path, sheet, rng)
    return path


def instructions(county: County) -> list[Row]:
    """The instructions that a ledger sheet tells: of a rank on a day, whoever the leader was."""
    key = ("编号", "领导级别", "批示日期")
    return list({tuple(row[heading] for heading in key): row for row in county["批示"]}.values())


class _Clerk:
    """Somebody with habits."""

    def __init__(self, rng: random.Random, county: County, *, plain: bool) -> None:
        self.rng = rng
        self.plain = plain
        self.items = sorted(county["报送"], key=lambda row: row["编号"])
        self.adopted: defaultdict[str, list[Row]] = defaultdict(list)
        self.instructed: defaultdict[str, list[Row]] = defaultdict(list)
        for row in county["采用"]:
            self.adopted[row["编号"]].append(row)
        for row in instructions(county):
            self.instructed[row["编号"]].append(row)
        self.marks = rng.random() < 0.5
        self.deep = rng.random() < 0.6

    def sheet(self) -> Sheet:
        """The sheet, from the title to the signature."""
        groups = [*self._known(), *self._adoptions(), *self._instructions(), *self._extra()]
        self.rng.shuffle(groups)
        columns = [column for group in groups for column in group]
        top: list[list[Cell]] = []
        merged = []
        width = len(columns)
        if self.rng.random() < 0.7:
            top.append(["某县社情民意信息台账"])
            merged.append((0, 0, 0, width - 1))
        if self.rng.random() < 0.4:
            top += [["填报单位：某单位", None, "填报日期：2026年12月31日"], []]
        heads, over = self._heads(columns, len(top))
        body, more = self._body(columns, heads, len(top) + len(heads))
        foot = [[], ["制表人：某甲", None, "审核人：某乙"]] if self.rng.random() < 0.4 else []
        return Sheet([*top, *heads, *body, *foot], [*merged, *over, *more])

    def _known(self) -> Iterator[list[Column]]:
        for heading, spellings in SPELLED.items():
            spelt = self.rng.choice(spellings)
            yield [Column((spelt,), lambda row, heading=heading: self._plain(heading, row))]

    def _plain(self, heading: str, row: Row) -> Cell:
        written = row.get(heading, "")
        if heading == "报送日期":
            return self._day(written)
        if heading in {"作者", "报送单位"} and written:
            sign = self.rng.choice(("、", "，", ",", "；", "/", "\n"))
            return sign.join(map(self._padded, written.split("、")))
        return written or None

    def _padded(self, name: str) -> str:
        blank = self.rng.choice(("", "", " ", "　", "\u00a0"))
        return blank.join(name) if len(name) == 2 else name

    def _day(self, iso: str) -> Cell:
        day = date.fromisoformat(iso)
        year = "".join(HAN[int(digit)] for digit in str(day.year))
        spelt = (
            iso,
            f"{day.year}.{day.month}.{day.day}",
            f"{day.year}/{day.month}/{day.day}",
            f"{day.year}年{day.month}月{day.day}日",
            f"{day:%Y%m%d}",
            f"{year}年{day.month}月{day.day}日",
            f"{day.year}-{day.month:02}-{day.day:02} 09:30",
            f"{day.year}．{day.month}．{day.day}",
        )
        return self.rng.choice(spelt) if self.plain else self.rng.choice((*spelt, day, day, day))

    def _adoptions(self) -> Iterator[list[Column]]:
        channels = list(
            dict.fromkeys(r["采用单位"] for rows in self.adopted.values() for r in rows)
        )
        told = self.rng.random()
        columns = channels if told < 0.5 else channels[:1] if told < 0.7 else []
        group = "采用情况" if self.deep and len(columns) > 1 else ""
        made = [
            Column(
                tuple(filter(None, (group, f"{channel}{self.rng.choice(VERBS)}"))),
                lambda row, channel=channel: self._under(channel, row),
            )
            for channel in columns
        ]
        if made and self.marks:
            yield [Column(("采用日期",), self._marked_on)]
        if made:
            yield made
        if len(columns) < len(channels):
            heading = self.rng.choice(("采用情况", "录用情况", "使用情况"))
            yield [Column((heading,), lambda row: self._text(row, set(columns)))]

    def _marked(self, row: Row) -> bool:
        days = {one["采用日期"] for one in self.adopted[row["编号"]]}
        return self.marks and len(days) == 1

    def _marked_on(self, row: Row) -> Cell:
        found = self.adopted[row["编号"]]
        return self._day(found[0]["采用日期"]) if self._marked(row) else None

    def _under(self, channel: str, row: Row) -> Cell:
        found = [one for one in self.adopted[row["编号"]] if one["采用单位"] == channel]
        if not found:
            return self.rng.choice((None, None, "否", "—", 0))
        if self._marked(row):
            return "、".join("√" + one.get("采用方式", "") for one in found)
        days = [self._day(one["采用日期"]) for one in found]
        forms = [one.get("采用方式", "") for one in found]
        if len(found) == 1 and not forms[0]:
            return days[0]
        sign = self.rng.choice(("、", "；", "，", "\n"))
        return sign.join(f"{day}{form}" for day, form in zip(map(str, days), forms, strict=True))

    def _text(self, row: Row, apart: set[str]) -> Cell:
        found = [one for one in self.adopted[row["编号"]] if one["采用单位"] not in apart]
        told = [
            f"{one['采用单位']}{self._day(one['采用日期'])}{one.get('采用方式', '')}"
            f"{self.rng.choice(('采用', '录用', ''))}"
            for one in found
        ]
        return self.rng.choice(("；", "\n", "。")).join(told) or self.rng.choice((None, "未采用"))

    def _instructions(self) -> Iterator[list[Column]]:
        ranks = list(
            dict.fromkeys(r["领导级别"] for rows in self.instructed.values() for r in rows)
        )
        if self.rng.random() < 0.5:
            for rank in ranks:
                yield [Column((f"{rank}批示",), lambda row, rank=rank: self._said(rank, row))]
        elif ranks:
            yield [Column((self.rng.choice(("批示情况", "领导批示")),), self._told)]

    def _said(self, rank: str, row: Row) -> Cell:
        found = [one for one in self.instructed[row["编号"]] if one["领导级别"] == rank]
        days = [self._day(one["批示日期"]) for one in found]
        return days[0] if len(days) == 1 else "；".join(map(str, days)) or None

    def _told(self, row: Row) -> Cell:
        return "；".join(
            f"{one['领导级别']}{self._day(one['批示日期'])}批示"
            for one in self.instructed[row["编号"]]
        )

    def _extra(self) -> Iterator[list[Column]]:
        if self.rng.random() < 0.6:
            yield [Column(("序号",), lambda row: self.items.index(row) + 1)]
        if self.rng.random() < 0.6:
            yield [Column(("得 分",), lambda _: self.rng.randrange(40))]
        if self.rng.random() < 0.4:
            yield [Column(("备注",), lambda _: self.rng.choice((None, "上会", "另报")))]

    def _heads(
        self, columns: Sequence[Column], first: int
    ) -> tuple[list[list[Cell]], list[tuple[int, int, int, int]]]:
        """Rows of headings; what stands over several columns is merged, or left blank behind."""
        if all(len(column.heads) == 1 for column in columns):
            return [[column.heads[0] for column in columns]], []
        upper: list[Cell] = [column.heads[0] for column in columns]
        lower: list[Cell] = [
            column.heads[-1] if len(column.heads) > 1 else None for column in columns
        ]
        wide = [place for place, column in enumerate(columns) if len(column.heads) > 1]
        for place in wide[1:]:
            upper[place] = None
        merged = [(first, wide[0], first, wide[-1])]
        merged += [(first, n, first + 1, n) for n in range(len(columns)) if n not in wide]
        return [upper, lower], merged

    def _body(
        self, columns: Sequence[Column], heads: list[list[Cell]], first: int
    ) -> tuple[list[list[Cell]], list[tuple[int, int, int, int]]]:
        """The rows of the items, with what stands between them, and units merged over several."""
        rows: list[list[Cell]] = []
        merged = []
        units = next(
            n
            for n, column in enumerate(columns)
            if "单" in column.heads[0][:4] and "位" in column.heads[0]
        )
        before: Cell = None
        start = 0
        for count, item in enumerate(self.items, 1):
            row = [column.cell(item) for column in columns]
            if row[units] is not None and row[units] == before and not self.plain:
                row[units] = None
                merged = [one for one in merged if one[0] != first + start]
                merged.append((first + start, units, first + len(rows), units))
            else:
                before, start = row[units], len(rows)
            rows.append(row)
            if count % 7 == 0:
                between = self.rng.choice(("", "blank", "total", "heads"))
                if between == "blank":
                    rows.append([])
                elif between == "total":
                    rows.append(["小计", *[None] * (len(columns) - 1)])
                elif between == "heads" and len(heads) == 1:
                    rows += [list(line) for line in heads]
                before = None if between else before
        return rows, merged


def _xlsx(path: Path, sheet: Sheet, rng: random.Random) -> None:
    book = Workbook()
    made = book.worksheets[0]
    made.title = "Sheet1"
    for row in sheet.rows:
        made.append(row)
    for top, left, bottom, right in sheet.merged:
        made.merge_cells(
            start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1
        )
    if rng.random() < 0.5:
        made.row_dimensions[len(sheet.rows) - 2].hidden = True
    book.save(path)


def _xls(path: Path, sheet: Sheet, _: random.Random) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    made = book.add_sheet("Sheet1")
    day = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for row, cells in enumerate(sheet.rows):
        for column, cell in enumerate(cells):
            if cell is not None:
                made.write(row, column, cell, *((day,) if isinstance(cell, date) else ()))
    for top, left, bottom, right in sheet.merged:
        made.merge(top, bottom, left, right)
    book.save(str(path))


def _csv(path: Path, sheet: Sheet, rng: random.Random) -> None:
    with path.open("w", encoding=rng.choice(("utf-8", "utf-8-sig", "gb18030")), newline="") as out:
        csv.writer(out).writerows(sheet.rows)
