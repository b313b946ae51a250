"""What an arrival is, and the county into which all of them come."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from sqmy.intake.settled import NOTHING, Settled

Rows = Sequence[Sequence[Any]]

REGISTER: Mapping[str, Rows] = {
    "单位": [
        ["单位名称", "单位类别", "考评序列", "简称"],
        ["提案委员会", "委室", "第一序列", "提案委"],
        ["文史委员会", "委室", "第一序列", "文史委"],
        ["民盟云汀县总支", "民主党派", "第二序列", "民盟、云汀民盟"],
    ],
    "人员": [
        ["姓名", "单位", "身份", "任职开始"],
        ["杜若", "提案委", "常委", "2022-01-01"],
        ["苏叶", "文史委", "委员", "2022-01-01"],
        ["白芷", "民盟", "特邀信息员", "2022-01-01"],
        ["阿依努尔·买买提", "民盟", "委员", "2022-01-01"],
        ["方竹", "提案委", "委员", "2022-01-01"],
        ["方竹", "文史委", "委员", "2022-01-01"],
    ],
}
"""What the ledger knows before anything arrives."""


class Item(NamedTuple):
    """An item as the ledger must have it; authors and units by their names."""

    number: str
    title: str
    authors: tuple[str, ...]
    units: tuple[str, ...]
    day: str
    by_unit: bool = False


class Facts(NamedTuple):
    """What a file must come to.

    Attributes:
        items: all of them.
        events: all of them, each in a line: number, channel or rank, day, and what else is told.
        notes: what must be said in the sentences told.
        members: those that were not known before, each role in a line.
    """

    items: tuple[Item, ...]
    events: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


class Refused(NamedTuple):
    """That a file must be refused: at these cells, with these words, and nowhere else."""

    faults: tuple[tuple[str, str], ...]


class Arrival(NamedTuple):
    """One file.

    Attributes:
        about: what it looks like and who keeps such files.
        make: writes it into a folder, and says where.
        expected: what it must come to.
        settled: what whoever imports it settles beforehand.
    """

    about: str
    make: Callable[[Path], Path]
    expected: Facts | Refused
    settled: Settled = NOTHING


def refused(*faults: str) -> Refused:
    """`报送!C7 words` for each fault, in the order of the cells; `文件 words` of the whole file."""
    return Refused(tuple((place, words) for place, _, words in (f.partition(" ") for f in faults)))


CANTEEN = Item(
    "2025-001",
    "关于增设老年食堂的建议",
    ("杜若", "苏叶"),
    ("提案委员会", "文史委员会"),
    "2025-03-01",
)
RIVER = Item("2025-002", "关于整治河道的建议", ("白芷",), ("民盟云汀县总支",), "2025-04-01")
PARKING = Item("2025-003", "关于停车难的建议", (), ("提案委员会",), "2025-05-08", by_unit=True)

ITEMS = (CANTEEN, RIVER, PARKING)
USUAL = Facts(
    ITEMS,
    (
        "2025-001 市政协 2025-03-10 单篇",
        "2025-001 省政协 2025-05-06 综合",
        "2025-002 市委市政府主要领导 2025-04-20",
    ),
)
"""What most of the files come to, however they tell it."""

HEAD = ("编号", "标题", "作者", "报送单位", "报送日期")
FIRST = ("2025-001", CANTEEN.title, "杜若、苏叶", "提案委、文史委", "2025-03-01")
SECOND = ("2025-002", RIVER.title, "白芷", "民盟", "2025-04-01")
THIRD = ("2025-003", PARKING.title, None, "提案委", "2025-05-08")
THREE = (FIRST, SECOND, THIRD)

CITY, PROVINCE, LEADER = "市政协", "省政协", "市主要领导"


def sheet(
    rows: Rows,
    *,
    merged: Sequence[str] = (),
    name: str = "台账",
    change: Callable[[Worksheet], None] | None = None,
    file: str = "账.xlsx",
) -> Callable[[Path], Path]:
    """A workbook with one sheet of these rows.

    Args:
        rows: from the top; an empty one is blank.
        merged: ranges to be merged, as `A1:H1`.
        name: of the sheet.
        change: what else is done to the sheet.
        file: the name of the file.
    """

    def make(folder: Path) -> Path:
        book = Workbook()
        made = book.worksheets[0]
        made.title = name
        for row in rows:
            made.append(list(row))
        for area in merged:
            made.merge_cells(area)
        if change:
            change(made)
        book.save(folder / file)
        return folder / file

    return make


def with_events(*events: Sequence[Any]) -> list[list[Any]]:
    """The three items, each with these cells behind."""
    return [[*item, *more] for item, more in zip(THREE, events, strict=True)]
