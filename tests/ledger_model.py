"""What a ledger must hold after a sequence of verbs, in plain Python and without any SQL.

The model keeps the facts in a list and the voided ones in a set; whatever it is asked, it walks
the whole list. It knows nothing of chains, tables and views.
"""

from collections.abc import Iterator

from sqmy import facts
from sqmy.days import Day, Period
from sqmy.facts import Fact, FactId

EVENTS = (facts.Review, facts.Forwarding, facts.Adoption, facts.Instruction, facts.Finding)
SCORED = (facts.Adoption, facts.Instruction, facts.Finding)
FINAL = (facts.Void, facts.Batch, facts.Edition, facts.Erasure, facts.Seal)


def day_of(fact: Fact) -> Day:
    """When an item's fact happened."""
    day: Day = getattr(fact, facts.DAY_OF[facts.kind_of(fact)])
    return day


def rests_on(seq: FactId, fact: Fact) -> set[FactId]:
    """The facts without which this one would be in the air."""
    named: set[FactId | None] = set()
    match fact:
        case facts.Unit():
            named = {fact.unit if fact.unit != seq else None}
        case facts.Placement():
            named = {fact.member, fact.unit}
        case facts.Appointment():
            named = {fact.member}
        case facts.Departure():
            named = {fact.appointment}
        case facts.Alias():
            named = {fact.unit, fact.member}
        case facts.Merger():
            named = {fact.member, fact.into}
        case facts.Submission():
            named = {fact.supersedes, *fact.authors, *fact.units}
        case facts.Finding():
            named = {fact.item, fact.member, fact.unit}
        case (
            facts.Review()
            | facts.Forwarding()
            | facts.Adoption()
            | facts.Instruction()
            | facts.Recognition()
        ):
            named = {fact.item}
        case _:
            pass
    return {one for one in named if one is not None}


class Model:
    """The facts of a ledger, and what follows from them."""

    def __init__(self) -> None:
        self.facts: list[Fact] = []
        self.voided: set[FactId] = set()
        self.erased: set[FactId] = set()

    def add(self, fact: Fact) -> FactId:
        """The next fact's place."""
        self.facts.append(fact)
        if isinstance(fact, facts.Void):
            self.voided.add(fact.target)
        if isinstance(fact, facts.Erasure):
            self.erased.add(fact.target)
        return len(self.facts)

    def live(self, *kinds: type[Fact]) -> Iterator[tuple[FactId, Fact]]:
        """What is not voided, of some kinds or of all."""
        for seq, fact in enumerate(self.facts, 1):
            if seq not in self.voided and (not kinds or isinstance(fact, kinds)):
                yield seq, fact

    def ids(self, *kinds: type[Fact]) -> list[FactId]:
        """Their places; a unit's later states and an item's later revisions are no identities."""
        return [
            seq
            for seq, fact in self.live(*kinds)
            if not (isinstance(fact, facts.Unit) and fact.unit != seq)
            and not (isinstance(fact, facts.Submission) and fact.item != seq)
        ]

    # -- items -------------------------------------------------------------------------------

    def in_force(self) -> dict[FactId, tuple[FactId, facts.Submission]]:
        """The last live revision of every live item."""
        found = {}
        for seq, fact in self.live(facts.Submission):
            assert isinstance(fact, facts.Submission)
            found[fact.item] = (seq, fact)
        return found

    def next_number(self, day: Day) -> str:
        """One above the highest of the year, voided ones counted, endless ones not."""
        own = [f.number for f in self.facts if isinstance(f, facts.Submission)]
        ends = [number[5:] for number in own if number.startswith(f"{day[:4]}-")]
        taken = [int(end) for end in ends if end.isdecimal() and len(end) <= 15]
        return f"{day[:4]}-{max(taken, default=0) + 1:03}"

    def earliest(self, item: FactId) -> Day:
        """The first day on which anything became of an item."""
        own = [day_of(fact) for _, fact in self.live(*EVENTS) if getattr(fact, "item", 0) == item]
        return min(own, default="9999-12-31")

    def in_order(self) -> bool:
        """Nothing became of any item before it was submitted."""
        return all(
            fact.submitted_on <= self.earliest(item) for item, (_, fact) in self.in_force().items()
        )

    # -- people ------------------------------------------------------------------------------

    def names(self) -> dict[FactId, str]:
        """The name of every member that was ever registered."""
        return {
            seq: fact.name
            for seq, fact in enumerate(self.facts, 1)
            if isinstance(fact, facts.Member)
        }

    def appointments(self) -> list[tuple[FactId, facts.Appointment]]:
        """The live ones."""
        return [(s, f) for s, f in self.live() if isinstance(f, facts.Appointment)]

    def placements(self) -> list[tuple[FactId, facts.Placement]]:
        """The live ones."""
        return [(s, f) for s, f in self.live() if isinstance(f, facts.Placement)]

    def merged(self) -> dict[FactId, FactId]:
        """Each merged member with the one who is left of them in the end."""
        into = {f.member: f.into for _, f in self.live(facts.Merger) if isinstance(f, facts.Merger)}

        def end(member: FactId) -> FactId:
            return end(into[member]) if member in into else member

        return {member: end(member) for member in into}

    def ended(self) -> dict[FactId, Day]:
        """The last day of every appointment that has one."""
        found = {}
        for seq, fact in self.live(facts.Appointment, facts.Departure):
            if isinstance(fact, facts.Departure):
                found[fact.appointment] = fact.until
            elif isinstance(fact, facts.Appointment) and fact.until:
                found[seq] = fact.until
        return found

    # -- undoing -----------------------------------------------------------------------------

    def resting_on(self, targets: set[FactId]) -> set[FactId]:
        """Everything live that would be in the air without these, they themselves left out."""
        gone = set(targets)
        while True:
            more = {seq for seq, fact in self.live() if rests_on(seq, fact) & gone}
            homes = [(fact.member, seq) for seq, fact in self.placements()]
            for member in {member for member, _ in homes}:
                if all(seq in gone for other, seq in homes if other == member):
                    more.add(member)
            if more <= gone:
                return gone - targets
            gone |= more

    # -- a year ------------------------------------------------------------------------------

    def items_of(self, year: Period) -> dict[FactId, facts.Submission]:
        """The live items submitted in a year, or with a live scored event in it."""
        touched = {
            getattr(fact, "item", None) for _, fact in self.live(*SCORED) if day_of(fact) in year
        }
        return {
            item: fact
            for item, (_, fact) in self.in_force().items()
            if fact.submitted_on in year or item in touched
        }

    def signed_by(self, item: FactId) -> tuple[FactId, ...]:
        """The authors of an item as they count, each once."""
        merged = self.merged()
        authors = self.in_force()[item][1].authors
        return tuple(dict.fromkeys(merged.get(author, author) for author in authors))
