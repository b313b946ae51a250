"""Declared words as they are recorded: forms of adoption, and attributes with their values."""

from collections.abc import Mapping, Sequence

from sqmy import facts, terms, text
from sqmy.errors import SqmyError
from sqmy.facts import Adoption, FactId
from sqmy.register import find_label
from sqmy.vocabulary import Named, Vocabulary


def form_told(adoption: Adoption) -> str:
    """采用方式 of an adoption, as its rulebook calls it."""
    return dict(adoption.attributes).get(terms.OWN_FORM) or terms.FORMS[adoption.form]


def attributes(vocabulary: Vocabulary, of: str, given: Mapping[str, str]) -> Named:
    """Attributes with their values, as they are recorded; see `attribute`."""
    return tuple(sorted(attribute(vocabulary, of, *pair) for pair in given.items()))


def attribute(vocabulary: Vocabulary, of: str, name: str, value: str) -> tuple[str, str]:
    """An attribute with its value, as they are recorded.

    Args:
        vocabulary: what may be recorded.
        of: the kind of fact it is to belong to.
        name: as typed.
        value: as typed; a date in any spelling, digits of any width.

    Raises:
        SqmyError: such a fact has no such attribute, or the value cannot stand.
    """
    own = {one.name: one for one in vocabulary.declared_for(of)}
    spellings = {
        text.match_key(spelling): one.name
        for one in own.values()
        for spelling in (one.name, *one.aliases)
    }
    elsewhere = {text.match_key(one.name): one for one in vocabulary.declared if one.of != of}
    if (other := elsewhere.get(text.match_key(name))) and text.match_key(name) not in spellings:
        raise SqmyError(
            f"「{other.name}」是{terms.KINDS.get(other.of, '信息')}的附加项，不写在这里。"
        )
    label = find_label("附加项", spellings, name)
    return label, own[label].kept(value)


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
