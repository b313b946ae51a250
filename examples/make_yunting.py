"""Makes the workbooks of the fictitious county 云汀县: `python examples/make_yunting.py [FOLDER]`.

From the plain texts in `yunting/source/` come `register.xlsx` (单位, 人员) and `2025.xlsx` (报送,
审核, 上报, 采用, 批示, 认定) under the canonical import headings. `units.csv` and `members.csv` say
how many items each unit and person sends in each quarter and how many of them the city and the
province adopt; `cases.txt` holds the items that `README.md` points to; `titles.txt` the titles of
all others. The rest is drawn with a fixed seed: the same texts make the same workbooks, to the
byte with the same openpyxl and zlib. Needs openpyxl and nothing else.
"""

# ruff: noqa: INP001, PLR2004, S311, T201
# (a script and no package; its dice are for show; the odds stand where they are thrown; it prints)

from __future__ import annotations

import csv
import io
import random
import re
import sys
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.writer.excel import ExcelWriter

T = TypeVar("T")
Cell = str | date | None
Row = list[Cell]
Person = tuple[str, str]  # 姓名, 单位

FOLDER = Path(__file__).parent / "yunting"
FIRST, LAST, DAY = date(2025, 1, 1), date(2025, 12, 31), timedelta(days=1)
MADE = datetime(2026, 1, 5, 9)  # noqa: DTZ001 (a workbook's own time of making knows no zone)
NOTICE = "云汀县及本簿所列单位、人员、电话、信息、采用、批示和认定均属虚构，仅供演示。"
HOLIDAYS = ("0101-0101", "0128-0204", "0404-0404", "0501-0505", "0602-0602", "1001-1008")
COUNTY, CITY, PROVINCE = "县政协", "市政协", "省政协"
FORMS = ("单篇",) * 6 + ("综合",) * 3 + ("转送",)
#: Their counts or points are promised in README.md: nobody signs with them.
ALONE = ("杜若", "常山", "车前", "马兰", "远志", "毛茛", "谷精草", "茅莓")
#: Adopted as the source texts say, never by chance: a unit short of its quota, and two that tie.
FIXED = ("社会法制和民族宗教委员会", "青荇镇委员联络站", "鹭汀镇委员联络站")
#: A finding that concerns no item: recorded, and earning nothing.
UNIT_FINDING: Row = [None, None, "云汀县工商业联合会", "弄虚作假", date(2025, 12, 12),
                     "半年汇总表将同一信息换题重复填列2条，经信息中心核实"]  # fmt: skip
DECLINED = (("不采用", "与已报信息重复"), ("不采用", "属工作动态，不宜作信息编报"),
            ("不采用", "建议过于原则，缺少可操作性"), ("不采用", "反映的问题已在办理"),
            ("退回", "请补充数据和事例后重报"), ("退回", "一文多事，请拆分后重报"))  # fmt: skip
SHEETS = {
    "单位": "单位名称 单位类别 考评序列 参评 简称 生效日期",
    "人员": "姓名 单位 身份 界别 联系电话 任职开始 任职结束",
    "报送": "编号 标题 作者 报送单位 报送日期 署名 正文",
    "审核": "编号 审核环节 审核结论 审核人 审核日期 审核意见",
    "上报": "编号 上报单位 上报日期",
    "采用": "编号 采用单位 采用方式 采用日期 刊物 期号",
    "批示": "编号 领导级别 批示领导 批示日期 批示内容",
    "认定": "编号 姓名 单位名称 认定类型 认定日期 认定依据",
}
LATER = list(SHEETS)[3:]  # what becomes of an item
#: The widths of the columns that are not 14 wide.
WIDE = {"单位名称": 28, "单位": 28, "界别": 18, "标题": 58, "作者": 34, "报送单位": 36, "正文": 60,
        "审核意见": 36, "领导级别": 22, "批示内容": 46, "认定依据": 56}  # fmt: skip


@dataclass
class Item:
    """One submission, and by sheet the rows of what became of it, without their number."""

    title: str
    authors: list[Person]
    units: list[str]
    day: date
    signed: str = "个人"
    body: str | None = None
    number: str = ""
    case: str = ""  # its name in README.md, if it has one
    goals: list[str] = field(default_factory=list)  # the channels that adopt it
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))


class Dice:
    """Draws that come out alike under every Python: only `random()` is promised to."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed).random

    def shuffled(self, things: Iterable[T]) -> list[T]:
        """The things in a drawn order."""
        return sorted(things, key=lambda _: self.random())

    def pick(self, things: Sequence[T]) -> T:
        """One of the things; what stands in it twice comes twice as often."""
        return things[int(self.random() * len(things))]

    def after(self, day: date, least: int, most: int) -> date:
        """The first working day from `least` to `most` days after the day."""
        return workday(day + DAY * (least + int(self.random() * (most - least + 1))), DAY)

    def in_quarter(self, quarter: int) -> date:
        """A working day of the quarter; as everywhere, the last weeks are the fullest."""
        first, length = date(FIRST.year, 3 * quarter - 2, 1), (90, 91, 92, 92)[quarter - 1]
        day = workday(first + DAY * int(length * self.random() ** 0.45), -DAY)
        return day if day >= first else workday(first, DAY)


def workday(day: date, step: timedelta) -> date:
    """The day itself, or the next one by the step that is neither weekend nor holiday."""
    while day.isoweekday() in {6, 7} or any(h[:4] <= f"{day:%m%d}" <= h[5:] for h in HOLIDAYS):
        day += step
    return day


def next_issue(after: date) -> date:
    """When the county's journal next came out: in the middle and at the end of each month."""
    day = after
    while workday(day, -DAY) <= after or 1 not in {day.day - 14, (day + DAY).day}:
        day += DAY
    return workday(day, -DAY)


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of a CSV among the source texts."""
    with (FOLDER / "source" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_cell(text: str) -> Cell:
    """A text of the source as a cell: a date, a text, or nothing."""
    return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else text or None


def take_title(titles: list[str], fields: str, quarter: int) -> str:
    """Take out the title that fits best; its line begins with its field and maybe its quarter."""
    best = min(titles, key=lambda t: (t[1] not in f" {quarter}", t[0] not in fields, t[1] == " "))
    titles.remove(best)
    return best.split(" ", 1)[1]


def read_cases(unit_of: dict[str, str]) -> Iterator[Item]:
    """The items of `cases.txt`."""
    text = (FOLDER / "source" / "cases.txt").read_text(encoding="utf-8")
    for block in text.strip().split("\n\n")[1:]:  # the first one says how to read the others
        head, *lines = block.splitlines()
        pairs = [line.split(" ", 1) for line in lines]
        of = dict(pairs)
        authors = [(name, unit_of[name]) for name in of["作者"].split("、")]
        item = Item(of["标题"], authors, of["单位"].split("、"), date.fromisoformat(of["日期"]))
        item.case, item.number, item.body = head[1:-1], of.get("编号", ""), of.get("正文")
        item.signed = of.get("署名", "个人")
        for sheet, value in pairs:
            if sheet in LATER:
                item.rows[sheet].append([as_cell(part) for part in value.split()])
        item.goals = [str(row[0]) for row in item.rows["采用"]]
        yield item


def make_ordinary(dice: Dice, holders: list[dict[str, str]]) -> Iterator[Item]:
    """The items that the tables plan: how many in each quarter, how many adopted higher up."""
    lines = (FOLDER / "source" / "titles.txt").read_text(encoding="utf-8").splitlines()
    titles = dice.shuffled(line for line in lines if line and line[0] != "#")
    people = [(row["姓名"], row["单位"]) for row in holders if "姓名" in row]
    for row in holders:
        unit, author = row.get("单位") or row["单位名称"], row.get("姓名")
        near = [p for p in people if p[1] == unit and p[0] not in {author, *ALONE}]
        own: list[Item] = []
        for quarter, count in enumerate(row["各季报送"].split("/"), start=1):
            for _ in range(int(count)):
                title, day = take_title(titles, row["领域"], quarter), dice.in_quarter(quarter)
                own.append(Item(title, [(author, unit)] if author else [], [unit], day))
                own[-1].signed = "个人" if author else "单位"
                if author and author not in ALONE and dice.random() < 0.15:  # colleagues sign too
                    own[-1].authors += dice.shuffled(near)[: 2 if dice.random() < 0.2 else 1]
        city, province = int(row["市采用"]), int(row["省采用"])
        # early enough for the answer to come within the year
        early = [item for item in own if f"{item.day:%m-%d}" < ("09-01" if province else "10-25")]
        for place, item in enumerate(dice.shuffled(early)[:city]):
            item.goals = [CITY, PROVINCE] if place < province else [CITY]
        for item in own:
            if unit not in FIXED and dice.random() < (0.75 if item.goals else 0.22):
                item.goals.insert(0, COUNTY)
        yield from own


def follow(dice: Dice, item: Item) -> None:
    """Draw the reviews, the forwarding and, for an ordinary item, the days of its adoptions."""
    clerk, day = dice.pick(("水苏", "云实")), dice.after(item.day, 1, 4)
    upper = bool({*item.goals} - {COUNTY} or item.rows["批示"])
    if not upper and not item.goals and dice.random() < 0.75:
        verdict, opinion = dice.pick(DECLINED)
        if dice.random() < 0.85:  # the others lie unread
            item.rows["审核"].append(["中心筛选", verdict, clerk, day, opinion])
        return
    sent = upper or not item.goals
    item.rows["审核"] += [
        ["单位审核", "通过", "单位负责人", item.day, "情况属实，同意报送"],
        ["中心筛选", "通过", clerk, day, "拟报市政协" if sent else "拟在本会刊物刊用"],
        ["副秘书长审核", "通过", "副秘书长", day := dice.after(day, 1, 3), "同意"],
    ]
    if sent:
        day = dice.after(day, 1, 2)
        item.rows["审核"].append(["秘书长审定", "通过", "秘书长", day, "同意上报"])
        item.rows["上报"].append([CITY, day := dice.after(day, 0, 2)])
    for channel in [] if item.rows["采用"] else item.goals:
        when = next_issue(day) if channel == COUNTY else (day := dice.after(day, 12, 40))
        item.rows["采用"].append([channel, dice.pick(FORMS), when])


def day_of(row: Row) -> date:
    """The day that stands in a row."""
    return next(cell for cell in row if isinstance(cell, date))


def later_rows(items: list[Item], sheet: str) -> list[Row]:
    """The rows of one sheet of what became of the items within the year, by day."""
    rows = [[item.number, *row] for item in items for row in item.rows[sheet]]
    for row in rows:
        if sheet == "认定":
            row[1:1] = [None, None]
        elif COUNTY in row:
            day = day_of(row)
            row += ["云汀政协信息", f"第{2 * day.month - (day.day < 16)}期"]
    return sorted((row for row in rows if day_of(row) <= LAST), key=day_of)


def write_sheet(book: Workbook, name: str, rows: list[Row]) -> None:
    """One sheet as an office lays it out, its head in the first row."""
    sheet, heads, edge = book.create_sheet(name), SHEETS[name].split(), Side("thin", "BFBFBF")
    for line, row in enumerate(rows, start=1):
        sheet.append(row)
        sheet.row_dimensions[line].height = 16 * (max(len(str(text)) for text in row) // 29 + 1)
    for cell in (cell for line in sheet.iter_rows() for cell in line):
        head, first = heads[cell.column - 1], cell.row == 1
        cell.number_format = "yyyy-mm-dd" if isinstance(cell.value, date) else "@"
        cell.font, cell.border = Font("宋体", 11, bold=first), Border(edge, edge, edge, edge)
        side = "left" if head in WIDE and not first else "center"
        cell.alignment = Alignment(side, "center", wrap_text=True)
        if first:
            cell.fill = PatternFill("solid", "DDEBF7")
            sheet.column_dimensions[cell.column_letter].width = WIDE.get(head, 14)
    sheet.freeze_panes, sheet.auto_filter.ref = "A2", sheet.dimensions
    sheet.page_setup.orientation, sheet.page_setup.fitToHeight = "landscape", 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows, sheet.oddHeader.center.text = "1:1", f"云汀县政协（虚构示例）{name}"
    sheet["A1"].comment = Comment(NOTICE, "虚构示例", height=90, width=220)


def save(path: Path, title: str, sheets: dict[str, list[Row]]) -> None:
    """Write a workbook of sheets under the canonical headings."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        write_sheet(book, name, [[*SHEETS[name].split()], *rows])
    write_book(book, path, title)


def write_book(book: Workbook, path: Path, title: str) -> None:
    """Write a workbook with nothing in it that a clock or the machine decides."""
    about, draft = book.properties, io.BytesIO()
    about.creator, about.title, about.description = "云汀县政协办公室（虚构）", title, NOTICE
    about.created = about.modified = MADE
    ExcelWriter(book, zipfile.ZipFile(draft, "w")).save()
    with zipfile.ZipFile(draft) as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            part.create_system = 3  # on every system
            target.writestr(part, source.read(name), zipfile.ZIP_DEFLATED, 9)


def main(folder: Path = FOLDER) -> dict[str, str]:
    """Write both workbooks into the folder; the number of each case that README.md names."""
    dice, units, members = Dice(20250101), read_table("units.csv"), read_table("members.csv")
    people = sorted({(row["姓名"], row["单位"]) for row in members})
    shared = Counter(name for name, _ in people)
    planned = make_ordinary(dice, [row for row in members if row["领域"]] + units)
    items = sorted([*read_cases(dict(people)), *planned], key=lambda item: item.day)
    for count, item in enumerate((item for item in items if not item.number), start=1):
        item.number = f"{FIRST.year}-{count:03}"
    submitted: list[Row] = []
    for item in items:
        if not item.rows["审核"]:
            follow(dice, item)
        names = [f"{name}（{unit}）" if shared[name] > 1 else name for name, unit in item.authors]
        submitted.append([item.number, item.title, "、".join(names) or None,
                          "、".join(item.units), item.day, item.signed, item.body])  # fmt: skip
    later = {sheet: later_rows(items, sheet) for sheet in LATER}
    later["认定"].append(UNIT_FINDING)
    register = {sheet: [[as_cell(row[head]) for head in SHEETS[sheet].split()] for row in rows]
                for sheet, rows in (("单位", units), ("人员", members))}  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    save(folder / "register.xlsx", "云汀县政协单位和人员名册", register)
    save(folder / "2025.xlsx", "云汀县政协2025年社情民意信息台账", {"报送": submitted, **later})
    return {item.case: item.number for item in items if item.case}


if __name__ == "__main__":
    for case, number in main(*map(Path, sys.argv[1:2])).items():
        print(number, case)
