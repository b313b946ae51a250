"""Random small fictitious towns for the library's regulations: awkward, not likely.

A town is made of its seed and of what a regulation knows: kinds of unit, roles, channels and so
on. Days crowd around the turn of years, months and weeks; attributes are often missing.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

YEARS = (2024, 2025, 2026)
EDGES = [
    date.fromisoformat(day)
    for day in (
        "2023-12-31", "2024-12-29", "2024-12-30", "2024-12-31", "2025-01-01", "2025-01-05",
        "2025-01-31", "2025-02-01", "2025-06-30", "2025-07-01", "2025-12-28", "2025-12-29",
        "2025-12-31", "2026-01-01", "2026-01-04",
    )
]  # fmt: skip


class Event(NamedTuple):
    """What became of an item, or a finding on a unit."""

    label: str
    day: str
    form: str = ""
    attributes: dict[str, str] = {}  # noqa: RUF012 — never changed


class Item(NamedTuple):
    """One submission."""

    day: str
    authors: list[str]
    units: list[str]
    by_unit: bool
    attributes: dict[str, str]
    forwardings: list[Event]
    adoptions: list[Event]
    instructions: list[Event]


class Office(NamedTuple):
    """One unit."""

    kind: str
    findings: list[Event]


class Person(NamedTuple):
    """One member, with roles, each with its first and last day."""

    unit: str
    roles: list[tuple[str, str, str]]

    def times(self, role: str, day: str) -> int:
        """By how many appointments the role is held on a day."""
        return sum(one == role and first <= day <= last for one, first, last in self.roles)

    def in_office(self, day: str) -> bool:
        """Whether any role is held on a day."""
        return any(first <= day <= last for _, first, last in self.roles)


class Town(NamedTuple):
    """Units and members by name, and items in the order of recording."""

    units: dict[str, Office]
    members: dict[str, Person]
    items: list[Item]


class World(NamedTuple):
    """What a regulation knows.

    Attributes:
        units: the names that may occur.
        attributes: by what they belong to (item, adoption, finding), the values of each.
    """

    units: Sequence[str]
    kinds: Sequence[str]
    roles: Sequence[str] = ()
    channels: Sequence[str] = ()
    forms: Sequence[str] = ("",)
    sent_to: Sequence[str] = ()
    ranks: Sequence[str] = ()
    findings: Sequence[str] = ()
    attributes: dict[str, dict[str, Sequence[str]]] = {}  # noqa: RUF012 — never changed
    items: int = 8


def town(seed: int, world: World) -> Town:
    """One fictitious town, of nothing but its seed."""
    rng = random.Random(seed)
    units = {
        name: Office(
            rng.choice(world.kinds),
            [
                _event(rng, world, world.findings, "finding")
                for _ in range(rng.choice((0, 0, 1, 2)) if world.findings else 0)
            ],
        )
        for name in rng.sample(list(world.units), rng.randint(2, len(world.units)))
    }
    members = {
        name: Person(rng.choice(list(units)), _career(rng, world.roles))
        for name in ("张三", "李四", "王五", "赵六")
        if world.roles
    }
    items = [_item(rng, world, units, members) for _ in range(rng.randint(1, world.items))]
    return Town(units, members, items)


def _career(rng: random.Random, roles: Sequence[str]) -> list[tuple[str, str, str]]:
    first, last = sorted(_day(rng) for _ in range(2))
    spans = [("0001-01-01", "9999-12-31"), (first, "9999-12-31"), (first, last)]
    return [(role, *rng.choice(spans)) for role in rng.sample(roles, rng.randint(1, len(roles)))]


def _item(
    rng: random.Random, world: World, units: dict[str, Office], members: dict[str, Person]
) -> Item:
    authors = rng.sample(list(members), rng.choice((0, 1, 1, 2, 3))) if members else []
    some = rng.sample(list(units), min(rng.choice((1, 1, 1, 2, 3)), len(units)))
    return Item(
        _day(rng),
        authors,
        some,
        not authors or rng.random() < 0.15,
        _attributes(rng, world, "item"),
        _events(rng, world, world.sent_to, "forwarding"),
        _events(rng, world, world.channels, "adoption"),
        _events(rng, world, world.ranks, "instruction"),
    )


def _events(rng: random.Random, world: World, labels: Sequence[str], kind: str) -> list[Event]:
    count = rng.choice((0, 1, 1, 2, 3, 5)) if labels else 0
    return [_event(rng, world, labels, kind) for _ in range(count)]


def _event(rng: random.Random, world: World, labels: Sequence[str], kind: str) -> Event:
    form = rng.choice(world.forms) if kind == "adoption" else ""
    return Event(rng.choice(labels), _day(rng), form, _attributes(rng, world, kind))


def _attributes(rng: random.Random, world: World, of: str) -> dict[str, str]:
    return {
        name: rng.choice(values)
        for name, values in world.attributes.get(of, {}).items()
        if rng.random() < 0.85
    }


def _day(rng: random.Random) -> str:
    if rng.random() < 0.4:
        return rng.choice(EDGES).isoformat()
    return (date(2024, 6, 1) + timedelta(days=rng.randrange(800))).isoformat()
