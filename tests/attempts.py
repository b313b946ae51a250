"""Attempts at recording, what is said against them, and what is called gone."""

from collections.abc import Callable

import pytest

from ledgers import Office, content, revised
from sqmy import facts
from sqmy.errors import SqmyError
from sqmy.ledger.database import Ledger
from sqmy.ledger.records import Records

Attempt = Callable[[Records, Office], object]
ABSENT = 99
TODAY, FUTURE = "2025-12-31", "2026-01-01"
"""The day it is for every attempt, and the day after."""

NO_ITEM = "这一条已撤销或不存在，不能再记录。"


def refused(ledger: Ledger, attempt: Attempt, office: Office) -> str:
    """What a verb says against an attempt, with nothing written even before the rollback."""
    before = content(ledger)
    with ledger.writing():
        with pytest.raises(SqmyError) as refusal:
            attempt(Records(ledger, "丙"), office)
        assert content(ledger) == before
    assert refusal.value.exit_code == 1
    return str(refusal.value)


def gone(kind: str, fact: int = ABSENT) -> str:
    return f"{kind} F{fact} 已撤销或不存在，没有写入。请重新查对后再录。"


def amended(records: Records, office: Office, **changes: object) -> object:
    return records.amend(revised(records.ledger, office.item, **changes))


def events(item: int, day: str) -> dict[str, Attempt]:
    """Everything that can become of an item, by what its day is called."""
    return {
        "审核日期": lambda r, _: r.review(facts.Review(item, "中心筛选", "accepted", day)),
        "上报日期": lambda r, _: r.forward(facts.Forwarding(item, "市政协", day)),
        "采用日期": lambda r, _: r.adopt(facts.Adoption(item, "市政协", "whole", day)),
        "批示日期": lambda r, _: r.instruct(facts.Instruction(item, "省级领导", day)),
        "认定日期": lambda r, _: r.find(facts.Finding("弄虚作假", day, item=item)),
    }
