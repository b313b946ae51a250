"""Items and what became of them as rows."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from sqmy import facts, terms
from sqmy.days import Day
from sqmy.declared import form_told
from sqmy.facts import FactId
from sqmy.ledger import contents
from sqmy.ledger.database import Ledger
from sqmy.reports.canonical import Row
from sqmy.workspace.export_register import Called, Words
from sqmy.workspace.matching import plain_number


class ItemRows:
    """Makes the rows of items, and then of their events, which name them by number.

    Args:
        ledger: being read.
        called: what units and members are called.
        words: that an import would know.
        attributes: the headings of attributes, by kind of fact.

    Attributes:
        latest: the last day on which anything of it happened.
    """

    def __init__(
        self,
        ledger: Ledger,
        called: Called,
        words: Words,
        attributes: Mapping[str, Sequence[str]],
    ) -> None:
        self.latest: Day = ""
        self._ledger = ledger
        self._called = called
        self._words = words
        self._doubts = called.doubts
        self._attributes = attributes
        self._numbers: dict[FactId, str] = {}

    def submissions(self, items: Sequence[FactId]) -> Iterator[Row]:
        """报送."""
        folded: set[str] = set()
        for item in contents.submissions(self._ledger, items):
            number = self._numbers[item.item] = item.number
            if (key := plain_number(number)) in folded:
                self._doubts.add("编号与另一条只是写法不同，再导入会被拒绝", number)
            folded.add(key)
            if "\n" in item.title or "\t" in item.title:
                self._doubts.add("标题里有换行，再导入会并成一行", number)
            self._happened(item.submitted_on)
            yield (
                number,
                item.title,
                self._called.authors(item.authors, number) or None,
                self._called.units_of(item.units, number),
                item.submitted_on,
                terms.SIGNATURES[item.by_unit],
                item.body,
                *self._values("submission", item.attributes),
            )

    def events(self, kind: str, wanted: Sequence[FactId]) -> Iterator[Row]:
        """The sheet of one kind of event."""
        rows: dict[str, Callable[[Any], Row]] = {
            "review": self._review,
            "forwarding": self._forwarding,
            "adoption": self._adoption,
            "instruction": self._instruction,
            "finding": self._finding,
        }
        row = rows[kind]
        for fact in contents.events(self._ledger, kind, wanted):
            self._happened(getattr(fact, facts.DAY_OF[kind]))
            yield row(fact)

    def _happened(self, day: Day) -> None:
        self.latest = max(self.latest, day)

    def _values(self, kind: str, attributes: tuple[tuple[str, str], ...]) -> tuple[str | None, ...]:
        own = dict(attributes)
        return tuple(own.get(name) for name in self._attributes.get(kind, ()))

    def _review(self, fact: facts.Review) -> Row:
        return (
            self._numbers[fact.item],
            self._words.label("审核环节", fact.stage),
            terms.VERDICTS[fact.verdict],
            fact.reviewer,
            fact.reviewed_on,
            fact.opinion,
        )

    def _forwarding(self, fact: facts.Forwarding) -> Row:
        return self._numbers[fact.item], self._words.label("渠道", fact.channel), fact.forwarded_on

    def _adoption(self, fact: facts.Adoption) -> Row:
        return (
            self._numbers[fact.item],
            self._words.label("渠道", fact.channel),
            form_told(fact),
            fact.adopted_on,
            fact.journal,
            fact.issue,
            *self._values("adoption", fact.attributes),
        )

    def _instruction(self, fact: facts.Instruction) -> Row:
        return (
            self._numbers[fact.item],
            self._words.label("领导级别", fact.rank),
            fact.leader,
            fact.instructed_on,
            fact.content,
            *self._values("instruction", fact.attributes),
        )

    def _finding(self, fact: facts.Finding) -> Row:
        return (
            self._numbers[fact.item] if fact.item is not None else None,
            self._called.member(fact.member) if fact.member is not None else None,
            self._called.units[fact.unit] if fact.unit is not None else None,
            self._words.label("认定类型", fact.kind),
            fact.found_on,
            fact.grounds,
            *self._values("finding", fact.attributes),
        )
