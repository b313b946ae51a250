"""Choosing among those who come into question for an award: places, grades, marks, equals."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from sqmy import points
from sqmy.facts import FactId
from sqmy.rules.awarding import Award
from sqmy.scoring.book import Key, Tally

METRICS = {"points": "得分", "adopted": "采用", "submitted": "报送", "rate": "采用率"}
"""What candidates are sorted by, in words."""


class Candidate(NamedTuple):
    """Who, or which item, comes into question.

    Attributes:
        key: the holder; None for an item.
        item: the item; None for a holder.
        unit: a member's unit, else "".
        group: the list it competes in; "" where there is but one.
        order: what it is sorted by, the award's first criterion first.
        tally: what it submitted and had adopted; of an item nothing.
        from_last: whether those who have least come first.
    """

    key: Key | None
    item: FactId | None
    name: str
    unit: str
    group: str
    order: tuple[Fraction, ...]
    tally: Tally
    from_last: bool = False

    @property
    def rank(self) -> tuple[Fraction, ...]:
        """What it is compared by: more comes first."""
        return tuple(-value for value in self.order) if self.from_last else self.order


class Placed(NamedTuple):
    """A candidate on the list.

    Attributes:
        grade: 等次; "" where there is none.
        place: within its group.
    """

    candidate: Candidate
    grade: str
    place: int


class Missed(NamedTuple):
    """A candidate that is not on the list.

    Attributes:
        reasons: each thing it lacks, in words.
    """

    candidate: Candidate
    reasons: tuple[str, ...]


class Choice:
    """The choice within one group.

    Args:
        award: what is chosen for.
        own: those who lack nothing, best first.
        group: how many came into question at all, for a share of the group; and the place of the
            unit that is the group, where that gives the number.
    """

    def __init__(self, award: Award, own: Sequence[Candidate], group: tuple[int, int]) -> None:
        self._award = award
        self.listed: list[Placed] = []
        self.to_decide: list[Candidate] = []
        self.missed: list[Missed] = []
        places = {
            candidate: 1 + sum(other.rank > candidate.rank for other in own) for candidate in own
        }
        rooms = self._rooms(own, *group)
        if rooms is None:
            self._by_marks(own, places)
            return
        start = 0
        for grade, room in rooms.items():
            taken, decide = self._fill(own[start:], room)
            self.listed += [Placed(one, grade, places[one]) for one in taken]
            self.to_decide += decide
            start += len(taken) + len(decide)
            if decide:
                break
        last = own[start - 1] if start else None
        for candidate in own[start:]:
            short = self._short_of(candidate, last) if last else ""
            reason = f"第 {places[candidate]} 名，名额 {sum(rooms.values())} 个{short}"
            self.missed.append(Missed(candidate, (reason,)))

    def _short_of(self, candidate: Candidate, last: Candidate) -> str:
        """By what a candidate is behind the last who has room."""
        for metric, own, other in zip(self._award.sort, candidate.order, last.order, strict=False):
            if own != other:
                apart = told(abs(other - own) * (100 if metric == "rate" else 1))
                unit = " 个百分点" if metric == "rate" else ""
                return f"，{METRICS[metric]}{'差' if own < other else '高'} {apart}{unit}"
        return "，并列而没有名额"

    def _rooms(
        self, own: Sequence[Candidate], size: int, standing: int
    ) -> Mapping[str, int] | None:
        """How many there is room for, by grade; None where marks decide."""
        award = self._award
        if award.marks is not None:
            return None
        if award.grades is not None:
            return award.grades
        if award.share is not None:
            return {"": ceil(size * award.share)}
        if award.by_standing is not None:
            reached = [place for place in award.by_standing if place <= standing]
            return {"": award.by_standing[max(reached)] if reached else 0}
        if award.by_group is not None:
            return {"": award.by_group.get(own[0].group, 0)}
        return {"": len(own) if award.places is None else award.places}

    def _by_marks(self, own: Sequence[Candidate], places: Mapping[Candidate, int]) -> None:
        marks = sorted((self._award.marks or {}).items(), key=lambda mark: -mark[1])
        for one in own:
            grade = next((label for label, mark in marks if one.order[0] >= mark), "")
            self.listed.append(Placed(one, grade, places[one]))

    def _fill(self, own: Sequence[Candidate], room: int) -> tuple[list[Candidate], list[Candidate]]:
        """Those who are in, and equals that a meeting has to choose among."""
        taken = list(own[:room])
        if room <= 0 or room >= len(own) or own[room - 1].rank != own[room].rank:
            return taken, []
        edge = own[room - 1].rank
        equals = [candidate for candidate in own if candidate.rank == edge]
        above = [candidate for candidate in taken if candidate.rank != edge]
        if self._award.ties == "all":
            return [*above, *equals], []
        return above, equals if self._award.ties == "decide" else []


def told(value: Fraction) -> str:
    """A number in words: two decimals at the most."""
    return points.short(value, 2).lstrip("+")
