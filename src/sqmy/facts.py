"""Facts: what the ledger holds and what scoring reads. Never points.

A fact is recorded once and never changed. Its reference is its place in the chain, `F12`; a
thing with a lasting identity (unit, member, item) is known by the reference of the fact that
first recorded it. `None` as the first day means from the beginning, as the last day until now.
"""

from typing import NamedTuple, get_args

from sqmy.days import Day
from sqmy.terms import Form

FactId = int
"""A fact's place in the chain, shown as `F12`."""


class Unit(NamedTuple):
    """单位: a unit's state from a day on; a later state takes its place from then."""

    unit: FactId
    name: str
    kind: str
    peer_group: str | None
    assessed: bool
    since: Day | None


class Member(NamedTuple):
    """人员: a person in the register."""

    name: str
    sector: str | None = None
    phone: str | None = None


class Placement(NamedTuple):
    """所属单位: the unit a member belongs to from a day on."""

    member: FactId
    unit: FactId
    since: Day | None


class Appointment(NamedTuple):
    """任职: a role held from `since` to `until`, both days included."""

    member: FactId
    role: str
    since: Day | None
    until: Day | None


class Departure(NamedTuple):
    """离任: the last day of an appointment that had none."""

    appointment: FactId
    until: Day


class Alias(NamedTuple):
    """简称别名: another name of a unit or of a member (exactly one of them is given)."""

    alias: str
    unit: FactId | None = None
    member: FactId | None = None


class Merger(NamedTuple):
    """人员合并: two register entries are one person; `member` is counted as `into`."""

    member: FactId
    into: FactId


class Submission(NamedTuple):
    """报送: a revision of an item; the latest that is not voided is in force.

    Attributes:
        item: the item's identity, the reference of its first revision.
        supersedes: the revision this one takes the place of; None for the first.
        by_unit: 署名为单位, signed by the unit alone.
        authors: members, in the order of signature.
        units: reporting units, in order.
        attributes: what the rulebook declares beyond these, as (name, value).
        body: the text; it stands in the erasable side table.
        reason: why the item was amended; None for the first revision.
    """

    item: FactId
    supersedes: FactId | None
    number: str
    title: str
    submitted_on: Day
    by_unit: bool
    authors: tuple[FactId, ...]
    units: tuple[FactId, ...]
    attributes: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    reason: str | None = None


class Review(NamedTuple):
    """审核: one step of our own review chain."""

    item: FactId
    stage: str
    verdict: str
    reviewed_on: Day
    reviewer: str | None = None
    opinion: str | None = None


class Forwarding(NamedTuple):
    """上报: our office sent the item on to a channel."""

    item: FactId
    channel: str
    forwarded_on: Day


class Adoption(NamedTuple):
    """采用: a channel adopted the item."""

    item: FactId
    channel: str
    form: Form
    adopted_on: Day
    journal: str | None = None
    issue: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()


class Instruction(NamedTuple):
    """批示: a leader's instruction on the item; `content` stands in the erasable side table."""

    item: FactId
    rank: str
    instructed_on: Day
    leader: str | None = None
    content: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()


class Finding(NamedTuple):
    """认定: a person's decision about an item, a member or a unit (exactly one is given)."""

    kind: str
    found_on: Day
    grounds: str | None = None
    item: FactId | None = None
    member: FactId | None = None
    unit: FactId | None = None
    attributes: tuple[tuple[str, str], ...] = ()


class Recognition(NamedTuple):
    """认读: what stands in others' sheets for a heading or an item (exactly one is given).

    Attributes:
        written: the heading or the title, as it stands there.
        context: the whole row of headings, a line each; or who stands beside the title.
        heading: the canonical heading.
        item: whose title it is.
    """

    written: str
    context: str
    heading: str | None = None
    item: FactId | None = None


class Attachment(NamedTuple):
    """附件: a file that is kept as the evidence of an item or of another fact.

    Its content lies beside the ledger under its hash; only what names it can be erased.

    Attributes:
        target: the fact it is about; of an item its identity.
        size: bytes.
        dated: the day that stands on the paper.
        filename: what it was called, without a folder; erasable, as are the next two.
        digest: SHA-256 of the content.
        note: what it shows.
    """

    target: FactId
    size: int
    dated: Day | None = None
    filename: str | None = None
    digest: str | None = None
    note: str | None = None


class Void(NamedTuple):
    """撤销: the fact `target` counts as never recorded. A void cannot be voided."""

    target: FactId
    reason: str


class Edition(NamedTuple):
    """计分办法: an edition, in force from `since`; `compiled` is the canonical JSON of `text`."""

    name: str
    edition: str
    since: Day | None
    text: str
    compiled: str


class Ruling(NamedTuple):
    """口径: an unclear case decided once.

    Attributes:
        clause: what it is about.
        decider: who decided.
        wording: what was decided.
        about: the fact that it is about; None for a reading of the clause in general.
        points: what that fact earns by the clause, before sharing, exact (`5/2`); None where the
            ruling is only told.
    """

    clause: str
    decided_on: Day
    decider: str
    wording: str
    about: FactId | None = None
    points: str | None = None


class Batch(NamedTuple):
    """导入: one import, `B7`, and the files it came from."""

    number: int
    source: str


class Erasure(NamedTuple):
    """抹除: personal data of `target` erased, with the ground in law. The fact itself stays."""

    target: FactId
    reason: str


class Seal(NamedTuple):
    """封存: the published result of a scoring year, or of a year up to the end of a quarter.

    Attributes:
        period: the label of the year or of the quarter, `2025` or `2025Q1`.
        until: the last day that counts in it.
        facts: the hash of the link before: of all that was recorded until then.
        rulebooks: SHA-256 of the texts of the editions that scored, with commas between.
        output: SHA-256 of `result`.
        result: what was published, as `workspace.sealing` writes it.
        reason: why it was sealed once more; None for the first time.
    """

    year: int
    period: str
    until: Day
    facts: str
    rulebooks: str
    output: str
    result: str
    reason: str | None = None


Fact = (
    Unit | Member | Placement | Appointment | Departure | Alias | Merger | Submission | Review
    | Forwarding | Adoption | Instruction | Finding | Recognition | Attachment | Void | Edition
    | Ruling | Batch | Erasure | Seal
)  # fmt: skip

KINDS: dict[str, type[Fact]] = {kind.__name__.lower(): kind for kind in get_args(Fact)}
"""Each kind of fact by the name of its table."""

SECRETS = frozenset({"phone", "body", "content", "filename", "digest", "note"})
"""Fields that enter the chain as SHA-256(salt ‖ value), so that they can be erased by law."""

FINAL = frozenset({"void", "batch", "edition", "erasure", "seal"})
"""Kinds of facts that cannot be voided."""

DAY_OF = {
    "submission": "submitted_on",
    "review": "reviewed_on",
    "forwarding": "forwarded_on",
    "adoption": "adopted_on",
    "instruction": "instructed_on",
    "finding": "found_on",
}
"""The field that says when a fact about an item happened."""


def kind_of(fact: Fact) -> str:
    """The name of the fact's table."""
    return type(fact).__name__.lower()
