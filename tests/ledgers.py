"""Small ledgers for tests: where they lie, and what stands in them."""

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from sqmy import facts
from sqmy.facts import FactId
from sqmy.ledger import attached, reading
from sqmy.ledger.database import Ledger
from sqmy.ledger.records import Records
from sqmy.ledger.sqlite import SqliteLedger, create_file, lay_schema

PHONE, BODY, WORDS = "13900001111", "村里的井水发黄，请水务部门检测。", "请水务局阅处，月底报结果。"
"""Confidential values, which no error may tell."""

NOBODY = 65534


def new_ledger(path: Path) -> Ledger:
    """An empty ledger in a new file."""
    ledger = create_file(path)
    with ledger.writing():
        lay_schema(ledger)
    return ledger


class Office(NamedTuple):
    """Who and what the first few facts of a ledger are."""

    unit: FactId
    other_unit: FactId
    member: FactId
    other_member: FactId
    item: FactId


def found_office(ledger: Ledger) -> Office:
    """Two units, a member of each, and an item of 2025-03-01 by both members."""
    with ledger.writing():
        records = Records(ledger, "甲")
        units = [
            records.register_unit(name, "委室", "第一序列", assessed=True, since=None)
            for name in ("提案委", "经济委")
        ]
        members = [
            records.register_member(facts.Member(name, "经济", PHONE), unit, "委员", None, None)
            for name, unit in zip(("张三", "李四"), units, strict=True)
        ]
        item = records.submit(submission(*members, units=tuple(units), body=BODY))
    return Office(units[0], units[1], members[0], members[1], item)


def submission(*authors: FactId, units: tuple[FactId, ...], **more: object) -> facts.Submission:
    """A submission of 2025-03-01 that waits for a number."""
    plain = facts.Submission(
        item=0,
        supersedes=None,
        number="",
        title="关于农村饮水的建议",
        submitted_on="2025-03-01",
        by_unit=not authors,
        authors=authors,
        units=units,
    )
    return plain._replace(**more)  # type: ignore[arg-type]


def every_kind(ledger: Ledger) -> Office:
    """A ledger with two facts of every kind, and two rows in every table."""
    office = found_office(ledger)
    unit, other_unit, member, other_member, item = office
    with ledger.writing():
        records = Records(ledger, "乙")
        for edition, since in (("2024年版", None), ("2025年版", "2025-01-01")):
            records.adopt_rulebook(facts.Edition("计分办法", edition, since, "文本", '{"甲":1}'))
        for kind, since in (("其他", "2025-02-01"), ("委室", "2025-03-01")):
            records.change_unit(facts.Unit(unit, "提案委", kind, None, assessed=False, since=since))
        for day, home in (("2025-01-01", other_unit), ("2025-06-01", unit)):
            records.move(member, home, day)
        for role in ("常委", "特邀信息员"):
            term = records.appoint(facts.Appointment(member, role, "2024-01-01", None))
            records.end(term, "2024-01-01", "2025-12-31")
        records.add_alias(facts.Alias("提案", unit=unit))
        records.add_alias(facts.Alias("老李", member=other_member))
        for name in ("张山", "张珊"):
            twin = records.register_member(facts.Member(name), unit, "委员", None, None)
            records.merge(twin, member)
        for source in ("一.xlsx", "二.xlsx"):
            records.begin_batch(source)
            second = records.submit(
                submission(
                    member, other_member, units=(unit, other_unit), attributes=(("体裁", "调研"),)
                )
            )
        records.batch = None
        ruling = facts.Ruling("六(二)3", "2025-03-02", "主席会议", "按就高计", points="5/2")
        records.rule_on(ruling)
        records.rule_on(ruling._replace(about=item))
        _events(records, item, second)
        finding = facts.Finding("弄虚作假", "2025-05-01", "查实")
        records.find(finding._replace(unit=unit))
        records.find(finding._replace(member=member))
        records.recognise(facts.Recognition("日子", "编号\n日子", heading="采用日期"))
        records.recognise(facts.Recognition("村民喝水", "李四", item=item))
        for days in ("2025-02-28", "2025-02-27"):
            records.amend(revised(ledger, item, submitted_on=days))
        for word in ("甲", "乙"):
            fact = records.instruct(facts.Instruction(item, "省级领导", "2025-05-02", None, word))
            records.erase(fact, "本人要求")
            records.void([fact], "误录")
        for period, reason in (("2025Q1", None), ("2025", "更正")):
            records.seal(facts.Seal(2025, period, "2025-12-31", "", "ab", "", "{}", reason))
        attach(records, item, "来稿.docx", b"paper", dated="2025-02-28", note="原件")
        attach(records, office.unit, "批复.pdf", b"scan")
    return office


def attach(records: Records, target: FactId, name: str, content: bytes, **more: str) -> FactId:
    """An attachment, with its content in the store where the ledger is a file."""
    digest = hashlib.sha256(content).hexdigest()
    ledger = records.ledger
    if isinstance(ledger, SqliteLedger) and not ledger.is_private and ledger.key is None:
        store = attached.store_of(ledger)
        paper = ledger.path.with_name(f"{digest[:8]}.tmp")
        paper.write_bytes(content)
        store.put(paper, digest, len(content))
        paper.unlink()
    plain = facts.Attachment(target, len(content), None, name, digest)
    return records.attach(plain._replace(**more))  # type: ignore[arg-type]


def _events(records: Records, item: FactId, second: FactId) -> None:
    for about, day in ((item, "2025-04-01"), (second, "2025-04-02")):
        records.review(facts.Review(about, "中心筛选", "accepted", day, "王五", "可用"))
        records.forward(facts.Forwarding(about, "市政协", day))
        records.adopt(
            facts.Adoption(about, "市政协", "whole", day, "市政协信息", "12", (("字数", "900"),))
        )
        records.instruct(facts.Instruction(about, "省级领导", day, "赵六", WORDS))
        records.find(facts.Finding("弄虚作假", day, "来信反映", item=about))


def revised(ledger: Ledger, item: FactId, /, **changes: object) -> facts.Submission:
    """The revision in force, changed."""
    found = reading.submission(ledger, item)
    assert found
    fact, old = found
    new = old._replace(supersedes=fact, reason="有误")
    return new._replace(**changes)  # type: ignore[arg-type]


def content(ledger: Ledger) -> list[str]:
    """Everything in a ledger, as SQL."""
    return list(ledger.connection.iterdump())


@contextmanager
def raw(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection as any other program would open it."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


@contextmanager
def tampering(ledger: Ledger) -> Iterator[sqlite3.Connection]:
    """The connection without triggers and checks; both are back at the end."""
    connection = ledger.connection
    triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    laid = triggers.fetchall()
    for name, _ in laid:
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("PRAGMA ignore_check_constraints = ON")
    yield connection
    connection.execute("PRAGMA ignore_check_constraints = OFF")
    for _, sql in laid:
        connection.execute(sql)


@contextmanager
def obeying_file_modes() -> Iterator[None]:
    """As somebody who may not do everything: root, whom file modes do not stop, becomes another."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    if is_root:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        if is_root:
            os.seteuid(0)
