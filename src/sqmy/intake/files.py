"""From the clerk's files to drafts, by the kind of fact, with everything there is to say."""

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sqmy.errors import Problem, SqmyError
from sqmy.intake import counts, rows, sheets, tables
from sqmy.intake.counts import CountTable
from sqmy.intake.drafts import KIND_OF, Draft
from sqmy.intake.grid import Fault, Grid, Source
from sqmy.intake.headings import KINDS
from sqmy.intake.layouts import Layout
from sqmy.intake.settled import NOTHING, Settled
from sqmy.intake.words import Words
from sqmy.vocabulary import Vocabulary

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


class Headed(NamedTuple):
    """A row of headings of a sheet; `sound` if the rows below can be read by it."""

    source: Source
    layout: Layout
    sound: bool


class Intake(NamedTuple):
    """What the files hold.

    Attributes:
        files: their names, each once.
        drafts: sound rows by kind of fact, in the order of the files.
        spoiled: rows with a fault; what rests on them is not to be complained of again.
        partly: of these, such as are read for certain but for the cells at fault, by kind.
        unread: kinds of fact of which something could not be read at all.
        faults: what is wrong, by file, sheet and cell.
        notes: what was skipped, in sentences.
        skipped: sheets without a row of headings.
        headed: the rows of headings, with whether all that they need is there.
        counts: tables of counts; nothing of them can be recorded.
    """

    files: tuple[str, ...]
    drafts: dict[str, list[Draft]]
    spoiled: dict[str, list[Draft]]
    partly: dict[str, list[Draft]]
    unread: set[str]
    faults: list[Fault]
    notes: list[str]
    skipped: list[str]
    headed: list[Headed]
    counts: list[CountTable]


def read(
    paths: Sequence[Path],
    vocabulary: Vocabulary,
    progress: Progress | None = None,
    settled: Settled = NOTHING,
) -> Intake:
    """All sheets of all files. What cannot be read is a fault, never an exception.

    Args:
        paths: of the files.
        vocabulary: the labels of the rulebook in force.
        progress: told from time to time how far it is.
        settled: what was answered beforehand where sheets leave it open.
    """
    kinds = [kind.fact for kind in KINDS]
    given = named(paths)
    drafts, spoiled, partly = ({kind: list[Draft]() for kind in kinds} for _ in range(3))
    intake = Intake(tuple(given), drafts, spoiled, partly, set(), [], [], [], [], [])
    if len(given) < len(paths):
        intake.notes.append("同一个文件写了不止一次，只读一次。")
    words = Words(vocabulary, settled)
    order = 0
    for name, path in given.items():
        tell = partial(progress, f"读取 {name}") if progress else _silent
        tell(0, 1)
        try:
            grids = sheets.read(path, name, order + 1, tell)
            _take(intake, grids, words)
        except SqmyError as error:
            intake.faults.append(Fault(order, 0, 0, Problem(name, str(error))))
            intake.unread.update(kinds)
            grids = []
        order += len(grids) + 1
    return intake


def _silent(done: int, total: int) -> None:
    """Where nobody wants to be told."""


def _take(intake: Intake, grids: Sequence[Grid], words: Words) -> None:
    """Add the sheets of one file.

    Raises:
        SqmyError: none of them is a table of ours.
    """
    known = False
    for grid in grids:
        found = tables.find(grid, words)
        known = known or bool(found.tables or found.faults)
        intake.faults.extend(found.faults)
        intake.notes.extend(found.notes)
        intake.unread.update(found.unread)
        if found.skipped:
            intake.skipped.append(str(grid.source))
            if counted := counts.find(grid):
                intake.counts.append(counted)
                intake.notes.append(f"{grid.source}是{counted}，没有逐条的信息，没有导入。")
        intake.headed.extend(Headed(t.source, t.layout, sound=True) for t in found.tables)
        intake.headed.extend(Headed(t.source, t.layout, sound=False) for t in found.unreadable)
        for table in found.tables:
            drafted = rows.read(table, words)
            for draft in drafted.good:
                intake.drafts[KIND_OF[type(draft)]].append(draft)
            for draft in drafted.partly:
                intake.partly[KIND_OF[type(draft)]].append(draft)
            intake.spoiled[table.layout.kind.fact].extend(drafted.spoiled)
            intake.faults.extend(drafted.faults)
    if not any(grid.rows for grid in grids):
        raise SqmyError("没有内容，所有工作表都是空的。")
    if not known and intake.counts and intake.counts[-1].source.file == grids[0].source.file:
        raise SqmyError(f"是{intake.counts[-1]}，没有逐条的信息，不能导入。请导入逐条记载的台账。")
    if not known:
        raise SqmyError(
            "没有一张表的标题认得出。报送表的标题是"
            + "、".join(heading.name for heading in KINDS[_SUBMISSION].headings)
            + "，请对照改好标题行。"
            + ("文字如果是乱码，请在 Excel 或 WPS 里另存为 .xlsx。" if grids[0].notes else "")
        )


_SUBMISSION = [kind.fact for kind in KINDS].index("submission")


def named(paths: Sequence[Path]) -> dict[str, Path]:
    """Each file once, by a name that tells it from the others."""
    once = {path.absolute(): path for path in paths}.values()
    count = Counter(path.name for path in once)
    return {path.name if count[path.name] == 1 else str(path): path for path in once}
