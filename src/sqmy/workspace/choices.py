"""What may stand for a value: offered as one types, in a question or behind the TAB key.

Everything is read from a desk. A search finds what contains the typed words anywhere; what is
offered always names one thing, and the commands understand it as it stands.
"""

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple

from sqmy import days, facts, terms, text
from sqmy.declared import form
from sqmy.errors import AmbiguousError, NotFoundError, SqmyError
from sqmy.ledger.checks import NO_EVIDENCE
from sqmy.register import BATCH, REFERENCE, find_label
from sqmy.workspace.attaching import target_of
from sqmy.workspace.attachments import latest
from sqmy.workspace.desk import Desk
from sqmy.workspace.items import log
from sqmy.workspace.recording import Recorder
from sqmy.workspace.rehearsal import would_void

LISTED = 50
"""Choices that a list shows, at the most."""

COMPLETED = 200
"""Numbers that the TAB key offers, at the most; narrowing goes on by typing."""

_TOLD = 5


class Choice(NamedTuple):
    """One thing that may be meant.

    Attributes:
        value: what a command understands: `2025-001`, `白芷（社法委）`, `市政协`.
        about: what else tells it from the others: the title, the roles, other names.
    """

    value: str
    about: str = ""


class Source(NamedTuple):
    """Where the choices for a value come from.

    Attributes:
        search: what contains the typed words, the likeliest first.
        complete: what begins as typed; may hold more.
        look_up: raises SqmyError when a command would refuse the value.
    """

    search: Callable[[Desk, str], Iterable[Choice]]
    complete: Callable[[Desk, str], Iterable[Choice]]
    look_up: Callable[[Desk, str], object]


def search(desk: Desk, source: str, typed: str) -> list[Choice]:
    """The choices of a source that the typed words find, so many at the most."""
    return list(islice(SOURCES[source].search(desk, typed), LISTED))


def complete(desk: Desk, source: str, typed: str) -> list[Choice]:
    """The choices of a source that begin as typed, and perhaps others."""
    return list(SOURCES[source].complete(desk, typed))


def check(desk: Desk, source: str, value: str) -> None:
    """Refuse a value as the command would that takes it.

    Raises:
        SqmyError: nothing answers to it, or several things do.
    """
    SOURCES[source].look_up(desk, value)


def meant(desk: Desk, source: str, typed: str) -> str:
    """The value that was typed, or the only choice that the typed words find.

    Raises:
        SqmyError: nothing answers to it, or several things do; they are told.
    """
    try:
        check(desk, source, typed)
    except SqmyError as refusal:
        exact = REFERENCE.fullmatch(typed.strip()) or BATCH.fullmatch(typed.strip())
        found = search(desk, source, typed)
        if exact or not found or isinstance(refusal, AmbiguousError):
            raise
        if len(found) > 1:
            listed = "、".join(choice.value for choice in found[:_TOLD])
            more = "等" if len(found) > _TOLD else ""
            raise SqmyError(
                f"对得上「{typed}」的不止一个：{listed}{more}。请接着写，或从列表里选。"
            ) from None
        return found[0].value
    return typed


# -- items ------------------------------------------------------------------------------------


def _items(desk: Desk, typed: str) -> Iterator[Choice]:
    """Items whose number or title contains every typed word, the latest first."""
    words = _plain(typed).split()
    contains = "instr(lower(number || ' ' || title), :word{}) > 0"
    found = " AND ".join(contains.format(place) for place in range(len(words))) or "1 = 1"
    rows = desk.ledger.rows(
        f"SELECT number, title FROM live_submission WHERE {found} ORDER BY item DESC LIMIT :most",  # noqa: S608
        {"most": LISTED} | {f"word{place}": word for place, word in enumerate(words)},
    )
    yield from (Choice(number, title) for number, title in rows)


def _numbered(desk: Desk, typed: str) -> Iterator[Choice]:
    """Items whose number begins as typed: the highest, and the lowest.

    With both ends there, what all offered numbers have in common is common to all numbers: a
    shell types that much by itself.
    """
    values = {"first": typed, "last": f"{typed}\U0010ffff", "most": COMPLETED}
    within = "SELECT number, title FROM live_submission WHERE number BETWEEN :first AND :last"
    rows = desk.ledger.rows(f"{within} ORDER BY number DESC LIMIT :most", values)
    if len(rows) == COMPLETED:
        rows += desk.ledger.rows(f"{within} ORDER BY number LIMIT 1", values)
    yield from (Choice(number, title) for number, title in rows)


def _recent(desk: Desk, without: Container[str]) -> list[Choice]:
    """The latest live facts but those of some kinds."""
    return [
        Choice(f"F{entry.fact}", entry.sentence)
        for entry in reversed(log(desk, last=LISTED))
        if not entry.voided_by and entry.kind not in without
    ]


def _references(desk: Desk, typed: str) -> Iterator[Choice]:
    """What may be voided: the latest facts and imports, then items."""
    batches = desk.ledger.rows(
        "SELECT number, source FROM batch ORDER BY number DESC LIMIT :most", {"most": LISTED}
    )
    yield from _matching(_recent(desk, facts.FINAL), typed)
    yield from _matching([Choice(f"B{number}", f"导入 {of}") for number, of in batches], typed)
    yield from _items(desk, typed)


def _targets(desk: Desk, typed: str) -> Iterator[Choice]:
    """What a file may be attached to: items, and the latest facts."""
    yield from _items(desk, typed)
    yield from _matching(_recent(desk, {*NO_EVIDENCE, "submission"}), typed)


def _begun(desk: Desk, typed: str) -> Iterator[Choice]:
    """The same behind the TAB key: numbers, or facts once that is what is typed."""
    yield from _targets(desk, typed) if typed[:1] in {"F", "f"} else _numbered(desk, typed)


def _attachments(desk: Desk, typed: str) -> Iterator[Choice]:
    """Attachments that can be taken out, the latest first."""
    held = latest(desk, LISTED)
    yield from _matching([Choice(f"F{o.seq}", f"{o.fact.filename} {o.about}") for o in held], typed)


# -- the register -----------------------------------------------------------------------------


def _members(desk: Desk) -> Iterator[Choice]:
    """Everybody as `姓名（单位）`, by number where even that is said of two."""
    register, today = desk.register, days.today()
    full = {member: register.full_name(member) for member in register.members}
    said = Counter(full.values())
    for member, entry in register.members.items():
        name, about = full[member], _about("、".join(entry.roles_on(today)), entry.aliases)
        yield Choice(name, about) if said[name] == 1 else Choice(f"F{member}", f"{name} {about}")


def _units(desk: Desk) -> Iterator[Choice]:
    today = days.today()
    for unit in desk.register.units.values():
        others = dict.fromkeys(name for name in unit.names if name != unit.name)
        yield Choice(unit.name, _about(unit.on(today).kind, others))


def _peer_groups(desk: Desk) -> Iterator[Choice]:
    states = (state for unit in desk.register.units.values() for state in unit.states)
    yield from map(Choice, dict.fromkeys(s.peer_group for s in states if s.peer_group))


def _about(words: str, others: Iterable[str]) -> str:
    names = "、".join(others)
    return "，".join(filter(None, (words, f"又名 {names}" if names else "")))


# -- words ------------------------------------------------------------------------------------


def _plain(typed: str) -> str:
    """Typed words in half-width letters and digits, as numbers and titles have them."""
    return " ".join(map(text.match_key, typed.split()))


def _matching(choices: Iterable[Choice], typed: str) -> Iterator[Choice]:
    """The choices that contain every typed word, those that begin with them first."""
    words, start = _plain(typed).split(), text.match_key(typed)
    if not words:
        yield from choices
        return
    found = [c for c in choices if all(w in text.match_key(f"{c.value} {c.about}") for w in words)]
    yield from sorted(found, key=lambda choice: not text.match_key(choice.value).startswith(start))


def _of(
    choices: Callable[[Desk], Iterable[Choice]], look_up: Callable[[Desk, str], object]
) -> Source:
    """A source that can be listed as a whole."""
    return Source(
        search=lambda desk, typed: _matching(choices(desk), typed),
        complete=lambda desk, _: choices(desk),
        look_up=look_up,
    )


def _labels(what: str, field: str) -> Source:
    """A kind of label that the rulebook declares; `field` is its place in the Vocabulary."""

    def known(desk: Desk) -> Mapping[str, str]:
        spellings: dict[str, str] = getattr(desk.vocabulary, field)
        return spellings

    def choices(desk: Desk) -> Iterator[Choice]:
        spellings = known(desk)
        for label in dict.fromkeys(spellings.values()):
            also = (s for s, of in spellings.items() if of == label and s != text.match_key(label))
            yield Choice(label, _about("", also))

    return _of(choices, lambda desk, typed: find_label(what, known(desk), typed))


def _words(what: str, words: Iterable[str], read: Callable[[str], object]) -> Source:
    """Words that the program itself fixes; `read` returns None for any other."""
    listed = tuple(words)

    def look_up(_: Desk, typed: str) -> None:
        if read(text.name(typed)) is None:
            raise NotFoundError(what, typed, f"{what}有：{'、'.join(listed)}。")

    return _of(lambda _: map(Choice, listed), look_up)


SOURCES: Mapping[str, Source] = {
    "items": Source(_items, _numbered, lambda desk, typed: Recorder(desk).item(typed)),
    "references": Source(
        _references,
        _numbered,
        lambda desk, typed: would_void(desk, typed, with_dependents=True),
    ),
    "targets": Source(_targets, _begun, target_of),
    "attachments": Source(_attachments, _attachments, target_of),
    "members": _of(_members, lambda desk, typed: desk.register.find_member(typed)),
    "units": _of(_units, lambda desk, typed: desk.register.find_unit(typed)),
    "peer_groups": _of(_peer_groups, lambda _, typed: text.name(typed, "考评序列")),
    "channels": _labels("渠道", "channels"),
    "ranks": _labels("领导级别", "ranks"),
    "roles": _labels("身份", "roles"),
    "unit_kinds": _labels("单位类别", "unit_kinds"),
    "finding_kinds": _labels("认定类型", "finding_kinds"),
    "stages": _labels("审核环节", "stages"),
    "verdicts": _words("审核结论", terms.VERDICTS.values(), terms.verdict_of),
    "forms": _of(
        lambda desk: map(Choice, desk.vocabulary.forms),
        lambda desk, typed: form(desk.vocabulary, typed),
    ),
}
"""By what the value is called in the code of the command line."""
