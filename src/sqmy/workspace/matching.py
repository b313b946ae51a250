"""Which item a row is about: by its number, or, where it has none, by its title.

A title is matched as a name is: the very title, then one that looks like it, which a person must
confirm. What was confirmed is remembered, so that it is not asked again.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple

from sqmy import facts, text
from sqmy.days import Day, days_between
from sqmy.errors import SqmyError
from sqmy.facts import FactId
from sqmy.intake.drafts import Place, SubmissionRow
from sqmy.ledger import contents, history
from sqmy.ledger.database import Ledger
from sqmy.similarity.titles import TitleIndex, title_key
from sqmy.text import match_key
from sqmy.workspace.import_run import Run
from sqmy.workspace.outcomes import Candidate, Doubt, DoubtError

_PART = re.compile(r"\d+|[^\W\d_]+")

MOST = 5
"""Candidates offered, at the most."""

NEAR_DAYS = 31
"""Days between two submissions of one title by nobody in common that may still be one."""


class Known(NamedTuple):
    """An item as far as it takes to match one."""

    item: FactId
    number: str
    title: str
    day: Day
    authors: tuple[FactId, ...]
    units: tuple[FactId, ...]

    def by_the_same(self, other: facts.Submission) -> bool:
        """Whether people are in common, as far as both tell them; else whether the day is."""
        for mine, theirs in ((self.authors, other.authors), (self.units, other.units)):
            if mine and theirs:
                return not set(mine).isdisjoint(theirs)
        return other.submitted_on in {"", self.day}


class Items:
    """The live items by number and by title; full-width digits make no other number.

    Args:
        run: this import.
        merged: persons recorded twice, with whom they count as.
    """

    def __init__(self, run: Run, merged: Mapping[FactId, FactId]) -> None:
        self.run = run
        self.merged = merged
        self.numbered = contents.numbers(run.ledger)
        self.folded = {match_key(number): item for number, item in self.numbered.items()}
        self._claimed: defaultdict[str, set[FactId]] = defaultdict(set)

    def find(self, number: str) -> FactId | None:
        """The item of that number."""
        return self.numbered.get(number) or self.folded.get(match_key(number))

    def alike(self, number: str) -> str:
        """The number of an item that is this one, spelt otherwise; "" where there is none."""
        return self._plain.get(plain_number(number), "")

    @cached_property
    def _plain(self) -> dict[str, str]:
        """Numbers by what they come to; made when the first that is not known asks."""
        return {plain_number(number): number for number in reversed(self.numbered)}

    def twin(self, submission: facts.Submission) -> str:
        """The number of another item of the same title, day and people; "" for none."""
        same = self._titled.get(title_key(submission.title), ())
        told = (submission.submitted_on, submission.authors, submission.units)
        return next((k.number for k in same if (k.day, k.authors, k.units) == told), "")

    def of_row(self, place: Place, number: str) -> FactId | None:
        """The item of that number; without one, the item of its own row."""
        return self.find(number) if number else self.run.item_at(place)

    def add(self, item: FactId, submission: facts.Submission, table: str) -> None:
        """A new item, with its number; the row of that table which told it is the item's own."""
        self._claimed[table].add(item)
        self.numbered[submission.number] = item
        self.folded[match_key(submission.number)] = item
        if "_plain" in self.__dict__:
            self._plain.setdefault(plain_number(submission.number), submission.number)
        if "_titled" in self.__dict__:
            self._enter(_known(item, submission))

    def meant(self, row: SubmissionRow, submission: facts.Submission) -> FactId | None:
        """The item that a row is about; None for a new one.

        Raises:
            DoubtError: it has no number, and its title does not tell for certain.
            SqmyError: it has no number, nor what it takes to be a new item.
        """
        if row.number:
            return self.find(row.number)
        claimed = self._claimed[row.place.table]
        same = [
            known
            for known in self._titled.get(title_key(row.title), ())
            if known.item not in claimed and known.by_the_same(submission)
        ]
        just = [known for known in same if _is_just(known, row, submission)]
        item: FactId | None
        if just or len(same) == 1:  # of several that are just the same, each row takes the next
            item = (just or same)[0].item
        else:
            item = self._by_likeness(row, submission, claimed)
        if item is not None:
            claimed.add(item)
        return item

    # -- by title ----------------------------------------------------------------------------

    @cached_property
    def _titled(self) -> defaultdict[str, list[Known]]:
        """Items by the key of their title; read when the first row without a number asks."""
        titled: defaultdict[str, list[Known]] = defaultdict(list)
        for known in known_items(self.run.ledger, self.merged):
            titled[title_key(known.title)].append(known)
        return titled

    @cached_property
    def _index(self) -> TitleIndex[Known]:
        index = TitleIndex[Known]()
        for known in (known for same in self._titled.values() for known in same):
            index.add(known.title, known)
        return index

    def _enter(self, known: Known) -> None:
        self._titled[title_key(known.title)].append(known)
        if "_index" in self.__dict__:
            self._index.add(known.title, known)

    def _by_likeness(
        self, row: SubmissionRow, submission: facts.Submission, claimed: set[FactId]
    ) -> FactId | None:
        """The item that a person says is meant; None for a title like no other, or so decided."""
        found = [
            near.one
            for near in self._index.near(row.title)
            if near.one.item not in claimed and _may_be(near.one, submission)
        ]
        if not found and submission.submitted_on:
            return None
        key = title_key(row.title)
        return self._decided(
            row,
            tuple(
                Candidate(
                    known.number,
                    f"标题{'相同' if title_key(known.title) == key else '相近'}，"
                    f"{known.day}《{known.title}》",
                )
                for known in found[:MOST]
            ),
        )

    def _decided(self, row: SubmissionRow, candidates: tuple[Candidate, ...]) -> FactId | None:
        said = "、".join(f"{one.value}（{one.why}）" for one in candidates)
        if not candidates:
            raise SqmyError(
                "没有编号，台账里也没有标题相近的信息。请填上编号，或补上报送日期按新的一条报送。"
            )
        beside = text.name(row.authors or row.units)
        message = (
            f"没有编号，不能断定是不是台账里已有的：{said}。请填上编号；逐条指认的用 --map 文件。"
        )
        doubt = Doubt(
            "item", row.title, beside, candidates, message, may_be_new=bool(row.submitted_on)
        )
        answer = self.run.decisions.answers.to(doubt)
        if answer is None:
            raise DoubtError(doubt)
        if not answer.meant:
            if not row.submitted_on:
                raise SqmyError("没有报送日期，不能按新的一条报送。请补上。")
            return None
        item = self.find(answer.meant)
        if item is None:
            raise SqmyError(
                f"没有编号「{answer.meant}」的信息。用 sqmy list 或 sqmy search 查找编号。"
            )
        self.run.recognised.append(facts.Recognition(row.title, beside, item=item))
        return item


@lru_cache(maxsize=16)  # asked of each number when it is read and when it is recorded
def plain_number(number: str) -> str:
    """A number without what may be spelt in several ways: `〔2025〕1号` is `2025 1`."""
    return " ".join(
        str(int(part)) if part.isdecimal() else part
        for part in _PART.findall(match_key(number))
        if part not in {"第", "号", "年第"}
    )


def _is_just(known: Known, row: SubmissionRow, submission: facts.Submission) -> bool:
    """Whether an item has the row's day and people, as far as the row tells them."""
    return (
        submission.submitted_on in {"", known.day}
        and (not row.authors or known.authors == submission.authors)
        and (not row.units or known.units == submission.units)
    )


def _may_be(known: Known, submission: facts.Submission) -> bool:
    """Whether an item of a like title may be what a row tells: people or time in common."""
    if not submission.submitted_on:
        return True
    return (
        not set(known.authors).isdisjoint(submission.authors)
        or not set(known.units).isdisjoint(submission.units)
        or days_between(known.day, submission.submitted_on) <= NEAR_DAYS
    )


def known_items(ledger: Ledger, merged: Mapping[FactId, FactId]) -> Iterator[Known]:
    """Every live item; `merged` are persons recorded twice, with whom they count as."""
    authors = history.signers(ledger, "member")
    units = history.signers(ledger, "unit")
    for one in history.listed(ledger, {}):
        yield Known(
            one.item,
            one.number,
            one.title,
            one.submitted_on,
            tuple(merged.get(author, author) for author in authors.get(one.fact, ())),
            units.get(one.fact, ()),
        )


def _known(item: FactId, submission: facts.Submission) -> Known:
    return Known(
        item,
        submission.number,
        submission.title,
        submission.submitted_on,
        submission.authors,
        submission.units,
    )
