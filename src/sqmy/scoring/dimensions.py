"""The value of a dimension at one event of a pattern, and whether conditions hold there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import chain
from typing import NamedTuple

from sqmy import terms
from sqmy.rules import looking
from sqmy.rules.amounts import REST, Amount, Criterion, Numbers
from sqmy.rules.choices import CHOICES
from sqmy.rules.conditions import Authors, Before, Besides, Units
from sqmy.rules.rulebook import Coefficient, ItemRule, Rulebook
from sqmy.scoring.patterns import Pattern, Seen
from sqmy.scoring.traits import comparable


class Missing(NamedTuple):
    """An attribute that points depend on and that nobody has recorded."""

    name: str


class Sight(NamedTuple):
    """The rulebook's eyes: what it needs to look at events with.

    Attributes:
        conditions: those on authors and units, as patterns have their fulfilment.
        spans: the first days of the spans that events have for `segment`.
        looking: the rules that know an event, by its kind and label, each with its place.
        multiplying: the coefficients of each clause.
    """

    rulebook: Rulebook
    conditions: tuple[Authors | Units, ...]
    spans: tuple[str, ...]
    looking: Mapping[tuple[str, str], Sequence[tuple[int, ItemRule]]]
    multiplying: Mapping[str, Sequence[Coefficient]]


def sight_of(rulebook: Rulebook, spans: Iterable[str]) -> Sight:
    """The eyes of a rulebook for a year that falls into these spans."""
    rules: dict[tuple[str, str], list[tuple[int, ItemRule]]] = defaultdict(list)
    for place, rule in enumerate(rulebook.rules):
        for label in rule.table:
            rules[rule.kind, label].append((place, rule))
    multiplying: dict[str, list[Coefficient]] = defaultdict(list)
    for coefficient in rulebook.coefficients:
        for clause in coefficient.rules:
            multiplying[clause].append(coefficient)
    conditions = looking.conditions(rulebook)
    return Sight(rulebook, conditions, tuple(spans), dict(rules), dict(multiplying))


class At(NamedTuple):
    """One event of a pattern."""

    sight: Sight
    pattern: Pattern
    place: int

    @property
    def event(self) -> Seen:
        """The event itself."""
        return self.pattern.events[self.place]

    def value(self, dimension: str) -> str | Missing | None:
        """The value of a dimension; None where the event can have none."""
        event, pattern = self.event, self.pattern
        if dimension in looking.BUILT_IN:
            kinds = looking.BUILT_IN[dimension]
            return None if kinds and event.kind not in kinds else self._built_in(dimension)
        attribute = self.sight.rulebook.words.attribute(dimension)
        if attribute is None or attribute.of not in {"item", event.kind}:
            return None
        traits = pattern.traits if attribute.of == "item" else event.traits
        return dict(traits).get(dimension, Missing(dimension))

    def _built_in(self, dimension: str) -> str | None:
        event, pattern = self.event, self.pattern
        if dimension == "方式":
            return form_label(event.form)
        if dimension == "级":
            level = self.sight.rulebook.words.level_of(event.label)
            return CHOICES[level] if level else None
        if dimension == "署名":
            return terms.SIGNATURES[pattern.by_unit]
        if dimension in looking.NUMERIC:
            return str(pattern.authors if dimension == "作者人数" else pattern.units)
        return event.label

    def amount(self, amount: Amount, by: tuple[str, ...]) -> Numbers | Missing:
        """What an amount gives here; nothing () where it knows no such value."""
        for dimension in by:
            if amount.by is None:
                break
            value = self.value(dimension)
            if isinstance(value, Missing) and REST not in amount.by:
                return value
            found = amount.by.get(str(value)) or amount.by.get(REST)
            if found is None:
                return ()
            amount = found
        return amount.points

    def fails(self, entry: ItemRule | Coefficient) -> str | Missing | None:
        """Which of its conditions an entry has not fulfilled here, in words; None if all are."""
        for field, condition in (("作者", entry.authors), ("报送单位", entry.units)):
            if condition and not self.pattern.fulfils[self.sight.conditions.index(condition)]:
                return f"不符合「{field}」的条件"
        if isinstance(entry, Coefficient) and not self._in_force(entry):
            return "不在系数施行的期间"
        if entry.before and (told := self._not_before(entry.before)):
            return told
        if entry.besides and (told := self._not_besides(entry.besides)):
            return told
        return self.fails_tests(entry.when or {})

    def _in_force(self, entry: Coefficient) -> bool:
        segment, spans = self.event.segment, self.sight.spans
        first = spans[max(segment, 0)]
        return (entry.since or "") <= first and (entry.until is None or first <= entry.until)

    def fails_tests(self, *tests: Mapping[str, Criterion]) -> str | Missing | None:
        """Which test of a dimension fails here, for sure if any does; None if none does."""
        missing = None
        for dimension, test in chain.from_iterable(own.items() for own in tests):
            value = self.value(dimension)
            if isinstance(value, Missing):
                missing = missing or value
            elif value is None or not self._passes(dimension, value, test):
                return f"「{dimension}」是{value}，不符合条件"
        return missing

    def _passes(self, dimension: str, value: str, test: Criterion) -> bool:
        if test.words and value not in test.words:
            return False
        attribute = self.sight.rulebook.words.attribute(dimension)
        kind = "number" if dimension in looking.NUMERIC else attribute.kind if attribute else "text"

        def at(written: str) -> Fraction | str:
            return comparable(kind, written)

        own = at(value)
        return not (
            (test.at_least is not None and own < at(test.at_least))  # type: ignore[operator]
            or (test.more_than is not None and own <= at(test.more_than))  # type: ignore[operator]
            or (test.at_most is not None and own > at(test.at_most))  # type: ignore[operator]
            or (test.less_than is not None and own >= at(test.less_than))  # type: ignore[operator]
        )

    def _not_before(self, before: Before) -> str | None:
        if told := _absent(before, self.pattern.until(self.place)):
            return f"此前{told}"
        for kind, word, unwanted in (
            ("forwarding", "上报", before.not_forwarded),
            ("adoption", "采用", before.not_adopted),
        ):
            if any(e.kind == kind and e.label in unwanted for e in self.pattern.events):
                return f"有{'、'.join(unwanted)}的{word}"
        return None

    def _not_besides(self, besides: Besides) -> str | None:
        others = (*self.pattern.events[: self.place], *self.pattern.events[self.place + 1 :])
        return _absent(besides, others)


def _absent(wanted: Before | Besides, events: Sequence[Seen]) -> str | None:
    """Which of what is wanted the events lack, in words; None if nothing."""
    for kind, word, labels in (
        ("forwarding", "上报", wanted.forwarded),
        ("adoption", "采用", wanted.adopted),
        ("instruction", "批示", wanted.instructed),
        ("finding", "认定", wanted.found if isinstance(wanted, Besides) else ()),
    ):
        if labels and not any(e.kind == kind and e.label in labels for e in events):
            return f"没有{'、'.join(labels)}的{word}"
    return None


def form_label(form: str | None) -> str | None:
    """采用方式 as the rulebook writes it: the three that the program knows are stored by name."""
    return terms.FORMS.get(form, form) if form else None  # type: ignore[call-overload]
