"""Verifying, backing up, restoring: the ledger's own checks, and its rulebooks compiled again."""

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from sqmy import settings
from sqmy.errors import LedgerError, Problem, SqmyError
from sqmy.ledger import attached, audit, carrying, history, reading
from sqmy.ledger.backup import WHOLE, back_up
from sqmy.ledger.database import Ledger
from sqmy.ledger.restoring import restore as put_back
from sqmy.ledger.sqlite import SqliteLedger, open_file
from sqmy.ledger.store import Store
from sqmy.rules import compiled, reader
from sqmy.workspace.desk import Desk

ANCHOR_DIGITS = 8
"""Hex digits of an anchor's hash at the least."""

Step = audit.Step


def verify(
    ledger: Ledger, anchor: str | None, step: Step | None = None, *, whole: bool = False
) -> list[str]:
    """Examine the ledger and its attachments; what to say when they hold.

    Args:
        ledger: open.
        anchor: a place and hash kept elsewhere.
        step: told how far it is.
        whole: compare the contents of attachments, however large they are.

    Raises:
        LedgerError: it does not hold; every fault is named.
        SqmyError: the anchor is not written as one.
    """
    pinned = _read_anchor(anchor) if anchor else None
    problems = audit.examine(ledger, step) or _rulebooks(ledger)
    files, told_of_files = ([], []) if problems else _attachments(ledger, step, whole=whole)
    problems += files
    if pinned:
        problems += _anchored(ledger, *pinned)
    if problems:
        told = "\n".join(f"  {problem}" for problem in problems)
        raise LedgerError(
            f"台账核对不符，有 {len(problems)} 处：\n{told}\n"
            f"{_MEND_FILES if problems == files else _STOP}"
        )
    seq, head = reading.head(ledger)
    lines = [f"台账完好：{seq} 项登记，校验链、内容、结构和计分办法都相符。"]
    lines += told_of_files
    if pinned:
        lines.append("与所给的校验码相符：到那一项为止，没有被删改或重写。")
    lines.append(f"校验码 {seq}:{head}")
    if not pinned:
        lines.append("请把校验码抄存在台账以外（如印在通报上），以后用 --anchor 对照。")
    return [*lines, *_clock(ledger)]


def verify_file(
    path: Path, anchor: str | None, step: Step | None = None, *, whole: bool = False
) -> list[str]:
    """As `verify`, of another ledger's file, such as a backup; of an earlier schema it stays so."""
    with open_file(path.expanduser()) as ledger:
        return verify(ledger, anchor, step, whole=whole)


def _attachments(
    ledger: Ledger, step: Step | None, *, whole: bool
) -> tuple[list[Problem], list[str]]:
    """What is wrong with the attachments, and what to say of them."""
    try:
        found = attached.examine(ledger, whole=whole, step=step)
    except SqmyError as error:
        return [], [f"附件没有核对：{error}"]
    return (found.problems, [str(found)]) if found else ([], [])


_STOP = "请不要再写入，保留原文件，并用最近的备份核对。"
_MEND_FILES = (
    "台账本身完好。备份旁边的附件文件夹里有的，把同名的文件放回原处；原件还在手里的，"
    "再用 sqmy attach 附一次，就放回原处；确实找不回的，用 sqmy erase 登记号 --because 遗失 了结。"
)


def _read_anchor(anchor: str) -> tuple[int, str]:
    match = re.fullmatch(r"\s*F?(\d{1,18})[:：]([0-9a-fA-F]{1,64})\s*", anchor, re.ASCII)
    if not match or len(match[2]) < ANCHOR_DIGITS:
        raise SqmyError(
            f"校验码「{anchor}」写法不对。应写 项:校验码，如 1234:9f86d081，"
            f"校验码至少 {ANCHOR_DIGITS} 位。"
        )
    return int(match[1]), match[2].lower()


def _anchored(ledger: Ledger, seq: int, hashed: str) -> list[Problem]:
    own = reading.hash_at(ledger, seq)
    if own is None:
        return [Problem(f"F{seq}", "校验码所指的登记不见了：台账末尾被删去，或这不是同一本台账")]
    if not own.startswith(hashed):
        return [Problem(f"F{seq}", "与另存的校验码不符：台账被整本重写，或这不是同一本台账")]
    return []


def _rulebooks(ledger: Ledger) -> list[Problem]:
    """Editions whose text no longer comes to the form that scores.

    One that was compiled for an earlier version of the language is scored from its text: there
    it is enough that the text is sound.
    """
    found = []
    for fact, edition in reading.editions(ledger):
        try:
            again = compiled.compile_(reader.read(edition.text, edition.name))
        except SqmyError as error:
            found.append(Problem(f"F{fact}", f"计分办法的文本读不通：{error}"))
            continue
        if again != edition.compiled and not _is_outdated(edition.compiled):
            found.append(Problem(f"F{fact}", "计分办法的文本与计分所用的形式不一致"))
    return found


def _is_outdated(form: str) -> bool:
    try:
        compiled.load(form)
    except compiled.OutdatedError:
        return True
    except LedgerError:
        return False  # damaged, and so it is another one
    return False


def _clock(ledger: Ledger) -> Iterator[str]:
    """A word about facts that seem recorded before those before them: no fault, but strange."""
    if back := history.set_back(ledger):
        places = "、".join(f"F{seq}" for seq in back)
        yield f"登记的时刻有倒退的（{places}）：电脑的时钟当时不准，内容和次序不受影响。"


def backup(
    desk: Desk,
    target: Path,
    *,
    keep: int | None = None,
    whole: bool = False,
    step: Step | None = None,
) -> list[str]:
    """Back the ledger up; what to say.

    Args:
        desk: with an open ledger.
        target: a new file, or a folder in which the backup gets a name from the moment.
        keep: how many backups the folder is to hold; older ones of this ledger are removed.
        whole: examine the backup in full, however large it is.
        step: told how far it is.

    Raises:
        SqmyError: the target exists or cannot be written, or `keep` goes with a file.
        LedgerError: the ledger does not verify.
    """
    target = target.expanduser()
    stem = desk.ledger.path.stem if isinstance(desk.ledger, SqliteLedger) else settings.FILE_NAME
    folder = target if target.is_dir() else None
    if folder:
        moment = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
        target = folder / f"{stem}-{moment}.db"
    elif keep is not None:
        raise SqmyError(f"--keep 用于文件夹：{target} 不是已有的文件夹。请先建好，或不写 --keep。")
    earlier = _backups(folder, stem)[-1:] if folder else []
    shared = [Store(attached.folder_of(path)) for path in earlier]
    full = True if whole else None
    made = back_up(desk.ledger, target, whole=full, shared=shared, step=step)
    how = (
        "核对无误"
        if made.whole
        else f"与台账逐字节相同（超过 {WHOLE} 项，没有逐项核对；要核对，用 sqmy verify {target}）"
    )
    lines = [f"已备份到 {target}：{made.seq} 项登记，{how}。校验码 {made.seq}:{made.head}"]
    if made.attachments:
        folder_of_files = attached.folder_of(target)
        lines.append(f"{made.attachments}放在 {folder_of_files}，要与备份一起保存。")
    if folder and keep is not None:
        gone = _prune(desk.ledger, folder, stem, keep)
        if gone:
            lines.append(f"只留最近 {keep} 份，删去了旧的 {len(gone)} 份：{'、'.join(gone)}。")
    return lines


def _backups(folder: Path, stem: str) -> list[Path]:
    """The backups that a folder holds of a ledger, the oldest first."""
    named = re.compile(rf"{re.escape(stem)}-\d{{8}}-\d{{6}}\.db")
    return sorted(path for path in folder.iterdir() if named.fullmatch(path.name))


def _prune(ledger: Ledger, folder: Path, stem: str, keep: int) -> list[str]:
    """Remove the oldest backups; one that holds anything the ledger has not, stays."""
    backups = _backups(folder, stem)
    gone = []
    for path in backups[: max(0, len(backups) - keep)]:
        try:
            with open_file(path) as old:
                seq, head = reading.head(old)
        except LedgerError:
            continue
        if reading.hash_at(ledger, seq) == head:
            carrying.discard(path)
            gone.append(path.name)
    return gone


def restore(given: str | None, source: Path, step: Step | None = None) -> list[str]:
    """Put a backup in the place of the ledger that option, environment or custom name; what to say.

    Raises:
        LedgerError: the backup does not verify.
        SqmyError: there is nothing to restore to, or it cannot be written.
    """
    place = settings.ledger_place(given, lambda path: path.exists())
    if not isinstance(place, Path):
        raise SqmyError("恢复的是台账文件；服务器上的台账请用服务器自己的备份。")
    done = put_back(source.expanduser(), place, step)
    lines = [
        f"已恢复：{place.absolute()}，{done.seq} 项登记，核对无误。校验码 {done.seq}:{done.head}"
    ]
    if done.attachments:
        lines.append(str(done.attachments))
    if done.kept:
        lines.append(f"原来的文件留在 {done.kept}。")
    if done.lost:
        first, last = done.lost
        number = last - first + 1
        places = f"F{first}" if number == 1 else f"F{first} 至 F{last}"
        lines.append(
            f"原来的台账里有而备份里没有的登记 {number} 项（{places}），"
            f"可用 sqmy --ledger {done.kept} log --last {number} 查看后补录。"
        )
    return lines
