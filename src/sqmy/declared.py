"""What a rulebook declares, as it is recorded: forms of adoption, and attributes with values."""

from collections.abc import Mapping

from sqmy import days, terms, text
from sqmy.errors import SqmyError
from sqmy.facts import Adoption
from sqmy.register import find_label
from sqmy.terms import Form
from sqmy.vocabulary import Declared, Vocabulary

Named = tuple[tuple[str, str], ...]
"""Attributes with their values, in the order of their names."""


def form_of(vocabulary: Vocabulary, written: str) -> str | None:
    """采用方式 as drafts hold it: by name, or the label of one that only the rulebook knows."""
    bare = text.name(written)
    label = next((one for one in vocabulary.forms if bare in {one, f"{one}采用"}), None)
    return None if label is None else terms.form_of(label) or label


def form(vocabulary: Vocabulary, given: str | None) -> tuple[Form, Named]:
    """采用方式 as it is recorded: by name, or as an attribute where a rulebook declares its own.

    Args:
        vocabulary: what may be recorded.
        given: as typed; None for the first that is declared.

    Raises:
        SqmyError: it is not declared.
    """
    found = form_of(vocabulary, given or vocabulary.forms[0])
    if found is None:
        raise SqmyError(f"没有采用方式「{given}」。采用方式有：{'、'.join(vocabulary.forms)}。")
    return recorded(found)


def recorded(found: str | None) -> tuple[Form, Named]:
    """A form of a draft as an adoption holds it; 单篇 for None."""
    known = terms.form_of(terms.FORMS.get(found, found)) if found else "whole"  # type: ignore[call-overload]
    return (known, ()) if known else ("whole", ((terms.OWN_FORM, str(found)),))


def form_word(found: str | None) -> str:
    """A form of a draft in words; "" for None."""
    return terms.FORMS.get(found, found) if found else ""  # type: ignore[call-overload]


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
    own = {one.name: one for one in vocabulary.declared_of(of)}
    spellings = {text.match_key(s): one.name for one in own.values() for s in one.spellings}
    elsewhere = {text.match_key(one.name): one for one in vocabulary.declared if one.of != of}
    if (other := elsewhere.get(text.match_key(name))) and text.match_key(name) not in spellings:
        raise SqmyError(
            f"「{other.name}」是{terms.KINDS.get(other.of, '信息')}的附加项，不写在这里。"
        )
    label = find_label("附加项", spellings, name)
    return label, kept(own[label], value)


def kept(one: Declared, value: str) -> str:
    """A value of an attribute as it is recorded; see `attribute`.

    Raises:
        SqmyError: it cannot stand.
    """
    said = text.plain(value, one.name)
    if one.kind == "date":
        said = days.read_day(said)
    elif one.kind in {"number", "shares"}:
        said = text.match_key(said)
    elif one.kind == "choice":
        alike = (choice for choice in one.choices if text.match_key(choice) == text.match_key(said))
        said = next(alike, said)
    if told := one.refuses(said):
        raise SqmyError(f"附加项「{one.name}」{told}")
    return said
