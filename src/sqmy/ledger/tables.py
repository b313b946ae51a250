"""The tables, declared once.

The frozen migrations must add up to this; the schema's documentation is written from it. Commands
do not import it: SQLModel alone takes too long. STRICT tables refuse SQLModel's own column types.
"""

from typing import Any

from sqlmodel import Column, Field, ForeignKey, Integer, SQLModel, Text, UniqueConstraint


def _fact(references: str = "chain.seq") -> Any:  # noqa: ANN401 — what Field returns
    """A fact's place in the chain, the key of its table."""
    return Field(sa_column=Column(Integer, ForeignKey(references), primary_key=True))


def _part(*, references: str | None = None, kind: type[Integer | Text] = Integer) -> Any:  # noqa: ANN401
    """One column of a key of several."""
    key = (ForeignKey(references),) if references else ()
    return Field(sa_column=Column(kind, *key, primary_key=True))


def _to(references: str, *, optional: bool = False, unique: bool = False) -> Any:  # noqa: ANN401
    """A reference to another fact."""
    column = Column(Integer, ForeignKey(references), nullable=optional, unique=unique or None)
    return Field(sa_column=column)


def _words(*, optional: bool = False) -> Any:  # noqa: ANN401
    """A text, a label or an ISO day."""
    return Field(sa_column=Column(Text, nullable=optional))


def _number(*, optional: bool = False, unique: bool = False) -> Any:  # noqa: ANN401
    """A whole number or a yes and no."""
    return Field(sa_column=Column(Integer, nullable=optional, unique=unique or None))


class Chain(SQLModel, table=True):
    """登记: one link for each fact."""

    seq: int = Field(sa_column=Column(Integer, primary_key=True))
    recorded_at: str = _words()
    operator: str = _words()
    kind: str = _words()
    batch: int | None = _number(optional=True)
    form: int = _number()
    sha256: str = _words()
    previous: str = _words()
    hash: str = _words()


class Batch(SQLModel, table=True):
    """导入."""

    fact: int = _fact()
    number: int = _number(unique=True)
    source: str = _words()


class Edition(SQLModel, table=True):
    """计分办法: text and compiled form of an edition."""

    fact: int = _fact()
    name: str = _words()
    edition: str = _words()
    since: str | None = _words(optional=True)
    text: str = _words()
    compiled: str = _words()


class Unit(SQLModel, table=True):
    """单位: a state from a day on."""

    fact: int = _fact()
    unit: int = _to("unit.fact")
    name: str = _words()
    kind: str = _words()
    peer_group: str | None = _words(optional=True)
    assessed: int = _number()
    since: str | None = _words(optional=True)


class Member(SQLModel, table=True):
    """人员."""

    fact: int = _fact()
    name: str = _words()
    sector: str | None = _words(optional=True)


class Placement(SQLModel, table=True):
    """所属单位."""

    fact: int = _fact()
    member: int = _to("member.fact")
    unit: int = _to("unit.fact")
    since: str | None = _words(optional=True)


class Appointment(SQLModel, table=True):
    """任职."""

    fact: int = _fact()
    member: int = _to("member.fact")
    role: str = _words()
    since: str | None = _words(optional=True)
    until: str | None = _words(optional=True)


class Departure(SQLModel, table=True):
    """离任."""

    fact: int = _fact()
    appointment: int = _to("appointment.fact")
    until: str = _words()


class Alias(SQLModel, table=True):
    """简称别名: of a unit or of a member."""

    fact: int = _fact()
    alias: str = _words()
    unit: int | None = _to("unit.fact", optional=True)
    member: int | None = _to("member.fact", optional=True)


class Merger(SQLModel, table=True):
    """人员合并."""

    fact: int = _fact()
    member: int = _to("member.fact")
    into: int = _to("member.fact")


class Submission(SQLModel, table=True):
    """报送: a revision of an item."""

    fact: int = _fact()
    item: int = _to("submission.fact")
    supersedes: int | None = _to("submission.fact", optional=True)
    number: str = _words()
    title: str = _words()
    submitted_on: str = _words()
    by_unit: int = _number()
    reason: str | None = _words(optional=True)


class SubmissionAuthor(SQLModel, table=True):
    """作者, in the order of signature."""

    __tablename__ = "submission_author"
    __table_args__ = (UniqueConstraint("fact", "member"),)
    fact: int = _part(references="submission.fact")
    position: int = _part()
    member: int = _to("member.fact")


class SubmissionUnit(SQLModel, table=True):
    """报送单位, in order."""

    __tablename__ = "submission_unit"
    __table_args__ = (UniqueConstraint("fact", "unit"),)
    fact: int = _part(references="submission.fact")
    position: int = _part()
    unit: int = _to("unit.fact")


class Review(SQLModel, table=True):
    """审核."""

    fact: int = _fact()
    item: int = _to("submission.fact")
    stage: str = _words()
    verdict: str = _words()
    reviewed_on: str = _words()
    reviewer: str | None = _words(optional=True)
    opinion: str | None = _words(optional=True)


class Forwarding(SQLModel, table=True):
    """上报."""

    fact: int = _fact()
    item: int = _to("submission.fact")
    channel: str = _words()
    forwarded_on: str = _words()


class Adoption(SQLModel, table=True):
    """采用."""

    fact: int = _fact()
    item: int = _to("submission.fact")
    channel: str = _words()
    form: str = _words()
    adopted_on: str = _words()
    journal: str | None = _words(optional=True)
    issue: str | None = _words(optional=True)


class Instruction(SQLModel, table=True):
    """批示; its words stand in `secret`."""

    fact: int = _fact()
    item: int = _to("submission.fact")
    rank: str = _words()
    instructed_on: str = _words()
    leader: str | None = _words(optional=True)


class Finding(SQLModel, table=True):
    """认定, of an item, a member or a unit."""

    fact: int = _fact()
    kind: str = _words()
    found_on: str = _words()
    grounds: str | None = _words(optional=True)
    item: int | None = _to("submission.fact", optional=True)
    member: int | None = _to("member.fact", optional=True)
    unit: int | None = _to("unit.fact", optional=True)


class Ruling(SQLModel, table=True):
    """口径: an unclear case decided once."""

    fact: int = _fact()
    clause: str = _words()
    decided_on: str = _words()
    decider: str = _words()
    wording: str = _words()
    about: int | None = _to("chain.seq", optional=True)
    points: str | None = _words(optional=True)


class Recognition(SQLModel, table=True):
    """认读 of a heading or of a title in others' sheets."""

    fact: int = _fact()
    written: str = _words()
    context: str = _words()
    heading: str | None = _words(optional=True)
    item: int | None = _to("submission.fact", optional=True)


class Attachment(SQLModel, table=True):
    """附件 of an item or a fact; its name, hash and note stand in `secret`, its content beside."""

    fact: int = _fact()
    target: int = _to("chain.seq")
    size: int = _number()
    dated: str | None = _words(optional=True)


class Void(SQLModel, table=True):
    """撤销: a fact is voided once."""

    fact: int = _fact()
    target: int = _to("chain.seq", unique=True)
    reason: str = _words()


class Erasure(SQLModel, table=True):
    """抹除 of confidential values."""

    fact: int = _fact()
    target: int = _to("chain.seq")
    reason: str = _words()


class Seal(SQLModel, table=True):
    """封存: a published result with the hashes of facts, rulebooks and output."""

    fact: int = _fact()
    year: int = _number()
    period: str = _words()
    until: str = _words()
    facts: str = _words()
    rulebooks: str = _words()
    output: str = _words()
    result: str = _words()
    reason: str | None = _words(optional=True)


class Attribute(SQLModel, table=True):
    """附加项 that the rulebook declares, of an item or an adoption, by name."""

    fact: int = _part(references="chain.seq")
    name: str = _part(kind=Text)
    value: str = _words()


class Secret(SQLModel, table=True):
    """Personal and confidential texts: the only values that can be erased, with an erasure."""

    fact: int = _part(references="chain.seq")
    field: str = _part(kind=Text)
    sha256: str = _words()
    salt: str | None = _words(optional=True)
    value: str | None = _words(optional=True)
