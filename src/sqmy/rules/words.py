"""词汇: what a rulebook declares, and thereby what may be recorded, imported and looked up.

Annotations are evaluated here (no `from __future__`), because reader, compiler and schema all
walk them. An entry whose other fields all have defaults may be written as its bare label.
"""

from typing import Literal, NamedTuple

from sqmy import terms
from sqmy.text import match_key
from sqmy.vocabulary import Declared, Vocabulary

Level = Literal["own", "county", "city", "provincial", "national"]
"""层级, low to high; `own` is the office's own bulletin or site."""

About = Literal["item", "member", "unit"]
"""What a finding is about."""


class Label(NamedTuple):
    """A declared word: a channel or a rank with its level, and its other spellings."""

    label: str
    level: Level
    aliases: tuple[str, ...] = ()


class Role(NamedTuple):
    """身份. `local` roles are assessed by this office; others are listed nowhere."""

    label: str
    local: bool
    aliases: tuple[str, ...] = ()


class FindingKind(NamedTuple):
    """认定类型: a kind of decision, for or against.

    Attributes:
        about: what earns or loses by it. One about an item may also be recorded on a member or a
            unit; it is kept and shown then, and earns nothing.
    """

    label: str
    about: About = "item"
    aliases: tuple[str, ...] = ()


class Attribute(NamedTuple):
    """附加项: what is recorded beyond the fixed fields, by name.

    Attributes:
        of: the kind of fact it belongs to.
        kind: what may be written; `shares` are the parts agreed among the authors, `3:2`.
        choices: the values of a choice.
    """

    label: str
    of: Literal["item", "adoption", "instruction", "finding"] = "item"
    kind: Literal["text", "number", "date", "choice", "shares"] = "text"
    choices: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()

    def refuses(self, value: str) -> str:
        """Why a value cannot stand, in words that follow the attribute's name; "" if it can."""
        return Declared(self.label, self.of, self.kind, self.choices).refuses(value)


class Account(NamedTuple):
    """账目: a second total beside the points, such as a fee in yuan or a separate list.

    Attributes:
        measure: what it is counted in, `元` or `分`.
    """

    label: str
    measure: str
    decimals: int = 2


class NamedPeriod(NamedTuple):
    """考核期: a period of the scoring year that no calendar has, such as a campaign.

    Attributes:
        first, last: month and day, `03-15`, both included; within one scoring year.
    """

    label: str
    first: str
    last: str


class Words(NamedTuple):
    """词汇: what may be recorded under this rulebook."""

    channels: tuple[Label, ...] = ()
    ranks: tuple[Label, ...] = ()
    roles: tuple[Role, ...] = ()
    unit_kinds: tuple[str, ...] = ()
    finding_kinds: tuple[FindingKind, ...] = ()
    stages: tuple[str, ...] = ()
    attributes: tuple[Attribute, ...] = ()
    forms: tuple[str, ...] = tuple(terms.FORMS.values())
    accounts: tuple[Account, ...] = ()
    periods: tuple[NamedPeriod, ...] = ()

    def vocabulary(self) -> Vocabulary:
        """What intake and the ledger need of a rulebook."""
        return Vocabulary(
            channels=_spellings(self.channels),
            ranks=_spellings(self.ranks),
            roles=_spellings(self.roles),
            unit_kinds={match_key(kind): kind for kind in self.unit_kinds},
            finding_kinds=_spellings(self.finding_kinds),
            stages={match_key(stage): stage for stage in self.stages},
            attributes=tuple(one.label for one in self.attributes if one.of == "item"),
            forms=tuple(self.forms),
            declared=tuple(
                Declared(one.label, one.of, one.kind, one.choices, one.aliases)
                for one in self.attributes
            ),
        )

    def level_of(self, label: str) -> Level | None:
        """The level of a channel or a rank."""
        return next((w.level for w in (*self.channels, *self.ranks) if w.label == label), None)

    def attribute(self, name: str) -> Attribute | None:
        """The attribute of that name."""
        return next((one for one in self.attributes if one.label == name), None)


def _spellings(
    labels: tuple[Label, ...] | tuple[Role, ...] | tuple[FindingKind, ...],
) -> dict[str, str]:
    return {
        match_key(spelling): label.label
        for label in labels
        for spelling in (label.label, *label.aliases)
    }
