"""Sheets written back to their makers: what each row came to, and what is to be put right.

What is said there is for somebody who has the sheet and not this program: advice about commands
and references to facts are left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from sqmy import terms
from sqmy.errors import SqmyError
from sqmy.intake import files, returned
from sqmy.intake.grid import Source
from sqmy.intake.returned import Mark, Marked, Verdict
from sqmy.workspace.import_report import ImportReport
from sqmy.workspace.new_file import new_file
from sqmy.workspace.outcomes import Doubt, State
from sqmy.workspace.results import WITHHELD, Remark, RowResult, results

_SENTENCE = re.compile("[^。；]+[。；]?")
_OURS = re.compile(r"sqmy|--[a-z]|\bF\d+\b")
_FACT = re.compile(r"（F\d+）| F\d+")

_WRITTEN: Final[dict[State, str]] = {"new": "已登记", "changed": "已更正", "same": "已有，没有变化"}
_WAITING: Final[dict[State, str]] = {
    "new": "没有问题，待一并登记",
    "changed": "与台账不同",
    "same": "已有，没有变化",
}


def write_back(report: ImportReport, paths: Sequence[Path], target: Path) -> list[str]:
    """Write each file back to its maker: one to `target`, several into the folder `target`.

    Returns:
        What was written, in sentences.

    Raises:
        SqmyError: a file cannot stand there.
    """
    marked = _marked(report)
    named = files.named(paths)
    targets = _targets(named, target)
    told = []
    for name, source in named.items():
        if name not in marked:
            told.append(f"{name} 读不了，没有写回。")
            continue
        with new_file(targets[name], (returned.suffix_of(source),)) as file:
            lost = returned.write(source, file, marked[name])
        rows = sum(len(sheet.verdicts) for sheet in marked[name].values())
        cells = sum(len(sheet.marks) for sheet in marked[name].values())
        beside = "".join(f"（{words}）" for words in lost)
        told.append(f"已写回 {targets[name]}：{rows} 行的结果，标出 {cells} 格{beside}。")
    return told


def _targets(named: dict[str, Path], target: Path) -> dict[str, Path]:
    """Where each file goes.

    Raises:
        SqmyError: several files need a folder.
    """
    if target.is_dir():
        return {
            name: target / f"{path.stem}（结果）{returned.suffix_of(path)}"
            for name, path in named.items()
        }
    if len(named) > 1:
        raise SqmyError(f"有几个文件要写回，--return 请写一个已有的文件夹，不是 {target}。")
    return dict.fromkeys(named, target)


def _marked(report: ImportReport) -> dict[str, dict[str | None, Marked]]:
    """What is written into each sheet of each file."""
    sources = {headed.source.order: headed.source for headed in report.intake.headed}
    rows: defaultdict[int, list[RowResult]] = defaultdict(list)
    for row in results(report):
        rows[row.order].append(row)
    found: dict[str, dict[str | None, Marked]] = {}
    for order, source in sources.items():
        found.setdefault(source.file, {})[source.sheet] = Marked(
            _headings(report, source),
            _last(report, source),
            [
                Verdict(row.place.row, row.state, _verdict(row, written=report.written))
                for row in rows[order]
                if row.place
            ],
            [mark for row in rows[order] for mark in _marks(row.remarks)],
        )
    return found


def _headings(report: ImportReport, source: Source) -> list[int]:
    return [headed.layout.row for headed in report.intake.headed if headed.source is source]


def _last(report: ImportReport, source: Source) -> int:
    """The last column over which anything stands."""
    layouts = [headed.layout for headed in report.intake.headed if headed.source is source]
    return max(max(layout.headed) for layout in layouts)


def _marks(remarks: Iterable[Remark]) -> Iterator[Mark]:
    for remark in remarks:
        if remark.row and remark.column:
            state = "doubtful" if remark.doubt else "wrong"
            yield Mark(remark.row, remark.column, state, _said(remark))


def _verdict(row: RowResult, *, written: bool) -> str:
    """What a row came to, in plain words."""
    if row.state in {"wrong", "doubtful"}:
        said = [_said(remark) for remark in row.remarks] or [f"{WITHHELD}。"]
        return f"{terms.OUTCOMES[row.state]}：{''.join(dict.fromkeys(said))}"
    words = _WRITTEN if written else _WAITING
    numbers = [one.about for one in row.outcomes if one.kind == "submission" and one.about]
    number = f"，编号 {numbers[0]}" if numbers and row.state == "new" else ""
    changes = "；".join(str(change) for one in row.outcomes for change in one.changes)
    return f"{words[row.state]}{number}{f'：{changes}' if changes else ''}"


def _said(remark: Remark) -> str:
    """A fault or a doubt in words for the maker of the sheet."""
    if remark.doubt:
        return _doubted(remark.doubt)
    kept = [part for part in _SENTENCE.findall(remark.problem.message) if not _OURS.search(part)]
    said = _FACT.sub("", "".join(kept)).rstrip("；")
    return f"{said.removesuffix('。')}。" if said else "请核对这一格。"


def _doubted(doubt: Doubt) -> str:
    said = "、".join(one.value for one in doubt.candidates)
    meant = f"是不是：{said}？" if said else ""
    if doubt.subject == "item":
        said = "、".join(f"{one.value}（{one.why}）" for one in doubt.candidates)
        return f"没有编号，不能断定是不是已经报过的：{said}。请填上编号。"
    if doubt.context:
        return f"「{doubt.written}」不止一位，{meant}请写成 姓名（单位）。"
    what = "单位" if doubt.subject == "unit" else "人员"
    return f"没有登记{what}「{doubt.written}」。{meant}请写全称，或说明是新增的。"
