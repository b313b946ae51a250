"""Synthetic ledgers of any size: 1.2 authors and 1.1 units an item, a third adopted.

Every fact goes through the same verbs as a clerk's, so that the ledger verifies.
"""

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from sqmy import facts, terms
from sqmy.facts import FactId
from sqmy.ledger.database import Ledger
from sqmy.ledger.records import Records
from sqmy.ledger.sqlite import create_file, lay_schema
from sqmy.rules.words import Words
from sqmy.terms import Form
from sqmy.workspace.rulebooks import edition_of, packaged_rulebook, rulebook_of

YEAR = 2025
DAYS = [(date(YEAR, 1, 1) + timedelta(days=n)).isoformat() for n in range(365)]
UNITS = 40
KINDS = ("委室", "民主党派", "联络站", "其他")
RESIDENT = "驻市政协委员"
ROLES = ("常委", *("委员",) * 5, "特邀信息员", *("委员",) * 5, RESIDENT)
FORMS: tuple[Form, ...] = ("whole", "whole", "compiled", "relayed")


class People(NamedTuple):
    """Who is registered."""

    units: list[FactId]
    members: list[FactId]


def members_for(items: int) -> int:
    """How many members report that many items in a year."""
    return max(200, items // 50)


def ledger(path: str, items: str, members: str, rules: str = "") -> Callable[[], object]:
    """Making a ledger of one year with so many members and items, in the words of a rulebook."""
    told = (edition_of(Path(rules)), Saying(rulebook_of(Path(rules)).words)) if rules else None
    return lambda: make(Path(path), int(items), int(members), told)


class Saying:
    """Words chosen at random from those that a rulebook declares.

    Args:
        words: its vocabulary.
    """

    def __init__(self, words: Words) -> None:
        self.words = words
        self.channels = [one.label for one in words.channels]
        self.ranks = [one.label for one in words.ranks]
        self.kinds = [one.label for one in words.finding_kinds if one.about == "item"]

    def channel(self, chance: random.Random) -> str:
        """A channel, the lower the likelier."""
        return self.channels[min(chance.randrange(len(self.channels)), chance.randrange(99))]

    def attributes(self, of: str, chance: random.Random) -> tuple[tuple[str, str], ...]:
        """Every attribute that such a fact may have; its form too, where the rulebook has own."""
        found = []
        for one in self.words.attributes:
            if one.of == of and one.kind in {"choice", "number"}:
                choice = one.kind == "choice"
                value = chance.choice(one.choices) if choice else str(chance.randrange(2000))
                found.append((one.label, value))
        if of == "adoption" and not set(self.words.forms) <= set(terms.FORMS.values()):
            found.append((terms.OWN_FORM, chance.choice(self.words.forms)))
        return tuple(sorted(found))


def make(path: Path, items: int, members: int, told: "Told | None" = None) -> None:
    """A ledger of one year, in the words of a rulebook.

    Args:
        path: of the file.
        items: how many.
        members: how many.
        told: the rulebook, and its words; None for the packaged one.
    """
    made = create_file(path)
    made.run("PRAGMA synchronous=OFF")
    with made, made.writing():
        lay_schema(made)
        fill(made, items, members, told)


Told = tuple[facts.Edition, Saying]
"""A rulebook, and its words."""


def fill(made: Ledger, items: int, members: int, told: Told | None = None) -> None:
    """The facts of such a year, into an empty ledger, inside `writing`.

    One in three items is adopted, one in forty instructed; in the words of another rulebook than
    the packaged one, one in five hundred is found against or for.
    """
    edition, saying = told or (edition_of(None), Saying(packaged_rulebook().words))
    chance = random.Random(items)
    records = Records(made, "基准", future=True)
    records.adopt_rulebook(edition)
    people = _register(records, members, saying.words)
    for n in range(items):
        at = chance.randrange(365)
        own = saying.attributes("item", chance)
        item = records.submit(submission(n, at, people, chance)._replace(attributes=own))
        if n % 3 == 0 and saying.channels:
            later = DAYS[chance.randrange(at, 365)]
            channel, form = saying.channel(chance), chance.choice(FORMS)
            own = saying.attributes("adoption", chance)
            records.adopt(facts.Adoption(item, channel, form, later, attributes=own))
        if n % 40 == 0 and saying.ranks:
            later = DAYS[chance.randrange(at, 365)]
            own = saying.attributes("instruction", chance)
            rank = chance.choice(saying.ranks)
            records.instruct(facts.Instruction(item, rank, later, attributes=own))
        if told and n % 500 == 0 and saying.kinds:
            kind, own = chance.choice(saying.kinds), saying.attributes("finding", chance)
            records.find(facts.Finding(kind, DAYS[364], "来信", item, attributes=own))


def _register(records: Records, members: int, words: Words) -> People:
    kinds = words.unit_kinds or KINDS
    roles = [one.label for one in words.roles] or ROLES
    units = [
        records.register_unit(
            f"第{n}单位", kinds[n % len(kinds)], f"第{n % 3}序列", assessed=n % 9 > 0, since=None
        )
        for n in range(UNITS)
    ]
    return People(
        units,
        [
            records.register_member(
                facts.Member(f"第{n}人"), units[n % UNITS], _role(n, roles), None, None
            )
            for n in range(members)
        ],
    )


def _role(n: int, roles: Sequence[str]) -> str:
    """Mostly 委员, where the rulebook is the packaged one."""
    return ROLES[n % len(ROLES)] if set(ROLES) <= set(roles) else roles[n % len(roles)]


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
