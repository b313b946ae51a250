"""A row beside what the ledger has of the same: is it the same, or changed, and in which fields.

What a row leaves blank contradicts nothing. A row that is otherwise is a revision, recorded with
the reason that was given; where none was, it is refused.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any, Final, NamedTuple

from sqmy import facts, terms
from sqmy.declared import form_told
from sqmy.facts import Fact, FactId
from sqmy.intake.drafts import SubmissionRow
from sqmy.ledger import contents, reading
from sqmy.ledger.database import Ledger
from sqmy.workspace.import_names import Names
from sqmy.workspace.outcomes import CONFIDENTIAL, Change

# -- submissions -------------------------------------------------------------------------------


def submission_changes(
    names: Names, row: SubmissionRow, new: facts.Submission, old: facts.Submission, fact: FactId
) -> tuple[Change, ...]:
    """What a row says otherwise than the revision in force.

    Args:
        names: of the register.
        row: what is written; its blank cells say nothing.
        new: the row as a fact.
        old: the revision in force.
        fact: its reference.
    """
    merged = names.register.merged
    old = old._replace(authors=tuple(merged.get(author, author) for author in old.authors))
    had, has = _told(old, names), _told(new, names)
    silent = {heading for heading in has if _is_silent(row, heading)}
    if old.body is None and "body" in reading.secret_fields(names.run.ledger, fact):
        silent.add("正文")  # erased by law: it does not come back
    return tuple(
        Change(heading, _told_aloud(heading, had.get(heading, "")), _told_aloud(heading, said))
        for heading, said in has.items()
        if heading not in silent and said != had.get(heading, "")
    )


def _told_aloud(heading: str, said: str) -> str:
    return CONFIDENTIAL if said and heading == "正文" else said


def _told(submission: facts.Submission, names: Names) -> dict[str, str]:
    """What a row can say of a submission, by heading, in words that tell one from another."""
    register = names.register
    return {
        "标题": submission.title,
        "作者": "、".join(map(register.full_name, submission.authors)),
        "报送日期": submission.submitted_on,
        "署名": terms.SIGNATURES[submission.by_unit],
        **dict(submission.attributes),
        "报送单位": "、".join(register.units[unit].name for unit in submission.units),
        "正文": submission.body or "",
    }


def _is_silent(row: SubmissionRow, heading: str) -> bool:
    """Whether the row says nothing under a heading; a title in a number's place is no change."""
    if heading == "标题":
        return not row.number
    if heading in {"作者", "署名"}:  # no author means that the unit signed, where there is a column
        return not row.authors and "作者" not in row.place.layout.columns
    written = {"报送单位": row.units, "报送日期": row.submitted_on, "正文": row.body}
    return not written.get(heading, heading)


def revised(
    old: facts.Submission, new: facts.Submission, changes: Iterable[Change], reason: str
) -> facts.Submission:
    """The revision in force with what a row changes."""
    changed = {change.heading for change in changes}
    fields: dict[str, dict[str, Any]] = {
        "标题": {"title": new.title},
        "作者": {"authors": new.authors},
        "报送单位": {"units": new.units},
        "报送日期": {"submitted_on": new.submitted_on},
        "署名": {"by_unit": new.by_unit},
        "正文": {"body": new.body},
    }
    attributes = dict(old.attributes) | {n: v for n, v in new.attributes if n in changed}
    own: dict[str, Any] = {"attributes": tuple(sorted(attributes.items()))}
    for heading in changed & fields.keys():
        own |= fields[heading]
    return old._replace(**own, reason=reason)


# -- what became of items ----------------------------------------------------------------------

HEADINGS: Final = {
    "verdict": "审核结论",
    "reviewer": "审核人",
    "opinion": "审核意见",
    "form": "采用方式",
    "journal": "刊物",
    "issue": "期号",
    "leader": "批示领导",
    "content": "批示内容",
    "grounds": "认定依据",
}
"""Fields in which a fact about an item may be otherwise and yet the same fact; so may it be in
its attributes."""

_APART: Final = {"leader", "reviewer"}
"""Fields whose values tell two facts of one day from one another: two leaders, two instructions."""

_REPEATED: Final = {"adoption": "channel", "forwarding": "channel"}
"""Kinds of facts that seldom happen twice to one item, with the field they would share."""

_ERASED: Final = "\x00"
"""Stands for a content that was erased by law; no text of a sheet can be this."""


class Entry:
    """A live fact, with the tables (`Place.table`) that have it in a row already.

    A table that has two equal rows has two facts: each row claims one of its own.
    """

    def __init__(self, fact: FactId, value: Fact, tables: Collection[str] = ()) -> None:
        self.fact = fact
        self.value = value
        self.tables = set(tables)


class Compared(NamedTuple):
    """What a row's fact is beside the ledger's.

    Attributes:
        entry: the ledger's; None for a new fact.
        value: the fact as it should be; the ledger's own where nothing is changed.
        changes: what is otherwise.
        remark: what else the ledger has that is near it.
    """

    entry: Entry | None
    value: Fact
    changes: tuple[Change, ...] = ()
    remark: str = ""


class Held:
    """The live facts of one kind, by what makes two of them the same: item, label and day.

    Args:
        ledger: where they stand.
        kind: of the facts.
        merged: persons recorded twice, with whom they count as.
    """

    def __init__(self, ledger: Ledger, kind: str, merged: dict[FactId, FactId]) -> None:
        fields = facts.KINDS[kind]._fields
        self._fields = [field for field in fields if field in HEADINGS]
        loose = {*HEADINGS, "attributes"}
        self._key = attrgetter(*(field for field in fields if field not in loose))
        self._apart = [field for field in self._fields if field in _APART]
        self._shared = attrgetter("item", _REPEATED[kind]) if kind in _REPEATED else None
        self._entries: defaultdict[object, list[Entry]] = defaultdict(list)
        self._near: defaultdict[object, list[Entry]] = defaultdict(list)
        for fact, value in _live(ledger, kind, merged):
            self._enter(Entry(fact, value))

    def add(self, fact: FactId, value: Fact, table: str) -> None:
        """Enter what a row of a table has recorded."""
        self._enter(Entry(fact, value, (table,)))

    def claim(self, value: Fact, table: str) -> Entry | None:
        """The entry that is just this and that no other row of the table has; it has it now."""
        for entry in self._free(value, table):
            if entry.value == value or _but_for_what_was_erased(value, entry.value):
                entry.tables.add(table)
                return entry
        return None

    def compare(self, value: Fact, table: str, silent: Collection[str] = ()) -> Compared:
        """What a row's fact is that claims no entry; the one that it is a change of is claimed.

        Args:
            value: the row's fact.
            table: of the row.
            silent: fields about which the row says nothing.
        """
        entries = list(self._free(value, table))
        said = _said(value, self._fields, silent) if entries else {}
        compared = [
            Compared(entry, _revised(entry.value, value, said), changes)
            for entry in entries
            if (changes := _changes(entry.value, said, self._apart)) is not None
        ]
        if not compared:
            return Compared(None, value, remark=self._remark(value, table))
        nearest = min(compared, key=lambda one: len(one.changes))
        if nearest.entry:
            nearest.entry.tables.add(table)
        return nearest

    def _enter(self, entry: Entry) -> None:
        self._entries[self._key(entry.value)].append(entry)
        if self._shared:
            self._near[self._shared(entry.value)].append(entry)

    def _free(self, value: Fact, table: str) -> Iterator[Entry]:
        entries = self._entries.get(self._key(value), ())
        return (entry for entry in entries if table not in entry.tables)

    def _remark(self, value: Fact, table: str) -> str:
        entries = self._near.get(self._shared(value), ()) if self._shared else ()
        other = next((entry for entry in entries if table not in entry.tables), None)
        if other is None:
            return ""
        kind = facts.kind_of(value)
        label, day = getattr(value, _REPEATED[kind]), getattr(other.value, facts.DAY_OF[kind])
        return f"台账里另有 {day} 的{label}{terms.KINDS[kind]}（F{other.fact}），这一行按另一次记"


_ATTRIBUTE: Final = "@"
"""Before the name of an attribute, where it stands among fields."""


def _said(value: Fact, fields: Collection[str], silent: Collection[str]) -> dict[str, str]:
    """What a row says of a fact, by field and by attribute; a form as its rulebook calls it."""
    said = {f: told for f in fields if f not in silent and (told := _told_of(value, f))}
    for name, told in getattr(value, "attributes", ()):
        if name != terms.OWN_FORM:
            said[_ATTRIBUTE + name] = told
    return said


def _told_of(value: Any, field: str) -> str:  # noqa: ANN401 — any fact about an item
    if field == "form":
        return form_told(value)
    if field.startswith(_ATTRIBUTE):
        return str(dict(value.attributes).get(field.removeprefix(_ATTRIBUTE), ""))
    return str(getattr(value, field) or "")


def _changes(
    old: Fact, said: Mapping[str, str], apart: Collection[str]
) -> tuple[Change, ...] | None:
    """What a row says otherwise than a fact; None where it must be of another fact."""
    changed = [f for f, told in said.items() if _told_of(old, f) not in {told, _ERASED}]
    if any(field in apart and _told_of(old, field) for field in changed):
        return None
    return tuple(
        Change(
            HEADINGS.get(field, field.removeprefix(_ATTRIBUTE)),
            _shown(field, _told_of(old, field)),
            _shown(field, said[field]),
        )
        for field in changed
    )


def _revised(old: Any, new: Any, said: Mapping[str, str]) -> Any:  # noqa: ANN401 — as above
    """A fact with what a row says of it; what the row does not say stays."""
    fields = {field: getattr(new, field) for field in said if not field.startswith(_ATTRIBUTE)}
    if "attributes" in old._fields:
        kept = dict(old.attributes)
        if "form" in said:
            kept.pop(terms.OWN_FORM, None)
        told = {n: v for n, v in new.attributes if n != terms.OWN_FORM or "form" in said}
        fields["attributes"] = tuple(sorted({**kept, **told}.items()))
    return old._replace(**fields)


def _but_for_what_was_erased(value: Fact, old: Fact) -> bool:
    return (
        isinstance(value, facts.Instruction)
        and value.content is not None
        and value._replace(content=_ERASED) == old
    )


def _shown(field: str, told: str) -> str:
    """A field in words; what is confidential is not repeated."""
    if field == "verdict" and told:
        return terms.VERDICTS[told]
    return CONFIDENTIAL if told and field in facts.SECRETS else told


def _live(ledger: Ledger, kind: str, merged: dict[FactId, FactId]) -> Iterator[tuple[FactId, Fact]]:
    """The live facts of a kind with their references."""
    erased = contents.erased(ledger, "content") if kind == "instruction" else set()
    for fact, value in contents.live(ledger, kind):
        if isinstance(value, facts.Finding) and value.member is not None:
            yield fact, value._replace(member=merged.get(value.member, value.member))
        elif isinstance(value, facts.Instruction) and fact in erased:
            yield fact, value._replace(content=_ERASED)
        else:
            yield fact, value
