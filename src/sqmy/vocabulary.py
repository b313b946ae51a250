"""What may be recorded, as a rulebook declares it: what intake and the ledger need to know of one.

A leaf value, so that neither of them knows rulebooks; `workspace` hands it over.
"""

from typing import NamedTuple

from sqmy import days, points, terms, text
from sqmy.errors import SqmyError
from sqmy.terms import Form

Named = tuple[tuple[str, str], ...]
"""Attributes with their values, in the order of their names."""


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

    def refuses(self, value: str) -> str:
        """Why a value cannot stand, in words that follow the attribute's name; "" if it can."""
        if self.kind == "choice" and value not in self.choices:
            return f"不能写「{value}」，只能写：{'、'.join(self.choices)}。"
        if self.kind == "number" and points.read(value) is None:
            return f"不能写「{value}」，请写数，例如 800 或 2.5。"
        if self.kind == "shares" and any(points.read(part) is None for part in value.split(":")):
            return f"不能写「{value}」，请写比例，例如 3:2。"
        if self.kind == "date":
            try:
                sound = days.read_day(value) == value
            except SqmyError:
                sound = False
            if not sound:
                return f"不能写「{value}」，请写成 2025-03-01 的样子。"
        return ""


    def kept(self, written: str) -> str:
        """A value as it is recorded: a date in any spelling, digits of any width.

        Raises:
            SqmyError: it cannot stand.
        """
        kept = text.plain(written, self.name)
        if self.kind == "date":
            kept = days.read_day(kept)
        elif self.kind in {"number", "shares"}:
            kept = text.match_key(kept)
        if told := self.refuses(kept):
            raise SqmyError(f"附加项「{self.name}」{told}")
        return kept


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
    forms: tuple[str, ...] = ()
    declared: tuple[Declared, ...] = ()

    def declared_for(self, of: str) -> tuple[Declared, ...]:
        """The attributes that such facts may have; the mark 密级 is every item's."""
        own = tuple(one for one in self.declared if one.of == of)
        if of != "item":
            return own
        named = {one.name for one in own}
        return (*own, *(Declared(n, of, "text") for n in self.attributes if n not in named))

    def form(self, given: str | None) -> tuple[Form, Named]:
        """采用方式 as it is recorded: by name, or as an attribute where it is a rulebook's own.

        Args:
            given: as typed; None for the first that is declared.

        Raises:
            SqmyError: it is not declared.
        """
        declared = self.forms or tuple(terms.FORMS.values())
        bare = text.name(given or declared[0])
        label = next((one for one in declared if bare in {one, f"{one}采用"}), None)
        if label is None:
            raise SqmyError(f"没有采用方式「{given}」。采用方式有：{'、'.join(declared)}。")
        known = terms.form_of(label)
        return (known, ()) if known else ("whole", ((terms.OWN_FORM, label),))
