"""What may be recorded, as a rulebook declares it: what intake and the ledger need to know of one.

A leaf value, so that neither of them knows rulebooks; `workspace` hands it over.
"""

from typing import NamedTuple

from sqmy import days, points
from sqmy.errors import SqmyError
from sqmy.terms import FORMS


class Declared(NamedTuple):
    """附加项: an attribute that a rulebook declares.

    Attributes:
        of: `item`, `adoption`, `instruction` or `finding`.
        kind: `text`, `number`, `date`, `choice` or `shares`.
        choices: the values of a choice.
    """

    name: str
    of: str
    kind: str
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """The name and its aliases."""
        return self.name, *self.aliases

    def refuses(self, value: str) -> str:
        """Why a value cannot stand, in words that follow the attribute's name; "" if it can."""
        if self.kind == "choice" and value not in self.choices:
            return f"不能写「{value}」，只能写：{'、'.join(self.choices)}。"
        if self.kind == "number" and points.read(value) is None:
            return f"不能写「{value}」，请写数，例如 800 或 2.5。"
        if self.kind == "shares" and not all(map(_is_part, value.split(":"))):
            return f"不能写「{value}」，请写比例，例如 3:2，每个数不超过 {_LONGEST_PART} 位。"
        if self.kind == "date":
            try:
                sound = days.read_day(value) == value
            except SqmyError:
                sound = False
            if not sound:
                return f"不能写「{value}」，请写成 2025-03-01 的样子。"
        return ""


_LONGEST_PART = 6
"""Characters of a part of a proportion.

Each proportion makes a denominator, and a year is summed over the one that all have in common.
"""


def _is_part(written: str) -> bool:
    number = points.read(written)
    return len(written.strip()) <= _LONGEST_PART and number is not None and number >= 0


class Vocabulary(NamedTuple):
    """What may be recorded: the labels a rulebook declares, each alias with its label.

    The mappings go from every spelling (a match key) to the canonical label.

    Attributes:
        attributes: the names of those that items have.
        forms: 采用方式, as labels.
        declared: every attribute, with what may be written.
    """

    channels: dict[str, str]
    ranks: dict[str, str]
    roles: dict[str, str]
    unit_kinds: dict[str, str]
    finding_kinds: dict[str, str]
    stages: dict[str, str]
    attributes: tuple[str, ...] = ()
    forms: tuple[str, ...] = tuple(FORMS.values())
    declared: tuple[Declared, ...] = ()

    def declared_of(self, fact: str) -> tuple[Declared, ...]:
        """The attributes that a kind of fact may have, by the name of its table or as in `of`."""
        of = "item" if fact == "submission" else fact
        own = {one.name: one for one in self.declared if one.of == of}
        if of == "item":  # the mark 密级 is everybody's
            more = (name for name in self.attributes if name not in own)
            own |= {name: Declared(name, of, "text") for name in more}
        return tuple(own.values())

    def attributes_of(self, fact: str) -> tuple[str, ...]:
        """The names of `declared_of`."""
        return tuple(one.name for one in self.declared_of(fact))
