"""The sheet in which doubtful spellings are decided: written with what is doubtful, read back.

`--map FILE` reads it where it is there. Where it is not, the import that finds doubts writes it,
with who may be meant, and somebody fills in 应是; a script hands over one that is filled in.
"""

import codecs
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from sqmy.errors import Problem, ProblemsError, SqmyError
from sqmy.intake import sheets
from sqmy.intake.cells import as_day, as_name
from sqmy.intake.grid import Grid, Row
from sqmy.intake.headings import ASIDE, bare
from sqmy.reports.canonical import Field, Page, Sheet
from sqmy.reports.model import Column, Table
from sqmy.vocabulary import Vocabulary
from sqmy.workspace.answers import Answer, Answers, Newcomer
from sqmy.workspace.new_file import new_file
from sqmy.workspace.outcomes import Doubt, Mention, Subject

SUFFIXES: Final = (".xlsx", ".csv")

NEW: Final = "新增"
"""In 应是: none of those who are registered, or no item that there is."""

_SUBJECTS: Final[Mapping[str, Subject]] = {
    "单位": "unit",
    "人员": "member",
    "信息": "item",
    "表头": "heading",
}
_LABELS: Final = {subject: label for label, subject in _SUBJECTS.items()}
_HEADINGS: Final[tuple[str, ...]] = (
    "种类",
    "写法",
    "同行",
    "可能是",
    "应是",
    "单位",
    "身份或类别",
    "任职开始",
    "所在",
)
_TOLD: Final = 5
"""Cells told of one spelling, at the most."""

_EXPLAINED: Final = (
    "1. 每行是表里一个认不准的写法。只填“应是”一列，“可能是”供参考；空着的这次不定。",
    f"2. 是谁就写谁：姓名（单位）、单位名称、信息的编号，或登记号（如 F12）；没有的写“{NEW}”。",
    f"3. “{NEW}”人员，再填单位和身份；“{NEW}”单位，再填单位类别。",
    "4. “表头”是没有认出的列，应是填它相当于哪一列，如 作者；不读的空着。",
    "5. 填好后把原来的导入命令再执行一遍。定下的写法记作别名，以后不再问。",
)

Doubts = Iterable[tuple[Doubt, tuple[Mention, ...]]]


def write(path: Path, doubts: Doubts, vocabulary: Vocabulary) -> int:
    """Write what is doubtful to a new file, for somebody to decide; how many rows it has.

    Raises:
        SqmyError: the file cannot stand there.
    """
    rows = [_row(doubt, mentions) for doubt, mentions in doubts]
    with new_file(path, SUFFIXES) as file:
        if path.suffix.lower() == ".csv":
            from sqmy.reports.render.machine import csv_text

            table = Table("", tuple(map(Column, _HEADINGS)), tuple(rows))
            file.write(codecs.BOM_UTF8 + csv_text(table).replace("\n", "\r\n").encode())
        else:
            from sqmy.reports.render.canonical import write as write_sheets

            sheet = Sheet("对照表", _fields(vocabulary), rows)
            write_sheets(file, [sheet, Page("填写说明", f"填写说明（{ASIDE}）", _EXPLAINED)])
    return len(rows)


def _row(doubt: Doubt, mentions: tuple[Mention, ...]) -> tuple[str, ...]:
    cells = [mention.place.cell(mention.heading) for mention in mentions]
    more = f"等 {len(cells)} 处" if len(cells) > _TOLD else ""
    return (
        _LABELS[doubt.subject],
        doubt.written,
        doubt.context,
        "；".join(f"{one.value}（{one.why}）" for one in doubt.candidates),
        "",
        doubt.home if doubt.subject == "member" and not doubt.context else "",
        "",
        "",
        "、".join(cells[:_TOLD]) + more,
    )


def _fields(vocabulary: Vocabulary) -> tuple[Field, ...]:
    labels = (*vocabulary.roles.values(), *vocabulary.unit_kinds.values())
    notes = {
        "应是": f"是谁就写谁：姓名（单位）、单位名称、信息的编号，或登记号（如 F12）；"
        f"台账里没有的写“{NEW}”；空着的这次不定。",
        "单位": f"“{NEW}”人员时填他的单位。",
        "身份或类别": f"“{NEW}”人员时填身份，“{NEW}”单位时填单位类别。",
        "任职开始": "可以不填。",
        "同行": "写在同一行的单位或作者，用来分清同名的人、同题的信息。",
    }
    widths = {"可能是": 44, "应是": 24, "写法": 24, "所在": 30, "同行": 18, "单位": 18}
    choices = {"应是": (NEW,), "身份或类别": tuple(dict.fromkeys(labels))}
    return tuple(
        Field(
            heading,
            required=heading == "应是",
            holds="day" if heading == "任职开始" else "code",
            width=widths.get(heading, 12),
            note=notes.get(heading, ""),
            choices=choices.get(heading, ()),
            several=heading == "应是",
        )
        for heading in _HEADINGS
    )


def read(path: Path) -> Answers:
    """The answers in a filled-in sheet; rows without one decide nothing.

    Raises:
        ProblemsError: with every row that cannot be understood.
        SqmyError: the file cannot be read, or is no such sheet.
    """
    found: dict[str, Answer] = {}
    problems: list[Problem] = []
    known = False
    try:
        grids = sheets.read(path, path.name, 1)
    except SqmyError as error:
        raise SqmyError(f"对照表 {path.name}：{error}") from error
    for grid in grids:
        columns: dict[str, int] = {}
        for row in grid.rows:
            if not columns:
                columns = _columns(row)
            else:
                _take(grid, row, columns, found, problems)
        known = known or bool(columns)
    if not known:
        raise SqmyError(
            f"{path.name} 不是对照表：没有“种类”“写法”“应是”的标题行。"
            "写一个还没有的文件名，程序会写出一份待填的。"
        )
    if problems:
        raise ProblemsError(f"对照表有 {len(problems)} 处有误，什么也没有写入：", problems)
    return Answers(found.values())


def _columns(row: Row) -> dict[str, int]:
    """The columns of a row of headings; none for any other row."""
    named = {bare(value): c for c, value in row.values.items() if isinstance(value, str)}
    columns: dict[str, int] = {head: named[head] for head in _HEADINGS if head in named}
    return columns if {"种类", "写法", "应是"} <= columns.keys() else {}


def _take(
    grid: Grid,
    row: Row,
    columns: Mapping[str, int],
    found: dict[str, Answer],
    problems: list[Problem],
) -> None:
    """Add the answer of a row, or what is wrong with it."""
    place = grid.source.at(row.number, columns["应是"])
    try:
        answer = _answer(grid, row, columns)
    except SqmyError as error:
        problems.append(Problem(place, str(error)))
        return
    if answer is None:
        return
    key = f"{answer.subject}\n{answer.written}\n{answer.context}"
    if found.setdefault(key, answer) != answer:
        problems.append(Problem(place, f"「{answer.written}」写了两次，应是不同。请只留一行。"))


def _answer(grid: Grid, row: Row, columns: Mapping[str, int]) -> Answer | None:
    """The answer of a row; None where it decides nothing."""

    def at(heading: str) -> str:
        return as_name(row.values.get(columns.get(heading, 0)), heading)

    said = at("应是")
    if not said:
        return None
    if at("种类") not in _SUBJECTS or not at("写法"):
        raise SqmyError(f"种类要写{'、'.join(_SUBJECTS)}之一，写法不能空着。")
    subject = _SUBJECTS[at("种类")]
    if said != NEW:
        return Answer(subject, at("写法"), at("同行"), said)
    since = as_day(row.values.get(columns.get("任职开始", 0)), grid.source.epoch, "任职开始")
    new = Newcomer(at("单位"), at("身份或类别"), since or "")
    return Answer(subject, at("写法"), at("同行"), "", new)
