"""Synthetic ledgers of any size: 1.2 authors and 1.1 units an item, a third adopted.

Every fact goes through the same verbs as a clerk's, so that the ledger verifies.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from sqmy import facts
from sqmy.facts import FactId
from sqmy.ledger.database import Ledger
from sqmy.ledger.records import Records
from sqmy.ledger.sqlite import create_file, lay_schema
from sqmy.terms import Form
from sqmy.workspace.rulebooks import edition_of

YEAR = 2025
DAYS = [(date(YEAR, 1, 1) + timedelta(days=n)).isoformat() for n in range(365)]
UNITS = 40
KINDS = ("委室", "民主党派", "联络站", "其他")
RESIDENT = "驻市政协委员"
ROLES = ("常委", *("委员",) * 5, "特邀信息员", *("委员",) * 5, RESIDENT)
CHANNELS = ("县政协",) * 6 + ("市政协",) * 3 + ("省政协", "全国政协")
RANKS = ("市委市政府主要领导", "市委市政府分管领导", "省级领导", "国家领导人")
FORMS: tuple[Form, ...] = ("whole", "whole", "compiled", "relayed")


class People(NamedTuple):
    """Who is registered."""

    units: list[FactId]
    members: list[FactId]


def members_for(items: int) -> int:
    """How many members report that many items in a year."""
    return max(200, items // 50)


def ledger(path: str, items: str, members: str) -> Callable[[], object]:
    """Making a ledger of one year with so many members and items."""
    return lambda: make(Path(path), int(items), int(members))


def make(path: Path, items: int, members: int) -> None:
    """A ledger of one year; one in three items adopted, one in forty instructed."""
    made = create_file(path)
    made.run("PRAGMA synchronous=OFF")
    with made, made.writing():
        lay_schema(made)
        fill(made, items, members)


def fill(made: Ledger, items: int, members: int) -> None:
    """The facts of such a year, into an empty ledger, inside `writing`."""
    chance = random.Random(items)
    records = Records(made, "基准", future=True)
    records.adopt_rulebook(edition_of(None))
    people = _register(records, members)
    for n in range(items):
        at = chance.randrange(365)
        item = records.submit(submission(n, at, people, chance))
        if n % 3 == 0:
            later = DAYS[chance.randrange(at, 365)]
            channel = chance.choice(CHANNELS)
            records.adopt(facts.Adoption(item, channel, chance.choice(FORMS), later))
        if n % 40 == 0:
            later = DAYS[chance.randrange(at, 365)]
            records.instruct(facts.Instruction(item, chance.choice(RANKS), later))


def _register(records: Records, members: int) -> People:
    units = [
        records.register_unit(
            f"第{n}单位", KINDS[n % 4], f"第{n % 3}序列", assessed=n % 9 > 0, since=None
        )
        for n in range(UNITS)
    ]
    return People(
        units,
        [
            records.register_member(
                facts.Member(f"第{n}人"), units[n % UNITS], ROLES[n % len(ROLES)], None, None
            )
            for n in range(members)
        ],
    )


def submission(n: int, at: int, people: People, chance: random.Random) -> facts.Submission:
    """The nth item of a year, of a day, by some of these people."""
    return facts.Submission(
        0,
        None,
        f"{YEAR}-{n + 1:03}",
        f"关于第{n}件事的建议",
        DAYS[at],
        by_unit=n % 50 == 0,
        authors=tuple(chance.sample(people.members, 2 if n % 5 == 0 else 1)),
        units=tuple(chance.sample(people.units, 2 if n % 10 == 0 else 1)),
    )
