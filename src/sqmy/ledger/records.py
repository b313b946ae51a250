"""The only way to write: each verb checks, lays the fact into its tables and appends to the chain.

The verbs take what has been looked up already: identities, canonical labels, ISO days. They keep
the ledger consistent in itself (what is referred to is live, days are in order, numbers are
unique); whether a label is one of the rulebook's is the caller's `Vocabulary` to say. All verbs
run inside `Ledger.writing`; a refused verb has written nothing.
"""

from collections.abc import Iterable

from sqmy import days, facts, text
from sqmy.days import Day
from sqmy.errors import SqmyError
from sqmy.facts import FactId
from sqmy.ledger import chain, checks, reading, reliance
from sqmy.ledger.appending import Chain
from sqmy.ledger.database import Ledger


class Records(Chain):
    """Writes facts in the name of one operator.

    Args:
        ledger: open, inside `writing`.
        operator: who records; enters the chain.
        future: allow days after today.
    """

    def __init__(self, ledger: Ledger, operator: str, *, future: bool = False) -> None:
        super().__init__(ledger, operator)
        self._latest = "9999-12-31" if future else days.today()
        self._highest: dict[str, int] = {}

    def begin_batch(self, source: str) -> int:
        """Start a batch: what is recorded from now on belongs to it. Its number, shown as `B7`."""
        ((number,),) = self.ledger.rows("SELECT coalesce(max(number), 0) + 1 FROM batch")
        self.append(facts.Batch(number, source))
        self.batch = int(number)
        return self.batch

    # -- the rulebook ------------------------------------------------------------------------

    def adopt_rulebook(self, edition: facts.Edition) -> FactId:
        """Record an edition of the regulation as in force from a day."""
        return self.append(edition)

    def rule_on(self, ruling: facts.Ruling) -> FactId:
        """Record how an unclear case was decided."""
        self.check_day(ruling.decided_on, "裁定日期")
        if ruling.about is not None:
            checks.is_live_fact(self.ledger, ruling.about)
        return self.append(ruling)

    # -- units and members -------------------------------------------------------------------

    def register_unit(
        self, name: str, kind: str, peer_group: str | None, *, assessed: bool, since: Day | None
    ) -> FactId:
        """A new unit; its identity."""
        checks.is_no_reference(name, "单位名称")
        return self.append(facts.Unit(self.seq + 1, name, kind, peer_group, assessed, since))

    def change_unit(self, state: facts.Unit) -> FactId:
        """A later state of a unit, from a day on."""
        if state.since is None:
            raise SqmyError(f"单位「{state.name}」已经登记。要改，请写明生效日期。")
        checks.is_no_reference(state.name, "单位名称")
        checks.are_live(self.ledger, "unit", (state.unit,))
        return self.append(state)

    def register_member(
        self, member: facts.Member, unit: FactId, role: str, since: Day | None, until: Day | None
    ) -> FactId:
        """A new member with a unit and a first role; the member's identity."""
        checks.is_no_reference(member.name, "姓名")
        checks.in_order(since, until)
        checks.are_live(self.ledger, "unit", (unit,))
        identity = self.append(member)
        self.append(facts.Placement(identity, unit, None))
        self.append(facts.Appointment(identity, role, since, until))
        return identity

    def appoint(self, appointment: facts.Appointment) -> FactId:
        """Another role of a member."""
        checks.in_order(appointment.since, appointment.until)
        checks.are_live(self.ledger, "member", (appointment.member,))
        return self.append(appointment)

    def end(self, term: FactId, since: Day | None, until: Day) -> FactId:
        """The last day of an appointment that had none."""
        checks.in_order(since, until)
        checks.is_running(self.ledger, term)
        return self.append(facts.Departure(term, until))

    def move(self, member: FactId, unit: FactId, since: Day) -> FactId:
        """A member belongs to another unit from that day on."""
        checks.are_live(self.ledger, "member", (member,))
        checks.are_live(self.ledger, "unit", (unit,))
        return self.append(facts.Placement(member, unit, since))

    def add_alias(self, alias: facts.Alias) -> FactId:
        """Another name of a unit or a member."""
        checks.is_no_reference(alias.alias, "简称")
        checks.are_live(self.ledger, "unit", (alias.unit,))
        checks.are_live(self.ledger, "member", (alias.member,))
        return self.append(alias)

    def merge(self, member: FactId, into: FactId) -> FactId:
        """Count two entries of the register as one person."""
        checks.are_apart(self.ledger, member, into)
        return self.append(facts.Merger(member, into))

    # -- items -------------------------------------------------------------------------------

    def submit(self, submission: facts.Submission) -> FactId:
        """A new item. `item` and `supersedes` are set here; an empty number is assigned here.

        Returns:
            The item's identity.
        """
        self._check_submission(submission)
        checks.is_no_reference(submission.number, "编号")
        if submission.number:
            self._highest.clear()  # it may be the highest of a year
        number = submission.number or self._next_number(submission.submitted_on)
        if reading.item_numbered(self.ledger, number) is not None:
            raise SqmyError(
                f"编号「{number}」已有一条。请换一个编号；要改那一条，请用 sqmy amend {number}。"
            )
        return self.append(submission._replace(item=self.seq + 1, supersedes=None, number=number))

    def amend(self, revision: facts.Submission) -> FactId:
        """A new revision of an item, which supersedes the last; the item's other facts stay."""
        self._check_submission(revision)
        checks.is_current(self.ledger, revision)
        checks.nothing_before(self.ledger, revision.item, revision.submitted_on)
        return self.append(revision)

    def review(self, review: facts.Review) -> FactId:
        """One step of the review chain."""
        return self._about_item(review, review.reviewed_on, "审核日期")

    def forward(self, forwarding: facts.Forwarding) -> FactId:
        """Our office sent the item on."""
        return self._about_item(forwarding, forwarding.forwarded_on, "上报日期")

    def adopt(self, adoption: facts.Adoption) -> FactId:
        """A channel adopted the item."""
        return self._about_item(adoption, adoption.adopted_on, "采用日期")

    def instruct(self, instruction: facts.Instruction) -> FactId:
        """A leader's instruction on the item."""
        return self._about_item(instruction, instruction.instructed_on, "批示日期")

    def find(self, finding: facts.Finding) -> FactId:
        """A person's decision about an item, a member or a unit."""
        if finding.item is not None:
            return self._about_item(finding, finding.found_on, "认定日期")
        self.check_day(finding.found_on, "认定日期")
        checks.are_live(self.ledger, "member", (finding.member,))
        checks.are_live(self.ledger, "unit", (finding.unit,))
        return self.append(finding)

    def recognise(self, recognition: facts.Recognition) -> FactId:
        """What a heading or a title in others' sheets means."""
        checks.is_live_item(self.ledger, recognition.item)
        return self.append(recognition)

    def attach(self, attachment: facts.Attachment) -> FactId:
        """A file as the evidence of an item or another fact; its content is in the store already.

        It rests on nothing: the paper stays what it is, whatever becomes of the fact.
        """
        if attachment.dated:
            self.check_day(attachment.dated, "文件上的日期")
        checks.is_attachable(self.ledger, attachment.target)
        return self.append(attachment)

    def _about_item(
        self,
        fact: facts.Review | facts.Forwarding | facts.Adoption | facts.Instruction | facts.Finding,
        day: Day,
        what: str,
    ) -> FactId:
        self.check_day(day, what, fact.item)
        return self.append(fact)

    def _check_submission(self, submission: facts.Submission) -> None:
        self.check_day(submission.submitted_on, "报送日期")
        checks.is_signed(submission)
        checks.are_live(self.ledger, "member", submission.authors)
        checks.are_live(self.ledger, "unit", submission.units)

    def check_day(self, day: Day, what: str, item: FactId | None = None) -> None:
        """A day is not to come, nor before the item was submitted.

        Args:
            day: of a fact.
            what: the day is called.
            item: that the fact is about; None for what is about none, or not yet known.

        Raises:
            SqmyError: saying which of them it is, or that the item is no more.
        """
        if day > self._latest:
            raise SqmyError(
                f"{what} {day} 在今天（{self._latest}）之后。请核对；确要预先记录的，加 --future。"
            )
        if item is None:
            return
        row = self.ledger.row(
            "SELECT submitted_on, number FROM live_submission WHERE item = :item", {"item": item}
        )
        if row is None:
            raise SqmyError("这一条已撤销或不存在，不能再记录。")
        if day < row[0]:
            raise SqmyError(
                f"{what} {day} 早于 {row[1]} 的报送日期 {row[0]}。请核对日期；"
                f"报送日期有误的，用 sqmy amend {row[1]} --on 日期 更正。"
            )

    def _next_number(self, day: Day) -> str:
        """`YYYY-NNN`, one above the highest that any item of the year ever had."""
        year = day[:4]
        if year not in self._highest:
            self._highest[year] = self._highest_number(year)
        self._highest[year] += 1
        return f"{year}-{self._highest[year]:03}"

    def _highest_number(self, year: str) -> int:
        """The highest number of the year, 0 where there is none; a look at every number."""
        row = self.ledger.row(
            "SELECT max(CAST(substr(number, 6) AS BIGINT)) FROM submission"
            " WHERE number LIKE :prefix AND trim(substr(number, 6), '0123456789') = ''"
            " AND length(number) <= 20",  # a longer one was given by hand and counts nothing
            {"prefix": f"{year}-%"},
        )
        return int((row and row[0]) or 0)

    # -- undoing -----------------------------------------------------------------------------

    def void(
        self, targets: Iterable[FactId], reason: str, *, with_dependents: bool = False
    ) -> dict[FactId, FactId]:
        """Void all these facts together; each voided fact with its void.

        Raises:
            RestingError: other live facts rest on them, and these are not to be voided too.
        """
        reason = text.plain(reason, "理由")
        if not reason:
            raise SqmyError("请用 --because 写明撤销的理由。")
        together = set(targets)
        checks.are_voidable(self.ledger, sorted(together))
        resting = reliance.dependents(self.ledger, together)
        if resting and not with_dependents:
            raise reliance.RestingError(together, resting)
        everything = sorted(together | resting)
        voids = {target: self.append(facts.Void(target, reason)) for target in everything}
        checks.still_in_order(self.ledger, everything)
        return voids

    def seal(self, seal: facts.Seal) -> FactId:
        """Keep a published result, with the hashes of all recorded before it and of itself."""
        return self.append(seal._replace(facts=self.hash, output=chain.sha256(seal.result)))

    def erase(self, target: FactId, reason: str) -> FactId:
        """Erase the confidential values of a fact for good. The chain still holds."""
        reason = text.plain(reason, "理由")
        if not reason:
            raise SqmyError("请写明抹除的依据。")
        checks.is_erasable(self.ledger, target)
        erasure = self.append(facts.Erasure(target, reason))
        self.ledger.run(
            "UPDATE secret SET salt = NULL, value = NULL WHERE fact = :fact", {"fact": target}
        )
        return erasure
