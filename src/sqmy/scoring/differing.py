"""What of a published year would be another today: holder by holder, line by line."""

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction
from typing import NamedTuple

from sqmy.facts import FactId
from sqmy.scoring.book import Holder, Key, Obligation, PointLine, ScoreBook


class LineChange(NamedTuple):
    """One reason for points that is there no more, is new, or counts otherwise.

    Attributes:
        before, after: the line as published and as it would be; one of them may be None.
    """

    before: PointLine | None
    after: PointLine | None

    @property
    def line(self) -> PointLine:
        """The line that is there, the later one of two."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 — one of them is there
        return found


class Change(NamedTuple):
    """One holder whose points or standing would be others.

    Attributes:
        before, after: the holder as published and as it would be; None where it is not listed.
        lines: the lines behind the difference; none where only the standing is another.
    """

    before: Holder | None
    after: Holder | None
    lines: tuple[LineChange, ...]

    @property
    def holder(self) -> Holder:
        """The holder, as it would be if it is still listed."""
        found = self.after or self.before
        assert found is not None  # noqa: S101 — one of them is there
        return found

    @property
    def difference(self) -> Fraction:
        """How many points more."""
        return _total(self.after) - _total(self.before)


class Differences(NamedTuple):
    """All that would be another: holders, then obligations met or not met."""

    holders: tuple[Change, ...]
    obligations: tuple[tuple[Obligation | None, Obligation | None], ...]

    def __bool__(self) -> bool:
        return bool(self.holders or self.obligations)


UNCHANGED = Differences((), ())


def differences(published: ScoreBook, current: ScoreBook) -> Differences:
    """What of the published book is not as the current one has it."""
    before, after = _holders(published), _holders(current)
    found = []
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key), after.get(key)
        lines = _lines(
            published.lines_of(key) if old else (),
            current.lines_of(key) if new else (),
        )
        if lines or _shown(old) != _shown(new):
            found.append(Change(old, new, lines))
    return Differences(
        tuple(found), tuple(_obligations(published.obligations, current.obligations))
    )


def _total(holder: Holder | None) -> Fraction:
    return holder.total if holder else Fraction()


def _shown(holder: Holder | None) -> tuple[Fraction, int] | None:
    return (holder.total, holder.standing) if holder else None


def _holders(book: ScoreBook) -> dict[Key, Holder]:
    return {holder.key: holder for holder in (*book.members, *book.units)}


def _lines(published: Iterable[PointLine], current: Iterable[PointLine]) -> tuple[LineChange, ...]:
    """The lines of one that the other has not; those about the same thing are put together."""
    gone, new = _unlike(published, current), _unlike(current, published)
    found = []
    for line in gone:
        match = next((other for other in new if _about(other) == _about(line)), None)
        if match:
            new.remove(match)
        found.append(LineChange(line, match))
    return tuple(found + [LineChange(None, line) for line in new])


_About = tuple[str, FactId | None, str | None]


def _about(line: PointLine) -> _About:
    return line.clause, line.item, line.account


def _unlike(lines: Iterable[PointLine], others: Iterable[PointLine]) -> list[PointLine]:
    """The lines that have no equal among the others; how one is told makes no difference."""
    left = Counter((_about(line), line.points) for line in others)
    found = []
    for line in lines:
        key = (_about(line), line.points)
        if left[key]:
            left[key] -= 1
        else:
            found.append(line)
    return found


def _obligations(
    published: Iterable[Obligation], current: Iterable[Obligation]
) -> Iterable[tuple[Obligation | None, Obligation | None]]:
    """Obligations that are met in one and not in the other, or stand in one alone."""

    def named(obligations: Iterable[Obligation]) -> dict[tuple[object, ...], Obligation]:
        return {(o.key, o.role, o.metric, o.period.label, o.clause): o for o in obligations}

    before, after = named(published), named(current)
    for key in dict.fromkeys((*after, *before)):
        old, new = before.get(key), after.get(key)
        if (old and old.met) != (new and new.met):
            yield old, new
