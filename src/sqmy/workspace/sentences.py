"""Every kind of fact as a sentence, for receipts, the log and an item's life."""

from collections.abc import Callable
from typing import Any

from sqmy import facts, terms, text
from sqmy.declared import form_told
from sqmy.facts import FactId
from sqmy.ledger.database import Ledger
from sqmy.ledger.names import Names
from sqmy.ledger.reading import fact_at, kind_at

TITLE_WIDTH = 40
"""Columns of a title inside a sentence."""


def sentence(fact: facts.Fact, names: Names) -> str:
    """The fact in words, without its reference and without confidential values."""
    return _SENTENCES[facts.kind_of(fact)](fact, names)


def sentence_at(ledger: Ledger, seq: FactId) -> str:
    """The sentence of the fact at that place of the chain."""
    return sentence(fact_at(ledger, seq, kind_at(ledger, seq)), Names(ledger))


def _item(item: FactId, names: Names) -> str:
    """`2025-001《标题》`; "" within the item's own life."""
    called = names.item(item)
    return f"{called[0]}《{text.cut(called[1], TITLE_WIDTH)}》" if called else ""


def span(since: str | None, until: str | None) -> str:
    """The days of an appointment, `（2022-01-01 起）`; "" where it has neither end."""
    if since and until:
        return f"（{since} 至 {until}）"
    if since:
        return f"（{since} 起）"
    return f"（至 {until}）" if until else ""


def _unit(fact: facts.Unit, _: Names) -> str:
    group = f"，{fact.peer_group}" if fact.peer_group else ""
    since = f"自 {fact.since} 起，" if fact.since else ""
    return (
        f"单位「{fact.name}」：{since}{fact.kind}{group}，{'参评' if fact.assessed else '不参评'}"
    )


def _member(fact: facts.Member, _: Names) -> str:
    return f"人员「{fact.name}」" + (f"，界别 {fact.sector}" if fact.sector else "")


def _placement(fact: facts.Placement, names: Names) -> str:
    since = f"自 {fact.since} 起" if fact.since else ""
    return f"{names.member(fact.member)}{since}在 {names.unit(fact.unit)}"


def _appointment(fact: facts.Appointment, names: Names) -> str:
    return f"{names.member(fact.member)}任{fact.role}{span(fact.since, fact.until)}"


def _departure(fact: facts.Departure, names: Names) -> str:
    term = fact_at(names.ledger, fact.appointment, "appointment")
    assert isinstance(term, facts.Appointment)  # noqa: S101 — by its kind
    return f"{names.member(term.member)}任{term.role}至 {fact.until}"


def _alias(fact: facts.Alias, names: Names) -> str:
    if fact.unit is not None:
        return f"「{fact.alias}」即单位 {names.unit(fact.unit)}"
    return f"「{fact.alias}」即 {names.member(fact.member or 0)}"


def _merger(fact: facts.Merger, names: Names) -> str:
    gone, kept = names.member(fact.member), names.member(fact.into)
    return f"{gone}（F{fact.member}）并入 {kept}（F{fact.into}）"


def _submission(fact: facts.Submission, names: Names) -> str:
    title = text.cut(fact.title, TITLE_WIDTH)
    authors = "、".join(map(names.member, fact.authors))
    units = "、".join(map(names.unit, fact.units))
    people = f"作者 {authors}，" if authors else ""
    signed = "，署名单位" if fact.by_unit else ""
    amended = "更正为：" if fact.supersedes is not None else ""
    reason = f"（{fact.reason}）" if fact.reason else ""
    return (
        f"{amended}{fact.number}《{title}》{fact.submitted_on} 报送，"
        f"{people}报送单位 {units}{signed}{reason}"
    )


def _review(fact: facts.Review, names: Names) -> str:
    opinion = f"（{fact.opinion}）" if fact.opinion else ""
    by = f"，{fact.reviewer}" if fact.reviewer else ""
    verdict = terms.VERDICTS[fact.verdict]
    return f"{_item(fact.item, names)}{fact.reviewed_on} {fact.stage}{verdict}{by}{opinion}"


def _forwarding(fact: facts.Forwarding, names: Names) -> str:
    return f"{_item(fact.item, names)}{fact.forwarded_on} 上报{fact.channel}"


def _adoption(fact: facts.Adoption, names: Names) -> str:
    journal = f"，{fact.journal}" if fact.journal else ""
    if fact.issue:
        journal += f"第 {fact.issue} 期" if fact.issue.isdecimal() else fact.issue
    adopted = terms.happening("adoption", form_told(fact))
    return f"{_item(fact.item, names)}{fact.adopted_on} 被{fact.channel}{adopted}{journal}"


def _instruction(fact: facts.Instruction, names: Names) -> str:
    leader = f"（{fact.leader}）" if fact.leader else ""
    return f"{_item(fact.item, names)}{fact.instructed_on} 获{fact.rank}批示{leader}"


def _finding(fact: facts.Finding, names: Names) -> str:
    if fact.item is not None:
        about = _item(fact.item, names)
    elif fact.member is not None:
        about = f"{names.member(fact.member)} "
    else:
        about = f"{names.unit(fact.unit or 0)} "
    grounds = f"，依据：{fact.grounds}" if fact.grounds else ""
    return f"{about}{fact.found_on} 认定为{fact.kind}{grounds}"


def _recognition(fact: facts.Recognition, names: Names) -> str:
    if fact.item is None:
        return f"标题行里的「{fact.written}」认作“{fact.heading}”"
    return f"标题「{text.cut(fact.written, TITLE_WIDTH)}」认作 {_item(fact.item, names)}"


def _attachment(fact: facts.Attachment, names: Names) -> str:
    kind = kind_at(names.ledger, fact.target)
    if kind == "submission":
        target = _item(fact.target, names)
    else:
        target = f"F{fact.target}（{sentence(fact_at(names.ledger, fact.target, kind), names)}）"
    called = f"「{fact.filename}」" if fact.filename is not None else "（已抹除）"
    dated = f"，{fact.dated}" if fact.dated else ""
    note = f"，{fact.note}" if fact.note else ""
    told = f"附件{called}（{text.file_size(fact.size)}）{dated}{note}"
    return f"{target}的{told}" if target else told


def _void(fact: facts.Void, names: Names) -> str:
    what = sentence_at(names.ledger, fact.target)
    return f"撤销 F{fact.target}（{what}），理由：{fact.reason}"


def _edition(fact: facts.Edition, _: Names) -> str:
    since = f"自 {fact.since} 起" if fact.since else "自始"
    return f"{since}施行计分办法《{fact.name}》{fact.edition}"


def _ruling(fact: facts.Ruling, names: Names) -> str:
    about = ""
    if fact.about is not None:
        about = f"，F{fact.about}（{sentence_at(names.ledger, fact.about)}）"
    worth = f"计 {fact.points} 分" if fact.points is not None else ""
    told = f"：{fact.wording}" + (f"（{worth}）" if worth else "")
    return f"口径：{fact.decided_on} {fact.decider}裁定{fact.clause}{about}{told}"


def _batch(fact: facts.Batch, _: Names) -> str:
    return f"B{fact.number} 批导入，来自 {fact.source}"


def _erasure(fact: facts.Erasure, _: Names) -> str:
    return f"抹除 F{fact.target} 的个人信息，理由：{fact.reason}"


def _seal(fact: facts.Seal, _: Names) -> str:
    reason = f"（{fact.reason}）" if fact.reason else ""
    what = terms.sealed_period(fact.year, fact.period, fact.until)
    return f"封存{what}得分，结果校验码 {fact.output[:16]}{reason}"


_SENTENCES: dict[str, Callable[[Any, Names], str]] = {
    "unit": _unit,
    "member": _member,
    "placement": _placement,
    "appointment": _appointment,
    "departure": _departure,
    "alias": _alias,
    "merger": _merger,
    "submission": _submission,
    "review": _review,
    "forwarding": _forwarding,
    "adoption": _adoption,
    "instruction": _instruction,
    "finding": _finding,
    "recognition": _recognition,
    "attachment": _attachment,
    "void": _void,
    "edition": _edition,
    "ruling": _ruling,
    "batch": _batch,
    "erasure": _erasure,
    "seal": _seal,
}
