"""Editions of the rulebook: adopted from a day, tried on a year; rulings on unclear cases."""

from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

from sqmy import days, facts, points
from sqmy.errors import SqmyError
from sqmy.facts import Edition, FactId
from sqmy.ledger.names import Names
from sqmy.ledger.reading import kind_at
from sqmy.ledger.records import Records
from sqmy.register import REFERENCE
from sqmy.reports.comparison import Comparison
from sqmy.rules.faults import nearest
from sqmy.terms import KINDS
from sqmy.workspace.desk import Desk
from sqmy.workspace.rulebooks import edition_of
from sqmy.workspace.scores import year_scores
from sqmy.workspace.sentences import sentence
from sqmy.workspace.words import required


class Adopted(NamedTuple):
    """An edition that has been recorded.

    Attributes:
        fact: its place in the chain.
        told: in a sentence.
        remarks: what deserves a second look.
    """

    fact: FactId
    told: str
    remarks: tuple[str, ...]


def adopt(desk: Desk, path: Path, since: str) -> Adopted:
    """Record a rulebook as in force from a day on.

    Raises:
        SqmyError: the day is none, or the same text is in force then already.
        ProblemsError: the rulebook is not sound.
    """
    day = days.read_day(since)
    edition = edition_of(path)._replace(since=day)
    before = desk.edition_on(day)
    if before.text == edition.text:
        raise SqmyError(f"{day} 施行的就是这一份，没有写入。")
    remarks = _remarks(desk, before, edition)
    with desk.ledger.writing():
        fact = Records(desk.ledger, desk.operator).adopt_rulebook(edition)
    return Adopted(fact, sentence(edition, Names(desk.ledger)), remarks)


def _remarks(desk: Desk, before: Edition, edition: Edition) -> tuple[str, ...]:
    """What a new edition changes that somebody may not expect."""
    old, new = desk.rulebook_of(before), desk.rulebook_of(edition)
    told = []
    gone = [
        word
        for field in ("channels", "ranks", "roles", "unit_kinds", "finding_kinds")
        for word in _labels(old, field) - _labels(new, field)
    ]
    if gone:
        told.append(
            f"新办法没有声明：{'、'.join(sorted(gone))}。已登记的不受影响，以后不能再登记。"
        )
    later = [e for _, e in desk.editions if (e.since or "") > (edition.since or "")]
    if later:
        told.append(f"台账里已有 {later[0].since} 起施行的《{later[0].name}》，从那一天起按它。")
    if edition.since and not edition.since.endswith(new.year.start):
        told.append("不是从考评年度的第一天起施行：这一年前一段按旧办法，后一段按新办法。")
    return tuple(told)


def _labels(rulebook: object, field: str) -> set[str]:
    words = getattr(rulebook.words, field)  # type: ignore[attr-defined]
    return {getattr(word, "label", word) for word in words}


def compared(desk: Desk, year: int, path: Path) -> Comparison:
    """A year under the rulebook then in force and under another one.

    Raises:
        ProblemsError: the other is not sound.
    """
    return Comparison(year_scores(desk, year), year_scores(desk, year, edition_of(path)))


class Ruled(NamedTuple):
    """A ruling that has been recorded, with its place in the chain."""

    fact: FactId
    told: str


def rule_on(
    desk: Desk,
    clause: str,
    on: str,
    decider: str,
    wording: str,
    *,
    about: str | None = None,
    worth: str | None = None,
    future: bool = False,
) -> Ruled:
    """Record how an unclear case was decided.

    Args:
        desk: with an open ledger.
        clause: that it is about; one of the rulebook's.
        on: the day.
        decider: who decided.
        wording: what was decided.
        about: `F12`, where it decides about one fact.
        worth: what that fact earns by the clause, before sharing.
        future: allow a day after today.

    Raises:
        SqmyError: the clause is none, or what is given does not go together.
    """
    known = desk.rulebook.clauses
    if clause not in known:
        raise SqmyError(f"计分办法里没有条款「{clause}」{nearest(clause, known)}请核对。")
    value = _worth(worth)
    if value is not None and about is None:
        raise SqmyError("写了 --points，要用 --about 写明是哪一项事实，例如 --about F12。")
    fact = _fact(desk, about) if about is not None else None
    if value is not None and fact is not None:
        _refuse_other_kind(desk, clause, fact)
    ruling = facts.Ruling(
        clause,
        days.read_day(on),
        required(decider, "裁定人"),
        required(wording, "裁定内容"),
        fact,
        None if value is None else points.exact(value),
    )
    with desk.ledger.writing():
        recorded = Records(desk.ledger, desk.operator, future=future).rule_on(ruling)
    return Ruled(recorded, sentence(ruling, Names(desk.ledger)))


def _worth(given: str | None) -> Fraction | None:
    if given is None:
        return None
    value = points.read(given)
    if value is None:
        raise SqmyError(f"分数「{given}」写法不对，例如 5、-10、2.5 或 1/3。")
    return value


def _refuse_other_kind(desk: Desk, clause: str, fact: FactId) -> None:
    """A clause gives points to facts of its own kind; a ruling on another would change nothing."""
    kind = kind_at(desk.ledger, fact)
    own = dict.fromkeys(rule.kind for rule in desk.rulebook.rules if rule.clause == clause)
    if kind not in own:
        counted = "、".join(KINDS[one] for one in own)
        what = f"计的是{counted}，请写那一项的登记号" if own else "不直接计分，请写计分的那一条"
        raise SqmyError(f"{clause} {what}：F{fact} 是{KINDS[kind]}，裁定了也不会改得分。")


_DECIDABLE = ("submission", "forwarding", "adoption", "instruction", "finding")


def _fact(desk: Desk, about: str) -> FactId:
    match = REFERENCE.fullmatch(about.strip())
    if not match:
        raise SqmyError(f"「{about}」不是登记号。请写 F12 的样子，用 sqmy show 查看。")
    seq = int(match[1])
    if kind_at(desk.ledger, seq) not in _DECIDABLE:
        raise SqmyError(f"F{seq} 不是报送、上报、采用、批示或认定，不能裁定它的得分。")
    return seq
