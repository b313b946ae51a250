"""Synthetic ledgers of any size: 1.2 authors and 1.1 units an item, a third adopted.

Every fact goes through the same verbs as a clerk's, so that the ledger verifies.
"""

import random
from datetime import date, timedelta
from pathlib import Path

from sqmy import facts
from sqmy.ledger.database import create_file, lay_schema
from sqmy.ledger.records import Records
from sqmy.workspace.rulebooks import edition_of

YEAR = 2025
UNITS = 40
KINDS = ("委室", "民主党派", "联络站", "其他")
ROLES = ("常委", *("委员",) * 5, "特邀信息员", *("委员",) * 5, "驻市政协委员")
CHANNELS = ("县政协",) * 6 + ("市政协",) * 3 + ("省政协", "全国政协")
RANKS = ("市委市政府主要领导", "市委市政府分管领导", "省级领导", "国家领导人")
FORMS = ("whole", "whole", "compiled", "relayed")


def make(path: Path, items: int) -> Path:
    """A ledger of one year with that many items; one in three adopted, one in forty instructed."""
    chance = random.Random(items)
    days = [(date(YEAR, 1, 1) + timedelta(days=n)).isoformat() for n in range(365)]
    ledger = create_file(path)
    ledger.run("PRAGMA synchronous=OFF")
    with ledger.writing():
        lay_schema(ledger)
        records = Records(ledger, "基准", future=True)
        records.adopt_rulebook(edition_of(None))
        units = [
            records.register_unit(
                f"第{n}单位", KINDS[n % 4], f"第{n % 3}序列", assessed=n % 9 > 0, since=None
            )
            for n in range(UNITS)
        ]
        members = [
            records.register_member(
                facts.Member(f"第{n}人"), units[n % UNITS], ROLES[n % len(ROLES)], None, None
            )
            for n in range(max(200, items // 50))
        ]
        for n in range(items):
            at = chance.randrange(365)
            item = records.submit(
                facts.Submission(
                    0,
                    None,
                    f"{YEAR}-{n + 1:03}",
                    f"关于第{n}件事的建议",
                    days[at],
                    by_unit=n % 50 == 0,
                    authors=tuple(chance.sample(members, 2 if n % 5 == 0 else 1)),
                    units=tuple(chance.sample(units, 2 if n % 10 == 0 else 1)),
                )
            )
            if n % 3 == 0:
                later = days[chance.randrange(at, 365)]
                channel = chance.choice(CHANNELS)
                records.adopt(facts.Adoption(item, channel, chance.choice(FORMS), later))
            if n % 40 == 0:
                later = days[chance.randrange(at, 365)]
                records.instruct(facts.Instruction(item, chance.choice(RANKS), later))
    ledger.connection.close()
    return path
