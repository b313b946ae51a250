"""Files that reports were written to: stamped when they are made, and held against the ledger.

A file carries the command that made it and the ledger's place at which it was made. To see
whether it still holds, the same command is carried out on the ledger as it stood then, and as it
stands now, and what can be read in the three is compared.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sqmy import __version__, days
from sqmy.errors import SqmyError
from sqmy.intake.exported import MOST, SUFFIXES, Export
from sqmy.ledger import reading
from sqmy.ledger.copying import copy
from sqmy.ledger.database import Ledger
from sqmy.ledger.sqlite import SqliteLedger, create_file, is_ledger, lay_schema
from sqmy.reports import marks
from sqmy.reports.render.stamp import stamped
from sqmy.workspace.papers import PROFILE

REPORTS = frozenset(
    (
        *("score", "explain", "quota", "standings", "stats", "bulletin", "awards", "notice"),
        *("certificate", "slip", "correct"),
    )
)
"""The commands that write reports about the ledger and do nothing else.

What a file says of itself may have been written by anybody: no other is carried out again, least
of all one that records.
"""

SHOWN = 10
"""Differences told at the most."""

Make = Callable[[Path | None, Sequence[str], Path], None]
"""Carries out a command on the ledger in a file, or (None) on the one in use, and writes what it
makes to a file."""


def is_export(path: Path) -> bool:
    """Whether a file is a report's, by its name; what is a ledger is none."""
    return path.suffix.lower() in SUFFIXES and not is_ledger(path)


def stamp(content: bytes, suffix: str, command: Sequence[str]) -> bytes:
    """A report's file with the marks by which it can be held against the ledger later on.

    Args:
        content: of the file.
        suffix: of its name.
        command: the words that made it, without those for ledger, operator and file.
    """
    suffix = suffix.lower()
    if suffix not in SUFFIXES:
        return content
    export = Export(content, suffix)
    if marks.LEDGER not in export.marks(marks.PREFIX):
        return content  # it says nothing that would change with the ledger
    return stamped(
        content,
        suffix,
        {
            marks.COMMAND: json.dumps([_kept(word) for word in command], ensure_ascii=False),
            marks.MADE: days.today(),
            marks.VERSION: __version__,
            marks.CONTENT: _digest(export.lines()),
        },
    )


def _kept(word: str) -> str | dict[str, str]:
    """A word of a command; of a file its name alone: the folder is nobody's business."""
    try:
        is_file = Path(word).is_file()
    except (OSError, ValueError):
        is_file = False
    return {"file": Path(word).name} if is_file else word


def _digest(lines: Sequence[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


# -- holding a file against the ledger -----------------------------------------------------------


class _Again(NamedTuple):
    """What the command of an export makes when it is carried out again.

    Attributes:
        then: what can be read in it, made on the ledger as it stood then.
        now: likewise on the ledger of today.
        certain: nothing but the ledger and the program had a part in it.
    """

    then: list[str]
    now: list[str]
    certain: bool


def check(ledger: Ledger, path: Path, make: Make) -> list[str]:
    """What to say of an export that still holds.

    Args:
        ledger: open; the one that it was made from.
        path: the file.
        make: carries out a command.

    Raises:
        SqmyError: it is none of ours, is of another ledger, was altered, or is out of date.
    """
    try:
        if path.stat().st_size > MOST:
            raise SqmyError(f"{path} 异常庞大，没有打开。请核对是不是这一份。")
        export = Export(path.read_bytes(), path.suffix.lower())
    except FileNotFoundError:
        raise SqmyError(f"没有这个文件：{path}。请核对文件名。") from None
    known = export.marks(marks.PREFIX)
    seq = _place(ledger, known, path)
    lines = export.lines()
    is_altered = marks.CONTENT in known and _digest(lines) != known[marks.CONTENT]
    again = _made_again(ledger, seq, known, path, make)
    told = []
    if again:
        changed = _pairs(lines, again.then)
        is_certain = again.certain and known.get(marks.VERSION) == __version__
        if is_altered or (changed and is_certain):
            told += _told_altered(changed, forged=not is_altered)
        if gone := _pairs(_bare(again.then), _bare(again.now)):
            told += _told_outdated(gone, seq)
    elif is_altered:
        told.append("导出以后被改动过：能读到的内容与导出时的校验码不符。")
    if told:
        raise SqmyError("\n".join((f"{path} 不再有效。", *told)))
    last, _ = reading.head(ledger)
    since = f"此后登记了 {last - seq} 项，没有影响它" if last > seq else "此后没有新的登记"
    if again is None:
        return [
            f"{path} 没有被改动过，出自本台账第 {seq} 项登记时。",
            f"此后登记了 {last - seq} 项；导出时用的文件不在了，不能重做一遍来核对是否过时。",
        ]
    return [f"{path} 仍然有效：出自本台账第 {seq} 项登记时，没有被改动过；{since}。"]


def _place(ledger: Ledger, known: Mapping[str, str], path: Path) -> int:
    """The ledger's place at which an export was made.

    Raises:
        SqmyError: it does not say so, or is of another ledger.
    """
    seq, _, head = known.get(marks.LEDGER, "").partition(":")
    if not re.fullmatch(r"\d{1,18}", seq, re.ASCII) or not head:
        raise SqmyError(
            f"{path} 没有台账的标记：不是 sqmy 导出的报表，或另存时丢了标记，不能核对。"
        )
    if reading.hash_at(ledger, int(seq)) != head:
        raise SqmyError(
            f"{path} 不是从这本台账导出的：它写着第 {seq} 项登记的校验码 {head[:16]}，台账里不是。"
            "也可能是台账被截短或重写，请用 sqmy verify --anchor 核对。"
        )
    return int(seq)


def _made_again(
    ledger: Ledger, seq: int, known: Mapping[str, str], path: Path, make: Make
) -> _Again | None:
    """The report made again, then and now; None where a file that it was made with is gone."""
    folder = ledger.path.absolute().parent if isinstance(ledger, SqliteLedger) else Path()
    try:
        kept, made = json.loads(known[marks.COMMAND]), days.read_day(known[marks.MADE])
        words = [_found(word, (Path(), folder, path.parent)) for word in kept]
    except (KeyError, ValueError, TypeError, RecursionError, SqmyError, FileNotFoundError):
        return None
    if not _is_report(words):
        raise SqmyError(
            f"{path} 里写着的不是出报表的命令，不是 sqmy 写的，没有执行。请向给您文件的人问明来历。"
        )
    profile = folder / PROFILE
    suffix = path.suffix.lower()
    with TemporaryDirectory(prefix="sqmy-") as place, days.assuming(made):
        past = Path(place) / "sqmy.db"
        _lay(ledger, seq, past)
        if profile.is_file():
            past.with_name(PROFILE).write_bytes(profile.read_bytes())
        target = Path(place) / f"重做{suffix}"
        try:
            make(past, words, target)
        except SqmyError:  # what it was made of is another today: a rulebook's file, a setting
            return None
        then = Export(target.read_bytes(), suffix).lines()
        target.unlink()
        try:
            make(None, words, target)
        except SqmyError as error:
            now = [str(error).splitlines()[0]]
        else:
            now = Export(target.read_bytes(), suffix).lines()
    is_certain = not profile.is_file() and all(isinstance(word, str) for word in kept)
    return _Again(then, now, is_certain)


def _is_report(words: Sequence[str]) -> bool:
    """Whether the words are a command that only makes a report, and say nowhere to write it."""
    if any(word.partition("=")[0] == "--to" for word in words):
        return False
    return words[:1] != [] and (words[0] in REPORTS or list(words[:2]) == ["rules", "compare"])


def _found(word: str | dict[str, str], folders: Sequence[Path]) -> str:
    """A word of the command; a file where it lies now."""
    if isinstance(word, str):
        return word
    for folder in folders:
        if (folder / word["file"]).is_file():
            return str(folder / word["file"])
    raise FileNotFoundError(word["file"])


def _lay(ledger: Ledger, seq: int, path: Path) -> None:
    """The ledger as it stood at a place, in a file of its own."""
    with create_file(path) as past:
        past.run("PRAGMA synchronous=OFF")  # nobody needs it after a crash
        with past.writing():
            lay_schema(past)
            copy(ledger, past, seq)


_BASIS = re.compile(r"第 \d+ 项登记|\d+:[0-9a-f]{16}|校验码 [0-9a-f]{16}|^封存(：F|以后登记的)")
"""What a report says of the ledger itself, which every fact makes another."""


def _bare(lines: Sequence[str]) -> list[str]:
    return [line for line in lines if not _BASIS.search(line)]


def _pairs(one: Sequence[str], other: Sequence[str]) -> list[tuple[str, str]]:
    """The lines that differ, beside one another; "" where one has no such line."""
    found: list[tuple[str, str]] = []
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    for tag, low, high, first, last in matcher.get_opcodes():
        if tag != "equal":
            found += zip_longest(one[low:high], other[first:last], fillvalue="")
    return found


def _told_altered(changed: Sequence[tuple[str, str]], *, forged: bool) -> list[str]:
    told = (
        "与台账当时的内容不同，文件里的校验码却是相符的：像是连校验码一起改过。"
        if forged
        else "导出以后被改动过："
    )
    return [told, *_listed(changed, "文件里", "导出时")]


def _told_outdated(gone: Sequence[tuple[str, str]], seq: int) -> list[str]:
    return [
        f"已经过时：出自台账第 {seq} 项登记时，此后登记的使 {len(gone)} 处不同。请重新导出。",
        *_listed(gone, "当时", "现在"),
    ]


def _listed(pairs: Sequence[tuple[str, str]], one: str, other: str) -> Iterator[str]:
    for before, after in pairs[:SHOWN]:
        yield f"  {one}：{before or '（没有）'}"
        yield f"  {other}：{after or '（没有）'}"
    if len(pairs) > SHOWN:
        yield f"  ……共 {len(pairs)} 处。"
