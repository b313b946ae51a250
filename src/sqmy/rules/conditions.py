"""Conditions of rules and coefficients: on authors, on units, on what became of an item.

Annotations are evaluated here (no `from __future__`), because reader, compiler and schema all
walk them.
"""

from typing import Literal, NamedTuple


class Authors(NamedTuple):
    """作者: a condition on the roles that an item's authors hold on its date.

    `none` is fulfilled where no author holds any of them; `each`, in coefficients alone, concerns
    the parts of those who do.
    """

    quantifier: Literal["all", "any", "none", "each"]
    roles: tuple[str, ...]


class Units(NamedTuple):
    """报送单位: a condition on an item's reporting units, as they stand at the year's end.

    A unit fulfils it by its kind, its peer group or its name; an item without units fulfils only
    `none`. `each` is as for authors.
    """

    quantifier: Literal["all", "any", "none", "each"]
    kinds: tuple[str, ...] = ()
    peer_groups: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


class Before(NamedTuple):
    """须先: what must have become of the item, on the day of the event or before.

    Attributes:
        forwarded, adopted, instructed: any one of these labels will do.
        not_forwarded, not_adopted: by none of these, until the end of the scoring year.
    """

    forwarded: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()
    instructed: tuple[str, ...] = ()
    not_forwarded: tuple[str, ...] = ()
    not_adopted: tuple[str, ...] = ()


class Besides(NamedTuple):
    """另有: what must have become of the item besides the event, before or after it.

    Until the end of the scoring year; an instruction may well follow the adoption that it
    doubles. Any one of the labels will do.
    """

    forwarded: tuple[str, ...] = ()
    adopted: tuple[str, ...] = ()
    instructed: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
