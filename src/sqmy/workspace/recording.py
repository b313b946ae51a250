"""Recording by name: what the clerk typed becomes facts, and a receipt says what it came to."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqmy import days, declared, facts, terms, text
from sqmy.errors import SqmyError
from sqmy.facts import FactId
from sqmy.ledger import reading
from sqmy.ledger.names import Names
from sqmy.ledger.records import Records
from sqmy.register import find_label
from sqmy.scoring.book import Key
from sqmy.workspace.desk import Desk
from sqmy.workspace.effects import Effect, effect_of, holder_effect, why_unchanged
from sqmy.workspace.sentences import sentence
from sqmy.workspace.words import once, optional, required, scored_label

Attributes = dict[str, str]
AboutItem = facts.Review | facts.Forwarding | facts.Adoption | facts.Instruction | facts.Finding


class Receipt(NamedTuple):
    """What was recorded.

    Attributes:
        fact: its reference.
        sentence: the fact in words.
        effect: what it means for points, in words; "" where it means nothing.
    """

    fact: FactId
    sentence: str
    effect: str = ""

    def __str__(self) -> str:
        effect = f"\n  {self.effect}" if self.effect else ""
        return f"已记录 F{self.fact}：{self.sentence}。{effect}"


class Draft(NamedTuple):
    """An item as typed, or what of it is to be amended; None leaves a part as it is."""

    title: str | None = None
    number: str | None = None
    on: str | None = None
    authors: Sequence[str] | None = None
    units: Sequence[str] | None = None
    by_unit: bool | None = None
    body: str | None = None
    attributes: Attributes | None = None


class Recorder:
    """Records facts about items at a desk.

    Args:
        desk: with an open ledger.
        future: allow days after today.
    """

    def __init__(self, desk: Desk, *, future: bool = False) -> None:
        self.desk = desk
        self.future = future

    def submit(self, draft: Draft) -> Receipt:
        """报送: a new item."""
        day = days.read_day(draft.on or "")
        authors = self._members(draft.authors or ())
        units = self._units(draft.units or ()) or self.desk.register.units_of(authors, day)
        submission = facts.Submission(
            item=0,
            supersedes=None,
            number=text.name(draft.number or "", "编号"),
            title=text.plain(draft.title or "", "标题"),
            submitted_on=day,
            by_unit=bool(draft.by_unit) or not authors,
            authors=authors,
            units=units,
            attributes=self._attributes(draft.attributes),
            body=text.plain(draft.body, "正文") if draft.body else None,
        )
        with self.desk.ledger.writing():
            item = self._records().submit(submission)
        found = reading.submission(self.desk.ledger, item)
        assert found  # noqa: S101 — just recorded
        effect = effect_of(self.desk, item, day).since(Effect.nothing(), "")
        return self._receipt(item, found[1], effect)

    def amend(self, number: str, draft: Draft, reason: str) -> Receipt:
        """更正: a new revision of an item; what `draft` leaves out stays as it is."""
        with self.desk.ledger.writing():
            item = self.item(number)
            found = reading.submission(self.desk.ledger, item)
            assert found  # noqa: S101 — `item` is live
            fact, old = found
            new = self._revised(old, draft)
            if new == old:
                raise SqmyError(f"{number} 没有改动：所写与台账里的一样，没有写入。")
            new = new._replace(supersedes=fact, reason=required(reason, "理由"))
            before = effect_of(self.desk, item, old.submitted_on, new.submitted_on)
            recorded = self._records().amend(new)
            after = effect_of(self.desk, item, old.submitted_on, new.submitted_on)
        return self._receipt(recorded, new, after.since(before, "得分不变。"))

    def _revised(self, old: facts.Submission, draft: Draft) -> facts.Submission:
        day = days.read_day(draft.on) if draft.on else old.submitted_on
        authors = old.authors if draft.authors is None else self._members(draft.authors)
        units = old.units if draft.units is None else self._units(draft.units)
        if draft.attributes:
            kept = dict(old.attributes) | dict(self._attributes(draft.attributes))
            attributes = tuple(sorted(kept.items()))
        else:
            attributes = old.attributes
        return old._replace(
            title=old.title if draft.title is None else text.plain(draft.title, "标题"),
            submitted_on=day,
            by_unit=old.by_unit if draft.by_unit is None else draft.by_unit,
            authors=authors,
            units=units,
            attributes=attributes,
            body=old.body if draft.body is None else text.plain(draft.body, "正文"),
            reason=old.reason,
        )

    def review(
        self,
        number: str,
        stage: str,
        verdict: str,
        on: str,
        reviewer: str | None,
        opinion: str | None,
    ) -> Receipt:
        """审核: one step of our review chain."""
        meaning = terms.verdict_of(text.name(verdict))
        if meaning is None:
            words = "、".join(terms.VERDICTS.values())
            raise SqmyError(f"没有审核结论「{verdict}」。审核结论有：{words}。")
        known = self.desk.vocabulary
        return self._about(
            lambda item: facts.Review(
                item,
                find_label("审核环节", known.stages, stage),
                meaning,
                days.read_day(on),
                optional(reviewer, "审核人"),
                optional(opinion, "审核意见"),
            ),
            number,
        )

    def forward(self, number: str, channel: str, on: str) -> Receipt:
        """上报: our office sent the item on."""
        label = find_label("渠道", self.desk.vocabulary.channels, channel)
        day = days.read_day(on)
        return self._about(lambda item: facts.Forwarding(item, label, day), number)

    def adopt(
        self,
        number: str,
        channel: str,
        form: str | None,
        on: str,
        journal: str | None,
        issue: str | None,
        attributes: Attributes | None = None,
    ) -> Receipt:
        """采用: a channel adopted the item; by the first declared form, if none is given."""
        label = find_label("渠道", self.desk.vocabulary.channels, channel)
        meaning, own = declared.form(self.desk.vocabulary, form)
        day = days.read_day(on)
        given = tuple(sorted((*own, *self._attributes(attributes, "adoption"))))
        return self._about(
            lambda item: facts.Adoption(
                item,
                label,
                meaning,
                day,
                optional(journal, "刊物"),
                optional(issue, "期号"),
                given,
            ),
            number,
        )

    def instruct(
        self,
        number: str,
        rank: str,
        on: str,
        leader: str | None,
        content: str | None,
        attributes: Attributes | None = None,
    ) -> Receipt:
        """批示: a leader's instruction."""
        label = find_label("领导级别", self.desk.vocabulary.ranks, rank)
        day = days.read_day(on)
        given = self._attributes(attributes, "instruction")
        return self._about(
            lambda item: facts.Instruction(
                item,
                label,
                day,
                optional(leader, "批示领导"),
                optional(content, "批示内容"),
                given,
            ),
            number,
        )

    def find(
        self,
        number: str | None,
        member: str | None,
        unit: str | None,
        kind: str,
        on: str,
        grounds: str,
        attributes: Attributes | None = None,
    ) -> Receipt:
        """认定: a person's decision about an item, a member or a unit."""
        label = find_label("认定类型", self.desk.vocabulary.finding_kinds, kind)
        finding = facts.Finding(
            label,
            days.read_day(on),
            required(grounds, "认定依据"),
            attributes=self._attributes(attributes, "finding"),
        )
        if number is not None:
            return self._about(lambda item: finding._replace(item=item), number)
        register = self.desk.register
        finding = (
            finding._replace(member=register.find_member(member))
            if member is not None
            else finding._replace(unit=register.find_unit(unit or ""))
        )
        key: Key = (
            ("unit", finding.unit or 0) if finding.member is None else ("member", finding.member)
        )
        with self.desk.ledger.writing():
            before = holder_effect(self.desk, key, finding.found_on)
            fact = self._records().find(finding)
            after = holder_effect(self.desk, key, finding.found_on)
        changed = after.since(before, "")
        return self._receipt(fact, finding, changed if changed.shares else Effect.kept_only())

    # -- helpers -----------------------------------------------------------------------------

    def item(self, number: str) -> FactId:
        """The live item of that number.

        Raises:
            SqmyError: there is none.
        """
        item = reading.item_numbered(self.desk.ledger, text.name(number, "编号"))
        if item is None:
            raise SqmyError(f"没有编号「{number}」的信息。用 sqmy list 或 sqmy search 查找编号。")
        return item

    def _about(self, made: Callable[[FactId], AboutItem], number: str) -> Receipt:
        """Record a fact about an item, and tell what it changes."""
        with self.desk.ledger.writing():
            item = self.item(number)
            fact = made(item)
            day = getattr(fact, facts.DAY_OF[facts.kind_of(fact)])
            label = scored_label(fact)
            before = effect_of(self.desk, item, day) if label else Effect.nothing()
            recorded = RECORD[type(fact)](self._records(), fact)
            if not label:
                return self._receipt(recorded, fact, Effect.nothing())
            unchanged = why_unchanged(self.desk, facts.kind_of(fact), label)
            effect = effect_of(self.desk, item, day).since(before, unchanged)
            return self._receipt(recorded, fact, effect)

    def _receipt(self, recorded: FactId, fact: facts.Fact, effect: Effect) -> Receipt:
        return Receipt(recorded, sentence(fact, Names(self.desk.ledger)), effect.words())

    def _records(self) -> Records:
        return Records(self.desk.ledger, self.desk.operator, future=self.future)

    def _members(self, names: Sequence[str]) -> tuple[FactId, ...]:
        return once([self.desk.register.find_member(name) for name in names], names, "作者")

    def _units(self, names: Sequence[str]) -> tuple[FactId, ...]:
        return once([self.desk.register.find_unit(name) for name in names], names, "单位")

    def _attributes(self, given: Attributes | None, of: str = "item") -> declared.Named:
        return declared.attributes(self.desk.vocabulary, of, given or {})


# the verb that records each kind of fact about an item
RECORD: dict[type[facts.Fact], Callable[[Records, Any], FactId]] = {
    facts.Review: Records.review,
    facts.Forwarding: Records.forward,
    facts.Adoption: Records.adopt,
    facts.Instruction: Records.instruct,
    facts.Finding: Records.find,
}
