"""Verifying and backing up: the ledger's own checks, and its rulebooks compiled again."""

import re
from pathlib import Path

from sqmy.errors import LedgerError, Problem, SqmyError
from sqmy.ledger import audit, reading
from sqmy.ledger.backup import back_up
from sqmy.rules import compiled, reader
from sqmy.workspace.desk import Desk

ANCHOR_DIGITS = 8
"""Hex digits of an anchor's hash at the least."""


def verify(desk: Desk, anchor: str | None) -> list[str]:
    """Examine the ledger; what to say when it holds.

    Raises:
        LedgerError: it does not hold; every fault is named.
        SqmyError: the anchor is not written as one.
    """
    pinned = _read_anchor(anchor) if anchor else None
    problems = audit.examine(desk.ledger) or _rulebooks(desk)
    if pinned:
        problems += _anchored(desk, *pinned)
    if problems:
        told = "\n".join(f"  {problem}" for problem in problems)
        raise LedgerError(
            f"台账核对不符，有 {len(problems)} 处：\n{told}\n"
            "请不要再写入，保留原文件，并用最近的备份核对。"
        )
    seq, head = reading.head(desk.ledger)
    lines = [f"台账完好：{seq} 项登记，校验链、内容、结构和计分办法都相符。"]
    if pinned:
        lines.append("与所给的校验码相符：到那一项为止，没有被删改或重写。")
    lines.append(f"校验码 {seq}:{head}")
    if not pinned:
        lines.append("请把校验码抄存在台账以外（如印在通报上），以后用 --anchor 对照。")
    return lines


def _read_anchor(anchor: str) -> tuple[int, str]:
    match = re.fullmatch(r"\s*F?(\d{1,18})[:：]([0-9a-fA-F]{1,64})\s*", anchor, re.ASCII)
    if not match or len(match[2]) < ANCHOR_DIGITS:
        raise SqmyError(
            f"校验码「{anchor}」写法不对。应写 项:校验码，如 1234:9f86d081，"
            f"校验码至少 {ANCHOR_DIGITS} 位。"
        )
    return int(match[1]), match[2].lower()


def _anchored(desk: Desk, seq: int, hashed: str) -> list[Problem]:
    own = reading.hash_at(desk.ledger, seq)
    if own is None:
        return [Problem(f"F{seq}", "校验码所指的登记不见了：台账末尾被删去，或这不是同一本台账")]
    if not own.startswith(hashed):
        return [Problem(f"F{seq}", "与另存的校验码不符：台账被整本重写，或这不是同一本台账")]
    return []


def _rulebooks(desk: Desk) -> list[Problem]:
    """Editions whose text no longer compiles to the form that scores."""
    found = []
    for fact, edition in desk.editions:
        try:
            again = compiled.compile_(reader.read(edition.text, edition.name))
        except SqmyError as error:
            found.append(Problem(f"F{fact}", f"计分办法的文本读不通：{error}"))
            continue
        if again != edition.compiled:
            found.append(Problem(f"F{fact}", "计分办法的文本与计分所用的形式不一致"))
    return found


def backup(desk: Desk, target: Path) -> str:
    """Back the ledger up; the sentence to say."""
    back_up(desk.ledger, target.expanduser())
    seq, head = reading.head(desk.ledger)
    return f"已备份到 {target}：{seq} 项登记，核对无误。校验码 {seq}:{head}"
