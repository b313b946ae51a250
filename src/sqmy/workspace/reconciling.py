"""A channel's own list of adoptions beside the ledger's: what either has and the other has not.

An item of the list is known by its title, as rows without a number are: by the very title, by
one that was explained before, and else only a person says which of the likely ones it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from sqmy import facts, text
from sqmy.days import Day, days_between, today
from sqmy.declared import form_told, form_word
from sqmy.errors import SqmyError
from sqmy.facts import FactId
from sqmy.intake.notices import Claim, Notice, NoticeRow
from sqmy.ledger import reading
from sqmy.similarity.titles import TitleIndex, title_key
from sqmy.workspace.answers import Answers
from sqmy.workspace.desk import Desk
from sqmy.workspace.matching import MOST, Known, known_items
from sqmy.workspace.outcomes import Candidate, Change, Doubt
from sqmy.workspace.recognising import known_titles

Kind = Literal[
    "agreed", "not_recorded", "differs", "level", "doubtful", "not_submitted", "not_listed"
]
"""How a line of the list and of the ledger stand to one another."""

LABELS: Mapping[Kind, str] = {
    "agreed": "一致",
    "not_recorded": "对方有、台账没有",
    "differs": "日期或方式不同",
    "level": "级别不同",
    "doubtful": "认不准是哪一条",
    "not_submitted": "台账没有这一条信息",
    "not_listed": "台账有、对方没有",
}
"""What each is called."""


RECENT = 730
"""Days within which an item of the very title is taken for the one that was adopted."""


class Ours(NamedTuple):
    """A live adoption of the ledger."""

    fact: FactId
    adoption: facts.Adoption


class Pair(NamedTuple):
    """A line of the list beside one of the ledger; either may be missing.

    Attributes:
        item: which item it is about; None where nobody knows.
        row: of the list.
        claim: what that row tells.
        ours: the adoption of the ledger.
        changes: what the list has otherwise.
        doubt: which item may be meant.
    """

    kind: Kind
    item: Known | None = None
    row: NoticeRow | None = None
    claim: Claim | None = None
    ours: Ours | None = None
    changes: tuple[Change, ...] = ()
    doubt: Doubt | None = None

    @property
    def cell(self) -> str:
        """The cell of the title, without the file that is the same of all; "" outside the list."""
        if self.row is None:
            return ""
        return self.row.place.cell("标题").removeprefix(
            f"{text.clean(self.row.place.source.file)} "
        )


class _Line(NamedTuple):
    """One adoption that the list tells, and the item that it is about as far as that is known."""

    row: NoticeRow
    claim: Claim
    meant: Known | Doubt | None


class Scope(NamedTuple):
    """Which adoptions are compared: of these channels, on these days, both included."""

    channels: tuple[str, ...]
    first: Day
    last: Day


def scope_of(notice: Notice, channel: str, first: Day | None, last: Day | None) -> Scope:
    """What a list is about: its channels; and the days given, or else those that it tells.

    Raises:
        SqmyError: no days are given, and it tells none.
    """
    claims = [claim for row in notice.rows for claim in row.claims]
    days = sorted(claim.day for claim in claims if claim.day)
    if (not first or not last) and not days:
        raise SqmyError(
            "通知里没有采用日期，不知道核对台账的哪一段。请写 --year，或 --since 和 --until。"
        )
    channels = dict.fromkeys((channel, *(claim.channel for claim in claims)))
    return Scope(tuple(channels), first or days[0], last or days[-1])


class Reconciliation:
    """A list beside the ledger.

    Args:
        desk: with the ledger.
        notice: the list.
        scope: which adoptions of the ledger it should hold.
        answers: which items are meant, as far as somebody has said.

    Attributes:
        recognised: the titles that are known because somebody has said.
    """

    def __init__(self, desk: Desk, notice: Notice, scope: Scope, answers: Answers) -> None:
        self.desk = desk
        self.notice = notice
        self.scope = scope
        self.answers = Answers([*known_titles(desk.ledger), *answers])
        self.items = {k.item: k for k in known_items(desk.ledger, desk.register.merged)}
        self.recognised: list[facts.Recognition] = []
        self._titled: defaultdict[str, list[Known]] = defaultdict(list)
        self._index = TitleIndex[Known]()
        for known in self.items.values():
            self._titled[title_key(known.title)].append(known)
            self._index.add(known.title, known)
        self._ours: defaultdict[FactId, list[Ours]] = defaultdict(list)
        for ours in _live(desk):
            self._ours[ours.adoption.item].append(ours)

    def pairs(self) -> list[Pair]:
        """Every line of the list, in its order, and what the ledger has besides."""
        lines = [
            _Line(row, claim, meant)
            for row in self.notice.rows
            for meant in (self._meant(row),)
            for claim in row.claims
        ]
        ours = self._matched(lines)
        pairs = [_compared(line, ours.get(place)) for place, line in enumerate(lines)]
        listed = {one.fact for one in ours.values()}
        return pairs + [
            Pair("not_listed", self.items[one.adoption.item], ours=one)
            for own in self._ours.values()
            for one in own
            if one.fact not in listed and self._is_in_scope(one.adoption)
        ]

    # -- which item --------------------------------------------------------------------------

    def _meant(self, row: NoticeRow) -> Known | Doubt | None:
        """The item of a row; a doubt where only a person can say; None for none that we have."""
        latest = max(claim.day for claim in row.claims) or today()
        same = [k for k in self._titled.get(title_key(row.title), ()) if k.day <= latest]
        if len(same) > 1:
            same = self._told_apart(row, same)
        if len(same) == 1 and days_between(same[0].day, latest) <= RECENT:
            return same[0]
        beside = text.name(row.units or row.authors)
        near = same or [n.one for n in self._index.near(row.title) if n.one.day <= latest][:MOST]
        candidates = tuple(
            Candidate(known.number, f"{known.day}《{known.title}》") for known in near
        )
        doubt = Doubt("item", row.title, beside, candidates, "")
        answer = self.answers.to(doubt)
        if answer is None:
            return doubt if near else None
        item = reading.item_numbered(self.desk.ledger, answer.meant) if answer.meant else None
        if answer.meant and item is None:
            raise SqmyError(
                f"没有编号「{answer.meant}」的信息。用 sqmy list 或 sqmy search 查找编号。"
            )
        if item is None:
            return None
        self.recognised.append(facts.Recognition(row.title, beside, item=item))
        return self.items[item]

    def _told_apart(self, row: NoticeRow, same: list[Known]) -> list[Known]:
        """Of several items of one title those that the row's number, people or channel tells."""
        register = self.desk.register
        names = f"{row.authors} {row.units}"
        for test in (
            lambda known: known.number == row.number,
            lambda known: any(register.members[a].name in names for a in known.authors),
            lambda known: any(n in names for u in known.units for n in register.units[u].names),
            lambda known: any(
                one.adoption.channel == claim.channel
                for one in self._ours[known.item]
                for claim in row.claims
            ),
        ):
            found = [known for known in same if test(known)]
            if len(found) == 1:
                return found
        return same

    # -- which adoption ----------------------------------------------------------------------

    def _matched(self, lines: Sequence[_Line]) -> dict[int, Ours]:
        """By the place of a line, the adoption of ours that it tells.

        Of the same channel; of several, the one of the same day and form goes first. What is
        left may be an adoption of the same day that we have of another channel.
        """
        found: dict[int, Ours] = {}
        used: set[FactId] = set()
        for same_channel in (True, False):
            wanted = [
                (_distance(line.claim, ours.adoption), place, ours)
                for place, line in enumerate(lines)
                if isinstance(line.meant, Known)
                for ours in self._ours[line.meant.item]
                if (ours.adoption.channel == line.claim.channel) is same_channel
                and (same_channel or _may_be_level(line.claim, ours.adoption))
            ]
            for _, place, ours in sorted(wanted, key=lambda one: (*one[:2], one[2].fact)):
                if place not in found and ours.fact not in used:
                    found[place] = ours
                    used.add(ours.fact)
        return found

    def _is_in_scope(self, adoption: facts.Adoption) -> bool:
        scope = self.scope
        return (
            adoption.channel in scope.channels and scope.first <= adoption.adopted_on <= scope.last
        )


def _compared(line: _Line, ours: Ours | None) -> Pair:
    """A line of the list beside what the ledger has of it."""
    row, claim, known = line
    if isinstance(known, Doubt):
        return Pair("doubtful", None, row, claim, doubt=known)
    if known is None:
        return Pair("not_submitted", None, row, claim)
    if ours is None:
        return Pair("not_recorded", known, row, claim)
    adoption = ours.adoption
    if adoption.channel != claim.channel:
        change = Change("采用单位", adoption.channel, claim.channel)
        return Pair("level", known, row, claim, ours, (change,))
    said = (
        ("采用日期", adoption.adopted_on, claim.day),
        ("采用方式", form_told(adoption), form_word(claim.form)),
        ("刊物", adoption.journal or "", claim.journal or ""),
        ("期号", adoption.issue or "", claim.issue or ""),
    )
    changes = tuple(Change(heading, had, has) for heading, had, has in said if has and has != had)
    return Pair("differs" if changes else "agreed", known, row, claim, ours, changes)


def _distance(claim: Claim, adoption: facts.Adoption) -> tuple[bool, bool]:
    """How far a claim is from an adoption of the same channel: another day, another form."""
    return (
        claim.day not in {"", adoption.adopted_on},
        claim.form is not None and form_word(claim.form) != form_told(adoption),
    )


def _may_be_level(claim: Claim, adoption: facts.Adoption) -> bool:
    """Whether an adoption by another channel may be the one that is claimed."""
    return claim.day == adoption.adopted_on if claim.day else claim.named


def _live(desk: Desk) -> Iterator[Ours]:
    """Every live adoption of the ledger."""
    seqs = [seq for (seq,) in desk.ledger.rows("SELECT fact FROM live_adoption ORDER BY fact")]
    for seq, fact in reading.facts_at(desk.ledger, seqs, "adoption").items():
        if isinstance(fact, facts.Adoption):
            yield Ours(seq, fact)


def differing(pairs: Iterable[Pair]) -> list[Pair]:
    """Those that do not agree."""
    return [pair for pair in pairs if pair.kind != "agreed"]
