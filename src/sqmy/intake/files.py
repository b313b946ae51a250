"""From the clerk's files to drafts, by the kind of fact, with everything there is to say."""

from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from sqmy.errors import Problem, SqmyError
from sqmy.intake import rows, sheets, tables
from sqmy.intake.drafts import Draft
from sqmy.intake.grid import Fault, Grid
from sqmy.intake.headings import KINDS
from sqmy.vocabulary import Vocabulary

Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


class Intake(NamedTuple):
    """What the files hold.

    Attributes:
        files: their names, each once.
        drafts: sound rows by kind of fact, in the order of the files.
        spoiled: rows with a fault; what rests on them is not to be complained of again.
        unread: kinds of fact of which something could not be read at all.
        faults: what is wrong, by file, sheet and cell.
        notes: what was skipped, in sentences.
        skipped: sheets without a row of headings.
    """

    files: tuple[str, ...]
    drafts: dict[str, list[Draft]]
    spoiled: dict[str, list[Draft]]
    unread: set[str]
    faults: list[Fault]
    notes: list[str]
    skipped: list[str]


def read(paths: Sequence[Path], vocabulary: Vocabulary, progress: Progress | None = None) -> Intake:
    """All sheets of all files. What cannot be read is a fault, never an exception."""
    kinds = [kind.fact for kind in KINDS]
    given = _named(paths)
    intake = Intake(tuple(given), {k: [] for k in kinds}, {k: [] for k in kinds}, set(), [], [], [])
    if len(given) < len(paths):
        intake.notes.append("同一个文件写了不止一次，只读一次。")
    order = 0
    for done, (name, path) in enumerate(given.items()):
        if progress:
            progress(f"读取 {name}", done, len(given))
        try:
            grids = sheets.read(path, name, order + 1)
            _take(intake, grids, vocabulary)
        except SqmyError as error:
            intake.faults.append(Fault(order, 0, 0, Problem(name, str(error))))
            intake.unread.update(kinds)
            grids = []
        order += len(grids) + 1
    return intake


def _take(intake: Intake, grids: Sequence[Grid], vocabulary: Vocabulary) -> None:
    """Add the sheets of one file.

    Raises:
        SqmyError: none of them is a table of ours.
    """
    known = False
    for grid in grids:
        found = tables.find(grid, vocabulary.attributes)
        known = known or bool(found.tables or found.faults)
        intake.faults.extend(found.faults)
        intake.notes.extend(found.notes)
        intake.unread.update(found.unread)
        if found.skipped:
            intake.skipped.append(str(grid.source))
        for table in found.tables:
            fact = table.layout.kind.fact
            drafted = rows.read(table, vocabulary)
            intake.drafts[fact].extend(drafted.good)
            intake.spoiled[fact].extend(drafted.spoiled)
            intake.faults.extend(drafted.faults)
    if not any(grid.rows for grid in grids):
        raise SqmyError("没有内容，所有工作表都是空的。")
    if not known:
        raise SqmyError(
            "没有一张表的标题认得出。报送表的标题是"
            + "、".join(heading.name for heading in KINDS[_SUBMISSION].headings)
            + "，请对照改好标题行。"
            + ("文字如果是乱码，请在 Excel 或 WPS 里另存为 .xlsx。" if grids[0].notes else "")
        )


_SUBMISSION = [kind.fact for kind in KINDS].index("submission")


def _named(paths: Sequence[Path]) -> dict[str, Path]:
    """Each file once, by a name that tells it from the others."""
    once = {path.absolute(): path for path in paths}.values()
    count = Counter(path.name for path in once)
    return {path.name if count[path.name] == 1 else str(path): path for path in once}
