"""What recording commands have in common: texts that must be there, names not given twice."""

from collections.abc import Sequence

from sqmy import facts, text
from sqmy.errors import SqmyError
from sqmy.facts import FactId


def scored_label(fact: facts.Fact) -> str | None:
    """The channel, rank or kind that scoring looks up; None for facts it never reads."""
    if isinstance(fact, facts.Adoption):
        return fact.channel
    if isinstance(fact, facts.Instruction):
        return fact.rank
    return fact.kind if isinstance(fact, facts.Finding) else None


def once(found: list[FactId], names: Sequence[str], what: str) -> tuple[FactId, ...]:
    """What names were found to mean, none of them twice."""
    for place, one in enumerate(found):
        if one in found[:place]:
            raise SqmyError(f"{what}「{names[place]}」写了两次。请去掉重复的。")
    return tuple(found)


def required(given: str, what: str) -> str:
    """A text that may not be empty."""
    if not (kept := text.plain(given, what)):
        raise SqmyError(f"{what}不能为空。请写明{what}。")
    return kept


def optional(given: str | None, what: str) -> str | None:
    """A text that may be absent; None for an empty one."""
    return text.plain(given, what) or None if given is not None else None
