"""After any sequence of verbs the ledger verifies and holds what a model in plain Python holds."""

import random
from collections.abc import Callable
from typing import Any

import pytest

from ledger_model import FINAL, SCORED, Model, day_of
from sqmy import facts
from sqmy.days import Day, periods
from sqmy.errors import SqmyError
from sqmy.facts import Fact, FactId
from sqmy.ledger import audit, checks, history, reading
from sqmy.ledger.database import Ledger
from sqmy.ledger.records import Records
from sqmy.ledger.reliance import dependents
from sqmy.ledger.snapshot import snapshot
from sqmy.ledger.sqlite import in_memory

DAYS = ("2024-06-30", "2024-12-31", "2025-01-01", "2025-03-31", "2025-04-01")
NUMBERS = ("", "", "", "2025-007", "2024-998", "旧1", "2025-1x", "2025-" + "9" * 16)
STEPS = 120


class Walk:
    """Each step draws a verb, asks the model whether it may be, and holds the ledger to that."""

    def __init__(self, ledger: Ledger, seed: int) -> None:
        self.ledger = ledger
        self.model = Model()
        self.batch: int | None = None
        self.rng = random.Random(seed)
        self.refused = 0

    def write(
        self, expected: list[Fact], verb: Callable[[Records], object], *, allowed: bool = True
    ) -> None:
        """Run a verb; it records these facts if the model allows it, else nothing."""
        try:
            with self.ledger.writing():
                records = Records(self.ledger, "甲", future=True)
                records.batch = self.batch
                verb(records)
        except SqmyError as error:
            assert not allowed, (expected, error)  # noqa: PT017 — either is right in its place
            self.refused += 1
        else:
            assert allowed, expected
            for fact in expected:
                self.model.add(fact)
        assert reading.head(self.ledger)[0] == len(self.model.facts)

    def one(self, *kinds: type[Fact]) -> FactId:
        """Somebody or something live; found one first where there is none."""
        found = self.model.ids(*kinds)
        while not found:
            {facts.Unit: self.unit, facts.Member: self.member, facts.Submission: self.submit}.get(
                kinds[0], self.appoint
            )()
            found = self.model.ids(*kinds)
        return self.rng.choice(found)

    def several(self, kind: type[Fact], least: int) -> tuple[FactId, ...]:
        count = self.rng.choice((least, 1, 2, 3))
        return tuple(dict.fromkeys(self.one(kind) for _ in range(count)))

    def day(self) -> Day:
        return self.rng.choice(DAYS)

    def maybe(self) -> Day | None:
        return self.rng.choice((None, *DAYS))

    @property
    def next(self) -> FactId:
        return len(self.model.facts) + 1

    def holder(self) -> dict[str, Any]:
        """A unit or a member, by the name of the field that refers to it."""
        kind = self.rng.choice((facts.Unit, facts.Member))
        return {kind.__name__.lower(): self.one(kind)}

    # -- the register ------------------------------------------------------------------------

    def unit(self) -> None:
        name = f"单位{self.next}"
        unit = facts.Unit(self.next, name, "其他", None, assessed=True, since=None)
        self.write([unit], lambda r: r.register_unit(name, "其他", None, assessed=True, since=None))

    def change(self) -> None:
        since, unit = self.maybe(), self.one(facts.Unit)
        state = facts.Unit(unit, f"新名{self.next}", "委室", "甲组", assessed=False, since=since)
        self.write([state], lambda r: r.change_unit(state), allowed=since is not None)

    def member(self) -> None:
        unit, since, until = self.one(facts.Unit), self.maybe(), self.maybe()
        seq = self.next
        person = facts.Member(f"人员{seq}", None, f"139{seq}")
        home = facts.Placement(seq, unit, None)
        term = facts.Appointment(seq, "委员", since, until)
        self.write(
            [person, home, term],
            lambda r: r.register_member(person, unit, "委员", since, until),
            allowed=not (since and until and until < since),
        )

    def appoint(self) -> None:
        since, until = self.maybe(), self.maybe()
        term = facts.Appointment(self.one(facts.Member), "常委", since, until)
        allowed = not (since and until and until < since)
        self.write([term], lambda r: r.appoint(term), allowed=allowed)

    def end(self) -> None:
        term, until = self.one(facts.Appointment), self.day()
        appointment = self.model.facts[term - 1]
        assert isinstance(appointment, facts.Appointment)
        since = appointment.since
        allowed = (since or "") <= until and term not in self.model.ended()
        departure = facts.Departure(term, until)
        self.write([departure], lambda r: r.end(term, since, until), allowed=allowed)

    def move(self) -> None:
        member, unit, since = self.one(facts.Member), self.one(facts.Unit), self.day()
        placement = facts.Placement(member, unit, since)
        self.write([placement], lambda r: r.move(member, unit, since))

    def alias(self) -> None:
        alias = facts.Alias(f"别名{self.next}", **self.holder())
        self.write([alias], lambda r: r.add_alias(alias))

    def merge(self) -> None:
        merger = facts.Merger(self.one(facts.Member), self.one(facts.Member))
        allowed = merger.member != merger.into and not {*merger} & self.model.merged().keys()
        self.write([merger], lambda r: r.merge(*merger), allowed=allowed)

    # -- items -------------------------------------------------------------------------------

    def submit(self) -> None:
        authors, units = self.several(facts.Member, 0), self.several(facts.Unit, 0)
        day, number = self.day(), self.rng.choice(NUMBERS)
        taken = number in {fact.number for _, fact in self.model.in_force().values()}
        submission = facts.Submission(
            item=self.next,
            supersedes=None,
            number=number or self.model.next_number(day),
            title=f"标题{self.next}",
            submitted_on=day,
            by_unit=not authors,
            authors=authors,
            units=units,
            attributes=(("体裁", "调研"), ("字数", "900"))[: len(units)],
            body="正文" if authors else None,
        )
        given = submission._replace(item=0, number=number)
        self.write([submission], lambda r: r.submit(given), allowed=bool(units) and not taken)

    def amend(self) -> None:
        item, authors, units = (
            self.one(facts.Submission),
            self.several(facts.Member, 0),
            self.several(facts.Unit, 1),
        )
        current, fact = self.model.in_force()[item]
        revisions = [
            seq
            for seq, other in enumerate(self.model.facts, 1)
            if isinstance(other, facts.Submission) and other.item == item
        ]
        revision = fact._replace(
            supersedes=self.rng.choice((current, current, *revisions)),
            title=f"更正{self.next}",
            submitted_on=self.day(),
            by_unit=not authors,
            authors=authors,
            units=units,
            reason="有误",
        )
        in_order = revision.submitted_on <= self.model.earliest(item)
        allowed = revision.supersedes == current and in_order
        self.write([revision], lambda r: r.amend(revision), allowed=allowed)

    def event(self) -> None:
        item, day = self.one(facts.Submission), self.day()
        choice: list[tuple[Fact, Callable[[Records, Any], FactId]]] = [
            (facts.Review(item, "中心筛选", "accepted", day), Records.review),
            (facts.Forwarding(item, "市政协", day), Records.forward),
            (facts.Adoption(item, "市政协", "whole", day), Records.adopt),
            (facts.Instruction(item, "省级领导", day, None, "阅"), Records.instruct),
            (facts.Finding("弄虚作假", day, item=item), Records.find),
        ]
        fact, verb = self.rng.choice(choice)
        submitted = self.model.in_force()[item][1].submitted_on
        self.write([fact], lambda r: verb(r, fact), allowed=submitted <= day)

    def recognition(self) -> None:
        item = self.rng.choice((None, self.one(facts.Submission)))
        heading = "采用日期" if item is None else None
        told = facts.Recognition("日子", "编号\n日子", heading, item)
        self.write([told], lambda r: r.recognise(told))

    def attachment(self) -> None:
        target = self.rng.randrange(1, self.next)
        paper = facts.Attachment(target, 9, "2025-01-01", f"{self.next}.pdf", "ab" * 32, "原件")
        kind = facts.kind_of(self.model.facts[target - 1])
        allowed = target not in self.model.voided and kind not in checks.NO_EVIDENCE
        self.write([paper], lambda r: r.attach(paper), allowed=allowed)

    def finding(self) -> None:
        finding = facts.Finding("弄虚作假", self.day(), **self.holder())
        self.write([finding], lambda r: r.find(finding))

    # -- undoing and the rest ----------------------------------------------------------------

    def void(self) -> None:
        live = [seq for seq, _ in self.model.live()]
        some = range(1, self.next) if self.rng.random() < 0.1 else live
        targets = set(self.rng.sample(some, min(len(some), self.rng.choice((1, 1, 2)))))
        resting = dependents(self.ledger, targets)
        if targets.isdisjoint(self.model.voided):
            assert resting == self.model.resting_on(targets)
        everything = sorted(targets | resting)
        after = Model()
        voids = [facts.Void(target, "误录") for target in everything]
        for fact in (*self.model.facts, *voids):
            after.add(fact)
        allowed = after.in_order() and not any(
            target in self.model.voided or isinstance(self.model.facts[target - 1], FINAL)
            for target in everything
        )
        self.write([*voids], lambda r: r.void(everything, "误录"), allowed=allowed)

    def erase(self) -> None:
        target = self.rng.randrange(1, self.next)
        secret = any(getattr(self.model.facts[target - 1], field, None) for field in facts.SECRETS)
        allowed = secret and target not in self.model.erased
        erasure = facts.Erasure(target, "本人要求")
        self.write([erasure], lambda r: r.erase(*erasure), allowed=allowed)

    def begin_batch(self) -> None:
        number = 1 + sum(isinstance(fact, facts.Batch) for fact in self.model.facts)
        self.batch = None
        self.write([facts.Batch(number, "表")], lambda r: r.begin_batch("表"))
        self.batch = number


VERBS = (
    *(Walk.unit, Walk.change, Walk.member, Walk.member, Walk.appoint, Walk.end, Walk.move),
    *(Walk.alias, Walk.merge, Walk.submit, Walk.submit, Walk.submit, Walk.amend, Walk.amend),
    *(
        Walk.event,
        Walk.event,
        Walk.event,
        Walk.event,
        Walk.finding,
        Walk.recognition,
        Walk.attachment,
        Walk.erase,
        Walk.begin_batch,
    ),
    *(Walk.void, Walk.void),
)


@pytest.mark.parametrize("seed", range(40))
def test_any_sequence_of_verbs(seed: int) -> None:
    with in_memory() as ledger:
        walk = Walk(ledger, seed)
        walk.unit()
        for step in range(1, STEPS + 1):
            walk.rng.choice(VERBS)(walk)
            if step % (STEPS // 3) == 0:
                assert audit.examine(ledger) == []
                the_facts_agree(ledger, walk.model)
                the_register_agrees(ledger, walk.model)
                the_year_agrees(ledger, walk.model, 2024)
                the_year_agrees(ledger, walk.model, 2025)
        assert walk.refused > STEPS // 20
        assert walk.model.voided


# -- what must hold --------------------------------------------------------------------------


def the_facts_agree(ledger: Ledger, model: Model) -> None:
    """Every fact is there as recorded, but for what was erased; the live ones are live."""
    entries = history.latest(ledger, None)
    kept = [reading.fact_at(ledger, entry.seq, entry.kind) for entry in entries]
    expected = list(model.facts)
    for seq in model.erased:
        fact: Any = expected[seq - 1]
        expected[seq - 1] = fact._replace(**dict.fromkeys(facts.SECRETS.intersection(fact._fields)))
    assert kept == expected
    assert history.voids(ledger).keys() == model.voided
    for kind, fact_type in facts.KINDS.items():
        if fact_type not in FINAL and fact_type is not facts.Submission:
            rows = ledger.rows(f"SELECT fact FROM live_{kind} ORDER BY fact")  # noqa: S608 — ours
            assert [fact for (fact,) in rows] == [seq for seq, _ in model.live(fact_type)]
    in_force = sorted(model.in_force().items())
    rows = ledger.rows("SELECT item, fact, number FROM live_submission ORDER BY item")
    assert rows == [(item, seq, fact.number) for item, (seq, fact) in in_force]
    assert len({number for *_, number in rows}) == len(rows)


def the_register_agrees(ledger: Ledger, model: Model) -> None:
    """Who is in the register, under which names, in which units and roles."""
    register, merged, ended = reading.register(ledger), model.merged(), model.ended()
    assert register.merged == merged
    assert list(register.units) == model.ids(facts.Unit)
    assert list(register.members) == [m for m in model.ids(facts.Member) if m not in merged]
    for member, entry in register.members.items():
        own = {member} | {gone for gone, into in merged.items() if into == member}
        terms = [
            (seq, term.role, term.since, ended.get(seq))
            for seq, term in model.appointments()
            if term.member in own
        ]
        assert [tuple(term) for term in entry.terms] == terms
        assert entry.homes == {place.unit for _, place in model.placements() if place.member in own}
        for gone in own:
            assert register.find_member(f"F{gone}") == member
            assert register.find_member(model.names()[gone]) == member
    for unit, entry_of_unit in register.units.items():
        days = [state.since or "" for state in entry_of_unit.states]
        assert days == sorted(days)
        assert all(register.find_unit(state.name) == unit for state in entry_of_unit.states)


def the_year_agrees(ledger: Ledger, model: Model, year: int) -> None:
    """The snapshot that the year is scored from: items, who signed in which place, events."""
    period = periods(year)[0]
    found, expected = snapshot(ledger, period), model.items_of(period)
    items = list(zip(*found.items, strict=True))
    assert len(items) == len(set(found.items.item))
    assert sorted(one for one in items if one[0] in expected) == [
        (item, fact.submitted_on, int(fact.by_unit)) for item, fact in sorted(expected.items())
    ]
    # an item of another year may stand there for an event that was voided, with nothing of this
    assert not [one for one in items if one[0] not in expected and one[1] in period]
    for signed, who in (
        (found.authors, {item: model.signed_by(item) for item in expected}),
        (found.units, {item: fact.units for item, fact in expected.items()}),
    ):
        pairs = [
            (item, place, holder)
            for holder, own in signed.items()
            for item, place in zip(own.item, own.place, strict=True)
            if item in expected
        ]
        told = [(item, n, holder) for item, own in who.items() for n, holder in enumerate(own)]
        assert sorted(pairs) == sorted(told)
    events = zip(found.events.fact, found.events.item, found.events.day, strict=True)
    assert sorted(event for event in events if event[1] in expected) == [
        (seq, item, day_of(fact))
        for seq, fact in model.live(*SCORED)
        if (item := getattr(fact, "item", None)) in expected
    ]
